"""Which of two things a text says is more: "A lebih tinggi daripada B", "B is not as tall as A", or by two amounts.

A reversed comparison has all the words of the true one, so that nothing but its structure tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from chat_app.apportion import parts_around
from chat_app.facts import CACHED, amounts, bound_words
from chat_app.matching import word_keys
from indexer.language import FUNCTION_WORDS_OF_EITHER

_MORE = (
    "besar gede tinggi banyak kuat luas cepat pesat mahal panjang lama tua berat jauh dalam padat kaya maju baik "
    "penting sering "
    "larger bigger higher greater more taller faster stronger longer older richer heavier deeper wider broader farther "
    "further costlier better quicker denser large big high great tall fast strong long old rich heavy deep wide far "
    "expensive many much"
)
_EXCEEDS = "melampaui melebihi mengungguli exceed exceeds exceeded surpass surpasses surpassed outpace outpaced"
_LESS = (
    "kecil rendah sedikit lemah sempit lambat murah pendek muda ringan dekat dangkal miskin buruk jarang singkat "
    "smaller lower less fewer weaker slower shorter younger poorer lighter shallower narrower nearer cheaper worse "
    "small low few little weak slow short young poor light shallow narrow near cheap bad"
)
SIGN = {**dict.fromkeys((*_MORE.split(), *_EXCEEDS.split()), 1), **dict.fromkeys(_LESS.split(), -1)}
"""Of what an adjective or verb says there is more (1) or less (-1)."""
COMPARATIVE = "|".join(word for word in SIGN if word.endswith(("er", "worse", "less")) and word != "fewer") + "|fewer"
_ADJECTIVE = r"(?P<adjective>[^\W\d_]+)"
_THAN = r"(?:daripada|dibanding(?:kan)?(?: dengan)?|ketimbang|than|dari(?! [\d$]))"
_FORMS = tuple(
    (sign, re.compile(pattern, re.IGNORECASE))
    for sign, pattern in (
        (
            -1,
            rf"\b(?:tidak|tak|bukan) (?:lebih|se)\s?{_ADJECTIVE}\b[^.;]{{0,80}}?(?P<than>\b{_THAN}\b|(?<=\s)(?=[A-Z]))",
        ),
        (-1, rf"\b(?:not|n['’]t|never|hardly) (?:as|so) {_ADJECTIVE} (?P<than>as)\b"),
        (-1, rf"\b(?:not|n['’]t|no) (?:more )?{_ADJECTIVE}\b[^.;]{{0,60}}?\b(?P<than>than)\b"),
        (-1, rf"\bless (?!than\b){_ADJECTIVE}\b[^.;]{{0,80}}?\b(?P<than>than)\b"),
        (-1, rf"\bkurang {_ADJECTIVE}\b[^.;]{{0,80}}?\b(?P<than>{_THAN})\b"),
        (
            1,
            rf"\b(?P<adjective>{_EXCEEDS.replace(' ', '|')})(?P<than>)\s(?!\D{{0,6}}\d)",
        ),
        (1, rf"\b(?:lebih|more) {_ADJECTIVE}\b[^.;]{{0,80}}?\b(?P<than>{_THAN})\b"),
        (1, rf"\b(?P<adjective>{COMPARATIVE})\b[^.;]{{0,80}}?\b(?P<than>than)\b"),
    )
)
"""The first that fits; its sign turns that of the adjective."""
_PREFER = re.compile(
    r"\bprefer(?:s|red|ring)?\b(?P<first>[^.;]{3,80}?)\b(?:to|over|rather than)\b(?P<second>[^.;]{3,80})|"
    r"\blebih (?:memilih|suka|menyukai|mengutamakan|mementingkan|condong (?:ke|pada))\b(?P<satu>[^.;]{3,80}?)"
    r"\b(?:daripada|ketimbang|dibanding(?:kan)?)\b(?P<dua>[^.;]{3,80})",
    re.IGNORECASE,
)
_REACH = 110
"""So many characters on either side are what is compared."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CLAUSE = re.compile(
    r"[.;:!?]|,(?!\d)|\b(?:yang|which|that|tetapi|but|sedangkan|whereas|sementara|while)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Two things of which a text says that the first is more (1) or less (-1) than the second."""

    first: str
    second: str
    sign: int
    text: str
    """The words by which it says so."""


@lru_cache(maxsize=CACHED)
def ranking(text: str) -> Ranking | None:
    """The first comparison of two things in a text; None where it has none."""
    if m := _PREFER.search(text):
        return Ranking(m["first"] or m["satu"], _CLAUSE.split(m["second"] or m["dua"])[0], 1, m[0])
    for turn, form in _FORMS:
        m = form.search(text)
        if m is None:
            continue
        sign = SIGN.get(m["adjective"].casefold())
        if sign is None and turn == 1 and re.match(r"(?:lebih|more)\b", m[0], re.IGNORECASE):
            sign = 1  # "more prone to … than", "lebih menghambat daripada"
        if sign is None:
            continue
        clauses = _CLAUSE.split(text[max(0, m.start() - _REACH) : m.start()])
        before = clauses[-1] if _names_something(clauses[-1]) else " ".join(clauses)
        after = _CLAUSE.split(text[m.end("than") : m.end("than") + _REACH])[0]
        between = text[m.end("adjective") : m.start("than")]
        first = between if _is_pair(between, after) else f"{before} {between}"
        return Ranking(first, after, turn * sign, text[m.start() : m.end("than")])
    return None


def _names_something(text: str) -> bool:
    """Whether a text has more than an amount in it."""
    for amount in reversed(amounts(text)):
        text = text[: amount.start - len(bound_words(text, amount.start))] + text[amount.end :]
    return bool(re.search(r"[^\W\d_]{3,}", text))


def _is_pair(between: str, after: str) -> bool:
    """Whether what is compared stands on both sides of "than", as in "more to hinder it than to help it"."""
    return bool(re.match(r"\s*(?:to|in|for|on|by|dalam|untuk|pada|bersifat|me\w+)\b", between)) and len(after) > 0


def agrees_with(claim: Ranking, text: str) -> bool | None:
    """Whether a text says the same of the two things as a claim; None where it does not compare them."""
    mine, theirs = _telling(claim.first, claim.second), _telling(claim.second, claim.first)
    if not mine or not theirs:
        return None
    if (other := ranking(text)) is not None:
        first, second = _telling(other.first, other.second), _telling(other.second, other.first)
        straight = _shared(mine, first) + _shared(theirs, second)
        crossed = _shared(mine, second) + _shared(theirs, first)
        if straight != crossed and straight + crossed > 1:
            return (claim.sign == other.sign) == (straight > crossed)
    values = _values(text, mine, theirs)
    if values is None or values[0] == values[1]:
        return None
    return (values[0] > values[1]) == (claim.sign > 0)


def _values(text: str, mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> tuple[float, float] | None:
    """The amounts that a text gives for the two things; None where it gives none that measure alike."""
    found = amounts(text)
    for unit in {amount.unit for amount in found}:
        alike = [amount for amount in found if amount.unit == unit]
        if len(alike) < 2:
            continue
        parts = parts_around(text, alike)
        first, second = (_best(parts, side) for side in (mine, theirs))
        if first is None and second is not None and len(alike) == 2:
            first = 1 - second
        if second is None and first is not None and len(alike) == 2:
            second = 1 - first
        if first is not None and second is not None and first != second:
            return alike[first].value, alike[second].value
    return None


def _best(parts: Sequence[str], side: Sequence[frozenset[str]]) -> int | None:
    """The part that alone says most of a side's words; None where none or several do."""
    counts = [_shared(side, [_keys(word) for word in _WORD.findall(part)]) for part in parts]
    top = max(counts)
    return counts.index(top) if top and counts.count(top) == 1 else None


def _telling(own: str, other: str) -> list[frozenset[str]]:
    """The keys of the words that one of the two things has and the other has not."""
    others = {key for word in _WORD.findall(other) for key in _keys(word)}
    words = [word for word in _WORD.findall(own) if word.casefold() not in FUNCTION_WORDS_OF_EITHER]
    return [keys for word in words if (keys := _keys(word)).isdisjoint(others)]


def _keys(word: str) -> frozenset[str]:
    """By what a word is found; a compound only as a whole, "Selatan-Selatan" is no "Utara-Selatan"."""
    parts = [sorted(word_keys(part)) for part in re.split(r"[-]", word) if part]
    if len(parts) == 1:
        return frozenset(parts[0])
    return frozenset("-".join(choice) for choice in _products(parts))


def _products(parts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for part in parts[:3]:
        found = [(*done, key) for done in found for key in part]
    return found


def _shared(side: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> int:
    """How many words of one side the other has; a year counts most."""
    return sum(
        (3 if any(key.isdigit() and len(key) == 4 for key in keys) else 1)
        * any(not keys.isdisjoint(found) for found in other)
        for keys in side
    )
