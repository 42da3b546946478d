"""Reading takes time in proportion to a text's length, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from indexer.blocks import blocks
from indexer.datatypes import Document, Source
from indexer.sections import lay_out
from indexer.splitter import split

LENGTH = 200_000
"""What is quadratic takes minutes at this length already."""
SECONDS = 10
"""A quiet machine needs less than 2; a busy one may take its time."""
PROSE = "\n\nIni adalah sebuah kalimat yang cukup panjang untuk disebut isi dari sebuah dokumen."


def read(text: str) -> float:
    started = time.perf_counter()
    split(Document(Source("d", "D", "d.txt"), lay_out([blocks(text)])))
    return time.perf_counter() - started


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "[", "<", "*", "_", "`", "(", "|", "\\", "&", "#", "A", "\t", " ", "\n", ". ", "! ", "<!--",
        "![", "<a ", "](", "[a](",
        '[a](b "', "*a ", "a. a. a. ", "dkk. ", "a, ", "; ", "&amp;", "ﷺ", "e\u0301", "\u200b", "👩‍👧",
        "a-\n", "a.\n", "aaa\n", "- - ",
        "1 Januari 2020 ", "# a" + " " * 5000, "|" + " " * 3000, "a" * 90 + " b-\n",
    ],
    ids=repr,
)  # fmt: skip
def test_one_long_block(piece: str) -> None:
    """A long run of one thing is read in no time."""
    assert read(piece * (LENGTH // len(piece))) < SECONDS


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "a\n\n",
        "Judul\n\n",
        "x\n\n---\n\n",
        "# a\n",
        "a\tb\n",
        "Kata Kunci:\n\n",
        "- a\n",
        "Foto (b)\n\n",
        "a" * 90 + "\n\n",
    ],
    ids=repr,
)
def test_very_many_blocks(piece: str) -> None:
    """So is a text of tens of thousands of headings, rules, rows or cut paragraphs, with prose at its end."""
    assert read(piece * (LENGTH // len(piece)) + PROSE) < SECONDS


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["[", "<", "*", "<!--", "\t", "a. a. a. ", "[a](b) "], ids=repr)
def test_one_megabyte(piece: str) -> None:
    """A megabyte of what the rules look for is read in seconds."""
    assert read(piece * (1_000_000 // len(piece))) < SECONDS
