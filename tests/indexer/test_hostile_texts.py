"""Reading takes time in proportion to a text's length, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from indexer.blocks import blocks
from indexer.datatypes import Document, Source
from indexer.sections import lay_out
from indexer.splitter import split

LENGTH = 1_000_000
MANY_BLOCKS = 200_000
"""Texts of very short blocks make one record of every few characters; at this length they still show a square."""
SECONDS = 6
"""A quiet machine needs less than 2; what is quadratic needs minutes."""
PROSE = "\n\nIni adalah sebuah kalimat yang cukup panjang untuk disebut isi dari sebuah dokumen."


def read(text: str) -> float:
    started = time.perf_counter()
    split(Document(Source("d", "D", "d.txt"), lay_out([blocks(text)])))
    return time.perf_counter() - started


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "[", "<", "*", "_", "`", "(", "|", "\\", "&", "#", "A", "\t", " ", "\n", ". ", "! ", "<!--", "![", "<a ", "](", "[a](",
        '[a](b "', "*a ", "a. a. a. ", "dkk. ", "a, ", "; ", "&amp;", "ﷺ", "e\u0301", "\u200b", "👩‍👧", "a-\n", "a.\n", "aaa\n", "- - ",
        "1 Januari 2020 ", "# a" + " " * 5000, "|" + " " * 3000, "a" * 90 + " b-\n",
    ],
    ids=repr,
)  # fmt: skip
def test_one_million_characters_in_one_block(piece: str) -> None:
    """A megabyte of one thing is read in seconds."""
    assert read(piece * (LENGTH // len(piece))) < SECONDS


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["a\n\n", "Judul\n\n", "x\n\n---\n\n", "# a\n", "a\tb\n", "Kata Kunci:\n\n", "- a\n", "Foto (b)\n\n", "a" * 90 + "\n\n"],
    ids=repr,
)
def test_very_many_blocks(piece: str) -> None:
    """So is a text of tens of thousands of headings, rules, rows or cut paragraphs, with prose at its end."""
    assert read(piece * (MANY_BLOCKS // len(piece)) + PROSE) < SECONDS
