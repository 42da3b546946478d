"""What the encoder's tests share: the built encoder, made once on a machine, and its weights in float32."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sentence_transformers import SentenceTransformer

from indexer.encoder.cache import encoder_folder
from indexer.encoder.checkpoint import unpack_checkpoint
from indexer.encoder.onnx_encoder import OnnxEncoder
from indexer.settings import Settings

DOCUMENTS = Path(__file__).parents[3] / "corpus" / "documents"


@pytest.fixture(scope="session")
def built() -> Path:
    return encoder_folder(Settings().cache_folder)


@pytest.fixture(scope="session")
def encoder(built: Path) -> OnnxEncoder:
    return OnnxEncoder(built)


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack_checkpoint(tmp_path_factory.mktemp("checkpoint") / "multilingual-e5-small")


@pytest.fixture(scope="session")
def oracle(checkpoint: Path) -> SentenceTransformer:
    return SentenceTransformer(str(checkpoint), device="cpu")


@pytest.fixture(scope="session")
def passages() -> list[str]:
    """Some 700 characters each, from the Indonesian article and the paper with its English abstract."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.iterdir()))
    return [match.group() for match in re.finditer(r"\S.{1,700}(?=\s|$)", text, re.DOTALL)]
