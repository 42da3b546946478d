"""When two amounts or two dates say the same. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from chat_app.facts import TIMES, Amount, Date, amounts, dates
from chat_app.matching import word_keys

ROUNDING = 0.005
"""Amounts that differ by no more than this share are the same, rounded."""
ABOUT = 0.1
"""The same for what is said to be "about" so much, or in words as "a third"."""
RECKONED = 0.03
"""The same for what is reckoned from two amounts and said to be "about" or "more than" so much."""
MOST_AMOUNTS = 6
"""Of a text with more amounts than these, anything might be reckoned."""
BOUND_REACH = 2.0
""""More than 50" may be said of 52, hardly of 500."""


def agrees(amount: Amount, other: Amount) -> bool:
    """Whether the claim's amount is true of the text's, as far as the two are exact."""
    value, there = amount.value, other.value
    if None in (amount.unit, other.unit) and amount.mantissa == other.mantissa:
        return True
    if amount.bound == "more" and other.bound != "less":
        return value * (1 - ROUNDING) <= there <= value * BOUND_REACH
    if amount.bound == "less" and other.bound != "more":
        return value / BOUND_REACH <= there <= value * (1 + ROUNDING)
    if {amount.bound, other.bound} == {"more", "less"}:
        return False
    near = ABOUT if "about" in (amount.bound, other.bound) else ROUNDING
    return abs(value - there) <= near * max(abs(value), abs(there))


def fits(amount: Amount, other: Amount) -> bool:
    """Whether two numbers measure the same; a unit that one of them leaves out may be the other's."""
    return amount.unit == other.unit or None in (amount.unit, other.unit)


def follows(amount: Amount, there: Sequence[Amount]) -> bool:
    """Whether an amount can be reckoned from a text's: what two make together or lie apart, their ratio, the rest.

    211 million after 152 million are 59 million more; 54 to 21 votes are 75 votes; where 61 per cent do, 39 do not.
    """
    if len(there) > MOST_AMOUNTS or amount.unit in TIMES:
        return False
    near = RECKONED if amount.bound else ROUNDING
    return any(abs(amount.value - value) <= near * abs(value) for value in _reckoned(amount, there) if value > 0)


def _reckoned(amount: Amount, there: Sequence[Amount]) -> Iterator[float]:
    """The values in the amount's unit that a text's amounts make."""
    if amount.unit == "percent":
        yield from (100 - other.value for other in there if other.unit == "percent" and not other.bound)
    for first, second in combinations(there, 2):
        # The first of two may leave the unit to the second: "from 17 to 26 per cent", "by 54 votes to 21".
        if first.unit != second.unit and None not in (first.unit, second.unit):
            continue
        low, high = sorted((first.value, second.value))
        if amount.unit in (first.unit, second.unit) and amount.value > 2:
            yield from (high - low, high + low)
        if low > 0 and amount.unit == "times":
            yield high / low
        if low > 0 and amount.unit == "percent" and first.unit != "percent":
            yield from (100 * (high - low) / low, 100 * (high - low) / high, 100 * low / high)


def same_noun(first: str, second: str) -> bool:
    """Whether two amounts count the same, by the nouns after them."""
    return bool(first and second) and not word_keys(first).isdisjoint(word_keys(second))


def same_date(first: Date, second: Date) -> bool:
    """Whether what both say of year, month and day is the same; a year lies in its decade and century."""
    for mine, other in ((first.month, second.month), (first.day, second.day)):
        if mine is not None and other is not None and mine != other:
            return False
    if first.year is None or second.year is None:
        return first.month is not None and second.month is not None
    low, high = max(first.year, second.year), min(first.year + first.span, second.year + second.span)
    return low < high


def same_value(first: str, second: str) -> bool:
    """Whether two short texts give the same amount or date, or are the same words."""
    return first.casefold() == second.casefold() or said_as(first, second) is not None


def said_as(value: str, text: str) -> str | None:
    """How a text gives an amount or date, in its own words; None where it does not."""
    mine, days = amounts(value), dates(value)
    for amount in amounts(text):
        if any(agrees(own, amount) and fits(own, amount) for own in mine):
            return amount.text
    return next((date.text for date in dates(text) if any(same_date(own, date) for own in days)), None)
