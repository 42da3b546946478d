"""Claims and questions written for training on passages of the public sets: twins that differ in one thing.

`questions.jsonl` and `claims.jsonl` beside this file hold what was written, and of its passage only a digest and the
place of a sentence; the passage itself comes from the sets.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.nli_sets import Pair

FOLDER = Path(__file__).with_name("contrasts")
QUESTIONS, CLAIMS = FOLDER / "questions.jsonl", FOLDER / "claims.jsonl"


@dataclass(frozen=True, slots=True)
class Contrast:
    """A question, and the sentences of a passage that it is to be read with."""

    question: str
    context: str
    sentences: tuple[int, int]
    """Characters of the passage."""
    answer: tuple[int, int] | None
    """Characters of the passage; None where it does not say."""


def digest(passage: str) -> str:
    """What a passage is known by here."""
    return hashlib.sha256(passage.encode()).hexdigest()[:16]


def is_held_out(passage: str) -> bool:
    """Whether what was written on the passage with this digest is for validation: one in sixteen."""
    return passage.startswith("0")


def read_questions(passages: Iterable[str]) -> list[Contrast]:
    """Those on these passages."""
    return [
        Contrast(entry["question"], passage, tuple(entry["sentences"]), entry["answer"] and tuple(entry["answer"]))
        for entry, passage in _entries(QUESTIONS, passages)
    ]


def read_claims(passages: Iterable[str]) -> list[Pair]:
    """Those on these passages, each with its sentences; the passage's digest as the id."""
    return [
        Pair(entry["passage"], passage[slice(*entry["sentences"])], entry["claim"], entry["label"])
        for entry, passage in _entries(CLAIMS, passages)
    ]


def _entries(path: Path, passages: Iterable[str]) -> Iterator[tuple[dict[str, Any], str]]:
    """A file's entries on these passages, each with its passage."""
    by_digest = {digest(passage): passage for passage in passages}
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if passage := by_digest.get(entry["passage"]):
            yield entry, passage
