"""How stances are learned and verdicts drawn from them, on a few made-up rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from chat_app.claims import STANCE_FEATURES, StanceModel, Verdict, load_model
from eval.training.stances import FOLDS, STRENGTH, Row, cross_validated, figures, fit, verdicts

SUPPORTED, CONTRADICTED, NOT_IN_SOURCES = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_IN_SOURCES
OWN = (SUPPORTED, CONTRADICTED, NOT_IN_SOURCES)
"""The verdict on a claim whose sentences all have the label of this place."""


def row(claim: str, label: int = 2, *, features: tuple[float, ...] = (), is_trap: bool = False) -> Row:
    """A sentence held against a claim; each claim is a group of its own."""
    return Row(claim, claim, features, label, OWN[label], is_trap)


def separable(claims: int = FOLDS) -> list[Row]:
    """Three sentences for each claim, one of each label at its own corner; the second feature is on another scale."""
    chance = np.random.default_rng(7)
    return [
        row(f"c{claim}", label, features=(x + chance.normal(0, 0.3), 500 + 100 * (y + chance.normal(0, 0.3))))
        for claim in range(claims)
        for label, x, y in ((0, 3.0, 2.0), (1, -3.0, 2.0), (2, 0.0, -2.0))
    ]


def table(rows: list[Row]) -> np.ndarray:
    """The features of rows [n, features]."""
    return np.array([r.features for r in rows])


def test_sentences_that_differ_plainly_are_told_apart() -> None:
    """Each gets the label it was given, and probabilities that sum to 1."""
    rows = separable()
    shares = fit(rows).probabilities(table(rows))
    assert shares.shape == (len(rows), 3)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert shares.argmax(axis=1).tolist() == [r.label for r in rows]


def test_the_scaling_is_folded_into_the_weights() -> None:
    """On features as they come the probabilities are those of scikit-learn on scaled ones."""
    rows = separable()
    labels = np.array([r.label for r in rows])
    oracle = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2000))
    oracle.fit(table(rows), labels)
    np.testing.assert_allclose(fit(rows).probabilities(table(rows)), oracle.predict_proba(table(rows)), atol=1e-9)


def test_the_program_computes_the_same_from_the_same_weights() -> None:
    """StanceModel, which knows no NumPy, is what the weights are learned for."""
    rows = separable()
    model = fit(rows)
    supports, contradicts, neither = (float(value) for value in model.intercepts)
    weights = tuple(tuple(float(w) for w in own) for own in model.weights)
    shipped = StanceModel((supports, contradicts, neither), weights, 0.5, 0.5)
    found = [shipped.probabilities(r.features) for r in rows]
    np.testing.assert_allclose(found, model.probabilities(table(rows)), atol=1e-9)


def test_a_feature_that_never_differs_weighs_nothing() -> None:
    """It has no spread to divide by, and nothing to tell."""
    rows = [replace(r, features=(*r.features, 4.0)) for r in separable()]
    model = fit(rows)
    assert np.isfinite(model.intercepts).all()
    np.testing.assert_allclose(model.weights[:, 2], 0.0, atol=1e-9)


def test_no_row_is_judged_by_a_model_that_saw_its_group() -> None:
    """With as many groups as folds each is judged by the model of all others."""
    rows = separable(FOLDS)
    shares = cross_validated(rows)
    for claim in {r.claim for r in rows}:
        own = [n for n, r in enumerate(rows) if r.claim == claim]
        others = fit([r for r in rows if r.claim != claim])
        np.testing.assert_allclose(shares[own], others.probabilities(table([rows[n] for n in own])), atol=1e-9)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([(0.7, 0.2, 0.1)], SUPPORTED),
        ([(0.2, 0.7, 0.1)], CONTRADICTED),
        ([(0.3, 0.3, 0.4)], NOT_IN_SOURCES),
        ([(0.5, 0.1, 0.4)], SUPPORTED),
        ([(0.49, 0.1, 0.41)], NOT_IN_SOURCES),
        ([(0.1, 0.6, 0.3)], CONTRADICTED),
        ([(0.1, 0.59, 0.31)], NOT_IN_SOURCES),
        ([(0.1, 0.1, 0.8), (0.6, 0.1, 0.3)], SUPPORTED),
        ([(0.8, 0.1, 0.1), (0.1, 0.7, 0.2)], SUPPORTED),
        ([(0.6, 0.1, 0.3), (0.1, 0.7, 0.2)], CONTRADICTED),
        ([(0.7, 0.1, 0.2), (0.1, 0.7, 0.2)], SUPPORTED),
        ([(0.52, 0.1, 0.38), (0.1, 0.55, 0.35)], SUPPORTED),
    ],
)
def test_the_surest_sentence_of_each_side_decides(shares: list[tuple[float, ...]], expected: Verdict) -> None:
    """Supported from 0.5 and contradicted from 0.6, if no sentence is surer of the other; even is supported."""
    rows = [row("c1") for _ in shares]
    assert verdicts(rows, np.array(shares), (0.5, 0.6)) == [(rows[0], expected)]


def test_each_claim_has_one_verdict_from_its_own_sentences() -> None:
    """In the order in which claims are first met, though their rows are mixed."""
    rows = [row("b"), row("a"), row("b", 0), row("a", 1)]
    shares = np.array([(0.1, 0.1, 0.8), (0.1, 0.9, 0.0), (0.9, 0.1, 0.0), (0.1, 0.1, 0.8)])
    assert verdicts(rows, shares, (0.5, 0.5)) == [(rows[0], SUPPORTED), (rows[1], CONTRADICTED)]


def test_rows_and_shares_must_be_as_many() -> None:
    """Else a sentence would have another's probabilities."""
    with pytest.raises(ValueError, match="shorter"):
        verdicts([row("a"), row("b")], np.array([(0.1, 0.1, 0.8)]), (0.5, 0.5))


SAID = [
    (row("a", 0), SUPPORTED),
    (row("b", 1), CONTRADICTED),
    (row("c", 2), CONTRADICTED),
    (row("d", 2), NOT_IN_SOURCES),
    (row("e", 0), CONTRADICTED),
    (row("t1-1", 1, is_trap=True), CONTRADICTED),
    (row("t2-1", 1, is_trap=True), SUPPORTED),
    (row("t1-0", 0, is_trap=True), SUPPORTED),
    (row("t2-0", 0, is_trap=True), SUPPORTED),
    (row("t3-0", 0, is_trap=True), NOT_IN_SOURCES),
    (row("t4-0", 0, is_trap=True), CONTRADICTED),
]


def test_claims_and_traps_are_counted_apart() -> None:
    """Three of five claims right, one of three so called truly contradicted, one of two traps caught."""
    assert figures(SAID) == {
        "right": 0.6,
        "contradicted_truly": 0.333,
        "supported_truly": 1.0,
        "called": 3,
        "caught": 0.5,
        "harmless_contradicted": 0.25,
    }


def test_where_nothing_is_called_contradicted_nothing_is_so_wrongly() -> None:
    """A rule that never says it keeps to any precision."""
    found = figures([(one, NOT_IN_SOURCES) for one, _ in SAID])
    assert (found["contradicted_truly"], found["called"], found["caught"]) == (1.0, 0, 0.0)


def test_the_shipped_weights_are_of_all_features() -> None:
    """A weight for each feature and label, and two limits a probability can reach."""
    model = load_model()
    assert [len(own) for own in model.weights] == [len(STANCE_FEATURES)] * 3
    assert 0 < model.supported_above < 1
    assert 0 < model.contradicted_above < 1
