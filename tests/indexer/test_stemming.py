"""Stems: Snowball's, and English words that it does not know to be forms of one."""

from __future__ import annotations

import pytest

from indexer.stemming import stem


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("paid", "pay"),
        ("took", "take"),
        ("women", "woman"),
        ("largest", "large"),
        ("earlier", "early"),
        ("biggest", "big"),
        ("organisations", "organization"),
        ("realised", "realize"),
        ("programmes", "program"),
        ("labour", "labor"),
        ("neighbouring", "neighbor"),
        ("centres", "center"),
        ("analysed", "analyze"),
    ],
)
def test_forms_have_the_stem_of_their_base(form: str, base: str) -> None:
    assert stem(form, "en") == stem(base, "en")


@pytest.mark.parametrize(
    ("one", "other"), [("founded", "find"), ("raised", "raze"), ("our", "or"), ("four", "for"), ("paid", "paint")]
)
def test_other_words_keep_theirs(one: str, other: str) -> None:
    """What is alike in writing alone is not brought together."""
    assert stem(one, "en") != stem(other, "en")


def test_indonesian_words_are_left_to_snowball() -> None:
    """English forms are looked for in English words only."""
    assert stem("made", "id") != stem("make", "id")
