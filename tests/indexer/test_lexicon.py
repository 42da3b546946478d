"""The dictionary: both directions, by stem, and every line in its form."""

from __future__ import annotations

import re

import pytest

from indexer.language import FUNCTION_WORDS
from indexer.lexicon import COMMON, FILE, MAX_EQUIVALENTS, equivalents, synonyms
from indexer.sparse import SparseIndex


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        ("climate", "en", "iklim"),
        ("Climates", "en", "iklim"),
        ("keamanan", "id", "security"),
        ("tahunan", "id", "annual"),
        ("cooperation", "en", "kerja sama"),
    ],
)
def test_equivalents(word: str, language: str, other: str) -> None:
    assert other in equivalents(word, language)  # type: ignore[arg-type]


def test_the_commonest_words_come_first() -> None:
    """A country is no polity first, though both are a negara."""
    assert equivalents("negara", "id")[0] == "country"


def test_synonyms_share_a_word_of_the_other_language() -> None:
    """In either language; a word is no synonym of itself."""
    assert "wilayah" in synonyms("kawasan", "id")
    assert "kawasan" not in synonyms("kawasan", "id")
    assert synonyms("xyzzy", "en") == ()


def test_unknown_words_have_none() -> None:
    assert equivalents("xyzzy", "en") == ()


def test_a_foreign_query_finds_by_meaning() -> None:
    """Words that are in no way alike, in both directions."""
    index = SparseIndex.build(["Keamanan pangan terancam perubahan iklim.", "Kereta melaju ke kota."], "id")
    scores = index.scores("How does the climate threaten food security?", foreign=True)
    assert scores[0] > scores[1]
    english = SparseIndex.build(["Trains run to town.", "Farmers fear the drought."], "en")
    assert english.scores("Siapa takut kekeringan?", foreign=True)[1] > 0


def test_every_line_has_its_form() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    common, others = lines[:COMMON], lines[COMMON:]
    assert (common, others) == (sorted(set(common)), sorted(set(others)))
    for line in lines:
        assert re.fullmatch(r"[a-z’'-]+\t[^\t,]+(?:, [^\t,]+)*", line), line
    words = {line.split("\t")[0] for line in lines}
    assert len(words) == len(lines)
    assert len(words & FUNCTION_WORDS["en"]) < 0.02 * len(words)
    assert all(len(equivalents(word, "en")) <= MAX_EQUIVALENTS for word in list(words)[:200])
