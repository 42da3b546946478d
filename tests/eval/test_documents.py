"""Invented documents are read, written and asked as they stand."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.documents import NEAR, UNSEEN, read_documents, write_documents
from eval.gold import unseen_questions
from eval.training.contrasts import LIBRARIES
from indexer.build import update
from indexer.encoder import Encoder
from indexer.index import PassageIndex

PASSAGES = ("Danau itu dalam. Airnya tawar sejak 1920.", "The jetty was built in 1931.")
ANSWERED = {"language": "en", "kind": "date", "question": "Since when is it fresh?", "passage": 0}
ANSWERED |= {"quote": "Airnya tawar sejak 1920.", "answer": "1920"}
SEEMINGLY = {"language": "id", "kind": NEAR, "question": "Siapa yang membangun dermaganya?"}


def entry(**changed: str) -> str:
    asked = [{**ANSWERED, **changed}, SEEMINGLY]
    document = {"title": "Danau", "kind": "news", "language": "id", "passages": PASSAGES, "questions": asked}
    return json.dumps(document) + "\n"


def test_an_answer_stands_in_its_passage(tmp_path: Path) -> None:
    (tmp_path / "d").write_text(entry())
    (document,) = read_documents(tmp_path / "d")
    answered, near = document.asked
    assert (answered.passage, answered.answer) == (PASSAGES[0], "1920")
    assert (near.kind, near.passage, near.quote, near.answer) == (NEAR, "", "", "")


@pytest.mark.parametrize("changed", [{"quote": "Airnya asin."}, {"answer": "1921"}])
def test_what_does_not_stand_there_is_an_error(tmp_path: Path, changed: dict[str, str]) -> None:
    (tmp_path / "d").write_text(entry(**changed))
    with pytest.raises(ValueError, match=r"line 1: .* does not stand"):
        read_documents(tmp_path / "d")


def test_they_are_asked_where_they_stand(tmp_path: Path, words: Encoder) -> None:
    """The evidence is found in the indexed document; what is only seemingly answered has none."""
    (tmp_path / "d").write_text(entry())
    documents = read_documents(tmp_path / "d")
    ids = write_documents(tmp_path / "corpus", documents)
    update(tmp_path / "index", tmp_path / "corpus", words)
    index = PassageIndex.open(tmp_path / "index", words)
    answered, near = unseen_questions(documents, ids, index.pages)
    (anchor,) = answered.anchors
    assert index.page_text(anchor.document, anchor.page)[anchor.start : anchor.end] == ANSWERED["quote"]
    assert answered.answers == ("1920",)
    assert not near.answerable


@pytest.mark.parametrize("path", [UNSEEN, LIBRARIES])
def test_what_is_kept_is_balanced(path: Path) -> None:
    """As many questions of either kind in either language of each document, none twice in it."""
    documents = read_documents(path)
    assert len(documents) == 32
    for document in documents:
        counts = Counter((one.language, one.kind == NEAR) for one in document.asked)
        assert set(counts.values()) == {13}
        assert len({one.question for one in document.asked}) == len(document.asked)
    assert len({document.title for document in documents}) == 32


def test_what_is_measured_on_is_not_learned_from() -> None:
    learned, measured = ({p for d in read_documents(path) for p in d.passages} for path in (LIBRARIES, UNSEEN))
    assert learned.isdisjoint(measured)
