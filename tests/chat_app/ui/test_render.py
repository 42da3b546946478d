"""What the page shows of an answer, a source and a document."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from chat_app.datatypes import Answer, Citation, Elapsed, Outcome, StatedValue, Turn
from chat_app.phrases import PHRASES
from chat_app.ui import render, render_sources
from indexer.datatypes import Anchor, Page, Source

ID, EN = PHRASES["id"].page, PHRASES["en"].page
HOSTILE = '<img src=http://127.0.0.1:9/x> ![x](http://127.0.0.1:9/x) "><script>alert(1)</script> \u202e $x$'

CITATION = Citation(
    number=1,
    anchor=Anchor("satu", 2, 10, 20),
    title="Sejarah",
    section="Anggota",
    quote="134 negara",
    language="id",
    url="https://example.org/a",
    publisher="Penerbit",
    date="2021-12-20",
    before="anya Ada ",
    after=" di sana. Lal",
)
ANSWER = Answer(
    question="How many?",
    language="en",
    outcome=Outcome.ANSWERED,
    text="134 negara. [1] As in [7] and [2021].",
    short_answer="134 negara",
    confidence=0.93,
    citations=(CITATION,),
    related=(),
    elapsed_ms=Elapsed(1, 1, 1),
)
REFUSAL = replace(
    ANSWER,
    outcome=Outcome.NOT_IN_SOURCES,
    text="",
    short_answer=None,
    confidence=0.1,
    citations=(),
    related=(CITATION,),
)


def words(shown: str) -> str:
    """What a reader sees of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def test_a_marker_leads_to_its_source() -> None:
    """The number in the answer is a link to the id of the source of that turn."""
    assert '<a class="marker" href="#source-3-1">' in render.answer(ANSWER, 3)
    assert 'id="source-1-1"' in render_sources.sources([Turn("How many?", ANSWER)], EN)


def test_a_number_in_brackets_without_a_citation_is_text() -> None:
    """[7] and [2021] stand in the document and lead nowhere."""
    assert render.answer(ANSWER, 1).count("<a ") == 1
    assert "As in [7] and [2021]." in words(render.answer(ANSWER, 1))


def test_the_short_answer_leads_in_bold_and_confidence_is_a_word_and_a_number() -> None:
    """The reader sees the fact first, and how sure it is."""
    shown = render.answer(ANSWER, 1)
    assert shown.index("<strong>134 negara</strong>") < shown.index("answer-text")
    assert "high (93%)" in words(shown)


def test_a_quotation_in_another_language_is_announced() -> None:
    """An English question answered from an Indonesian source says so."""
    assert "Indonesian" in words(render.answer(ANSWER, 1))
    assert "language of their source" not in words(render.answer(replace(ANSWER, language="id"), 1))


@pytest.mark.parametrize(("language", "label"), [("id", "Terkait, bukan jawaban"), ("en", "Related, not an answer")])
def test_a_refusal_differs_in_words(language: str, label: str) -> None:
    """A refusal says that it is one, and its passages are labelled as no answer."""
    refusal = replace(REFUSAL, language=language)
    phrases = PHRASES[language].answer  # type: ignore[index]
    shown = words(render.answer(refusal, 1))
    assert phrases.refusal_title in shown
    assert phrases.not_in_sources in shown
    listed = words(render_sources.sources([Turn("?", refusal)], PHRASES[language].page))  # type: ignore[index]
    assert label in listed


def test_a_source_shows_its_place_and_its_quote_inside_its_surroundings() -> None:
    """Title, publisher, date, section, page, characters, and the marked quote."""
    shown = render_sources.sources([Turn("?", ANSWER)], ID, [Source("satu", "Sejarah", "satu.txt", ("Ani",))])
    assert "Ani · Penerbit · 20 Desember 2021" in words(shown)
    assert "Bagian: Anggota · Halaman 2 · karakter 10–20" in words(shown)
    assert "… Ada <mark>134 negara</mark> di sana&#46; …" in shown
    assert 'rel="noopener noreferrer"' in shown


def test_a_table_row_is_shown_as_columns_and_values() -> None:
    """Each cell stands beside the name of its column."""
    row = replace(CITATION, cells=(("Negara", "Indonesia"), ("Total", "n/a")))
    shown = render_sources.sources([Turn("?", replace(ANSWER, citations=(row,)))], ID)
    assert "<dt>Negara</dt><dd><mark>Indonesia</mark></dd>" in shown


def test_the_newest_sources_are_the_current_ones() -> None:
    """Sources of earlier answers stay within reach, hidden until their number is clicked."""
    shown = render_sources.sources([Turn("a", ANSWER), Turn("b", ANSWER)], ID)
    assert 'class="turn-sources" id="sources-1"' in shown
    assert 'class="turn-sources current" id="sources-2"' in shown


def test_the_document_highlights_exactly_the_slice() -> None:
    """The whole page's text is there, and what is marked is `text[start:end]`."""
    page = Page(1, "satu dua\n\ntiga *empat*", ())
    anchor = Anchor("d", 1, 5, 14)
    shown = render_sources.document(Source("d", "D", "d.txt"), [page], anchor, ID)
    marked = re.search(r"<mark>(.*?)</mark>", shown)
    assert marked
    assert html.unescape(marked[1]) == page.text[5:14]
    body = re.search(r'<div class="document-text">(.*?)</div>', shown)
    assert body
    assert words(body[1]) == page.text


def test_a_very_long_page_is_shown_around_the_quote() -> None:
    """A window of it, which holds the quote and says what it leaves out."""
    page = Page(1, "x" * 400_000 + "HERE" + "y" * 400_000, ())
    shown = render_sources.document(Source("d", "D", "d.txt"), [page], Anchor("d", 1, 400_000, 400_004), EN)
    assert "<mark>HERE</mark>" in shown
    assert len(shown) < 2 * render_sources.PAGE_WINDOW
    assert "of 800004" in words(shown)


def test_pages_lead_to_their_neighbours() -> None:
    """The middle one of three offers both."""
    pages = [Page(number, "teks", ()) for number in (1, 2, 3)]
    shown = render_sources.document(Source("d", "D", "d.pdf"), pages, Anchor("d", 2, 0, 0), EN)
    assert "Previous" in shown
    assert "Next" in shown
    assert "Page 2 of 3" in words(shown)


def test_the_library_tells_what_is_known() -> None:
    """Title, authors, publisher, date, language, rights, address; what is unknown is left out."""
    source = Source("d", "Judul", "d.txt", ("A", "B"), "P", "2024-01", "en", "https://e.org/x", "CC BY")
    shown = words(render_sources.library([source], ID))
    for fact in ("Judul", "A, B", "P", "Januari 2024", "Inggris", "https://e.org/x", "CC BY"):
        assert fact in shown
    assert "Penulis" not in words(render_sources.library([Source("d", "Judul", "d.txt")], ID))


def test_hostile_values_add_no_element_anywhere() -> None:
    """Wherever a value of a document or a question goes, the tags of the page stay the same."""
    harmless, hostile = "aman", HOSTILE

    def everything(value: str) -> str:
        citation = replace(
            CITATION,
            anchor=Anchor(value, 1, 0, 3),
            title=value,
            section=value,
            quote=value,
            before=value,
            after=value,
            publisher=value,
            date=value,
            url=f"https://example.org/{value}",
        )
        row = replace(citation, number=2, cells=((value, value),))
        answer = replace(ANSWER, question=value, text=f"{value} [1]", short_answer=value, citations=(citation, row))
        refusal = replace(answer, outcome=Outcome.NOT_IN_SOURCES, related=(citation, row))
        source = Source(value, value, value, (value,), value, value, "id", f"https://example.org/{value}", value)
        turns = [Turn(value, answer), Turn(value, refusal)]
        return "".join(
            [
                render.conversation(turns, ID, value),
                render_sources.sources(turns, ID, [source]),
                render_sources.document(source, [Page(1, value, ())], Anchor(value, 1, 0, 2), ID),
                render_sources.library([source], ID),
                render.notice(value),
                render.failure(value),
            ]
        )

    def tags(shown: str) -> list[str]:
        return re.findall(r"<(/?\w+)", shown)

    assert tags(everything(hostile)) == tags(everything(harmless))
    assert "\u202e" not in everything(hostile)


def test_values_that_differ_stand_in_a_table_in_the_place_of_one() -> None:
    """No value is chosen in silence: each has its source, publisher, date and marker; hostile text stays text."""
    other = replace(CITATION, number=2, title="<b>Lain</b>", publisher=None, date="2021-12-20")
    shown = render.answer(
        replace(ANSWER, citations=(CITATION, other), values=(StatedValue("134 negara", 1), StatedValue("<i>131", 2))), 3
    )
    assert "short-answer" not in shown
    assert "<i>" not in shown
    assert "<b>" not in shown
    table = words(shown[shown.index("<table") : shown.index("</table>")])
    assert "The sources give different values" in table
    assert "134 negara" in table
    assert "<i>131" in table
    assert "20 December 2021" in table
    assert 'href="#source-3-2"' in shown[shown.index("<table") : shown.index("</table>")]
