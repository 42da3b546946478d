"""Vectors in FAISS, the only file that imports it: exact search by cosine."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from indexer.errors import IndexDamaged

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


class DenseIndex:
    """An immutable index over centred vectors; rows are numbered from 0 in the order they were given."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, centred: Vectors) -> DenseIndex:
        """An index over unit vectors [n, d]."""
        index = faiss.IndexFlatIP(centred.shape[1])
        index.add(np.ascontiguousarray(centred, dtype=np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path, *, dimension: int, count: int) -> DenseIndex:
        """The index in a file whose checksum the caller has verified.

        Raises IndexDamaged where it cannot be read or has another dimension, count or metric.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexDamaged(f"{path}: FAISS cannot read it. Run `tanya index` to rebuild it.") from error
        if (index.d, index.ntotal, index.metric_type) != (dimension, count, faiss.METRIC_INNER_PRODUCT):
            raise IndexDamaged(
                f"{path}: holds {index.ntotal} vectors of {index.d}, not {count} of {dimension}. "
                f"Run `tanya index` to rebuild it."
            )
        return cls(index)

    def write(self, path: Path) -> None:
        """Write the index to a file. Raises OSError."""
        refused: list[OSError] = []
        with path.open("wb") as file:

            def put(block: bytes) -> None:
                try:
                    file.write(block)
                except OSError as error:
                    refused.append(error)

            # `write_index` to a path says nothing of what a full disk does to the file's last block.
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(put))  # type: ignore[attr-defined]
        if refused:
            raise refused[0]

    def search(self, query: Vectors, k: int, allowed: npt.NDArray[np.bool_]) -> tuple[Ids, Vectors]:
        """The rows nearest to a unit vector [d] among the allowed ones [n], best first, with their cosines.

        Fewer than k where fewer are allowed. Safe to call from several threads.
        """
        k = min(k, int(allowed.sum()))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        # The options travel with the call: options set on a shared index would change another thread's search.
        options = None
        if not allowed.all():
            selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
            options = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, rows = self._index.search(query[None, :], k, params=options)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]
