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
MAX_EQUIVALENTS = 4
"""Words of the other language for one; the commonest words have many and each finds less."""


def equivalents(word: str, language: Language) -> tuple[str, ...]:
    """What a word of a language is called in the other one, best first; "" parts of compounds are parted by spaces."""
    return _read()[language].get(stem(word.casefold(), language), ())


@lru_cache(maxsize=1)
def _read() -> dict[Language, dict[str, tuple[str, ...]]]:
    """By language and stem, the words of the other language."""
    found: dict[Language, dict[str, list[tuple[int, str]]]] = {"id": {}, "en": {}}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        english, _, indonesian = line.partition("\t")
        for place, other in enumerate(indonesian.split(", ")):
            found["en"].setdefault(stem(english, "en"), []).append((place, other))
            if " " not in other:
                found["id"].setdefault(stem(other, "id"), []).append((place, english))
    return {language: {word: _best(others) for word, others in words.items()} for language, words in found.items()}


def _best(others: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for _, other in sorted(others, key=lambda pair: pair[0])))[:MAX_EQUIVALENTS]
