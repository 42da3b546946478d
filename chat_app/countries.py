"""Countries by their names in both languages, from the Unicode Common Locale Data Repository (through Babel).

What it lacks stands in countries.tsv: a country's English adjectives ("Kenyan nurses" are "perawat Kenya") and its seat
of government in both languages, which newspapers say for the country ("Nairobi refused").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from indexer.datatypes import LANGUAGES, Language

_ALSO = {
    "AS": "US", "USA": "US", "US": "US", "Amerika": "US", "America": "US", "United States of America": "US",
    "Inggris": "GB", "England": "GB", "Britain": "GB", "Great Britain": "GB", "UK": "GB", "Britania Raya": "GB",
    "China": "CN", "Cina": "CN", "RRT": "CN", "Korsel": "KR", "Korut": "KP",
    "Republic of Korea": "KR", "Republik Korea": "KR", "Korea": "KR",
    "Turkey": "TR", "Myanmar": "MM", "Burma": "MM", "Holland": "NL", "UAE": "AE", "UEA": "AE", "Ivory Coast": "CI",
    "Perancis": "FR", "Brasil": "BR", "Saudi": "SA", "Uni Soviet": "SU", "Soviet Union": "SU", "Viet Nam": "VN",
    "Timor Leste": "TL", "East Timor": "TL", "Vatikan": "VA", "Hong Kong": "HK", "Makau": "MO", "Macau": "MO",
    "Pantai Gading": "CI", "Czech Republic": "CZ", "Kongo": "CG", "Macedonia": "MK", "Guinea Bissau": "GW",
}  # fmt: skip
"""What the repository calls otherwise, or not at all."""


_PLACED = r"(?:in|at|near|around|inside|outside|of|visit(?:s|ed)?|di|kota|dekat|sekitar|mengunjungi)"
"""After these a seat of government is a city, but not in "in Seoul's strategy"."""

FILE = Path(__file__).with_name("countries.tsv")
"""A line a country: its code, its adjectives, its seat of government; several of either parted by "|"."""


def countries(text: str) -> Mapping[str, str]:
    """For each country that a text names, by its code (ISO 3166-1): how the text names it first."""
    found: dict[str, str] = {}
    for match in _pattern().finditer(text):
        found.setdefault(_codes()[match[0]], match[0])
    return found


def country(name: str) -> str | None:
    """The code of a country by its whole name; None for what is none."""
    return _codes().get(name)


def governed_from(place: str) -> str | None:
    """The code of the country whose government sits at a place; None for any other place."""
    return _seats().get(place)


def by_countries(text: str, language: Language, is_said: Callable[[str], bool]) -> str:
    """A text with countries in the place of the seats of their governments, as in "Seoul won't take sides".

    Only of seats that the library, of which `is_said` tells whether it says a name, never says, while it says the
    country; and not where the city is meant ("in Seoul").
    """

    def named(match: re.Match[str]) -> str:
        seat, placed, owning = match["seat"], match["placed"] or "", match["owning"] or ""
        if is_said(seat) or (placed and not owning):
            return match[0]
        names = _names()[_seats()[seat]]
        ordered = (*names[language], *(name for own in LANGUAGES if own != language for name in names[own]))
        return placed + next((name for name in ordered if is_said(name)), seat) + owning

    return _seat_pattern().sub(named, text)


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Mapping[Language, tuple[str, ...]]]:
    """By code and language a country's names, the repository's first."""
    from babel import Locale

    found: dict[str, dict[Language, tuple[str, ...]]] = {}
    for code in dict.fromkeys(_seats().values()):
        own = tuple(name for name, of in _ALSO.items() if of == code)
        found[code] = {language: (str(Locale(language).territories[code]), *own) for language in LANGUAGES}
    return found


@lru_cache(maxsize=1)
def _seat_pattern() -> re.Pattern[str]:
    seats = "|".join(map(re.escape, sorted(_seats(), key=len, reverse=True)))
    return re.compile(rf"(?P<placed>\b{_PLACED}\s)?(?<![\w-])(?P<seat>{seats})(?P<owning>['’]s)?(?![\w-])")


@lru_cache(maxsize=1)
def _seats() -> Mapping[str, str]:
    return {seat: code for code, _, seats in _lines() for seat in seats}


def _lines() -> Iterator[tuple[str, list[str], list[str]]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        code, adjectives, seats = line.split("\t")
        yield code, [a for a in adjectives.split("|") if a], [s for s in seats.split("|") if s]


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in ("en", "id"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB"):
                found[name] = code
    adjectives = {adjective: code for code, own, _ in _lines() for adjective in own}
    return {**adjectives, **found, **_ALSO}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(_codes(), key=len, reverse=True)
    # "Latin America" and "Amerika Selatan" are no country; "South Korea" is found whole, being the longer name.
    return re.compile(
        rf"(?<![\w-])(?<!Latin )(?<!South )(?<!North )(?<!Central )(?:{'|'.join(map(re.escape, names))})"
        r"(?![\w$])(?!-[A-Z])(?! (?:Latin|Selatan|Utara|Tengah|Samoa)\b)"
    )
