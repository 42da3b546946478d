"""Percentiles against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.timings import median, percentile


def test_half_way_between_two_neighbours() -> None:
    """The median of 1, 2, 3, 10 is 2.5; its 95th percentile lies 0.85 of the way from 3 to 10."""
    assert median([10, 1, 3, 2]) == 2.5
    assert percentile([10, 1, 3, 2], 0.95) == pytest.approx(3 + 0.85 * 7)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.floats(0, 1))
def test_it_agrees_with_numpy(values: list[float], share: float) -> None:
    """NumPy's default method is the same definition."""
    assert percentile(values, share) == pytest.approx(float(np.percentile(values, 100 * share)), abs=1e-6)


def test_no_values_is_an_error() -> None:
    """There is no median of nothing."""
    with pytest.raises(ValueError, match="of 0 values"):
        median([])
