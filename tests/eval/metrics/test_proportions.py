"""Wilson's interval against published values and by its own definition."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.proportions import Z_95, Proportion, wilson_interval


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_published_examples(count: int, total: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=5e-5)


def test_half_of_four_by_hand() -> None:
    """For 2 of 4 the middle is 1/2 and the half width z / (2 sqrt(4 + z²)): put 1/2 into the formula."""
    half = Z_95 / (2 * math.sqrt(4 + Z_95**2))
    assert wilson_interval(2, 4) == pytest.approx((0.5 - half, 0.5 + half))


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_it_holds_the_share_and_stays_between_0_and_1(case: tuple[int, int]) -> None:
    """Whatever the counts; and its mirror image is the interval of the failures."""
    count, total = case
    low, high = wilson_interval(count, total)
    assert 0 <= low <= count / total <= high <= 1
    mirrored = wilson_interval(total - count, total)
    assert mirrored == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 4), (5, 4)])
def test_what_is_no_proportion_is_refused(count: int, total: int) -> None:
    """No trials, fewer than none, more than all."""
    with pytest.raises(ValueError, match="no proportion"):
        wilson_interval(count, total)


def test_a_share_of_nothing_is_none() -> None:
    """So a table shows a dash and not a figure."""
    assert Proportion(0, 0).share is None
    assert Proportion(0, 0).interval is None
    assert Proportion(3, 4).share == 0.75
