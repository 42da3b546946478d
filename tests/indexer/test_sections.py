"""The two real documents, as they are read: what is text, table, bibliography and furniture."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.blocks import blocks
from indexer.corpus import read_corpus
from indexer.datatypes import Document, SectionKind
from indexer.loaders import load
from indexer.sections import lay_out

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {file.source.id: load(file.path, file.source) for file in read_corpus(CORPUS)}


def kind_of(document: Document, words: str) -> set[SectionKind]:
    """The kinds of every section that holds these words; empty for words that stand only in a heading."""
    assert any(words in page.text for page in document.pages), words
    return {
        section.kind
        for page in document.pages
        for section in page.sections
        if words in page.text[section.start : section.end]
    }


def test_no_markup_is_left(documents: dict[str, Document]) -> None:
    """Neither Markdown nor tags nor link targets nor escapes stand in the stored pages."""
    for document in documents.values():
        for page in document.pages:
            for mark in ("**", "<i>", "<b>", "](", "\\$", "## ", "(#)"):
                assert mark not in page.text, (document.source.id, mark)


def test_sections_are_in_order_and_inside_the_page(documents: dict[str, Document]) -> None:
    """Sections follow one another without overlap."""
    for document in documents.values():
        for page in document.pages:
            edge = 0
            for section in page.sections:
                assert edge <= section.start < section.end <= len(page.text)
                edge = section.end


@pytest.mark.parametrize(
    ("document", "words", "kind"),
    [
        ("katadata-2024", "pada 15 September 1974 dibentuk Kantor PBB", SectionKind.BODY),
        ("katadata-2024", "G-77 beranggotakan 134 negara", SectionKind.BODY),
        ("katadata-2024", "Mendorong Pembangunan Ekonomi", SectionKind.BODY),
        ("katadata-2024", "Ikuti kami", SectionKind.FURNITURE),
        ("katadata-2024", "Loading...", SectionKind.FURNITURE),
        ("katadata-2024", "Button AI Summarize", SectionKind.FURNITURE),
        ("katadata-2024", "Artikel Terkait", SectionKind.FURNITURE),
        ("katadata-2024", "Ilustrasi, lambang Kantor PBB", SectionKind.FURNITURE),
        ("katadata-2024", "Kerja Sama Selatan-Selatan. (UNOSSC)", SectionKind.FURNITURE),
        ("nauli-2021", "Universitas Indonesia (UI) Depok", SectionKind.FRONT_MATTER),
        ("nauli-2021", "Received: 2021-11-22", SectionKind.FRONT_MATTER),
        ("nauli-2021", "The phenomenon of 1950s-1970s", SectionKind.BODY),
        ("nauli-2021", "3,588,249.00", SectionKind.TABLE),
        ("nauli-2021", "Macroeconomic Policies", SectionKind.TABLE),
        ("nauli-2021", "Sumber: Olahan Penulis dari (UN-ESCAP", SectionKind.BODY),
        ("nauli-2021", "Lithuanian Annual Strategic Review", SectionKind.REFERENCES),
        ("nauli-2021", "Thorsteinsdottir, Halla", SectionKind.REFERENCES),
    ],
)
def test_tells_sections_apart(documents: dict[str, Document], document: str, words: str, kind: SectionKind) -> None:
    """Each part of the two documents is what a reader takes it for."""
    assert kind_of(documents[document], words) == {kind}


def test_a_sentence_cut_by_a_page_is_whole(documents: dict[str, Document]) -> None:
    """The sentence that a page break cut in two stands in the page as its author wrote it."""
    whole = "Negara berkembang memberikan 33% dari investasi global, naik 13% dari tahun 2007."
    assert whole in documents["nauli-2021"].pages[0].text


def test_every_table_row_has_the_columns(documents: dict[str, Document]) -> None:
    """The table's header becomes its columns, on both sides of the page break, and is no row."""
    tables = [s for page in documents["nauli-2021"].pages for s in page.sections if s.kind is SectionKind.TABLE]
    assert len(tables) == 2
    for table in tables:
        assert table.columns[0] == "Negara"
        assert table.columns[4] == "Total Kontribusi Tahunan (5 thn terakhir)"


def test_body_stands_under_its_heading(documents: dict[str, Document]) -> None:
    """A section names the nearest heading above it."""
    page = documents["katadata-2024"].pages[0]
    at = page.text.index("15 September 1974")
    [section] = [s for s in page.sections if s.start <= at < s.end]
    assert section.heading == "Sejarah Terbentuknya Kerja Sama Selatan-Selatan"


def test_a_running_head_is_furniture() -> None:
    """A line at the top of three sheets is no text, though its page number changes."""
    things = ("trade between neighbours", "loans for farmers", "a school by the sea", "the price of rice")
    sheets = [
        f"Jurnal Selatan, hlm. {n}\n\nThis sheet says in one sentence what it knows of {t}."
        for n, t in enumerate(things)
    ]
    pages = lay_out([blocks(sheet) for sheet in sheets])
    for page in pages:
        assert [s.kind for s in page.sections] == [SectionKind.FURNITURE, SectionKind.BODY]


def test_references_end_at_the_next_heading() -> None:
    """An appendix after the bibliography is evidence again."""
    text = (
        "# Judul\n\n# Isi\n\nIni adalah sebuah kalimat yang cukup panjang untuk disebut isi.\n\n# Daftar Pustaka\n\n"
        "Ani, B. (2020). Sebuah buku yang baik tentang kerja sama. Jakarta.\n\n"
        "# Lampiran\n\nLampiran ini adalah sebuah kalimat yang cukup panjang pula."
    )
    [page] = lay_out([blocks(text)])
    assert [(s.kind, s.heading) for s in page.sections] == [
        (SectionKind.FRONT_MATTER, None),
        (SectionKind.BODY, "Isi"),
        (SectionKind.REFERENCES, "Daftar Pustaka"),
        (SectionKind.BODY, "Lampiran"),
    ]
