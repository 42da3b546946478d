"""Lines to blocks: what a margin or a page broke is one again."""

from __future__ import annotations

import pytest

from indexer.blocks import Block, Shape, blocks

PARAGRAPH = Shape.PARAGRAPH
LONG = "Kerja sama antar negara berkembang telah memperkuat kapasitas produktif mereka terutama melalui"


def test_joins_lines_that_a_margin_broke() -> None:
    """Lines of one width are a paragraph."""
    text = (
        "Kerja sama ini melibatkan kolaborasi antara negara-negara\n"
        "berkembang untuk saling bertukar pengetahuan dan\npengalaman."
    )
    assert blocks(text) == [Block(PARAGRAPH, text.replace("\n", " "))]


def test_keeps_short_lines_apart() -> None:
    """Lines that were broken on purpose stay lines."""
    assert [b.text for b in blocks("Judul Utama\n8 Januari 2024\nDeccan Herald")] == [
        "Judul Utama",
        "8 Januari 2024",
        "Deccan Herald",
    ]


def test_joins_a_paragraph_cut_by_a_page() -> None:
    """A long paragraph that stops without a full stop goes on in the next one, if that begins in lower case."""
    assert [b.text for b in blocks(f"{LONG}\n\ninvestasi dan perdagangan.")] == [f"{LONG} investasi dan perdagangan."]


def test_does_not_join_after_a_full_stop() -> None:
    """A paragraph that ended is left alone."""
    assert len(blocks(f"{LONG} investasi.\n\ndan sesudahnya hal lain.")) == 2


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("mendorong pem-", "bangunan ekonomi", "mendorong pembangunan ekonomi"),
        ("negara-", "negara berkembang", "negara-negara berkembang"),
        ("sebuah demand-", "Driven", "sebuah demand- Driven"),
    ],
)
def test_mends_a_word_cut_by_a_hyphen(first: str, second: str, joined: str) -> None:
    """A cut word is mended, a doubled one keeps its hyphen."""
    filler = "Sebuah baris yang cukup panjang agar tampak dipotong oleh tepi halaman "
    assert blocks(f"{filler}{first}\n{second} dan seterusnya sampai selesai pada akhir kalimat ini.")[
        0
    ].text.startswith(f"{filler}{joined}")


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [("# Judul", 1, "Judul"), ("### **Abstrak** ###", 3, "Abstrak"), ("## Bahasa C#", 2, "Bahasa C#")],
)
def test_reads_marked_headings(line: str, level: int, title: str) -> None:
    """A heading loses its marks at both ends and keeps its level."""
    assert blocks(line) == [Block(Shape.HEADING, title, level)]


def test_reads_tables_of_both_kinds() -> None:
    """Tab-separated lines and Markdown's pipes make the same table."""
    tabs = "<b>Negara</b>\tNilai\nIndonesia\t3,588,249.00"
    pipes = "| **Negara** | Nilai |\n|:---|---:|\n| Indonesia | 3,588,249.00 |"
    assert blocks(tabs) == blocks(pipes) == [Block(Shape.TABLE, "Negara\tNilai\nIndonesia\t3,588,249.00")]


def test_reads_lists_and_rules() -> None:
    """Items keep their number and lose their bullet; a rule has no text."""
    found = blocks("1. Satu\n2. Dua\n\n- tiga\n- empat\n\n---")
    assert [(b.shape, b.text) for b in found] == [
        (Shape.ITEM, "1. Satu"),
        (Shape.ITEM, "2. Dua"),
        (Shape.ITEM, "tiga"),
        (Shape.ITEM, "empat"),
        (Shape.RULE, ""),
    ]
