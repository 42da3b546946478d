"""Parts of a text that a claim has in each other's place."""

from __future__ import annotations

import pytest

from chat_app.differences import Kind, compare
from chat_app.exchanges import exchanged


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (
            "Peternak menjual susu kepada koperasi desa.",
            "Koperasi desa menjual susu kepada peternak di lereng Merapi.",
        ),
        (
            "The study finds that landlords pay rent more readily than tenants.",
            "The study finds that tenants pay rent more readily than landlords, because they fear the courts.",
        ),
        (
            "The archive was moved from Salatiga to Magelang in 1974.",
            "The archive, moved from Magelang to Salatiga in 1974, holds nine thousand maps.",
        ),
        (
            "Komisi mencatat 18 kapal di Ambon dan 31 kapal di Ternate.",
            "Komisi mencatat 31 kapal di Ambon dan 18 kapal di Ternate pada akhir tahun.",
        ),
    ],
)
def test_two_parts_have_changed_places(claim: str, text: str) -> None:
    """Who does what to whom, from where to where, and which figure is whose."""
    assert exchanged(claim, text) is not None
    assert compare(claim, text).kinds & {Kind.ROLES, Kind.AMOUNT}


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Koperasi desa menjual susu kepada peternak.", "Koperasi desa menjual susu kepada peternak di lereng Merapi."),
        ("Peternak membeli susu dari koperasi desa.", "Koperasi desa menjual susu kepada peternak."),
        ("Milk is sold to the farmers by the cooperative.", "The cooperative sold milk to the farmers."),
        ("Peru and Chile signed the treaty.", "Chile and Peru signed the treaty."),
        ("In 1974 the archive was moved to Salatiga.", "The archive was moved to Salatiga in 1974."),
        ("Local cooking traditions survive.", "Tradisi memasak lokal bertahan."),
        ("The museum opened.", "The library burned down after the storm."),
        ("Ya.", "Tidak."),
        ("", ""),
    ],
)
def test_what_says_the_same_in_other_order_is_no_exchange(claim: str, text: str) -> None:
    """Passives, converse verbs, lists, what stands at the beginning, and an adjective before its noun."""
    assert exchanged(claim, text) is None


def test_both_sides_are_told_in_their_own_words() -> None:
    """The difference shows the claim's words and the text's, from one part to the other."""
    found = exchanged("Peternak menjual susu kepada koperasi.", "Kemarin koperasi menjual susu kepada peternak lagi.")
    assert found is not None
    assert found.claim == "Peternak menjual susu kepada koperasi"
    assert found.source == "koperasi menjual susu kepada peternak"
