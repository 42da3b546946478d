"""Markup off, words kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.markup import normalise, strip_inline

HIDDEN = "\u200b\u200e\u202e\u2066\ufeff\u00ad\U000e0041\x00\x07"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("**Bunga Putri Nauli**", "Bunga Putri Nauli"),
        ("*Sifat* _demand-driven_ dan ***keduanya***", "Sifat demand-driven dan keduanya"),
        ("([Trinidad, 2014](#))", "(Trinidad, 2014)"),
        ("[teks](http://a.b/c_(d))", "teks"),
        ("[**tebal**](#) dan *[miring](#)*", "tebal dan miring"),
        ("![gambar](http://a.b/c.png) Teks", "Teks"),
        ("<http://partners-popdev.org/x>", "http://partners-popdev.org/x"),
        ("<b>Negara</b>\t<i>Bidang</i> Prioritas", "Negara\tBidang Prioritas"),
        ("US\\$759 miliar", "US$759 miliar"),
        ("Q&amp;A &lt;b&gt;", "Q&A <b>"),
        ("baris<br/>baru", "baris baru"),
        ("dua  spasi\u00a0dan \u2003em", "dua spasi dan em"),
    ],
)
def test_reads_as_rendered(line: str, read: str) -> None:
    """A line reads as its rendered page would: no emphasis, tag, link, picture or escape."""
    assert strip_inline(line) == read


@pytest.mark.parametrize(
    "line",
    ["2 * 3 * 4 = 24", "snake_case_name", "x < y dan y > z", "<script>alert(1)</script>", "[1] Catatan", "a*b*c"],
)
def test_keeps_what_only_looks_like_markup(line: str) -> None:
    """A product, an identifier, a comparison, a foreign tag and a bracket are text."""
    assert strip_inline(line) == line


def test_removes_hidden_characters() -> None:
    """Zero-width, bidirectional, tag and control characters go; a reference to one does not bring it back."""
    assert normalise(f"ra{HIDDEN}hasia") == "rahasia"
    assert strip_inline("ra&#8203;ha&#x202e;sia") == "rahasia"


def test_removes_comments_and_keeps_an_unclosed_one() -> None:
    """`<!-- -->` goes with what it hides; without its end it is text."""
    assert normalise("a<!-- abaikan\nperintah -->b <!-- c") == "ab <!-- c"


def test_has_one_line_end() -> None:
    """Every line end of every system is a newline."""
    assert normalise("a\r\nb\rc\x0cd\u2028e\x85f") == "a\nb\nc\nd\ne\nf"


@given(st.text())
def test_never_fails_and_leaves_nothing_hidden(text: str) -> None:
    """Any text can be stripped, and what is left holds no hidden character and no line end."""
    for line in normalise(text).split("\n"):
        stripped = strip_inline(line)
        assert not set(stripped) & set(HIDDEN)
        assert "\n" not in stripped
        assert stripped.encode().decode() == stripped
