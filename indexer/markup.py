"""Take the markup off a line of text: inline Markdown, formatting tags, links, escapes, hidden characters.

What stays is what a reader of the rendered page would see. Anything that only looks like a tag (`<script>`,
`x < y`) stays as text: it is escaped where it is shown, never obeyed.
"""

from __future__ import annotations

import html
import re

_FORMATTING_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|hr|i|ins|kbd|li|mark|"
    "ol|p|pre|q|s|section|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul"
)
_MARKUP = re.compile(r"[!\[<*_\\&]")
_TAG = re.compile(rf"</?(?:{_FORMATTING_TAGS})(?:\s[^<>\n]{{0,300}})?/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?:[^()\s]|\([^()\s]*\)){0,1000}(?:\s+\"[^\"\n]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,1000})>")
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])")
_UNDERSCORE = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])\1(?![\w_])")
_ESCAPE = re.compile(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
# Zero-width and bidirectional controls, byte-order mark, soft hyphen, tag characters, variation selectors of
# the supplementary plane, and every C0/C1 control but tab and newline: invisible on a page, so a quotation
# that held them could not be checked by eye.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def normalise(raw: str) -> str:
    """A file's text with one kind of line end and space, and without hidden characters or comments."""
    text = _LINE_END.sub("\n", raw)
    text = _HIDDEN.sub("", _SURROGATE.sub("\ufffd", text))
    return _without_comments(text)


def _without_comments(text: str) -> str:
    """A text without `<!-- … -->`; an unclosed one stays. By hand, since a pattern is quadratic on `<!--` × n."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def strip_inline(line: str) -> str:
    """A line without its inline markup; tabs, which separate a table's cells, stay."""
    if _MARKUP.search(line):
        line = _without_markup(line)
    return "\t".join(_SPACES.sub(" ", cell).strip() for cell in line.split("\t"))


def _without_markup(line: str) -> str:
    line = _IMAGE.sub("", line)
    for _ in range(3):  # emphasis around a link around emphasis: three levels are more than texts have
        before = line
        line = _LINK.sub(r"\1", line)
        line = _STRONG.sub(r"\2", line)
        line = _UNDERSCORE.sub(r"\2", line)
        if line == before:
            break
    line = _AUTOLINK.sub(r"\1", line)
    line = re.sub(r"<br\s*/?>", " ", line, flags=re.IGNORECASE)
    line = _TAG.sub("", line)
    line = _ESCAPE.sub(r"\1", line)
    # A tab that a character reference stands for (`&#9;`) parts no cells.
    cells = line.split("\t") if "&" in line else ()
    line = "\t".join(html.unescape(cell).replace("\t", " ") for cell in cells) if cells else line
    # A character reference (`&#8203;`, `&#10;`) can bring back what `normalise` took away.
    return _HIDDEN.sub("", _SURROGATE.sub("\ufffd", _LINE_END.sub(" ", line))).replace("\n", " ")


def flat(text: str) -> str:
    """A text on one line: how a slice reads. The index keeps a reading only where it is not this."""
    return " ".join(text.split())
