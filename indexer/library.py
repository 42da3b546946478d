"""The library's records in one SQLite file: sources, pages, passages, sentences. Written once, then read only."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer.datatypes import Anchor, Document, Page, Passage, Section, SectionKind, Sentence, Source
from indexer.errors import IndexDamaged, IndexerError, IndexStorageError
from indexer.markup import flat

KEPT_PASSAGES = 2_000
"""Passages kept in memory: the file never changes."""

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL,
    seen_ns INTEGER NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE pages (
    document TEXT NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL, sections TEXT NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document TEXT NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, kind TEXT NOT NULL, section TEXT, language TEXT NOT NULL, text TEXT NOT NULL,
    cells TEXT NOT NULL, reading TEXT, first_sentence INTEGER NOT NULL, sentences INTEGER NOT NULL
);
CREATE INDEX passages_by_document ON passages (document);
CREATE TABLE sentences (id INTEGER PRIMARY KEY, start INTEGER NOT NULL, end INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class FileState:
    """How a document's file looked when it was read: enough to tell later, without reading, that it is the same."""

    size: int
    modified_ns: int
    seen_ns: int
    """The clock when the file was looked at; a file modified about then may have changed once more unseen."""
    sha256: str


def write_library(path: Path, documents: Iterable[tuple[Document, FileState]], passages: Sequence[Passage]) -> None:
    """Write documents and passages to a new file; ids of passages and sentences count from 0 in the given order."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        for document, state in documents:
            connection.execute(
                "INSERT INTO documents VALUES (?,?,?,?,?,?)",
                (document.source.id, _dump(asdict(document.source)), state.size, state.modified_ns, state.seen_ns,
                 state.sha256),
            )  # fmt: skip
            connection.executemany(
                "INSERT INTO pages VALUES (?,?,?,?)",
                [
                    (document.source.id, page.number, page.text, _dump([asdict(s) for s in page.sections]))
                    for page in document.pages
                ],
            )
        connection.executemany("INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", _passage_rows(passages))
        spans = ((s.anchor.start, s.anchor.end) for passage in passages for s in passage.sentences)
        connection.executemany(
            "INSERT INTO sentences VALUES (?,?,?)", ((number, *span) for number, span in enumerate(spans))
        )
        connection.commit()
    except sqlite3.Error as error:
        raise IndexStorageError(f"{path} cannot be written: {error}. Check the space on its disk.") from error
    finally:
        connection.close()


def _passage_rows(passages: Sequence[Passage]) -> Iterator[tuple[object, ...]]:
    first = 0
    for number, p in enumerate(passages):
        a = p.anchor
        reading = None if p.reading == flat(p.text) else p.reading
        yield (
            number, a.document, a.page, a.start, a.end, p.kind.value, p.section, p.language, p.text,
            _dump(p.cells), reading, first, len(p.sentences),
        )  # fmt: skip
        first += len(p.sentences)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Library:
    """Reads what `write_library` wrote; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._kept: dict[int, Passage] = {}
        self.sources: dict[str, Source] = {}
        self.states: dict[str, FileState] = {}
        for identifier, source, *state in self._rows("SELECT * FROM documents ORDER BY id"):
            fields = json.loads(source)
            fields["authors"] = tuple(fields["authors"])
            self.sources[identifier] = Source(**fields)
            self.states[identifier] = FileState(*state)

    def source(self, document: str) -> Source:
        """One document's source. Raises IndexerError where the library has no such document."""
        if document not in self.sources:
            known = ", ".join(list(self.sources)[:20])
            raise IndexerError(f"No document {document!r} in the library. It holds: {known}")
        return self.sources[document]

    def pages(self, document: str) -> tuple[Page, ...]:
        """The pages of a document. Raises IndexerError where the library has no such document."""
        self.source(document)
        rows = self._rows("SELECT number, text, sections FROM pages WHERE document=? ORDER BY number", document)
        return tuple(Page(number, text, tuple(map(_section, json.loads(found)))) for number, text, found in rows)

    def page_text(self, document: str, number: int) -> str:
        """The text of one page. Raises IndexerError where there is none."""
        rows = self._rows("SELECT text FROM pages WHERE document=? AND number=?", document, number)
        if not rows:
            raise IndexerError(f"No page {number} of document {document!r} in the library.")
        return str(rows[0][0])

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with these ids, in their order; those read of late are kept."""
        found = {int(i): self._kept.get(int(i)) for i in ids}
        missing = [i for i, passage in found.items() if passage is None]
        for at in range(0, len(missing), 500):
            chunk = missing[at : at + 500]
            marks = ",".join("?" * len(chunk))
            for row in self._rows(f"SELECT * FROM passages WHERE id IN ({marks})", *chunk):  # noqa: S608 - only marks
                found[row[0]] = self._passage(row)
        if len(self._kept) > KEPT_PASSAGES:
            self._kept = {}
        self._kept.update((i, passage) for i, passage in found.items() if passage is not None)
        return [passage for i in ids if (passage := found[int(i)]) is not None]

    def document_passages(self, document: str) -> list[tuple[int, Passage]]:
        """The passages of one document with their ids, in order."""
        rows = self._rows("SELECT * FROM passages WHERE document=? ORDER BY id", document)
        return [(row[0], self._passage(row)) for row in rows]

    def outline(self) -> list[tuple[str, str, str, int, int]]:
        """(document, kind, language, first sentence, number of sentences) of every passage, in order of id."""
        return self._rows("SELECT document, kind, language, first_sentence, sentences FROM passages ORDER BY id")

    def readings(self) -> Iterator[str]:
        """What is searched of every passage, in order of id."""
        for text, reading in self._rows("SELECT text, reading FROM passages ORDER BY id"):
            yield reading if reading is not None else flat(text)

    def _passage(self, row: tuple[Any, ...]) -> Passage:
        (_, document, page, start, end, kind, section, language, text, cells, reading, first, count) = row
        full = reading if reading is not None else flat(text)
        spans = self._rows("SELECT start, end FROM sentences WHERE id>=? AND id<? ORDER BY id", first, first + count)
        sentences = []
        for s, e in spans:
            piece = text[s - start : e - start]
            piece_reading = full if kind == SectionKind.TABLE else flat(piece)
            sentences.append(Sentence(Anchor(document, page, s, e), piece, piece_reading))
        return Passage(
            Anchor(document, page, start, end), SectionKind(kind), section, language, text, full, tuple(sentences),
            tuple((column, cell) for column, cell in json.loads(cells)),
        )  # fmt: skip

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                if self._connection is None:
                    # One connection for all threads: a thread that came later could not open a file that a newer
                    # generation has swept away. The file never changes, so SQLite needs no lock on it.
                    uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
                    self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise IndexDamaged(f"{self._path}: {error}. Run `tanya index` to rebuild it.") from error


def _section(fields: dict[str, Any]) -> Section:
    return Section(**{**fields, "kind": SectionKind(fields["kind"]), "columns": tuple(fields["columns"])})
