"""PassageIndex: the one facade over what an index holds. Open it, search it, read its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from indexer.aliases import Aliases, Group
from indexer.centring import Vectors, centre
from indexer.datatypes import EVIDENCE_KINDS, LANGUAGES, Hit, Language, Page, Passage, SectionKind, Source
from indexer.dense import DenseIndex
from indexer.encoder import Encoder
from indexer.errors import IndexDamaged, IndexIncompatible
from indexer.fusion import fuse, shares
from indexer.language import FUNCTION_WORDS_OF_EITHER, detect_language
from indexer.library import Library
from indexer.sparse import SparseIndex
from indexer.storage import Generation, open_generation

StoredVectors = npt.NDArray[np.float16]

_KIND_NUMBERS = {kind.value: number for number, kind in enumerate(SectionKind)}

CANDIDATES = 60
"""Passages taken from each list, dense and sparse, in each language, before fusion."""
TOPIC_SHARE = 0.25
"""What so many of the passages name is what the library is about."""
ASKED_SHARE = 0.4
"""What a query asks of that counts so much by itself. From 0.3 to 0.5 it is worth the same on the tune questions: with
0.4 their mean reciprocal rank is 0.844 and 0.868 (Indonesian, English), without it 0.832 and 0.847."""
LEAST_ASKED = 2
"""With fewer words besides, a query asks nothing that could stand by itself ("Apa itu KSS?")."""

_TELLING = re.compile(r"[^\W_]{3,}")


class PassageIndex:
    """An immutable index, safe to share between threads; a newer one is opened beside it, not into it."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        self.generation = generation
        self.encoder = encoder
        self._library = Library(generation.path("library.sqlite"))
        outline = self._library.outline()
        self._document_numbers = {name: n for n, name in enumerate(dict.fromkeys(row[0] for row in outline))}
        self._documents = np.array([self._document_numbers[row[0]] for row in outline], dtype=np.int32)
        self._kinds = np.array([_KIND_NUMBERS[row[1]] for row in outline], dtype=np.int32)
        self._first_sentence = np.array([row[3] for row in outline], dtype=np.int64)
        self._sentence_count = np.array([row[4] for row in outline], dtype=np.int64)
        self._vectors = _load(generation.path("passages.npy"), len(outline), encoder.dimension)
        self._sentence_vectors = _load(
            generation.path("sentences.npy"), int(self._sentence_count.sum()), encoder.dimension
        )
        self._languages = np.array([row[2] for row in outline], dtype=object)
        self._means = self._by_language("means.npy")
        self._question_means = self._by_language("question_means.npy")
        self._everyday = self._by_language("everyday.npy")
        self.aliases = Aliases(_load_groups(generation.path("aliases.json")))
        self._parts: dict[Language, _Part] = {}
        for language in LANGUAGES:
            ids = np.flatnonzero(self._languages == language)
            if len(ids):
                dense = DenseIndex.read(
                    generation.path(f"dense-{language}.faiss"), dimension=encoder.dimension, count=len(ids)
                )
                sparse = SparseIndex.read(generation.folder, f"sparse-{language}", len(ids), language)
                self._parts[language] = _Part(ids, dense, sparse)

    @classmethod
    def open(cls, root: Path, encoder: Encoder) -> Self:
        """The index in a folder.

        Raises IndexMissing, IndexDamaged, or IndexIncompatible where another encoder made it.
        """
        generation = open_generation(root)
        made_by = generation.settings.get("encoder")
        if made_by != encoder.fingerprint:
            raise IndexIncompatible(
                f"{root}: made with the encoder {made_by}, and this is {encoder.fingerprint}. "
                f"Run `tanya index` to make it anew, or choose the other encoder with --model."
            )
        return cls(generation, encoder)

    def _by_language(self, name: str) -> Mapping[Language, Vectors]:
        """A file with a vector [d] for each language."""
        vectors = _load(self.generation.path(name), len(LANGUAGES), self.encoder.dimension).astype(np.float32)
        return dict(zip(LANGUAGES, vectors, strict=True))

    def __len__(self) -> int:
        return len(self._documents)

    def sources(self) -> tuple[Source, ...]:
        """What the library holds, in order of id."""
        return tuple(self._library.sources.values())

    def source(self, document: str) -> Source:
        """One document's source. Raises IndexerError where there is no such document."""
        return self._library.source(document)

    def papers(self) -> frozenset[str]:
        """The documents that have a bibliography, by their ids."""
        works = np.unique(self._documents[self._kinds == _KIND_NUMBERS[SectionKind.REFERENCES.value]])
        return frozenset(name for name, number in self._document_numbers.items() if number in works)

    def pages(self, document: str) -> tuple[Page, ...]:
        """The pages of a document. Raises IndexerError where there is no such document."""
        return self._library.pages(document)

    def page_text(self, document: str, page: int) -> str:
        """The text that anchors on this page point into. Raises IndexerError where there is none."""
        return self._library.page_text(document, page)

    def document_passages(self, document: str) -> list[tuple[int, Passage]]:
        """A document's passages with their ids, in order."""
        return self._library.document_passages(document)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        vector: Vectors | None = None,
        kinds: Collection[SectionKind] = EVIDENCE_KINDS,
        documents: Collection[str] | None = None,
    ) -> list[Hit]:
        """The k passages that fit a query best, best first, from both languages.

        `vector` [d] is what `encode` gives for the query, where the caller has it already. Passages of other kinds or
        of other documents are left out.
        """
        if not query.strip() or k < 1 or not len(self):
            return []
        if vector is None:
            vector = self.encode(query)
        allowed = _are(self._kinds, [_KIND_NUMBERS[kind.value] for kind in kinds], len(_KIND_NUMBERS))
        if documents is not None:
            known = [self._document_numbers[name] for name in documents if name in self._document_numbers]
            allowed &= _are(self._documents, known, len(self._document_numbers))
        language = detect_language(query)
        centred = centre(vector, self._question_means[language])
        words, names = self.aliases.parted(query)
        found = []
        for part_language, part in self._parts.items():
            part_ids, raw = part.candidates(words, names, centred, allowed, foreign=part_language != language)
            part_dense = centre(self._vectors[part_ids].astype(np.float32), self._means[part_language]) @ centred
            sentences = self._best_sentences(part_ids, part_language, centred)
            part_scores = fuse(part_dense, sentences, raw, same_language=part_language == language)
            found.append((part_ids, part_scores, part_dense, shares(raw)))
        ids, scores, dense, sparse = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(-scores, kind="stable")[:k]
        passages = self._library.passages([int(ids[i]) for i in order])
        return [
            Hit(int(ids[i]), passage, float(scores[i]), float(dense[i]), float(sparse[i]))
            for i, passage in zip(order, passages, strict=True)
        ]

    def _best_sentences(self, ids: npt.NDArray[np.int64], language: Language, centred: Vectors) -> Vectors:
        """For each passage of one language the greatest cosine of its sentences with a centred query [d]."""
        counts = self._sentence_count[ids]
        ends = np.cumsum(counts)
        rows = np.repeat(self._first_sentence[ids] - (ends - counts), counts) + np.arange(counts.sum())
        cosines = centre(self._sentence_vectors[rows].astype(np.float32), self._means[language]) @ centred
        best = np.zeros(len(ids), np.float32)
        some = counts > 0
        if some.any():
            best[some] = np.maximum.reduceat(cosines, (ends - counts)[some])
        return best

    def rarity(self, word: str) -> float:
        """How rare a word is in the library, from 0 (in every passage) to 1 (in none), by its commoner language."""
        return min((part.sparse.rarity(word) for part in self._parts.values()), default=1.0)

    def says(self, word: str) -> bool:
        """Whether any passage says a word, in either language's stems."""
        return self.rarity(word) < 1.0

    def stored_vectors(self, passage_ids: Sequence[int]) -> tuple[StoredVectors, StoredVectors]:
        """The vectors of passages and of all their sentences, as they are stored, in order of the ids."""
        ids = np.asarray(passage_ids, dtype=np.int64)
        spans = [np.arange(self._first_sentence[i], self._first_sentence[i] + self._sentence_count[i]) for i in ids]
        sentences = np.concatenate(spans) if spans else np.empty(0, np.int64)
        return self._vectors[ids], self._sentence_vectors[sentences]

    def nearness(self, vector: Vectors, passage_ids: Sequence[int]) -> float:
        """How much nearer a query's vector [d] is to the nearest of some passages than to everyday sentences.

        A difference of plain cosines; 0 for no passages.
        """
        if not len(passage_ids):
            return 0.0
        cosines = self._vectors[np.asarray(passage_ids)].astype(np.float32) @ vector
        background = {language: float(mean @ vector) for language, mean in self._everyday.items()}
        return float(np.max(cosines - [background[self._languages[i]] for i in passage_ids]))

    def encode(self, query: str) -> Vectors:
        """A query's vector [d], with the other names of what it names.

        What the library is about draws every question about it to the same passages; so where a query asks something
        of that, what it asks counts by itself, too.
        """
        texts = [self.aliases.expand(query)]
        rest = self.aliases.without(query, self._is_topic)
        if rest != query and len(set(_TELLING.findall(rest.casefold())) - FUNCTION_WORDS_OF_EITHER) >= LEAST_ASKED:
            texts.append(self.aliases.expand(" ".join(rest.split())))
        vectors = np.asarray(self.encoder.encode_query(texts), dtype=np.float32)
        if len(vectors) == 1:
            return np.asarray(vectors[0])
        mixed = (1 - ASKED_SHARE) * vectors[0] + ASKED_SHARE * vectors[1]
        return np.asarray(mixed / np.linalg.norm(mixed))

    def _is_topic(self, group: Group) -> bool:
        """Whether passages say a thing so often, by any of its names, that it is what the library is about."""
        said = sum(len(part.ids) * max(map(part.sparse.share, group)) for part in self._parts.values())
        return said >= TOPIC_SHARE * len(self)

    def sentence_cosines(self, query: str, vector: Vectors, passage_ids: Sequence[int]) -> list[Vectors]:
        """For each passage, the centred cosine of a query, whose vector is [d], with each of its sentences."""
        centred = centre(vector, self._question_means[detect_language(query)])
        found = []
        for i in passage_ids:
            rows = self._sentence_vectors[self._first_sentence[i] : self._first_sentence[i] + self._sentence_count[i]]
            found.append(centre(rows.astype(np.float32), self._means[self._languages[i]]) @ centred)
        return found


class _Part:
    """The passages of one language: their ids, and the two lists they are found by."""

    def __init__(self, ids: npt.NDArray[np.int64], dense: DenseIndex, sparse: SparseIndex) -> None:
        self.ids = ids
        self.dense = dense
        self.sparse = sparse

    def candidates(
        self, words: str, names: Sequence[Group], centred: Vectors, allowed: npt.NDArray[np.bool_], *, foreign: bool
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Ids of the best passages of either list, and their BM25 scores."""
        mask = allowed[self.ids]
        rows, _ = self.dense.search(centred, CANDIDATES, mask)
        scores = np.where(mask, self.sparse.scores(words, names, foreign=foreign), 0)
        best = np.argpartition(-scores, min(CANDIDATES, len(scores)) - 1)[:CANDIDATES]
        rows = np.union1d(rows, best[scores[best] > 0])
        return self.ids[rows], scores[rows].astype(np.float32)


def _are(numbers: npt.NDArray[np.int32], wanted: list[int], count: int) -> npt.NDArray[np.bool_]:
    """Which of the numbers [n], all below `count`, are among the wanted ones."""
    chosen = np.zeros(count, dtype=bool)
    chosen[wanted] = True
    return np.asarray(chosen[numbers])


def _load_groups(path: Path) -> list[Group]:
    """The names of things that have several; IndexDamaged where the file does not hold them."""
    try:
        return [tuple(map(str, group)) for group in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"{path}: not a list of names. Run `tanya index` to rebuild it.") from error


def _load(path: Path, count: int, dimension: int) -> npt.NDArray[np.float16]:
    """An array file, mapped into memory; IndexDamaged where its shape is not the expected one."""
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path}: not a readable array. Run `tanya index` to rebuild it.") from error
    if array.shape != (count, dimension):
        raise IndexDamaged(f"{path}: shape {array.shape}, not {(count, dimension)}. Run `tanya index` to rebuild it.")
    return np.asarray(array)
