"""A checked speech as rows, Markdown and CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.claims import Checked, Finding, Stance, Verdict
from chat_app.datatypes import Citation, Elapsed
from chat_app.differences import Difference, Kind
from chat_app.phrases import PHRASES
from chat_app.transcript import Piece, PieceKind
from chat_app.transcript_table import MARKS, CheckedPiece, comma_separated, markdown, rows, summary, verdict_words
from indexer.datatypes import Anchor, Language

LANGUAGES: tuple[Language, ...] = ("id", "en")


def said(text: str, *, speaker: str | None = None, line: int = 1, kind: PieceKind = PieceKind.CLAIM) -> Piece:
    return Piece(0, len(text), text, kind, speaker, line)


def finding(quote: str, *differences: Difference, page: int = 2) -> Finding:
    anchor = Anchor("kota-2020", page, 10, 10 + len(quote))
    citation = Citation(1, anchor, "Laporan kota", None, quote, "id", None, None, None, "", "")
    return Finding(citation, Stance.CONTRADICTS if differences else Stance.SUPPORTS, differences)


def checked(text: str, verdict: Verdict, *evidence: Finding, **who: str) -> CheckedPiece:
    return CheckedPiece(
        said(text, speaker=who.get("speaker")), Checked(text, "id", verdict, 0.9, evidence, (), Elapsed(1, 1, 1))
    )


SUPPORTED = checked(
    "Kota itu\nmemiliki 52 guru.", Verdict.SUPPORTED, finding("Ada 52 guru\ndi kota itu."), speaker="Ani"
)
CONTRADICTED = checked(
    "Kota itu memiliki 40 guru.",
    Verdict.CONTRADICTED,
    finding("Ada 52 guru.", Difference(Kind.AMOUNT, "40 guru", "52 guru"), Difference(Kind.NEGATION, "tidak", "")),
    finding("Gurunya 52.", page=3),
)
UNKNOWN = checked("Kota itu memiliki sebuah danau.", Verdict.NOT_IN_SOURCES)
ASIDE = CheckedPiece(said("Siapa wali kotanya?", speaker="Budi", line=4, kind=PieceKind.QUESTION), None)


def test_a_claim_with_its_evidence_is_a_row() -> None:
    """Line, speaker, sentence, verdict, quotation and place, each on one line."""
    assert rows([SUPPORTED], "id") == [
        (
            "1",
            "Ani",
            "Kota itu memiliki 52 guru.",
            "✓ Didukung sumber",
            "Ada 52 guru di kota itu.",
            "kota-2020, halaman 2, karakter 10–34",
            "",
        )
    ]


def test_what_differs_is_in_the_row() -> None:
    """Several quotations stand in one row; a denial that is not there is named in words."""
    assert rows([CONTRADICTED], "en") == [
        (
            "1",
            "",
            "Kota itu memiliki 40 guru.",
            "✗ Contradicted by the sources",
            "Ada 52 guru. / Gurunya 52.",
            "kota-2020, page 2, characters 10–22 / kota-2020, page 3, characters 10–21",
            "claim: 40 guru; source: 52 guru · claim: tidak; source: not denied",
        )
    ]


def test_a_claim_without_evidence_is_a_row() -> None:
    """Nothing found leaves evidence, place and difference empty."""
    assert rows([UNKNOWN], "en")[0][3:] == ("∅ Not in the sources", "", "", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in PieceKind if kind is not PieceKind.CLAIM])
def test_what_was_not_checked_is_a_row(kind: PieceKind, language: Language) -> None:
    """A sentence that states nothing stays in the table, with the reason."""
    (row,) = rows([CheckedPiece(said("Selamat pagi.", speaker="Budi", line=4, kind=kind), None)], language)
    assert row == ("4", "Budi", "Selamat pagi.", f"– {PHRASES[language].claim.aside[kind.value]}", "", "", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_have_the_columns(language: Language) -> None:
    """Each row has a cell for each column, in the order of the sentences."""
    found = rows([SUPPORTED, ASIDE, CONTRADICTED, UNKNOWN], language)
    assert {len(row) for row in found} == {len(PHRASES[language].claim.columns)}
    assert [row[3][0] for row in found] == ["✓", "–", "✗", "∅"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_reads_without_its_colour(language: Language) -> None:
    """Each verdict has a mark and words of its own."""
    words = {
        verdict_words(one.checked, language) for one in (SUPPORTED, CONTRADICTED, UNKNOWN) if one.checked is not None
    }
    assert len(words) == len(set(MARKS.values())) == len(Verdict)


def test_the_summary_counts() -> None:
    """The claims by their verdicts, and the sentences that are none."""
    found = [SUPPORTED, SUPPORTED, ASIDE, CONTRADICTED, UNKNOWN, UNKNOWN, UNKNOWN, ASIDE]
    assert summary(found, "en") == (
        "6 claims checked: 2 supported, 1 contradicted, 3 not in the sources. 2 other sentences were not checked."
    )
    assert summary(found, "id") == (
        "6 klaim diperiksa: 2 didukung, 1 dibantah, 3 tidak ada dalam sumber. 2 kalimat lain tidak diperiksa."
    )


@pytest.mark.parametrize("found", [[], [ASIDE]])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_of_no_claims(found: list[CheckedPiece], language: Language) -> None:
    """A speech without claims is said to have none."""
    assert summary(found, language) == PHRASES[language].claim.nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown(language: Language) -> None:
    """The summary, a table with its head, and who made it."""
    phrases = PHRASES[language].claim
    first, blank, head, rule, row, aside, gap, made_by, end = markdown([SUPPORTED, ASIDE], language).split("\n")
    assert first == summary([SUPPORTED, ASIDE], language)
    assert head == "| " + " | ".join(phrases.columns) + " |"
    assert rule == "|" + " :-- |" * 7
    assert "Kota itu memiliki 52 guru." in row
    assert aside.startswith("| 4 | Budi | Siapa wali kotanya? |")
    assert made_by == phrases.made_by
    assert blank == gap == end == ""


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Harga naik | turun", r"Harga naik \| turun"),
        ("Harga **naik** `lima`", r"Harga \*\*naik\*\* \`lima\`"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("[klik](javascript:alert(1))", r"\[klik\](javascript:alert(1))"),
        (r"C:\berkas", r"C:\\berkas"),
        ("baris satu\n| baris dua", r"baris satu \| baris dua"),
    ],
)
def test_markdown_shows_a_sentence_as_it_is(text: str, cell: str) -> None:
    """Pipes, markup and line breaks of a speech do not become part of the table."""
    row = markdown([checked(text, Verdict.NOT_IN_SOURCES)], "en").split("\n")[4]
    assert row.split(" | ")[2:-4] == cell.split(" | ")


@given(st.text(), st.text())
def test_markdown_keeps_its_columns(text: str, quote: str) -> None:
    """Whatever is said or quoted, a sentence is one line of seven cells."""
    found = [checked(text, Verdict.SUPPORTED, finding(quote)), ASIDE]
    lines = markdown(found, "id").split("\n")
    assert len(lines) == 9
    for line in lines[2:6]:
        bare = line.replace(r"\\", "").replace(r"\|", "")
        assert bare.count("|") == 8
        assert line.startswith("| " if line != lines[3] else "| :--")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start: str) -> None:
    """A cell that a spreadsheet would calculate is marked as text, whether said, quoted or a name."""
    text = f"{start}HYPERLINK(1) naik"
    written = comma_separated([checked(text, Verdict.SUPPORTED, finding(text), speaker=text)], "en")
    row = list(csv.reader(io.StringIO(written)))[1]
    assert row[1] == row[2] == row[4] == f"'{text}"
    assert row[0] == "1"


def test_comma_separated() -> None:
    """A head and a row for each sentence, with commas and quotation marks kept."""
    one = checked('Ia berkata, "harga naik".', Verdict.NOT_IN_SOURCES)
    written = comma_separated([one, ASIDE], "en")
    head, *body = csv.reader(io.StringIO(written, newline=""))
    assert tuple(head) == PHRASES["en"].claim.columns
    assert [tuple(row) for row in body] == rows([one, ASIDE], "en")
    assert written.endswith("\r\n")


@given(st.text(), st.text())
def test_comma_separated_can_be_read_back(text: str, quote: str) -> None:
    """Whatever is said or quoted, the cells come back, none of them a formula."""
    found = [checked(text, Verdict.SUPPORTED, finding(quote), speaker=text)]
    (_, row) = csv.reader(io.StringIO(comma_separated(found, "id"), newline=""))
    for cell, whole in zip(row, rows(found, "id")[0], strict=True):
        assert cell in (whole, f"'{whole}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
