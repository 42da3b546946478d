"""A question and its answer become one statement, in either language."""

from __future__ import annotations

import pytest

from eval.training.statements import statement
from indexer.datatypes import Language


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Kapan pasar ikan itu dibuka?", "1987", "Pasar ikan itu dibuka pada 1987"),
        ("Kapankah stasiun lama diruntuhkan?", "Mei 1990", "Stasiun lama diruntuhkan pada Mei 1990"),
        ("Sejak kapan Rina bermain biola?", "usia tujuh tahun", "Rina bermain biola sejak usia tujuh tahun"),
        ("Pada tahun berapa jembatan itu selesai?", "1962", "Jembatan itu selesai pada tahun 1962"),
        ("Pada abad ke berapa kuil itu dibangun?", "9", "Kuil itu dibangun pada abad 9"),
        ("di mana Budi menanam cabai?", "kebun belakang", "Budi menanam cabai di kebun belakang"),
        ("dimanakah Budi menanam cabai?", "kebun belakang", "Budi menanam cabai di kebun belakang"),
        ("dari mana kopi itu berasal?", "Gayo", "Kopi itu berasal dari Gayo"),
        ("Siapa yang memasak rendang?", "Ibu Sari", "Ibu Sari memasak rendang"),
        ("Siapakah pemilik warung itu?", "Pak Joko", "Pemilik warung itu adalah Pak Joko"),
        ("Berapa banyak kucing yang tidur di teras?", "tiga", "Tiga kucing yang tidur di teras"),
        ("Berapa harga sepeda itu?", "dua juta rupiah", "Harga sepeda itu adalah dua juta rupiah"),
        ("Apa yang dibawa Tono ke sekolah?", "payung", "Yang dibawa Tono ke sekolah adalah payung"),
        ("Apa nama kucing Dewi?", "Belang", "Nama kucing Dewi adalah Belang"),
        ("Sepeda itu berwarna apa?", "merah", "Sepeda itu berwarna merah"),
        ("Rumah itu milik siapa sekarang?", "Bibi Ani", "Rumah itu milik Bibi Ani sekarang"),
        ("Panjang jalan itu berapa?", "12 km", "Panjang jalan itu 12 km"),
    ],
)
def test_an_indonesian_answer_takes_the_place_of_the_question_word(question: str, answer: str, expected: str) -> None:
    """Each rule once, by what people ask at home."""
    assert statement(question, answer, "id") == expected


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("How many cats did Anna feed?", "three", "Anna feed three cats"),
        ("How many children play in the park?", "nine", "Nine children play in the park"),
        ("When did the bakery open?", "1987", "The bakery open in 1987"),
        ("In what year was the bridge finished?", "1962", "The bridge finished in 1962"),
        ("What year did the mill burn?", "1840", "The mill burn in 1840"),
        ("Where does Anna grow tomatoes?", "the back garden", "Anna grow tomatoes in the back garden"),
        ("Why did the bus stop?", "the road was flooded", "The bus stop because the road was flooded"),
        ("Who is the owner of the shop?", "Mr Lee", "The owner of the shop is Mr Lee"),
        ("What was the name of the cat?", "Spot", "The name of the cat was Spot"),
        ("What did Tom carry to school?", "an umbrella", "Tom carry to school an umbrella"),
        ("What instrument does Rina play?", "the violin", "Rina play the violin"),
        ("Which team was late?", "the blue team", "The blue team was late"),
        ("Who baked the bread?", "Anna", "Anna baked the bread"),
        ("The bicycle belongs to whom?", "Tom", "The bicycle belongs to Tom"),
        ("The cat sleeps where at night?", "on the sofa", "The cat sleeps on the sofa at night"),
    ],
)
def test_an_english_answer_takes_the_place_of_the_question_word(question: str, answer: str, expected: str) -> None:
    """Each rule once; verbs keep the form that they have in the question."""
    assert statement(question, answer, "en") == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Mengapa hujan turun?", "id"),
        ("Sebutkan tiga buah!", "id"),
        ("Is it raining?", "en"),
        ("Name three fruits.", "en"),
        ("", "id"),
        (" ? ", "en"),
    ],
)
def test_a_question_that_no_rule_fits_has_no_statement(question: str, language: Language) -> None:
    """It is left out of training rather than made up."""
    assert statement(question, "ya", language) is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who baked the bread?", "Anna Lee"),
        ("who  baked\nthe bread ?", "  Anna \n Lee. "),
        ("Who baked the bread?!", "anna Lee"),
        ("WHO baked the bread.", "Anna Lee."),
    ],
)
def test_white_space_and_closing_marks_do_not_matter(question: str, answer: str) -> None:
    """A statement is one line that begins with a capital and has no full stop."""
    assert statement(question, answer, "en") == "Anna Lee baked the bread"


def test_braces_are_words_like_others() -> None:
    """What stands in a question or an answer is never taken for a rule's own place."""
    assert statement("Kapan toko {a} dibuka?", "{r} Mei", "id") == "Toko {a} dibuka pada {r} Mei"
