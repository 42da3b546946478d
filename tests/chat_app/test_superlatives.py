"""Which of several is the most or the least."""

from __future__ import annotations

import pytest

from chat_app.facts import amounts
from chat_app.superlatives import alternatives, furthest, furthest_listed, only_amount, superlative, which_of_two

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


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Which is larger, exports or imports?", ("exports", "imports", 1)),
        ("Who gives more each year, Fiji or the Maldives?", ("Fiji", "Maldives", 1)),
        ("Ekspor atau impor yang lebih kecil?", ("Ekspor", "impor", -1)),
        ("Antara Fiji dan Samoa, mana yang paling banyak?", ("Fiji", "Samoa", 1)),
        ("Fiji atau Samoa, siapa yang lebih kaya?", ("Fiji", "Samoa", 1)),
        ("Which cost less: rice or maize?", ("rice", "maize", -1)),
        ("Fiji dibanding Samoa, lebih gede mana?", ("Fiji", "Samoa", 1)),
        ("Fiji vs Samoa: mana yang lebih kecil?", ("Fiji", "Samoa", -1)),
        ("Did trade between India and Fiji grow?", None),
        ("Apakah Fiji atau Samoa anggota?", None),
        ("Which country gave the most?", None),
    ],
)
def test_alternatives(question: str, things: tuple[str, str, int] | None) -> None:
    found = alternatives(question)
    assert (found and (found.first, found.second, found.sign)) == things


@pytest.mark.parametrize(
    ("question", "sentence", "one"),
    [
        ("Which is longer, the Kapuas or the Mahakam?", "The Mahakam has 920 km, the Kapuas 1,143 km.", "Kapuas"),
        ("Mana yang lebih pendek, Kapuas atau Mahakam?", "The Mahakam has 920 km, the Kapuas 1,143 km.", "Mahakam"),
        ("Which is longer, the Kapuas or the Mahakam?", "The Kapuas is longer than the Mahakam.", "Kapuas"),
        ("Which is longer, the Kapuas or the Mahakam?", "Both are in Kalimantan.", None),
        ("How long is the Kapuas?", "The Mahakam has 920 km, the Kapuas 1,143 km.", None),
    ],
)
def test_which_of_two(question: str, sentence: str, one: str | None) -> None:
    assert which_of_two(question, sentence) == one


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
