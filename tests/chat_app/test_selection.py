"""The last model's terms and the weights that come with the program."""

from __future__ import annotations

import pytest

from chat_app.selection import (
    ANSWER_FEATURES,
    ANSWER_TERMS,
    SUREST,
    Logistic,
    answer_terms,
    load_models,
    logit,
    moment,
    sigmoid,
)


def test_terms_are_the_features_and_the_products_of_every_two() -> None:
    """In the order of their names."""
    values = [float(number) for number in range(2, 2 + len(ANSWER_FEATURES))]
    by_name = dict(zip(ANSWER_TERMS, answer_terms(values), strict=True))
    assert by_name["lead"] == 2
    assert by_name["lead*span"] == 2 * 3
    assert by_name["span*span"] == 9
    assert len(by_name) == len(ANSWER_FEATURES) * (len(ANSWER_FEATURES) + 3) // 2


def test_the_shipped_weights_fit_the_terms() -> None:
    """One weight a term, and a threshold between none and all."""
    models = load_models()
    assert len(models.answer.weights) == len(ANSWER_TERMS)
    assert 0 < models.threshold < 1


def test_calibration_keeps_the_order() -> None:
    """Surer stays surer, and nothing is surer than sure."""
    models = load_models()
    found = [models.calibrated(share) for share in (0.0, 0.01, 0.1, 0.5, 0.9, 1.0)]
    assert found == sorted(found)
    assert 0 <= found[0] < 0.01
    assert found[-1] == SUREST
    assert [sigmoid(logit(share)) for share in (0.2, 0.7)] == pytest.approx([0.2, 0.7])


def test_a_logistic_model_is_its_formula() -> None:
    """1 / (1 + exp(-(1 + 2 · 3 - 4 · 2))) for the features 3 and 2, and no overflow far out."""
    assert Logistic(1, (2, -4)).probability((3, 2)) == pytest.approx(sigmoid(-1))
    assert sigmoid(-1) == pytest.approx(0.26894, abs=1e-5)
    assert sigmoid(-1e9) < 1e-9
    assert sigmoid(1e9) > 1 - 1e-9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berapa anggotanya pada awalnya?", "then"),
        ("Saat ini, kelompok itu beranggotakan 134 negara.", "now"),
        ("How many members did it originally have?", "then"),
        ("How many are there today?", "now"),
        ("Awalnya 77, kini 134.", None),
        ("Berapa anggotanya?", None),
        ("Knowing todays", None),
    ],
)
def test_tells_then_from_now(text: str, expected: str | None) -> None:
    """By the words for it in either language; a text that has both is of neither."""
    assert moment(text) == expected
