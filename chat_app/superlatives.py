"""Which of several is the most or the least, or which of two is more: among a table's rows, and within one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat_app.apportion import parts_around
from chat_app.comparisons import COMPARATIVE, SIGN, Ranking, agrees_with
from chat_app.facts import Amount, amounts

LISTED = 3
"""From so many amounts of a kind on a sentence lists them."""
_SUPERLATIVE = re.compile(
    r"\bpaling (?P<paling>[^\W\d_]+)|\bter(?P<ter>[^\W\d_]{4,})|\b(?P<est>[a-z]+?)(?P<double>[bdgmnpt]?)(?:iest|est)\b|"
    r"\b(?P<most>most|least|fewest)\b",
    re.IGNORECASE,
)
_DEGREES = {"most": 1, "least": -1, "fewest": -1}
_BOUND = re.compile(
    r"\b(?:at (?:most|least)|most of|paling (?:sedikit|banyak|tidak) (?=\d)|setidaknya|most likely)", re.IGNORECASE
)
_COMPARED = re.compile(
    rf"\b(?:lebih|kian|makin) (?P<lebih>[^\W\d_]+)|\b(?P<more>more|{COMPARATIVE})\b|\b(?P<fewer>less|fewer)\b",
    re.IGNORECASE,
)
_THING = r"[^,;:?]{2,60}?"
_EITHER = re.compile(
    rf"(?:^|[,:;]\s*|\b(?:antara|between)\s)(?:the )?(?P<first>{_THING})\s(?:or|atau)\s(?:the )?(?P<second>{_THING})"
    rf"\s*(?:$|\?|,|(?=\s(?:yang|mana)\b))|"
    rf"\b(?:antara|between)\s(?:the )?(?P<this>{_THING})\s(?:dan|and)\s(?:the )?(?P<that>{_THING})\s*(?:$|\?|,)|"
    rf"(?:^|[,:;]\s*)(?:the )?(?P<these>{_THING})\s(?:di?banding(?:kan)?(?: dengan)?|versus|vs\.?|compared (?:to|with))"
    rf"\s(?:the )?(?P<those>{_THING})\s*(?:$|[?,:;])",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\s(?:(?:dan|and|of|the|&)\s)?[A-Z][\w’'-]*)*")
_BESIDE = re.compile(r"^[^:]*:|\([^()]*\)|(?:^|(?<=\s))\(?\w{1,2}\)(?=\s|$)")
"""What introduces a list, brackets and the marks of its items: no names of what is listed."""


def superlative(text: str) -> int:
    """1 where a text asks for or speaks of the most, -1 for the least, 0 for neither."""
    for match in _SUPERLATIVE.finditer(_BOUND.sub(" ", text)):
        if match["most"]:
            return _DEGREES[match["most"].casefold()]
        word = (match["paling"] or match["ter"] or match["est"]).casefold()
        for form in (word, f"{word}e", f"{word}y", word + (match["double"] or ""), word.removesuffix("nya")):
            if form in SIGN:
                return SIGN[form]
    return 0


def either(question: str) -> tuple[str, str] | None:
    """The two things between which a question asks; None where it names no two."""
    found = _EITHER.search(question)
    names = ("first", "second", "this", "that", "these", "those")
    first, second = (found[name] for name in names if found[name]) if found else ("", "")
    return (first, second) if found else None


def alternatives(question: str) -> Ranking | None:
    """The two things of which a question asks which is more, as if the first were; None where it asks no such thing."""
    things = either(question)
    sign = superlative(question) or _compared(question) if things else 0
    return Ranking(*things, sign, question) if things and sign else None


def _compared(text: str) -> int:
    """1 where a text asks which of two is more, -1 for less, 0 for neither."""
    for match in _COMPARED.finditer(text):
        if match["fewer"]:
            return -1
        if sign := SIGN.get((match["lebih"] or match["more"]).casefold(), 0):
            return sign
    return 0


def which_of_two(question: str, sentence: str) -> str | None:
    """The one of the two things asked about that a sentence says is the more; None where it does not compare them."""
    asked = alternatives(question)
    told = agrees_with(asked, sentence) if asked else None
    if asked is None or told is None:
        return None
    return asked.first if told else asked.second


def furthest(sign: int, found: Sequence[Amount]) -> int | None:
    """The number of the highest (1) or lowest (-1) of amounts; None where they measure unlike or two are equal."""
    if len(found) < 2 or len({amount.unit for amount in found}) > 1:
        return None
    values = [sign * amount.value for amount in found]
    best = max(values)
    return values.index(best) if values.count(best) == 1 else None


def only_amount(cell: str) -> Amount | None:
    """The amount of a table's cell that holds nothing else that counts."""
    found = amounts(cell)
    return found[0] if len(found) == 1 else None


def furthest_listed(question: str, sentence: str) -> str | None:
    """The name beside the highest or lowest of the amounts that a sentence lists, where a question asks for it.

    None where it asks for neither, the sentence lists nothing, or it is not plain which name belongs to which amount.
    """
    sign = superlative(question)
    found = amounts(sentence) if sign else []
    for unit in {amount.unit for amount in found}:
        alike = [amount for amount in found if amount.unit == unit and not amount.bound]
        best = furthest(sign, alike) if len(alike) >= LISTED else None
        if best is None:
            continue
        names = [_NAME.findall(_BESIDE.sub(" ", part)) for part in parts_around(sentence, alike)]
        if all(len(set(own)) == 1 for own in names) and len({own[0] for own in names}) == len(names):
            return re.sub(r"^The ", "", names[best][0])
    return None
