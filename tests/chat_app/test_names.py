"""The names in a text, and other names of the same thing."""

from __future__ import annotations

import pytest

from chat_app.matching import keys
from chat_app.names import is_named, is_office, names


def test_names() -> None:
    """Runs of capitals are names; a lone first word only where it is an abbreviation or a country, a month never."""
    text = (
        "Menurut laporan, Presiden Joko Widodo bertemu Xi Jinping. NATO hadir. Jerman menang. Kota itu sepi. "
        "The Bank of Japan acted in August, said Ana’s team."
    )
    assert names(text) == ["Presiden Joko Widodo", "Xi Jinping", "NATO", "Jerman", "Bank of Japan", "Ana"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapat dihadiri Rina Hakim dan Budi Santoso.", ["Rina Hakim", "Budi Santoso"]),
        ("It was held by the Ministry of Trade and Industry.", ["Ministry of Trade and Industry"]),
        ("Hatta kemudian menanggapi usul itu.", ["Hatta"]),
        ("Produksi meningkat.", []),
        ("Pada Tahun 1955 Maria datang.", ["Maria"]),
    ],
)
def test_where_names_begin_and_end(text: str, expected: list[str]) -> None:
    """Two people are two names, a body is one, whoever speaks is a name at the beginning of a sentence, too."""
    assert names(text) == expected


def test_a_name_is_said_by_half_its_words_or_by_another_name() -> None:
    """ "World Bank" is "Bank Dunia", and an abbreviation stands for its words."""
    assert is_named("World Bank", keys("menurut Bank Dunia"), {})
    assert is_named("PKP", keys("Pusat Kajian Padi berdiri"), {"PKP": ("Pusat Kajian Padi",)})
    assert not is_named("Rina Hakim", keys("menurut Bank Dunia"), {})


@pytest.mark.parametrize("name", ["Presiden Korea", "Prime Minister", "Menteri Luar Negeri Brasil", "King of Fiji"])
def test_an_office_is_anybody_s(name: str) -> None:
    """It tells of no other person than the one a claim names."""
    assert is_office(name)


@pytest.mark.parametrize("name", ["Presiden Moon", "Korea", "Bank Dunia", "Sultan Agung", ""])
def test_a_person_or_a_body_is_no_office(name: str) -> None:
    """A name after the title, a country alone, and everything else."""
    assert not is_office(name)
