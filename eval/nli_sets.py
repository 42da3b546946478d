"""Sets of claims on texts in IndoNLI's shape: JSON Lines of `{"id", "premise", "hypothesis", "label"}`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the text it is held against, and "e", "n" or "c": entailed, neutral, contradicted."""

    id: str
    text: str
    claim: str
    label: str


def read_pairs(path: Path) -> list[Pair]:
    """Every pair of a file, in order. Raises ValueError for another shape, OSError where it cannot be read."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                pair = Pair(str(entry["id"]), entry["premise"], entry["hypothesis"], entry["label"])
                if not isinstance(pair.text, str) or not isinstance(pair.claim, str):
                    raise TypeError("premise and hypothesis are texts")
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}, line {number}: not a pair in IndoNLI's shape ({error!r})") from error
            if pair.label not in ("e", "n", "c"):
                raise ValueError(f"{path}, line {number}: the label is {pair.label!r} and not e, n or c")
            found.append(pair)
    return found
