"""Whether a text says a question's words: by stem in either language, by meaning across them, by number."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from indexer.crossing import SAME_WORD, cognate_key
from indexer.lexicon import meanings, phrases
from indexer.sparse import terms

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_NUMBERED = re.compile(
    r"\bke-?(?P<id>\d{1,2})\b|\b(?P<en>\d{1,2})(?:st|nd|rd|th)\b|(?:(?<=^)|(?<=[\s(]))(?P<item>\d{1,2})[.)](?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""Ordinals in figures and the numbers of a list's items."""


@functools.lru_cache(maxsize=10_000)
def keys(text: str) -> frozenset[str]:
    """Everything by which the words of a text can be found."""
    plain = unicodedata.normalize("NFKC", text)
    found = {f"#{int(m[m.lastgroup or 0])}" for m in _NUMBERED.finditer(plain)}
    for word in _WORD.findall(plain):
        found |= word_keys(word)
    return frozenset(found)


def ordinal(word: str) -> int | None:
    """The place that an ordinal means (kelima, ke-5, fifth, 5th), or None."""
    if written := _NUMBERED.fullmatch(word):
        return int(written[written.lastgroup or 0])
    known = SAME_WORD.get(word.casefold(), "")
    return int(known[1:]) if known.startswith("#") else None


@functools.lru_cache(maxsize=200_000)
def word_keys(word: str) -> frozenset[str]:
    """Everything by which one word can be found: its stems, its meanings, its shared name and its folded beginning."""
    low = word.casefold()
    if low[0].isdigit():
        return frozenset({re.sub(r"[.,]", "", low)})
    found = {low, *terms(low, "id"), *terms(low, "en"), *meanings(low)}
    if low in SAME_WORD:
        found.add(SAME_WORD[low])
    if (cognate := cognate_key(low)) is not None:
        found.add(f"~{cognate}")
    return frozenset(found)


def says(text_keys: Iterable[str], word: str) -> bool:
    """Whether a text with these keys says a word, or each part of a compound."""
    available = text_keys if isinstance(text_keys, frozenset) else frozenset(text_keys)
    if (place := ordinal(word)) is not None:
        return f"#{place}" in available
    parts = _WORD.findall(unicodedata.normalize("NFKC", word))
    return bool(parts) and all(_says_word(available, part) for part in parts)


def _says_word(text_keys: frozenset[str], word: str) -> bool:
    """By one of its keys, or by all words of what the other language needs several for (cooperation, kerja sama)."""
    if not word_keys(word).isdisjoint(text_keys):
        return True
    return any(all(not word_keys(part).isdisjoint(text_keys) for part in phrase) for phrase in phrases(word.casefold()))
