"""A question that names its source is asked of that source alone."""

from __future__ import annotations

import pytest

from chat_app.assistant import Assistant
from chat_app.attribution import attribution
from indexer.datatypes import Source

SOURCES = [
    Source("sari-2019", "Kopi di Gayo", "a.txt", authors=("Dewi Sari", "Budi Hartono"), date="2019-03-01"),
    Source("kabar-2022", "Panen Raya", "b.txt", publisher="Kabar.co.id", date="2022"),
]


@pytest.mark.parametrize(
    ("question", "rest", "documents"),
    [
        ("Menurut Kabar, berapa hasil panen?", "berapa hasil panen?", {"kabar-2022"}),
        ("Berapa hasil panen menurut artikel Kabar?", "Berapa hasil panen?", {"kabar-2022"}),
        ("Apa temuan utama dalam penelitian Dewi Sari?", "Apa temuan utama?", {"sari-2019"}),
        ("According to Sari and Hartono, where does coffee grow?", "where does coffee grow?", {"sari-2019"}),
        ("What does coffee need, according to the 2019 paper?", "What does coffee need?", {"sari-2019"}),
        ("What is said in the Kabar article about rice?", "What is said about rice?", {"kabar-2022"}),
        ("menurut Kabar GAPKI didirikan kapan?", "GAPKI didirikan kapan?", {"kabar-2022"}),
        ("What did farmers sell in Sari’s study?", "What did farmers sell?", {"sari-2019"}),
        ("Metode apa yang dipakai Dewi Sari dalam risetnya?", "Metode apa yang dipakai dalam risetnya?", {"sari-2019"}),
        ("What does Kabar say about rice?", "What does say about rice?", {"kabar-2022"}),
        ("Apa yang ditulis Kabar tentang panen?", "Apa yang ditulis tentang panen?", {"kabar-2022"}),
    ],
)
def test_names_a_source(question: str, rest: str, documents: set[str]) -> None:
    """By author, publisher or year, before or after the question, in both languages."""
    found = attribution(question, SOURCES)
    assert (found.question, found.documents) == (rest, documents)


@pytest.mark.parametrize(
    "question",
    [
        "Menurut Presiden Soekarno, apa itu kemerdekaan?",
        "Berapa hasil panen di Gayo?",
        "What happened in 2019?",
        "Pada tahun 2022 berapa hasil panen?",
        "According to Sari Roti, what is bread?",
        "menurut Kabar",
        "In the 1999 paper, what is said?",
        "Siapa Dewi Sari?",
        "Di mana Dewi Sari bekerja?",
        "What did Soekarno say?",
        "",
    ],
)
def test_leaves_other_questions_alone(question: str) -> None:
    """A name that is no source's, a year without a document, a place: nothing is taken away."""
    assert attribution(question, SOURCES) == attribution(question, [])
    assert attribution(question, SOURCES).question == question


def test_only_the_named_source_is_cited(assistant: Assistant) -> None:
    """The same question with each source's name is answered, or not, from that source."""
    for name, document in (("Katadata", "katadata-2024"), ("Nauli", "nauli-2021")):
        answer = assistant.answer(f"Menurut {name}, apa itu Kerja Sama Selatan-Selatan?")
        shown = (*answer.citations, *answer.related)
        assert shown
        assert {citation.anchor.document for citation in shown} == {document}
