"""What the rest of the program knows of an encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]
"""Vectors, one a row."""

DocumentProgress = Callable[[int, int], None]
"""Called with how many texts are done and how many there are, in the caller's thread."""


class Encoder(Protocol):
    """The part of SentenceTransformer's interface that this program uses."""

    @property
    def fingerprint(self) -> str:
        """Which vectors this encoder makes: the same on every machine, another for another model."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode_query(self, texts: Sequence[str]) -> Float32:
        """Return one vector for each question: [len(texts), dimension], of length 1."""

    def encode_document(self, texts: Sequence[str], *, progress: DocumentProgress | None = None) -> Float32:
        """Return one vector for each passage: [len(texts), dimension], of length 1."""
