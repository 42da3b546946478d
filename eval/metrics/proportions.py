"""A share that was measured on few questions, and how far it may be from the true one. Pure functions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

Z_95 = 1.959964
"""The standard normal's 97.5th percentile: 95 % lie between it and its negative."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` of `total`, with the ends of its 95 % interval."""

    count: int
    total: int

    @property
    def share(self) -> float | None:
        """None of nothing."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson score interval; None of nothing."""
        return wilson_interval(self.count, self.total) if self.total else None

    def to_json(self) -> dict[str, Any]:
        """The share and its interval, rounded to four places, and the counts."""
        return {
            "share": None if self.share is None else round(self.share, 4),
            "count": self.count,
            "of": self.total,
            "interval_95": self.interval and [round(end, 4) for end in self.interval],
        }


def wilson_interval(count: int, total: int, *, z: float = Z_95) -> tuple[float, float]:
    """The score interval of Wilson (1927) for `count` successes in `total` trials.

    Unlike the plain normal interval it stays inside 0 to 1 and is not empty at the ends, which matters with
    the 30 to 60 questions of a gold set. Raises ValueError unless 0 ≤ count ≤ total and total ≥ 1.
    """
    if total < 1 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no proportion")
    share = count / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # At the ends the exact value is 0 or 1, which rounding may miss by the last bit.
    low = 0.0 if count == 0 else (middle - half) / scale
    high = 1.0 if count == total else (middle + half) / scale
    return low, high
