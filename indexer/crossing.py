"""From a word of one language to the other's without a dictionary: closed sets, and a spelling that both share.

Indonesian took much of its learned vocabulary from the stock English uses too (prinsip/principle, solidaritas/
solidarity, investasi/investment), so a folded beginning finds many words across the languages without a dictionary.
"""

from __future__ import annotations

import re
import unicodedata

COGNATE_LETTERS = 5
"""Folded beginnings of this length agree for cognates and seldom for other words, though "prince" finds "prinsip"."""

SAME_WORD = {
    "january": "januari", "february": "februari", "march": "maret", "may": "mei", "june": "juni", "july": "juli",
    "august": "agustus", "october": "oktober", "december": "desember", "un": "pbb", "ssc": "kss",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7",
    "delapan": "8", "sembilan": "9", "sepuluh": "10", "first": "#1", "second": "#2", "third": "#3", "fourth": "#4",
    "fifth": "#5", "sixth": "#6", "seventh": "#7", "eighth": "#8", "ninth": "#9", "pertama": "#1", "kedua": "#2",
    "ketiga": "#3", "keempat": "#4", "kelima": "#5", "keenam": "#6", "ketujuh": "#7", "kedelapan": "#8",
    "kesembilan": "#9", "tenth": "#10", "kesepuluh": "#10", "eleventh": "#11", "kesebelas": "#11", "twelfth": "#12",
    "south": "selatan", "southern": "selatan", "north": "utara", "northern": "utara",
    "east": "timur", "eastern": "timur", "west": "barat", "western": "barat",
    "country": "negara", "countries": "negara", "year": "tahun", "years": "tahun",
    "algeria": "aljazair", "china": "tiongkok", "cina": "tiongkok", "egypt": "mesir", "england": "inggris",
    "english": "inggris", "britain": "inggris", "british": "inggris", "europe": "eropa", "european": "eropa",
    "france": "prancis", "french": "prancis", "perancis": "prancis", "germany": "jerman", "german": "jerman",
    "greece": "yunani", "greek": "yunani", "dutch": "belanda", "netherlands": "belanda", "japan": "jepang",
    "japanese": "jepang", "jordan": "yordania", "lebanon": "libanon", "spain": "spanyol", "spanish": "spanyol",
    "switzerland": "swiss", "chinese": "tiongkok", "egyptian": "mesir", "turkey": "turki", "turkish": "turki",
}  # fmt: skip
"""Words of closed sets, and two abbreviations, by what the other language calls them; numbers and places by figures."""

_FOLDS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("c", "k"), ("y", "i"), ("v", "f"),
    ("z", "s"), ("oo", "o"), ("ee", "i"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1")

_BY_MEANING: dict[str, tuple[str, ...]] = {}
for _word, _meaning in SAME_WORD.items():
    _BY_MEANING[_meaning] = (*_BY_MEANING.get(_meaning, ()), _word)


def translations(word: str) -> tuple[str, ...]:
    """What else a lower-case word of a closed set is called, in either language or in figures."""
    meaning = SAME_WORD.get(word, word)
    found = (meaning, *_BY_MEANING.get(meaning, ()))
    return tuple(other for other in found if other != word) if len(found) > 1 else ()


def folded(word: str) -> str:
    """A lower-case word as both languages would spell it, roughly."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = _SOFT_C.sub("s", plain)
    for foreign, native in _FOLDS:
        plain = plain.replace(foreign, native)
    return _DOUBLED.sub(r"\1", plain)


def cognate_key(word: str) -> str | None:
    """The folded beginning by which a lower-case word is found in the other language; None for a short word."""
    return folded(word)[:COGNATE_LETTERS] if len(word) >= COGNATE_LETTERS else None
