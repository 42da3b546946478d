"""The project's own questions: loaded, checked against the corpus, asked, and scored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chat_app.datatypes import Answer, Outcome, Turn
from indexer.datatypes import Anchor, Page

FOLDER = Path(__file__).parent / "questions"
Ask = Callable[[str, Sequence[Turn]], Answer]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, what a right answer says, and where it stands; neither where the texts do not say."""

    id: str
    split: str
    language: str
    kind: str
    question: str
    answers: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    before: str | None = None
    """The question before it in the conversation, for a follow-up."""

    @property
    def answerable(self) -> bool:
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class Scored:
    """What became of one gold question."""

    gold: GoldQuestion
    answer: Answer
    has_fact: bool
    """An accepted answer stands in the answer's text."""
    has_citation: bool
    """A citation overlaps the place where the fact stands."""

    @property
    def right(self) -> bool:
        return self.has_fact and self.has_citation


def load_questions(pages: Callable[[str], Sequence[Page]], split: str | None = None) -> list[GoldQuestion]:
    """All gold questions of a split, or of both. Raises ValueError for evidence that is not in the corpus."""
    found: list[GoldQuestion] = []
    for entry in _lines("gold.jsonl"):
        found.append(_question(entry, entry, pages))
    for entry in _lines("unanswerable.jsonl"):
        found.append(
            GoldQuestion(entry["id"], entry["split"], entry["language"], entry["kind"], entry["question"], (), ())
        )
    for entry in _lines("followups.jsonl"):
        first, second = entry["turns"]
        found.append(_question({**entry, "kind": "follow-up"}, second, pages, before=first["question"]))
    return [q for q in found if split is None or q.split == split]


def _lines(name: str) -> Iterable[dict[str, Any]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _question(
    entry: dict[str, Any],
    turn: dict[str, Any],
    pages: Callable[[str], Sequence[Page]],
    before: str | None = None,
) -> GoldQuestion:
    identifier = str(entry["id"])
    evidence: list[dict[str, str]] = turn["evidence"]
    anchors = tuple(_locate(identifier, item["document"], item["quote"], pages) for item in evidence)
    answers: list[str] = turn["answers"]
    return GoldQuestion(
        identifier, str(entry["split"]), str(entry["language"]), str(entry["kind"]), str(turn["question"]),
        tuple(answers), anchors, before,
    )  # fmt: skip


def _locate(identifier: str, document: str, quote: str, pages: Callable[[str], Sequence[Page]]) -> Anchor:
    """Where a quote stands, whatever the white space."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
    for page in pages(document):
        if match := pattern.search(page.text):
            return Anchor(document, page.number, match.start(), match.end())
    raise ValueError(f"{identifier}: its evidence does not stand in {document}: {quote[:80]!r}")


def ask_all(questions: Sequence[GoldQuestion], ask: Ask) -> list[Scored]:
    """Ask each question, follow-ups after the question before them, and score what comes back."""
    results = []
    for gold in questions:
        history = (Turn(gold.before, ask(gold.before, ())),) if gold.before else ()
        answer = ask(gold.question, history)
        results.append(Scored(gold, answer, _has_fact(gold, answer), _has_citation(gold, answer)))
    return results


def _has_fact(gold: GoldQuestion, answer: Answer) -> bool:
    said = _plain(answer.text)
    return answer.outcome is Outcome.ANSWERED and any(_plain(accepted) in said for accepted in gold.answers)


def _has_citation(gold: GoldQuestion, answer: Answer) -> bool:
    return any(_overlap(citation.anchor, place) for citation in answer.citations for place in gold.anchors)


def _overlap(first: Anchor, second: Anchor) -> bool:
    same = (first.document, first.page) == (second.document, second.page)
    return same and first.start < second.end and second.start < first.end


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\[\d+\]", " ", text).casefold().split())


def summary(results: Sequence[Scored]) -> dict[str, object]:
    """Shares over answerable, unanswerable and follow-up questions, and their parts."""
    answerable = [r for r in results if r.gold.answerable and not r.gold.before]
    none = [r for r in results if not r.gold.answerable]
    follow = [r for r in results if r.gold.before]
    report: dict[str, object] = {
        "answerable": len(answerable),
        "right": _share(r.right for r in answerable),
        "wrongly_refused": _share(r.answer.outcome is Outcome.NOT_IN_SOURCES for r in answerable),
        "unanswerable": len(none),
        "refused": _share(r.answer.outcome is Outcome.NOT_IN_SOURCES for r in none),
        "follow_ups": len(follow),
        "follow_ups_right": _share(r.right for r in follow),
    }
    for language in ("id", "en"):
        report[f"right_{language}"] = _share(r.right for r in answerable if r.gold.language == language)
        report[f"refused_{language}"] = _share(
            r.answer.outcome is Outcome.NOT_IN_SOURCES for r in none if r.gold.language == language
        )
    for kind in ("near", "far"):
        report[f"refused_{kind}"] = _share(
            r.answer.outcome is Outcome.NOT_IN_SOURCES for r in none if r.gold.kind == kind
        )
    kinds = sorted({r.gold.kind for r in answerable})
    report["right_by_kind"] = {kind: _share(r.right for r in answerable if r.gold.kind == kind) for kind in kinds}
    return report


def _share(values: Iterable[bool]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 3) if found else None
