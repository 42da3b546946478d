"""What a question asks for, in both languages and as it is typed on a phone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_app.question import Asked, understand


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Kapan UNOSSC dibentuk?", Asked.DATE),
        ("Pada tahun berapa KAA dilaksanakan?", Asked.DATE),
        ("When was UNOSSC established?", Asked.DATE),
        ("In which year was G-77 formed?", Asked.DATE),
        ("Berapa anggota G-77?", Asked.NUMBER),
        ("How many members does G-77 have?", Asked.NUMBER),
        ("What percentage of FDI came from developing countries?", Asked.SHARE),
        ("Berapa persen FDI berasal dari negara berkembang?", Asked.SHARE),
        ("Berapa lama debat berlangsung?", Asked.DURATION),
        ("How long did it take?", Asked.DURATION),
        ("How long ago was it?", Asked.DATE),
        ("Siapa yang memprakarsai New Southern Policy?", Asked.PERSON),
        ("Who initiated the New Southern Policy?", Asked.PERSON),
        ("Di mana KAA dilaksanakan?", Asked.PLACE),
        ("Where was the conference held?", Asked.PLACE),
        ("Mengapa Korea Selatan mengarahkan kebijakan NSP?", Asked.REASON),
        ("Kenapa begitu?", Asked.REASON),
        ("Why did Korea choose it?", Asked.REASON),
        ("Sebutkan lima prinsip KSS", Asked.LIST),
        ("Apa saja tantangan bagi users?", Asked.LIST),
        ("What are the principles of South-South cooperation?", Asked.LIST),
        ("Siapa yang disebut providers dalam KSS?", Asked.DEFINITION),
        ("Who pays more each year, Fiji or Samoa?", Asked.OTHER),
        ("Fiji atau Samoa, siapa yang membayar lebih banyak?", Asked.OTHER),
        ("Apa itu KSS?", Asked.DEFINITION),
        ("What does NSP stand for?", Asked.DEFINITION),
        ("Bagaimana KSS dapat bertahan?", Asked.MANNER),
        ("How can it survive?", Asked.MANNER),
        ("kerja sama selatan-selatan", Asked.OTHER),
        ("What two aims do they share when they meet?", Asked.LIST),
        ("Dua hal apa yang dibahas?", Asked.LIST),
        ("Who was president when the plan was adopted?", Asked.PERSON),
        ("Hal apa yang tidak dibantah siapa pun?", Asked.OTHER),
        ("Benarkah Indonesia anggota G-77?", Asked.WHETHER),
        ("Indonesia jadi panutan, bener gak sih?", Asked.WHETHER),
        ("Is Indonesia a member of the G-77?", Asked.WHETHER),
        ("Do you know when it was founded?", Asked.DATE),
        ("Apakah yang dibahas?", Asked.OTHER),
    ],
)
def test_tells_what_is_asked_for(question: str, asked: Asked) -> None:
    """The kind of thing asked for is read off the question's words."""
    assert understand(question).asked is asked


@pytest.mark.parametrize(
    ("typed", "meant", "asked"),
    [
        ("brp anggota G-77 skrg", "berapa anggota G-77 sekarang", Asked.NUMBER),
        ("kpn UNOSSC dibentuk", "kapan UNOSSC dibentuk", Asked.DATE),
        ("knp KSS yg ptg", "kenapa KSS yang ptg", Asked.REASON),
        ("dmn KAA?", "di mana KAA?", Asked.PLACE),
        ("sebutin kendala2nya, negara2 aja", "sebutin kendala-kendalanya, negara-negara aja", Asked.LIST),
        ("knp KSS ga jalan G2?", "kenapa KSS tidak jalan G2?", Asked.REASON),
    ],
)
def test_understands_phone_spelling(typed: str, meant: str, asked: Asked) -> None:
    """Short forms are written out before anything is looked for."""
    understood = understand(typed)
    assert (understood.text, understood.asked) == (meant, asked)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("anggotanya brp?", "anggotanya berapa?"), ("G-77 skrg, brp?", "G-77 sekarang, berapa?")],
)
def test_short_forms_may_stand_before_punctuation(typed: str, meant: str) -> None:
    """`brp?` is `berapa?`."""
    assert understand(typed).text == meant


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Kapan UNOSSC dibentuk?", "id"),
        ("When was UNOSSC established?", "en"),
        ("who is Moon Jae-In", "en"),
        ("brp anggota G-77", "id"),
        ("Kapan We Need to Talk About Kevin dirilis?", "id"),
    ],
)
def test_knows_the_language(question: str, language: str) -> None:
    """Function words and question words name the language."""
    assert understand(question).language == language


def test_a_bare_name_takes_the_default() -> None:
    """Where nothing tells, the language is the conversation's."""
    assert understand("UNOSSC", "en").language == "en"
    assert understand("UNOSSC", "id").language == "id"


def test_names_are_told_from_words() -> None:
    """Capitals inside the question and abbreviations are names, digits are numbers, asking words are no terms."""
    understood = understand("Berapa kontribusi tahunan Indonesia pada 2013?")
    assert [term.text for term in understood.terms] == ["kontribusi", "tahunan", "Indonesia", "2013"]
    assert [term.text for term in understood.names] == ["Indonesia", "2013"]


def test_shouting_makes_no_names() -> None:
    """In a question all in capitals nothing is a name by its capitals."""
    assert not [term for term in understand("BERAPA KONTRIBUSI TAHUNAN INDONESIA").terms if term.is_name]


@given(st.text(max_size=300))
def test_any_text_is_understood(text: str) -> None:
    """No text fails."""
    understood = understand(text)
    assert understood.language in ("id", "en")
    assert all(term.text for term in understood.terms)


@pytest.mark.parametrize("piece", ["what does ", "apa ", "which ", "a-", "1.", "A-1", "what is the ", "'", "berapa "])
def test_takes_time_in_proportion(piece: str) -> None:
    """A hundred times the longest question is understood at once."""
    started = time.perf_counter()
    understand(piece * (200_000 // len(piece)))
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("question", "works"),
    [
        ("Who published Smith's study of rice?", True),
        ("In which journal did the paper by Hadi appear?", True),
        ("Apa judul tulisan Hadi tentang beras?", True),
        ("Buku karya Pramoedya terbit di mana?", True),
        ("Daftar pustaka makalah ini memuat apa?", True),
        ("When was the office founded?", False),
        ("Menurut penelitian ini, mengapa harga beras naik?", False),
        ("What does the report say about rice?", False),
    ],
)
def test_knows_questions_about_publications(question: str, works: bool) -> None:
    """Only these may be answered from a bibliography."""
    assert understand(question).about_works is works


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halo!", True),
        ("halo, kamu siapa?", True),
        ("makasih ya, udah cukup infonya", True),
        ("Thanks a lot!", True),
        ("What can you do?", True),
        ("Hai, kapan UNOSSC dibentuk?", False),
        ("Siapa itu?", False),
        ("What is it?", False),
        ("", False),
    ],
)
def test_small_talk(text: str, expected: bool) -> None:
    """Greetings, thanks and questions about oneself, and nothing that asks for a thing."""
    assert understand(text).is_small_talk is expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Apa tujuan kedua koperasi?", ["kedua"]),
        ("Apa tujuan kedua negara itu?", ["kedua"]),
        ("Apa yang disepakati kedua negara?", []),
        ("What is the tenth principle?", ["tenth"]),
        ("Who lost the second world war?", []),
        ("Which is the fifth country of the list?", ["fifth"]),
        ("Mengapa pihak ketiga ikut?", []),
        ("What do third parties and the Third World gain?", []),
    ],
)
def test_ordinals_that_count(text: str, numbers: list[str]) -> None:
    """The second of several is a number, both are none."""
    assert [term.text for term in understand(text).names if term.is_number] == numbers
