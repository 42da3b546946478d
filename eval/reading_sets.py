"""Public reading sets in SQuAD's shape.

`[{"context", "qas": [{"id", "question", "is_impossible", "answers": [{"text", "answer_start"}]}], "title"?}]`
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question on one passage; `answers` is empty where the passage does not answer it."""

    id: str
    question: str
    context: str
    title: str | None
    answers: tuple[tuple[int, str], ...]
    """(start in the context, text)."""

    @property
    def answerable(self) -> bool:
        return bool(self.answers)


def read_set(path: Path) -> list[ReadingQuestion]:
    """Every question of a file, in order. Raises ValueError for another shape, OSError where it cannot be read."""
    try:
        return list(_questions(json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: not a reading set in SQuAD's shape ({type(error).__name__}: {error})") from error


def _questions(entries: Iterable[dict[str, Any]]) -> Iterator[ReadingQuestion]:
    for entry in entries:
        for qa in entry["qas"]:
            answers = () if qa.get("is_impossible") else tuple((a["answer_start"], a["text"]) for a in qa["answers"])
            yield ReadingQuestion(qa["id"], qa["question"], entry["context"], entry.get("title"), answers)


def reworded(questions: Sequence[ReadingQuestion], others: Sequence[ReadingQuestion]) -> list[ReadingQuestion]:
    """The questions in the words that others with the same ids have; those without one are left out."""
    words = {other.id: other.question for other in others}
    return [replace(question, question=words[question.id]) for question in questions if question.id in words]


def contexts(paths: Iterable[Path]) -> list[str]:
    """The different passages of several files, in order of first appearance."""
    found = (entry["context"] for path in paths for entry in json.loads(path.read_text(encoding="utf-8")))
    return list(dict.fromkeys(found))


def write_corpus(folder: Path, passages: Sequence[str]) -> dict[str, str]:
    """One .txt file per passage; the id of each passage's document."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = {passage: f"p{number:06d}" for number, passage in enumerate(passages)}
    for passage, identifier in ids.items():
        (folder / f"{identifier}.txt").write_text(passage, encoding="utf-8")
    return ids
