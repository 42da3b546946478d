"""Turns values into text that is safe inside a `gr.Markdown` or a `gr.Chatbot`.

Nothing from a document, a question or a file's name reaches the page but through `inert`, here `text`. Each
function returns one line of HTML, for Markdown leaves an HTML block alone up to the next blank line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from chat_app.datatypes import Answer, Citation, Outcome, Turn
from chat_app.phrases import PHRASES, PagePhrases
from chat_app.ui.safe_text import inert as text
from chat_app.ui.safe_text import web_address
from indexer.datatypes import Anchor, Language, Page, Source

FAIR_CONFIDENCE = 0.6
"""Below this the words say "low": such an answer is wrong in two cases of five or more."""
HIGH_CONFIDENCE = 0.85
"""From here on the words say "high": at most three answers in twenty are wrong."""

PAGE_WINDOW = 150_000
"""Characters of one page shown at once: a browser stays quick, and no printed page comes near it."""

_BLANK_LINES = re.compile(r"\s*\n\s*")
_MARKER = re.compile(r"(?<!\S)\[(\d{1,3})\](?=\s|$|\[)")


def date(value: str | None, phrases: PagePhrases) -> str:
    """An ISO date in words of the page's language: `2021-12-20` as 20 Desember 2021."""
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", value or "")
    if not match or not 1 <= int(match[2]) <= 12:
        return value or ""
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{phrases.months[int(match[2]) - 1]} {match[1]}"


def confidence(answer: Answer) -> str:
    """The answer's confidence as a word and a number, in the question's language."""
    phrases = PHRASES[answer.language].answer
    reached = sum(answer.confidence >= bound for bound in (FAIR_CONFIDENCE, HIGH_CONFIDENCE))
    word = phrases.confidence_words[reached]
    return f"{phrases.confidence}: {word} ({round(100 * answer.confidence)}%)"


def conversation(turns: Sequence[Turn], phrases: PagePhrases, asked: str | None = None) -> str:
    """The conversation so far, and at its end the question that is being answered."""
    blocks = [
        _exchange(turn.question, answer(turn.answer, number))
        for number, turn in enumerate(turns, start=1)
        if turn.answer
    ]
    if asked is not None:
        waiting = f'<div class="answer pending" role="status">{text(phrases.searching)}</div>'
        blocks.append(_exchange(asked, waiting))
    return "\n\n".join(blocks) or _placeholder(phrases)


def _exchange(question: str, reply: str) -> str:
    return f'<section class="exchange"><p class="question">{text(question)}</p>{reply}</section>'


def answer(value: Answer, turn: int) -> str:
    """An answer or a refusal, its markers leading to the sources of that turn."""
    if value.outcome is Outcome.NOT_IN_SOURCES:
        return _refusal(value, turn)
    parts = []
    if value.short_answer:
        parts.append(f'<p class="short-answer"><strong>{text(value.short_answer)}</strong></p>')
    parts.append(f'<p class="answer-text">{_with_markers(value, turn)}</p>')
    parts.extend(f'<p class="answer-note">{text(note)}</p>' for note in _language_notes(value))
    parts.append(f'<p class="answer-note">{text(confidence(value))}</p>')
    return f'<div class="answer" lang="{value.language}">{"".join(parts)}</div>'


def _refusal(value: Answer, turn: int) -> str:
    phrases = PHRASES[value.language].answer
    said = value.text.strip() or phrases.not_in_sources
    note = phrases.refusal_related if value.related else phrases.refusal_nothing
    markers = "".join(_marker(turn, citation.number) for citation in value.related)
    return (
        f'<div class="answer refusal" lang="{value.language}">'
        f'<p class="refusal-title"><strong>{text(phrases.refusal_title)}</strong></p>'
        f'<p class="answer-text">{text(said)}</p>'
        f'<p class="answer-note">{text(note)} {markers}</p>'
        f'<p class="answer-note">{text(confidence(value))}</p></div>'
    )


def _language_notes(value: Answer) -> list[str]:
    foreign = {citation.language for citation in value.citations} - {value.language}
    return [PHRASES[value.language].answer.quotes_in[language] for language in sorted(foreign)]


def _with_markers(value: Answer, turn: int) -> str:
    known = {citation.number for citation in value.citations}
    parts, end = [], 0
    for match in _MARKER.finditer(value.text):
        if int(match[1]) in known:
            parts += [text(value.text[end : match.start()]), _marker(turn, int(match[1]))]
            end = match.end()
    return "".join([*parts, text(value.text[end:])])


def _marker(turn: int, number: int) -> str:
    return f'<a class="marker" href="#{source_id(turn, number)}">&#91;{number}&#93;</a>'


def source_id(turn: int, number: int) -> str:
    """The page's id for one source of one turn."""
    return f"source-{turn}-{number}"


def notice(value: str) -> str:
    """A message to the user, beside the input."""
    return f'<div class="notice" role="alert">{text(value)}</div>' if value else ""


def failure(value: str) -> str:
    """A message in the place of an answer."""
    return f'<div class="answer failure" role="alert">{text(value)}</div>'


def hint(value: str) -> str:
    """A quiet line where a panel has nothing to show yet."""
    return f'<div class="hint">{text(value)}</div>'


def header(phrases: PagePhrases, language: Language) -> str:
    """The page's name and what it does; its `lang` tells page.js the page's language."""
    return (
        f'<header class="masthead" lang="{language}"><h1>Tanya Selatan</h1>'
        f'<p class="tagline">{text(phrases.tagline)}</p></header>'
    )


def _placeholder(phrases: PagePhrases) -> str:
    return (
        f'<div class="placeholder"><p class="placeholder-title">{text(phrases.placeholder_title)}</p>'
        f"<p>{text(phrases.placeholder)}</p></div>"
    )


def sources(turns: Sequence[Turn], phrases: PagePhrases, library: Sequence[Source] = ()) -> str:
    """The sources of every answer of the conversation, one block a turn; the newest is the current one."""
    answered = [(number, turn.answer) for number, turn in enumerate(turns, start=1) if turn.answer]
    if not answered:
        return hint(phrases.sources_empty)
    known = {source.id: source for source in library}
    newest = answered[-1][0]
    blocks = [_turn_sources(value, number, number == newest, phrases, known) for number, value in answered]
    return "\n\n".join(blocks)


def _turn_sources(
    value: Answer, turn: int, current: bool, phrases: PagePhrases, known: dict[str, Source]
) -> str:
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


def _source(
    citation: Citation, turn: int, related: bool, phrases: PagePhrases, known: dict[str, Source]
) -> str:
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
        f"{_quotation(citation)}"
        f'<p class="source-links">{_open_button(anchor, phrases.open_in_document)}{_link(citation.url)}</p>'
        "</article>"
    )


def _quotation(citation: Citation) -> str:
    if citation.cells:
        rows = "".join(
            f"<dt>{text(name)}</dt><dd><mark>{text(cell)}</mark></dd>" for name, cell in citation.cells
        )
        return f'<dl class="row-cells" lang="{citation.language}">{rows}</dl>'
    before, after = (_BLANK_LINES.sub("\n", side) for side in (citation.before, citation.after))
    if citation.anchor.start > len(citation.before):
        before = f"… {before.lstrip()}"
    if after.strip():
        after = f"{after.rstrip()} …"
    return (
        f'<blockquote class="passage" lang="{citation.language}">{text(before)}'
        f"<mark>{text(citation.quote)}</mark>{text(after)}</blockquote>"
    )


def _link(address: str | None) -> str:
    safe = web_address(address)
    if not safe:
        return ""
    return (
        f'<a class="outside" href="{text(safe)}" target="_blank" rel="noopener noreferrer">{text(safe)}</a>'
    )


def _open_button(anchor: Anchor, label: str, kind: str = "open") -> str:
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
        parts.append(
            _open_button(Anchor(anchor.document, numbers[position - 1], 0, 0), phrases.previous_page)
        )
    parts.append(f"<span>{text(phrases.page_of.format(page=anchor.page, pages=len(pages)))}</span>")
    if position + 1 < len(numbers):
        parts.append(_open_button(Anchor(anchor.document, numbers[position + 1], 0, 0), phrases.next_page))
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
        f"<p>{_open_button(Anchor(source.id, 1, 0, 0), phrases.open_document)}</p></article>"
    )
