"""The gold questions hold what their README promises."""

from __future__ import annotations

from collections import Counter

import pytest

from chat_app.datatypes import Answer, Elapsed, Outcome
from eval.gold import GoldQuestion, Scored, load_questions
from eval.gold_report import GoldReport, error_lines
from indexer.corpus import read_corpus
from indexer.datatypes import Page
from indexer.loaders import load
from indexer.settings import Settings


@pytest.fixture(scope="module")
def questions() -> list[GoldQuestion]:
    """All of them, checked against the corpus as it is read today."""
    files = read_corpus(Settings.model_fields["corpus"].default)
    pages: dict[str, tuple[Page, ...]] = {file.source.id: load(file.path, file.source).pages for file in files}
    return load_questions(lambda document: pages[document])


def test_every_evidence_stands_in_the_corpus(questions: list[GoldQuestion]) -> None:
    """Loading locates each quote in its document, and fails where one is not there."""
    assert all(question.anchors for question in questions if question.answerable)


def test_each_split_has_the_promised_number_in_each_language(questions: list[GoldQuestion]) -> None:
    """60 answerable and 10 follow-ups in both, 30 and 40 unanswerable; half of each in either language."""
    kinds = Counter(
        (q.split, "follow" if q.before else "gold" if q.answerable else "none", q.language) for q in questions
    )
    expected = {"gold": (30, 30), "none": (20, 15), "follow": (5, 5)}
    for kind, (tune, test) in expected.items():
        for language in ("id", "en"):
            assert kinds["tune", kind, language] == tune
            assert kinds["test", kind, language] == test


def test_no_two_questions_share_an_id_or_their_words(questions: list[GoldQuestion]) -> None:
    """So that no question of one split is met in the other."""
    assert len({q.id for q in questions}) == len(questions)
    words = Counter(q.question.casefold() for q in questions if not q.before)
    assert [question for question, count in words.items() if count > 1] == []


def scored(kind: str, *, refused: bool, answers: tuple[str, ...] = ("1974",), right: bool = False) -> Scored:
    """A question of one kind and what became of it."""
    outcome = Outcome.NOT_IN_SOURCES if refused else Outcome.ANSWERED
    answer = Answer("?", "id", outcome, "Pada 1974. [1]", None, 0.5, (), (), Elapsed(1, 1, 0))
    gold = GoldQuestion("g1", "tune", "id", kind, "Kapan?", answers, ())
    return Scored(gold, answer, has_fact=right, has_citation=right)


def test_the_headlines_count_what_a_reader_asks_for() -> None:
    """One right of two answerable, one of them wrongly refused; one of two unanswerable ones refused."""
    report = GoldReport(
        "tune",
        (
            scored("date", refused=False, right=True),
            scored("date", refused=True),
            scored("near", refused=True, answers=()),
            scored("far", refused=False, answers=()),
        ),
    )
    counts = {name: (p.count, p.total) for name, p in report.headlines().items()}
    assert counts["right"] == (1, 2)
    assert counts["wrongly_refused"] == (1, 2)
    assert counts["refused"] == (1, 2)
    assert counts["refused_near"] == (1, 1)
    assert counts["refused_far"] == (0, 1)
    assert counts["follow_ups_right"] == (0, 0)
    assert len(report.errors()) == 2


def test_an_error_is_shown_with_what_was_wanted_and_what_was_shown() -> None:
    """A reader can judge it without running anything again."""
    lines = "\n".join(error_lines(scored("date", refused=True)))
    assert "refused" in lines
    assert "Kapan?" in lines
    assert "1974" in lines
