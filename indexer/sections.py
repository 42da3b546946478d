"""Tell the parts of a document apart: front matter, body under its headings, tables, references, furniture.

Pages come in as blocks and go out as text with sections over it. What a web page or a PDF adds around the
author's words (captions, buttons, running heads, "related articles") is furniture; a bibliography is references:
both are kept for display and never serve as evidence. The rules look at form and position, in both languages,
and are cautious: text that could be the author's stays body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.blocks import Block, Shape
from indexer.datatypes import Page, Section, SectionKind

_REFERENCES = re.compile(
    r"^(?:[\dIVX]+[.)]?\s+)?(?:daftar (?:pustaka|rujukan|referensi|bacaan)|(?:selected |annotated )?bibliograph(?:y|ies)|"
    r"bibliografi|references?(?: list)?|list of references|referensi|rujukan|pustaka|works cited|literature cited|"
    r"literature|sumber rujukan|end ?notes?|foot ?notes?|catatan (?:kaki|akhir))\s*:?$",
    re.IGNORECASE,
)
_METADATA = re.compile(
    r"^(?:received|accepted|published|revised|available online|diterima|disetujui|direvisi|diterbitkan|dipublikasikan|"
    r"e-?mail|surel|doi|e?-?issn|isbn|key ?words?|kata kunci|copyright holder|first publication right|hak cipta|"
    r"penulis|authors?|corresponding author|affiliation|afiliasi|editor|reporter|penyunting|volume|vol\.)\s*[:.]",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:image(?: title)?|button\b.*|loading\W*|advertisement|iklan|sponsored|share(?: this)?|bagikan.*|tweet|cetak|print|"
    r"copy link|salin tautan|baca (?:juga|selengkapnya|artikel).*|read (?:more|also|next).*|see also.*|lihat juga.*|simak juga.*|"
    r"artikel (?:terkait|lainnya|populer).*|berita (?:terkait|lainnya|populer|terpopuler).*|related (?:articles?|posts?|stories).*|"
    r"video (?:pilihan|terkait|terbaru)|most (?:read|popular)|terpopuler|trending|tags?\s*:?.*|topik\s*:?.*|halaman\s*:?.*|"
    r"page \d+(?: of \d+)?|hal(?:aman)?\.? \d+|ikuti kami.*|follow us.*|subscribe.*|berlangganan.*|newsletter.*|"
    r"sign (?:in|up).*|log ?in|masuk|daftar|menu|search|cari|home|beranda|(?:previous|next)(?: page)?|sebelumnya|selanjutnya|"
    r"komentar.*|comments?|leave a (?:reply|comment)|cookies?.*|accept all.*|all rights reserved.*|©.*|copyright (?:©|\(c\)|\d).*|"
    r"this article is licensed under.*|google scholar|scan (?:me|qr).*|dapatkan akses.*|download(?: pdf)?|unduh)$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^(?:ilustrasi|foto|gambar|figure|fig\.|photo|image|infografis|infographic|grafik|chart|bagan|diagram|peta|map|"
    r"tabel|table|sumber|source)s?\b(?:\s*[\d.]+)?\s*[:,.–—-]",
    re.IGNORECASE,
)
_OF_TABLE = re.compile(r"^(?:tabel|table|sumber|source)s?\b", re.IGNORECASE)
_CREDIT = re.compile(r"\((?:[^()]{2,60})\)\s*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s|$)")
_NUMBERED = re.compile(r"^\(?(?:\d{1,3}|[A-Za-z])[.)]\s")
_DIGITS = re.compile(r"\d+")

MAX_HEADING_WORDS = 14
MIN_PROSE_WORDS = 8
"""With a full stop, this many words are prose."""
LONG_FRAGMENT_WORDS = 25
"""Without a full stop, this many still are."""
MAX_CAPTION_WORDS = 40
MAX_CREDITED_WORDS = 20
MIN_FURNITURE_SENTENCE = 6
"""A line that starts like a button ("Halaman ini …") but is a sentence of this many words is text."""
RUNNING_HEAD_PAGES = 3
"""A line at the edge of this many pages is a running head or foot, not text."""


@dataclass(slots=True)
class _State:
    """What carries over from one page to the next."""

    heading: str | None = None
    columns: tuple[str, ...] = ()
    """Of the table just before, for one that a page's end cut in two."""


def lay_out(pages: Sequence[Sequence[Block]]) -> tuple[Page, ...]:
    """The pages of a document with their sections, from the blocks of each page."""
    running = _running_heads(pages)
    flat = [block for page in pages for block in page]
    kinds = _kinds(flat, running)
    laid: list[Page] = []
    state = _State()
    at = 0
    for number, page in enumerate(pages, start=1):
        laid.append(_lay_out_page(number, page, kinds[at : at + len(page)], state))
        at += len(page)
    return tuple(laid)


def _lay_out_page(number: int, page: Sequence[Block], kinds: Sequence[SectionKind | None], state: _State) -> Page:
    """One page: its blocks' text in order, and the sections over it; a kind of None marks a heading."""
    parts: list[str] = []
    end = 0
    sections: list[Section] = []
    previous: Shape | None = None
    for block, kind in zip(page, kinds, strict=True):
        if not block.text:
            continue
        gap = "" if not parts else "\n" if previous is Shape.ITEM is block.shape else "\n\n"
        parts += gap, block.text
        start = end + len(gap)
        end = start + len(block.text)
        previous = block.shape
        if kind is not SectionKind.TABLE and kind is not SectionKind.FURNITURE:
            state.columns = ()
        if kind is None:
            state.heading = block.text
            # A numbered heading is an item of a list as well ("1. Mendorong Pembangunan Ekonomi"): text to cite.
            if _NUMBERED.match(block.text) and not block.level:
                sections.append(Section(SectionKind.BODY, start, end, state.heading))
            continue
        if kind is SectionKind.REFERENCES and _REFERENCES.match(block.text):
            state.heading = block.text
        heading = None if kind in (SectionKind.FRONT_MATTER, SectionKind.FURNITURE) else state.heading
        if kind is SectionKind.TABLE:
            sections.append(_table_section(block, start, state))
        elif sections and _continues(sections[-1], kind, heading):
            last = sections[-1]
            sections[-1] = Section(last.kind, last.start, end, last.heading)
        else:
            sections.append(Section(kind, start, end, heading))
    return Page(number, "".join(parts), tuple(sections))


def _continues(last: Section, kind: SectionKind, heading: str | None) -> bool:
    return last.kind is kind and last.heading == heading and kind is not SectionKind.TABLE


def _table_section(block: Block, start: int, state: _State) -> Section:
    """A table's section over its rows without the header row, whose cells become the columns."""
    rows = block.lines
    first = tuple(rows[0].split("\t"))
    # A table cut by the end of a page goes on without a header, or repeats it.
    is_data = len(first) == len(state.columns) and any(_DIGITS.search(cell) for cell in first[1:])
    if is_data and first != state.columns:
        return Section(SectionKind.TABLE, start, start + len(block.text), state.heading, state.columns)
    state.columns = first
    body_start = start + len(rows[0]) + 1
    return Section(SectionKind.TABLE, body_start, start + len(block.text), state.heading, first)


def _kinds(flat: Sequence[Block], running: frozenset[str]) -> list[SectionKind | None]:
    """What each block is for; None for a heading."""
    prose = [index for index, block in enumerate(flat) if _is_prose(block)]
    if not prose:
        return [SectionKind.TABLE if block.shape is Shape.TABLE else SectionKind.BODY for block in flat]
    first, last = prose[0], prose[-1]
    captions = _captions(flat)
    following = _following(flat)
    kinds: list[SectionKind | None] = []
    references_level: int | None = None
    tail = False
    for index, block in enumerate(flat):
        heading = _is_heading(block, following[index], is_last=index > last)
        if heading and _REFERENCES.match(block.text):
            references_level = block.level
        elif references_level is not None and (
            block.shape is Shape.RULE or (heading and block.level and block.level <= (references_level or 6))
        ):
            references_level = None
        of_table = _is_of_table(flat, index)
        is_running = _running_key(block.text) in running
        furniture = index in captions or is_running or (_is_furniture(block) and not of_table)
        # What follows the first button after the last prose belongs to the page, not to the text.
        tail = tail or (index > last and furniture)
        if references_level is not None:
            kinds.append(SectionKind.REFERENCES)
        elif block.shape is Shape.TABLE:
            kinds.append(SectionKind.TABLE)
        elif furniture:
            kinds.append(SectionKind.FURNITURE)
        elif _METADATA.match(block.text) or (index and _is_label(flat[index - 1])):
            kinds.append(SectionKind.FRONT_MATTER)
        elif heading and index > 0 and not of_table:
            kinds.append(None)
        elif index < first:
            kinds.append(SectionKind.FRONT_MATTER)
        else:
            kinds.append(SectionKind.FURNITURE if tail else SectionKind.BODY)
    return kinds


def _is_label(block: Block) -> bool:
    """Whether a block is a metadata label whose value stands on the next line."""
    return bool(_METADATA.match(block.text)) and block.text.endswith(":")


def _captions(flat: Sequence[Block]) -> frozenset[int]:
    """The blocks that caption a picture: they end in a credit in brackets, or say again what one says."""
    found: set[int] = set()
    for index, block in enumerate(flat):
        credited = _CREDIT.search(block.text)
        if not credited or block.shape is not Shape.PARAGRAPH or len(block.text.split()) > MAX_CAPTION_WORDS:
            continue
        bare = block.text[: credited.start()].strip()
        repeated = index > 0 and bare.strip(" .") == flat[index - 1].text.strip(" .")
        if repeated:
            found.add(index - 1)
        if repeated or (bare.endswith((".", "!", "?")) and len(bare.split()) <= MAX_CREDITED_WORDS):
            found.add(index)
    return frozenset(found)


def _is_prose(block: Block) -> bool:
    """Whether a block is running text: long enough, and with a full stop somewhere."""
    if block.shape not in (Shape.PARAGRAPH, Shape.ITEM) or _is_furniture(block) or _METADATA.match(block.text):
        return False
    count = len(block.text.split())
    return count >= LONG_FRAGMENT_WORDS or (count >= MIN_PROSE_WORDS and bool(_SENTENCE_END.search(block.text)))


def _is_furniture(block: Block) -> bool:
    """Whether a block is a button, a caption or another part of the page around the text."""
    if block.shape not in (Shape.PARAGRAPH, Shape.HEADING):
        return False
    count = len(block.text.split())
    is_sentence = count >= MIN_FURNITURE_SENTENCE and bool(_SENTENCE_END.search(block.text))
    if _FURNITURE.match(block.text) and count <= MAX_CAPTION_WORDS and not is_sentence:
        return True
    return bool(_CAPTION.match(block.text)) and count <= MAX_CAPTION_WORDS


def _is_of_table(flat: Sequence[Block], index: int) -> bool:
    """Whether a block is the title or the source of the table beside it: the author's words, and what dates its figures."""
    beside = flat[max(0, index - 1) : index + 2]
    return bool(_OF_TABLE.match(flat[index].text)) and any(block.shape is Shape.TABLE for block in beside)


def _following(flat: Sequence[Block]) -> list[Block | None]:
    """For each block the next one that is no rule."""
    found: list[Block | None] = [None] * len(flat)
    for index in range(len(flat) - 2, -1, -1):
        found[index] = found[index + 1] if flat[index + 1].shape is Shape.RULE else flat[index + 1]
    return found


def _is_heading(block: Block, following: Block | None, *, is_last: bool) -> bool:
    """Whether a block is a heading: marked as one, or a short line without a full stop above running text.

    `is_last` where no running text comes after it.
    """
    if block.shape is Shape.HEADING:
        return True
    if block.shape not in (Shape.PARAGRAPH, Shape.ITEM) or "\n" in block.text:
        return False
    if len(block.text.split()) > MAX_HEADING_WORDS or _METADATA.match(block.text):
        return False
    if _REFERENCES.match(block.text):
        return True
    if re.search(r"[.!?…,;:]$", block.text) or not re.search(r"[^\W\d_]", block.text):
        return False
    if block.text[0].islower() or is_last or following is None:
        return False
    is_list_entry = block.shape is Shape.ITEM and following.shape is Shape.ITEM
    return _is_prose(following) and not is_list_entry


def _running_heads(pages: Sequence[Sequence[Block]]) -> frozenset[str]:
    """The first and last lines that several pages share, with their digits left out."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_running_key(block.text) for block in (*page[:2], *page[-2:]) if len(block.text) < 150})
    return frozenset(key for key, count in seen.items() if count >= RUNNING_HEAD_PAGES)


def _running_key(text: str) -> str:
    return _DIGITS.sub("#", text).lower()
