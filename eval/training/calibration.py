"""Learn what the last model's confidence is worth on questions like the users'; writes into chat_app/weights.json.

    python -m eval.training.calibration

Public sets have other questions than users: their articles answer most of them in one short span. On the tune
questions, answerable and not, a logistic curve over the confidence's logit gives the share that is right (Platt, 1999).
It changes no order and no refusal, only the percentage that is shown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from chat_app.selection import ROW_CONFIDENCE, WEIGHTS, load_models, logit
from eval.console import steps
from eval.gold_run import GoldRun, run_gold
from indexer.settings import Settings


def fit(run: GoldRun, slope: float, intercept: float) -> tuple[float, float]:
    """The slope and intercept of the curve for a run that was answered with the given ones.

    Table cells have a confidence of their own and are left out.
    """
    own = [r for r in run.results if not r.gold.before and r.forced.confidence != ROW_CONFIDENCE]
    logits = np.array([[(logit(r.forced.confidence) - intercept) / slope] for r in own])
    found = LogisticRegression(C=1e6).fit(logits, [r.forced_right for r in own])
    return float(found.coef_[0][0]), float(found.intercept_[0])


def main(argv: Sequence[str] | None = None) -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(argv)
    before = load_models().calibration
    with steps() as step:
        run = run_gold(Settings(), "tune", step=step)
    slope, intercept = fit(run, before.weights[0], before.intercept)
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    stored["calibration"] = {"intercept": intercept, "logit": slope}
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"slope {slope:.3f}, intercept {intercept:.3f}")


if __name__ == "__main__":
    main()
