"""Turns sources, documents and the library into safe HTML; see render.py for how it stays safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from chat_app.datatypes import Answer, Citation, Outcome, Turn
from chat_app.phrases import PagePhrases
from chat_app.ui.render import hint, source_id
from chat_app.ui.render_values import date
from chat_app.ui.safe_text import inert as text
from chat_app.ui.safe_text import web_address
from indexer.datatypes import Anchor, Page, Source

PAGE_WINDOW = 150_000
"""Characters of one page shown at once: a browser stays quick, and no printed page comes near it."""

_BLANK_LINES = re.compile(r"\s*\n\s*")
_PART_WORD_FIRST, _PART_WORD_LAST = re.compile(r"^\S*\s+"), re.compile(r"\s+\S*$")


def sources(turns: Sequence[Turn], phrases: PagePhrases, library: Sequence[Source] = ()) -> str:
    """The sources of every answer of the conversation, one block a turn; the newest is the current one."""
    answered = [
        (number, turn.answer)
        for number, turn in enumerate(turns, start=1)
        if turn.answer and (turn.answer.citations or turn.answer.related)
    ]
    if not answered:
        return hint(phrases.sources_empty)
    known = {source.id: source for source in library}
    newest = answered[-1][0]
    blocks = [_turn_sources(value, number, number == newest, phrases, known) for number, value in answered]
    return "\n\n".join(blocks)


def _turn_sources(value: Answer, turn: int, current: bool, phrases: PagePhrases, known: dict[str, Source]) -> str:
    refused = value.outcome is Outcome.NOT_IN_SOURCES
    shown = value.related if refused else value.citations
    state = " current" if current else ""
    heading = phrases.related_heading if refused else phrases.sources_heading
    note = f'<p class="related-note">{text(phrases.related_note)}</p>' if refused else ""
    cards = "".join(_source(citation, turn, refused, phrases, known) for citation in shown)
    return (
        f'<section class="turn-sources{state}" id="sources-{turn}"><h2>{text(heading)}</h2>'
        f'<p class="asked">{text(value.question)}</p>{note}{cards}</section>'
    )


def _source(citation: Citation, turn: int, related: bool, phrases: PagePhrases, known: dict[str, Source]) -> str:
    anchor = citation.anchor
    identity = source_id(turn, citation.number)
    source = known.get(anchor.document)
    authors = ", ".join(source.authors) if source else ""
    facts = [authors, citation.publisher or "", date(citation.date, phrases)]
    place = [
        f"{phrases.section}: {citation.section}" if citation.section else "",
        f"{phrases.page} {anchor.page}",
        f"{phrases.characters} {anchor.start}–{anchor.end}",
    ]
    label = f'<p class="related-label">{text(phrases.related_heading)}</p>' if related else ""
    return (
        f'<article class="source{" related" if related else ""}" id="{identity}" tabindex="-1">'
        f'<p class="source-title"><span class="number">{citation.number}</span>{text(citation.title)}</p>'
        f'<p class="source-facts">{text(" · ".join(filter(None, facts)))}</p>'
        f'<p class="source-place">{text(" · ".join(filter(None, place)))}</p>{label}'
        f"{quotation(citation)}"
        f'<p class="source-links">{open_button(anchor, phrases.open_in_document)}{_link(citation.url)}</p>'
        "</article>"
    )


def quotation(citation: Citation) -> str:
    """A quotation lit up in the text around it, or a table row cell by cell."""
    if citation.cells:
        rows = "".join(f"<dt>{text(name)}</dt><dd><mark>{text(cell)}</mark></dd>" for name, cell in citation.cells)
        return f'<dl class="row-cells" lang="{citation.language}">{rows}</dl>'
    before, after = (_BLANK_LINES.sub("\n", side) for side in (citation.before, citation.after))
    if citation.anchor.start > len(citation.before):
        before = f"… {_PART_WORD_FIRST.sub('', before)}"
    if after.strip():
        after = f"{_PART_WORD_LAST.sub('', after)} …"
    return (
        f'<blockquote class="passage" lang="{citation.language}">{text(before)}'
        f"<mark>{text(citation.quote)}</mark>{text(after)}</blockquote>"
    )


def _link(address: str | None) -> str:
    safe = web_address(address)
    if not safe:
        return ""
    return f'<a class="outside" href="{text(safe)}" target="_blank" rel="noopener noreferrer">{text(safe)}</a>'


def open_button(anchor: Anchor, label: str, kind: str = "open") -> str:
    """A button that shows a place in its document."""
    return f'<button type="button" class="{kind}" value="{text(open_command(anchor))}">{text(label)}</button>'


def open_command(anchor: Anchor) -> str:
    """The request to show this place in its document, as page.js sends it to the handler."""
    return urlencode(
        {"document": anchor.document, "page": anchor.page, "start": anchor.start, "end": anchor.end},
        errors="replace",
    )


def document(source: Source, pages: Sequence[Page], anchor: Anchor, phrases: PagePhrases) -> str:
    """One page's whole text, the anchor's slice highlighted. An empty slice highlights nothing."""
    page = next(page for page in pages if page.number == anchor.page)
    first, last = _window(len(page.text), anchor)
    start, end = max(anchor.start, first), min(anchor.end, last)
    if start < end:
        before, quote, after = page.text[first:start], page.text[start:end], page.text[end:last]
        body = f"{text(before)}<mark>{text(quote)}</mark>{text(after)}"
    else:
        body = text(page.text[first:last])
    part = ""
    if (first, last) != (0, len(page.text)):
        said = phrases.part_shown.format(start=first, end=last, total=len(page.text))
        part = f'<p class="hint">{text(said)}</p>'
    facts = [", ".join(source.authors), source.publisher or "", date(source.date, phrases)]
    language = f' lang="{source.language}"' if source.language else ""
    return (
        f'<article class="document"><h2>{text(source.title)}</h2>'
        f'<p class="source-facts">{text(" · ".join(filter(None, facts)))}</p>'
        f'{_pager(pages, anchor, phrases)}{part}<div class="document-text"{language}>{body}</div></article>'
    )


def _window(length: int, anchor: Anchor) -> tuple[int, int]:
    if length <= PAGE_WINDOW:
        return 0, length
    first = max(0, min(anchor.start - PAGE_WINDOW // 2, length - PAGE_WINDOW))
    return first, first + PAGE_WINDOW


def _pager(pages: Sequence[Page], anchor: Anchor, phrases: PagePhrases) -> str:
    if len(pages) == 1:
        return ""
    numbers = [page.number for page in pages]
    position = numbers.index(anchor.page)
    parts = []
    if position > 0:
        parts.append(open_button(Anchor(anchor.document, numbers[position - 1], 0, 0), phrases.previous_page))
    parts.append(f"<span>{text(phrases.page_of.format(page=anchor.page, pages=len(pages)))}</span>")
    if position + 1 < len(numbers):
        parts.append(open_button(Anchor(anchor.document, numbers[position + 1], 0, 0), phrases.next_page))
    return f'<p class="pager">{"".join(parts)}</p>'


def library(listed: Sequence[Source], phrases: PagePhrases) -> str:
    """The documents of the library, each with what is known about it."""
    if not listed:
        return hint(phrases.library_empty)
    entries = "".join(_entry(source, phrases) for source in listed)
    return f'<div class="library"><p class="hint">{text(phrases.library_note)}</p>{entries}</div>'


def _entry(source: Source, phrases: PagePhrases) -> str:
    facts = [
        (phrases.authors, text(", ".join(source.authors))),
        (phrases.publisher, text(source.publisher or "")),
        (phrases.date, text(date(source.date, phrases))),
        (phrases.language, text(phrases.language_names[source.language] if source.language else "")),
        (phrases.rights, text(source.rights or "")),
        (phrases.address, _link(source.url)),
    ]
    rows = "".join(f"<dt>{text(name)}</dt><dd>{value}</dd>" for name, value in facts if value)
    return (
        f'<article class="entry"><h3>{text(source.title)}</h3><dl class="facts">{rows}</dl>'
        f"<p>{open_button(Anchor(source.id, 1, 0, 0), phrases.open_document)}</p></article>"
    )
