"""Answering or keeping silent: how well a confidence tells the two apart. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """(coverage, risk) when the surest 1, 2, … n questions are answered: risk is the share of them that are wrong.

    El-Yaniv and Wiener (2010). Questions of the same confidence are answered together. Raises ValueError for none.
    """
    if not right:
        raise ValueError("no questions: there is no curve")
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points, wrong = [], 0
    for n, (confidence, is_right) in enumerate(ordered, start=1):
        wrong += not is_right
        if n == len(ordered) or ordered[n][0] < confidence:
            points.append((n / len(ordered), wrong / n))
    return points


def area_under_risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """AURC: the risk averaged over all coverages, 0 at best. Geifman et al. (2019)."""
    area, before = 0.0, 0.0
    for coverage, risk in risk_coverage(confidences, right):
        area += (coverage - before) * risk
        before = coverage
    return area


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence."""

    count: int
    confidence: float
    """Their mean confidence."""
    accuracy: float
    """The share that were right."""


def calibration_bins(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Answers in bins of equal width from 0 to 1; empty bins are left out."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in zip(confidences, right, strict=True):
        groups.setdefault(min(bins - 1, math.floor(confidence * bins)), []).append((confidence, is_right))
    return [
        Bin(len(group), sum(c for c, _ in group) / len(group), sum(r for _, r in group) / len(group))
        for _, group in sorted(groups.items())
    ]


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """ECE: the mean distance of accuracy from confidence, each bin by its share of the answers. Guo et al. (2017).

    Raises ValueError for no answers.
    """
    if not right:
        raise ValueError("no answers: a mean of nothing is not a number")
    found = calibration_bins(confidences, right, bins)
    return sum(b.count * abs(b.accuracy - b.confidence) for b in found) / len(right)
