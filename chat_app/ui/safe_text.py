"""Any text, made safe to stand in the page: nothing hidden in it, and nothing in it that acts."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\r")
_NOT_PLAIN = re.compile(r"[^\n\t\x20-\x7e]")
# Line breaks too: a bare one could end the HTML block, and `white-space: pre-wrap` shows a reference as well.
_REFERENCES = str.maketrans(
    {chr(code): f"&#{code};" for code in (9, 10, *range(0x21, 0x7F)) if not chr(code).isalnum()}
)


def visible(value: str) -> str:
    """The text with nothing hidden: zero-width characters dropped, controls and direction marks shown."""
    return _NOT_PLAIN.sub(lambda match: _visible(match[0]), value)


def _visible(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if character.isprintable():
        return character
    match unicodedata.category(character):
        case "Cc":
            code = ord(character)
            return chr(0x2400 + code) if code < 0x20 else "\ufffd"
        case "Cf":
            return f"⟨U+{ord(character):04X}⟩"
        case "Cs":
            return "\ufffd"
        case "Zl" | "Zp":
            return "\n"
        case _:
            return character


def inert(value: str) -> str:
    """The text as HTML that shows exactly its visible form, inert in HTML, Markdown and LaTeX alike.

    Every ASCII punctuation mark becomes a character reference, which is more than `html.escape` does:
    Markdown finds no emphasis, link, image, code or address in the result, and LaTeX no dollar sign.
    """
    return visible(value).translate(_REFERENCES)


def web_address(value: str | None) -> str | None:
    """The address if it is a plain http(s) one, else nothing: no other scheme becomes a link."""
    stripped = (value or "").strip()
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return None
    return stripped if parts.scheme in {"http", "https"} and parts.netloc else None
