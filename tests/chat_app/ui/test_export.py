"""An answer written out as Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.datatypes import Answer, Citation, Elapsed, Outcome, StatedValue
from chat_app.ui import export
from indexer.datatypes import Anchor

CITATION = Citation(
    number=1,
    anchor=Anchor("satu-2021", 3, 1234, 1400),
    title="Sejarah *singkat*",
    section="Anggota",
    quote="Anggotanya 134 negara,\ndi *seluruh* dunia.",
    language="id",
    url="https://example.org/a_b",
    publisher="Penerbit",
    date="2021",
    before="",
    after="",
)
ANSWER = Answer(
    question="Berapa anggotanya?",
    language="id",
    outcome=Outcome.ANSWERED,
    text="Anggotanya 134 negara. [1]",
    short_answer="134 negara",
    confidence=0.9,
    citations=(CITATION,),
    related=(),
    elapsed_ms=Elapsed(1, 1, 1),
)


def unescaped(markdown: str) -> str:
    """Markdown's text as a reader sees it."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown))


def test_an_answer_keeps_its_words_quotes_and_exact_places() -> None:
    """Question, short answer, text with its marker, quote line by line, document, page and characters."""
    written = export.markdown(ANSWER)
    assert written.startswith("# Berapa anggotanya?\n")
    assert "**134 negara**" in written
    assert "Anggotanya 134 negara. [1]" in written
    assert "> Anggotanya 134 negara,\n> di \\*seluruh\\* dunia." in written
    assert "dokumen satu-2021, halaman 3, karakter 1234–1400" in written
    assert "<https://example.org/a_b>" in written


def test_a_refusal_says_so_and_labels_what_is_related() -> None:
    """The file cannot be mistaken for an answer."""
    refusal = replace(
        ANSWER,
        outcome=Outcome.NOT_IN_SOURCES,
        text="Sumber tidak menyebutkan jawabannya.",
        citations=(),
        related=(CITATION,),
        short_answer=None,
        confidence=0.1,
    )
    written = export.markdown(refusal)
    assert "Tidak ada dalam sumber" in written
    assert "## Terkait, bukan jawaban" in written
    assert "## Sumber\n" not in written


@pytest.mark.parametrize("hostile", ["<script>x</script>", "![x](http://127.0.0.1:9/x)", "[x](javascript:y)"])
def test_hostile_text_is_escaped(hostile: str) -> None:
    """No tag, image or link of a document's is left for the reader's Markdown viewer to act on."""
    answer = replace(
        ANSWER,
        question=hostile,
        text=hostile,
        short_answer=hostile,
        citations=(replace(CITATION, title=hostile, section=hostile, quote=hostile, url="javascript:x"),),
    )
    written = export.markdown(answer)
    assert not re.search(r"(?<!\\)<script|(?<!\\)!\[|(?<!\\)\[x", written)
    assert "javascript:x>" not in written


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.just("\n")))
def test_escaped_text_reads_back_as_itself(value: str) -> None:
    """For any ASCII text, what Markdown shows is the text."""
    assert unescaped(export.escape(value)) == html.unescape(value) or unescaped(export.escape(value)) == value


def test_the_file_is_named_after_the_question() -> None:
    """Letters and digits only, and never empty."""
    assert export.file_name(ANSWER) == "tanya-berapa-anggotanya.md"
    assert export.file_name(replace(ANSWER, question="../../🌏")) == "tanya.md"


def test_values_that_differ_are_all_kept() -> None:
    """Each with its source, in the place of the one short answer."""
    other = replace(CITATION, number=2, title="Lain", publisher="Dinas", date="2019")
    written = export.markdown(
        replace(ANSWER, citations=(CITATION, other), values=(StatedValue("134 negara", 1), StatedValue("131", 2)))
    )
    assert "- **131** · Lain · Dinas · 2019 [2]" in written
    assert "**Sumber-sumber menyebut nilai yang berbeda:**" in written
