"""Choose the sentences that answer, or refuse. Pure functions over candidates; learned weights, named thresholds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chat_app.evidence import FEATURES, Candidate, Evidence
from chat_app.question import Asked

ANSWER_FEATURES = (
    "logit",
    "runner_up",
    "sentence_cosine",
    "passage_cosine",
    "top_passage_cosine",
    "passage_margin",
    "sentence_cover",
    "passage_cover",
    "cross_sentence_cover",
    "cross_passage_cover",
    "cross",
    "names_cover",
    "names_missing",
    "unknown_names",
    "terms",
    "date_missing",
    "number_missing",
    "name_missing",
)
"""What tells whether the best candidate answers, in this order."""

MAX_SENTENCES = 3
SUPPORT = 0.45
"""A further sentence is shown when it is at least this likely, as a share of the best one."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model with named weights."""

    intercept: float
    weights: tuple[float, ...]

    def logit(self, features: Sequence[float]) -> float:
        return self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True))

    def probability(self, features: Sequence[float]) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.logit(features)))))


@dataclass(frozen=True, slots=True)
class Models:
    """What `python -m eval.training.selection` learned: which sentence answers, and whether any does."""

    sentence: Logistic
    answer: Logistic
    threshold: float
    """Below this probability that the answer is right, the sources are said not to answer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences chosen, most direct first, and the probability that they hold the right answer."""

    candidates: tuple[Candidate, ...]
    confidence: float


def load_models(path: Path = Path(__file__).with_name("weights.json")) -> Models:
    """The learned weights that come with the program."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Models(
        _logistic(stored["sentence"], FEATURES), _logistic(stored["answer"], ANSWER_FEATURES), stored["threshold"]
    )


def _logistic(stored: Mapping[str, float], names: Sequence[str]) -> Logistic:
    return Logistic(stored["intercept"], tuple(stored[name] for name in names))


def choose(evidence: Evidence, models: Models) -> Choice:
    """The sentences that answer best and how likely they are right; no candidates, no chance."""
    if not evidence.candidates:
        return Choice((), 0.0)
    ranked = rank(evidence.candidates, models.sentence)
    best, best_logit = ranked[0]
    if best.cell == "":
        return Choice((best,), 0.0)
    chosen = [best]
    limit = SUPPORT * _sigmoid(best_logit)
    for candidate, logit in ranked[1:]:
        if len(chosen) == MAX_SENTENCES or _sigmoid(logit) < limit:
            break
        if not any(_same_words(candidate, other) for other in chosen):
            chosen.append(candidate)
    confidence = models.answer.probability(answer_features(evidence, ranked))
    return Choice(tuple(chosen), confidence)


def rank(candidates: Sequence[Candidate], model: Logistic) -> list[tuple[Candidate, float]]:
    """Candidates with their logits, best first; a table row that the question points at comes before prose."""
    scored = [(candidate, model.logit(candidate.features)) for candidate in candidates]
    return sorted(scored, key=lambda pair: (pair[0].cell is None, -pair[1]))


def answer_features(evidence: Evidence, ranked: Sequence[tuple[Candidate, float]]) -> tuple[float, ...]:
    """The values of ANSWER_FEATURES for ranked candidates."""
    best, logit = ranked[0]
    own = dict(zip(FEATURES, best.features, strict=True))
    others = [value for candidate, value in ranked[1:] if candidate.hit.passage_id != best.hit.passage_id]
    dense = sorted((hit.dense for hit in evidence.hits), reverse=True)
    known: dict[str, float] = {
        "logit": logit,
        "runner_up": logit - max(others, default=logit - 4),
        "top_passage_cosine": dense[0],
        "passage_margin": dense[0] - sum(dense) / len(dense),
        "unknown_names": float(len(evidence.unknown_names)),
        "terms": math.log1p(len(evidence.question.terms)),
    }
    return tuple(known[name] if name in known else own[name] for name in ANSWER_FEATURES)


def _same_words(first: Candidate, second: Candidate) -> bool:
    return first.sentence.reading.casefold() == second.sentence.reading.casefold()


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def wants_run(asked: Asked) -> bool:
    """Whether the answer may run over the sentences that follow."""
    return asked is Asked.LIST
