"""Items of a list that are asked for by their place."""

from __future__ import annotations

import pytest

from chat_app.assistant import Assistant
from chat_app.datatypes import Outcome
from chat_app.items import Place, mark, place_asked


@pytest.mark.parametrize(
    ("question", "number", "of"),
    [
        ("Apa tujuan nomor satu koperasi itu?", 1, "tujuan"),
        ("Apa prinsip ketiga koperasi?", 3, "prinsip"),
        ("Apa alasan utama yang keempat?", 4, "alasan"),
        ("What is the fifth of the reasons?", 5, "reason"),
        ("What's the very first item in the list of objectives?", 1, "objective"),
        ("Which is challenge number 2?", 2, "challenge"),
        ("Apa isi poin 7?", 7, None),
    ],
)
def test_a_place_is_asked_for(question: str, number: int, of: str | None) -> None:
    """By an ordinal or a number, of what is listed or of any list, in both languages."""
    place = place_asked(question)
    assert place is not None
    assert place.number == number
    assert (of in (place.of or "")) if of else place.of is None


@pytest.mark.parametrize(
    "question",
    [
        "Who was the first president?",
        "What are the first three goals?",
        "Apa saja lima prinsip?",
        "Kapan tujuan itu tercapai?",
        "",
    ],
)
def test_other_questions_ask_for_no_place(question: str) -> None:
    """An ordinal of something that is no list's, a run of items, a number of them."""
    assert place_asked(question) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2. Membina anggota", "Membina anggota"),
        ("(2) membina anggota", "membina anggota"),
        ("Kedua, koperasi membina anggota.", "koperasi membina anggota."),
        ("Second, it trains its members.", "it trains its members."),
        ("Prinsipnya: (1) sukarela; (2) membina anggota; (3) adil.", "membina anggota"),
        ("The principles are (1) free entry, (2) training and (3) fairness.", "training"),
        ("The second principle is training.", "The second principle is training."),
    ],
)
def test_an_item_is_known_by_its_mark(text: str, told: str) -> None:
    """Numbered or named, at the beginning or within a sentence."""
    marked = mark(Place(2, "prinsip|principles?"), text)
    assert marked is not None
    assert text[slice(*marked)] == told


@pytest.mark.parametrize(
    "text", ["Kedua negara hadir.", "There were 2 of them.", "22. Lain-lain", "Pasal (12) berlaku", ""]
)
def test_other_numbers_mark_no_item(text: str) -> None:
    """Both countries, an amount, and numbers that only end so."""
    assert mark(Place(2, "prinsip"), text) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Apa prinsip ketiga KSS?", "kesetaraan"),
        ("What is the first goal of South-South cooperation?", "Mendorong Pembangunan Ekonomi"),
    ],
)
def test_the_item_is_the_answer(assistant: Assistant, question: str, told: str) -> None:
    """Quoted from the list of what was asked about."""
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.short_answer == told


@pytest.mark.parametrize("question", ["Apa tujuan kelima KSS?", "What is the second goal of South-South cooperation?"])
def test_an_item_that_is_not_told_is_refused(assistant: Assistant, question: str) -> None:
    """Of nine goals the text gives the first alone; other lists have a fifth item, too."""
    assert assistant.answer(question).outcome is Outcome.NOT_IN_SOURCES
