"""How high the right items stand in ranked lists: recall@k, mean reciprocal rank, nDCG. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def first_hits(ranked: Iterable[Item]) -> list[Item]:
    """Each item once, at its first place: a document counts where its best passage stands."""
    return list(dict.fromkeys(ranked))


def rank_of(right: Item, ranked: Sequence[Item]) -> int | None:
    """The place of the right item, counted from 1; None where it is not among them."""
    return ranked.index(right) + 1 if right in ranked else None


def recall_at_k(ranks: Sequence[int | None], k: int) -> float:
    """The share of questions whose right item stands among the first k.

    With one right item a question this is also called success@k or hit rate. Raises ValueError for no
    questions.
    """
    _require(ranks)
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def mean_reciprocal_rank(ranks: Sequence[int | None], k: int) -> float:
    """MRR@k: the mean of 1 / rank over all questions, where a rank beyond k, or none, counts as 0.

    Voorhees, TREC-8 Question Answering Track Report (1999). Raises ValueError for no questions.
    """
    _require(ranks)
    return sum(1 / rank for rank in ranks if rank is not None and rank <= k) / len(ranks)


def ndcg_at_k(gains: Sequence[float], k: int, *, ideal: Sequence[float] | None = None) -> float:
    """nDCG@k of one ranked list: gains in ranked order, each divided by log2(1 + rank), as a share of the best order.

    Järvelin and Kekäläinen (2002). `ideal` are the gains of all there is to find, where the list may lack some; 0.0
    where there is nothing to find.
    """
    best = _dcg(sorted(gains if ideal is None else ideal, reverse=True)[:k])
    return _dcg(gains[:k]) / best if best else 0.0


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(1 + rank) for rank, gain in enumerate(gains, start=1))


def _require(ranks: Sequence[int | None]) -> None:
    if not ranks:
        raise ValueError("no questions: a share of nothing is not a number")
