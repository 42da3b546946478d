"""Ranking metrics against values worked by hand."""

from __future__ import annotations

import pytest

from eval.metrics.ranking import first_hits, mean_reciprocal_rank, ndcg_at_k, rank_of, recall_at_k

RANKS = [1, 2, None, 4]
"""Four questions: right at once, second, not found, fourth."""


def test_a_document_counts_at_its_first_hit() -> None:
    """Three passages of a, b, a, c are the documents a, b, c: c stands third, not fourth."""
    documents = first_hits(["a", "b", "a", "c"])
    assert documents == ["a", "b", "c"]
    assert rank_of("c", documents) == 3


def test_an_item_that_was_not_found_has_no_rank() -> None:
    """No rank is None, so that it cannot be mistaken for a place."""
    assert rank_of("x", ["a", "b"]) is None


@pytest.mark.parametrize(("k", "expected"), [(1, 0.25), (2, 0.5), (3, 0.5), (4, 0.75), (10, 0.75)])
def test_recall_at_k_is_the_share_found_among_the_first_k(k: int, expected: float) -> None:
    """Of four questions, one is found at 1, two by 2, three by 4."""
    assert recall_at_k(RANKS, k) == expected


def test_mean_reciprocal_rank_averages_over_all_questions() -> None:
    """(1 + 1/2 + 0 + 1/4) / 4 = 0.4375: a question that was not found counts as 0 and stays in the mean."""
    assert mean_reciprocal_rank(RANKS, 10) == 0.4375


def test_mean_reciprocal_rank_ignores_what_stands_beyond_k() -> None:
    """With k = 3 the fourth place counts as 0: (1 + 1/2) / 4."""
    assert mean_reciprocal_rank(RANKS, 3) == 0.375


def test_the_example_of_the_textbooks() -> None:
    """Ranks 3, 2 and 1 give (1/3 + 1/2 + 1) / 3 = 11/18."""
    assert mean_reciprocal_rank([3, 2, 1], 10) == pytest.approx(11 / 18)


def test_no_questions_is_an_error() -> None:
    """A share of nothing is refused, not reported as 0."""
    with pytest.raises(ValueError, match="no questions"):
        recall_at_k([], 1)
    with pytest.raises(ValueError, match="no questions"):
        mean_reciprocal_rank([], 1)


def test_ndcg_agrees_with_scikit_learn() -> None:
    """Graded gains in ranked order, against ndcg_score."""
    from sklearn.metrics import ndcg_score

    gains = [1.0, 0.0, 3.0, 2.0, 0.0]
    scores = [list(range(len(gains), 0, -1))]
    for k in (1, 2, 3, 5):
        assert ndcg_at_k(gains, k) == pytest.approx(ndcg_score([gains], scores, k=k))


def test_ndcg_of_one_right_item_falls_with_its_rank() -> None:
    """1 / log2(1 + 3) = 0.5 in third place; nothing found, or nothing to find, is 0."""
    assert ndcg_at_k([0, 0, 1], 10) == 0.5
    assert ndcg_at_k([0, 0, 1], 2, ideal=[1]) == 0.0
    assert ndcg_at_k([0, 0], 10, ideal=[1, 1]) == 0.0
    assert ndcg_at_k([], 10) == 0.0
