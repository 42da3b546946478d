"""Amounts, dates, negation and direction, in Indonesian and English notation."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.facts import OPPOSITES, amounts, dates, directions, negations

PIECES = (
    "lima", "puluh ", "belas ", "twenty-", "Rp", "US$", "1.500 ", "1,7 ", "2,000.5 ", " juta", " billion", "%",
    " persen", " km", "kali lipat ", "half ", "a third ", "tenfold ", "(3)", "G-20 ", "Pasal ", "ke-", "about ",
    "lebih dari ", "17 ", "Agustus ", "May 5 ", "1998", "s ", "-an ", "abad ", "XIX ", "7/1", "2020-02-30", "99/99 ",
    "not ", "n't ", "tidak hanya ", "naik ", "before ", ". ", "\n", ")", "(",
)  # fmt: skip


def parts(text: str) -> list[tuple[int | None, int | None, int | None, int]]:
    return [(date.year, date.month, date.day, date.span) for date in dates(text)]


@pytest.mark.parametrize(
    ("indonesian", "english", "value", "unit"),
    [
        ("Laba bank itu 1,7 triliun rupiah.", "The bank earned 1.7 trillion rupiah.", 1.7e12, "idr"),
        ("Tiket kereta itu seharga Rp1.500.", "The train ticket costs Rp1,500.", 1500, "idr"),
        ("Tiket kereta itu seharga Rp 2,5 juta.", "The train ticket costs IDR 2.5 million.", 2.5e6, "idr"),
        ("Sepatu itu seharga Rp1,5jt.", "These shoes cost Rp1.5 million.", 1.5e6, "idr"),
        ("Klub itu dijual seharga US$3,2 miliar.", "The club was sold for US$3.2 billion.", 3.2e9, "usd"),
        ("Klub itu dijual seharga 30 dolar AS.", "The club was sold for 30 US dollars.", 30, "usd"),
        ("Lukisan itu seharga €1.200 di pasar.", "The painting is worth €1,200 on the market.", 1200, "eur"),
        ("Sebanyak 25% warga pindah.", "As many as 25% of the people moved.", 25, "percent"),
        ("Sebanyak 12,5 persen warga pindah.", "As many as 12.5 per cent of the people moved.", 12.5, "percent"),
        ("Suku bunga naik sembilan persen poin.", "Rates rose by nine percentage points.", 9, "percent"),
        ("Sebanyak seperempat warga pindah.", "As many as a quarter of the people moved.", 25, "percent"),
        ("Sebanyak tiga perempat warga pindah.", "As many as three-quarters of the people moved.", 75, "percent"),
        ("Separuh kursi itu kosong.", "Half of the seats are empty.", 50, "percent"),
        ("Panen kopi naik sepuluh kali lipat.", "The coffee harvest has risen tenfold.", 10, "times"),
        ("Panen kopi berlipat ganda.", "The coffee harvest has doubled.", 2, "times"),
        ("Panen kopi itu tiga kali panen teh.", "The coffee harvest is three times the tea harvest.", 3, "times"),
        ("Ada dua puluh lima sekolah di kota itu.", "There are twenty-five schools in that town.", 25, None),
        ("Ada sebelas pemain di lapangan.", "There are eleven players on the field.", 11, None),
        ("Ada tiga belas pemain di lapangan.", "There are thirteen players on the field.", 13, None),
        ("Ada dua ratus orang di stasiun.", "There are two hundred people at the station.", 200, None),
        ("Ada selusin telur di dapur.", "There are a dozen eggs in the kitchen.", 12, None),
        ("Ada 1.250 kursi di gedung itu.", "There are 1,250 seats in the hall.", 1250, None),
        ("Ada 1.234.567 penduduk di kota itu.", "There are 1,234,567 people in the town.", 1234567, None),
        ("Nilainya 1.234,5 di papan itu.", "The board says that it is 1,234.5 now.", 1234.5, None),
        ("Desa itu 5 km dari pantai.", "The village is 5 kilometres from the coast.", 5000, "m"),
        ("Desa itu 5.000 meter dari pantai.", "The village is 5,000 meters from the coast.", 5000, "m"),
        ("Danau itu seluas 400 km persegi.", "The lake has an area of 400 square kilometers.", 400, "km2"),
        ("Sawah itu seluas 30 hektare.", "The field has an area of 30 hectares.", 0.3, "km2"),
        ("Kapal itu membawa 3 ton gula.", "The ship carries 3 tonnes of sugar.", 3000, "kg"),
        ("Perang itu berlangsung dua dekade.", "The war lasted for two decades.", 20, "year"),
        ("Perang itu berlangsung empat minggu.", "The war lasted for four weeks.", 4, "week"),
        ("Bendungan itu menghasilkan 500 megawatt.", "The dam gives as much as 500 megawatts.", 5e8, "w"),
    ],
)
def test_both_languages_write_the_same_amount(indonesian: str, english: str, value: float, unit: str | None) -> None:
    """An amount is the same number of the same unit in either notation."""
    for text in (indonesian, english):
        (amount,) = amounts(text)
        assert amount.value == pytest.approx(value)
        assert amount.unit == unit


def test_a_lone_mark_before_three_figures_is_read_by_the_language() -> None:
    """A point parts thousands in Indonesian and decimals in English, a comma the other way round."""
    assert [amount.value for amount in amounts("Ada 1.250 kursi di gedung itu.")] == [1250]
    assert [amount.value for amount in amounts("The average of the class is 1.250 in all.")] == [1.25]
    assert [amount.value for amount in amounts("1,250", "en")] == [1250]
    assert [amount.value for amount in amounts("1,250", "id")] == [1.25]


@pytest.mark.parametrize(
    "text",
    [
        "Para menteri G-20 bertemu di Roma.",
        "The G20 summit was held in Rome.",
        "A squadron of F-16 jets flew over the city.",
        "Wabah COVID-19 melanda kota itu.",
        "(3) air bersih untuk warga",
        "3) roads and bridges",
        "Article 5 of the treaty is short.",
        "Pasal 33 menyebut tanah dan air.",
        "Goal 17 is about partners.",
        "The story begins in chapter 4 of the book.",
        "Ia juara ke-3 di lomba lari.",
        "She came 5th in the race.",
        "Rumah nomor 7 terbakar.",
        "Seorang warga dan satu anak selamat.",
        "One of them left.",
    ],
)
def test_a_label_is_no_amount(text: str) -> None:
    """What names, numbers or ranks something counts nothing; "one" is an article more often than an amount."""
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Lebih dari 50 kapal berlabuh.", "more"),
        ("More than 50 ships docked.", "more"),
        ("Setidaknya Rp50 miliar hilang.", "more"),
        ("Over $50 million was lost.", "more"),
        ("No fewer than 50 ships docked.", "more"),
        ("More than half of the ships docked.", "more"),
        ("Kurang dari 50 kapal berlabuh.", "less"),
        ("Fewer than 50 ships docked.", "less"),
        ("Up to 50 ships docked.", "less"),
        ("Sekitar 50 kapal berlabuh.", "about"),
        ("About 50 ships docked.", "about"),
        ("Hampir 50 kapal berlabuh.", "about"),
        ("Just over 50 ships docked.", "about"),
        ("Sepertiga kapal berlabuh.", "about"),
        ("Tepat 50 kapal berlabuh.", ""),
        ("The 50 ships docked.", ""),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    """Words before an amount make it a least, a most or a rough one; a share in words is rough by itself."""
    assert [amount.bound for amount in amounts(text)] == [bound]


def test_an_amount_knows_what_it_counts() -> None:
    """The noun after a bare count is kept, and the number as it is written before its magnitude."""
    (ships,) = amounts("Sebanyak 50 kapal berlabuh.")
    assert (ships.noun, ships.text, ships.mantissa) == ("kapal", "50", 50)
    (money,) = amounts("The club was sold for US$3.2 billion.")
    assert (money.noun, money.text, money.mantissa) == ("", "US$3.2 billion", 3.2)


def test_amounts_stand_in_order() -> None:
    """Shares, folds and figures come in the order of the text."""
    text = "Ada 40 guru, separuhnya perempuan; gaji naik dua kali lipat menjadi Rp6 juta."
    assert [amount.text for amount in amounts(text)] == ["40", "separuhnya", "dua kali lipat", "Rp6 juta"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lahir pada 17 Mei 1962", (1962, 5, 17, 1)),
        ("born on May 17, 1962", (1962, 5, 17, 1)),
        ("the 17th of May 1962", (1962, 5, 17, 1)),
        ("Updated: 1962-05-17", (1962, 5, 17, 1)),
        ("Sept. 5, 2011", (2011, 9, 5, 1)),
        ("pada 5 Agt 2011", (2011, 8, 5, 1)),
        ("sejak Oktober 2011", (2011, 10, None, 1)),
        ("since October 2011", (2011, 10, None, 1)),
        ("setiap 12 Desember", (None, 12, 12, 1)),
        ("every December 12", (None, 12, 12, 1)),
        ("Minggu (7/1)", (None, 1, 7, 1)),
        ("Minggu (7/1/2024)", (2024, 1, 7, 1)),
        ("pada tahun 1998", (1998, None, None, 1)),
        ("back in 1998.", (1998, None, None, 1)),
        ("pada 1990-an", (1990, None, None, 10)),
        ("in the 1990s", (1990, None, None, 10)),
        ("in the 1990’s", (1990, None, None, 10)),
        ("pada abad ke-19", (1800, None, None, 100)),
        ("pada abad XIX", (1800, None, None, 100)),
        ("a 19th-century house", (1800, None, None, 100)),
    ],
)
def test_dates(text: str, expected: tuple[int | None, int | None, int | None, int]) -> None:
    """Days, months, years, decades and centuries are read in both languages, and are no amounts."""
    assert parts(text) == [expected]
    assert amounts(text) == []


@pytest.mark.parametrize(
    "text", ["1962-13-17", "skor 40/50", "sebanyak 1998% dari target", "She may leave.", "sebanyak 2.019 orang"]
)
def test_what_only_looks_like_a_date(text: str) -> None:
    """There is no thirteenth month, no fiftieth either; a share and a thousand are no years."""
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Pabrik itu tidak ditutup.", ["tidak"]),
        ("Itu bukan pabrik.", ["bukan"]),
        ("Pabrik itu belum dibuka.", ["belum"]),
        ("Polisi membantah kabar itu.", ["membantah"]),
        ("The factory was not closed.", ["not"]),
        ("The factory didn't close.", ["n't"]),
        ("The factory didn’t close.", ["n’t"]),
        ("It can't close, and never will.", ["n't", "never"]),
        ("Nobody knows of a note in the knot.", ["Nobody"]),
        ("The mayor refused a permit.", ["refused"]),
        ("Tidak hanya pabrik yang ditutup.", []),
        ("Bukan hanya pabrik yang ditutup.", []),
        ("Not only the factory was closed.", []),
        ("It was not just the factory.", []),
        ("Not only was it late, it never came.", ["never"]),
        ("Pabrik itu ditutup.", []),
        ("The factory was closed.", []),
    ],
)
def test_negations(text: str, denied: list[str]) -> None:
    """Words of denial are found as they are written; "not only" denies nothing."""
    assert negations(text) == denied


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Harga cabai naik.", [("up", "naik")]),
        ("Chili prices rose.", [("up", "rose")]),
        ("Harga cabai turun.", [("down", "turun")]),
        ("Chili prices fell.", [("down", "fell")]),
        ("Kota itu lebih besar.", [("up", "lebih besar")]),
        ("The smaller town", [("down", "smaller")]),
        ("sebelum hujan", [("before", "sebelum")]),
        ("after the rain", [("after", "after")]),
        ("Harga cabai tetap.", []),
    ],
)
def test_directions(text: str, found: list[tuple[str, str]]) -> None:
    """More and less, before and after are told apart in both languages."""
    assert list(directions(text)) == found


def test_opposites_are_mutual() -> None:
    """Each direction is the opposite of its opposite."""
    assert all(OPPOSITES[OPPOSITES[name]] == name != OPPOSITES[name] for name in OPPOSITES)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_facts_are_slices(text: str) -> None:
    """An amount and a date are exactly what stands at their place, in order, and never the same words twice."""
    found = [(amount.start, amount.end, amount.text) for amount in amounts(text)]
    assert found == sorted(found)
    taken = sorted([*found, *((date.start, date.end, date.text) for date in dates(text))])
    for start, end, words in taken:
        assert text[start:end] == words
        assert words.strip()
    assert all(first[1] <= second[0] for first, second in pairwise(taken))
    assert all(word in text for word in negations(text))
    assert all(word in text for _, word in directions(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1.",
        "1",
        "5 juta ",
        "lima ",
        "dua-",
        "Rp",
        "US$",
        "25% ",
        "half ",
        "Mei ",
        "7/1 ",
        "1998-",
        "abad ke-",
        " ",
    ],
)
def test_takes_time_in_proportion(piece: str) -> None:
    """Twenty thousand characters are looked through at once."""
    text = piece * (20_000 // len(piece))
    started = time.perf_counter()
    amounts(text, "id")
    negations(text)
    list(directions(text))
    assert time.perf_counter() - started < 2
