"""The trained verifier, against the same weights in torch and on hostile text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chat_app.trained import Trained
from chat_app.verifier import LABELS, WEIGHTS, Entailment, Verifier, load_verifier, verifier_folder
from indexer.encoder.weights import read_weights
from indexer.errors import EncoderError
from indexer.settings import Settings

TEXT = "Jembatan itu dibangun kembali pada 1952, tujuh tahun setelah perang."
CLAIMS = ("Jembatan itu dibangun kembali pada 1952.", "The bridge was rebuilt in 1952.", "Kucing tidur di atas meja.")


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    loaded = load_verifier(Settings().cache_folder)
    assert loaded is not None
    return loaded


def test_agrees_with_torch(verifier: Verifier, tmp_path: Path) -> None:
    """To BertModel with the shipped tensors in float32, the 8-bit model's probabilities are near."""
    torch = pytest.importorskip("torch")
    from transformers import BertModel

    from indexer.encoder.checkpoint import tensors, unpack_checkpoint

    model = BertModel.from_pretrained(unpack_checkpoint(tmp_path / "base"), add_pooling_layer=False)
    trained = Trained(read_weights(), WEIGHTS, "verifier")
    state = tensors(trained)
    model.load_state_dict({name: torch.from_numpy(np.array(state[name])) for name in model.state_dict()})
    model.eval()
    for claim in CLAIMS:
        ids, _ = verifier._tokenizer.encode_words("query: " + claim)
        text, _ = verifier._tokenizer.encode_words(TEXT)
        with torch.inference_mode():
            states = model(input_ids=torch.tensor([[0, *ids, 2, 2, *text, 2]])).last_hidden_state[0].numpy()
        both = np.concatenate([states[0], states.mean(axis=0)])
        first = np.tanh(trained.vector("inner.w").reshape(-1, len(both)) @ both + trained.vector("inner.b"))
        logits = trained.vector("outer.w").reshape(len(LABELS), -1) @ first + trained.vector("outer.b")
        expected = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
        [found] = verifier.verify(claim, [TEXT])
        assert (found.entailed, found.neutral, found.contradicted) == pytest.approx(tuple(expected), abs=0.15)


def test_tells_what_follows_from_what_does_not(verifier: Verifier) -> None:
    """A sentence follows from itself, and another one about something else does not."""
    same, _, other = (verifier.verify(claim, [TEXT])[0] for claim in CLAIMS)
    assert same.label == "e"
    assert other.label == "n"


def test_order_and_company_change_nothing(verifier: Verifier) -> None:
    """What is said of a text does not depend on the texts beside it."""
    texts = [TEXT, "The bridge carries two railway tracks."]
    together = verifier.verify(CLAIMS[0], texts)
    assert [verifier.verify(CLAIMS[0], [text])[0] for text in texts] == together


@pytest.mark.parametrize("text", ["", "\0", "ﷺ" * 5000, "😀" * 500, "\ud800", "a" * 20000, "<script>" * 100, "‮abc"])
def test_hostile_text_is_verified(verifier: Verifier, text: str) -> None:
    """Any string can be a claim or a text, and the probabilities sum to one."""
    for found in (*verifier.verify(text, [TEXT]), *verifier.verify("Apa", [text, TEXT])):
        assert found.entailed + found.neutral + found.contradicted == pytest.approx(1)


def test_the_label_is_the_likeliest() -> None:
    """By IndoNLI's letters."""
    assert [Entailment(*shares).label for shares in ((0.5, 0.3, 0.2), (0.2, 0.5, 0.3), (0.1, 0.2, 0.7))] == list("enc")


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    """Weights that are missing give an error that names the file."""
    with pytest.raises(EncoderError, match=r"verifier\.safetensors"):
        verifier_folder(tmp_path, weights=tmp_path / "verifier.safetensors")
