"""BM25 over stems, across the languages by a dictionary and by spelling; the only file that imports bm25s."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import numpy.typing as npt

from indexer.crossing import cognate_key, translations
from indexer.datatypes import Language
from indexer.errors import IndexDamaged
from indexer.language import FUNCTION_WORDS, FUNCTION_WORDS_OF_EITHER
from indexer.lexicon import equivalents
from indexer.stemming import stem

K1, B = 1.2, 0.75
"""Robertson and Zaragoza (2009), the usual values; passages are of like length, so B matters little."""
MAX_QUERY_TERMS = 200
MAX_COGNATES = 4

_Forms = tuple[tuple[str, ...], ...]
"""What says one thing: words or names, each as its terms."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def terms(text: str, language: Language) -> list[str]:
    """The stemmed content words and the numbers of a text; a number keeps its separators out: 1.700 is 1700."""
    found = []
    for token in _tokens(text):
        if token[0].isdigit():
            found.append(re.sub(r"[.,]", "", token))
        elif token not in FUNCTION_WORDS[language]:
            found.append(stem(token, language))
    return found


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


class SparseIndex:
    """An immutable BM25 index over texts of one language; rows are numbered from 0 in the order given."""

    def __init__(self, retriever: bm25s.BM25 | None, count: int, language: Language) -> None:
        self._retriever = retriever
        self._count = count
        self._language = language
        self._vocabulary: Mapping[str, int] = retriever.vocab_dict if retriever else {}
        self._stored: Mapping[str, npt.NDArray[Any]] = retriever.scores if retriever else {}
        self._by_cognate: dict[str, list[str]] | None = None

    @classmethod
    def build(cls, texts: Sequence[str], language: Language) -> SparseIndex:
        """An index over texts; texts without a single term can be searched and never match."""
        tokens = [terms(text, language) for text in texts]
        if not any(tokens):
            return cls(None, len(texts), language)
        retriever = bm25s.BM25(k1=K1, b=B, method="lucene")
        retriever.index(tokens, show_progress=False)
        return cls(retriever, len(texts), language)

    def write(self, folder: Path, prefix: str) -> list[str]:
        """Write the index as plain arrays and JSON, and return the names of the files."""
        if self._retriever is None:
            return []
        names = _names(prefix)
        self._retriever.save(str(folder), **names, corpus=None, allow_pickle=False, show_progress=False)
        return [name for name in names.values() if (folder / name).exists()]

    @classmethod
    def read(cls, folder: Path, prefix: str, count: int, language: Language) -> SparseIndex:
        """The index in files whose checksums the caller has verified; IndexDamaged where they don't fit."""
        names = _names(prefix)
        if not (folder / names["params_name"]).exists():
            return cls(None, count, language)
        try:
            retriever = bm25s.BM25.load(
                str(folder), **names, load_corpus=False, allow_pickle=False, show_progress=False
            )
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise IndexDamaged(f"{folder / prefix}: BM25 cannot read it. Run `tanya index` to rebuild it.") from error
        return cls(retriever, count, language)

    def scores(
        self, query: str, names: Sequence[Sequence[str]] = (), *, foreign: bool = False
    ) -> npt.NDArray[np.float32]:
        """The BM25 score of every row for a query; zero where they share no term.

        `names` are, for each thing that is asked of beside the query's words, all that it is called. A `foreign` query
        is in the other language: its words also find their equivalents and cognates. Whatever says one thing counts as
        one term, as often in a text as its commonest form and as rare as all of them together: the synonym operator of
        Pirkola (1998), without which a thing of many names, or one named in the rarer language, outweighs all else.
        """
        total = np.zeros(self._count, np.float32)
        if not self._vocabulary:
            return total
        for forms in dict.fromkeys((*self._word_forms(query, foreign=foreign), *self._name_forms(names))):
            total += self._score(forms)
        return total

    def _word_forms(self, query: str, *, foreign: bool) -> Iterator[_Forms]:
        """For each word of a query that is known here, the terms that say it."""
        for token in list(dict.fromkeys(_tokens(query)))[:MAX_QUERY_TERMS]:
            found = [term for term in terms(token, self._language) if term in self._vocabulary]
            if foreign:
                found += self._crossed(token)
            if found:
                yield tuple((term,) for term in dict.fromkeys(found))

    def _name_forms(self, names: Sequence[Sequence[str]]) -> Iterator[_Forms]:
        """For each thing, its names as terms."""
        for group in names:
            forms = (tuple(dict.fromkeys(terms(name, self._language))) for name in group)
            yield tuple(dict.fromkeys(form for form in forms if form))

    def _score(self, forms: _Forms) -> npt.NDArray[np.float32]:
        """Each row's score for one thing: its best form there, by how rare the rows are that say any form whole."""
        best, whole = np.zeros(self._count, np.float32), np.zeros(self._count, np.bool_)
        for form in forms:
            said, weight = np.zeros(self._count, np.float32), 0.0
            held = np.zeros(self._count, np.int16)
            for term in form:
                rows, scores = self._postings(term)
                said[rows] += scores
                held[rows] += 1
                weight += self._weight(len(rows))
            best = np.maximum(best, said / weight)
            whole |= held == len(form)
        return np.asarray(best * self._weight(int(whole.sum())), dtype=np.float32)

    def _postings(self, term: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """The rows that hold a term, and its scores in them."""
        number = self._vocabulary.get(term)
        if number is None:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        first, end = self._stored["indptr"][number : number + 2]
        return self._stored["indices"][first:end], self._stored["data"][first:end]

    def _weight(self, rows: int) -> float:
        """The inverse document frequency of what so many rows hold, as Lucene takes it."""
        return math.log(1 + (self._count - rows + 0.5) / (rows + 0.5))

    def _crossed(self, word: str) -> list[str]:
        """The terms that a foreign word is called here, or that begin alike once both are spelt alike."""
        if word in FUNCTION_WORDS_OF_EITHER or word[0].isdigit():
            return []
        theirs: Language = "en" if self._language == "id" else "id"
        others = (*translations(word), *equivalents(word, theirs))
        known = [term for other in others for term in terms(other, self._language) if term in self._vocabulary]
        if not known and stem(word, self._language) not in self._vocabulary:
            known = self._cognates(word)
        return known

    def _cognates(self, word: str) -> list[str]:
        if self._by_cognate is None:
            found: dict[str, list[str]] = {}
            for term in self._vocabulary:
                if (key := cognate_key(term)) is not None and term.isalpha():
                    found.setdefault(key, []).append(term)
            self._by_cognate = found
        key = cognate_key(word)
        return self._by_cognate.get(key, [])[:MAX_COGNATES] if key else []

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word's commonest part as a share of the greatest, 0 to 1."""
        if not self._count:
            return 1.0
        common = max((len(self._postings(term)[0]) for term in terms(word, self._language)), default=0)
        return math.log((1 + self._count) / (1 + common)) / math.log(1 + self._count)

    def share(self, words: str) -> float:
        """The share of the texts that have the rarest of some words, 0 to 1; 0 for no words."""
        found = [len(self._postings(term)[0]) for term in terms(words, self._language)]
        return min(found) / self._count if found and self._count else 0.0


def _names(prefix: str) -> dict[str, str]:
    return {
        "data_name": f"{prefix}-data.npy",
        "indices_name": f"{prefix}-indices.npy",
        "indptr_name": f"{prefix}-indptr.npy",
        "vocab_name": f"{prefix}-vocab.json",
        "params_name": f"{prefix}-params.json",
        "nnoc_name": f"{prefix}-nonoccurrence.npy",
    }
