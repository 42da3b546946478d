"""The records of a question answered: frozen, made by the assistant, shown by the page and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.datatypes import Anchor, Language


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    NOT_IN_SOURCES = "not_in_sources"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation that was read again from the stored page: `page.text[anchor.start:anchor.end] == quote`."""

    number: int
    """From 1, in the order of the markers in the answer."""
    anchor: Anchor
    title: str
    section: str | None
    quote: str
    language: Language
    url: str | None
    publisher: str | None
    date: str | None
    before: str
    """The page's text just before the quote, for display."""
    after: str
    """The page's text just after the quote, for display."""
    cells: tuple[tuple[str, str], ...] = ()
    """For a table row: (column, cell) in order."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Milliseconds spent."""

    total: float
    search: float
    read: float


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What one document gives as the value that is asked for or claimed."""

    value: str
    citation: int
    """The number of the citation that says so."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or an honest refusal with the nearest passages."""

    question: str
    language: Language
    outcome: Outcome
    text: str
    """Plain text; each sentence taken from a document is followed by its marker, as in `… 134 negara. [1]`."""
    short_answer: str | None
    confidence: float
    """The probability that the sources answer the question and this answer holds it, 0 to 1."""
    citations: tuple[Citation, ...]
    related: tuple[Citation, ...]
    """The nearest passages, when the outcome is NOT_IN_SOURCES: not an answer."""
    elapsed_ms: Elapsed
    values: tuple[StatedValue, ...] = ()
    """Where documents give different values: what each gives, the surest first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer in a conversation, oldest first where there are several."""

    question: str
    answer: Answer | None = None
