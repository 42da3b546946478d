"""What confidence is worth is learned from what was right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat_app.datatypes import Answer, Elapsed, Outcome
from chat_app.selection import ROW_CONFIDENCE, Logistic, calibration_terms
from eval.gold import GoldQuestion
from eval.gold_run import GoldRun, Scored
from eval.training.calibration import fit
from tests.eval.test_gold import scored

AS_IS = Logistic(0.0, (1.0, 1.0))


def run(confidence: float, right: int, wrong: int) -> list[Scored]:
    """So many answers of one confidence."""
    return [
        *(scored("date", refused=False, right=True, confidence=confidence) for _ in range(right)),
        *(scored("date", refused=False, right=False, confidence=confidence) for _ in range(wrong)),
    ]


def test_the_curve_gives_the_share_that_was_right() -> None:
    """At 0.1 one of two was right, at 0.5 three of four: two points, one line through them."""
    curve = fit(GoldRun("tune", (*run(0.1, 5, 5), *run(0.5, 9, 3)), {}), AS_IS)
    assert curve.probability(calibration_terms(0.1)) == pytest.approx(0.5, abs=0.01)
    assert curve.probability(calibration_terms(0.5)) == pytest.approx(0.75, abs=0.01)


def test_the_curve_may_stay_below_certainty() -> None:
    """Of the unsure one in ten is right, of the half sure and of the surest nine in ten."""
    results = (*run(0.02, 2, 18), *run(0.5, 18, 2), *run(0.97, 18, 2))
    curve = fit(GoldRun("tune", results, {}), AS_IS)
    assert curve.probability(calibration_terms(0.5)) == pytest.approx(0.85, abs=0.06)
    assert curve.probability(calibration_terms(0.97)) == pytest.approx(0.93, abs=0.03)


def test_the_curve_never_falls() -> None:
    """Where the surest are oftener wrong, what would put them below the others is left out."""
    curve = fit(GoldRun("tune", (*run(0.02, 2, 18), *run(0.5, 18, 2), *run(0.99, 10, 10)), {}), AS_IS)
    assert min(curve.weights) == 0
    assert max(curve.weights) > 0


def test_learning_it_again_changes_nothing() -> None:
    """Answers that already went through a curve are taken back through it; table cells and follow-ups are left out."""
    raw = (*run(0.1, 5, 5), *run(0.5, 9, 3))
    first = fit(GoldRun("tune", raw, {}), AS_IS)

    def after(result: Scored) -> Scored:
        confidence = first.probability(calibration_terms(result.forced.confidence))
        return replace(result, forced=replace(result.forced, confidence=confidence))

    follow_up = Scored(
        GoldQuestion("f", "tune", "id", "follow-up", "?", ("x",), (), "before"), *[
            Answer("?", "id", Outcome.ANSWERED, "", None, 0.9, (), (), Elapsed(1, 1, 0))
        ] * 2,
    )  # fmt: skip
    again = (*map(after, raw), *run(ROW_CONFIDENCE, 0, 9), follow_up)
    second = fit(GoldRun("tune", again, {}), first)
    assert second.weights == pytest.approx(first.weights, abs=1e-3)
    assert second.intercept == pytest.approx(first.intercept, abs=1e-3)
