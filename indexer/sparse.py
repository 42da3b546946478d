"""BM25 with Indonesian and English stemmers; the only file that imports bm25s and Snowball."""

from __future__ import annotations

import functools
import math
import re
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer

from indexer.datatypes import Language
from indexer.errors import IndexDamaged
from indexer.language import FUNCTION_WORDS

K1, B = 1.2, 0.75
"""Robertson and Zaragoza (2009), the usual values; passages are of like length, so B matters little."""
MAX_QUERY_TERMS = 200

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_STEMMER_NAMES: dict[Language, str] = {"id": "indonesian", "en": "english"}
_local = threading.local()


def terms(text: str, language: Language) -> list[str]:
    """The stemmed content words and the numbers of a text; a number keeps its separators out: 1.700 is 1700."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = []
    for token in _TOKEN.findall(folded):
        if token[0].isdigit():
            found.append(re.sub(r"[.,]", "", token))
        elif token not in FUNCTION_WORDS[language]:
            found.append(_stem(token, language))
    return found


@functools.lru_cache(maxsize=100_000)
def _stem(token: str, language: Language) -> str:
    # A Snowball stemmer is not safe to share between threads.
    stemmers: dict[Language, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_STEMMER_NAMES[language])
    return str(stemmers[language].stemWord(token))


class SparseIndex:
    """An immutable BM25 index over texts of one language; rows are numbered from 0 in the order given."""

    def __init__(self, retriever: bm25s.BM25 | None, count: int, language: Language) -> None:
        self._retriever = retriever
        self._count = count
        self._language = language

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

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """The BM25 score of every row for a query; zero where they share no term."""
        found = terms(query, self._language)[:MAX_QUERY_TERMS]
        if self._retriever is None or not found:
            return np.zeros(self._count, np.float32)
        known = [term for term in found if term in self._retriever.vocab_dict]
        if not known:
            return np.zeros(self._count, np.float32)
        return np.asarray(self._retriever.get_scores(known), dtype=np.float32)

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
