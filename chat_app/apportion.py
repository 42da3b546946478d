"""Which of a sentence's amounts is said of what: "the first grew sixfold, the second tenfold". Pure functions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Protocol

from chat_app.agreement import same_noun
from chat_app.facts import Amount
from chat_app.matching import keys, says
from indexer.language import FUNCTION_WORDS_OF_EITHER

LEAD_WORDS = 4
"""So many words before the first of several amounts are said of it alone."""
_CUT = re.compile(
    r"[;,]|\b(?:dan|serta|sedangkan|sementara|menjadi|disusul|tetapi|and|whereas|while|but|to|followed by)\b", re.I
)


_BOUNDS = frozenset("lebih kurang sekitar hampir more less about over under nearly almost some".split())
"""What bounds an amount tells nothing of what it is said of."""


class Placed(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def said_of_another(words: str, text: str, own: Sequence[Amount], there: Sequence[Amount]) -> Amount | None:
    """The amount that a text gives for what `words` speak of, where their `own` amounts are said of another thing.

    `there` are all the amounts of the text, `own` those of them that the words have or that answer them. One that has
    neither unit nor noun takes those of the one before it: "the Amazon is 6,400 kilometres long, the Niger 4,180".
    """
    first = own[0]
    alike = [o for o in there if _measures_like(o, first) or o is first]
    best = apportioned(words, text, alike, [n for n, other in enumerate(alike) if other in own])
    return None if best is None else alike[best]


def _measures_like(amount: Amount, other: Amount) -> bool:
    if amount.unit == other.unit:
        return bool(amount.unit) or same_noun(amount.noun, other.noun)
    return any(one.unit is None and not one.noun for one in (amount, other))


def apportioned(words: str, text: str, alike: Sequence[Placed], own: Sequence[int]) -> int | None:
    """The number of the one that `words` speak of, where they clearly do not speak of their `own`.

    A text with several amounts of a kind is cut between them. Of the words that stand in one of these parts alone, an
    own part must have as many as any other.
    """
    if len(alike) < 2:
        return None
    parts = parts_around(text, alike)
    telling = {w.casefold() for w in re.findall(r"[^\W_]{3,}", words)} - FUNCTION_WORDS_OF_EITHER - _BOUNDS
    holders = {word: [n for n, part in enumerate(parts) if says(keys(part), word)] for word in telling}
    counts = [sum(found == [n] for found in holders.values()) for n in range(len(parts))]
    subject = _subject(words, telling)
    if subject and len(holders[subject]) == 1:
        other = holders[subject][0]
        if other not in own and not says(keys(text.replace(parts[other], " ")), subject):
            return other
    best = max(range(len(counts)), key=counts.__getitem__)
    return None if best in own or counts[best] <= max(counts[n] for n in own) else best


def _subject(words: str, telling: Collection[str]) -> str | None:
    """The word that a statement begins with, leaving aside what tells nothing."""
    return next((w for w in re.findall(r"[^\W\d_]{3,}", words.casefold()) if w in telling), None)


def parts_around(text: str, alike: Sequence[Placed]) -> list[str]:
    """A text cut between amounts, at the last mark or joining word before the next one, else in the middle.

    What stands further before the first is said of all, and is in no part.
    """
    lead = text[: alike[0].start]
    marks = [m.end() for m in _CUT.finditer(lead)]
    words = list(re.finditer(r"\S+", lead))
    near = words[-LEAD_WORDS].start() if len(words) > LEAD_WORDS else 0
    cuts = [max([near, *marks[-1:]])]
    for first, second in pairwise(alike):
        between = text[first.end : second.start]
        found = list(_CUT.finditer(between))
        cuts.append(first.end + (found[-1].start() if found else len(between) // 2))
    return [text[a:b] for a, b in pairwise([*cuts, len(text)])]
