"""Turns values into text that is safe inside a `gr.Markdown`: the conversation and the page's own words.

Nothing from a document, a question or a file's name reaches the page but through `inert`, here `text`. Each
function returns one line of HTML, for Markdown leaves an HTML block alone up to the next blank line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from chat_app.datatypes import Answer, Outcome, Turn
from chat_app.phrases import PHRASES, PagePhrases
from chat_app.ui.render_values import values_table
from chat_app.ui.safe_text import inert as text
from indexer.datatypes import Language

FAIR_CONFIDENCE = 0.6
"""Below this the words say "low": such an answer is wrong in two cases of five or more."""
HIGH_CONFIDENCE = 0.85
"""From here on the words say "high": at most three answers in twenty are wrong."""

_MARKER = re.compile(r"(?<!\S)\[(\d{1,3})\](?=\s|$|\[)")


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
    if value.values:
        parts.append(values_table(value.values, value.citations, value.language, partial(_marker, turn)))
    elif value.short_answer:
        parts.append(f'<p class="short-answer"><strong>{text(value.short_answer)}</strong></p>')
    parts.append(f'<p class="answer-text">{_with_markers(value, turn)}</p>')
    parts.extend(f'<p class="answer-note">{text(note)}</p>' for note in _language_notes(value))
    parts.append(f'<p class="answer-note">{text(confidence(value))}</p>')
    return f'<div class="answer" lang="{value.language}">{"".join(parts)}</div>'


def _refusal(value: Answer, turn: int) -> str:
    phrases = PHRASES[value.language].answer
    if value.text == phrases.small_talk:
        return f'<div class="answer" lang="{value.language}"><p class="answer-text">{text(value.text)}</p></div>'
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
