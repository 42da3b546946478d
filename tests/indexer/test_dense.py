"""FAISS against numpy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.dense import DenseIndex
from indexer.errors import IndexDamaged


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    vectors = rng.standard_normal(shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@pytest.mark.parametrize("share", [1.0, 0.3, 0.01])
def test_agrees_with_numpy(share: float) -> None:
    """The nearest allowed rows and their cosines are those of a product and a sort."""
    rng = np.random.default_rng(7)
    vectors, queries = unit(rng, 500, 48), unit(rng, 20, 48)
    index = DenseIndex.build(vectors)
    for query in queries:
        allowed = rng.random(500) < share
        rows, scores = index.search(query, 25, allowed)
        cosines = vectors @ query
        expected = [row for row in np.argsort(-cosines) if allowed[row]][:25]
        assert rows.tolist() == expected
        np.testing.assert_allclose(scores, cosines[expected], atol=1e-5)


def test_returns_no_more_than_is_allowed() -> None:
    """Fewer allowed rows than asked for are returned without padding; none is no error."""
    index = DenseIndex.build(unit(np.random.default_rng(1), 10, 8))
    query = unit(np.random.default_rng(2), 8)
    allowed = np.zeros(10, bool)
    assert len(index.search(query, 5, allowed)[0]) == 0
    allowed[3] = True
    assert index.search(query, 5, allowed)[0].tolist() == [3]


def test_reads_what_it_wrote(tmp_path: Path) -> None:
    """A written index searches as it did; another dimension or count is refused."""
    vectors = unit(np.random.default_rng(3), 40, 16)
    DenseIndex.build(vectors).write(tmp_path / "dense.faiss")
    read = DenseIndex.read(tmp_path / "dense.faiss", dimension=16, count=40)
    assert read.search(vectors[11], 1, np.ones(40, bool))[0].tolist() == [11]
    for dimension, count in ((17, 40), (16, 41)):
        with pytest.raises(IndexDamaged, match="holds 40 vectors of 16"):
            DenseIndex.read(tmp_path / "dense.faiss", dimension=dimension, count=count)


@pytest.mark.parametrize("content", [b"", b"IxFI", b"not an index" * 9])
def test_refuses_what_is_no_index(tmp_path: Path, content: bytes) -> None:
    """A file that FAISS cannot read is a typed error."""
    (tmp_path / "dense.faiss").write_bytes(content)
    with pytest.raises(IndexDamaged, match="cannot read it"):
        DenseIndex.read(tmp_path / "dense.faiss", dimension=16, count=40)
