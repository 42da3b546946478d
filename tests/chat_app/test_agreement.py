"""When amounts say the same, and what can be reckoned from others."""

from __future__ import annotations

import pytest

from chat_app.agreement import follows
from chat_app.facts import amounts


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Penumpang bertambah 59 juta.", "Penumpang naik dari 152 juta menjadi 211 juta."),
        ("Seventy-five senators voted.", "The Senate voted 54 to 21 for the loan."),
        ("39 per cent came from elsewhere.", "61 per cent of them came from Chile."),
        ("Exports grew fourfold.", "Exports grew from 30 million dollars to 120 million dollars."),
        ("Upah naik sekitar 25 persen.", "Upah naik dari Rp400 ribu menjadi Rp502 ribu."),
    ],
)
def test_an_amount_follows_from_two(claim: str, text: str) -> None:
    """What two make together or lie apart, the rest of a hundred, and the one as a multiple of the other."""
    assert follows(amounts(claim)[0], amounts(text))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Penumpang bertambah 58 juta.", "Penumpang naik dari 152 juta menjadi 211 juta."),
        ("Kurang dari setengah anggota hadir.", "Lebih dari setengah anggota hadir."),
        ("Developing countries supplied half of it.", "Negara berkembang memberikan 33% darinya, naik 13% dari 2007."),
        ("It took 4 years.", "It took 6 years in Peru and 2 years in Chile."),
        ("4 of them left.", "There were 1, 2, 3, 5, 7, 11 and 13 of them."),
    ],
)
def test_an_amount_does_not_follow(claim: str, text: str) -> None:
    """Another difference, a bound's reverse, spans of time, and texts so full of figures that anything would follow."""
    assert not follows(amounts(claim)[0], amounts(text))
