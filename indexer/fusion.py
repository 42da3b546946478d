"""Two lists of scores to one. Pure functions on arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

SPARSE_WEIGHT = 0.15
"""BM25's part beside the centred cosine."""


def fuse(dense: Scores, sparse: Scores) -> tuple[Scores, Scores]:
    """The fused scores, and BM25 as a share of its best, both [n]."""
    top = float(sparse.max(initial=0.0))
    share = np.asarray(sparse / top if top > 0 else np.zeros_like(sparse), dtype=np.float32)
    return np.asarray(dense + SPARSE_WEIGHT * share, dtype=np.float32), share
