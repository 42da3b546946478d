"""`python -m eval retrieval`: is the right document found among many, as `tanya search` finds it?"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.console import Step, silent
from eval.metrics.ranking import first_hits, mean_reciprocal_rank, rank_of, recall_at_k
from eval.reading_sets import contexts, read_set, reworded, write_corpus
from indexer.build import update
from indexer.encoder import load_encoder
from indexer.index import PassageIndex
from indexer.markup import normalise
from indexer.settings import Settings

DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """Ranks of the right document, one for each question; None where it was not found."""

    ranks: tuple[int | None, ...]
    documents: int
    k: int
    """Passages that were asked for; several of them may be of one document."""
    index_seconds: float

    def to_json(self) -> dict[str, Any]:
        """Recall at the usual depths, as far as k reaches, and MRR@k."""
        depths = sorted({depth for depth in DEPTHS if depth < self.k} | {self.k})
        recalls = {f"recall@{depth}": round(recall_at_k(self.ranks, depth), 4) for depth in depths}
        return {
            "n": len(self.ranks),
            "documents": self.documents,
            **recalls,
            f"mrr@{self.k}": round(mean_reciprocal_rank(self.ranks, self.k), 4),
            "index_s": round(self.index_seconds, 1),
        }


def measure_retrieval(
    settings: Settings,
    data: Path,
    *,
    others: Sequence[Path] = (),
    wording: Path | None = None,
    k: int = 10,
    step: Step = silent,
) -> RetrievalReport:
    """Search the passages of `data` and `others`, each a document, with every answerable question of `data`.

    `wording` is another set whose questions with the same ids are asked in their place: the same questions in
    another language. Raises ValueError where no question is left to ask, OSError where a file cannot be read.
    """
    questions = [question for question in read_set(data) if question.answerable]
    if wording is not None:
        questions = reworded(questions, read_set(wording))
    if not questions:
        raise ValueError(f"{data}: no answerable question to ask")
    started = time.perf_counter()
    with passage_index(settings, contexts([data, *others]), step) as (index, ids):
        seconds = time.perf_counter() - started
        asked = [(question.question, ids[question.context]) for question in questions]
        return RetrievalReport(tuple(ranks(index, asked, k, step)), len(ids), k, seconds)


@contextmanager
def passage_index(
    settings: Settings, passages: Sequence[str], step: Step
) -> Iterator[tuple[PassageIndex, Mapping[str, str]]]:
    """A passing index in which each passage is a document, and the id of each passage's document.

    Raises ValueError where a passage is left out.
    """
    with tempfile.TemporaryDirectory() as name:
        corpus, root = Path(name, "corpus"), Path(name, "index")
        ids = write_corpus(corpus, passages)
        encoder = load_encoder(settings)
        report = update(root, corpus, encoder, progress=step)
        if report.failures:
            raise ValueError(f"{len(report.failures)} passages were left out: {report.failures[0].message}")
        yield PassageIndex.open(root, encoder), ids


def ranks(index: PassageIndex, asked: Sequence[tuple[str, str]], k: int, step: Step) -> Iterator[int | None]:
    """For each (question's words, right document) the document's rank among those of the k best passages."""
    for done, (question, right) in enumerate(asked, start=1):
        words = " ".join(normalise(question).split())
        hits = index.search(words, k=k)
        yield rank_of(right, first_hits(hit.passage.anchor.document for hit in hits))
        step("search", done, len(asked))
