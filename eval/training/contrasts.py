"""Claims and questions written for training: twins that differ in one thing.

`questions.jsonl`, `claims.jsonl` and `inferences.jsonl` in the folder beside this file hold what was written on
passages of the public sets, and of its passage only a digest and the place of a sentence; the passage itself comes from
the sets.
`invented.jsonl` holds what was written on texts that were invented for it, and the texts; `libraries.jsonl` whole
invented documents with the questions that people ask of them, which no reader is trained on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chat_app.matching import keys
from eval.nli_sets import Pair
from indexer.splitter import sentence_spans

FOLDER = Path(__file__).with_name("contrasts")
QUESTIONS, CLAIMS, INFERENCES, INVENTED, LIBRARIES = (
    FOLDER / f"{name}.jsonl" for name in ("questions", "claims", "inferences", "invented", "libraries")
)


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
    """Those on these passages, and those on invented texts."""
    found = [
        Contrast(entry["question"], passage, tuple(entry["sentences"]), _span(entry["answer"]))
        for entry, passage in _entries(QUESTIONS, passages)
    ]
    for text in _lines(INVENTED):
        if "questions" not in text:
            continue
        whole = text["text"]
        spans = sentence_spans(whole, 0, len(whole), text["language"])
        sentences = [(span, keys(whole[slice(*span)])) for span in spans]
        for entry in text["questions"]:
            span = _span(entry["answer"])
            # What is not answered tempts most where most of its words are said, in either language.
            asked = keys(entry["question"])
            tempting = max(sentences, key=lambda sentence: len(asked & sentence[1]))[0]
            found.append(Contrast(entry["question"], whole, span or tempting, span))
    return found


def read_claims(passages: Iterable[str]) -> list[Pair]:
    """Those on these passages, each with its sentences, and those on invented texts; the text's digest as the id."""
    found = _pairs(CLAIMS, passages)
    for text in _lines(INVENTED):
        identifier = digest(text["text"])
        found += [Pair(identifier, text["text"], entry["claim"], entry["label"]) for entry in text.get("claims", ())]
    return found


def read_inferences(passages: Iterable[str]) -> list[Pair]:
    """Those in IndoNLI's manner on these passages or premises, each with its sentences; the digest as the id."""
    return _pairs(INFERENCES, passages)


def _pairs(path: Path, passages: Iterable[str]) -> list[Pair]:
    return [
        Pair(entry["passage"], passage[slice(*entry["sentences"])], entry["claim"], entry["label"])
        for entry, passage in _entries(path, passages)
    ]


def _entries(path: Path, passages: Iterable[str]) -> Iterator[tuple[dict[str, Any], str]]:
    """A file's entries on these passages, each with its passage."""
    by_digest = {digest(passage): passage for passage in passages}
    for entry in _lines(path):
        if passage := by_digest.get(entry["passage"]):
            yield entry, passage


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _span(characters: Sequence[int] | None) -> tuple[int, int] | None:
    return (characters[0], characters[1]) if characters else None
