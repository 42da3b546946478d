"""BM25 over stems, across the languages by a dictionary and by spelling; the only file that imports bm25s."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

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


def _content_words(text: str) -> list[str]:
    """The words of a text that are function words of neither language, unstemmed."""
    return [token for token in _tokens(text) if token not in FUNCTION_WORDS_OF_EITHER and not token[0].isdigit()]


class SparseIndex:
    """An immutable BM25 index over texts of one language; rows are numbered from 0 in the order given."""

    def __init__(self, retriever: bm25s.BM25 | None, count: int, language: Language) -> None:
        self._retriever = retriever
        self._count = count
        self._language = language
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

    def scores(self, query: str, *, foreign: bool = False) -> npt.NDArray[np.float32]:
        """The BM25 score of every row for a query; zero where they share no term.

        A `foreign` query is in the other language: its words also find their equivalents and cognates.
        """
        found = terms(query, self._language)[:MAX_QUERY_TERMS]
        if self._retriever is None or not found:
            return np.zeros(self._count, np.float32)
        known = [term for term in found if term in self._retriever.vocab_dict]
        if foreign:
            known += self._crossed(query)
        if not known:
            return np.zeros(self._count, np.float32)
        return np.asarray(self._retriever.get_scores(known), dtype=np.float32)

    def _crossed(self, query: str) -> list[str]:
        """The terms that a foreign query's words are called here, or that begin alike once both are spelt alike."""
        found: list[str] = []
        theirs: Language = "en" if self._language == "id" else "id"
        vocabulary = self._retriever.vocab_dict if self._retriever else {}
        for word in _content_words(query)[:MAX_QUERY_TERMS]:
            others = (*translations(word), *equivalents(word, theirs))
            known = [term for other in others for term in terms(other, self._language) if term in vocabulary]
            if not known and stem(word, self._language) not in vocabulary:
                known = self._cognates(word)
            found += known
        return list(dict.fromkeys(found))

    def _cognates(self, word: str) -> list[str]:
        if self._by_cognate is None:
            found: dict[str, list[str]] = {}
            for term in self._retriever.vocab_dict if self._retriever else ():
                if (key := cognate_key(term)) is not None and term.isalpha():
                    found.setdefault(key, []).append(term)
            self._by_cognate = found
        key = cognate_key(word)
        return self._by_cognate.get(key, [])[:MAX_COGNATES] if key else []

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word's commonest part as a share of the greatest, 0 to 1."""
        if self._retriever is None or not self._count:
            return 1.0
        vocabulary, starts = self._retriever.vocab_dict, self._retriever.scores["indptr"]
        numbers = [vocabulary[term] for term in terms(word, self._language) if term in vocabulary]
        common = max((int(starts[number + 1] - starts[number]) for number in numbers), default=0)
        return math.log((1 + self._count) / (1 + common)) / math.log(1 + self._count)


def _names(prefix: str) -> dict[str, str]:
    return {
        "data_name": f"{prefix}-data.npy",
        "indices_name": f"{prefix}-indices.npy",
        "indptr_name": f"{prefix}-indptr.npy",
        "vocab_name": f"{prefix}-vocab.json",
        "params_name": f"{prefix}-params.json",
        "nnoc_name": f"{prefix}-nonoccurrence.npy",
    }
