"""Snowball's stems of Indonesian and English words; the only file that imports it."""

from __future__ import annotations

import functools
import threading

import Stemmer

from indexer.datatypes import Language

_NAMES: dict[Language, str] = {"id": "indonesian", "en": "english"}
_local = threading.local()


@functools.lru_cache(maxsize=100_000)
def stem(word: str, language: Language) -> str:
    """The stem of a lower-case word."""
    # A Snowball stemmer is not safe to share between threads.
    stemmers: dict[Language, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_NAMES[language])
    return str(stemmers[language].stemWord(word))
