"""Which of several is the most or the least."""

from __future__ import annotations

import pytest

from chat_app.facts import amounts
from chat_app.superlatives import furthest, furthest_listed, only_amount, superlative

SHARES = (
    "Pangsa ekspor karet tahun 2019 adalah: 1) 12,4 % di Sumatra Utara; 2) 3,1% di Riau; 3) 27,8% di Kalimantan Barat."
)
LENGTHS = "The Kapuas is 1,143 km long, the Mahakam 920 km and the Barito 890 km."


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Negara mana yang kontribusinya paling besar?", 1),
        ("Wilayah mana yang pangsanya terkecil?", -1),
        ("Which region had the lowest share?", -1),
        ("Where was it by far the highest?", 1),
        ("Which country gave the most?", 1),
        ("Which is the biggest?", 1),
        ("Which is the easiest way?", 0),
        ("Berapa negara terlibat?", 0),
        ("Did at least ten countries sign?", 0),
        ("Negara mana yang terkaya?", 1),
        ("Apa interest rate-nya?", 0),
    ],
)
def test_superlative(text: str, sign: int) -> None:
    assert superlative(text) == sign


@pytest.mark.parametrize(
    ("question", "sentence", "name"),
    [
        ("Daerah mana yang pangsanya paling kecil?", SHARES, "Riau"),
        ("Where was the share highest?", SHARES, "Kalimantan Barat"),
        ("Which river is the longest?", LENGTHS, "Kapuas"),
        ("Sungai mana yang terpendek?", LENGTHS, "Barito"),
        ("Berapa panjang Mahakam?", LENGTHS, None),
        ("Which river is the longest?", "The Kapuas is 1,143 km long, the Mahakam 920 km.", None),
        ("Mana yang terbesar?", "Ada 3 desa, 4 desa dan 5 desa.", None),
    ],
)
def test_furthest_listed(question: str, sentence: str, name: str | None) -> None:
    assert furthest_listed(question, sentence) == name


def test_furthest() -> None:
    found = amounts("4 km, 9 km, 2 km")
    assert furthest(1, found) == 1
    assert furthest(-1, found) == 2
    assert furthest(1, amounts("4 km, 4 km")) is None
    assert furthest(1, amounts("4 km, 9 persen")) is None


def test_only_amount() -> None:
    found = only_amount("3,588,249.00")
    assert found is not None
    assert found.value == 3_588_249
    assert only_amount("n/a") is None
    assert only_amount("4 km dan 5 km") is None
