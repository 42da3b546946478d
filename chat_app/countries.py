"""Countries by their names in both languages, from the Unicode Common Locale Data Repository (through Babel)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_ALSO = {
    "AS": "US", "USA": "US", "US": "US", "Amerika": "US", "America": "US", "United States of America": "US",
    "Inggris": "GB", "England": "GB", "Britain": "GB", "Great Britain": "GB", "UK": "GB", "Britania Raya": "GB",
    "China": "CN", "Cina": "CN", "RRT": "CN", "Korsel": "KR", "Korut": "KP",
    "Republic of Korea": "KR", "Republik Korea": "KR",
    "Turkey": "TR", "Myanmar": "MM", "Burma": "MM", "Holland": "NL", "UAE": "AE", "UEA": "AE", "Ivory Coast": "CI",
    "Perancis": "FR", "Brasil": "BR", "Saudi": "SA", "Uni Soviet": "SU", "Soviet Union": "SU", "Viet Nam": "VN",
    "Timor Leste": "TL", "East Timor": "TL", "Vatikan": "VA", "Hong Kong": "HK", "Makau": "MO", "Macau": "MO",
    "Pantai Gading": "CI", "Czech Republic": "CZ", "Kongo": "CG", "Macedonia": "MK", "Guinea Bissau": "GW",
}  # fmt: skip
"""What the repository calls otherwise, or not at all."""


def countries(text: str) -> Mapping[str, str]:
    """For each country that a text names, by its code (ISO 3166-1): how the text names it first."""
    found: dict[str, str] = {}
    for match in _pattern().finditer(text):
        found.setdefault(_codes()[match[0]], match[0])
    return found


def country(name: str) -> str | None:
    """The code of a country by its whole name; None for what is none."""
    return _codes().get(name)


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in ("en", "id"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB"):
                found[name] = code
    return {**found, **_ALSO}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(_codes(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w$])(?!-[A-Z])")
