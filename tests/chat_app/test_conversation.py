"""Follow-up questions, filled in from what came before."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.conversation import standalone
from chat_app.datatypes import Answer, Elapsed, Outcome, Turn


def turn(question: str, short_answer: str | None = None) -> Turn:
    outcome = Outcome.ANSWERED if short_answer else Outcome.NOT_IN_SOURCES
    return Turn(question, Answer(question, "id", outcome, "", short_answer, 0.9, (), (), Elapsed(1, 1, 1)))


@pytest.mark.parametrize(
    ("before", "follow_up", "holds"),
    [
        ("Kapan G-77 dibentuk?", "Berapa anggotanya sekarang?", ["anggota G-77 sekarang"]),
        ("Di mana KAA dilaksanakan?", "Dan kapan?", ["kapan", "KAA", "dilaksanakan"]),
        ("Where was the Bandung Conference held?", "And when?", ["when", "Bandung", "Conference"]),
        ("Berapa kontribusi tahunan Indonesia?", "Kalau Thailand?", ["Berapa kontribusi tahunan Thailand"]),
        ("Apa peran Indonesia dalam KSS?", "Kalo yang Thailand?", ["Apa peran Thailand dalam KSS"]),
        ("Apa peran Indonesia dalam KSS?", "Bagaimana dengan PBB?", ["Apa peran Indonesia dalam PBB"]),
        ("Bidang prioritas India dalam KSS apa saja?", "Fiji gimana?", ["Bidang prioritas Fiji dalam KSS"]),
        ("What does India give in SSC?", "What about Thailand?", ["What does Thailand give in SSC"]),
        ("Kapan G-77 dibentuk?", "Kalau begitu, berapa anggotanya?", ["berapa anggota G-77"]),
        ("What is the annual contribution of Indonesia?", "What about Thailand?", ["annual contribution of Thailand"]),
        ("Apa itu New Southern Policy?", "Siapa yang memprakarsainya?", ["memprakarsai New Southern Policy"]),
        ("What is UNOSSC?", "When was it established?", ["When was UNOSSC established"]),
        ("When was Nauli's paper received?", "Which university is she at?", ["Which university is Nauli at"]),
        ("When was Nauli's paper received?", "What is her university?", ["What is Nauli's university"]),
        ("Apa kata Anies tentang Prabowo?", "Kenapa dia bilang begitu?", ["Kenapa Anies bilang begitu"]),
    ],
)
def test_fills_in_what_a_follow_up_leaves_out(before: str, follow_up: str, holds: list[str]) -> None:
    """The topic of the question before is taken over, or its last name replaced."""
    filled = standalone(follow_up, [turn(before)])
    for words in holds:
        assert words.casefold() in filled.casefold(), filled


@pytest.mark.parametrize(
    "question",
    [
        "Berapa nilai aliran investasi ke negara berkembang pada 2013?",
        "What did the World Bank project for developing countries in 2030?",
        "Kapan Rencana Aksi Buenos Aires diadopsi oleh PBB?",
    ],
)
def test_a_whole_question_stands_alone(question: str) -> None:
    """A question that says what it is about is left as it is."""
    assert standalone(question, [turn("Kapan G-77 dibentuk?")]) == question


def test_nothing_before_changes_nothing() -> None:
    """The first question of a conversation is itself."""
    assert standalone("Dan kapan?", []) == "Dan kapan?"


def test_the_topic_lasts_over_several_turns() -> None:
    """A chain of follow-ups keeps the topic it began with."""
    history = [turn("Apa itu UNOSSC?"), turn("Kapan dibentuk?", "15 September 1974")]
    assert "UNOSSC" in standalone("Di mana?", history)


def test_a_new_topic_replaces_the_old_one() -> None:
    """After a whole question about something else, the follow-up is about that."""
    history = [turn("Kapan G-77 dibentuk?"), turn("Siapa yang memprakarsai New Southern Policy pada tahun 2017?")]
    filled = standalone("Mengapa?", history)
    assert "Southern" in filled
    assert "G-77" not in filled


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_conversation_is_resolved(texts: list[str]) -> None:
    """No texts fail, and a question is never lost."""
    assert standalone(texts[-1], [turn(text) for text in texts[:-1]]) or not texts[-1]


@pytest.mark.parametrize("piece", ["dan ", "Aa ", "itu ", "kalau ", "nya", "what about A ", "a?"])
def test_takes_time_in_proportion(piece: str) -> None:
    """Six of the longest questions are resolved at once, whatever they are made of."""
    started = time.perf_counter()
    standalone(piece * (2000 // len(piece)), [turn(piece * (2000 // len(piece)))] * 6)
    assert time.perf_counter() - started < 10
