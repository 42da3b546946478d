"""How well a span answers: exact match and token F1 as SQuAD defines them. Pure functions."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> str:
    """A text without case, ASCII punctuation, English articles and extra white space.

    Rajpurkar et al. (2016), as SQuAD's evaluation does it; the sets in Indonesian are measured so too.
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(said: str, gold: str) -> float:
    """1.0 where the two are the same once normalised, else 0.0; two empty texts are the same."""
    return float(normalised(said) == normalised(gold))


def token_f1(said: str, gold: str) -> float:
    """The harmonic mean of token precision and recall; where one of the two is empty, 1.0 if both are."""
    words, wanted = normalised(said).split(), normalised(gold).split()
    if not words or not wanted:
        return float(words == wanted)
    shared = sum((Counter(words) & Counter(wanted)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(words), shared / len(wanted)
    return 2 * precision * recall / (precision + recall)


def best_over(metric: Callable[[str, str], float], said: str, golds: Sequence[str]) -> float:
    """The metric against the gold answer that it fits best; against "" where there is none (SQuAD 2.0)."""
    return max(metric(said, gold) for gold in golds or ("",))
