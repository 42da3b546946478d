"""A sentence made false in one thing, and a pair of parallel sentences to make false: what exact reading is learned on.

Each way to falsify takes a sentence and gives it changed, or nothing where it has no such thing: another amount, unit,
year or name, two of its names or figures exchanged, a "not" more or less, a comparison turned round.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from indexer.datatypes import Language

Falsify = Callable[[str, Language, Sequence[str], random.Random], str | None]
"""(sentence, its language, names to take others from, chance) to the false sentence, or None."""

_YEAR = re.compile(r"\b(?:1[0-9]|20)\d{2}\b(?![.,]\d)")
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w.,]*\d)(?!-)")
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'’-]+(?: (?:of |the |dan |and )?[A-Z][\w'’-]+)*")
_SCALES = {
    "id": ("ribu", "juta", "miliar", "triliun"),
    "en": ("thousand", "million", "billion", "trillion"),
}
_UNIT_GROUPS = {
    "id": (("persen", "kali lipat"), ("tahun", "bulan", "hari", "dekade"), ("dolar", "rupiah", "euro"), ("kilometer", "meter"), ("kilogram", "ton"), ("jam", "menit")),
    "en": (("percent", "times"), ("years", "months", "days", "decades"), ("dollars", "euros", "pounds"), ("kilometres", "metres"), ("kilometers", "meters"), ("kg", "tonnes"), ("hours", "minutes"), ("miles", "feet")),
}  # fmt: skip
_OPPOSITES: dict[str, tuple[tuple[str, str], ...]] = {
    "id": (
        ("lebih besar", "lebih kecil"), ("lebih tinggi", "lebih rendah"), ("lebih banyak", "lebih sedikit"), ("lebih cepat", "lebih lambat"),
        ("lebih kuat", "lebih lemah"), ("lebih tua", "lebih muda"), ("lebih awal", "lebih akhir"), ("terbesar", "terkecil"), ("tertinggi", "terendah"),
        ("terbanyak", "tersedikit"), ("terpanjang", "terpendek"), ("tertua", "termuda"), ("terbaik", "terburuk"), ("naik", "turun"), ("meningkat", "menurun"),
        ("meningkatkan", "mengurangi"), ("peningkatan", "penurunan"), ("bertambah", "berkurang"), ("menguat", "melemah"), ("memperkuat", "melemahkan"),
        ("sebelum", "setelah"), ("pertama", "terakhir"), ("awal", "akhir"), ("utara", "selatan"), ("timur", "barat"), ("lama", "baru"),
        ("di atas", "di bawah"), ("lebih dari", "kurang dari"), ("sebagian besar", "sebagian kecil"), ("semua", "hanya beberapa"), ("mendukung", "menentang"),
        ("menerima", "menolak"), ("menerima", "memberikan"), ("kemenangan", "kekalahan"), ("memenangkan", "kalah dalam"), ("dimulai", "berakhir"), ("masuk", "keluar"),
    ),
    "en": (
        ("larger", "smaller"), ("bigger", "smaller"), ("higher", "lower"), ("greater", "lesser"), ("more", "less"), ("more", "fewer"), ("faster", "slower"), ("stronger", "weaker"),
        ("older", "younger"), ("earlier", "later"), ("longer", "shorter"), ("largest", "smallest"), ("highest", "lowest"), ("most", "fewest"), ("oldest", "newest"), ("best", "worst"),
        ("increased", "decreased"), ("increase", "decrease"), ("increases", "decreases"), ("rose", "fell"), ("grew", "shrank"), ("gained", "lost"), ("strengthened", "weakened"),
        ("before", "after"), ("first", "last"), ("early", "late"), ("north", "south"), ("northern", "southern"), ("east", "west"), ("eastern", "western"), ("above", "below"),
        ("more than", "less than"), ("at least", "at most"), ("majority", "minority"), ("all", "only some"), ("supported", "opposed"), ("accepted", "rejected"), ("gave", "received"),
        ("won", "lost"), ("began", "ended"), ("entered", "left"), ("began", "stopped"), ("allowed", "forbidden"), ("always", "never"), ("same", "opposite"),
    ),
}  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(?:is|was|are|were|has|have|had|can|could|will|would|may|might|must|should|did|does|do)\b(?! not|n't)"
)
_VERB_ID = re.compile(
    r"(?<=[a-z0-9,)] )(?:me[a-z]{4,}|ber[a-z]{4,}|di[a-z]{5,}|ter[a-z]{5,}|dapat|akan|bisa|memiliki)\b"
)
_NOT = {
    "id": re.compile(r"\b(?:tidak(?: pernah)?|bukan|belum|tak) (?!hanya|lain|saja)"),
    "en": re.compile(r" (?:not|never)\b(?! only)"),
}


def other_year(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """A year becomes one not far off."""
    return _replaced(
        sentence, _YEAR, lambda old: str(int(old) + chance.choice((-1, 1)) * chance.randint(1, 30)), chance
    )


def other_amount(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """An amount becomes another written alike."""

    def changed(old: str) -> str:
        if _YEAR.fullmatch(old):
            return old
        digits = list(old)
        places = [n for n, c in enumerate(digits) if c.isdigit()]
        place = chance.choice(places[: max(1, len(places) // 2)])
        choices = [d for d in "123456789" if d != digits[place]]
        digits[place] = chance.choice(choices)
        return "".join(digits)

    return _replaced(sentence, _NUMBER, changed, chance)


def other_unit(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """A magnitude or a unit after a number becomes another of its kind."""
    for group in chance.sample([_SCALES[language], *_UNIT_GROUPS[language]], 1 + len(_UNIT_GROUPS[language])):
        pattern = re.compile(rf"(?<=[\d)] )(?:{'|'.join(group)})\b")
        if match := pattern.search(sentence):
            new = chance.choice([unit for unit in group if unit != match[0]])
            return sentence[: match.start()] + new + sentence[match.end() :]
    return None


def other_name(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """A name becomes one of another text."""
    known = {word.casefold() for word in sentence.split()}
    pool = [
        n
        for n in (chance.choices(names, k=12) if names else ())
        if not n[0].isdigit() and known.isdisjoint(n.casefold().split())
    ]
    return _replaced(sentence, _NAME, lambda old: pool[0] if pool else old, chance)


def exchanged_names(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """Two names change places, unless they stand in one list."""
    return _exchanged(sentence, _NAME, chance)


def exchanged_figures(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """Two figures change places."""
    return _exchanged(sentence, _NUMBER, chance)


def denied(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """A "not" goes where there is one, and else comes."""
    if match := _NOT[language].search(sentence):
        return sentence[: match.start()] + sentence[match.end() :]
    if language == "en":
        match = _AUXILIARY.search(sentence)
        return f"{sentence[: match.end()]} not{sentence[match.end() :]}" if match else None
    if match := re.search(r"\b(?:adalah|merupakan)\b", sentence):
        return f"{sentence[: match.start()]}bukan{' ' + match[0] if match[0] == 'merupakan' else ''}{sentence[match.end() :]}"
    match = _VERB_ID.search(sentence)
    return f"{sentence[: match.start()]}tidak {sentence[match.start() :]}" if match else None


def turned(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """A comparison, an order or a direction becomes its opposite."""
    pairs = [pair for both in _OPPOSITES[language] for pair in (both, both[::-1])]
    chance.shuffle(pairs)
    for old, new in pairs:
        pattern = re.compile(rf"\b{old}\b")
        if match := pattern.search(sentence):
            return sentence[: match.start()] + new + sentence[match.end() :]
    return None


WAYS: tuple[Falsify, ...] = (
    other_year, other_amount, other_unit, other_name, exchanged_names, exchanged_figures, denied, turned, turned, denied,
)  # fmt: skip
"""The rarer ones twice, since fewer sentences have what they change."""


def falsified(sentence: str, language: Language, names: Sequence[str], chance: random.Random) -> str | None:
    """The sentence made false in one of the ways that it allows; None where it allows none."""
    for way in chance.sample(WAYS, len(WAYS)):
        made = way(sentence, language, names, chance)
        if made is not None and made != sentence:
            return made
    return None


def _replaced(
    sentence: str, pattern: re.Pattern[str], changed: Callable[[str], str], chance: random.Random
) -> str | None:
    places = list(pattern.finditer(sentence))
    if not places:
        return None
    place = chance.choice(places)
    return sentence[: place.start()] + changed(place[0]) + sentence[place.end() :]


def _exchanged(sentence: str, pattern: re.Pattern[str], chance: random.Random) -> str | None:
    places = list(pattern.finditer(sentence))
    pairs = [
        (a, b)
        for n, a in enumerate(places)
        for b in places[n + 1 :]
        if a[0] != b[0] and len(re.findall(r"[^\W\d_]{3,}", sentence[a.end() : b.start()])) > 1
    ]
    if not pairs:
        return None
    a, b = chance.choice(pairs)
    return f"{sentence[: a.start()]}{b[0]}{sentence[a.end() : b.start()]}{a[0]}{sentence[b.end() :]}"
