"""Lines to blocks: headings, paragraphs, list items and tables, with broken lines and pages mended.

Texts that came out of a PDF or a web page break paragraphs at the end of a line or of a page. A block here is
what the author wrote as one: the pieces are joined again, so that a sentence is never cut by a sheet of paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from indexer.markup import normalise, strip_inline


class Shape(Enum):
    """What a block looks like; what it is for is decided in sections.py."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    TABLE = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table; a table's rows are lines, its cells are parted by tabs."""

    shape: Shape
    text: str
    level: int = 0
    """A marked heading's level, 1 to 6; 0 for all else."""

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


TERMINAL = re.compile(r"[.!?…:;][\"'”’)\]]*$|[)\]]$")
_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s(.*)")
_CLOSING_HASHES = re.compile(r"(?:^|\s)#+$")
_RULE = re.compile(r"^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$")
_ITEM = re.compile(r"^\s*(?:[-*+•●▪‣◦–]\s+|\(?(?:\d{1,3}|[a-z])[.)]\s+)(?=\S)")
_BULLET = re.compile(r"^\s*[-*+•●▪‣◦–]\s+")
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_PIPE_RULE_CELL = re.compile(r":?-{2,}:?")
_CUT_WORD = re.compile(r"(\w+)-$")
_FIRST_WORD = re.compile(r"\w{1,40}")
_NEWLINES = re.compile(r"\n[ ]*\n[ \n]*")

TAIL = 40
"""Characters at the end of a line that tell how it ends."""
MIN_WRAPPED_WIDTH = 50
"""A line at least this wide may have been broken by its margin; narrower ones were broken on purpose."""
MIN_PROSE = 80
"""A paragraph this long that stops without a full stop was cut by the end of a page."""


def blocks(raw: str) -> list[Block]:
    """The blocks of a text, in order, with markup taken off."""
    found: list[Block] = []
    for chunk in _NEWLINES.split(normalise(raw)):
        found.extend(_chunk_blocks([line for line in chunk.split("\n") if line.strip(" ")]))
    return mend(found)


def _chunk_blocks(lines: Sequence[str]) -> Iterable[Block]:
    """The blocks of lines that no blank line parts."""
    paragraph: list[str] = []
    table: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        row = _row(line)
        if row is None and table:
            yield from _table(table)
            table = []
        if row is not None:
            yield from _paragraphs(paragraph)
            paragraph = []
            if row:
                table.append(row)
        elif heading := _HEADING.match(line):
            yield from _paragraphs(paragraph)
            paragraph = []
            title = _CLOSING_HASHES.sub("", heading[2].strip())
            if text := strip_inline(title).replace("\t", " ").strip():
                yield Block(Shape.HEADING, text, level=len(heading[1]))
        elif _RULE.match(line):
            yield from _paragraphs(paragraph)
            paragraph = []
            yield Block(Shape.RULE, "")
        else:
            paragraph.append(_QUOTE.sub("", line))
        at += 1
    yield from _table(table)
    yield from _paragraphs(paragraph)


def _row(line: str) -> str | None:
    """A table row with its cells parted by tabs; "" for a rule between rows; None for no row."""
    bare = line.strip()
    if "|" in bare:
        cells = bare.strip("|").split("|")
        if all(_PIPE_RULE_CELL.fullmatch(cell.strip()) for cell in cells):
            return ""
        if len(bare) > 1 and bare[0] == bare[-1] == "|":
            return strip_inline("\t".join(cells))
    if "\t" in bare:
        return strip_inline(line)
    return None


def _table(rows: Sequence[str]) -> Iterable[Block]:
    """A table, or a paragraph where a single line with a tab is no table."""
    if len(rows) >= 2:
        yield Block(Shape.TABLE, "\n".join(rows))
    elif rows:
        yield Block(Shape.PARAGRAPH, " ".join(rows[0].split()))


def _paragraphs(lines: Sequence[str]) -> Iterable[Block]:
    """Paragraphs and list items, with lines that a margin broke joined again."""
    if not lines:
        return
    # `- ` stands at the start of each of several lines where it is a bullet; a lone dash may be a dialogue's.
    for group in _unwrap(lines):
        is_item = bool(_ITEM.match(group))
        text = strip_inline(_BULLET.sub("", group) if is_item else group).replace("\t", " ").strip()
        if text:
            yield Block(Shape.ITEM if is_item else Shape.PARAGRAPH, text)


def _unwrap(lines: Sequence[str]) -> list[str]:
    """Lines joined where the break came from the margin, kept apart where it was meant."""
    width = max(len(line) for line in lines)
    full = [len(line) >= max(MIN_WRAPPED_WIDTH, 0.7 * width) for line in lines]
    # A margin breaks most lines of a block near the same width; a block of unlike lines was laid out by hand.
    is_wrapped = 2 * sum(full[:-1]) >= len(lines) - 1
    joined: list[list[str]] = []
    open_line = False
    for number, line in enumerate(lines):
        stripped = line.strip()
        if joined and open_line and not _ITEM.match(line):
            append_line(joined[-1], stripped)
        else:
            joined.append([stripped])
        ends = bool(_STOP.search(stripped[-TAIL:])) and len(stripped) < 0.9 * width
        is_break = line.endswith("  ") or ends or number + 1 == len(lines)
        open_line = not is_break and ((is_wrapped and full[number]) or _continues(lines[number + 1]))
    return ["".join(pieces) for pieces in joined]


def _continues(line: str) -> bool:
    """Whether a line goes on with a sentence begun before it."""
    stripped = line.lstrip()
    return bool(stripped) and stripped[0].islower() and not _ITEM.match(line)


def append_line(pieces: list[str], line: str) -> None:
    """Add a line to the pieces of a paragraph, a word cut by a hyphen at the break mended.

    The pieces are joined once, at the end: joining at every line takes time in the square of their number.
    """
    cut = _CUT_WORD.search(pieces[-1][-TAIL:])
    rest = _FIRST_WORD.match(line)
    if cut and rest and rest[0][0].islower():
        # "negara-/negara" is a doubled word and keeps its hyphen; "pem-/bangunan" was cut.
        doubled = cut[1].lower()[-4:] == rest[0].lower()[: len(cut[1])][-4:]
        if not doubled and len(cut[1]) <= 9:
            pieces[-1] = pieces[-1][:-1]
        pieces.append(line)
    else:
        pieces.append(f" {line}")


def mend(found: Sequence[Block]) -> list[Block]:
    """Paragraphs that the end of a page cut in two, joined."""
    mended: list[Block] = []
    pieces: list[str] = []
    length = 0
    for block in found:
        if mended and _is_cut(mended[-1].shape, length, pieces[-1], block):
            append_line(pieces, block.text)
        else:
            if len(pieces) > 1:
                mended[-1] = replace(mended[-1], text="".join(pieces))
            mended.append(block)
            pieces, length = [block.text], 0
        length += len(block.text)
    if len(pieces) > 1:
        mended[-1] = replace(mended[-1], text="".join(pieces))
    return mended


def _is_cut(shape: Shape, length: int, end: str, second: Block) -> bool:
    """Whether the second paragraph goes on where one of this shape, length and end was cut off."""
    if shape not in (Shape.PARAGRAPH, Shape.ITEM) or second.shape is not Shape.PARAGRAPH:
        return False
    if length < MIN_PROSE or TERMINAL.search(end[-TAIL:]):
        return False
    start = second.text[0]
    return start.islower() or (start.isalnum() and len(second.text) >= MIN_PROSE and end[-1].islower())
