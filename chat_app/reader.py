"""The trained reader: a question and a window of text in, the span that answers and its score out.

The model is the encoder's backbone with its layers trained to read (eval/training/reader.py; reader.md is its
card). Its layers come with the program; the word embeddings are the encoder's own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chat_app.trained import MODEL_FILE, Trained, trained_folder
from indexer.encoder import cpu
from indexer.encoder.cache import encoder_folder
from indexer.encoder.protocol import Float32
from indexer.encoder.runtime import open_model
from indexer.encoder.text import QUERY_PREFIX, clean
from indexer.encoder.tokenizer import COMMON, Tokenizer, load_tokenizer
from indexer.encoder.weights import PACKAGE, find_weights

WEIGHTS = Path(__file__).with_name("reader.safetensors")
MAX_QUESTION_TOKENS = 64
MAX_TOKENS = 256
"""As in training."""
MAX_SPAN_TOKENS = 30
WINDOWS_AT_A_TIME = 2
"""Fixed, and not the number of cores, so that an answer does not depend on the machine."""
ANSWERS_ABOVE = 2.0
"""A window whose best span scores more than this is taken to answer, where nothing else is known. The mean of two runs
is surer than it should be: on IDK-MRC valid F1 is 73.9 with 0, 75.5 with 2 and 77.6 at the best threshold."""
_BOS, _EOS = 0, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in one window."""

    start: int
    end: int
    """The best span, in characters of the window."""
    score: float
    """Its logits' sum less that of "not here": above zero, the reader thinks that the window answers."""
    token_spans: tuple[tuple[int, int], ...]
    """The (start, end) in characters of each token of the window."""
    token_scores: Float32
    """For each token, the score of the best span that begins there."""
    token_ends: npt.NDArray[np.int64]
    """And the token that this span ends with."""


class Reader:
    """Reads windows, each alone, side by side on all cores; safe to share between threads."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        """Load from a folder that `reader_folder` made. Raises EncoderError when it cannot be loaded."""
        self._session = open_model(folder / MODEL_FILE)
        self._tokenizer = tokenizer
        self._executor = ThreadPoolExecutor(cpu.usable_cores())

    def read(self, question: str, windows: Sequence[str]) -> list[Reading]:
        """One reading per window, in their order; `question` stands alone."""
        ids, _ = self._tokenizer.encode_words(clean(QUERY_PREFIX + question))
        asked = [_BOS, *ids[:MAX_QUESTION_TOKENS], _EOS, _EOS]
        if len(windows) <= 1:
            return [self._read_one(asked, window) for window in windows]
        return list(self._executor.map(lambda window: self._read_one(asked, window), windows))

    def read_until_found(self, question: str, windows: Sequence[str]) -> list[Reading]:
        """Readings of the first windows, likeliest first, two at a time, until one answers."""
        found: list[Reading] = []
        for at in range(0, len(windows), WINDOWS_AT_A_TIME):
            found.extend(self.read(question, windows[at : at + WINDOWS_AT_A_TIME]))
            if max(reading.score for reading in found) > ANSWERS_ABOVE:
                break
        return found

    def _read_one(self, asked: list[int], window: str) -> Reading:
        ids, spans = self._tokenizer.encode_words(unadorned(clean(window)))
        room = MAX_TOKENS - len(asked) - 1
        ids, spans = ids[:room], spans[:room]
        logits = self._session.run(None, {"input_ids": np.array([[*asked, *ids, _EOS]], np.int64)})[0][0]
        nothing = float(logits[0].sum())
        starts, ends = logits[len(asked) : -1, 0], logits[len(asked) : -1, 1]
        if not len(starts):
            return Reading(0, 0, -30.0, (), np.empty(0, np.float32), np.empty(0, np.int64))
        lasts, best = _best_ends(starts, ends)
        first = int(np.argmax(best))
        return Reading(
            spans[first][0], spans[int(lasts[first])][1], float(best[first]) - nothing, tuple(spans),
            np.asarray(best - nothing, dtype=np.float32), lasts,
        )  # fmt: skip


def unadorned(text: str) -> str:
    """A text of the same length with accents off letters and plain marks for fancy ones.

    Spans stay where they are, and a stray é does not make the tokenizer read its whole vocabulary, which takes longer
    than all the reading. Letters of other scripts stay.
    """
    return text if COMMON.fullmatch(text) else "".join(map(_unadorned, text))


@lru_cache(maxsize=4096)
def _unadorned(character: str) -> str:
    if COMMON.fullmatch(character):
        return character
    base = unicodedata.normalize("NFKD", character)[:1]
    if base and COMMON.fullmatch(base):
        return base
    return character if character.isalnum() or unicodedata.combining(character) else "-"


def _best_ends(starts: Float32, ends: Float32) -> tuple[npt.NDArray[np.int64], Float32]:
    """For each start, the end at most MAX_SPAN_TOKENS on with the greatest sum, and that sum."""
    n = len(starts)
    padded = np.concatenate([ends, np.full(MAX_SPAN_TOKENS, -1e9, np.float32)])
    view = np.lib.stride_tricks.sliding_window_view(padded, MAX_SPAN_TOKENS)[:n]
    offsets = view.argmax(axis=1)
    return np.arange(n) + offsets, np.asarray(starts + view.max(axis=1), dtype=np.float32)


def load_reader(cache: Path, *, progress: Callable[[str], None] | None = None) -> Reader | None:
    """The reader that comes with the program, built in the cache the first time.

    None where the package that carries the base weights has no build: sentences are then chosen without reading.
    Raises EncoderError where it cannot be made or loaded.
    """
    if find_weights() is None:
        if progress:
            progress(f"the package {PACKAGE} has no build here, so answers are chosen without the trained reader")
        return None
    tokenizer = load_tokenizer(encoder_folder(cache, progress=progress))
    return Reader(reader_folder(cache, progress=progress), tokenizer)


def reader_folder(cache: Path, *, weights: Path = WEIGHTS, progress: Callable[[str], None] | None = None) -> Path:
    """The folder of the built model, whole and checked. Raises EncoderError when it cannot be made."""

    def write(trained: Trained, file: Path, reduce_range: bool) -> None:
        from indexer.encoder.onnx_build import build_reader_onnx

        build_reader_onnx(trained, file, reduce_range=reduce_range)

    return trained_folder(cache, "reader", weights, write, progress)
