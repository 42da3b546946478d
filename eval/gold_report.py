"""`python -m eval gold`: the project's own questions, asked of a fresh index over the corpus."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chat_app.datatypes import Answer, Outcome, Turn
from eval.assistants import open_assistant
from eval.console import Step, silent
from eval.gold import Ask, GoldQuestion, Scored, ask_all, load_questions, summary
from eval.metrics.proportions import Proportion
from indexer.build import update
from indexer.encoder import load_encoder
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class GoldReport:
    """What became of a split's questions."""

    split: str
    results: tuple[Scored, ...]

    def headlines(self) -> Mapping[str, Proportion]:
        """The shares that a reader asks for first."""
        answerable = [r for r in self.results if r.gold.answerable and not r.gold.before]
        unanswerable = [r for r in self.results if not r.gold.answerable]
        follow_ups = [r for r in self.results if r.gold.before]
        return {
            "right": _count([r.right for r in answerable]),
            "right_id": _count([r.right for r in answerable if r.gold.language == "id"]),
            "right_en": _count([r.right for r in answerable if r.gold.language == "en"]),
            "wrongly_refused": _count([is_refused(r) for r in answerable]),
            "refused": _count([is_refused(r) for r in unanswerable]),
            "refused_near": _count([is_refused(r) for r in unanswerable if r.gold.kind == "near"]),
            "refused_far": _count([is_refused(r) for r in unanswerable if r.gold.kind == "far"]),
            "follow_ups_right": _count([r.right for r in follow_ups]),
        }

    def errors(self) -> list[Scored]:
        """Answerable questions that were not answered right, and unanswerable ones that were answered."""
        return [r for r in self.results if not (r.right if r.gold.answerable else is_refused(r))]

    def to_json(self) -> dict[str, Any]:
        """`summary` of eval/gold.py, and the headline shares with their 95 % Wilson intervals."""
        headlines = {
            name: {"count": p.count, "of": p.total, "share": p.share, "interval_95": p.interval}
            for name, p in self.headlines().items()
        }
        return {"split": self.split, **summary(self.results), "headlines": headlines}


def measure_gold(settings: Settings, split: str, *, step: Step = silent) -> GoldReport:
    """Index the corpus into a passing folder and ask every question of the split ("tune" or "test").

    Raises the errors of indexer and chat_app, ValueError where the questions' evidence is not in the corpus.
    """
    with tempfile.TemporaryDirectory() as name:
        encoder = load_encoder(settings)
        update(Path(name), settings.corpus, encoder, progress=step)
        assistant = open_assistant(Path(name), settings, encoder)
        questions = load_questions(assistant.pages, split)
        return GoldReport(split, tuple(ask_all(questions, _counted(assistant.answer, questions, step))))


def _counted(answer: Ask, questions: Sequence[GoldQuestion], step: Step) -> Ask:
    """`answer`, with each call shown as a step."""
    total = sum(2 if question.before else 1 for question in questions)
    asked = 0

    def ask(question: str, history: Sequence[Turn]) -> Answer:
        nonlocal asked
        asked += 1
        step("ask", asked, total)
        return answer(question, history)

    return ask


def is_refused(result: Scored) -> bool:
    """Whether the answer was that the sources do not say."""
    return result.answer.outcome is Outcome.NOT_IN_SOURCES


def error_lines(result: Scored) -> list[str]:
    """A question that went wrong, what was wanted and what was shown."""
    gold, answer = result.gold, result.answer
    wanted = " | ".join(gold.answers) if gold.answerable else "(not in the sources)"
    if is_refused(result):
        fault = "refused"
    elif not gold.answerable:
        fault = "answered though the sources do not say"
    else:
        fault = "citation elsewhere" if result.has_fact else "fact missing"
    return [
        f"{gold.id} · {gold.language} · {gold.kind} · {fault} · confidence {answer.confidence:.2f}",
        *([f"  before: {gold.before}"] if gold.before else []),
        f"  asked:  {gold.question}",
        f"  wanted: {wanted}",
        f"  shown:  {answer.text}",
        *(f"  nearby: {' '.join(citation.quote.split())[:200]}" for citation in answer.related),
    ]


def _count(values: Sequence[bool]) -> Proportion:
    return Proportion(sum(values), len(values))
