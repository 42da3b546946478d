"""Choose the sentences that answer, or refuse. Pure functions over candidates and readings; learned weights.

Three small logistic models, each learned by `python -m eval.training.selection`: which sentences are worth reading,
which of the read ones answers, and how likely the chosen one is right.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path

from chat_app.evidence import FEATURES, Candidate, Evidence
from chat_app.items import is_named, place_asked
from chat_app.measures import gives_measure
from chat_app.periods import tells_of_its_time
from chat_app.question import Question, Term
from chat_app.reader import Reading
from chat_app.relations import SPELT_OUT, tells
from chat_app.windows import Window, covers
from indexer.crossing import translations

SPAN_FEATURES = ("candidate", "span", "span_above_none", "span_rank", "unread")
"""What tells which sentence answers once windows were read, in this order."""

ANSWER_FEATURES = (
    "lead",
    "span",
    "span_above_none",
    "best_read",
    "lead_unread",
    "second_window",
    "candidate",
    "sentence_cosine",
    "passage_cosine",
    "top_passage_cosine",
    "nearness",
    "passage_margin",
    "sentence_cover",
    "passage_cover",
    "cross_sentence_cover",
    "cross_passage_cover",
    "cross",
    "names_missing",
    "years_missing",
    "terms",
    "date_missing",
    "number_missing",
    "name_missing",
)
"""What tells whether the chosen sentence answers, in this order."""

ANSWER_TERMS = (*ANSWER_FEATURES, *(f"{a}*{b}" for a, b in combinations_with_replacement(ANSWER_FEATURES, 2)))
"""The features and the products of every two, by which the last model weighs one in the light of another: a window
that the reader turns down tells more where the words are not shared either."""

CALIBRATION_TERMS = ("log", "log_rest")
"""ln p and -ln (1 - p) of the last model's probability: beta calibration (Kull, Silva Filho and Flach, 2017). With
equal weights it is Platt's curve; with others it may rise fast and still stay below certainty."""

MAX_SENTENCES = 3
SUPPORT = 0.2
"""A further sentence is shown when it is at least this likely, as a share of the best one."""
SPAN_LIMIT = 12.0
"""Span scores are cut here; beyond it the reader is as sure as it gets."""
READ_LIMIT = 20.0
"""The best score of all windows is cut below this: where none is above -12 one question in forty comes out right."""
SUREST = 0.99
MISSING_NUMBER = 0.35
"""A passage that does not say the year or number asked about seldom answers, whatever else it shares."""
MISSING_RELATION = 0.1
"""One that does not speak of what is asked of a thing (when it ended, who chairs it), has no amount of the kind that is
asked for, or tells of other years only, hardly ever answers: of the sentences that answer in the reading sets one in a
hundred."""
MISSING_NAME = 0.6
"""One that does not say a name may still mean it by another word. Both were set on the tune questions."""
ROW_CONFIDENCE = 0.8
"""For a table cell that the question points at by row and column: no public set has tables to learn from, and of
the tune questions of eval/questions about cells about four in five come out right."""
UNREAD_SPAN = -6.0
"""The score given to a sentence outside the windows: about what the reader gives to windows without an answer."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model with named weights."""

    intercept: float
    weights: tuple[float, ...]

    def logit(self, features: Sequence[float]) -> float:
        return self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True))

    def probability(self, features: Sequence[float]) -> float:
        return sigmoid(self.logit(features))


@dataclass(frozen=True, slots=True)
class Models:
    """The learned weights."""

    candidate: Logistic
    span: Logistic
    answer: Logistic
    calibration: Logistic
    """From CALIBRATION_TERMS of what `answer` gives to the probability on questions like the users'."""
    threshold: float
    """Below this calibrated probability that the answer is right, the sources are said not to answer."""

    def calibrated(self, probability: float) -> float:
        """What a probability of the last model is worth; never certainty: no sample of questions could bear it out."""
        return min(SUREST, self.calibration.probability(calibration_terms(probability)))


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, how likely it is to answer, and the reader's best span in it where it was read."""

    candidate: Candidate
    logit: float
    span: tuple[int, int] | None
    """Characters of the sentence's text."""
    span_score: float
    rival_score: float
    """The best score of another span in the sentence, clear of the first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences chosen, most direct first, and the probability that they hold the right answer."""

    sentences: tuple[Scored, ...]
    confidence: float


Read = Sequence[tuple[Window, Reading]]
"""What was read, and what the reader found there."""

_MOMENTS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in (
        (
            "then",
            r"awalnya|semula|mula-mula|mulanya|dulu(?:nya)?|dahulu|initially|originally|at first|formerly|used to",
        ),
        ("now", r"saat ini|sekarang|kini|dewasa ini|currently|now|today|nowadays|at present|presently"),
    )
}

WEIGHTS = Path(__file__).with_name("weights.json")


def load_models(path: Path = WEIGHTS) -> Models:
    """The learned weights that come with the program."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    calibration = _logistic(stored["calibration"], CALIBRATION_TERMS)
    return Models(
        _logistic(stored["candidate"], FEATURES),
        _logistic(stored["span"], SPAN_FEATURES),
        _logistic(stored["answer"], ANSWER_TERMS),
        calibration,
        calibration.probability(calibration_terms(stored["threshold"])),
    )


def _logistic(stored: Mapping[str, float], names: Sequence[str]) -> Logistic:
    return Logistic(stored["intercept"], tuple(stored[name] for name in names))


def rank_candidates(evidence: Evidence, model: Logistic) -> list[tuple[Candidate, float]]:
    """The candidates with their logits before reading, best first."""
    scored = [(candidate, model.logit(candidate.features)) for candidate in evidence.candidates]
    return sorted(scored, key=lambda pair: -pair[1])


def score_sentences(ranked: Sequence[tuple[Candidate, float]], read: Read, model: Logistic) -> list[Scored]:
    """The candidates in order after reading; a table row that the question points at comes before prose."""
    scored = []
    for candidate, logit in ranked:
        features, span, score, rival = span_features(candidate, logit, read)
        scored.append(Scored(candidate, model.logit(features), span, score, rival))
    return sorted(scored, key=lambda s: (s.candidate.cell is None, -s.logit))


def span_features(
    candidate: Candidate, logit: float, read: Read
) -> tuple[tuple[float, ...], tuple[int, int] | None, float, float]:
    """The values of SPAN_FEATURES for a candidate, the best span in it, its score, and its rival's."""
    for window, reading in read:
        if covers(window, candidate):
            span, score, rival = _span_in(candidate, window, reading)
            is_best = score >= max(other.score for _, other in read)
            return (logit, score, max(score, 0.0), float(is_best), 0.0), span, score, rival
    return (logit, UNREAD_SPAN, 0.0, 0.0, 1.0), None, UNREAD_SPAN, UNREAD_SPAN


def _span_in(candidate: Candidate, window: Window, reading: Reading) -> tuple[tuple[int, int] | None, float, float]:
    """The best span that begins in a candidate's sentence, in the sentence's characters, its score and its rival's."""
    sentence, passage = candidate.sentence, candidate.hit.passage
    offset = sentence.anchor.start - passage.anchor.start - window.start
    length = len(sentence.text)
    found = []
    for number, (start, _) in enumerate(reading.token_spans):
        if offset <= start < offset + length:
            last = reading.token_spans[int(reading.token_ends[number])][1]
            found.append((float(reading.token_scores[number]), start - offset, min(last - offset, length)))
    if not found:
        return None, -SPAN_LIMIT, -SPAN_LIMIT
    score, first, last = max(found)
    rival = max((s for s, start, end in found if end <= first or start >= last), default=-SPAN_LIMIT)
    return (first, last), max(-SPAN_LIMIT, min(SPAN_LIMIT, score)), rival


def choose(evidence: Evidence, scored: Sequence[Scored], read: Read, models: Models) -> Choice:
    """The sentences that answer best and how likely they are right; no candidates or no question, no chance."""
    if not scored or evidence.question.is_small_talk:
        return Choice((), 0.0)
    best = scored[0]
    if best.candidate.cell == "":
        return Choice((best,), 0.0)
    chosen = [best]
    limit = SUPPORT * sigmoid(best.logit)
    for other in scored[1:]:
        if len(chosen) == MAX_SENTENCES or sigmoid(other.logit) < limit:
            break
        if not any(_same_words(other, shown) for shown in chosen):
            chosen.append(other)
    if best.candidate.cell is not None:
        compared = [s for s in scored if s.candidate.hit.passage_id in evidence.compared and s is not best]
        return Choice((best, *compared), ROW_CONFIDENCE * trust(evidence, best.candidate))
    chosen = _of_its_time(chosen, evidence.question.text)
    confidence = models.answer.probability(answer_terms(answer_features(evidence, scored, read)))
    return Choice(tuple(chosen), models.calibrated(confidence * trust(evidence, best.candidate)))


def _of_its_time(chosen: list[Scored], question: str) -> list[Scored]:
    """The sentences in order; one that speaks of the time asked about before a first one that speaks of the other.

    "How many at first?": "Today it has 134" is the wrong answer where "At first it had 77" stands beside it.
    """
    asked = moment(question)
    if asked is None or moment(chosen[0].candidate.sentence.reading) in (None, asked):
        return chosen
    return sorted(chosen, key=lambda s: moment(s.candidate.sentence.reading) != asked)


def moment(text: str) -> str | None:
    """Whether a text speaks of the present ("now") or of what was before ("then"); None where of neither or both."""
    found = [name for name, pattern in _MOMENTS.items() if pattern.search(text)]
    return found[0] if len(found) == 1 else None


def is_of_its_time(asked: str, sentence: str) -> bool:
    """Whether a sentence can tell what is asked or claimed: what was at first says nothing of what is now."""
    told, wanted = moment(sentence), moment(asked)
    return told in (None, wanted) or (told == "now" and wanted is None)


def trust(evidence: Evidence, candidate: Candidate) -> float:
    """How much of the confidence is left when the passage misses what the question names: 1 where it misses nothing.

    Reading sets hardly hold such questions ("how many in 2010?" of a text on 2017), so they cannot teach it.
    """
    asked, told = evidence.question.text, candidate.sentence.reading
    if not (_tells(evidence.question, candidate) and gives_measure(asked, told) and tells_of_its_time(asked, told)):
        return MISSING_RELATION
    if (place := place_asked(asked)) and candidate.cell is None and not is_named(place, told):
        return MISSING_RELATION
    unsaid = evidence.unsaid[candidate.hit.passage_id]
    same_language = candidate.hit.passage.language == evidence.question.language
    if any(term.is_number for term in unsaid):
        return MISSING_NUMBER
    if sum(term.text in evidence.strange for term in unsaid) > 1:
        return MISSING_NUMBER
    # Across languages a name may be there in its other form, but for those of closed sets: Europe, Eropa.
    if any(term.is_name and (same_language or _crosses(term)) for term in unsaid):
        return MISSING_NAME
    return 1.0


def _tells(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence, or one beside it, speaks of what the question asks of a thing."""
    passage, place = candidate.hit.passage, candidate.place
    near = passage.sentences[max(0, place - 1) : place + 2]
    about = passage.section or ""
    text = " ".join((about, *(sentence.reading for sentence in near)))
    if SPELT_OUT.search(question.text) and not SPELT_OUT.search(text):
        return any(term.others or _is_spelt_out(term.text, text) for term in question.terms)
    return question.about_works or tells(question.text, text)


def _is_spelt_out(short: str, text: str) -> bool:
    """Whether a text has a word beside a bracket, as "3P (Prosperity, People, Peace)" does."""
    return bool(re.search(rf"{re.escape(short)}\S{{0,3}}\s?\(|\(\s?{re.escape(short)}\b", text, re.IGNORECASE))


def _crosses(term: Term) -> bool:
    """Whether the other language's word for a name is known, or for a part of it, as in "North-South"."""
    return any(translations(part) for part in re.findall(r"[^\W\d_]+", term.text.casefold()))


def answer_features(evidence: Evidence, scored: Sequence[Scored], read: Read) -> tuple[float, ...]:
    """The values of ANSWER_FEATURES for scored candidates and the windows that were read."""
    best = scored[0]
    own = dict(zip(FEATURES, best.candidate.features, strict=True))
    dense = sorted((hit.dense for hit in evidence.hits), reverse=True)
    others = [s.span_score for s in scored if s.candidate.hit.passage_id != best.candidate.hit.passage_id]
    known: dict[str, float] = {
        "lead": best.logit,
        "span": best.span_score,
        "span_above_none": max(best.span_score, 0.0),
        "best_read": max(-READ_LIMIT, max((reading.score for _, reading in read), default=UNREAD_SPAN)),
        "lead_unread": float(best.span is None),
        "second_window": max(others, default=UNREAD_SPAN),
        "candidate": own["passage_score"],
        "top_passage_cosine": dense[0],
        "nearness": evidence.nearness,
        "passage_margin": dense[0] - sum(dense) / len(dense),
        "terms": math.log1p(len(evidence.question.terms)),
    }
    return tuple(known[name] if name in known else own[name] for name in ANSWER_FEATURES)


def answer_terms(features: Sequence[float]) -> tuple[float, ...]:
    """The values of ANSWER_TERMS for those of ANSWER_FEATURES."""
    return (*features, *(a * b for a, b in combinations_with_replacement(features, 2)))


def _same_words(first: Scored, second: Scored) -> bool:
    return first.candidate.sentence.reading.casefold() == second.candidate.sentence.reading.casefold()


def logit(probability: float) -> float:
    """The inverse of `sigmoid`, cut where that is."""
    return sum(calibration_terms(probability))


def calibration_terms(probability: float) -> tuple[float, float]:
    """The values of CALIBRATION_TERMS, cut where `sigmoid` is."""
    return math.log(max(probability, 1e-13)), -math.log(max(1 - probability, 1e-13))


def sigmoid(value: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
