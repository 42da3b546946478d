"""The whole path over the real corpus: easy facts, refusals, follow-ups, and exact quotations on any question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat_app.assistant import Assistant
from chat_app.datatypes import Answer, Outcome, Turn
from chat_app.errors import QuestionError
from chat_app.phrases import PHRASES
from chat_app.question import MAX_QUESTION_CHARACTERS
from indexer.build import update
from indexer.encoder import Encoder

Corpus = Callable[[Mapping[str, str | bytes]], Path]
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
WORDS = sorted({w for path in DOCUMENTS.iterdir() for w in re.findall(r"\S+", path.read_text(encoding="utf-8"))})

ODD_WORDS = ["kapan", "berapa", "who", "what", "?", "134", "Indonesia", "😀", "ﷺ", "מה", "<b>", "[1]"]


def exact(assistant: Assistant, answer: Answer) -> None:
    """The promises that every answer keeps, whatever was asked."""
    for citation in (*answer.citations, *answer.related):
        pages = {page.number: page.text for page in assistant.pages(citation.anchor.document)}
        text = pages[citation.anchor.page]
        assert text[citation.anchor.start : citation.anchor.end] == citation.quote != ""
        assert text[: citation.anchor.start].endswith(citation.before)
        assert text[citation.anchor.end :].startswith(citation.after)
    assert 0 <= answer.confidence <= 1
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    if answer.outcome is Outcome.ANSWERED:
        assert answer.citations
        assert not answer.related
        assert re.findall(r"\[(\d+)\](?= |$)", answer.text)[-1] == str(len(answer.citations))
        assert all(f"[{citation.number}]" in answer.text for citation in answer.citations)
    else:
        assert not answer.citations
        assert answer.short_answer is None
        assert answer.text


@pytest.mark.parametrize(
    ("question", "fact", "language"),
    [
        ("Kapan UNOSSC dibentuk?", "15 September 1974", "id"),
        ("When was UNOSSC established?", "15 September 1974", "en"),
        ("Berapa jumlah anggota G-77 saat ini?", "134", "id"),
        ("How many countries are members of the G-77 now?", "134", "en"),
        ("Berapa total kontribusi tahunan Indonesia?", "3,588,249.00", "id"),
        ("What is Indonesia's total annual contribution?", "3,588,249.00", "en"),
    ],
)
def test_easy_facts_are_answered(assistant: Assistant, question: str, fact: str, language: str) -> None:
    """The fact stands in a cited sentence, in either language."""
    answer = assistant.answer(question)
    exact(assistant, answer)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.language == language
    assert any(fact in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["Bagaimana resep rendang padang?", "Who won the football World Cup in 1998?", "Berapa harga iPhone terbaru?"],
)
def test_far_questions_are_refused(assistant: Assistant, question: str) -> None:
    """What the sources do not say is not answered; the nearest passages are offered as related."""
    answer = assistant.answer(question)
    exact(assistant, answer)
    assert answer.outcome is Outcome.NOT_IN_SOURCES
    assert answer.related


def test_an_empty_cell_is_no_answer(assistant: Assistant) -> None:
    """India's row says "n/a": the sources do not say."""
    assert assistant.answer("Berapa total kontribusi tahunan India?").outcome is Outcome.NOT_IN_SOURCES


def test_follow_ups_are_understood(assistant: Assistant) -> None:
    """The second question is asked about the first one's topic."""
    first = assistant.answer("Apa itu G-77?")
    answer = assistant.answer("Berapa anggotanya sekarang?", [Turn("Apa itu G-77?", first)])
    assert answer.question == "Berapa anggotanya sekarang?"
    assert any("134" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "first"),
    [("Berapa anggota G-77 pada awalnya?", "77 negara"), ("How many members does the G-77 have now?", "134 negara")],
)
def test_then_and_now_are_not_mixed_up(assistant: Assistant, question: str, first: str) -> None:
    """Both numbers stand side by side in the text; the one that was asked for comes first."""
    answer = assistant.answer(question)
    assert first in answer.citations[0].quote
    assert answer.short_answer is None or answer.short_answer in first


def test_only_the_chosen_documents_answer(assistant: Assistant) -> None:
    """A question to one document is answered from it; to none, from nothing."""
    answer = assistant.answer("Kapan UNOSSC dibentuk?", documents=frozenset({"nauli-2021"}))
    assert {c.anchor.document for c in (*answer.citations, *answer.related)} <= {"nauli-2021"}
    nothing = assistant.answer("Kapan UNOSSC dibentuk?", documents=frozenset())
    assert (nothing.outcome, nothing.citations, nothing.related) == (Outcome.NOT_IN_SOURCES, (), ())


def test_references_never_answer(assistant: Assistant) -> None:
    """A bibliography entry is neither cited nor related."""
    answer = assistant.answer("When was UNOSSC established?")
    assert not any("Retrieved from" in c.quote for c in (*answer.citations, *answer.related))


@pytest.mark.parametrize(
    "question", ["", " \n\t", "\0", "\u200b\u202e", "x" * (MAX_QUESTION_CHARACTERS + 1), "a " * 500_000]
)
def test_what_is_no_question_is_refused(assistant: Assistant, question: str) -> None:
    """Empty and endless questions are errors in words."""
    with pytest.raises(QuestionError) as caught:
        assistant.answer(question)
    assert len(str(caught.value)) > 20
    with pytest.raises(QuestionError):
        assistant.search(question)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.one_of(
        st.text(min_size=1, max_size=80),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join),
        st.lists(st.sampled_from(ODD_WORDS), max_size=6).map(" ".join),
    )
)  # fmt: skip
def test_every_quotation_is_exact_on_any_question(assistant: Assistant, question: str) -> None:
    """Whatever is asked, each citation and each related quote is the slice of its page."""
    try:
        answer = assistant.answer(question)
    except QuestionError:
        return
    exact(assistant, answer)


def test_a_new_index_is_taken_up(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """After an update the same assistant answers from the new generation, without a restart."""
    folder = corpus({"a.txt": "Kantor kerja sama dibentuk pada tahun 1974 di kota New York."})
    update(tmp_path / "index", folder, words)
    assistant = Assistant(tmp_path / "index", words, None)
    assert "1974" in assistant.search("kantor")[0].passage.text
    corpus({"a.txt": "Kantor kerja sama dibentuk pada tahun 1978 di kota Jenewa."})
    update(tmp_path / "index", folder, words)
    assert "1978" in assistant.search("kantor")[0].passage.text


def test_a_lost_index_answers_on(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """A manifest that vanishes or breaks under a running assistant does not stop it."""
    update(tmp_path / "index", corpus({"a.txt": "Kantor kerja sama dibentuk pada tahun 1974 di New York."}), words)
    assistant = Assistant(tmp_path / "index", words, None)
    (tmp_path / "index" / "manifest.json").write_text("{}")
    assert assistant.search("kantor")
    (tmp_path / "index" / "manifest.json").unlink()
    assert assistant.search("kantor")


@pytest.mark.parametrize("question", ["What is the population of Indonesia?", "Berapa jumlah provinsi di Thailand?"])
def test_a_total_is_no_answer_to_any_count(assistant: Assistant, question: str) -> None:
    """A table's only total is not what "how many?" asks for where its header does not say so."""
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.NOT_IN_SOURCES or not answer.citations[0].cells


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Apa kepanjangan BAPA?", "Rencana Aksi Buenos Aires"),
        ("What does NIEO stand for?", "New International Economic Order"),
        ("Berapa kali lipat perdagangan Utara-Selatan meningkat?", "enam kali lipat"),
        ("Kapan debat ketiga berlangsung?", "Minggu (7/1)"),
        ("Berapa persen arus masuk FDI global yang diterima negara berkembang?", "52%"),
    ],
)
def test_the_short_answer_is_the_part_that_is_asked_for(assistant: Assistant, question: str, short: str) -> None:
    """The words of an abbreviation, the amount said of the thing, a bracket closed."""
    assert assistant.answer(question).short_answer in (short, "Buenos Aires Plan of Action")


@pytest.mark.parametrize("greeting", ["Halo, apa kabar?", "thank you!"])
def test_small_talk_is_answered_by_no_document(assistant: Assistant, greeting: str) -> None:
    """It is said what can be asked, and nothing is cited."""
    answer = assistant.answer(greeting)
    assert answer.text == PHRASES[answer.language].answer.small_talk
    assert (answer.outcome, answer.citations, answer.related) == (Outcome.NOT_IN_SOURCES, (), ())


@pytest.mark.parametrize(
    "question",
    [
        "Di mana markas besar UNOSSC?",
        "Who chaired the conference in Bandung?",
        "How many tourists visited South Korea?",
        "When did Argentina leave the G-77?",
    ],
)
def test_what_is_not_told_of_a_known_thing_is_refused(assistant: Assistant, question: str) -> None:
    """The library knows the thing, and says nothing of the kind of it."""
    assert assistant.answer(question).outcome is Outcome.NOT_IN_SOURCES


@pytest.mark.parametrize(
    ("question", "name", "rows"),
    [
        ("Mana yang lebih panjang, Barito atau Musi?", None, 0),
        ("Sungai mana yang paling panjang?", "Kapuas", 3),
        ("Sungai mana yang panjangnya terkecil?", "Barito", 3),
        ("Mana yang lebih panjang, Barito atau Mahakam?", "Mahakam", 2),
        ("Which is less long, the Kapuas or the Mahakam?", "Mahakam", 2),
    ],
)
def test_rows_are_compared(corpus: Corpus, tmp_path: Path, words: Encoder, question: str, name: str, rows: int) -> None:
    """By the column asked about; every row compared is cited, and none where one of two says nothing."""
    table = ("| Sungai | Panjang (km) |", "|---|---|", "| Kapuas | 1.143 |", "| Mahakam | 920 |", "| Barito | 890 |")
    prose = "Banyak orang hidup di tepi sungai di Kalimantan dan Sumatra. Perahu masih menjadi angkutan mereka di sana."
    root = corpus({"sungai.md": f"# Sungai\n\n{prose}\n\n" + "\n".join([*table, "| Musi | n/a |"]) + f"\n\n{prose}\n"})
    update(tmp_path / "index", root, words)
    answer = Assistant(tmp_path / "index", words, None).answer(question)
    assert answer.short_answer == name
    assert answer.text.startswith(f"Sungai: {name}") == bool(name)
    assert len(answer.citations) == rows


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which is older, the G-77 or the United Nations office for South-South matters?", "G-77"),
        ("Mana yang lebih dulu dibentuk, UNOSSC atau G-77?", "G-77"),
        ("Which was founded first, ASEAN or the G-77?", None),
    ],
)
def test_which_came_first(assistant: Assistant, question: str, first: str | None) -> None:
    """Each of the two is asked for by itself and both dates are cited; where one is not told, nothing is answered."""
    answer = assistant.answer(question)
    assert answer.short_answer == first
    assert (answer.outcome is Outcome.ANSWERED) == (first is not None)
    if first:
        assert all(any(year in citation.quote for citation in answer.citations) for year in ("1964", "1974"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Apa surel penulis makalah?", "bunga.putri91@ui.ac.id"),
        ("Kapan makalah Nauli diterima?", "2021-11-22"),
        ("When did Katadata publish its article on South-South cooperation?", "8 Januari 2024"),
    ],
)  # fmt: skip
def test_what_a_document_says_of_itself(assistant: Assistant, question: str, value: str) -> None:
    answer = assistant.answer(question)
    assert answer.short_answer == value
    assert all(value in citation.quote or value in citation.context for citation in answer.citations[:1])


def test_a_table_row_keeps_its_place_though_it_is_not_read(assistant: Assistant) -> None:
    """What the search found is not lost where a question does not point into a row's cells."""
    question = "Which countries give most of their help as training?"
    considered = assistant.consider(question)
    assert considered.evidence.unread
    for place, hit in considered.evidence.unread:
        assert considered.passages.index(hit) <= place
