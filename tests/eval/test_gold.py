"""The gold questions hold what their README promises."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from chat_app.datatypes import Answer, Citation, Elapsed, Outcome
from eval.baselines import Place
from eval.gold import GoldQuestion, load_questions
from eval.gold_report import error_lines, errors, figures, rankings, shares
from eval.gold_run import GoldRun, Scored, rank
from indexer.corpus import read_corpus
from indexer.datatypes import Anchor, Page
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
    """As the table in their README says; about half of each in either language."""
    kinds = Counter(
        (q.split, "follow" if q.before else "gold" if q.answerable else "none", q.language) for q in questions
    )
    expected = {"gold": (114, 119, 30, 30), "none": (79, 87, 15, 15), "follow": (8, 7, 7, 8)}
    for kind, numbers in expected.items():
        places = [(split, kind, language) for split in ("tune", "test") for language in ("id", "en")]
        assert tuple(kinds[place] for place in places) == numbers


def test_no_two_questions_share_an_id_or_their_words(questions: list[GoldQuestion]) -> None:
    """So that no question of one split is met in the other."""
    assert len({q.id for q in questions}) == len(questions)
    words = Counter(q.question.casefold() for q in questions if not q.before)
    assert [question for question, count in words.items() if count > 1] == []


def scored(
    kind: str, *, refused: bool, answers: tuple[str, ...] = ("1974",), right: bool = False, confidence: float = 0.5
) -> Scored:
    """A question of one kind and what became of it: a citation stands where the evidence does, or elsewhere."""
    outcome = Outcome.NOT_IN_SOURCES if refused else Outcome.ANSWERED
    place = Anchor("d", 1, 0 if right else 50, 10 if right else 60)
    citation = Citation(1, place, "D", None, "quote", "id", None, None, None, "", "")
    forced = Answer("?", "id", Outcome.ANSWERED, "Pada 1974. [1]", None, confidence, (citation,), (), Elapsed(1, 1, 0))
    answer = replace(forced, outcome=outcome, text="" if refused else forced.text)
    anchors = (Anchor("d", 1, 5, 12),) if answers else ()
    return Scored(GoldQuestion("g1", "tune", "id", kind, "Kapan?", answers, anchors), answer, forced)


RUN = GoldRun(
    "tune",
    (
        scored("date", refused=False, right=True, confidence=0.9),
        scored("date", refused=True, confidence=0.1),
        scored("near", refused=True, answers=(), confidence=0.05),
        scored("far", refused=False, answers=(), confidence=0.5),
    ),
    {},
)


def test_the_shares_count_what_a_reader_asks_for() -> None:
    """One right of two answerable, one of them wrongly refused; one of two unanswerable ones refused."""
    counts = {name: (p.count, p.total) for name, p in shares(RUN).items()}
    assert counts["right"] == (1, 2)
    assert counts["wrongly_refused"] == (1, 2)
    assert counts["refused"] == (1, 2)
    assert counts["refused_near"] == (1, 1)
    assert counts["refused_far"] == (0, 1)
    assert counts["refusal_precision"] == (1, 2)
    assert counts["follow_ups_right"] == (0, 0)
    assert len(errors(RUN)) == 2


def test_citations_and_confidence_are_figures() -> None:
    """The one answered question cites its evidence; .9 was right and .5 wrong, so ECE is (.1 + .5) / 2.

    Surest first: right, wrong, wrong, wrong gives the risks 0, 1/2, 2/3, 3/4.
    """
    found = figures(RUN)
    assert found["citation_recall"].value == found["citation_precision"].value == 1.0
    assert found["calibration_error"].value == pytest.approx(0.3)
    assert found["risk_coverage_area"].value == pytest.approx((0 + 1 / 2 + 2 / 3 + 3 / 4) / 4)


def test_a_ranking_counts_each_piece_of_evidence_once() -> None:
    """Two overlapping places of the same evidence gain once; the fact may stand elsewhere."""
    gold = GoldQuestion("g1", "tune", "id", "date", "Kapan?", ("1974",), (Anchor("d", 1, 5, 12),))
    places = [
        Place(Anchor("d", 1, 20, 30), "pada 1974"),
        Place(Anchor("d", 1, 0, 8), "x"),
        Place(Anchor("d", 1, 4, 9), "y"),
    ]
    found = rank(gold, lambda _: places)
    assert found.gains == (0, 1, 0)
    assert found.facts == (True, False, False)
    figure = rankings(GoldRun("tune", (), {"ours": (found,)}))["ours"]
    assert figure["recall@1"].value == 0.0
    assert figure["mrr@10"].value == 0.5
    assert figure["fact_in_4"].value == 1.0


def test_an_error_is_shown_with_what_was_wanted_and_what_was_shown() -> None:
    """A reader can judge it without running anything again."""
    lines = "\n".join(error_lines(scored("date", refused=True, right=True)))
    assert "refused, and rightly answered otherwise" in lines
    assert "Kapan?" in lines
    assert "1974" in lines
