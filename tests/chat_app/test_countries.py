"""Countries under their names in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.countries import by_countries, countries, country, governed_from
from indexer.datatypes import Language


@pytest.mark.parametrize(
    ("indonesian", "english", "code"),
    [
        ("Jerman", "Germany", "DE"),
        ("Jepang", "Japan", "JP"),
        ("Belanda", "Netherlands", "NL"),
        ("Selandia Baru", "New Zealand", "NZ"),
        ("Korea Selatan", "South Korea", "KR"),
        ("Korea Utara", "North Korea", "KP"),
        ("Afrika Selatan", "South Africa", "ZA"),
        ("Papua Nugini", "Papua New Guinea", "PG"),
        ("Amerika Serikat", "United States", "US"),
        ("AS", "USA", "US"),
        ("Inggris", "United Kingdom", "GB"),
        ("Tiongkok", "China", "CN"),
        ("Turki", "Turkey", "TR"),
        ("Uni Soviet", "Soviet Union", "SU"),
        ("Timor Leste", "East Timor", "TL"),
    ],
)
def test_both_languages_name_the_same_country(indonesian: str, english: str, code: str) -> None:
    """A country has one code, whichever language names it."""
    assert country(indonesian) == country(english) == code
    assert countries(f"Kereta dari {indonesian} tiba.") == {code: indonesian}
    assert countries(f"The train from {english} arrived.") == {code: english}


def test_a_country_is_kept_as_it_is_named_first() -> None:
    """Of several names of a country the first one stands, and the countries stand in order."""
    text = "Timnas Prancis menang atas Spanyol; France had lost to Spain before."
    assert list(countries(text).items()) == [("FR", "Prancis"), ("ES", "Spanyol")]


def test_the_longest_name_wins() -> None:
    """South Sudan is not Sudan, Nigeria not Niger, Guinea not Papua New Guinea."""
    text = "Sudan Selatan, Nigeria and Papua New Guinea sent athletes."
    assert set(countries(text)) == {"SS", "NG", "PG"}


@pytest.mark.parametrize(
    "text", ["", "jerman", "Kota itu asri.", "GERMANY", "AS-nya", "Uni Eropa", "Surabaya", "Indonesiana", "the asAS"]
)
def test_what_is_no_country(text: str) -> None:
    """Small letters, parts of words, unions and towns name no country."""
    assert country(text) is None


@pytest.mark.parametrize(
    "text", ["jerman", "Uni Eropa", "Surabaya", "Indonesiana", "the asAS", "Jepangnya", "Eks-Chad"]
)
def test_no_country_is_found_inside_a_word(text: str) -> None:
    """A country's name is a word of its own."""
    assert countries(text) == {}


def test_a_country_stands_before_an_ending() -> None:
    """An ending after a hyphen or an apostrophe does not hide a country."""
    assert countries("Kabinet Jepang-lah yang mundur.") == {"JP": "Jepang"}
    assert countries("Japan's cabinet resigned.") == {"JP": "Japan"}


@given(st.text())
def test_a_country_is_named_in_the_text(text: str) -> None:
    """Whatever is found is in the text, and has that code by itself."""
    for code, name in countries(text).items():
        assert name in text
        assert country(name) == code


@pytest.mark.parametrize(
    ("adjective", "code"),
    [("Kenyan", "KE"), ("South Korean", "KR"), ("Dutch", "NL"), ("Filipino", "PH"), ("Papua New Guinean", "PG")],
)
def test_an_english_adjective_names_its_country(adjective: str, code: str) -> None:
    """ "Kenyan nurses" are nurses of Kenya."""
    assert countries(f"The {adjective} nurses arrived.") == {code: adjective}


@pytest.mark.parametrize(
    "region", ["Latin America", "South America", "Amerika Latin", "Amerika Selatan", "Latin American"]
)
def test_a_continent_is_no_country(region: str) -> None:
    """Though its name holds one."""
    assert countries(f"Trade with {region} grew.") == {}


@pytest.mark.parametrize(("seat", "code"), [("Nairobi", "KE"), ("Kairo", "EG"), ("Cairo", "EG"), ("Beijing", "CN")])
def test_a_seat_of_government_stands_for_its_country(seat: str, code: str) -> None:
    """It is none itself, but newspapers say it for one."""
    assert governed_from(seat) == code
    assert country(seat) is None
    assert governed_from("Bandung") is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Why won't Seoul side with Washington?", "Why won't South Korea side with United States?"),
        ("en", "What is in Seoul's strategy?", "What is in South Korea's strategy?"),
        ("id", "Kenapa Washington menolak?", "Kenapa Amerika Serikat menolak?"),
        ("en", "Which treaty was signed in Washington?", "Which treaty was signed in Washington?"),
        ("id", "Kebijakan ala Jakarta", "Kebijakan ala Jakarta"),
        ("en", "What does Nairobi want?", "What does Nairobi want?"),
    ],
)
def test_seats_of_governments_mean_their_countries(language: Language, text: str, expected: str) -> None:
    """Where the library says the country and not the seat, and where no town is meant."""
    said = {"South Korea", "United States", "Amerika Serikat", "Indonesia", "Jakarta"}
    assert by_countries(text, language, said.__contains__) == expected
