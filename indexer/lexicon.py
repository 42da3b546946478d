"""A small dictionary of common English words and their Indonesian equivalents, for finding words across the languages.

lexicon.tsv beside this file was written for this program, area by area and without any text in view: an English word,
a tab, and its equivalents, best first, parted by commas. It is read in both directions.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from indexer.datatypes import Language
from indexer.stemming import stem

FILE = Path(__file__).with_name("lexicon.tsv")
COMMON = 5161
"""So many lines, the first, have the commonest words: of an Indonesian word's equivalents theirs come first."""
MAX_EQUIVALENTS = 4
"""Words of the other language for one; the commonest words have many and each finds less."""

MAX_MEANINGS = 2
"""The first equivalents say what a word means; later ones what it may mean."""


def equivalents(word: str, language: Language) -> tuple[str, ...]:
    """What a word of a language is called in the other one, best first; some are several words."""
    return _read()[language].get(stem(word.casefold(), language), ())


@lru_cache(maxsize=1)
def _read() -> dict[Language, dict[str, tuple[str, ...]]]:
    """By language and stem, the words of the other language."""
    found: dict[Language, dict[str, list[tuple[int, str]]]] = {"id": {}, "en": {}}
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines()):
        english, _, indonesian = line.partition("\t")
        for place, other in enumerate(indonesian.split(", "), start=0 if number < COMMON else MAX_EQUIVALENTS):
            found["en"].setdefault(stem(english, "en"), []).append((place, other))
            if " " not in other:
                found["id"].setdefault(stem(other, "id"), []).append((place, english))
    return {language: {word: _best(others) for word, others in words.items()} for language, words in found.items()}


def _best(others: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for _, other in sorted(others, key=lambda pair: pair[0])))[:MAX_EQUIVALENTS]


@lru_cache(maxsize=10_000)
def synonyms(word: str, language: Language) -> tuple[str, ...]:
    """Words of the same language that the other one calls by the same word: sumbangan, kontribusi (contribution)."""
    other: Language = "en" if language == "id" else "id"
    found = (own for called in equivalents(word, language)[:MAX_MEANINGS] for own in equivalents(called, other))
    return tuple(dict.fromkeys(own for own in found if own != word.casefold() and " " not in own))


def meanings(word: str) -> frozenset[str]:
    """The Indonesian stems of an English lower-case word's equivalents, by which it is known in either language."""
    return frozenset(stem(other, "id") for other in _meant(word) if " " not in other)


def phrases(word: str) -> tuple[tuple[str, ...], ...]:
    """The Indonesian equivalents of an English lower-case word that are several words."""
    return tuple(tuple(other.split()) for other in _meant(word) if " " in other)


def _meant(word: str) -> tuple[str, ...]:
    return () if stem(word, "en") in _homographs() else equivalents(word, "en")[:MAX_MEANINGS]


@lru_cache(maxsize=1)
def _homographs() -> frozenset[str]:
    """English words that are also Indonesian ones, often of another meaning, as "air" is."""
    return frozenset(_read()["en"]) & frozenset(_read()["id"])
