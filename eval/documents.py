"""Invented documents and what people ask of them who have not read them: half of it answered, half only seemingly.

One JSON object a line: `title`, `kind`, `language`, `passages`, and `questions` with `language`, `kind` and `question`;
those that a document answers also have the `passage`'s number, the `quote` that answers and the `answer` in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

UNSEEN = Path(__file__).with_name("questions") / "unseen.jsonl"
NEAR = "near"
"""The kind of questions that a document seems to answer."""


@dataclass(frozen=True, slots=True)
class AskedOfDocument:
    """A question, the sentence of the document that answers it, and the answer in it: both "" where none does."""

    language: str
    kind: str
    question: str
    passage: str
    quote: str
    answer: str


@dataclass(frozen=True, slots=True)
class InventedDocument:
    """A document of several passages, and what is asked of it."""

    title: str
    passages: tuple[str, ...]
    asked: tuple[AskedOfDocument, ...]


def read_documents(path: Path) -> list[InventedDocument]:
    """The documents of a file, in order. Raises ValueError where an answer does not stand in its passage."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        entry = json.loads(line)
        asked = []
        for one in entry["questions"]:
            passage = "" if one["kind"] == NEAR else entry["passages"][one["passage"]]
            quote, answer = one.get("quote", ""), one.get("answer", "")
            if quote not in passage or answer not in quote:
                raise ValueError(f"{path}, line {number}: {answer!r} does not stand in the passage of {one}")
            asked.append(AskedOfDocument(one["language"], one["kind"], one["question"], passage, quote, answer))
        found.append(InventedDocument(entry["title"], tuple(entry["passages"]), tuple(asked)))
    return found


def write_documents(folder: Path, documents: Sequence[InventedDocument]) -> list[str]:
    """One .txt file per document, which `indexer` reads; the documents' ids."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = [f"unseen-{number:02}" for number in range(len(documents))]
    for identifier, document in zip(ids, documents, strict=True):
        text = "\n\n".join((document.title, *document.passages))
        (folder / f"{identifier}.txt").write_text(f"{text}\n", encoding="utf-8")
    return ids
