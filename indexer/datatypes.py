"""The records that flow from a file to a ranked passage. Frozen, with no dependency.

Offsets everywhere count Python characters (Unicode code points) in one page's text, and
`page.text[start:end]` is the unit of trust: what is shown as a quotation is that slice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


class SectionKind(StrEnum):
    """What a part of a page is for. Only the first three may serve as an answer's evidence."""

    BODY = "body"
    FRONT_MATTER = "front_matter"
    TABLE = "table"
    REFERENCES = "references"
    FURNITURE = "furniture"


EVIDENCE_KINDS = frozenset({SectionKind.BODY, SectionKind.FRONT_MATTER, SectionKind.TABLE})


@dataclass(frozen=True, slots=True)
class Section:
    """A run of one page's text with one purpose, under one heading."""

    kind: SectionKind
    start: int
    end: int
    heading: str | None = None
    columns: tuple[str, ...] = ()
    """A table's column headers; empty for every other kind."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is read and cited: text with its markup taken off. Numbered from 1."""

    number: int
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What is known about a document besides its text."""

    id: str
    title: str
    file: str
    """The path relative to the corpus folder, with forward slashes."""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    """ISO 8601: a year, a month or a day."""
    language: Language | None = None
    url: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source and its pages."""

    source: Source
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The exact place of a text: `page.text[start:end]` of that document's page."""

    document: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a list item or a table row: the smallest thing that is cited."""

    anchor: Anchor
    text: str
    """The exact slice."""
    reading: str
    """What is encoded and shown in an answer: the slice with its line breaks as spaces, or a table row as
    `column: cell; …`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of sentences of one section: the unit of search."""

    anchor: Anchor
    kind: SectionKind
    section: str | None
    """The heading it stands under."""
    language: Language
    text: str
    """The exact slice."""
    reading: str
    """What is searched; see `Sentence.reading`."""
    sentences: tuple[Sentence, ...]
    cells: tuple[tuple[str, str], ...] = ()
    """A table row's (column, cell) in order; empty for every other kind."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. Scores: higher is better."""

    passage_id: int
    passage: Passage
    score: float
    """The fused score that the hits are ordered by."""
    dense: float
    """Cosine of the query and the passage, each with its language's mean taken off."""
    sparse: float
    """BM25, as a share of the best that this query reaches in the passage's language."""
