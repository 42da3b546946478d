"""Where a claim and a text differ in what can be compared exactly, named: "klaim: 77; sumber: 134". Pure functions.

Small models read a sentence's gist and pass over one figure, one name or one "not" (the trap set of eval/questions
measures it); these rules do the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from chat_app.agreement import agrees, fits, follows, same_date, same_noun
from chat_app.apportion import apportioned, parts_around, said_of_another
from chat_app.comparisons import agrees_with, ranking
from chat_app.countries import countries, country, governed_from
from chat_app.exchanges import exchanged
from chat_app.facts import OPPOSITES, TIMES, Amount, Date, amounts, bound_words, dates, denials, directions, negations
from chat_app.matching import keys, says
from chat_app.names import is_named, is_office, names
from chat_app.opposites import means, reversed_word
from chat_app.roles import roles
from chat_app.values import without_cited_works
from indexer.language import FUNCTION_WORDS_OF_EITHER, detect_language


class Kind(StrEnum):
    """What differs."""

    AMOUNT = "amount"
    UNIT = "unit"
    DATE = "date"
    NAME = "name"
    COUNTRY = "country"
    DENIAL = "denial"
    """A word that one side denies and the other says."""
    NEGATION = "negation"
    """One side denies and the other does not; what, cannot be found in the other language."""
    DIRECTION = "direction"
    OPPOSITE = "opposite"
    RANKING = "ranking"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two things that differ, in the words of the claim and of the text; "" for a "not" that one of them lacks."""

    kind: Kind
    claim: str
    source: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim held against a text."""

    differences: tuple[Difference, ...]
    """What the text says otherwise."""
    unsaid: Mapping[Kind, tuple[str, ...]]
    """Amounts, dates and names of the claim that the text says nothing of, in any form."""
    matched: int
    """Amounts, dates and names of the claim that the text says too."""
    figures: int = 0
    """The amounts and dates among them."""
    is_odd: bool = False
    """Whether one of the two denies once more than the other, whatever it denies."""

    @property
    def kinds(self) -> frozenset[Kind]:
        """In what the two differ."""
        return frozenset(difference.kind for difference in self.differences)


RARE_FIGURE = 13
"""From here on the same figure twice is hardly chance."""
MAX_RIVALS = 2
"""A text that lists more countries than these that a claim does not name is no word against the claim's."""
_EXAMPLE = re.compile(
    r"\b(?:termasuk|antara lain|seperti|misalnya|contohnya|salah satu(?:nya)?|including|includes?|such as|among them|"
    r"among others|for example|for instance|like|e\.g\.)[^.;]{0,40}$",
    re.IGNORECASE,
)
DECIDING = frozenset({Kind.AMOUNT, Kind.UNIT, Kind.DATE})
"""What one sentence says otherwise is a word against a claim, even where another bears it out."""
NAMING = DECIDING | {Kind.COUNTRY, Kind.NAME}
"""Other figures and names than the claim's."""
REVERSING = frozenset({Kind.RANKING, Kind.ROLES, Kind.DENIAL})
"""These and figures a text that says them otherwise does not bear out, whatever else it says."""

OtherNames = Callable[[str], Mapping[str, tuple[str, ...]]]
"""For each name in a text what else it is called."""

_HELD_BACK = re.compile(r"\b(?:until|before|prior to|sebelum(?:nya)?|sampai|hingga)\b|\bas \w+\b", re.IGNORECASE)
"""What a denial of the time before, or of as much, has beside it."""
_NONE_MORE = re.compile(
    r"\b(?:no|none|tidak ada|tak ada|tiada)\b[^.;]{0,60}(?:"
    r"\b(?:lebih|more|less|\w+er)\b[^.;]{0,40}\b(?:than|daripada)\b|\b(?:meng)?ungguli|melampaui|melebihi|menyaingi|"
    r"menandingi|surpass|exceed|outd[oi]|rival|match)",
    re.IGNORECASE,
)
"""By which the most is said: "no country is bigger than"."""
_LIGHT = frozenset(
    "juta ribu miliar triliun persen percent million billion thousand lagi pernah ada all any every semua "
    "seluruh setiap one orang seriously yet ever still anymore longer merupakan menjadi memiliki mempunyai "
    "mencakup meliputi termasuk melibatkan mengandung include includes involve involves cover covers contain "
    "contains have has akan bisa dapat the been being".split()
)
_DATE_BOUND = re.compile(
    r"\b(?:(?P<before>sebelum|before|prior to|menjelang)|setelah|sesudah|after|sejak|since)\s(?:the\s|tahun\s)?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:]|,(?!\s?\d)|\b(?:and|dan|serta|while|whereas|sedangkan|sementara|which|yang)\b", re.IGNORECASE
)


def compare(
    claim: str, text: str, other_names: OtherNames = lambda _: {}, known: Collection[str] = frozenset()
) -> Comparison:
    """What a claim and a text differ in; "about the same thing?" is not asked here.

    `known` are words that are names also where a sentence begins with them.
    """
    differences: list[Difference] = []
    unsaid: dict[Kind, tuple[str, ...]] = {}
    matched = 0
    for found, missing, same in (_compare_amounts(claim, text), _compare_dates(claim, text)):
        differences.extend(found)
        for kind, words in missing.items():
            unsaid[kind] = words
        matched += same
    figures = matched
    name_differences, missing_names, same = _compare_names(claim, text, other_names, known)
    differences.extend(name_differences)
    if missing_names:
        unsaid[Kind.NAME] = missing_names
    matched += same
    compared = ranking(claim)
    told = agrees_with(compared, text) if compared else None
    if compared and told is False:
        differences.append(Difference(Kind.RANKING, compared.text, _said_instead(text)))
    if told is None:
        # What compares two things is told by their order as a whole, not by "more" here and "fell" there.
        differences.extend(_compare_directions(claim, text))
        denied = None if _NONE_MORE.search(claim) else _compare_denials(claim, text)
        if denied:
            differences.append(denied)
    parts = roles(claim, text, known)
    if parts and not parts.agree:
        differences.append(Difference(Kind.ROLES, parts.claim, parts.source))
    elif DECIDING.isdisjoint(d.kind for d in differences) and (exchange := exchanged(claim, text)):
        differences.append(Difference(Kind.ROLES, exchange.claim, exchange.source))
    if told is None and parts is None and (reverse := _compare_opposites(claim, text, differences)):
        differences.append(reverse)
    is_odd = len(negations(claim)) % 2 != len(negations(text)) % 2
    return Comparison(tuple(differences), unsaid, matched, figures, is_odd)


_Part = tuple[list[Difference], dict[Kind, tuple[str, ...]], int]


def _compare_amounts(claim: str, text: str) -> _Part:
    said, there = amounts(claim), amounts(text)
    differences: list[Difference] = []
    missing: list[str] = []
    same = 0
    parts = parts_around(claim, said) if len(said) > 1 else [claim] * len(said)
    for part, amount in zip(parts, said, strict=True):
        agreeing = [other for other in there if agrees(amount, other) and fits(amount, other)]
        if agreeing:
            rival = said_of_another(part.replace(amount.text, " "), text, agreeing, there)
            same += rival is None
        else:
            rival = None if follows(amount, there) else _rival(amount, there, said)
        if rival:
            is_unit = not agreeing and (rival.unit != amount.unit or rival.mantissa == amount.mantissa)
            kind = Kind.UNIT if is_unit else Kind.AMOUNT
            differences.append(Difference(kind, _whole(claim, amount), _whole(text, rival)))
        elif not agreeing:
            missing.append(amount.text)
    return differences, {Kind.AMOUNT: tuple(missing)} if missing else {}, same


def _written_alike(amount: Amount, other: Amount) -> bool:
    """Whether two amounts have the same figure in other units; a small number stands beside anything by chance."""
    if amount.mantissa != other.mantissa:
        return False
    is_rare = amount.mantissa >= RARE_FIGURE or amount.mantissa % 1 > 0
    return is_rare or (None not in (amount.unit, other.unit) and (amount.unit in TIMES) == (other.unit in TIMES))


def _rival(amount: Amount, there: Sequence[Amount], said: Sequence[Amount]) -> Amount | None:
    """The text's number for what the claim measures otherwise; None where the text has none that is free."""
    if written_alike := [other for other in there if _written_alike(amount, other)]:
        return written_alike[0]
    free = [other for other in there if not any(agrees(own, other) and fits(own, other) for own in said)]
    if amount.unit is not None:
        alike = [other for other in free if other.unit == amount.unit]
    else:
        alike = [other for other in free if other.unit is None and same_noun(amount.noun, other.noun)]
        alike = alike or [other for other in free if other.unit is None and not (amount.noun and other.noun)]
    return min(alike, key=lambda other: abs(other.value - amount.value)) if alike else None


def _whole(text: str, amount: Amount) -> str:
    """An amount with what bounds it and the noun after it, as it is written."""
    before, rest = bound_words(text, amount.start), text[amount.end :]
    if amount.noun and (m := re.match(r"\s+[^\W\d_]+", rest)) and m[0].strip().casefold() == amount.noun:
        return before + amount.text + m[0]
    return before + amount.text


def _compare_dates(claim: str, text: str) -> _Part:
    said, there = dates(claim), dates(without_cited_works(text))
    differences: list[Difference] = []
    missing: list[str] = []
    same = 0
    for date in said:
        # "14 February 2024" does not agree with the 2024 of a text that has another day.
        days = [other for other in there if other.month is not None] if date.month is not None else []
        if _within_bounds(claim, date, there) or _counted_from(date, there, text):
            same += 1
            continue
        if any(same_date(date, other) for other in days or there):
            agreeing = [n for n, other in enumerate(there) if same_date(date, other)]
            is_range = text[there[agreeing[0]].end :][:1] in ("-", "–") or len(agreeing) > 1
            words = re.sub(r"\d+", " ", _clause_around(claim, date).replace(date.text, " "))
            rival = None if is_range else apportioned(words, text, there, agreeing)
            if rival is None:
                same += 1
            else:
                differences.append(Difference(Kind.DATE, date.text, there[rival].text))
            continue
        free = days or [other for other in there if not any(same_date(own, other) for own in said)]
        if date.year is None:
            free = [other for other in free if other.day is not None or other.month is not None]
        if free:
            nearest = min(free, key=lambda other: (other.span != date.span, abs((other.year or 0) - (date.year or 0))))
            differences.append(Difference(Kind.DATE, date.text, nearest.text))
        else:
            missing.append(date.text)
    return differences, {Kind.DATE: tuple(missing)} if missing else {}, same


def _within_bounds(claim: str, date: Date, there: Sequence[Date]) -> bool:
    """Whether a claim's "before 1975" or "after 1960" holds of a date of the text."""
    m = _DATE_BOUND.search(claim[: date.start])
    if m is None or date.year is None:
        return False
    years = [other.year for other in there if other.year is not None]
    return any(year < date.year if m["before"] else year + 1 > date.year for year in years)


def _counted_from(date: Date, there: Sequence[Date], text: str) -> bool:
    """Whether a year follows from the text: "began in 2011 and ended four years later"."""
    spans = {amount.value for amount in amounts(text) if amount.unit == "year"}
    return date.year is not None and any(o.year is not None and date.year - o.year in spans for o in there)


def _clause_around(text: str, date: Date) -> str:
    """The clause that a date stands in."""
    ends = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    return next(text[a:b] for a, b in pairwise(ends) if b >= date.end)


def _compare_names(
    claim: str, text: str, other_names: OtherNames, known: Collection[str]
) -> tuple[list[Difference], tuple[str, ...], int]:
    """Names that only one side says: of one each, of the same length of list, the two differ."""
    text_keys, claim_keys = keys(text), keys(claim)
    others, back = other_names(claim), other_names(text)
    mine, theirs = names(claim, known), names(text, known)
    here, there = countries(claim), countries(text)
    mine, theirs = ([name for name in side if country(name) is None] for side in (mine, theirs))
    seats = [{code for name in side if (code := governed_from(name))} for side in (mine, theirs)]
    mine = [name for name in mine if governed_from(name) not in there]
    theirs = [name for name in theirs if governed_from(name) not in here]
    missing = [name for name in mine if not is_named(name, text_keys, others)]
    extra = [name for name in theirs if not is_named(name, claim_keys, back) and not is_office(name)]
    extra.sort(key=text.startswith)  # a sentence begins with a capital that may be no name's
    missing_countries = [name for code, name in here.items() if code not in there and code not in seats[1]]
    extra_countries = [
        name
        for code, name in there.items()
        if code not in here and code not in seats[0] and not _is_example(text, name)
    ]
    if len(extra_countries) > MAX_RIVALS:
        extra_countries = []
    found = []
    # A country is no organisation, but either may have done a thing.
    doers = extra if any(re.search(rf"\b(?:oleh|by) (?:the )?{re.escape(c)}", claim) for c in missing_countries) else []
    if len(missing_countries) == 1 and (rivals := [*extra_countries, *doers]):
        kind = Kind.COUNTRY if rivals[0] in extra_countries else Kind.NAME
        found.append(Difference(kind, missing_countries[0], rivals[0]))
    elif len(missing) == 1 and extra and not missing_countries:
        found.append(Difference(Kind.NAME, missing[0], extra[0]))
    unsaid = (*missing, *missing_countries)
    return found, unsaid, len(mine) + len(here) - len(unsaid)


def _is_example(text: str, name: str) -> bool:
    """Whether a text gives a name as one of several: it says nothing against another one then."""
    return bool(_EXAMPLE.search(text[: text.find(name)]))


def _compare_opposites(claim: str, text: str, known: Sequence[Difference]) -> Difference | None:
    """A word of the claim where the text has its opposite; told only where neither denies anything."""
    if denials(claim) or denials(text) or any(d.kind is Kind.DIRECTION for d in known):
        return None
    found = reversed_word(claim, text)
    return Difference(Kind.OPPOSITE, *found) if found else None


def _compare_denials(claim: str, text: str) -> Difference | None:
    """A word that one of the two denies and the other says."""
    mine, theirs = denials(claim), denials(text)
    if mine and theirs:
        return None  # each denies in its own words
    for own, side, against in ((mine, claim, text), (theirs, text, claim)):
        for word, start, end in own:
            scope = side[start:end]
            if _HELD_BACK.search(scope) or (word.casefold() == "belum" and _HELD_BACK.search(against)):
                continue  # "not until" and "while it was not yet" are "before"
            told = scope.split(" yang ")[-1] if word.casefold().startswith("bukan") else scope
            head = next((w for w in re.findall(r"[^\W\d_]{3,}", told) if not _is_light(w)), None)
            if head and _says(against, head):
                said = f"{word} {head}"
                return Difference(Kind.DENIAL, *((said, head) if own is mine else (head, said)))
    if len(mine) % 2 != len(theirs) % 2 and detect_language(claim) != detect_language(text):
        # What is denied cannot be found in the other language: that one of the two denies is all that is known.
        return Difference(Kind.NEGATION, *(" … ".join(word for word, *_ in side) for side in (mine, theirs)))
    return None


def _said_instead(text: str) -> str:
    """The words by which a text compares, or its amounts."""
    own = ranking(text)
    return own.text if own else " … ".join(amount.text for amount in amounts(text))


def _says(text: str, word: str) -> bool:
    """Whether a text has a word, or one of its meaning in the other language."""
    meaning = means(word)
    if meaning is not None and any(means(other) == meaning for other in re.findall(r"[^\W\d_]{3,}", text)):
        return True
    return says(keys(text), word)


def _without(text: str, denied: Sequence[tuple[str, int, int]]) -> str:
    """A text with blanks for what it denies."""
    for _, start, end in denied:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_light(word: str) -> bool:
    """Whether a word after "not" says nothing of what is denied."""
    return word.casefold() in FUNCTION_WORDS_OF_EITHER | _LIGHT


def _compare_directions(claim: str, text: str) -> list[Difference]:
    """More where the text says less, before where it says after."""
    plain = (_without(side, denials(side)) for side in (claim, text))
    mine, theirs = (dict(reversed(list(directions(side)))) for side in plain)
    found = []
    for name, word in mine.items():
        opposite = OPPOSITES[name]
        if name in theirs or opposite not in theirs or opposite in mine:
            continue
        if name in ("before", "after"):
            if not _same_side(claim, word, text, theirs[opposite]):
                continue  # A before B is B after A
        elif ranking(text):
            continue  # which of two is more was compared as a whole
        found.append(Difference(Kind.DIRECTION, word, theirs[opposite]))
    return found


def _same_side(claim: str, word: str, text: str, other: str) -> bool:
    """Whether what follows "before" in the claim follows "after" in the text, and does not precede it."""
    follows = re.findall(r"[^\W\d_]{4,}", claim.split(word, 1)[1])
    left, right = text.split(other, 1)
    return sum(says(keys(right), w) for w in follows) > sum(says(keys(left), w) for w in follows)
