"""The names of months and days in Indonesian and English, in lower case, and what a year looks like."""

from __future__ import annotations

_FULL = (
    "januari january", "februari february", "maret march", "april", "mei may", "juni june", "juli july",
    "agustus august", "september", "oktober october", "november", "desember december",
)  # fmt: skip
_SHORT = ("jan", "feb", "mar", "apr", "", "jun", "jul", "agu agt aug", "sep sept", "okt oct", "nov", "des dec")

MONTHS = {
    name: number
    for number, (full, short) in enumerate(zip(_FULL, _SHORT, strict=True), start=1)
    for name in (*full.split(), *short.split())
}
"""Each name's number, 1 to 12; abbreviations, without their point, among them."""
MONTH_NAMES = tuple(name for names in _FULL for name in names.split())
"""Those in full."""
DAY_NAMES = tuple(
    "senin selasa rabu kamis jumat jum'at sabtu minggu ahad "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH_IN_FULL = "|".join(MONTH_NAMES)
DAY = "|".join(DAY_NAMES)
"""The same for regular expressions that ignore case."""
YEAR = r"(?:1[0-9]\d{2}|20\d{2}|21\d{2})"
