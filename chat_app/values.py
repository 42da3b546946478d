"""Find what could be a short answer in a sentence: dates, quantities, names, places. Indonesian and English notation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chat_app.calendar import MONTH_IN_FULL, YEAR
from chat_app.question import Asked, Question
from indexer.language import FUNCTION_WORDS_OF_EITHER

_YEAR_RANGE = rf"{YEAR}(?:\s?[-–]\s?(?:{YEAR}|\d{{2}}))?(?:-?an|s)?"
_DATE = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}\s+(?:{MONTH_IN_FULL})(?:\s+{YEAR})?\b|"
    rf"\b(?:{MONTH_IN_FULL})\s+(?:\d{{1,2}},?\s+)?{YEAR}\b|"
    rf"\b(?:(?:pertengahan|awal|akhir|mid|early|late)[\s-])?(?:abad|century)\s+ke-?\d{{1,2}}\b|"
    rf"\b(?:mid-|early |late )?\d{{1,2}}(?:st|nd|rd|th) century\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b|\b{_YEAR_RANGE}\b",
    re.IGNORECASE,
)
_WORD_NUMBERS = (
    "nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|seratus|seribu|sejuta|setengah|separuh|"
    "seperempat|sepertiga|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    "hundred|half|tenfold|sixfold|twofold|threefold|twice|thrice|double"
)
_UNIT = (
    r"(?:\s?%|\s?(?:persen|percent|per cent))|\s(?:ribu|juta|miliar|milyar|triliun|thousand|million|billion|trillion)\b|"
    r"\s(?:kali lipat|kali|times|fold)\b|\s(?:pertiga|perempat|perlima|thirds?|quarters?|belas|puluh|ratus)\b"
)
_MONEY = r"(?:US\$|Rp\.?\s?|\$|€|£|USD\s|IDR\s|EUR\s)"
_NUMBER = re.compile(
    rf"{_MONEY}?\d+(?:[.,]\d+)*(?:{_UNIT}){{0,2}}|\b(?:lebih dari |more than )?(?:{_WORD_NUMBERS})\b(?:{_UNIT}){{0,2}}",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b[A-Z][\w.'’-]*(?:\s(?:(?:of|the|for|and|dan|untuk|de|bin|binti|von|van|al|del|di)\s)?[A-Z][\w'’-]*){0,7}"
)
_UNIT_OF_TIME = re.compile(
    r"\s(?:tahun|bulan|minggu|pekan|hari|jam|menit|detik|dekade|abad|years?|months?|weeks?|days?|hours?|minutes?|"
    r"seconds?|decades?|centur(?:y|ies))\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"%|\b(?:persen|percent|per cent|setengah|separuh|seperempat|sepertiga|pertiga|perempat|perlima|half|thirds?|quarters?)",
    re.IGNORECASE,
)
_WORK = r"\((?=[^()\d]*[^\W\d_])[^()\d]{2,160}?,?\s?(?:1[89]|20)\d{2}[a-z]?(?:\s?[,:;][^()]{0,160})?\)"
_CITED = re.compile(
    rf"{_WORK}(?=\s*(?:[.,;:?!)]|$))|(?:^|(?<=[.?!]\s)){_WORK}|"
    r"\([^()\d]{1,80}?(?:&|\bet al\b|\bdkk\b|\bdan\b|\band\b|;)[^()\d]{0,80}?,?\s?(?:1[89]|20)\d{2}[a-z]?[^()]{0,160}\)"
)
"""A work cited in the text, "(Ha & Ong, 2020)": at the end of a clause, after a sentence, or by several authors."""
_DAY_OR_MONTH = re.compile(
    rf"\b(?:{MONTH_IN_FULL})\b|\b(?:pada|sejak|hingga|sampai|since|from|until|in|by)\s(?:tahun\s)?{YEAR}",
    re.IGNORECASE,
)
_ORDINAL_OR_LIST = re.compile(
    r"(?:\(|\b(?:ke-|(?:No\.?|nomor|nomor urut|number)\s?(?:\d+(?:,\s?\d+)*,?\s(?:dan|atau|and|or)\s)?))$|^\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A possible short answer: where it stands in the sentence, and its text."""

    start: int
    end: int
    text: str


def without_cited_works(text: str) -> str:
    """A text of the same length with blanks for the works that it cites: their years are no dates of what it tells."""
    return _CITED.sub(lambda m: m[0] if _DAY_OR_MONTH.search(m[0]) else " " * len(m[0]), text)


def values(text: str, asked: Asked) -> list[Value]:
    """The values of the asked kind in a sentence, in order; none where the kind has no plain form."""
    if asked is Asked.DATE:
        text = without_cited_works(text)
        return [Value(m.start(), m.end(), m[0]) for m in _DATE.finditer(text)]
    if asked is Asked.DURATION:
        return list(_durations(text))
    if asked is Asked.SHARE:
        return [value for value in _quantities(text) if _SHARE.search(value.text)]
    if asked is Asked.NUMBER:
        return list(_quantities(text))
    if asked in (Asked.PERSON, Asked.PLACE):
        return list(_names(text))
    return []


def _quantities(text: str) -> Iterator[Value]:
    """Numbers that measure or count something: not years, list numbers or the digits of a name."""
    dates = bytearray(len(text))
    for m in _DATE.finditer(text):
        dates[m.start() : m.end()] = b"\1" * (m.end() - m.start())
    for m in _NUMBER.finditer(text):
        if dates[m.start()]:
            continue
        before, after = text[max(0, m.start() - 24) : m.start()], text[m.end() : m.end() + 1]
        if _ORDINAL_OR_LIST.search(before) or after == ")" or re.search(r"[A-Za-z]-?$", before):
            continue
        yield Value(m.start(), m.end(), m[0].strip())


def _durations(text: str) -> Iterator[Value]:
    """Quantities with the unit of time after them."""
    for value in _quantities(text):
        if unit := _UNIT_OF_TIME.match(text, value.end):
            yield Value(value.start, unit.end(), text[value.start : unit.end()])


def _names(text: str) -> Iterator[Value]:
    for m in _NAME.finditer(text):
        name = m[0].rstrip(".,'’-")
        first = name.split()[0].casefold()
        if first in FUNCTION_WORDS_OF_EITHER:
            rest = name[len(first) :].lstrip()
            if not rest or not rest[0].isupper():
                continue
            yield Value(m.end() - len(m[0]) + m[0].index(rest), m.start() + len(name), rest)
        elif m.start() > 0 or " " in name:
            yield Value(m.start(), m.start() + len(name), name)


def best_value(text: str, question: Question) -> Value | None:
    """The value that stands nearest to the question's words; None where none is plain.

    A value that the question itself holds is no answer to it. `berapa negara` and `how many countries` prefer a
    number with that noun after it.
    """
    asked_text = question.text.casefold()
    found = [v for v in values(text, question.asked) if v.text.casefold() not in asked_text]
    if not found:
        return None
    low = text.casefold()
    places = [m.start() for t in question.terms for m in re.finditer(rf"\b{re.escape(stem(t.text))}", low)]
    if not places:
        return found[0] if len(found) == 1 else None
    counted = _counted_noun(question)

    def distance(value: Value) -> float:
        nearest = sorted(abs((value.start + value.end) / 2 - place) for place in places)[:3]
        with_noun = bool(counted) and low[value.end : value.end + 25].lstrip().startswith(counted)
        return sum(nearest) / len(nearest) - (200 if with_noun else 0)

    return min(found, key=distance)


def _counted_noun(question: Question) -> str:
    m = re.search(r"\b(?:berapa(?: banyak| jumlah)?|how many)\s+([^\W\d_]{3,})", question.text, re.IGNORECASE)
    return stem(m[1]) if m else ""


def stem(word: str) -> str:
    """A word cut to where its forms agree, for looking it up in running text: no linguistics, 6 letters at most."""
    low = word.casefold()
    for prefix in ("member", "memper", "meng", "mem", "men", "peng", "pem", "pen", "ber", "ter", "di"):
        if low.startswith(prefix) and len(low) - len(prefix) >= 5:
            return low[len(prefix) :][:6]
    return low[:6]
