"""`python -m eval verify`: the shipped verifier on a set of claims, each with its own text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chat_app.verifier import LABELS, load_verifier
from eval.console import Step, silent
from eval.metrics.proportions import Proportion
from eval.nli_sets import Pair, read_pairs
from indexer.markup import normalise
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What the verifier said of every pair of a set."""

    found: tuple[tuple[Pair, str], ...]
    """(pair, label)."""

    def to_json(self) -> dict[str, Any]:
        """Accuracy in percent with its 95 % interval, and how many of each label were found."""
        right = Proportion(sum(pair.label == label for pair, label in self.found), len(self.found))
        low, high = right.interval or (0.0, 0.0)
        return {
            "n": right.total,
            "accuracy": round(100 * (right.share or 0.0), 2),
            "interval_95": [round(100 * low, 2), round(100 * high, 2)],
            "recall": {
                label: round(100 * sum(found == label for found in own) / len(own), 2) if own else None
                for label in LABELS
                for own in [[found for pair, found in self.found if pair.label == label]]
            },
        }


def measure_verifying(settings: Settings, data: Path, *, step: Step = silent) -> VerifyReport:
    """Hold every claim of a set against its text.

    Raises ValueError where the set is empty or in another shape, OSError where it cannot be read.
    """
    pairs = read_pairs(data)
    if not pairs:
        raise ValueError(f"{data}: no pair to verify")
    verifier = load_verifier(settings.cache_folder)
    if verifier is None:
        raise ValueError("the verifier has no build on this machine")
    found = []
    for done, pair in enumerate(pairs, start=1):
        [entailment] = verifier.verify(
            " ".join(normalise(pair.claim).split()), [" ".join(normalise(pair.text).split())]
        )
        found.append((pair, entailment.label))
        step("verify", done, len(pairs))
    return VerifyReport(tuple(found))


def write_labels(path: Path, found: Iterable[tuple[Pair, str]]) -> None:
    """One JSON object a line, in the set's order."""
    lines = (json.dumps({"id": pair.id, "label": label}, ensure_ascii=False) for pair, label in found)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
