"""Documents that agree on a value are cited together; where they differ, each value stands with its source."""

from __future__ import annotations

import pytest

from chat_app.agreement import said_as, same_value
from chat_app.assistant import Assistant
from chat_app.claims import Checker, Stance, Verdict
from chat_app.contract import answer_json, check_json
from chat_app.reader import load_reader
from chat_app.verifier import load_verifier
from indexer.build import update
from indexer.encoder import Encoder
from indexer.settings import Settings

LIBRARY = {
    "satu.md": "# Danau Sarang\n\nLuas Danau Sarang adalah 112 kilometer persegi. Danau itu terbentuk pada 1874.\n",
    "dua.md": "# Lakes of the highlands\n\nLake Sarang covers 112 square kilometres. It was formed in 1874.\n",
    "tiga.md": "# Danau di dataran tinggi\n\nDanau Sarang luasnya 98 km persegi. Di tepinya tinggal 4.000 orang.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Assistant:
    """An assistant over three documents, two of which give one figure and the third another."""
    corpus, root = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index") / "index"
    for name, text in LIBRARY.items():
        (corpus / name).write_text(text, encoding="utf-8")
    (corpus / "sources.toml").write_text(
        '[[document]]\nid = "tiga"\nfile = "tiga.md"\ntitle = "Danau"\npublisher = "Dinas Air"\ndate = "2019-05"\n',
        encoding="utf-8",
    )
    update(root, corpus, real_encoder)
    return Assistant(root, real_encoder, load_reader(Settings().cache_folder))


@pytest.mark.parametrize("question", ["Berapa luas Danau Sarang?", "How large is Lake Sarang in square kilometres?"])
def test_each_value_stands_with_its_source(disagreeing: Assistant, question: str) -> None:
    """Both figures are given, each by a citation that holds it, whichever language asks."""
    answer = disagreeing.answer(question)
    said = {(value.value.split()[0], answer.citations[value.citation - 1].anchor.document) for value in answer.values}
    assert said == {("112", "satu"), ("112", "dua"), ("98", "tiga")}
    assert all(v.value in answer.citations[v.citation - 1].quote for v in answer.values)
    printed = answer_json(answer)["values"]
    assert {"value": "98 km persegi", "document": "tiga", "publisher": "Dinas Air", "date": "2019-05"}.items() <= next(
        value for value in printed if value["document"] == "tiga"
    ).items()


def test_documents_that_agree_are_cited_together(disagreeing: Assistant) -> None:
    """The same year in two documents is one answer with two citations, and nothing differs."""
    answer = disagreeing.answer("Kapan Danau Sarang terbentuk?")
    assert answer.text.startswith("Danau itu terbentuk pada 1874. [1] [2]")
    assert {citation.anchor.document for citation in answer.citations[:2]} == {"satu", "dua"}
    assert not answer.values
    assert "values" not in answer_json(answer)


def test_one_document_alone_disagrees_with_nobody(disagreeing: Assistant) -> None:
    """Asked of one document, only that one answers; and nothing stands beside what one document alone says."""
    assert not disagreeing.answer("Berapa luas Danau Sarang?", documents=frozenset({"tiga"})).values
    assert not disagreeing.answer("Berapa orang tinggal di tepi Danau Sarang?").values


def test_a_claim_that_one_document_states_is_supported_with_the_others_in_view(disagreeing: Assistant) -> None:
    """Documents that differ do not refute each other: the evidence for and against is shown with both values."""
    checker = Checker(disagreeing, load_verifier(Settings().cache_folder))
    checked = checker.check("Luas Danau Sarang adalah 112 kilometer persegi.")
    assert checked.verdict is Verdict.SUPPORTED
    assert {f.citation.anchor.document for f in checked.evidence if f.stance is Stance.CONTRADICTS} == {"tiga"}
    assert [value["value"] for value in check_json(checked)["values"]][-1].startswith("98")
    assert not checker.check("Di tepi Danau Sarang tinggal 4.000 orang.").values


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("US$5,3 triliun", "$5.3 trillion", True),
        ("1964", "15 June 1964", True),
        ("134 negara", "131", False),
        ("sepuluh kali lipat", "tenfold", True),
        ("Depok", "depok", True),
        ("50%", "US$50", False),
    ],
)
def test_a_value_is_the_same_in_other_words(first: str, second: str, same: bool) -> None:
    """Notation, language and precision may differ; measures may not."""
    assert same_value(first, second) is same


def test_a_text_says_a_value_in_its_own_words() -> None:
    """The words of the text, not those asked for."""
    assert said_as("5.3 trillion dollars", "Nilainya US$5,3 triliun.") == "US$5,3 triliun"
    assert said_as("7 kilometres", "Nilainya US$5,3 triliun.") is None
