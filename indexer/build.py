"""Bring an index up to date with its corpus: read what changed, keep the rest, switch in one step."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.aliases import find_groups
from indexer.centring import (
    QUESTION_SHARE,
    centre,
    everyday_passages,
    everyday_sentences,
    language_means,
    question_shift,
)
from indexer.corpus import CorpusFile, read_corpus
from indexer.datatypes import LANGUAGES, Document, Language, Passage, SectionKind, Source
from indexer.dense import DenseIndex
from indexer.encoder import Encoder
from indexer.errors import CorpusError, IndexStorageError, LoadError
from indexer.index import PassageIndex
from indexer.library import FileState, Library, write_library
from indexer.loaders import LOADERS, load
from indexer.sparse import SparseIndex
from indexer.splitter import SPLITTER_VERSION, split
from indexer.stemming import STEMMING_VERSION
from indexer.storage import GenerationWriter, open_generation

CLOCK_GRAIN_NS = 2_000_000_000
"""A file modified less than this before it was read may have changed again within the clock's grain (2 s on FAT)."""

Progress = Callable[[str, int, int], None]
"""Called with the step's name, the items done and the items in all."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was left out, and why."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update did. Nothing was written where `changed` is false."""

    read: tuple[str, ...]
    """Ids of the documents that were read."""
    unchanged: int
    removed: tuple[str, ...]
    failures: tuple[Failure, ...]
    documents: int
    passages: int
    seconds: float
    changed: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document of the index before, taken over as it is."""

    document: Document
    state: FileState
    passages: list[Passage]
    vectors: npt.NDArray[np.float16]
    sentence_vectors: npt.NDArray[np.float16]


def update(root: Path, corpus: Path, encoder: Encoder, *, progress: Progress = lambda *_: None) -> UpdateReport:
    """Make the index in `root` hold what `corpus` holds now.

    A file that cannot be read is reported and left out. Raises CorpusError where there is no document to index,
    IndexBusy while another process writes, IndexStorageError where the disk refuses; the index stays as it was.
    """
    started = time.perf_counter()
    files = read_corpus(corpus)
    if not files:
        raise CorpusError(f"{corpus}: no documents. Put {', '.join(LOADERS)} files there.")
    previous = _open_previous(root, encoder)
    plan = _Plan(previous, files)
    for done, file in enumerate(files):
        progress("read", done, len(files))
        plan.take(file)
    progress("read", len(files), len(files))
    if not plan.taken:
        details = "; ".join(failure.message for failure in plan.failures)
        raise CorpusError(f"{corpus}: none of its {len(files)} files could be read. {details}")
    removed = tuple(sorted(set(previous.states if previous else ()) - {f.source.id for f in files}))
    gone = set(previous.states if previous else ()) - set(plan.taken)
    changed = bool(plan.read or gone or plan.restamped) or previous is None
    kept = previous.passages if previous else 0
    passages = _write(root, plan, encoder, progress) if changed else kept
    return UpdateReport(
        tuple(sorted(plan.read)), len(plan.taken) - len(plan.read), removed, tuple(plan.failures),
        len(plan.taken), passages, time.perf_counter() - started, changed,
    )  # fmt: skip


class _Previous:
    """The index before this update, as far as it can be used again."""

    def __init__(self, index: PassageIndex) -> None:
        self._index = index
        self._library = Library(index.generation.path("library.sqlite"))
        self.states = self._library.states
        self.sources = self._library.sources
        self.passages = len(index)

    def keep(self, identifier: str, state: FileState) -> _Kept:
        rows = self._index.document_passages(identifier)
        vectors, sentence_vectors = self._index.stored_vectors([number for number, _ in rows])
        document = Document(self.sources[identifier], self._index.pages(identifier))
        return _Kept(document, state, [passage for _, passage in rows], vectors, sentence_vectors)


def _open_previous(root: Path, encoder: Encoder) -> _Previous | None:
    """The index before; None where there is none that can be built upon."""
    try:
        made_by = open_generation(root).settings
        if (made_by.get("splitter"), made_by.get("stemming")) != (SPLITTER_VERSION, STEMMING_VERSION):
            return None
        return _Previous(PassageIndex.open(root, encoder))
    except IndexStorageError:
        return None


class _Plan:
    """Decides for each file whether it is read or taken over, and collects both."""

    def __init__(self, previous: _Previous | None, files: Sequence[CorpusFile]) -> None:
        self._previous = previous
        self.taken: dict[str, _Kept | tuple[Document, FileState]] = {}
        self.read: list[str] = []
        self.restamped = False
        """Whether a file's times changed and its content did not: worth recording, so it is not hashed again."""
        self.failures: list[Failure] = []

    def take(self, file: CorpusFile) -> None:
        try:
            self._take(file)
        except LoadError as error:
            self.failures.append(Failure(file.source.file, str(error)))
        except OSError as error:
            message = f"{file.path}: cannot be read ({error.strerror or error}). Check its permissions."
            self.failures.append(Failure(file.source.file, message))

    def _take(self, file: CorpusFile) -> None:
        identifier = file.source.id
        stat = file.path.stat()
        seen = time.time_ns()
        known = self._previous.states.get(identifier) if self._previous else None
        if self._previous and known and self._previous.sources[identifier] == file.source:
            same_stat = (known.size, known.modified_ns) == (stat.st_size, stat.st_mtime_ns)
            if same_stat and known.modified_ns < known.seen_ns - CLOCK_GRAIN_NS:
                self.taken[identifier] = self._previous.keep(identifier, known)
                return
            if known.size == stat.st_size and known.sha256 == _sha256(file.path):
                state = FileState(stat.st_size, stat.st_mtime_ns, seen, known.sha256)
                self.restamped |= not same_stat
                self.taken[identifier] = self._previous.keep(identifier, state)
                return
        document = load(file.path, file.source)
        state = FileState(stat.st_size, stat.st_mtime_ns, seen, _sha256(file.path))
        self.taken[identifier] = (document, state)
        self.read.append(identifier)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def searchable(passage: Passage, source: Source) -> str:
    """What of a passage is encoded and searched: its words after the title and the heading they stand under."""
    title = source.title if source.title != source.id else None
    # A byline says a date or a name and nothing else: whose it is stands in the sources' list.
    about = (*source.authors, source.publisher) if passage.kind is SectionKind.FRONT_MATTER else ()
    context = " – ".join(part for part in (title, *about, passage.section) if part)
    return f"{context}\n{passage.reading}" if context else passage.reading


def _write(root: Path, plan: _Plan, encoder: Encoder, progress: Progress) -> int:
    """Encode what was read, write a new generation and switch to it; the number of passages."""
    documents: list[tuple[Document, FileState]] = []
    passages: list[Passage] = []
    texts: dict[str, int] = {}
    wanted: list[int | npt.NDArray[np.float16]] = []
    wanted_sentences: list[int | npt.NDArray[np.float16] | None] = []

    def row(text: str) -> int:
        return texts.setdefault(text, len(texts))

    for identifier in sorted(plan.taken):
        taken = plan.taken[identifier]
        if isinstance(taken, _Kept):
            documents.append((taken.document, taken.state))
            passages.extend(taken.passages)
            wanted.extend(taken.vectors)
            wanted_sentences.extend(taken.sentence_vectors)
            continue
        document, _ = taken
        documents.append(taken)
        for passage in split(document):
            passages.append(passage)
            wanted.append(row(searchable(passage, document.source)))
            is_text = passage.kind is not SectionKind.FURNITURE
            wanted_sentences.extend(row(s.reading) if is_text else None for s in passage.sentences)
    with GenerationWriter(root) as writer:
        encoded = encoder.encode_document(list(texts), progress=lambda done, total: progress("encode", done, total))
        stored = encoded.astype(np.float16)
        nothing = np.zeros(encoder.dimension, np.float16)
        vectors = _gather(wanted, stored, nothing)
        sentence_vectors = _gather(wanted_sentences, stored, nothing)
        progress("write", 0, 1)
        sources = {document.source.id: document.source for document, _ in documents}
        write_library(writer.path("library.sqlite"), documents, passages)
        groups = find_groups(page.text for document, _ in documents for page in document.pages)
        writer.path("aliases.json").write_text(json.dumps(groups, ensure_ascii=False), encoding="utf-8")
        languages = [passage.language for passage in passages]
        everyday = everyday_passages(encoder.encode_document)
        means = language_means(vectors.astype(np.float32), languages, everyday)
        question_means = np.stack([means[tag] for tag in LANGUAGES])
        question_means += QUESTION_SHARE * question_shift(everyday, encoder.encode_query)
        _save(writer.path("passages.npy"), vectors)
        _save(writer.path("sentences.npy"), sentence_vectors)
        _save(writer.path("means.npy"), np.stack([means[tag] for tag in LANGUAGES]))
        _save(writer.path("question_means.npy"), question_means)
        _save(writer.path("everyday.npy"), everyday_sentences(encoder.encode_document))
        for language in LANGUAGES:
            rows = np.flatnonzero(np.array([tag == language for tag in languages], dtype=bool))
            if len(rows):
                dense = DenseIndex.build(centre(vectors[rows].astype(np.float32), means[language]))
                dense.write(writer.path(f"dense-{language}.faiss"))
                _write_sparse(
                    writer,
                    [searchable(passages[i], sources[passages[i].anchor.document]) for i in rows],
                    language,
                )
        writer.commit(
            {"encoder": encoder.fingerprint, "splitter": SPLITTER_VERSION, "stemming": STEMMING_VERSION,
             "documents": len(documents), "passages": len(passages), "sentences": len(sentence_vectors)}
        )  # fmt: skip
        progress("write", 1, 1)
    return len(passages)


def _write_sparse(writer: GenerationWriter, texts: Sequence[str], language: Language) -> None:
    sparse = SparseIndex.build(texts, language)
    folder = writer.path("library.sqlite").parent
    with _short_writes_named(folder):
        names = sparse.write(folder, f"sparse-{language}")
    for name in names:
        writer.path(name)


def _save(path: Path, array: npt.NDArray[np.floating]) -> None:
    with _short_writes_named(path):
        np.save(path, array, allow_pickle=False)


@contextmanager
def _short_writes_named(path: Path) -> Iterator[None]:
    """Give NumPy's error for a write that the disk cut short (`102400 requested and 74936 written`) its reason."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise


def _gather(
    wanted: Sequence[int | npt.NDArray[np.float16] | None],
    encoded: npt.NDArray[np.float16],
    nothing: npt.NDArray[np.float16],
) -> npt.NDArray[np.float16]:
    """One row per item: a vector that was kept, the encoded row of that number, or zeros for None."""
    rows = np.empty((len(wanted), nothing.shape[0]), np.float16)
    for number, item in enumerate(wanted):
        rows[number] = nothing if item is None else encoded[item] if isinstance(item, int) else item
    return rows
