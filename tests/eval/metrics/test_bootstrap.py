"""The bootstrap's interval, against the normal one where that holds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from eval.metrics.bootstrap import interval_95


def mean(values: Sequence[float]) -> float:
    """The plain mean."""
    return sum(values) / len(values)


def test_agrees_with_the_normal_interval_of_a_share() -> None:
    """60 of 100: 0.6 ± 1.96 · sqrt(.6 · .4 / 100)."""
    low, high = interval_95([1.0] * 60 + [0.0] * 40, mean)
    half = 1.96 * math.sqrt(0.6 * 0.4 / 100)
    assert low == pytest.approx(0.6 - half, abs=0.015)
    assert high == pytest.approx(0.6 + half, abs=0.015)
    assert interval_95([1.0] * 60 + [0.0] * 40, mean) == (low, high)


def test_what_never_varies_has_no_width() -> None:
    """All the same is certain, as far as the sample tells."""
    assert interval_95([3.0] * 5, mean) == (3.0, 3.0)


def test_samples_without_a_value_are_left_out() -> None:
    """A share of none of the drawn items counts for nothing; none at all is an error."""
    low, high = interval_95([1, 0], lambda drawn: 1.0 if 1 in drawn else None)
    assert (low, high) == (1.0, 1.0)
    with pytest.raises(ValueError, match="no value"):
        interval_95([1], lambda drawn: None)
    with pytest.raises(ValueError, match="no items"):
        interval_95([], mean)
