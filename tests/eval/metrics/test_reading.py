"""Exact match and token F1 against values worked by hand, as SQuAD's evaluation gives them."""

from __future__ import annotations

import pytest

from eval.metrics.reading import best_over, exact_match, normalised, token_f1


def test_case_punctuation_and_articles_do_not_count() -> None:
    """As SQuAD: lower case, no ASCII punctuation, no a, an or the, one space between words."""
    assert normalised("The  G-77, (a group)") == "g77 group"
    assert exact_match("the Bandung Conference.", "Bandung conference") == 1.0
    assert exact_match("Bandung", "Bandung conference") == 0.0


@pytest.mark.parametrize(
    ("said", "gold", "expected"),
    [
        ("134 negara", "134 negara", 1.0),
        ("134 negara anggota", "134 negara", 0.8),  # precision 2/3, recall 1: 2 · 2/3 / (5/3)
        ("77 negara", "134 negara", 0.5),
        ("satu satu dua", "satu dua dua", 2 / 3),  # words count as often as they stand: 2 of 3 both ways
        ("Bandung", "Jakarta", 0.0),
        ("", "Jakarta", 0.0),
        ("Jakarta", "", 0.0),
        ("", "", 1.0),
        ("the", "", 1.0),  # nothing is left of an article
    ],
)
def test_token_f1_is_the_harmonic_mean_over_shared_words(said: str, gold: str, expected: float) -> None:
    """Worked by hand."""
    assert token_f1(said, gold) == pytest.approx(expected)


def test_the_best_of_several_gold_answers_counts_and_none_means_silence() -> None:
    """An unanswerable question is right when nothing is said."""
    assert best_over(token_f1, "Bandung", ["Jakarta", "Bandung, Indonesia"]) == pytest.approx(2 / 3)
    assert best_over(exact_match, "", []) == 1.0
    assert best_over(exact_match, "Bandung", []) == 0.0
