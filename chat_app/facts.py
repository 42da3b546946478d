"""What a text states that can be compared exactly: amounts with their units, dates, negation, direction, order of time.

Rules about Indonesian and English notation: "1,7 triliun" is "1.7 trillion", "sepuluh kali lipat" is "tenfold",
"seperempat" is "25 persen", "1950-an" are "the 1950s".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chat_app.calendar import MONTH, MONTHS, YEAR
from indexer.datatypes import Language
from indexer.language import FUNCTION_WORDS_OF_EITHER, detect_language

_MAGNITUDES = {
    "ratus": 1e2, "ribu": 1e3, "juta": 1e6, "jt": 1e6, "miliar": 1e9, "milyar": 1e9, "triliun": 1e12, "trilyun": 1e12,
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
_UNITS = {
    "%": "percent", "persen": "percent", "percent": "percent", "per cent": "percent", "persen poin": "percent",
    "percentage points": "percent", "percentage point": "percent",
    "kali lipat": "times", "kali": "times", "times": "times", "fold": "times", "x": "times",
    "us$": "usd", "$": "usd", "usd": "usd", "dolar": "usd", "dollar": "usd", "dollars": "usd", "us dollars": "usd", "us dollar": "usd", "dolar as": "usd", "dolar amerika": "usd",
    "rp": "idr", "idr": "idr", "rupiah": "idr", "€": "eur", "euro": "eur", "euros": "eur", "eur": "eur",
    "£": "gbp", "pound": "gbp", "pounds": "gbp", "poundsterling": "gbp", "yen": "jpy", "yuan": "cny", "won": "krw",
    "krone": "kroner", "kroner": "kroner", "krona": "kroner", "kronor": "kroner", "ringgit": "myr", "baht": "thb",
    "peso": "peso", "pesos": "peso", "rupee": "inr", "rupees": "inr", "rubel": "rub", "rubles": "rub", "roubles": "rub",
    "franc": "franc", "francs": "franc", "franc swiss": "franc", "lira": "lira", "riyal": "riyal", "dirham": "dirham", "dong": "vnd",
    "tahun": "year", "year": "year", "years": "year", "dekade": "decade", "dasawarsa": "decade", "decade": "decade",
    "decades": "decade", "bulan": "month", "month": "month", "months": "month", "minggu": "week", "pekan": "week",
    "week": "week", "weeks": "week", "hari": "day", "day": "day", "days": "day", "jam": "hour", "hour": "hour",
    "hours": "hour", "menit": "minute", "minute": "minute", "minutes": "minute", "abad": "century", "century": "century",
    "centuries": "century", "kilometer persegi": "km2", "km persegi": "km2", "square kilometres": "km2", "km2": "km2",
    "square kilometers": "km2", "sq km": "km2", "km²": "km2", "meter persegi": "m2", "square metres": "m2", "square meters": "m2",
    "meter kubik": "m3", "cubic metres": "m3", "cubic meters": "m3", "square miles": "mi2",
    "kilometer": "km", "kilometre": "km", "kilometers": "km", "kilometres": "km", "km": "km",
    "meter": "m", "metre": "m", "meters": "m", "metres": "m", "ton": "ton", "tons": "ton", "tonnes": "ton", "tonne": "ton",
    "kg": "kg", "kilogram": "kg", "kilograms": "kg", "hektare": "ha", "hektar": "ha", "hectares": "ha", "hectare": "ha",
    "liter": "l", "litre": "l", "liters": "l", "litres": "l", "watt": "w", "watts": "w", "kilowatt": "kw", "megawatt": "mw",
    "megawatts": "mw", "gigawatt": "gw", "mw": "mw", "gw": "gw", "mil": "mile", "mile": "mile", "miles": "mile",
    "kaki": "foot", "feet": "foot", "derajat": "degree", "degrees": "degree",
}  # fmt: skip
_SCALED = {
    "decade": ("year", 10.0), "century": ("year", 100.0), "km": ("m", 1e3), "ton": ("kg", 1e3), "ha": ("km2", 0.01),
    "m2": ("km2", 1e-6), "kw": ("w", 1e3), "mw": ("w", 1e6), "gw": ("w", 1e9),
}  # fmt: skip
"""Units that are so much of another."""
_SMALL = {
    "nol": 0, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "sejuta": 10**6, "zero": 0, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "dozen": 12, "selusin": 12,
}  # fmt: skip
_ONE = {"satu": 1, "one": 1}
"""Alone they are articles and pronouns more often than amounts; at the end of a number they count."""
_SHARES = {
    "setengah": 50, "separuh": 50, "paruh": 50, "seperempat": 25, "sepertiga": 100 / 3, "seperlima": 20,
    "half": 50, "a quarter": 25, "one quarter": 25, "one-quarter": 25, "one fourth": 25, "a third": 100 / 3,
    "one third": 100 / 3, "one-third": 100 / 3, "a fifth": 20, "one fifth": 20, "one-fifth": 20, "dua pertiga": 200 / 3,
    "two thirds": 200 / 3, "two-thirds": 200 / 3, "tiga perempat": 75, "three quarters": 75, "three-quarters": 75,
    "sepersepuluh": 10, "a tenth": 10, "one tenth": 10, "one-tenth": 10, "setengahnya": 50, "separuhnya": 50,
}  # fmt: skip
_FOLDS = {
    "twice": 2, "double": 2, "doubled": 2, "doubling": 2, "doubles": 2, "thrice": 3, "triple": 3, "tripled": 3,
    "quadrupled": 4, "berlipat ganda": 2, "dua kalinya": 2, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9, "tenfold": 10, "hundredfold": 100,
}  # fmt: skip
_ROMAN = {"v": 5, "x": 10, "xi": 11, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21}

TIMES = frozenset({"year", "decade", "month", "week", "day", "hour", "minute", "century"})
"""The units of time."""
_MEASURES = "|".join(
    re.escape(name) for name, unit in _UNITS.items() if name.isalpha() and len(name) > 2 and unit not in TIMES
)
_DATE = re.compile(
    rf"\b(?P<iy>\d{{4}})-(?P<im>\d{{2}})-(?P<id>\d{{2}})\b|"
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{MONTH})\b\.?,?(?:\s+(?P<y1>{YEAR}))?\b|"
    rf"\b(?P<m2>{MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>{YEAR}))?\b|"
    rf"\b(?P<m3>{MONTH})\b\.?,?\s+(?P<y3>{YEAR})\b|"
    rf"\b(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})(?:/(?P<y4>\d{{4}}))?\b|"
    rf"\babad\s+(?:ke-?\s?)?(?P<c1>\d{{1,2}}|{'|'.join(_ROMAN)})\b|\b(?P<c2>\d{{1,2}})(?:st|nd|rd|th)[\s-]century\b|"
    rf"\b(?P<y5>{YEAR})(?P<decade>-?\s?an|['’]?s)\b|(?<![$€£p])\b(?P<y6>{YEAR})\b(?![.,]\d|\s?%|\s(?:{_MEASURES})\b)",
    re.IGNORECASE,
)
_FIRST_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_WORDS = "|".join(sorted((*_SMALL, *_ONE, "belas", "puluh", "ratus", "hundred"), key=len, reverse=True))
MAGNITUDE = "|".join(sorted(_MAGNITUDES, key=len, reverse=True))
UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<money>US\$|Rp\.?|IDR|USD|EUR|\$|€|£)?\s?"
    rf"(?:(?P<digits>\d+(?:[.,]\d+)*)|(?<![^\W\d_])(?P<words>(?:{_FIRST_WORD})(?:[\s-](?:and\s)?(?:{_WORDS}))*)(?!(?!fold)\w))"
    rf"(?P<magnitude>(?:\s?(?:{MAGNITUDE})\b)*)"
    rf"(?:\s?-?(?P<unit>{UNIT})(?!\w))?(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_BOUNDS = (
    ("less", r"(?:tidak|tak)(?: akan| pernah| bisa)? (?:lebih dari|sampai|melebihi)|(?:no|not) more than|not even"),
    ("more", r"(?:tidak|tak)(?: akan| pernah| bisa)? kurang dari|(?:no|not) (?:less|fewer) than"),
    (
        "about",
        r"sekitar|kira-kira|kurang lebih|hampir|nyaris|mendekati|about|around|some|nearly|almost|roughly|approximately|close to|just (?:over|under)|a little (?:over|under)|sedikit di (?:atas|bawah)",
    ),
    (
        "more",
        r"lebih (?:dari|daripada)|melebihi|melampaui|di atas|paling sedikit|setidaknya|sedikitnya|minimal|more than|over|above|at least|upwards of",
    ),
    ("less", r"kurang dari|di bawah|paling banyak|maksimal|less than|fewer than|under|below|at most|up to|hingga"),
)
"""What stands before an amount that is no exact one; the denied ones first, since they end in the others."""
BOUND_REACH = 24
"""Characters before an amount in which such words are looked for."""
_BOUND = tuple((name, re.compile(rf"\b(?:{pattern})\s*$", re.IGNORECASE)) for name, pattern in _BOUNDS)
_SHARE_WORDS = "|".join(sorted(map(re.escape, _SHARES), key=len, reverse=True))
_BOUND_PHRASE = re.compile(
    rf"\b(?:{'|'.join(pattern for _, pattern in _BOUNDS)})(?=\s*(?:US\$|Rp|[$€£])?\s?(?:\d|(?:{_FIRST_WORD}|{_SHARE_WORDS})\b))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?:{_SHARE_WORDS})\b(?!\s(?:ribu|juta|miliar|triliun|thousand|million|billion|trillion))",
    re.IGNORECASE,
)
_FOLD = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _FOLDS), key=len, reverse=True))})\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:\b(?:ke-?|no\.?\s?|nomor\s|number\s|tujuan\s|goal\s|pasal\s|article\s|chapter\s|bab\s|one in\s|satu dari\s)|[A-Za-z]-)$", re.IGNORECASE)  # fmt: skip
"""Before a number that names something instead of counting it: G-77, Goal 17, (3)."""
_NOUN = re.compile(r"\s+(?:(?:buah|orang|unit|ekor|of the|of|new|baru|member|anggota)\s+)?([^\W\d_]{3,})")

_NEGATION = re.compile(
    r"\b(?:tidak(?:lah|nya)?|tak|bukan(?:lah|nya)?|belum|tanpa|ketiadaan|tiada|dilarang|melarang|terlarang|jangan|mustahil|gagal|menolak|membantah|nggak|enggak|gak|ga|"
    r"not|never|without|nor|cannot|fail(?:s|ed)?(?: to)?|refus(?:e[sd]?|ing)|den(?:y|ies|ied))\b|n['’]t\b|"
    r"\b(?:no(?! one knows)|neither|none|nobody|nothing|prohibit(?:s|ed)?|forb(?:id|ids|ade|idden)|banned)\b|\b(?:absence|lack) of\b",
    re.IGNORECASE,
)
DENIED_REACH = 60
"""So many characters after a "not" may be what it denies."""
CANCELLED_REACH = 30
"""A second one within so many takes the first one back."""
_CLAUSE_END = re.compile(r"[.,;:!?]|\s(?:tetapi|tapi|namun|melainkan|karena|sehingga|but|because|so that|although)\b")
_HARMLESS_NEGATION = re.compile(
    r"\b(?:tidak (?:hanya|saja|cuma)|bukan (?:hanya|saja|cuma|sekadar)|tak hanya|not only|not just|not merely|tidak lain|no less|tidak kurang|"
    r"no longer than|nothing but|tidak terlepas|tak terlepas|tidak lepas|bukan tidak)\b",
    re.IGNORECASE,
)
_DIRECTIONS = {
    "up": re.compile(
        r"\b(?:naik|(?:me)?ningkat(?:kan)?|meningkat(?:nya|kan)?|peningkatan|bertambah|menambah|tumbuh|pertumbuhan|melonjak|"
        r"melampaui|(?:lebih|ter)\s?(?:besar|tinggi|banyak|kuat|luas|cepat|mahal)|memperkuat|menguat|mempercepat|"
        r"increas(?:e[sd]?|ing)|r(?:ise[sn]?|ose|ising)|gr(?:ow(?:s|n|ing|th)?|ew)|more|larger|larg?est|bigger|biggest|"
        r"higher|highest|greater|greatest|most|stronger|exceed(?:s|ed|ing)?|surpass(?:e[sd]|ing)?|strengthen(?:s|ed|ing)?|"
        r"faster|accelerat(?:e[sd]?|ing))\b",
        re.IGNORECASE,
    ),
    "down": re.compile(
        r"\b(?:turun|menurun(?:nya|kan)?|penurunan|berkurang|mengurangi|merosot|anjlok|menyusut|"
        r"(?:lebih|ter)\s?(?:kecil|rendah|sedikit|lemah|sempit|lambat|murah)|melemah(?:kan)?|memperlambat|"
        r"decreas(?:e[sd]?|ing)|f(?:all(?:s|en|ing)?|ell)|declin(?:e[sd]?|ing)|drop(?:s|ped|ping)?|shr(?:ank|unk|ink(?:s|ing)?)|"
        r"less|least|fewer|fewest|smaller|smallest|lower(?:ed|ing|s)?|lowest|weaker|weakest|weaken(?:s|ed|ing)?|slower|"
        r"reduc(?:e[sd]?|ing|tion))\b",
        re.IGNORECASE,
    ),
    "before": re.compile(r"\b(?:sebelum(?:nya)?|mendahului|before|prior to|preced(?:e[sd]?|ing)|earlier than)\b", re.IGNORECASE),
    "after": re.compile(r"\b(?:setelah(?:nya)?|sesudah(?:nya)?|sepeninggal|after(?:wards)?|following|later than|subsequent(?:ly)?)\b", re.IGNORECASE),
}  # fmt: skip
CACHED = 1024
"""A claim is held against many sentences, and a sentence against many claims."""
OPPOSITES = {"up": "down", "down": "up", "before": "after", "after": "before"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it measures or counts."""

    value: float
    unit: str | None
    """One of the units' names ("percent", "usd", "year"); None for a bare count."""
    noun: str
    """The word after a bare count in lower case, which says what is counted; "" where none follows."""
    bound: str
    """"about", "more" or "less" where the amount is no exact one, else ""."""
    mantissa: float
    """The number as it is written, without its magnitude."""
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month, year, decade or century; None where a part is not said."""

    year: int | None
    month: int | None
    day: int | None
    span: int
    """The years that it covers: 1, 10 for a decade, 100 for a century; its `year` is then the first of them."""
    text: str
    start: int
    end: int


def dates(text: str) -> list[Date]:
    """The dates of a text, in order."""
    return list(_dates(text))


@lru_cache(maxsize=CACHED)
def _dates(text: str) -> tuple[Date, ...]:
    found = []
    text = _plain(text)
    for m in _DATE.finditer(text):
        part = m.groupdict()
        if century := part["c1"] or part["c2"]:
            number = _ROMAN.get(century.casefold()) or int(century)
            found.append(Date((number - 1) * 100, None, None, 100, m[0], m.start(), m.end()))
            continue
        year = next((int(part[k]) for k in ("iy", "y1", "y2", "y3", "y4", "y5", "y6") if part[k]), None)
        named = next((part[k] for k in ("m1", "m2", "m3") if part[k]), None)
        month = MONTHS[named.casefold()] if named else next((int(part[k]) for k in ("im", "m4") if part[k]), None)
        day = next((int(part[k]) for k in ("id", "d1", "d2", "d4") if part[k]), None)
        if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
            continue
        found.append(Date(year, month, day, 10 if part["decade"] else 1, m[0], m.start(), m.end()))
    return tuple(found)


def amounts(text: str, language: Language | None = None) -> list[Amount]:
    """The amounts of a text, in order; not its dates, nor numbers that only name something."""
    return list(_amounts(text, language))


@lru_cache(maxsize=CACHED)
def _amounts(text: str, language: Language | None) -> tuple[Amount, ...]:
    text = _plain(text)
    language = language or detect_language(text)
    taken = [(date.start, date.end) for date in dates(text)]
    found: list[Amount] = []
    for pattern, known, unit in ((_SHARE, _SHARES, "percent"), (_FOLD, _FOLDS, "times")):
        for m in pattern.finditer(text):
            is_of_time = unit == "percent" and re.match(
                r"\s(?:an? )?(?:jam|hari|tahun|abad|hour|day|year|centur)", text[m.end() :]
            )
            if not is_of_time and not _overlaps(m.start(), m.end(), taken):
                value = float(known[m[0].casefold()])
                more = "more" if re.match(r"\slebih\b(?! (?:dari|besar|kecil))", text[m.end() :]) else ""
                bound = _bound(text, m.start()) or more or ("about" if unit == "percent" else "")
                found.append(Amount(value, unit, "", bound, value, m[0], m.start(), m.end()))
                taken.append((m.start(), m.end()))
    for m in _AMOUNT.finditer(text):
        start, end = m.start() + len(m[0]) - len(m[0].lstrip()), m.end()
        if _overlaps(start, end, taken) or (not m["money"] and _LABEL.search(text[max(0, start - 12) : start])):
            continue
        if text[end : end + 1] == ")" and not m["unit"] and not m["magnitude"] and not m["money"]:
            continue  # "3)" and "(3)" number a list
        if re.match(r"-\d| besar\b", text[end:]):
            continue  # "10-15 percent": the other end has the unit; "delapan besar" is a round
        value = _digits(m["digits"], language) if m["digits"] else _in_words(m["words"])
        mantissa = value
        for magnitude in m["magnitude"].split():
            value *= _MAGNITUDES[magnitude.casefold()]
        unit_text = (m["unit"] or (m["money"] or "").rstrip(".")).casefold()
        unit_name, factor = _SCALED.get(_UNITS.get(unit_text, ""), (_UNITS.get(unit_text), 1.0))
        noun = _NOUN.match(text, end) if unit_name is None else None
        counted = noun[1].casefold() if noun and noun[1].casefold() not in FUNCTION_WORDS_OF_EITHER else ""
        found.append(
            Amount(value * factor, unit_name, counted, _bound(text, start), mantissa, m[0].strip(), start, end)
        )
    return tuple(sorted(found, key=lambda amount: amount.start))


def unit_of(word: str) -> str | None:
    """The unit that a word names ("kilometer", "dollars"), as amounts have it; None where it names none."""
    name = _UNITS.get(word.casefold())
    return _SCALED.get(name, (name, 1.0))[0] if name else None


def _bound(text: str, start: int) -> str:
    return next((name for name, _ in _bounds(text, start)), "")


def bound_words(text: str, start: int) -> str:
    """What stands before an amount that begins there and makes it no exact one; "" where nothing does."""
    return next((words for _, words in _bounds(text, start)), "")


def _bounds(text: str, start: int) -> Iterator[tuple[str, str]]:
    before = text[max(0, start - BOUND_REACH) : start]
    return ((name, found[0]) for name, pattern in _BOUND if (found := pattern.search(before)))


def _plain(text: str) -> str:
    """A text of the same length in which no letter has a lower case of its own kind."""
    return text.replace("İ", "I").replace("ı", "i").replace("ſ", "s").replace("\u212a", "K")


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in taken)


def _digits(written: str, language: Language) -> float:
    """A number in figures; which mark parts thousands depends on the language where the figure does not tell."""
    marks = [c for c in written if c in ".,"]
    if not marks:
        return float(written)
    if len(set(marks)) == 2:
        decimal = marks[-1]
        if marks.count(decimal) > 1:
            return float("".join(c for c in written if c.isdigit()))
        return float(written.replace("." if decimal == "," else ",", "").replace(decimal, "."))
    mark, last = marks[0], written.rsplit(marks[0], 1)[1]
    thousands = len(last) == 3 and (len(marks) > 1 or mark == ("." if language == "id" else ","))
    if thousands or len(marks) > 1:
        return float(written.replace(mark, ""))
    return float(written.replace(mark, "."))


def _in_words(written: str) -> float:
    """A number in words, as "dua ratus lima puluh" or "twenty-five"."""
    total = part = 0
    for word in re.split(r"[\s-]", written.casefold()):
        if word in ("seratus", "seribu", "sejuta"):
            total += _SMALL[word]
        elif word in ("ratus", "hundred"):
            total, part = total + 100 * part, 0
        elif word == "belas":
            part += 10
        elif word == "puluh":
            part *= 10
        else:
            part += {**_SMALL, **_ONE}.get(word, 0)
    return float(total + part)


def negations(text: str) -> list[str]:
    """The words by which a text denies; "not only" and "not without" deny nothing."""
    return [word for word, *_ in denials(text)]


def denials(text: str) -> list[tuple[str, int, int]]:
    """The words by which a text denies, each with the (start, end) of what it denies, up to the next mark or clause.

    Two of them, one within the reach of the other, deny nothing: "not without".
    """
    return list(_denials(text))


@lru_cache(maxsize=CACHED)
def _denials(text: str) -> tuple[tuple[str, int, int], ...]:
    plain = _BOUND_PHRASE.sub(_blank, text)
    plain = _HARMLESS_NEGATION.sub(_blank, plain)
    found: list[tuple[str, int, int]] = []
    for m in _NEGATION.finditer(plain):
        rest = _CLAUSE_END.search(text, m.end(), m.end() + DENIED_REACH)
        end = rest.start() if rest else min(len(text), m.end() + DENIED_REACH)
        if found and m.start() < min(found[-1][2], found[-1][1] + CANCELLED_REACH):
            found.pop()  # "not without" denies nothing
        else:
            found.append((m[0], m.end(), end))
    return tuple(found)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def directions(text: str) -> Iterator[tuple[str, str]]:
    """(direction, word) for what a text says of more and less, before and after."""
    text = _BOUND_PHRASE.sub(" ", text)
    for name, pattern in _DIRECTIONS.items():
        for m in pattern.finditer(text):
            yield name, m[0]
