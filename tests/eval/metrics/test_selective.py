"""Refusal, risk–coverage and calibration against values worked by hand."""

from __future__ import annotations

import pytest

from eval.metrics.selective import (
    Bin,
    area_under_risk_coverage,
    calibration_bins,
    expected_calibration_error,
    risk_coverage,
)


def test_risk_grows_with_coverage() -> None:
    """Surest first: right, wrong, right, wrong gives risks 0, 1/2, 1/3, 1/2."""
    curve = risk_coverage([0.9, 0.7, 0.6, 0.1], [True, False, True, False])
    assert curve == [(0.25, 0.0), (0.5, 0.5), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    expected = 0.25 * (0 + 0.5 + 1 / 3 + 0.5)
    assert area_under_risk_coverage([0.9, 0.7, 0.6, 0.1], [True, False, True, False]) == pytest.approx(expected)


def test_equal_confidences_are_answered_together() -> None:
    """Their order says nothing, so the curve has one point for them."""
    assert risk_coverage([0.5, 0.5], [False, True]) == risk_coverage([0.5, 0.5], [True, False]) == [(1.0, 0.5)]


def test_calibration_error_weighs_bins_by_their_share() -> None:
    """Two at .95, one right: |.5 - .95| · 2/3; one at .25, wrong: .25 · 1/3."""
    confidences, right = [0.95, 0.95, 0.25], [True, False, False]
    assert calibration_bins(confidences, right) == [Bin(1, 0.25, 0.0), Bin(2, 0.95, 0.5)]
    assert expected_calibration_error(confidences, right) == pytest.approx(0.45 * 2 / 3 + 0.25 / 3)
    assert expected_calibration_error([1.0], [True]) == 0.0


def test_nothing_has_no_figure() -> None:
    """An empty set is an error and not a zero."""
    with pytest.raises(ValueError, match="no questions"):
        risk_coverage([], [])
    with pytest.raises(ValueError, match="no answers"):
        expected_calibration_error([], [])
