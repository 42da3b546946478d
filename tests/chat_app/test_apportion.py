"""Of several amounts in a sentence, the one that is said of the thing asked about."""

from __future__ import annotations

import pytest

from chat_app.apportion import said_of_another
from chat_app.facts import amounts

SENTENCE = "Sejak 1980, produksi jagung meningkat enam kali lipat sedangkan produksi padi meningkat sepuluh kali lipat."


@pytest.mark.parametrize(
    ("words", "own", "expected"),
    [
        ("Berapa kali lipat produksi jagung meningkat?", 1, "enam kali lipat"),
        ("Berapa kali lipat produksi jagung meningkat?", 0, None),
        ("Berapa kali lipat produksi padi meningkat?", 0, "sepuluh kali lipat"),
        ("Berapa kali lipat produksi meningkat?", 0, None),
    ],
)
def test_an_amount_said_of_another_thing(words: str, own: int, expected: str | None) -> None:
    """By the words that stand in one part of the sentence alone; words that stand in both tell nothing."""
    there = amounts(SENTENCE)
    rival = said_of_another(words, SENTENCE, [there[own]], there)
    assert (rival.text if rival else None) == expected
