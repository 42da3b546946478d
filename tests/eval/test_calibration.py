"""What confidence is worth is learned from what was right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat_app.datatypes import Answer, Elapsed, Outcome
from chat_app.selection import ROW_CONFIDENCE, logit, sigmoid
from eval.gold import GoldQuestion
from eval.gold_run import GoldRun, Scored
from eval.training.calibration import fit
from tests.eval.test_gold import scored


def run(confidence: float, right: int, wrong: int) -> list[Scored]:
    """So many answers of one confidence."""
    return [
        *(scored("date", refused=False, right=True, confidence=confidence) for _ in range(right)),
        *(scored("date", refused=False, right=False, confidence=confidence) for _ in range(wrong)),
    ]


def test_the_curve_gives_the_share_that_was_right() -> None:
    """At 0.1 one of two was right, at 0.5 three of four: two points, one line through them."""
    slope, intercept = fit(GoldRun("tune", (*run(0.1, 5, 5), *run(0.5, 9, 3)), {}), 1.0, 0.0)
    assert sigmoid(slope * logit(0.1) + intercept) == pytest.approx(0.5, abs=0.01)
    assert sigmoid(slope * logit(0.5) + intercept) == pytest.approx(0.75, abs=0.01)


def test_learning_it_again_changes_nothing() -> None:
    """Answers that already went through a curve are taken back through it; table cells and follow-ups are left out."""
    raw = (*run(0.1, 5, 5), *run(0.5, 9, 3))
    first = fit(GoldRun("tune", raw, {}), 1.0, 0.0)

    def after(result: Scored) -> Scored:
        confidence = sigmoid(first[0] * logit(result.forced.confidence) + first[1])
        return replace(result, forced=replace(result.forced, confidence=confidence))

    follow_up = Scored(
        GoldQuestion("f", "tune", "id", "follow-up", "?", ("x",), (), "before"), *[
            Answer("?", "id", Outcome.ANSWERED, "", None, 0.9, (), (), Elapsed(1, 1, 0))
        ] * 2,
    )  # fmt: skip
    again = (*map(after, raw), *run(ROW_CONFIDENCE, 0, 9), follow_up)
    assert fit(GoldRun("tune", again, {}), *first) == pytest.approx(first, abs=1e-3)
