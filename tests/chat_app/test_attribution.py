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


def papers() -> frozenset[str]:
    """The ids of those that have a bibliography."""
    return frozenset({"sari-2019"})


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
    found = attribution(question, SOURCES, papers)
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
    assert attribution(question, SOURCES, papers) == attribution(question, [], papers)
    assert attribution(question, SOURCES, papers).question == question


@pytest.mark.parametrize(
    ("question", "rest", "documents"),
    [
        ("According to the news piece, who buys the rice?", "who buys the rice?", {"kabar-2022"}),
        ("Menurut berita itu, siapa yang membeli beras?", "siapa yang membeli beras?", {"kabar-2022"}),
        ("Which soil does the paper recommend?", "Which soil does the paper recommend?", {"sari-2019"}),
        ("Apa saran makalah tersebut bagi petani?", "Apa saran makalah tersebut bagi petani?", {"sari-2019"}),
        ("In the journal article, what is coffee?", "what is coffee?", {"sari-2019"}),
    ],
)
def test_names_a_kind_of_document(question: str, rest: str, documents: set[str]) -> None:
    """The paper is what has a bibliography, the news is what has none."""
    found = attribution(question, SOURCES, papers)
    assert (found.question, found.documents) == (rest, documents)


@pytest.mark.parametrize(
    "question",
    [
        "What does the paper industry export?",
        "Di jurnal apa penelitian itu terbit?",
        "Who wrote the paper on palm oil?",
        "Berapa harga kertas koran?",
    ],
)
def test_other_papers_are_no_source(question: str) -> None:
    """The trade, the journal asked for, and a paper on something of its own."""
    assert attribution(question, SOURCES, papers).documents is None


def test_a_library_of_one_kind_is_not_narrowed() -> None:
    """Where all are papers, or none is, "the paper" tells nothing."""
    question = "What does the paper recommend?"
    assert attribution(question, SOURCES, frozenset).documents is None
    assert attribution(question, SOURCES[:1], papers).documents is None


def test_only_the_named_source_is_cited(assistant: Assistant) -> None:
    """The same question with each source's name is answered, or not, from that source."""
    for name, document in (("Katadata", "katadata-2024"), ("Nauli", "nauli-2021")):
        answer = assistant.answer(f"Menurut {name}, apa itu Kerja Sama Selatan-Selatan?")
        shown = (*answer.citations, *answer.related)
        assert shown
        assert {citation.anchor.document for citation in shown} == {document}
