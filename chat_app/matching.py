"""Whether a text says a question's words: by stem in either language, by number, and by the words both languages share.

Indonesian took much of its learned vocabulary from the stock English uses too (prinsip/principle, solidaritas/
solidarity, investasi/investment), so a folded beginning finds many words across the languages without a dictionary.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from indexer.sparse import terms

COGNATE_LETTERS = 5
"""Folded beginnings of this length agree for cognates and seldom for other words, though "prince" finds "prinsip"."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_NUMBERED = re.compile(
    r"\bke-?(?P<id>\d{1,2})\b|\b(?P<en>\d{1,2})(?:st|nd|rd|th)\b|(?:(?<=^)|(?<=[\s(]))(?P<item>\d{1,2})[.)](?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""Ordinals in figures and the numbers of a list's items."""
_FOLDS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("c", "k"), ("y", "i"), ("v", "f"),
    ("z", "s"), ("oo", "o"), ("ee", "i"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1")
_SAME_WORD = {
    "january": "januari", "february": "februari", "march": "maret", "may": "mei", "june": "juni", "july": "juli",
    "august": "agustus", "october": "oktober", "december": "desember", "un": "pbb", "ssc": "kss",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7",
    "delapan": "8", "sembilan": "9", "sepuluh": "10", "first": "#1", "second": "#2", "third": "#3", "fourth": "#4",
    "fifth": "#5", "sixth": "#6", "seventh": "#7", "eighth": "#8", "ninth": "#9", "pertama": "#1", "kedua": "#2",
    "ketiga": "#3", "keempat": "#4", "kelima": "#5", "keenam": "#6", "ketujuh": "#7", "kedelapan": "#8",
    "kesembilan": "#9", "south": "selatan", "southern": "selatan", "north": "utara", "east": "timur", "west": "barat",
    "country": "negara", "countries": "negara", "year": "tahun", "years": "tahun",
}  # fmt: skip
"""Words of closed sets in one language, and two abbreviations, by what the other calls them."""


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
    known = _SAME_WORD.get(word.casefold(), "")
    return int(known[1:]) if known.startswith("#") else None


@functools.lru_cache(maxsize=200_000)
def word_keys(word: str) -> frozenset[str]:
    """Everything by which one word can be found: its stems, its shared name and its folded beginning."""
    low = word.casefold()
    if low[0].isdigit():
        return frozenset({re.sub(r"[.,]", "", low)})
    found = {low, *terms(low, "id"), *terms(low, "en")}
    if low in _SAME_WORD:
        found.add(_SAME_WORD[low])
    if len(low) >= COGNATE_LETTERS:
        found.add("~" + folded(low)[:COGNATE_LETTERS])
    return frozenset(found)


def folded(word: str) -> str:
    """A word as both languages would spell it, roughly."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = _SOFT_C.sub("s", plain)
    for foreign, native in _FOLDS:
        plain = plain.replace(foreign, native)
    return _DOUBLED.sub(r"\1", plain)


def says(text_keys: Iterable[str], word: str) -> bool:
    """Whether a text with these keys says a word, or each part of a compound."""
    available = text_keys if isinstance(text_keys, frozenset) else frozenset(text_keys)
    if (place := ordinal(word)) is not None:
        return f"#{place}" in available
    parts = _WORD.findall(unicodedata.normalize("NFKC", word))
    return bool(parts) and all(not word_keys(part).isdisjoint(available) for part in parts)
