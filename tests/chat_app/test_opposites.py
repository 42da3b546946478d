"""Words that mean the reverse of each other, across the languages."""

from __future__ import annotations

import pytest

from chat_app.opposites import means, reversed_word


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        ("Kebijakan itu menguntungkan petani.", "The policy harms farmers.", ("menguntungkan", "harms")),
        ("The vote was optional.", "Pemungutan suara itu wajib.", ("optional", "wajib")),
        ("Ekonomi yang lemah dan yang kuat.", "Ekonomi yang kuat.", None),
        ("Petani menanam padi.", "Farmers grow rice.", None),
    ],
)
def test_a_word_and_its_opposite(claim: str, text: str, expected: tuple[str, str] | None) -> None:
    """Only where neither side has both."""
    assert reversed_word(claim, text) == expected


def test_one_meaning_in_two_languages() -> None:
    """A word and its translation mean the same, its opposite does not."""
    assert means("merugikan") == means("harm") != means("menguntungkan")
    assert means("padi") is None
