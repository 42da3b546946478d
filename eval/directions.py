"""`python -m eval directions`: the same questions and passages in two languages, asked across and within them.

Once the library holds the passages in one language only; once it holds each passage in one of the two, so that a
passage in the question's own language stands in the way of each one that is not.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.console import Step, silent
from eval.metrics.bootstrap import interval_95
from eval.metrics.ranking import recall_at_k
from eval.reading_sets import ReadingQuestion, read_set
from eval.retrieval import passage_index, ranks
from indexer.datatypes import LANGUAGES, Language
from indexer.settings import Settings

K = 10
QUESTIONS = 1_000
SEED = 17

Parallel = Mapping[Language, ReadingQuestion]
"""One question with its passage in each language."""
Ranks = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class DirectionsReport:
    """Ranks of the right passage, by library ("one language" or "mixed") and direction ("en→id": asks, reads)."""

    ranks: Mapping[str, Mapping[str, Ranks]]
    passages: int

    def to_json(self) -> dict[str, Any]:
        """Recall at 1 and 5 with bootstrap intervals."""
        return {
            "passages": self.passages,
            **{
                library: {
                    direction: {
                        "n": len(found),
                        **{f"recall@{k}": round(recall_at_k(found, k), 4) for k in (1, 5)},
                        "recall@5_interval_95": [
                            round(end, 4) for end in interval_95(found, lambda rs: recall_at_k(rs, 5))
                        ],
                    }
                    for direction, found in by_direction.items()
                }
                for library, by_direction in self.ranks.items()
            },
        }


def measure_directions(
    settings: Settings, indonesian: Path, english: Path, *, questions: int = QUESTIONS, step: Step = silent
) -> DirectionsReport:
    """Search with a sample of the questions that both sets answer; matching ids make them parallel.

    Raises ValueError where no id matches, OSError where a file cannot be read.
    """
    pairs = _parallel(read_set(indonesian), read_set(english))
    if not pairs:
        raise ValueError(f"{english}: no answerable question has an id of {indonesian}")
    asked = random.Random(SEED).sample(pairs, min(questions, len(pairs)))
    home = _homes(pairs)
    swapped = {key: LANGUAGES[1 - LANGUAGES.index(language)] for key, language in home.items()}
    found: dict[str, dict[str, list[int | None]]] = {}
    kept: list[tuple[str, dict[str, Language]]] = [
        *(("one language", dict.fromkeys(home, language)) for language in LANGUAGES),
        ("mixed", home),
        ("mixed", swapped),
    ]
    for library, homes in kept:
        passages = [pair[homes[_key(pair)]].context for pair in pairs]
        with passage_index(settings, list(dict.fromkeys(passages)), step) as (index, ids):
            for asks in LANGUAGES:
                for reads in LANGUAGES:
                    own = [pair for pair in asked if homes[_key(pair)] == reads]
                    words = [(pair[asks].question, ids[pair[reads].context]) for pair in own]
                    into = found.setdefault(library, {}).setdefault(f"{asks}→{reads}", [])
                    into.extend(ranks(index, words, K, step))
    return DirectionsReport(
        {library: {way: tuple(rs) for way, rs in by.items()} for library, by in found.items()}, len(home)
    )


def _parallel(indonesian: Sequence[ReadingQuestion], english: Sequence[ReadingQuestion]) -> list[Parallel]:
    by_id = {question.id: question for question in english if question.answerable}
    return [{"id": q, "en": by_id[q.id]} for q in indonesian if q.answerable and q.id in by_id]


def _key(pair: Parallel) -> str:
    """The passage of a pair, whatever its language."""
    return pair["id"].context


def _homes(pairs: Sequence[Parallel]) -> dict[str, Language]:
    """For each passage the language that it is kept in: every other one in each, in random order."""
    keys = list(dict.fromkeys(map(_key, pairs)))
    random.Random(SEED).shuffle(keys)
    return {key: LANGUAGES[number % 2] for number, key in enumerate(keys)}
