"""Fusion as arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.fusion import (
    OTHER_LANGUAGE_SENTENCE,
    OTHER_LANGUAGE_SPREAD,
    OTHER_LANGUAGE_WEIGHT,
    SAME_LANGUAGE_SENTENCE,
    SAME_LANGUAGE_WEIGHT,
    fuse,
    shares,
)


def array(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array(values, np.float32)


NOTHING = array(0, 0)


def spread(fused: list[float], same: bool, middle: float) -> list[float]:
    """What comes of scores: those of another language lie nearer to the middle of the better half's cosines."""
    return fused if same else [middle + OTHER_LANGUAGE_SPREAD * (value - middle) for value in fused]


def test_shares_are_parts_of_the_best() -> None:
    """The best score is 1; no score at all stays 0."""
    np.testing.assert_allclose(shares(array(2, 4, 0)), [0.5, 1, 0])
    np.testing.assert_array_equal(shares(NOTHING), [0, 0])
    assert len(shares(array())) == 0


@pytest.mark.parametrize(("same", "weight"), [(True, SAME_LANGUAGE_WEIGHT), (False, OTHER_LANGUAGE_WEIGHT)])
def test_words_add_their_weight_above_chance(same: bool, weight: float) -> None:
    """The fused score is the cosine and the weighted share less the mean share."""
    fused = fuse(array(*4 * [0.5]), array(*4 * [0.0]), array(3, 2, 1, 0), same_language=same)
    mean = (1 + 2 / 3) / 2  # of the better half
    shares = (1, 2 / 3, 1 / 3, 0)
    expected = spread([0.5 + weight * (share - mean) for share in shares], same, 0.5)
    np.testing.assert_allclose(fused, expected, rtol=1e-5)


@pytest.mark.parametrize(("same", "weight"), [(True, SAME_LANGUAGE_SENTENCE), (False, OTHER_LANGUAGE_SENTENCE)])
def test_the_best_sentence_adds_its_weight_above_chance(same: bool, weight: float) -> None:
    """And so do the cosines of the best sentences."""
    fused = fuse(array(0.5, 0.2), array(0.6, 0.2), NOTHING, same_language=same)
    np.testing.assert_allclose(fused, spread([0.5, 0.2 - weight * 0.4], same, 0.5), rtol=1e-5)


def test_alone_the_cosine_stands() -> None:
    """No BM25 score and no sentence change nothing."""
    np.testing.assert_allclose(fuse(array(0.5, 0.2), NOTHING, NOTHING, same_language=True), [0.5, 0.2])
    assert len(fuse(array(), array(), array(), same_language=True)) == 0


def test_a_handful_has_no_head_start() -> None:
    """The best of a few passages gains no more by its words than the best of many like them."""
    few = fuse(array(0, 0, 0), array(0, 0, 0), array(3, 0, 0), same_language=True)
    many = fuse(*(array(*30 * [0.0]) for _ in range(2)), array(3, *29 * [1]), same_language=True)
    assert few[0] <= many[0]


def test_words_decide_between_equals() -> None:
    """Of two passages with one cosine the one that shares more words comes first."""
    first, second = fuse(array(0.4, 0.4), NOTHING, array(1, 2), same_language=False)
    assert second > first
