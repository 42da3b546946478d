"""The project's own questions: loaded, and checked against the corpus."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.documents import InventedDocument
from indexer.datatypes import Anchor, Page

FOLDER = Path(__file__).parent / "questions"


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


def load_questions(pages: Callable[[str], Sequence[Page]], split: str | None = None) -> list[GoldQuestion]:
    """All gold questions of a split, or of both. Raises ValueError for evidence that is not in the corpus."""
    found: list[GoldQuestion] = []
    for entry in lines("gold.jsonl"):
        found.append(_question(entry, entry, pages))
    for entry in lines("unanswerable.jsonl"):
        found.append(
            GoldQuestion(entry["id"], entry["split"], entry["language"], entry["kind"], entry["question"], (), ())
        )
    for entry in lines("followups.jsonl"):
        first, second = entry["turns"]
        found.append(_question({**entry, "kind": "follow-up"}, second, pages, before=first["question"]))
    return [q for q in found if split is None or q.split == split]


def unseen_questions(
    documents: Sequence[InventedDocument], ids: Sequence[str], pages: Callable[[str], Sequence[Page]]
) -> list[GoldQuestion]:
    """What is asked of invented documents that are in the library by these ids."""
    found = []
    for identifier, document in zip(ids, documents, strict=True):
        for number, one in enumerate(document.asked):
            name = f"{identifier}-{number:02}"
            answers, anchors = (
                ((one.answer,), (locate(name, identifier, one.quote, pages),)) if one.answer else ((), ())
            )
            found.append(GoldQuestion(name, "unseen", one.language, one.kind, one.question, answers, anchors))
    return found


def lines(name: str) -> Iterable[dict[str, Any]]:
    """The entries of a file of eval/questions, in order."""
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
    anchors = tuple(locate(identifier, item["document"], item["quote"], pages) for item in evidence)
    answers: list[str] = turn["answers"]
    return GoldQuestion(
        identifier, str(entry["split"]), str(entry["language"]), str(entry["kind"]), str(turn["question"]),
        tuple(answers), anchors, before,
    )  # fmt: skip


def locate(identifier: str, document: str, quote: str, pages: Callable[[str], Sequence[Page]]) -> Anchor:
    """Where a quote stands, whatever the white space."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
    for page in pages(document):
        if match := pattern.search(page.text):
            return Anchor(document, page.number, match.start(), match.end())
    raise ValueError(f"{identifier}: its evidence does not stand in {document}: {quote[:80]!r}")
