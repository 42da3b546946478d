"""Short answers found in a sentence, in Indonesian and English notation."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.question import Asked, understand
from chat_app.values import best_value, values, without_cited_works


def found(text: str, asked: Asked) -> list[str]:
    return [value.text for value in values(text, asked)]


@pytest.mark.parametrize(
    ("text", "durations", "shares"),
    [
        ("kembali ke Kamboja setelah 10 tahun", ["10 tahun"], []),
        ("It took three weeks and 2,000 men.", ["three weeks"], []),
        ("pada Minggu (7/1) oleh 29 negara", [], []),
        ("sekitar 55% dari 445 proyek", [], ["55%"]),
        ("more than half of 12 fields", [], ["more than half"]),
        ("4,2 % di Amerika Latin; 3,1% di Afrika", [], ["4,2 %", "3,1%"]),
    ],
)
def test_durations_and_shares_are_not_any_number(text: str, durations: list[str], shares: list[str]) -> None:
    """A duration needs a unit of time, a share a per cent or a fraction."""
    assert found(text, Asked.DURATION) == durations
    assert found(text, Asked.SHARE) == shares


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("pada 15 September 1974 dibentuk Kantor PBB", ["15 September 1974"]),
        ("on September 15, 1974, the office", ["September 15, 1974"]),
        ("the 15 May 1974 session", ["15 May 1974"]),
        ("Received: 2021-11-22", ["2021-11-22"]),
        ("pada tahun 1950-1970an", ["1950-1970an"]),
        ("in the 1950s-1970s", ["1950s", "1970s"]),
        ("di Bandung, Indonesia pada 1955", ["1955"]),
        ("pada pertengahan abad ke-20", ["pertengahan abad ke-20"]),
        ("in the mid-20th century", ["mid-20th century"]),
        ("Minggu (7/1)", ["7/1"]),
        ("mencapai 445 RTA", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    """Days, months, years, ranges, decades and centuries are dates; a count is none."""
    assert found(text, Asked.DATE) == dates


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("G-77 beranggotakan 134 negara", ["134"]),
        ("mencapai US$759 miliar pada 2013, menyumbang 52% dari FDI", ["US$759 miliar", "52%"]),
        ("senilai Rp1,4 miliar", ["Rp1,4 miliar"]),
        ("worth $2.9 trillion in 2013", ["$2.9 trillion"]),
        ("3,588,249.00", ["3,588,249.00"]),
        ("tumbuh dua pertiga", ["dua pertiga"]),
        ("meningkat sepuluh kali lipat", ["sepuluh kali lipat"]),
        ("rose by 33 percent", ["33 percent"]),
        ("naik 12,5 persen", ["12,5 persen"]),
        ("pada tahun 2017", []),
        ("(1) kedaulatan; (2) kemerdekaan", []),
        ("calon nomor urut 1", []),
        ("abad ke-21", []),
    ],
)
def test_quantities(text: str, quantities: list[str]) -> None:
    """Amounts keep their currency and unit; years, list numbers and ordinals measure nothing."""
    assert found(text, Asked.NUMBER) == quantities


def test_names() -> None:
    """Runs of capitals are names; the first word of a sentence alone is not."""
    text = "Menurut laporan itu, Presiden Moon Jae-In memprakarsainya di Korea Selatan."
    assert found(text, Asked.PERSON) == ["Presiden Moon Jae-In", "Korea Selatan"]


def test_other_kinds_have_no_plain_form() -> None:
    """A reason or a manner is not picked out of a sentence."""
    assert found("karena 134 negara pada 1974", Asked.REASON) == []


def test_the_value_nearest_to_the_words_wins() -> None:
    """Of several values the one beside the question's words is the short answer."""
    text = "Awalnya kelompok ini beranggotakan 77 negara, dan saat ini G-77 beranggotakan 134 negara."
    best = best_value(text, understand("Berapa anggota G-77 saat ini?"))
    assert best is not None
    assert best.text == "134"


def test_a_value_of_the_question_is_no_answer() -> None:
    """What the question says itself is not given back."""
    assert best_value("Pada 1955 KAA dilaksanakan.", understand("Apakah tahun berapa 1955 KAA?")) is None


@given(st.text(), st.sampled_from(Asked))
def test_values_are_slices(text: str, asked: Asked) -> None:
    """A value is exactly what stands at its place."""
    for value in values(text, asked):
        assert text[value.start : value.end].strip() == value.text
        assert value.text


@pytest.mark.parametrize(
    "piece", ["1.", "1", "A ", "A.", "1 Januari 2020 ", "Rp", "US$", "satu ", "mid-", "lebih dari ", "Aa of "]
)
@pytest.mark.parametrize("asked", [Asked.DATE, Asked.NUMBER, Asked.PERSON])
def test_takes_time_in_proportion(piece: str, asked: Asked) -> None:
    """A table row of a hundred thousand characters is looked through at once."""
    started = time.perf_counter()
    values(piece * (100_000 // len(piece)), asked)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Perdagangan turun (Pei, 2018).", []),
        ("Menurut (Ha & Ong, 2020) itu benar.", []),
        ("(Badan Pangan, 2019) Panen gagal.", []),
        ("Komite itu (Komite Pangan on Grains, 2019).", []),
        ("KAA (Bandung, 1955) menghasilkan sepuluh asas.", ["1955"]),
        ("Rapat digelar pada Minggu (7 Januari 2024).", ["7 Januari 2024"]),
        ("Krisis melanda (sejak 2008).", ["2008"]),
    ],
)
def test_the_year_of_a_cited_work_is_no_date(text: str, dates: list[str]) -> None:
    """A work is cited at the end of a clause or by several authors; places and days in brackets stay."""
    assert found(text, Asked.DATE) == dates
    assert len(without_cited_works(text)) == len(text)
