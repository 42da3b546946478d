"""Where the middles of passages and of questions lie, on vectors drawn by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from indexer.centring import (
    PARALLEL_QUESTIONS,
    PARALLEL_SENTENCES,
    PRIOR_PASSAGES,
    Vectors,
    centre,
    everyday_passages,
    everyday_sentences,
    language_means,
    question_shift,
)

ENGLISH = {text for pairs in (PARALLEL_SENTENCES, PARALLEL_QUESTIONS) for _, text in pairs}


def encode(texts: Sequence[str]) -> Vectors:
    """[is English, is a question, 1] of each text."""
    rows = [[float(any(part in text for part in ENGLISH)), float("?" in text), 1.0] for text in texts]
    return np.array(rows, dtype=np.float32)


def test_everyday_texts_differ_by_their_language_alone() -> None:
    """Rows are Indonesian and English."""
    for found in (everyday_passages(encode), everyday_sentences(encode)):
        np.testing.assert_array_equal(found, [[0, 0, 1], [1, 0, 1]])


def test_questions_differ_from_passages_by_being_questions() -> None:
    """The same in each language."""
    np.testing.assert_array_equal(question_shift(everyday_passages(encode), encode), [[0, 1, 0], [0, 1, 0]])


def test_a_language_without_passages_borrows_the_other_ones_middle() -> None:
    """Moved by what the languages differ by; with many passages its own middle counts most."""
    everyday = everyday_passages(encode)
    vectors = np.tile(np.array([[0.0, 4.0, 1.0]], dtype=np.float32), (10 * PRIOR_PASSAGES, 1))
    means = language_means(vectors, ["id"] * len(vectors), everyday)
    np.testing.assert_allclose(means["en"] - means["id"], [1, 0, 0], atol=0.05)
    np.testing.assert_allclose(means["id"], [0, 4, 1], atol=0.05)


def test_a_vector_at_the_middle_is_none() -> None:
    """It becomes zero and not a division by zero; others have length 1."""
    middle = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    found = centre(np.stack([middle, middle + 1]), middle)
    assert np.linalg.norm(found, axis=1) == pytest.approx([0, 1])
