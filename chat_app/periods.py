"""When something is asked of: after, before or between years, on which day; and whether a sentence tells of that time.

"By how much did trade grow after 2008?" is not answered by what it grew from 1980 to 2008, though that sentence says
every word of it.
"""

from __future__ import annotations

import math
import re

from chat_app.calendar import DAY, MONTH_IN_FULL, YEAR
from chat_app.facts import dates
from chat_app.values import without_cited_works

_FIRST, _LAST = (rf"(?:the year |tahun )?(?P<{name}>{YEAR})\b(?![-–]?an\b|s\b|['’]s)" for name in ("first", "last"))
_TO = r"\s?(?:-|–|to|and|until|through|hingga|sampai|dan|s/d)\s?"
_BETWEEN = re.compile(
    rf"\b(?:from|between|during|dari|antara|sejak|selama|kurun(?: waktu)?|periode)\s{_FIRST}{_TO}{_LAST}",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\b(?:after|past|since|setelah|sesudah|lepas|sejak|mulai)\s{_FIRST}", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(?:before|prior to|sebelum)\s{_LAST}", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:since|sejak|semenjak|after|setelah|sesudah|from|mulai|dari|by)\s(?:the year |tahun )?$", re.IGNORECASE
)
_RANGE = re.compile(rf"^{_TO}(?:the year |tahun )?$", re.IGNORECASE)

_DAY_ASKED = re.compile(
    r"\b(?:(?:what|which) (?:exact )?day|hari apa|day and month|(?:what|which) month|bulan (?:apa|berapa|mana))\b",
    re.IGNORECASE,
)
"""Not "which date", which a year answers for lack of better."""
_DAY = re.compile(rf"\b(?:{DAY}|{MONTH_IN_FULL})\b", re.IGNORECASE)

Period = tuple[float, float]
"""From a year to a year, both within it."""


def tells_of_its_time(question: str, text: str) -> bool:
    """Whether a sentence that has dates has one of the time that a question names, and the day where that is asked for.

    True where the question names no such time, or the sentence no date at all: it may stand in a text about that time.
    """
    told = without_cited_works(text)
    found = dates(told)
    if _DAY_ASKED.search(question) and found and all(d.month is None for d in found) and not _DAY.search(told):
        return False
    asked = period(question)
    if asked is None:
        return True
    covered = _periods(told)
    return not covered or any(_meet(asked, one) for one in covered)


def _meet(asked: Period, told: Period) -> bool:
    """Whether two periods share more than a year that ends the one and begins the other; single years may be it."""
    first, last = max(asked[0], told[0]), min(asked[1], told[1])
    return first < last or (first == last and (asked[0] == asked[1] or told[0] == told[1]))


def period(question: str) -> Period | None:
    """The years that a question asks about; None where it bounds none."""
    if m := _BETWEEN.search(question):
        return float(m["first"]), float(m["last"])
    if m := _AFTER.search(question):
        return float(m["first"]), math.inf
    if m := _BEFORE.search(question):
        return -math.inf, float(m["last"])
    return None


def _periods(text: str) -> list[Period]:
    """The years that a text tells of: single ones, decades and centuries, ranges, and what goes on from a year."""
    years = [date for date in dates(text) if date.year is not None]
    found: list[Period] = []
    for number, date in enumerate(years):
        assert date.year is not None
        first, last = float(date.year), float(date.year + date.span - 1)
        if number and _RANGE.match(text[years[number - 1].end : date.start]):
            found[-1] = (found[-1][0], last)
            continue
        found.append((first, math.inf if _OPEN.search(text[: date.start]) else last))
    return found
