"""The trained verifier: a claim and a piece of text in, how likely it is entailed, neutral or contradicted out.

The model is the reader's backbone with its layers trained further (eval/training/verifier.py; verifier.md is its card).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chat_app.reader import unadorned
from chat_app.trained import MODEL_FILE, Trained, trained_folder
from indexer.encoder import cpu
from indexer.encoder.cache import encoder_folder
from indexer.encoder.runtime import open_model
from indexer.encoder.text import QUERY_PREFIX, clean
from indexer.encoder.tokenizer import Tokenizer, load_tokenizer
from indexer.encoder.weights import find_weights

WEIGHTS = Path(__file__).with_name("verifier.safetensors")
LABELS = ("e", "n", "c")
"""Entailed, neutral, contradicted: the model's outputs in order, named as IndoNLI names them."""
MAX_CLAIM_TOKENS = 96
MAX_TOKENS = 256
"""As in training."""
_BOS, _EOS = 0, 2


@dataclass(frozen=True, slots=True)
class Entailment:
    """What the model makes of a claim beside a text: three probabilities that sum to 1."""

    entailed: float
    neutral: float
    contradicted: float

    @property
    def label(self) -> str:
        """The likeliest of LABELS."""
        values = (self.entailed, self.neutral, self.contradicted)
        return LABELS[max(range(len(LABELS)), key=values.__getitem__)]


class Verifier:
    """Holds claims against texts, each text alone, side by side on all cores; safe to share between threads."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        """Load from a folder that `verifier_folder` made. Raises EncoderError when it cannot be loaded."""
        self._session = open_model(folder / MODEL_FILE)
        self._tokenizer = tokenizer
        self._executor = ThreadPoolExecutor(cpu.usable_cores())

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        """What the model makes of the claim beside each text, in their order."""
        ids, _ = self._tokenizer.encode_words(unadorned(clean(QUERY_PREFIX + claim)))
        said = [_BOS, *ids[:MAX_CLAIM_TOKENS], _EOS, _EOS]
        if len(texts) <= 1:
            return [self._verify_one(said, text) for text in texts]
        return list(self._executor.map(lambda text: self._verify_one(said, text), texts))

    def _verify_one(self, said: list[int], text: str) -> Entailment:
        ids, _ = self._tokenizer.encode_words(unadorned(clean(text)))
        ids = ids[: MAX_TOKENS - len(said) - 1]
        logits = self._session.run(None, {"input_ids": np.array([[*said, *ids, _EOS]], np.int64)})[0][0]
        shares = np.exp(logits - logits.max())
        return Entailment(*(float(share) for share in shares / shares.sum()))


def load_verifier(cache: Path, *, progress: Callable[[str], None] | None = None) -> Verifier | None:
    """The verifier that comes with the program, built in the cache the first time.

    None where the package that carries the base weights has no build: claims are then checked by their figures, names
    and words alone. Raises EncoderError where it cannot be made or loaded.
    """
    if find_weights() is None:
        return None
    tokenizer = load_tokenizer(encoder_folder(cache, progress=progress))
    return Verifier(verifier_folder(cache, progress=progress), tokenizer)


def verifier_folder(cache: Path, *, weights: Path = WEIGHTS, progress: Callable[[str], None] | None = None) -> Path:
    """The folder of the built model, whole and checked. Raises EncoderError when it cannot be made."""

    def write(trained: Trained, file: Path, reduce_range: bool) -> None:
        from indexer.encoder.onnx_build import build_verifier_onnx

        build_verifier_onnx(trained, file, reduce_range=reduce_range)

    return trained_folder(cache, "verifier", weights, write, progress)
