"""Turns values that differ between documents into a safe table; see render.py for how it stays safe."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chat_app.contract import values_with_sources
from chat_app.datatypes import Citation, StatedValue
from chat_app.phrases import PHRASES, PagePhrases
from chat_app.ui.safe_text import inert as text
from indexer.datatypes import Language


def date(value: str | None, phrases: PagePhrases) -> str:
    """An ISO date in words of a language: `2021-12-20` as 20 Desember 2021."""
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", value or "")
    if not match or not 1 <= int(match[2]) <= 12:
        return value or ""
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{phrases.months[int(match[2]) - 1]} {match[1]}"


def values_table(
    values: Sequence[StatedValue],
    citations: Sequence[Citation],
    language: Language,
    marker: Callable[[int], str] = lambda _: "",
) -> str:
    """What each document gives, a row each, with its publisher and date; nothing where they agree."""
    if not values:
        return ""
    phrases = PHRASES[language]
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in phrases.answer.value_columns)
    rows = []
    for value, citation in values_with_sources(values, citations):
        facts = (citation.title, citation.publisher or "–", date(citation.date, phrases.page) or "–")
        cells = "".join(f"<td>{text(fact)}</td>" for fact in facts)
        rows.append(
            f'<tr><th scope="row"><strong>{text(value.value)}</strong> {marker(value.citation)}</th>{cells}</tr>'
        )
    return (
        f'<div class="values"><table><caption>{text(phrases.answer.values_differ)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
