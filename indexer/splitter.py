"""Documents to passages and sentences, each an exact slice of its page.

langchain-text-splitters proposes where a section is cut and sentencex where sentences end; the cuts are then
moved to the sentences' edges, so that a passage is a run of whole sentences. A table row is a passage of its own
that reads with its column headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.datatypes import Anchor, Document, Language, Page, Passage, Section, SectionKind, Sentence
from indexer.language import detect_language
from indexer.markup import flat

SPLITTER_VERSION = 4
"""Recorded in the index: passages made by another version are made again."""
PASSAGE_CHARACTERS = 800
"""Aim for the length of a passage."""
SENTENCE_CHARACTERS = 600
"""A longer sentence (a list run into one) is cut at its inner marks, so that a citation stays readable."""
WINDOW_CHARACTERS = 5_000
"""A longer paragraph is no paragraph; it is segmented piece by piece."""
MAX_WINDOW_SENTENCES = 500
"""More than this, under ten characters each, is no language: it is kept as one and cut by length."""
MIN_LANGUAGE_WORDS = 6
"""Fewer words than this say too little of their language; the document's holds then."""

_ENTRY = re.compile(r"(?:(?<=\. )|(?<=Scholar ))(?=[A-Z][\w’'-]+, [A-Z][^()\n]{0,120}\(\d{4}[a-z]?\))")
_PARAGRAPH = re.compile(r"[^\n]+")
_STARTS_OPEN = re.compile(r"^(?:[a-zà-ÿ(,;)\]–]|\d+[).,;]\s)")
_ENDS_OPEN = re.compile(
    r"(?:\b(?:dkk|et al|hlm|vs|cf|bdk|lih|mis|ibid|op|cit|e\.g|i\.e|a\.l|yg|jl|jln|rp|ir|moh|muh|hj|bpk|sdr|jend|kab|"
    r"kec|gbr)\.|\(\w+\.)$",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"(?:^|\s)\(?(?:\d{1,2}|[a-z])[.)]$")


def split(document: Document) -> list[Passage]:
    """The passages of a document, in order of page and place."""
    language = document.source.language or detect_language(" ".join(page.text[:2000] for page in document.pages[:5]))
    passages: list[Passage] = []
    for page in document.pages:
        for section in page.sections:
            if section.kind is SectionKind.TABLE:
                passages.extend(_rows(document.source.id, page, section, language))
            else:
                passages.extend(_prose(document.source.id, page, section, language))
    return passages


def _rows(document: str, page: Page, section: Section, language: Language) -> Iterator[Passage]:
    """One passage per table row."""
    for line in _PARAGRAPH.finditer(page.text, section.start, section.end):
        text = line[0]
        start, end = _trim(page.text, line.start(), line.end())
        if start == end:
            continue
        cells = tuple(_cells(text, section.columns))
        reading = "; ".join(f"{column}: {cell}" if column else cell for column, cell in cells if cell)
        anchor = Anchor(document, page.number, start, end)
        slice_ = page.text[start:end]
        yield Passage(
            anchor, section.kind, section.heading, language, slice_, reading,
            (Sentence(anchor, slice_, reading),), cells,
        )  # fmt: skip


def _cells(row: str, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, cell in enumerate(row.split("\t")):
        yield (columns[number].strip() if number < len(columns) else ""), cell.strip()


def _prose(document: str, page: Page, section: Section, language: Language) -> Iterator[Passage]:
    """The passages of a section of running text: runs of whole sentences."""
    spans = _entries if section.kind is SectionKind.REFERENCES else sentence_spans
    sentences = [
        Sentence(Anchor(document, page.number, start, end), page.text[start:end], flat(page.text[start:end]))
        for start, end in spans(page.text, section.start, section.end, language)
    ]
    cuts = _cuts(page.text[section.start : section.end])
    run: list[Sentence] = []
    at = 0
    for sentence in sentences:
        middle = (sentence.anchor.start + sentence.anchor.end) // 2 - section.start
        passed = at
        while passed < len(cuts) and cuts[passed] <= middle:
            passed += 1
        if run and passed > at:
            yield _passage(page, section, run, language)
            run = []
        at = passed
        run.append(sentence)
    if run:
        yield _passage(page, section, run, language)


def _entries(text: str, start: int, end: int, _: Language) -> Iterator[tuple[int, int]]:
    """The (start, end) of each entry of a bibliography: author, year and title belong together.

    An entry is a line, or begins in one where an author and a year follow the end of another.
    """
    for line in _PARAGRAPH.finditer(text, start, end):
        cuts = [line.start(), *(m.start() for m in _ENTRY.finditer(text, line.start(), line.end())), line.end()]
        for first, last in pairwise(cuts):
            yield from _shorten(text, first, last)


def _passage(page: Page, section: Section, run: Sequence[Sentence], language: Language) -> Passage:
    first, last = run[0].anchor, run[-1].anchor
    anchor = Anchor(first.document, first.page, first.start, last.end)
    text = page.text[anchor.start : anchor.end]
    if len(text.split()) >= MIN_LANGUAGE_WORDS:
        language = detect_language(text, default=language)
    return Passage(anchor, section.kind, section.heading, language, text, flat(text), tuple(run))


def _cuts(text: str) -> list[int]:
    """Offsets where a section is best cut into passages of about PASSAGE_CHARACTERS."""
    if len(text) <= PASSAGE_CHARACTERS:
        return []
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=PASSAGE_CHARACTERS,
        chunk_overlap=0,
        separators=["\n\n", "\n", ". ", "; ", ", ", " ", ""],
        keep_separator="end",
        add_start_index=True,
    )
    return [int(piece.metadata["start_index"]) for piece in splitter.create_documents([text])[1:]]


def sentence_spans(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence of `text[start:end]`, without white space around it.

    No sentence crosses a line end; none is longer than SENTENCE_CHARACTERS by much.
    """
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        spans = _paragraph_spans(paragraph[0], language)
        for first, last in spans:
            for piece_start, piece_end in _shorten(text, paragraph.start() + first, paragraph.start() + last):
                if piece_start < piece_end:
                    yield piece_start, piece_end


def _paragraph_spans(paragraph: str, language: Language) -> list[tuple[int, int]]:
    """Sentence spans of one line, in pieces that the segmenter, which is quadratic, ends in good time."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(paragraph):
        window = paragraph[start : start + WINDOW_CHARACTERS]
        if start + len(window) < len(paragraph):
            window = window[: max(window.rfind(". ") + 1, 0) or max(window.rfind(" "), 0) or len(window)]
        spans.extend((start + first, start + last) for first, last in _window_spans(window, language))
        start += len(window)
    return spans


def _window_spans(paragraph: str, language: Language) -> list[tuple[int, int]]:
    """Sentence spans from sentencex, with its cuts after abbreviations and enumerators undone."""
    from sentencex import segment

    spans: list[tuple[int, int]] = []
    at = 0
    found = segment(language, paragraph)
    if len(found) > MAX_WINDOW_SENTENCES:
        return [(0, len(paragraph))]
    for sentence in found:
        first, place = at, paragraph.find(sentence, at)
        if place < 0:  # the segmenter changed a character: keep the rest whole rather than misplace it
            break
        at = place + len(sentence)
        if not sentence.strip():
            continue
        before = paragraph[spans[-1][0] : spans[-1][1]].rstrip() if spans else ""
        if spans and (_STARTS_OPEN.match(sentence) or _ENDS_OPEN.search(before) or _ENUMERATOR.search(before)):
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((first, at))
    if at < len(paragraph) and paragraph[at:].strip():
        spans.append((at, len(paragraph)))
    return spans


def _shorten(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence's span, cut at semicolons, then commas, then spaces where it is too long."""
    start, end = _trim(text, start, end)
    while end - start > SENTENCE_CHARACTERS:
        window = text[start : start + SENTENCE_CHARACTERS]
        cut = max(window.rfind("; "), 0) or max(window.rfind(", "), 0) or max(window.rfind(" "), 0)
        middle = start + (cut + 1 if cut else SENTENCE_CHARACTERS)
        yield _trim(text, start, middle)
        start, end = _trim(text, middle, end)
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
