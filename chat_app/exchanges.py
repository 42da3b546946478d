"""Two parts of a text that a claim has exchanged: "A lends to B" said of what reads "B lends to A". Pure functions.

A misquotation of this kind has all the words of its text, so that only their order tells. The claim is covered with
the longest pieces of the text (greedy string tiling: Wise, 1993, "String similarity via greedy string tiling and
running Karp-Rabin matching"); two pieces are exchanged where the claim keeps the text's order as soon as they change
places, and not before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from chat_app.countries import countries
from chat_app.facts import CACHED, amounts, dates
from chat_app.matching import word_keys
from indexer.language import FUNCTION_WORDS_OF_EITHER, detect_language

COVERED = 0.8
"""So much of a claim's words has to stand in the text's order once the two parts have changed places."""
MAX_WORDS = 60
"""A longer claim is no misquotation of one sentence; it would cost too much to cover."""
MAX_TEXT_WORDS = 160
_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_LIKE = frozenset(
    "dan and serta atau or with dengan bersama antara between among met bertemu meets is are was were adalah ialah "
    "merupakan yaitu yakni equals both kedua beserta sama as versus dibanding dibandingkan".split()
)
"""Between two parts that may change places without a change of meaning, if nothing else stands there."""
_LIGHT = FUNCTION_WORDS_OF_EITHER | {"one", "ones"}
_PASSIVE_HELP = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly)? $", re.IGNORECASE)
MAX_PART, SPREAD = 5, 4
"""A part that is exchanged has no more words than this; between the two the text has at most twice as many as the claim
and so many more."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """From one of the two parts to the other, as the claim has it and as the text does."""

    claim: str
    source: str


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, or an amount, date or country as one."""

    keys: frozenset[str]
    kind: str
    """"amount", "date", "country", "word", or "light" for a function word."""
    text: str
    start: int
    end: int
    voice: str = ""
    """Of a verb "active" or "passive", as far as its form tells."""


@dataclass(frozen=True, slots=True)
class _Tile:
    """A piece of the claim that stands in the text: the first token of either, and how many."""

    mine: int
    theirs: int
    length: int


def exchanged(claim: str, text: str) -> Exchange | None:
    """The two parts of a text that a claim has in each other's place; None where there are none."""
    is_foreign = detect_language(claim) != detect_language(text)
    mine, theirs = _tokens(claim, is_foreign), _tokens(text, is_foreign)
    if not 3 <= len(mine) <= MAX_WORDS or len(theirs) > MAX_TEXT_WORDS:
        return None
    heavy = [n for n, token in enumerate(mine) if token.kind != "light"]
    there = frozenset().union(*(token.keys for token in theirs)) if theirs else frozenset()
    if sum(not mine[n].keys.isdisjoint(there) for n in heavy) < COVERED * len(heavy):
        return None
    tiles = _tiles(mine, theirs)
    weights = [_weight(mine, tile) for tile in tiles]
    kept = [(tile, weight) for tile, weight in zip(tiles, weights, strict=True) if weight]
    tiles, weights = [tile for tile, _ in kept], [weight for _, weight in kept]
    places = [tile.theirs for tile in tiles]
    before = _in_order(places, weights)
    best: tuple[float, int, int] | None = None
    for a, b in combinations(range(len(tiles)), 2):
        swapped = [*places[:a], places[b], *places[a + 1 : b], places[a], *places[b + 1 :]]
        after = _in_order(swapped, weights)
        if after - before < 1 or after < COVERED * len(heavy) or (best and after <= best[0]):
            continue
        if is_foreign and sum(weights[a + 1 : b]) < 2:
            continue  # a noun and its adjective
        if all(x < y for x, y in pairwise(swapped[a : b + 1])) and _can_change(mine, theirs, tiles[a : b + 1]):
            best = (after, a, b)
    if best is None:
        return None
    first, second = tiles[best[1]], tiles[best[2]]
    return Exchange(
        claim[mine[first.mine].start : mine[second.mine + second.length - 1].end],
        text[theirs[second.theirs].start : theirs[first.theirs + first.length - 1].end],
    )


@lru_cache(maxsize=CACHED)
def _tokens(text: str, only_heavy: bool) -> tuple[_Token, ...]:
    found = [
        _Token(frozenset({f"{amount.value:g} {amount.unit or ''}"}), "amount", amount.text, amount.start, amount.end)
        for amount in amounts(text)
    ]
    found += [
        _Token(frozenset({f"{date.year}-{date.month}-{date.day}"}), "date", date.text, date.start, date.end)
        for date in dates(text)
    ]
    for code, name in countries(text).items():
        for m in re.finditer(rf"\b{re.escape(name)}\b", text):
            found.append(_Token(frozenset({f"@{code}"}), "country", m[0], m.start(), m.end()))
    taken = sorted((token.start, token.end) for token in found)
    for m in _WORD.finditer(text):
        if any(start < m.end() and m.start() < end for start, end in taken):
            continue
        light = m[0].casefold() in _LIGHT
        keys = frozenset({m[0].casefold()}) if light else _keys(m[0])
        voice = _voice(m[0], text[: m.start()])
        found.append(_Token(keys, "light" if light else "word", m[0], m.start(), m.end(), voice=voice))
    return tuple(sorted((t for t in found if not (only_heavy and t.kind == "light")), key=lambda token: token.start))


def _keys(word: str) -> frozenset[str]:
    parts = re.split(r"[-’'.]", word)
    return word_keys(parts[0]) if len(parts) == 1 or len(parts[-1]) < 2 else frozenset({word.casefold()})


def _tiles(mine: Sequence[_Token], theirs: Sequence[_Token]) -> list[_Tile]:
    """The longest pieces that both have, none overlapping, in the claim's order."""
    alike = [[not a.keys.isdisjoint(b.keys) for b in theirs] for a in mine]
    free, unused = [True] * len(mine), [True] * len(theirs)
    found: list[_Tile] = []
    while True:
        best, most = None, 0.0
        for i in range(len(mine)):
            for j in range(len(theirs)):
                if not (alike[i][j] and free[i] and unused[j]):
                    continue
                length = 1
                while (
                    i + length < len(mine) and j + length < len(theirs) and alike[i + length][j + length]
                    and free[i + length] and unused[j + length]
                ):  # fmt: skip
                    length += 1
                tile = _Tile(i, j, length)
                weight = _weight(mine, tile) + 0.1 * length
                if weight > most:
                    best, most = tile, weight
        if best is None:
            return sorted(found, key=lambda tile: tile.mine)
        for n in range(best.length):
            free[best.mine + n] = unused[best.theirs + n] = False
        found.append(best)


def _weight(tokens: Sequence[_Token], tile: _Tile) -> int:
    return sum(token.kind != "light" for token in tokens[tile.mine : tile.mine + tile.length])


def _in_order(places: Sequence[int], weights: Sequence[int]) -> float:
    """The greatest weight of an increasing subsequence."""
    best: list[float] = []
    for n, place in enumerate(places):
        best.append(weights[n] + max((best[m] for m in range(n) if places[m] < place), default=0.0))
    return max(best, default=0.0)


def _can_change(mine: Sequence[_Token], theirs: Sequence[_Token], tiles: Sequence[_Tile]) -> bool:
    """Whether the first and last of these pieces are of one kind, and have the same between them on both sides."""
    first, second = tiles[0], tiles[-1]
    kinds = []
    for tile in (first, second):
        own = ["word" if t.kind == "country" else t.kind for t in mine[tile.mine : tile.mine + tile.length]]
        own = [kind for kind in own if kind != "light"]
        if len(set(own)) > 1 or len(own) > MAX_PART:
            return False
        kinds.append(own[0])
    here, there = mine[first.mine + first.length : second.mine], theirs[second.theirs + second.length : first.theirs]
    if kinds[0] != kinds[1] or len(there) > 2 * len(here) + SPREAD:
        return False
    matched = {tile.mine + n for tile in tiles for n in range(tile.length)}
    if any(t.kind != "light" and first.mine + first.length + n not in matched for n, t in enumerate(here)):
        return False  # what the text does not say may turn the parts round: "receives" for "gives"
    for between in (here, there):
        if all(token.text.casefold() in _LIKE for token in between):
            return False
    if len(tiles) == 2 and not (
        _all_light(here)
        and _all_light(there)
        and {t.text.casefold() for t in here} & {t.text.casefold() for t in there}
    ):
        return False
    leads = [(_lead(mine, tile.mine), _lead(theirs, tile.theirs)) for tile in (first, second)]
    took_along = all(here and here == there for here, there in leads) and leads[0] != leads[1]
    return not took_along and not _voice_turned(mine, theirs, tiles[1:-1])


def _all_light(tokens: Sequence[_Token]) -> bool:
    return all(token.kind == "light" for token in tokens)


def _lead(tokens: Sequence[_Token], at: int) -> str:
    """The function word before a piece's first word that is none; "" for none."""
    while tokens[at].kind == "light":
        at += 1
    return tokens[at - 1].text.casefold() if at and tokens[at - 1].kind == "light" else ""


def _voice_turned(mine: Sequence[_Token], theirs: Sequence[_Token], tiles: Sequence[_Tile]) -> bool:
    """Whether a verb in these pieces is active on one side and passive on the other."""
    voices = ((mine[tile.mine + n].voice, theirs[tile.theirs + n].voice) for tile in tiles for n in range(tile.length))
    return any(a and b and a != b for a, b in voices)


def _voice(word: str, before: str) -> str:
    """Of a verb "active" or "passive", as far as its form and what stands before it tell; else ""."""
    low = word.casefold()
    if re.match(r"(?:di|ter)[a-z]{4}", low):
        return "passive"
    if re.match(r"me[a-z]{4}", low):
        return "active"
    if re.search(r"[^\W\d_]{2}(?:ed|en)$|^(?:sold|bought|lent|sent|paid|won|lost|led|told|made|built)$", low):
        return "passive" if _PASSIVE_HELP.search(before) else "active"
    return ""
