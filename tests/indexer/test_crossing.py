"""Words found across the two languages without a dictionary."""

from __future__ import annotations

import pytest

from indexer.crossing import cognate_key, translations
from indexer.sparse import SparseIndex


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("investment", "investasi"), ("principle", "prinsip"), ("solidarity", "solidaritas"),
        ("globalisation", "globalisasi"), ("technical", "teknis"), ("economy", "ekonomi"), ("cambodia", "kamboja"),
        ("philippines", "filipina"), ("capacity", "kapasitas"),
    ],
)  # fmt: skip
def test_cognates_begin_alike(english: str, indonesian: str) -> None:
    """Learned words and names, once both are spelt as both languages would."""
    assert cognate_key(english) == cognate_key(indonesian)


@pytest.mark.parametrize(("one", "other"), [("trade", "dagang"), ("poverty", "kemiskinan"), ("aid", "bantuan")])
def test_other_words_do_not(one: str, other: str) -> None:
    """Native words have nothing in common."""
    assert cognate_key(one) is None or cognate_key(one) != cognate_key(other)


def test_closed_sets_are_translated_both_ways() -> None:
    """Months, directions and countries that are spelt too differently."""
    assert "jerman" in translations("germany")
    assert "germany" in translations("jerman")
    assert set(translations("japan")) >= {"jepang"}
    assert translations("meja") == ()


def test_a_foreign_question_finds_shared_words() -> None:
    """By a cognate or a closed set's word, and only when the question is told to be foreign."""
    texts = ["Investasi langsung dari Jerman naik.", "Beras dan jagung dipanen bersama.", "Kapal berlayar ke pulau."]
    index = SparseIndex.build(texts, "id")
    for query in ("How did investment grow?", "What came from Germany?"):
        assert not index.scores(query).any()
        scores = index.scores(query, foreign=True)
        assert scores[0] > 0
        assert not scores[1:].any()
    assert not index.scores("Who yodels?", foreign=True).any()


def test_words_that_both_languages_have_are_not_stretched() -> None:
    """A word that stands in the texts as it is finds just them, and not its cognates."""
    index = SparseIndex.build(["Data ekspor teh.", "Eksperimen baru."], "id")
    assert index.scores("ekspor", foreign=True)[1] == 0
