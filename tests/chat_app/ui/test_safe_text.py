"""Hostile text stays text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.ui.safe_text import inert, visible, web_address

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://127.0.0.1:9/x>",
    "![x](http://127.0.0.1:9/x)",
    "[x](javascript:alert(1))",
    '"><svg onload=alert(1)>',
    "`code` *bold* _thin_ ~~gone~~ # head",
    "$$\\frac{1}{2}$$ \\(x\\)",
    "http://127.0.0.1:9/bare www.example.org a@example.org",
    "| a | b |\n|---|---|\n| c | d |",
    "1. one\n- two\n> three\n\n<b>four</b>",
    "&lt;b&gt; &#60;b&#62;",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_reads_back_as_itself(hostile: str) -> None:
    """What the browser shows is the very text, tags and all."""
    assert html.unescape(inert(hostile)) == hostile


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_html_or_markdown_acts_on_is_left(hostile: str) -> None:
    """Besides character references only letters, digits and spaces remain of ASCII."""
    left = re.sub(r"&#\d+;", "", inert(hostile))
    assert re.fullmatch(r"[A-Za-z0-9 ]*", left)


@given(st.text())
def test_any_text_is_one_line_that_reads_back_in_its_visible_form(value: str) -> None:
    """For every string: no line break ends the HTML block, and nothing but what is visible is shown."""
    shown = inert(value)
    assert len(shown.splitlines()) <= 1 or not re.search(r"[\n\r]", shown)
    assert html.unescape(shown) == visible(value)
    shown.encode("utf-8")


def test_what_hides_is_dropped_and_what_reorders_is_shown() -> None:
    """Zero-width characters vanish; direction marks, NUL and tags become visible signs."""
    assert visible("ze\u200bro\ufeff") == "zero"
    assert visible("a\u202eb") == "a⟨U+202E⟩b"
    assert visible("nul\0") == "nul␀"
    assert visible("tag\U000e0041") == "tag⟨U+E0041⟩"
    assert visible("half \ud800") == "half \ufffd"


def test_ordinary_writing_is_untouched() -> None:
    """Arabic, emoji, accents and typographic marks are shown as written."""
    ordinary = "“Kerja sama” – 1,4 miliar 🌏 ﷺ é\n\tbaris"
    assert visible(ordinary) == ordinary


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//host/x", "file:///etc/passwd", "http://[", "", None],
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    """Every scheme but http and https is refused."""
    assert web_address(address) is None


def test_a_web_address_is_kept() -> None:
    """An ordinary address passes."""
    assert web_address(" https://example.org/a?b=c ") == "https://example.org/a?b=c"
