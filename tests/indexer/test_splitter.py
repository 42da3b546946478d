"""Passages and sentences are exact slices, on any document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.blocks import blocks
from indexer.corpus import read_corpus
from indexer.datatypes import EVIDENCE_KINDS, Document, Page, Passage, Section, SectionKind, Sentence, Source
from indexer.loaders import load
from indexer.sections import lay_out
from indexer.splitter import PASSAGE_CHARACTERS, SENTENCE_CHARACTERS, sentence_spans, split

CORPUS = Path(__file__).parents[2] / "corpus"

PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "\n", "\n\n", "\t", " ", "  \n", "# Judul\n", "- satu\n", "1. dua\n", "---\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n", "Negara\tNilai\nIndonesia\t3,588,249.00\nIran\tn/a\n",
            "Daftar Pustaka\n\n", "Ikuti kami\n\n", "Kalimat. ", "Apa? ", "Pada 2022. Lalu 15%. ", "No. 5 ",
            "Rp1,4 miliar ", "dkk. ", "(1) satu; ", "a. b. c. ", "\u0645\u0631\u062d\u0628\u0627. ", "\u202eabc\u202c ",
            "👩‍👩‍👧‍👦🇮🇩 ", "e\u0301 ", "ﷺ", "“Kutip.” ", "...", "<b>x</b> ", "**y** ", "[z](#) ",
            "\u2028", "\x00", "\r\n",
            "Kerja sama antar negara berkembang telah memperkuat kapasitas produktif melalui perdagangan. ",
            "kata " * 200, "x" * 900,
        ]
    ),
)  # fmt: skip


def document(*pages: str) -> Document:
    return Document(Source("d", "D", "d.txt"), lay_out([blocks(page) for page in pages]))


def check(found: Document) -> None:
    """The promise of the project: what is shown stands where its anchor says."""
    texts = {page.number: page.text for page in found.pages}
    covered = {number: bytearray(len(text)) for number, text in texts.items()}
    for passage in split(found):
        inside(passage, passage.text, texts)
        edge = passage.anchor.start
        for sentence in passage.sentences:
            inside(sentence, sentence.text, texts)
            assert edge <= sentence.anchor.start < sentence.anchor.end <= passage.anchor.end
            edge = sentence.anchor.end
            for at in range(sentence.anchor.start, sentence.anchor.end):
                assert not covered[sentence.anchor.page][at]
                covered[sentence.anchor.page][at] = 1
    for page in found.pages:
        for section in page.sections:
            if section.kind in EVIDENCE_KINDS:
                for at in range(section.start, section.end):
                    assert covered[page.number][at] or page.text[at].isspace(), page.text[section.start : section.end]


def inside(found: Passage | Sentence, text: str, texts: dict[int, str]) -> None:
    anchor = found.anchor
    assert texts[anchor.page][anchor.start : anchor.end] == text
    assert text == text.strip()
    assert text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=3))
def test_everything_is_an_exact_slice(pages: list[str]) -> None:
    """On any document: slices are exact, sentences lie in order inside passages, no evidence is lost."""
    check(document(*pages))


def test_the_real_documents_are_exact_slices() -> None:
    """The same holds for the corpus."""
    for file in read_corpus(CORPUS):
        check(load(file.path, file.source))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text), "id")]


@pytest.mark.parametrize(
    "text",
    [
        ["Pandemi berakhir pada 2022.", "Ekonomi pulih pada tahun berikutnya."],
        ["Ekspor naik 15%.", "Impor turun."],
        ["Menurut UU No. 5 Tahun 2011 hal itu boleh.", "Lalu ada yang lain."],
        ["Nilainya Rp1,4 miliar pada tahun lalu.", "Itu banyak."],
        ["Menurut Nauli dkk. kerja sama itu penting.", "Benar."],
        ["Pertemuan itu dipimpin Dr. Subandrio di Bandung.", "Ia menteri."],
        ["Mereka bertemu Prof. Dr. Mochtar Kusumaatmadja.", "Ia setuju."],
        ["Kantor di Jl. Thamrin dibuka pada 1960.", "Biayanya Rp. 500.000 per orang."],
        ["Ia bertemu Ir. Soekarno dan Drs. Moh. Hatta.", "Mereka berunding."],
        ["Mereka menjual beras, gula, dll.", "Kemudian mereka pulang."],
        ["Apakah itu benar?", "Ya!", "Memang."],
        ["Total US$2.9 triliun pada 2013.", "Naik 3.5 persen."],
        ["Dari sisi users, tantangan meliputi: a. terbatasnya informasi; b. transfer teknologi yang tidak memadai."],
        ["See Fig. 3 for the trend.", "It rose by 3.5% in the U.S. market."],
    ],
)
def test_abbreviations_do_not_break_a_sentence(text: list[str]) -> None:
    """A full stop of a year or a share ends a sentence; one of an abbreviation, a number or a list does not."""
    assert sentences(" ".join(text)) == text


def test_the_mended_sentence_is_one() -> None:
    """The sentence that a page break cut is cited whole."""
    [file] = [file for file in read_corpus(CORPUS) if file.source.id == "nauli-2021"]
    found = [s.text for passage in split(load(file.path, file.source)) for s in passage.sentences]
    assert "Negara berkembang memberikan 33% dari investasi global, naik 13% dari tahun 2007." in found


def test_a_table_row_reads_with_its_headers() -> None:
    """Indonesia's row is a passage that names each column, anchored to the row."""
    [file] = [file for file in read_corpus(CORPUS) if file.source.id == "nauli-2021"]
    loaded = load(file.path, file.source)
    [row] = [p for p in split(loaded) if p.kind is SectionKind.TABLE and p.cells[0][1] == "Indonesia"]
    assert row.reading.startswith("Negara: Indonesia; Modalitas untuk Menyediakan/Menerima KSS: Experts/knowledge")
    assert row.reading.endswith("Total Kontribusi Tahunan (5 thn terakhir): 3,588,249.00")
    line = loaded.pages[0].text[row.anchor.start : row.anchor.end]
    assert line.split("\t")[0] == "Indonesia"
    assert "\n" not in line
    assert row.sentences[0].anchor == row.anchor


def test_lengths_are_near_the_aim() -> None:
    """No sentence is much longer than its limit, and passages are near theirs."""
    text = "Kalimat ini berisi beberapa kata saja dan berakhir di sini. " * 300 + "daftar panjang, " * 300
    found = split(document(text))
    assert max(len(s.text) for p in found for s in p.sentences) <= SENTENCE_CHARACTERS + 1
    assert max(len(p.text) for p in found) <= PASSAGE_CHARACTERS + SENTENCE_CHARACTERS
    assert len(found) >= len(text) // (2 * PASSAGE_CHARACTERS)


def test_a_passage_knows_its_language() -> None:
    """An English abstract in an Indonesian document is English."""
    [file] = [file for file in read_corpus(CORPUS) if file.source.id == "nauli-2021"]
    found = split(load(file.path, file.source))
    assert {p.language for p in found if "The phenomenon of 1950s" in p.text} == {"en"}
    assert {p.language for p in found if re.search("Fenomena tahun 1950", p.text)} == {"id"}


def test_an_entry_of_a_bibliography_is_one_sentence() -> None:
    """Author, year, title and publisher are cited together."""
    entry = "Ha, H., & Ong, G. (2020). Assessing the policy. Singapore: ISEAS Yusof Ishak Institute."
    text = f"{entry}\nTarzi, S. M. (2003). International regimes. International Studies, 40(1), 23."
    section = Section(SectionKind.REFERENCES, 0, len(text), "References")
    [passage] = split(Document(Source("a", "A", "a.md"), (Page(1, text, (section,)),)))
    assert [sentence.text for sentence in passage.sentences] == text.split("\n")


def test_entries_on_one_line_are_told_apart() -> None:
    """Where an author and a year follow the end of an entry; a second author begins none."""
    first = "De Rossi, P., & Berg, J. (2014). Mapping actors. Third Quarterly, 35(10), 18–75. Google Scholar "
    text = f"{first}Tanaka, B. J. (2018). Norms. Review, 4, 1–9."
    section = Section(SectionKind.REFERENCES, 0, len(text), "References")
    [passage] = split(Document(Source("a", "A", "a.md"), (Page(1, text, (section,)),)))
    assert [sentence.text for sentence in passage.sentences] == [first.strip(), text[len(first) :]]
