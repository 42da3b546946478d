"""Who did what to whom: two names that a claim and a text both say, with the doer and the sufferer exchanged.

All the words agree then; only their order, the voice of the verb and the small words by, from and to tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from chat_app.countries import countries
from chat_app.matching import word_keys
from chat_app.names import names
from chat_app.opposites import means
from indexer.crossing import translations
from indexer.language import FUNCTION_WORDS_OF_EITHER

REACH = 90
"""Two names further apart than so many characters have nothing to do with each other."""
VERB_REACH = 45
"""A verb may stand so far before the first of two names: "diterima Eropa dari Amerika"."""
_VERB = re.compile(
    r"\b(?:(?:me|di)[a-z]{4,}|[a-z]{2,}ed|gave|given|gives?|sold|sells?|bought|buys?|won|wins?|beat(?:s|en)?|led|leads?|"
    r"told|tells?|paid|pays?|sent|sends?|lent|lends?|built|builds?|chose|chosen|left|took|taken|taught|fought|met|"
    r"overtook|overtaken|imports?|exports?|supports?|helps?|funds?|owns?|sues?|joins?|attacks?|supplies|supply)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\b(?:(?:mem|di)beri(?:kan)?|(?:me|di)nyalurkan|(?:meng|di)ekspor|(?:men|di)jual|meminjam(?:i|kan)|dipinjam(?:i|kan)|"
    r"(?:meng|di)irim(?:kan)?|mengirim(?:kan)?|(?:men|di)danai|(?:mem|di)biayai|(?:mem|di)bantu|(?:me|di)nyumbang|gives?|gave|"
    r"given|provid(?:es?|ed|ing)|export(?:s|ed|ing)?|sells?|sold|lends?|lent|sends?|sent|fund(?:s|ed)?|donat(?:es?|ed)|"
    r"suppl(?:y|ies|ied)|grant(?:s|ed)?|help(?:s|ed)?|support(?:s|ed)?)\b",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"\b(?:(?:men|di)erima|diterima|mendapat(?:kan)?|memperoleh|(?:meng|di)impor|mem?beli|dibeli|meminjam|receiv(?:es?|ed|ing)|"
    r"gets?|got|obtain(?:s|ed)?|import(?:s|ed|ing)?|buys?|bought|borrow(?:s|ed)?)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:di[a-z]{3,}|(?:is|are|was|were|been|being) (?:\w+ly )?(?:[a-z]+ed|given|sold|sent|lent|bought))\b"
)
_GIVEN_TO = re.compile(
    r"\b(?:diberi|dibantu|didanai|dibiayai|dipinjami|dikirimi|(?:is|are|was|were|been|being) (?:\w+ly )?"
    r"(?:given|granted|lent|sent|helped|funded|supported|supplied))\b"
)
"""After the one who is given something."""
_AGENT = re.compile(r"\s*(?:(?:oleh|by)\s+)?(?:the\s+)?$")
_TO, _FROM = re.compile(r"\b(?:kepada|ke|pada|untuk|to|for)\b"), re.compile(r"\b(?:dari|from)\b")
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]+")
_BY = re.compile(r"\b(?:oleh|by)\b|\bdi[a-z]{4,}\s*$", re.IGNORECASE)
"""Before the doer; an Indonesian passive needs no word for it: "dibentuk PBB"."""
_WITHOUT_AGENT = re.compile(r"\bdi[a-z]{4,} (?:pada|dalam|di|dari|sejak|ke|untuk|saat)\b", re.IGNORECASE)
_JOINED = re.compile(r"^\s*(?:,|dan|serta|and|&|/|atau|or|-|–|dengan|with|bersama)*\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Roles:
    """What a claim and a text say of two names that both have."""

    agree: bool
    claim: str
    """The claim's words from one name to the other."""
    source: str
    """The text's."""


def roles(claim: str, text: str, known: Collection[str] = frozenset()) -> Roles | None:
    """Whether a claim gives two names the parts that a text gives them; None where that cannot be told.

    `known` are names also where a sentence begins with them. Parts exchanged come before parts that agree.
    """
    both = list(_both(claim, text, names(claim, known)))
    agreeing = None
    for first, there_first in both:
        for second, there_second in both:
            if _place(claim, first) >= _place(claim, second) or there_first == there_second:
                continue
            others = [name for name, _ in both if name not in (first, second)]
            pair, there = (first, second), (there_first, there_second)
            agree = _agree(_clause(claim, *pair), _clause(text, *there), others)
            if agree is not None:
                found = Roles(agree, _shown(claim, pair), _shown(text, there))
                if not agree:
                    return found
                agreeing = found
    return agreeing


def _both(claim: str, text: str, named: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What both name: as the claim has it, and as the text has it."""
    heads = [word for word in _CAPITAL.findall(claim) if word.casefold() not in FUNCTION_WORDS_OF_EITHER]
    found: dict[str, str] = {name: name for name in (*named, *heads) if name in text}
    here, there = countries(claim), countries(text)
    found.update({name: there[code] for code, name in here.items() if code in there})
    for head in heads:
        others = [other for word in translations(head.casefold()) if (other := word.capitalize()) in text]
        if others:
            found.setdefault(head, others[0])
    yield from found.items()


_Clause = tuple[str, str, bool]


def _agree(mine: _Clause | None, theirs: _Clause | None, others: Sequence[str]) -> bool | None:
    """Whether two clauses give two names the same parts; None where they do not tell."""
    if mine is None or theirs is None:
        return None
    here, there, straight = mine[1], theirs[1], theirs[2]
    giver, other = _giver(*mine[:2]), _giver(*theirs[:2])
    if giver is not None and other is not None:
        return giver == (other if straight else 1 - other)
    if any(name in here for name in others) or _verb_keys(here).isdisjoint(_verb_keys(there)):
        return None
    if _WITHOUT_AGENT.search(here) or _WITHOUT_AGENT.search(there):
        return None
    passive = bool(_BY.search(here)) != bool(_BY.search(there))
    return straight != passive


def _clause(text: str, first: str, second: str) -> _Clause | None:
    """What stands before the two names and between them, and whether they stand in this order; None for no clause."""
    at, to = _place(text, first), _place(text, second)
    if at < 0 or to < 0 or at == to:
        return None
    straight = at < to
    begin, end = (at + len(first), to) if straight else (to + len(second), at)
    between = text[begin:end]
    if end <= begin or len(between) >= REACH or _JOINED.match(between):
        return None
    return text[max(0, min(at, to) - VERB_REACH) : min(at, to)], between, straight


def _giver(before: str, between: str) -> int | None:
    """Which of two names gives to the other, 0 for the one that stands first; None where neither is said to."""
    found = [(m, turned) for verb, turned in ((_GIVES, 0), (_TAKES, 1)) if (m := verb.search(between))]
    if found:
        m, turned = min(found, key=lambda one: one[0].start())
        if not _PASSIVE.search(between[: m.end()]):
            return turned
        return 1 if _GIVEN_TO.search(between[: m.end()]) else None  # else what stands first is the thing given
    for verb, turned in ((_GIVES, 0), (_TAKES, 1)):
        last = verb.search(before)
        by_the_first = last and _AGENT.match(before[last.end() :]) and _PASSIVE.search(before[: last.end()])
        if by_the_first and (_FROM.search(between) or _TO.search(between)):
            return turned
    return None


def _place(text: str, name: str) -> int:
    return text.casefold().find(name.casefold())


def _shown(text: str, pair: tuple[str, str]) -> str:
    """The words from the first of two names to the second."""
    first, second = sorted(pair, key=lambda name: _place(text, name))
    return text[_place(text, first) : _place(text, second) + len(second)]


def _verb_keys(text: str) -> frozenset[str]:
    """The keys of the verbs that have a doer and a sufferer; "beranggotakan" and "is a member of" have none."""
    verbs = _VERB.findall(text)
    meanings = (means(word) for word in verbs)
    return frozenset().union(*map(word_keys, verbs), (f"={meaning}" for meaning in meanings if meaning is not None))
