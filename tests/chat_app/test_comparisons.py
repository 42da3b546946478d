"""Which of two things is more: a reversed comparison is told from a true one by its structure."""

from __future__ import annotations

import time

import pytest

from chat_app.comparisons import agrees_with, ranking

HEIGHTS = "Gunung Slamet yang setinggi 3.428 meter lebih tinggi daripada Gunung Lawu yang 3.265 meter."
GROWTH = "Sejak 1990, ekspor kopi tumbuh tiga kali lipat sedangkan ekspor lada tumbuh lima kali lipat."
CHANGE = "Unemployment fell from 6.6 percent in 2019 to 6.4 percent in 2020."
PREFERS = "Pemerintah lebih memilih kereta daripada jalan tol."


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        ("Gunung Slamet lebih tinggi daripada Gunung Lawu.", HEIGHTS, True),
        ("Gunung Lawu lebih tinggi daripada Gunung Slamet.", HEIGHTS, False),
        ("Gunung Lawu tidak setinggi Gunung Slamet.", HEIGHTS, True),
        ("Mount Lawu is taller than Mount Slamet.", HEIGHTS, False),
        ("Mount Lawu is not as tall as Mount Slamet.", HEIGHTS, True),
        ("Mount Lawu is shorter than Mount Slamet.", HEIGHTS, True),
        ("Ekspor kopi tumbuh lebih pesat daripada ekspor lada.", GROWTH, False),
        ("Ekspor kopi tumbuh lebih lambat daripada ekspor lada.", GROWTH, True),
        ("Unemployment was higher in 2020 than in 2019.", CHANGE, False),
        ("Unemployment was lower in 2020 than in 2019.", CHANGE, True),
        ("Pengangguran pada 2019 lebih tinggi daripada pada 2020.", CHANGE, True),
        ("Pemerintah lebih memilih jalan tol daripada kereta.", PREFERS, False),
        ("Ekspor teh lebih besar daripada ekspor gula.", HEIGHTS, None),
    ],
)
def test_a_comparison_agrees_or_not(claim: str, text: str, expected: bool | None) -> None:
    """With another comparison, or with two amounts; a text about other things tells nothing."""
    compared = ranking(claim)
    assert compared is not None
    assert agrees_with(compared, text) is expected


@pytest.mark.parametrize(
    "text", ["", "Ekspor naik.", "Lebih dari 50 orang hadir.", "It grew by more than half.", "A > B"]
)
def test_what_compares_nothing(text: str) -> None:
    """A bound is no comparison of two things."""
    assert ranking(text) is None


def test_long_texts_are_quick() -> None:
    """No pattern runs away."""
    started = time.perf_counter()
    ranking("lebih besar " * 800)
    ranking("not as tall " * 800)
    assert time.perf_counter() - started < 2
