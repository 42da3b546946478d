"""How far a figure may be from the true one: the percentile bootstrap. Pure functions, seeds fixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")
SAMPLES = 2_000
SEED = 5


def interval_95(items: Sequence[Item], statistic: Callable[[Sequence[Item]], float | None]) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of a statistic over samples of the items drawn with replacement.

    Efron (1979). Samples for which it is None (a share of nothing) are left out. Raises ValueError for no items, or
    where no sample gives a figure.
    """
    if not items:
        raise ValueError("no items to draw from")
    chance = np.random.default_rng(SEED)
    drawn = (statistic([items[i] for i in chance.integers(0, len(items), len(items))]) for _ in range(SAMPLES))
    found = [value for value in drawn if value is not None]
    if not found:
        raise ValueError("the statistic has no value on any sample")
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
