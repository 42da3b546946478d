"""The trained reader, against the same weights in torch and on hostile text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chat_app.reader import MAX_SPAN_TOKENS, WEIGHTS, Reader, _best_ends, load_reader, reader_folder
from chat_app.trained import Trained
from indexer.encoder.weights import read_weights
from indexer.errors import EncoderError
from indexer.settings import Settings

WINDOWS = [
    "Awalnya, kelompok ini beranggotakan 77 negara, sesuai namanya. Saat ini, G-77 beranggotakan 134 negara.",
    "The bridge was rebuilt in 1952, seven years after the war. It carries two railway tracks.",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    loaded = load_reader(Settings().cache_folder)
    assert loaded is not None
    return loaded


def test_agrees_with_torch(reader: Reader, tmp_path: Path) -> None:
    """To BertModel with the shipped tensors in float32, the 8-bit model's spans are as good as its own."""
    torch = pytest.importorskip("torch")
    from transformers import BertModel

    from indexer.encoder.checkpoint import tensors, unpack_checkpoint

    model = BertModel.from_pretrained(unpack_checkpoint(tmp_path / "base"), add_pooling_layer=False)
    trained = Trained(read_weights(), WEIGHTS, "reader")
    state = tensors(trained)
    model.load_state_dict({name: torch.from_numpy(np.array(state[name])) for name in model.state_dict()})
    model.eval()
    head, bias = trained.vector("head.w").reshape(2, -1), trained.vector("head.b")
    asked = ("Berapa anggota G-77 saat ini?", "When was the bridge rebuilt?")
    for question, window in zip(asked, WINDOWS, strict=True):
        ids, _ = reader._tokenizer.encode_words("query: " + question)
        text, spans = reader._tokenizer.encode_words(window)
        tokens = [0, *ids, 2, 2, *text, 2]
        with torch.inference_mode():
            logits = model(input_ids=torch.tensor([tokens])).last_hidden_state[0].numpy() @ head.T + bias
        starts, ends = logits[len(ids) + 3 : -1, 0], logits[len(ids) + 3 : -1, 1]
        _, scores = _best_ends(starts.astype(np.float32), ends.astype(np.float32))
        found = reader.read(question, [window])[0]
        first = [start for start, _ in spans].index(found.start)
        assert scores[first] == pytest.approx(scores.max(), abs=2.5)
        assert found.score == pytest.approx(float(scores[first] - logits[0].sum()), abs=2.5)


def test_span_is_a_slice_and_silence_scores_lower(reader: Reader) -> None:
    """The span is characters of the window, and a window that answers scores above one that does not."""
    answers, silent = reader.read("When was the bridge rebuilt?", [WINDOWS[1], WINDOWS[0]])
    assert WINDOWS[1][answers.start : answers.end] == "1952"
    assert answers.score > silent.score


def test_order_and_company_change_nothing(reader: Reader) -> None:
    """A window's reading does not depend on the windows read beside it."""
    alone = [reader.read("Berapa anggota G-77?", [window])[0].score for window in WINDOWS]
    together = [reading.score for reading in reader.read("Berapa anggota G-77?", WINDOWS[::-1])][::-1]
    assert alone == together


@pytest.mark.parametrize("text", ["", "\0", "ﷺ" * 5000, "😀" * 500, "\ud800", "a" * 20000, "<script>" * 100, "‮abc"])
def test_hostile_text_is_read(reader: Reader, text: str) -> None:
    """Any string can be asked and read, and every score is a number."""
    for reading in (*reader.read(text, [WINDOWS[0]]), *reader.read("Apa?", [text, WINDOWS[0]])):
        assert np.isfinite(reading.score)
        assert 0 <= reading.start <= reading.end


def test_best_ends_matches_brute_force() -> None:
    """For every start, the chosen end is the best one within MAX_SPAN_TOKENS."""
    chance = np.random.default_rng(1)
    starts, ends = chance.normal(size=(2, 70)).astype(np.float32)
    lasts, scores = _best_ends(starts, ends)
    for first in range(70):
        allowed = range(first, min(70, first + MAX_SPAN_TOKENS))
        best = max(allowed, key=lambda last: ends[last])
        assert lasts[first] == best
        assert scores[first] == pytest.approx(starts[first] + ends[best])


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    """Weights that are no safetensors file, or are missing, give an error that names the file."""
    bad = tmp_path / "reader.safetensors"
    with pytest.raises(EncoderError, match=r"reader\.safetensors"):
        reader_folder(tmp_path, weights=bad)
    bad.write_bytes(b"\xff" * 100)
    with pytest.raises(EncoderError, match=r"reader\.safetensors"):
        reader_folder(tmp_path, weights=bad)
