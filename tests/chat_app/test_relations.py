"""What is asked of a thing has to be told: relations of a closed set, in both languages."""

from __future__ import annotations

import time

import pytest

from chat_app.relations import tells


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Kapan koperasi itu bubar?", "Koperasi itu dibentuk pada 1962.", False),
        ("Kapan koperasi itu bubar?", "The cooperative was dissolved in 1974.", True),
        ("When did the league end?", "Liga itu berlangsung 1950-1961.", True),
        ("Siapa ketua panitia?", "Panitia terdiri atas dua belas orang.", False),
        ("Siapa ketua panitia?", "The committee was headed by Sari.", True),
        ("Who won the regatta?", "Lomba perahu itu digelar di Ambon.", False),
        ("Who won the regatta?", "Juara lomba itu tim Maluku.", True),
        ("In which year did Norway join the pact?", "Pakta itu lahir pada 1949.", False),
        ("Gedung mana yang dipakai?", "Rapat berlangsung pada Senin.", False),
        ("At which hotel did they meet?", "Mereka bertemu di Hotel Savoy.", True),
        ("Which venue hosted the talks?", "Mereka bertemu pada Senin.", False),
        ("Which venue hosted the talks?", "The talks took place at Savoy Hotel.", True),
        ("Who chairs it?", "Panitia terdiri atas dua belas orang.", False),
        ("Siapa yang mengetuai rapat?", "Rapat digelar di Ambon.", False),
        ("Siapa yang menandatangani piagam itu?", "Piagam itu terbit pada 1978.", False),
        ("Who signed the charter?", "Piagam itu diteken dua gubernur.", True),
        ("Why did the villages sign up?", "Iurannya murah.", True),
        ("Which country tabled the motion?", "Mosi itu diterima 40 negara.", False),
        ("Which country tabled the motion?", "Mosi itu diajukan Peru.", True),
        ("Who voted against the budget?", "Anggaran itu naik dua kali lipat.", False),
        ("Who voted against the budget?", "Dua fraksi menolaknya.", True),
        ("What did the heads of delegation discuss?", "Mereka membahas harga gula.", True),
        ("What share of the sugar ended up in Europe?", "Sebanyak 52 persen dikirim ke Eropa.", True),
        ("Why do third parties join in?", "Mereka ingin untung.", True),
        ("What happened at the end of 1990?", "Harga naik.", True),
        ("Berapa negara hadir?", "Ada 29 negara.", True),
    ],
)
def test_a_sentence_tells_what_is_asked(question: str, text: str, expected: bool) -> None:
    """By any of the words that may tell it; what asks for no relation of the set is told by anything."""
    assert tells(question, text) is expected


def test_long_texts_are_quick() -> None:
    """No pattern runs away on a long question."""
    started = time.perf_counter()
    tells("did a study " * 200, "1950 " * 4000 + "– " * 4000)
    assert time.perf_counter() - started < 1
