"""The project's own questions asked of a fresh index over the corpus: what was answered, cited and found."""

from __future__ import annotations

import re
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chat_app.assistant import Assistant, Considered
from chat_app.datatypes import Answer, Outcome, Turn
from eval.assistants import library
from eval.baselines import Place, Ranker, rankers
from eval.console import Step, silent
from eval.documents import UNSEEN, read_documents, write_documents
from eval.gold import GoldQuestion, load_questions, unseen_questions
from indexer.datatypes import Anchor
from indexer.settings import Settings

TRACED, TRACED_CHARACTERS = 5, 110
"""Passages, and characters of each, that the error browser shows."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What became of one gold question."""

    gold: GoldQuestion
    answer: Answer
    forced: Answer
    """What would have been answered had the assistant not been allowed to refuse."""
    trace: tuple[str, ...] = ()
    """What was retrieved and what the reader made of it, a line each."""

    @property
    def refused(self) -> bool:
        """Whether the answer was that the sources do not say."""
        return self.answer.outcome is Outcome.NOT_IN_SOURCES

    @property
    def has_fact(self) -> bool:
        """Whether an accepted answer stands in the answer's text."""
        return not self.refused and says_fact(self.gold, self.answer.text)

    @property
    def right(self) -> bool:
        """Whether the fact stands in the answer and a citation holds its place."""
        return self.has_fact and any(citation_hits(self.gold, self.answer))

    @property
    def forced_right(self) -> bool:
        """The same of the forced answer; an unanswerable question has no right one."""
        return says_fact(self.gold, self.forced.text) and any(citation_hits(self.gold, self.forced))


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a ranker found for one answerable question, best first."""

    gold: GoldQuestion
    gains: tuple[int, ...]
    """For each place 1 where it overlaps gold evidence that none before it did, else 0."""
    facts: tuple[bool, ...]
    """For each place whether its words hold an accepted answer."""
    characters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldRun:
    """What became of a split's questions, and what each ranker found for the answerable ones."""

    split: str
    results: tuple[Scored, ...]
    ranked: Mapping[str, tuple[Ranked, ...]]


def run_gold(settings: Settings, split: str, *, reads: bool = True, step: Step = silent) -> GoldRun:
    """Index the corpus into a passing folder and ask every question of the split ("tune" or "test").

    The split "unseen" is asked of invented documents instead of the corpus. Without the trained reader where it is not
    to read.

    Raises the errors of indexer and chat_app, ValueError where the questions' evidence is not in the documents.
    """
    with tempfile.TemporaryDirectory() as name:
        documents = read_documents(UNSEEN) if split == "unseen" else []
        ids = write_documents(Path(name), documents)
        with library(settings, Path(name) if documents else settings.corpus, reads=reads, step=step) as assistant:
            if documents:
                questions = unseen_questions(documents, ids, assistant.pages)
            else:
                questions = load_questions(assistant.pages, split)
            results = ask_all(questions, assistant, step)
            index = assistant.index
            answerable = [q for q in questions if q.answerable and not q.before]
            found = {}
            for label, ranker in rankers(assistant, index, index.encoder).items():
                found[label] = tuple(rank(q, ranker) for q in answerable)
            return GoldRun(split, results, found)


def ask_all(questions: Sequence[GoldQuestion], assistant: Assistant, step: Step = silent) -> tuple[Scored, ...]:
    """Ask each question, follow-ups after the question before them."""
    results = []
    for done, gold in enumerate(questions, start=1):
        history = (Turn(gold.before, assistant.answer(gold.before)),) if gold.before else ()
        considered = assistant.consider(gold.question, history)
        forced = assistant.compose(considered, threshold=0.0)
        results.append(Scored(gold, assistant.compose(considered), forced, _trace(gold, considered)))
        step("ask", done, len(questions))
    return tuple(results)


def _trace(gold: GoldQuestion, considered: Considered) -> tuple[str, ...]:
    lines = [f"understood: {considered.question.text} [{considered.question.asked}]"]
    for number, hit in enumerate(considered.evidence.hits[:TRACED], start=1):
        mark = _mark(gold, hit.passage.anchor)
        scores = f"{hit.score:.2f} dense {hit.dense:.2f} sparse {hit.sparse:.2f}"
        lines.append(f"found {number}{mark} {scores} {hit.passage.anchor.document}: {_short(hit.passage.reading)}")
    passages = {hit.passage_id: hit.passage.anchor for hit in considered.evidence.hits}
    for window, reading in considered.read:
        whole = passages[window.passage_id]
        start = whole.start + window.start
        mark = _mark(gold, Anchor(whole.document, whole.page, start, start + len(window.text)))
        span = _short(window.text[reading.start : reading.end])
        lines.append(f"read{mark} {reading.score:+.1f} «{span}» in: {_short(window.text)}")
    return tuple(lines)


def _mark(gold: GoldQuestion, anchor: Anchor) -> str:
    """A star for what holds the evidence."""
    return "*" if any(overlap(anchor, place) for place in gold.anchors) else " "


def _short(text: str) -> str:
    return textwrap.shorten(text, TRACED_CHARACTERS, placeholder="…")


def rank(gold: GoldQuestion, ranker: Ranker) -> Ranked:
    """What a ranker finds for a question, held against its evidence."""
    places = ranker(gold.question)
    return Ranked(
        gold,
        _gains(gold.anchors, places),
        tuple(says_fact(gold, place.text) for place in places),
        tuple(len(place.text) for place in places),
    )


def _gains(anchors: Sequence[Anchor], places: Sequence[Place]) -> tuple[int, ...]:
    left, gains = list(anchors), []
    for place in places:
        rest = [anchor for anchor in left if not overlap(anchor, place.anchor)]
        gains.append(int(len(rest) < len(left)))
        left = rest
    return tuple(gains)


def citation_hits(gold: GoldQuestion, answer: Answer) -> list[bool]:
    """For each citation whether it overlaps gold evidence."""
    return [any(overlap(citation.anchor, anchor) for anchor in gold.anchors) for citation in answer.citations]


def overlap(first: Anchor, second: Anchor) -> bool:
    """Whether two anchors share a character."""
    same = (first.document, first.page) == (second.document, second.page)
    return same and first.start < second.end and second.start < first.end


def says_fact(gold: GoldQuestion, text: str) -> bool:
    """Whether an accepted answer stands in a text, whatever the case and the white space."""
    said = _plain(text)
    return any(_plain(accepted) in said for accepted in gold.answers)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\[\d+\]", " ", text).casefold().split())
