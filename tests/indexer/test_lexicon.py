"""The dictionary: both directions, by stem, and every line in its form."""

from __future__ import annotations

import re

import pytest

from indexer.language import FUNCTION_WORDS
from indexer.lexicon import FILE, MAX_EQUIVALENTS, equivalents
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
    assert lines == sorted(set(lines))
    for line in lines:
        assert re.fullmatch(r"[a-z’'-]+\t[^\t,]+(?:, [^\t,]+)*", line), line
    words = {line.split("\t")[0] for line in lines}
    assert len(words) == len(lines)
    assert len(words & FUNCTION_WORDS["en"]) < 0.02 * len(words)
    assert all(len(equivalents(word, "en")) <= MAX_EQUIVALENTS for word in list(words)[:200])
