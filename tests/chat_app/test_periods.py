"""The time a question asks about, and the sentences that tell of another."""

from __future__ import annotations

import math

import pytest

from chat_app.periods import period, tells_of_its_time

RISE = "Dari 1980 sampai 2008, ekspor karet naik enam kali lipat."


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("How much did exports grow after 2008?", (2008, math.inf)),
        ("Berapa kenaikannya sejak tahun 1990?", (1990, math.inf)),
        ("What was planned before the year 1955?", (-math.inf, 1955)),
        ("Berapa dari 1995 hingga 2008?", (1995, 2008)),
        ("What grew between 1995 and 2008?", (1995, 2008)),
        ("What was decided in 1955?", None),
        ("Apa yang berubah sejak 1950-an?", None),
        ("Siapa yang datang setelah rapat?", None),
    ],
)
def test_period(question: str, years: tuple[float, float] | None) -> None:
    assert period(question) == years


@pytest.mark.parametrize(
    ("question", "text", "tells"),
    [
        ("By how much did rubber exports grow after 2008?", RISE, False),
        ("Berapa kenaikan ekspor karet dari 2009 sampai 2013?", RISE, False),
        ("Berapa kenaikan ekspor karet sejak 1990?", RISE, True),
        ("How much did they grow between 1980 and 2008?", RISE, True),
        ("How long was the river before 1932?", "Until 1932 its accepted length was 1,230 km.", True),
        ("What was decided after 1955?", "It was decided in 1961.", True),
        ("What was decided after 1955?", "It was decided in 1948.", False),
        ("What holds after 2000?", "Since 1990 families pay nothing.", True),
        ("What was decided after 1955?", "It was decided that all pay (Smith & Jones, 1950).", True),
        ("What was decided after 1955?", "It was decided that all pay.", True),
        ("Which day and month of 1955 did it open?", "It opened in 1955.", False),
        ("Which day and month of 1955 did it open?", "It opened on 18 April 1955.", True),
        ("Hari apa rapat itu?", "Rapat itu pada Minggu (7/1).", True),
        ("In what month is the hunt?", "Every May since 1987 there is a hunt.", True),
        ("Tanggal berapa album itu dirilis?", "Album itu dirilis pada 2002.", True),
        ("Bulan apa kantor itu dibuka?", "Kantor itu luas.", True),
    ],
)
def test_tells_of_its_time(question: str, text: str, tells: bool) -> None:
    assert tells_of_its_time(question, text) is tells
