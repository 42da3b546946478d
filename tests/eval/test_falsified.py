"""A sentence is made false in one thing and stays the same in all others."""

from __future__ import annotations

import random
import re

import pytest

from eval.training.falsified import (
    WAYS,
    Falsify,
    denied,
    exchanged_figures,
    exchanged_names,
    falsified,
    other_amount,
    other_name,
    other_unit,
    other_year,
    turned,
)
from indexer.datatypes import Language

NAMES = ("Marwoto", "Kota Lama", "Dr Finch", "1975")
SEEDS = range(40)


def made(way: Falsify, sentence: str, language: Language) -> set[str | None]:
    """All that a way makes of a sentence, by many chances."""
    return {way(sentence, language, NAMES, random.Random(seed)) for seed in SEEDS}


@pytest.mark.parametrize(
    ("way", "language", "sentence", "expected"),
    [
        (other_unit, "en", "The walk took 3 hours.", "The walk took 3 minutes."),
        (other_unit, "id", "Sungai itu panjangnya 40 kilometer.", "Sungai itu panjangnya 40 meter."),
        (exchanged_names, "en", "Then Anna Lee lent her bicycle to Tom.", "Then Tom lent her bicycle to Anna Lee."),
        (exchanged_names, "id", "Lalu Rina memberi buku kepada Dewi.", "Lalu Dewi memberi buku kepada Rina."),
        (exchanged_figures, "en", "We ate 12 figs before tea and 30 after.", "We ate 30 figs before tea and 12 after."),
        (exchanged_figures, "id", "Ada 12 kue pagi ini dan 30 kue besok.", "Ada 30 kue pagi ini dan 12 kue besok."),
        (denied, "en", "The cat is asleep.", "The cat is not asleep."),
        (denied, "en", "The cat is not asleep.", "The cat is asleep."),
        (denied, "en", "He never sleeps.", "He sleeps."),
        (denied, "id", "Kucing itu tidak tidur.", "Kucing itu tidur."),
        (denied, "id", "Ayam adalah burung.", "Ayam bukan burung."),
        (denied, "id", "Ayam merupakan burung.", "Ayam bukan merupakan burung."),
        (denied, "id", "Kucing itu memakan ikan.", "Kucing itu tidak memakan ikan."),
        (turned, "en", "The north gate is open.", "The south gate is open."),
        (turned, "en", "Bread prices rose.", "Bread prices fell."),
        (turned, "id", "Pintu utara terbuka.", "Pintu selatan terbuka."),
        (turned, "id", "Harga roti naik.", "Harga roti turun."),
    ],
)  # fmt: skip
def test_a_sentence_with_one_such_thing_is_changed_in_it(
    way: Falsify, language: Language, sentence: str, expected: str
) -> None:
    """Whatever the chance, for there is nothing to choose."""
    assert made(way, sentence, language) == {expected}


@pytest.mark.parametrize("way", dict.fromkeys(WAYS))
@pytest.mark.parametrize(("language", "sentence"), [("en", "Red apples everywhere"), ("id", "Apel merah di mana-mana")])
def test_a_sentence_without_such_a_thing_is_left(way: Falsify, language: Language, sentence: str) -> None:
    """There is nothing to make false, so nothing is made."""
    assert made(way, sentence, language) == {None}
    assert falsified(sentence, language, NAMES, random.Random(1)) is None


def test_a_year_becomes_one_at_most_thirty_years_off() -> None:
    """Never itself, both earlier and later, and no other word is touched."""
    found = made(other_year, "Tom was born in 1990.", "en")
    years = {int(match[1]) for s in found if s and (match := re.fullmatch(r"Tom was born in (\d{4})\.", s))}
    assert len(years) == len(found)
    assert 1990 not in years
    assert min(years) >= 1960
    assert max(years) <= 2020
    assert min(years) < 1990 < max(years)


@pytest.mark.parametrize("amount", ["7", "12", "1,250.50", "2.500.000", "0,5"])
def test_an_amount_becomes_another_written_alike(amount: str) -> None:
    """One digit of its first half, and not to a nought."""
    found = made(other_amount, f"Kuenya seharga {amount} koin.", "id")
    assert None not in found
    assert f"Kuenya seharga {amount} koin." not in found
    for sentence in found:
        match = re.fullmatch(r"Kuenya seharga (\S+) koin\.", sentence or "")
        assert match
        changed = [(old, new) for old, new in zip(amount, match[1], strict=True) if old != new]
        assert len(changed) == 1
        assert changed[0][1] in "123456789"


def test_units_become_others_of_their_kind() -> None:
    """Money stays money, and a unit without a number before it is left."""
    assert made(other_unit, "It costs 5 dollars.", "en") == {"It costs 5 euros.", "It costs 5 pounds."}
    assert made(other_unit, "The dollars are gone.", "en") == {None}


def test_a_name_becomes_one_that_is_not_in_the_sentence() -> None:
    """A figure among the names is no name, and the first word is none for certain."""
    found = made(other_name, "Kemarin Marwoto memanggang roti.", "id")
    assert found == {"Kemarin Kota Lama memanggang roti.", "Kemarin Dr Finch memanggang roti."}
    assert made(other_name, "Kemarin ia memanggang roti.", "id") == {None}


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (exchanged_names, "Yesterday Anna, Budi and Citra sang."),
        (exchanged_names, "Yesterday Anna waved to Anna."),
        (exchanged_figures, "The rooms are 12, 14 and 16."),
        (exchanged_figures, "We sold 12 cakes before lunch and 12 after it."),
    ],
)
def test_what_stands_in_one_list_or_is_the_same_is_not_exchanged(way: Falsify, sentence: str) -> None:
    """The sentence would be as true as before."""
    assert made(way, sentence, "en") == {None}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The bakery on Mill Road opened in 1987 and sold 250 loaves a day."),
        ("en", "In summer the north gate is open for 12 hours."),
        ("id", "Toko roti di Jalan Melati dibuka pada 1987 dan menjual 250 roti sehari."),
        ("id", "Kemarin Rina tidak meminjamkan 3 buku kepada Dewi."),
    ],
)
def test_a_false_sentence_is_never_the_true_one(language: Language, sentence: str) -> None:
    """Many are made of one sentence, in more than one way, and each differs from it."""
    found = {falsified(sentence, language, NAMES, random.Random(seed)) for seed in range(200)}
    assert sentence not in found
    assert None not in found
    assert len(found) > 5


def test_the_same_chance_makes_the_same_sentence() -> None:
    """So that a run that was cut off goes on with what it had."""
    sentence = "The bakery on Mill Road opened in 1987 and sold 250 loaves a day."
    first, again = ([falsified(sentence, "en", NAMES, random.Random(seed)) for seed in SEEDS] for _ in range(2))
    assert first == again
