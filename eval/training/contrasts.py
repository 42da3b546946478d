"""Claims and questions written for training on passages of the public sets: twins that differ in one thing.

`questions.jsonl` and `claims.jsonl` beside this file hold what was written, and of its passage only a digest and the
place of a sentence; the passage itself comes from the sets.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

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
    by_digest, found = {digest(p): p for p in passages}, []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if passage := by_digest.get(entry["passage"]):
            answer = tuple(entry["answer"]) if entry["answer"] else None
            found.append(Contrast(entry["question"], passage, tuple(entry["sentences"]), answer))
    return found


def read_claims(passages: Iterable[str]) -> list[Pair]:
    """Those on these passages, each with its sentences; the passage's digest as the id."""
    by_digest, found = {digest(p): p for p in passages}, []
    for line in CLAIMS.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if passage := by_digest.get(entry["passage"]):
            first, last = entry["sentences"]
            found.append(Pair(entry["passage"], passage[first:last], entry["claim"], entry["label"]))
    return found
