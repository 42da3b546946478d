"""A question for dollars, years or people is answered by no amount of anything else."""

from __future__ import annotations

import pytest

from chat_app.measures import gives_measure


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Berapa juta dolar nilainya?", "Nilainya tumbuh dua kali lipat.", False),
        ("Berapa juta dolar nilainya?", "It was worth US$3 million.", True),
        ("How many kilometres long is it?", "Panjangnya 900 meter.", True),
        ("How many people came?", "Sebanyak 29 negara hadir.", False),
        ("How many people came?", "Sebanyak 1.200 orang hadir.", True),
        ("Berapa negara anggotanya?", "Semua anggota dikunjungi dalam dua tahun.", False),
        ("Berapa anggota kelompok itu?", "Kelompok itu terdiri atas 134 negara.", True),
        ("Berapa tahun ia menjabat?", "Ia menjabat selama tiga bulan.", True),
        ("Berapa tahun ia menjabat?", "Ia menjabat (1981–1989).", True),
        ("Pada tahun berapa siswa menduduki kantor itu?", "Itu terjadi pada 1962.", True),
        ("How many tourists came?", "Pariwisata tumbuh pesat selama dua tahun.", False),
        ("How many tourists came?", "Ada 3.000 wisatawan.", True),
        ("Berapa luasnya?", "Luas sekali.", True),
    ],
)
def test_the_measure_that_is_asked_for(question: str, text: str, expected: bool) -> None:
    """In either notation and language; where no measure is named, any text may answer."""
    assert gives_measure(question, text) is expected
