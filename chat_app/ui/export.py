"""An answer as Markdown that can be kept: its words, its quotations, and the exact place of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat_app.contract import values_with_sources
from chat_app.datatypes import Answer, Citation, Outcome, StatedValue
from chat_app.phrases import PHRASES, ExportPhrases
from chat_app.ui.render import confidence
from chat_app.ui.safe_text import visible, web_address

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_LINE_START = re.compile(r"(?m)^(\s*)([-+=]|\d+(?=[.)]))")


def markdown(answer: Answer) -> str:
    """The answer with its citations as a Markdown document in the question's language."""
    phrases = PHRASES[answer.language].export
    refused = answer.outcome is Outcome.NOT_IN_SOURCES
    parts = [f"# {_line(answer.question)}", f"## {phrases.answer}"]
    if refused:
        parts.append(f"**{PHRASES[answer.language].answer.refusal_title}.** {_line(answer.text)}")
    else:
        if answer.values:
            parts.append(f"**{_line(PHRASES[answer.language].answer.values_differ)}:**")
            parts.append("\n".join(_value(*stated) for stated in values_with_sources(answer.values, answer.citations)))
        elif answer.short_answer:
            parts.append(f"**{_line(answer.short_answer)}**")
        parts.append(_with_markers(answer))
    parts.append(_line(confidence(answer)))
    shown = answer.related if refused else answer.citations
    if shown:
        parts.append(f"## {phrases.related if refused else phrases.sources}")
        parts.extend(_citations(shown, phrases))
    parts += ["---", phrases.made_by]
    return "\n\n".join(parts) + "\n"


def _value(value: StatedValue, citation: Citation) -> str:
    facts = " · ".join(filter(None, [citation.title, citation.publisher, citation.date]))
    return f"- **{_line(value.value)}** · {_line(facts)} [{citation.number}]"


def file_name(answer: Answer) -> str:
    """A name for the file that says what was asked, safe on every system."""
    words = re.findall(r"[^\W_]+", answer.question.lower())
    stem = "-".join(words)[:60].strip("-").encode("ascii", "ignore").decode()
    return f"tanya-{stem}.md" if stem else "tanya.md"


def escape(value: str) -> str:
    """Text that Markdown shows as it is, line by line."""
    escaped = _SPECIAL.sub(r"\\\1", visible(value))
    return _LINE_START.sub(lambda match: f"{match[1]}{_guard(match[2])}", escaped)


def _guard(start: str) -> str:
    # A digit cannot be escaped: the first one of a would-be list's number becomes a character reference.
    return f"&#{ord(start[0])};{start[1:]}" if start[0].isdigit() else f"\\{start}"


def _line(value: str) -> str:
    return escape(" ".join(value.split()))


def _with_markers(answer: Answer) -> str:
    numbers = "|".join(str(citation.number) for citation in answer.citations) or "(?!)"
    return re.sub(rf"\\\[({numbers})\\\]", r"[\1]", _line(answer.text))


def _citations(citations: Sequence[Citation], phrases: ExportPhrases) -> list[str]:
    return [part for citation in citations for part in _citation(citation, phrases)]


def _citation(citation: Citation, phrases: ExportPhrases) -> list[str]:
    anchor = citation.anchor
    facts = " · ".join(filter(None, [citation.publisher, citation.date]))
    head = f"**[{citation.number}] {_line(citation.title)}**" + (f" · {_line(facts)}" if facts else "")
    quote = "\n".join(f"> {line}" for line in escape(citation.quote).split("\n"))
    place = phrases.place.format(document=_line(anchor.document), page=anchor.page, start=anchor.start, end=anchor.end)
    lines = [place]
    if citation.section:
        lines.append(f"{phrases.section}: {_line(citation.section)}")
    if address := web_address(citation.url):
        lines.append(f"<{address}>" if not re.search(r"[\s<>]", address) else _line(address))
    return [head, quote, "  \n".join(lines)]
