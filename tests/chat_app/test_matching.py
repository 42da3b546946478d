"""Words found across inflection, notation and language; ordinals by what they count."""

from __future__ import annotations

import pytest

from chat_app.matching import keys, ordinal, says
from chat_app.question import understand


@pytest.mark.parametrize(("word", "place"), [("kelima", 5), ("ke-5", 5), ("fifth", 5), ("5th", 5), ("Ketiga", 3)])
def test_an_ordinal_is_its_place(word: str, place: int) -> None:
    """However it is written."""
    assert ordinal(word) == place


@pytest.mark.parametrize("word", ["5", "lima", "kelimpahan", "1955", "ke", "G-77"])
def test_other_words_are_no_ordinals(word: str) -> None:
    """Not a count, a year or a name."""
    assert ordinal(word) is None


@pytest.mark.parametrize(
    "text",
    [
        "Kelima, kunjungan ke Singapura.",
        "5. Kunjungan",
        "1) satu 5) kunjungan",
        "the fifth visit",
        "(5) kunjungan",
        "ke-5",
    ],
)
def test_a_list_says_its_fifth_item(text: str) -> None:
    """By the ordinal or by the item's number, in either language."""
    assert says(keys(text), "kelima")
    assert says(keys(text), "5th")


@pytest.mark.parametrize("text", ["Ada lima tujuan.", "sebesar 5,5 persen", "1) satu 2) dua", "pada 5 Mei", "15. Lain"])
def test_a_count_is_no_place(text: str) -> None:
    """Five aims are not the fifth."""
    assert not says(keys(text), "kelima")


def test_a_question_for_the_fifth_names_it() -> None:
    """From the third on: "kedua negara" are both countries."""
    assert [t.text for t in understand("Apa tujuan kelima KSS?").names] == ["kelima", "KSS"]
    assert [t.text for t in understand("What is the 4th goal of SSC?").names] == ["4th", "SSC"]
    assert [t.text for t in understand("Apa hubungan kedua negara?").names] == []


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("Perubahan iklim mengancam desa.", "climate", True),
        ("Climate change threatens villages.", "iklim", True),
        ("Mereka bekerja keras.", "cooperation", False),
        ("Kerja sama itu lama.", "cooperation", True),
        ("Airnya jernih.", "air", True),
        ("Udara kotor.", "air", False),  # Indonesian water, not English air
    ],
)
def test_words_are_said_by_their_meaning_across_languages(text: str, word: str, said: bool) -> None:
    assert says(keys(text), word) is said
