"""What a document says of itself: front matter pointed at by label or form."""

from __future__ import annotations

import pytest

from chat_app.particulars import is_asked, pointed_line
from chat_app.question import understand
from indexer.datatypes import Anchor, Hit, Passage, SectionKind, Sentence, Source

PAPER = Source("sari-2020", "Panen Air Hujan di Lombok", "a.md", ("Dewi Sari",), "Jurnal Air", "2020-06-02", "id")
NEWS = Source("kabar-2022", "Air bersih untuk desa", "b.txt", (), "Kabar Kota", "2022-03-11", "id")


def hit(source: Source, number: int, *lines: str) -> Hit:
    sentences, at = [], 0
    for line in lines:
        sentences.append(Sentence(Anchor(source.id, 1, at, at + len(line)), line, line))
        at += len(line) + 1
    text = "\n".join(lines)
    anchor = Anchor(source.id, 1, 0, len(text))
    passage = Passage(anchor, SectionKind.FRONT_MATTER, None, "id", text, " ".join(lines), tuple(sentences))
    return Hit(number, passage, 0.1, 0.1, 0.1)


HITS = (
    hit(PAPER, 1, "Dewi Sari", "Universitas Mataram, Mataram, Indonesia", "Surel: dewi.sari@unram.example"),
    hit(
        PAPER,
        2,
        "Kata kunci: air hujan; Lombok; panen air",
        "Diterima: 3 Januari 2020; Disetujui: 1 Mei 2020; Diterbitkan: 2 Juni 2020",
    ),
    hit(PAPER, 3, "Keywords: rainwater; Lombok; harvesting"),
    hit(PAPER, 4, "Copyright holder:", "Dewi Sari"),
    hit(NEWS, 5, "11 Maret 2022, 14.30 WIB", "Rina Putri"),
)  # fmt: skip
SOURCES = (PAPER, PAPER, PAPER, PAPER, NEWS)


def pointed(question: str, *, is_narrowed: bool = False) -> str | None:
    found = pointed_line(understand(question), HITS, SOURCES, {}, is_narrowed=is_narrowed)
    return found and found.value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Apa kata kunci makalah itu?", "air hujan; Lombok; panen air"),
        ("What keywords does the paper give?", "rainwater; Lombok; harvesting"),
        ("Apa alamat surel penulisnya?", "dewi.sari@unram.example"),
        ("How can I contact the author of the paper?", "dewi.sari@unram.example"),
        ("Kapan makalah Dewi Sari diterima?", "3 Januari 2020"),
        ("When was Sari's paper accepted?", "1 Mei 2020"),
        ("Kapan makalah tentang panen air itu terbit?", "2 Juni 2020"),
        ("Kapan artikel Kabar Kota itu tayang?", "11 Maret 2022"),
        ("At what time did the Kabar Kota article go online?", "14.30 WIB"),
        ("Which university is the author from?", "Universitas Mataram"),
        ("Kampus penulis makalah ada di kota apa?", "Mataram, Indonesia"),
        ("Siapa pemegang hak cipta makalah itu?", "Dewi Sari"),
    ],
)
def test_line_asked_for(question: str, value: str) -> None:
    assert pointed(question) == value


@pytest.mark.parametrize(
    "question",
    [
        "Kapan makalah tentang tenaga nuklir itu terbit?",  # not these documents
        "Kapan artikelnya terbit?",  # which of the two
        "Apa surel Budi?",
        "Kapan Lombok diterima sebagai anggota?",
        "Berapa curah hujan di Lombok?",
        "What is the most used keyword in Brazil?",
    ],
)
def test_points_at_none(question: str) -> None:
    assert pointed(question) is None


def test_named_otherwise() -> None:
    """Where the question has named its document already, nothing else need say so."""
    only_paper = (HITS[:4], SOURCES[:4])
    question = understand("Apa surelnya?")
    assert pointed_line(question, *only_paper, {}, is_narrowed=False) is None
    found = pointed_line(question, *only_paper, {}, is_narrowed=True)
    assert found is not None
    assert found.value == "dewi.sari@unram.example"


def test_other_name_of_the_topic() -> None:
    question = understand("When was the paper on PAH published?")
    assert pointed_line(question, HITS, SOURCES, {}, is_narrowed=False) is None
    found = pointed_line(question, HITS, SOURCES, {"PAH": ("Panen Air Hujan",)}, is_narrowed=False)
    assert found is not None
    assert found.value == "2 Juni 2020"


def test_label_on_a_line_of_its_own() -> None:
    found = pointed_line(understand("Who holds the copyright of the paper?"), HITS, SOURCES, {}, is_narrowed=False)
    assert found is not None
    assert found.sentence.text == "Copyright holder:"


def test_most_questions_ask_for_none() -> None:
    assert not is_asked(understand("Berapa anggota G77?"))
