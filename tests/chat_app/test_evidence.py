"""What a question points at in a table row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat_app.evidence import _only_row, coverage, pointed_cell
from chat_app.matching import keys, says
from chat_app.question import Asked, understand
from indexer.datatypes import Anchor, Hit, Passage, SectionKind

COLUMNS = ("Negara", "Bidang Prioritas", "Wilayah/Negara Prioritas", "Total Kontribusi Tahunan (5 thn terakhir)")


def row(*cells: str) -> Hit:
    anchor = Anchor("d", 1, 0, 1)
    reading = "; ".join(f"{column}: {cell}" for column, cell in zip(COLUMNS, cells, strict=True))
    passage = Passage(
        anchor, SectionKind.TABLE, None, "id", "\t".join(cells), reading, (), tuple(zip(COLUMNS, cells, strict=True))
    )
    return Hit(0, passage, 1.0, 1.0, 1.0)


INDONESIA = row("Indonesia", "Training", "Fiji, Timor Leste, Vietnam", "3,588,249.00")
INDIA = row("India", "Disaster reduction, Agriculture", "Asia, Afrika", "n/a")


@pytest.mark.parametrize(
    ("question", "hit", "cell"),
    [
        ("Berapa total kontribusi tahunan Indonesia?", INDONESIA, "3,588,249.00"),
        ("Berapa kontribusi tahunan India?", INDIA, ""),
        ("Siapa yang bermitra dengan Fiji dan Vietnam?", INDONESIA, "Indonesia"),
        ("Siapa yang bermitra dengan Fiji dan Kenya?", INDONESIA, None),
        ("Apa bidang prioritas India?", INDIA, "Disaster reduction, Agriculture"),
        ("Wilayah prioritas Indonesia mana saja?", INDONESIA, "Fiji, Timor Leste, Vietnam"),
        ("Berapa kontribusi tahunan Thailand?", INDONESIA, None),
        ("Kapan UNOSSC dibentuk?", INDONESIA, None),
        ("Negara mana yang prioritasnya Disaster reduction?", INDIA, "India"),
        ("Di tabel, negara mana yang menaruh disaster reduction sebagai prioritas?", INDIA, "India"),
        ("Negara mana yang menaruh olahraga sebagai prioritas?", INDIA, None),
    ],
)
def test_points_at_the_cell_of_row_and_column(question: str, hit: Hit, cell: str | None) -> None:
    """A row's name and a column's name meet in a cell; "n/a" says nothing; another row is not meant."""
    understood = understand(question)
    assert pointed_cell(understood, hit, dict.fromkeys((t.text for t in understood.terms), 0.5)) == cell


def test_prose_has_no_cells() -> None:
    """A passage without columns is not pointed into."""
    passage = Passage(Anchor("d", 1, 0, 1), SectionKind.BODY, None, "id", "Indonesia", "Indonesia", ())
    assert pointed_cell(understand("Berapa kontribusi Indonesia?"), Hit(0, passage, 1.0, 1.0, 1.0), {}) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("prinsip solidaritas", "solidarity"),
        ("investasi asing", "investment"),
        ("dibentuk pada September", "September"),
        ("1.700 orang", "1700"),
        ("enam kali", "six"),
        ("Asia-Afrika", "Asia-Afrika"),
        ("memperkuat", "perkuat"),
    ],
)
def test_words_meet_across_forms_and_languages(text: str, word: str) -> None:
    """Stems, numbers and shared learned words match."""
    assert says(keys(text), word)


def test_other_words_do_not_meet() -> None:
    """Words that only look a little alike are other words."""
    assert not says(keys("prioritas kerja"), "prince")
    assert not says(keys("kerja sama"), "")


def test_coverage_weighs_by_rarity() -> None:
    """The share of a question's words that a text says, the rarer ones counting more."""
    terms = understand("anggota UNOSSC").terms
    weights = {"anggota": 0.25, "UNOSSC": 0.75}
    assert coverage(terms, keys("anggota kelompok"), weights) == pytest.approx(0.25)
    assert coverage(terms, keys("UNOSSC"), weights) == pytest.approx(0.75)
    assert coverage((), keys("UNOSSC"), {}) == 0.0


def test_a_row_is_no_answer_where_several_rows_would_be() -> None:
    """One row alone may be meant by another cell; of two, neither is shown as the one."""
    first, second = replace(INDONESIA, passage_id=1), replace(INDIA, passage_id=2)
    assert _only_row({1: "Indonesia", 2: None}, [first, second], Asked.OTHER) == {1: "Indonesia", 2: None}
    assert _only_row({1: "Indonesia", 2: "India"}, [first, second], Asked.OTHER) == {1: None, 2: None}
    assert _only_row({1: "Indonesia", 2: None}, [first, second], Asked.LIST) == {1: None, 2: None}
    assert _only_row({1: "3,588,249.00", 2: "n/a"}, [first, second], Asked.LIST) == {1: "3,588,249.00", 2: "n/a"}
