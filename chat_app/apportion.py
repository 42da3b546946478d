"""Which of a sentence's amounts is said of what: "the first grew sixfold, the second tenfold". Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


class Placed(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def said_of_another(words: str, text: str, own: Sequence[Amount], there: Sequence[Amount]) -> Amount | None:
    """The amount that a text gives for what `words` speak of, where their `own` amounts are said of another thing.

    `there` are all the amounts of the text, `own` those of them that the words have or that answer them.
    """
    first = own[0]
    alike = [o for o in there if o.unit == first.unit and (o.unit or o is first or same_noun(o.noun, first.noun))]
    best = apportioned(words, text, alike, [n for n, other in enumerate(alike) if other in own])
    return None if best is None else alike[best]


def apportioned(words: str, text: str, alike: Sequence[Placed], own: Sequence[int]) -> int | None:
    """The number of the one that `words` speak of, where they clearly do not speak of their `own`.

    A text with several amounts of a kind is cut between them. Of the words that stand in one of these parts alone, an
    own part must have as many as any other.
    """
    if len(alike) < 2:
        return None
    parts = parts_around(text, alike)
    telling = {w.casefold() for w in re.findall(r"[^\W_]{3,}", words)} - FUNCTION_WORDS_OF_EITHER
    holders = {word: [n for n, part in enumerate(parts) if says(keys(part), word)] for word in telling}
    counts = [sum(found == [n] for found in holders.values()) for n in range(len(parts))]
    best = max(range(len(counts)), key=counts.__getitem__)
    return None if best in own or counts[best] <= max(counts[n] for n in own) else best


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
