"""Learn what the last model's confidence is worth on questions like the users'; writes into chat_app/weights.json.

    python -m eval.training.calibration

Public sets have other questions than users: their articles answer most of them in one short span. On the tune
questions, answerable and not, beta calibration (Kull, Silva Filho and Flach, 2017) gives the share that is right. It
changes no order and no refusal, only the percentage that is shown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from chat_app.selection import (
    CALIBRATION_TERMS,
    ROW_CONFIDENCE,
    WEIGHTS,
    Logistic,
    calibration_terms,
    load_models,
    sigmoid,
)
from eval.console import steps
from eval.gold_run import GoldRun, run_gold
from indexer.settings import Settings

HALVINGS = 60
"""Of the interval in which a probability is looked for."""


def fit(run: GoldRun, before: Logistic) -> Logistic:
    """The curve for a run that was answered with the curve before it.

    Table cells have a confidence of their own and are left out. A falling term would put the less sure above the
    surer: it is left out, as the method has it.
    """
    own = [r for r in run.results if not r.gold.before and r.forced.confidence != ROW_CONFIDENCE]
    terms = np.array([calibration_terms(_uncalibrated(r.forced.confidence, before)) for r in own])
    right = [r.forced_right for r in own]
    kept = list(range(terms.shape[1]))
    found = LogisticRegression(C=1e6).fit(terms, right)
    if found.coef_[0].min() < 0:
        kept = [int(found.coef_[0].argmax())]
        found = LogisticRegression(C=1e6).fit(terms[:, kept], right)
    weights = np.zeros(terms.shape[1])
    weights[kept] = found.coef_[0]
    return Logistic(float(found.intercept_[0]), tuple(map(float, weights)))


def _uncalibrated(confidence: float, curve: Logistic) -> float:
    """The probability that the curve makes this confidence of, by halving: it rises."""
    low, high = -30.0, 30.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if curve.probability(calibration_terms(sigmoid(middle))) < confidence:
            low = middle
        else:
            high = middle
    return sigmoid(high)


def main(argv: Sequence[str] | None = None) -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(argv)
    before = load_models().calibration
    with steps() as step:
        run = run_gold(Settings(), "tune", step=step)
    curve = fit(run, before)
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    stored["calibration"] = {"intercept": curve.intercept, **dict(zip(CALIBRATION_TERMS, curve.weights, strict=True))}
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored["calibration"], indent=1))


if __name__ == "__main__":
    main()
