"""A claim in; supported, contradicted or not in the sources out, with the evidence for and against.

A sentence is held against the claim twice: by the trained verifier, which reads what both say, and by rules that
compare figures, dates, names, "not" and direction one by one (differences.py). A small learned model weighs the two
(eval/training/stances.py). When in doubt a claim is not in the sources.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from chat_app.agreement import said_as, same_value
from chat_app.assistant import Assistant, checked_words
from chat_app.attribution import attribution
from chat_app.citations import cite
from chat_app.composition import nearest
from chat_app.countries import country
from chat_app.datatypes import Citation, Elapsed, StatedValue
from chat_app.differences import DECIDING, NAMING, REVERSING, Comparison, Difference, Kind, compare
from chat_app.evidence import coverage
from chat_app.facts import amounts
from chat_app.matching import keys
from chat_app.question import Question, understand
from chat_app.selection import is_of_its_time, logit
from chat_app.verifier import Entailment, Verifier
from indexer.datatypes import Hit, Language, Passage, SectionKind, Sentence
from indexer.index import PassageIndex

SEARCHED_PASSAGES = 12
CANDIDATES = 8
"""Sentences that are held against a claim: those nearest to it."""
MAX_EVIDENCE = 3
"""Sentences shown for a verdict."""
UNNAMED_ABOVE = 0.8
"""A contradiction that the rules cannot name has to be this likely."""
UNREAD = -3.0
"""In the place of the verifier's log odds where there is no verifier: about what it gives to sentences on something
else."""
LIMIT = 6.0
"""Log odds are cut here: what a small model is surer of than this it cannot know."""

STANCE_FEATURES = (
    "entailed",
    "contradicted",
    "entailed_in_context",
    "contradicted_in_context",
    "cosine",
    "cover",
    "cross_cover",
    "cross",
    "amount",
    "unit",
    "date",
    "name",
    "country",
    "denial",
    "negation",
    "odd_negations",
    "direction",
    "opposite",
    "ranking",
    "roles",
    "unsaid_figures",
    "unsaid_names",
    "matched",
)
"""What tells a sentence's stance to a claim, in this order."""

_FIRST_WORD = re.compile(r"[A-Z][a-z]{2,}(?=\s)")
_PRONOUN = re.compile(r"(?:Ia|Dia|Beliau|Mereka|He|She|They)\b")
"""A sentence that begins so says by itself of nobody what it says: the one before it does."""
_INNER_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
"""A word that has a capital inside a sentence is a name at the beginning of one, too."""


class Verdict(StrEnum):
    """What the library says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCES = "not_in_sources"


class Stance(StrEnum):
    """What one sentence says of a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one sentence counts for: how likely it supports and contradicts, and what Held says of it."""

    supports: float
    contradicts: float
    is_decisive: bool
    document: str
    says_all: bool = False
    is_of_another: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence that was held against a claim."""

    hit: Hit
    sentence: Sentence
    comparison: Comparison
    wider: Comparison
    """With its context."""
    is_foreign: bool
    """Whether it is in another language than the claim."""
    features: tuple[float, ...]
    """The values of STANCE_FEATURES."""

    @property
    def is_decisive(self) -> bool:
        """Whether a figure or a date is said otherwise, the parts of two things are exchanged, or a word is denied."""
        return bool(self.comparison.kinds & (DECIDING | REVERSING))

    @property
    def says_all(self) -> bool:
        """Whether the sentence, with its context, says every figure and name of the claim, figures among them."""
        return self.wider.figures > 0 and not self.wider.unsaid and not self.wider.kinds & NAMING

    @property
    def is_of_another(self) -> bool:
        """Whether the sentence says other figures or names than the claim, and differs in nothing else."""
        kinds = self.comparison.kinds
        return bool(kinds) and kinds <= NAMING

    def weigh(self, supports: float, contradicts: float) -> tuple[float, float]:
        """The two probabilities, less what the sentence cannot do.

        It cannot support a claim whose figures, dates or countries it lacks or says otherwise, nor one whose words it
        denies or turns round, nor, in one language, one that denies where it does not. One that says a figure
        otherwise, and so cannot support, contradicts as likely as it is not beside the point. It cannot contradict one
        from which it differs in nothing that can be named, unless that is very likely.
        """
        unsaid = self.wider.unsaid
        lacks = unsaid.get(Kind.AMOUNT, ()) or unsaid.get(Kind.DATE, ()) or any(map(country, unsaid.get(Kind.NAME, ())))
        can_contradict = self.comparison.differences or contradicts >= UNNAMED_ABOVE
        denies = self.comparison.is_odd and not self.is_foreign
        cannot_support = lacks or denies or self.is_decisive
        if self.is_decisive:
            contradicts /= max(1 - supports, contradicts)
        return (0.0 if cannot_support else supports, contradicts if can_contradict else 0.0)

    def weighed(self, shares: tuple[float, float]) -> Weighed:
        """What the sentence counts for with what `weigh` gives."""
        document = self.hit.passage.anchor.document
        return Weighed(*shares, self.is_decisive, document, self.says_all, self.is_of_another)


@dataclass(frozen=True, slots=True)
class Finding:
    """A quotation with its stance, and what it says otherwise than the claim."""

    citation: Citation
    stance: Stance
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict."""

    claim: str
    language: Language
    verdict: Verdict
    confidence: float
    """The probability of the verdict, 0 to 1."""
    evidence: tuple[Finding, ...]
    related: tuple[Citation, ...]
    """The nearest passages, where the verdict is NOT_IN_SOURCES."""
    elapsed_ms: Elapsed
    values: tuple[StatedValue, ...] = ()
    """Where documents give different values for what the claim states: what each gives."""


@dataclass(frozen=True, slots=True)
class StanceModel:
    """A multinomial logistic model: for each stance, and for none, an intercept and weights."""

    intercepts: tuple[float, float, float]
    """Of "supports", "contradicts" and neither."""
    weights: tuple[tuple[float, ...], ...]
    supported_above: float
    contradicted_above: float

    def probabilities(self, features: Sequence[float]) -> tuple[float, float, float]:
        """How likely a sentence supports, contradicts, or does neither."""
        logits = [
            intercept + sum(w * x for w, x in zip(weights, features, strict=True))
            for intercept, weights in zip(self.intercepts, self.weights, strict=True)
        ]
        top = max(logits)
        shares = [math.exp(value - top) for value in logits]
        supports, contradicts, neither = (share / sum(shares) for share in shares)
        return supports, contradicts, neither


WEIGHTS = Path(__file__).with_name("stances.json")


def load_model(path: Path = WEIGHTS) -> StanceModel:
    """The learned weights that come with the program."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    order = (Stance.SUPPORTS, Stance.CONTRADICTS, "neither")
    return StanceModel(
        tuple(stored[name]["intercept"] for name in order),
        tuple(tuple(stored[name][feature] for feature in STANCE_FEATURES) for name in order),
        stored["supported_above"],
        stored["contradicted_above"],
    )


class Checker:
    """Checks claims against an assistant's library; safe to share between threads."""

    def __init__(self, assistant: Assistant, verifier: Verifier | None, model: StanceModel | None = None) -> None:
        self._assistant = assistant
        self._verifier = verifier
        self._model = model or load_model()

    def check(self, claim: str, *, documents: frozenset[str] | None = None) -> Checked:
        """The verdict on a claim, from all documents or the given ones.

        Raises QuestionError where it is empty or too long.
        """
        started = time.perf_counter()
        index = self._assistant.index
        words = checked_words(claim)
        named = attribution(words, index.sources(), index.papers)
        asked = understand(named.question)
        hits, near = candidates(index, asked, named.within(documents))
        searched_at = time.perf_counter()
        held = hold(index, asked, near, self._verifier)
        verdict, confidence, found = self.judge(held)
        evidence = _findings(index, found)
        related = () if evidence else cite(index, nearest(hits))
        search_ms, read_ms = 1000 * (searched_at - started), 1000 * (time.perf_counter() - searched_at)
        elapsed = Elapsed(round(search_ms + read_ms, 2), round(search_ms, 2), round(read_ms, 2))
        values = _values(evidence)
        return Checked(words, asked.language, verdict, round(confidence, 3), evidence, related, elapsed, values)

    def judge(self, held: Sequence[Held]) -> tuple[Verdict, float, list[tuple[Held, Stance]]]:
        """The verdict, its probability and the sentences it rests on, strongest first."""
        scored = [(h, h.weigh(*self._model.probabilities(h.features)[:2])) for h in held]
        limits = (self._model.supported_above, self._model.contradicted_above)
        weighed = [h.weighed(shares) for h, shares in scored]
        verdict, confidence = decide(weighed, limits)
        if verdict is Verdict.NOT_IN_SOURCES:
            return verdict, confidence, []
        stances = (Stance.SUPPORTS, Stance.CONTRADICTS)
        leading = stances[verdict is Verdict.CONTRADICTED]
        both = [
            (p[n], h, stances[n])
            for h, p in scored
            for n in (0, 1)
            if p[n] >= limits[n] and p[n] > p[1 - n] and (stances[n] is leading or n == 0 or h.is_decisive)
        ]
        ranked = sorted(both, key=lambda one: (one[2] is not leading, -one[0]))
        return verdict, confidence, [(h, stance) for _, h, stance in ranked[:MAX_EVIDENCE]]


def decide(sentences: Sequence[Weighed], limits: tuple[float, float]) -> tuple[Verdict, float]:
    """The verdict that comes of sentences, and its probability. `limits` are those above which either stance counts.

    Where a sentence bears a claim out, another one contradicts it only by a figure or by parts exchanged, more surely,
    and in the same document: a sentence about somebody else is no word against it, and another document's figure is a
    disagreement between the two, which is shown. Where a sentence says all figures and names of a claim, one that says
    others speaks of something else.
    """
    if any(s.says_all for s in sentences):
        sentences = [s for s in sentences if not s.is_of_another]
    supports = max((s.supports for s in sentences), default=0.0)
    bearing = {s.document for s in sentences if s.supports >= limits[0]}
    rivals = (s for s in sentences if not bearing or (s.is_decisive and s.document in bearing))
    contradicts = max((s.contradicts for s in rivals), default=0.0)
    if bearing and supports >= contradicts:
        return Verdict.SUPPORTED, supports
    if contradicts >= limits[1]:
        return Verdict.CONTRADICTED, contradicts
    return (Verdict.SUPPORTED, supports) if bearing else (Verdict.NOT_IN_SOURCES, 1 - max(supports, contradicts))


def candidates(
    index: PassageIndex, claim: Question, documents: frozenset[str] | None
) -> tuple[list[Hit], list[tuple[Hit, int, float]]]:
    """The passages nearest to a claim, and the sentences in them: (passage, the sentence's number, centred cosine)."""
    vector = index.encode(claim.text)
    hits = index.search(claim.text, k=SEARCHED_PASSAGES, vector=vector, documents=documents)
    cosines = index.sentence_cosines(claim.text, vector, [hit.passage_id for hit in hits])
    found = [
        (hit, place, float(cosine))
        for hit, own in zip(hits, cosines, strict=True)
        for place, cosine in enumerate(own)
        if is_of_its_time(claim.text, hit.passage.sentences[place].reading)
    ]
    found.sort(key=lambda one: -(one[2] + one[0].score / 2))
    return hits, found[:CANDIDATES]


def hold(
    index: PassageIndex, claim: Question, nearest: Sequence[tuple[Hit, int, float]], verifier: Verifier | None
) -> list[Held]:
    """The sentences held against a claim, each alone and with the sentence before it, which may name its subject."""
    alone = [hit.passage.sentences[place].reading for hit, place, _ in nearest]
    context = [_with_the_one_before(hit.passage, place) for hit, place, _ in nearest]
    texts = list(dict.fromkeys((*alone, *context)))
    read = dict(zip(texts, verifier.verify(claim.text, texts), strict=True)) if verifier else {}
    weights = {term.text: index.rarity(term.text) for term in claim.terms}
    passages = " ".join(dict.fromkeys(hit.passage.text for hit, _, _ in nearest))
    known, strange = frozenset(_INNER_CAPITAL.findall(passages)), _strange_beginning(index, claim.text)
    found = []
    for (hit, place, cosine), sentence, more in zip(nearest, alone, context, strict=True):
        is_foreign = hit.passage.language != claim.language
        named = known if is_foreign else known | strange
        in_context = compare(claim.text, more, index.aliases.all_names, named)
        takes_up = bool(_PRONOUN.match(sentence))
        comparison = in_context if takes_up else compare(claim.text, sentence, index.aliases.all_names, named)
        cover = coverage(claim.terms, keys(more), weights)
        features = stance_features(
            read.get(sentence), read.get(more), comparison, in_context, cosine=cosine, cover=cover, cross=is_foreign,
        )  # fmt: skip
        found.append(Held(hit, hit.passage.sentences[place], comparison, in_context, is_foreign, features))
    return found


def _strange_beginning(index: PassageIndex, claim: str) -> frozenset[str]:
    """The claim's first word where the library says it nowhere: somebody of whom it tells nothing."""
    found = _FIRST_WORD.match(claim)
    is_amount = any(amount.start == 0 for amount in amounts(claim))
    return frozenset({found[0]} if found and not is_amount and not index.says(found[0]) else ())


def _with_the_one_before(passage: Passage, place: int) -> str:
    """A sentence after the one before it in its passage, and under its section's name where it is the first."""
    sentence = passage.sentences[place].reading
    if passage.kind is SectionKind.TABLE:
        return sentence
    before = passage.sentences[place - 1].reading if place else passage.section
    return f"{before} {sentence}" if before else sentence


def stance_features(
    alone: Entailment | None, in_context: Entailment | None, comparison: Comparison, wider: Comparison,
    *, cosine: float, cover: float, cross: bool,
) -> tuple[float, ...]:  # fmt: skip
    """The values of STANCE_FEATURES for a claim and a sentence.

    `comparison` is with the sentence and `wider` with its context, where a figure or name may stand that it takes up.
    """
    known: Mapping[str, float] = {
        "entailed": _log_odds(alone.entailed) if alone else UNREAD,
        "contradicted": _log_odds(alone.contradicted) if alone else UNREAD,
        "entailed_in_context": _log_odds(in_context.entailed) if in_context else UNREAD,
        "contradicted_in_context": _log_odds(in_context.contradicted) if in_context else UNREAD,
        "cosine": cosine,
        "cover": cover * (not cross),
        "cross_cover": cover * cross,
        "cross": float(cross),
        **{kind.value: float(kind in comparison.kinds) for kind in Kind},
        "odd_negations": float(comparison.is_odd),
        "unsaid_figures": float(len(wider.unsaid.get(Kind.AMOUNT, ())) + len(wider.unsaid.get(Kind.DATE, ()))),
        "unsaid_names": float(min(3, len(wider.unsaid.get(Kind.NAME, ())))),
        "matched": math.log1p(comparison.matched),
    }
    return tuple(known[name] for name in STANCE_FEATURES)


def _log_odds(probability: float) -> float:
    return max(-LIMIT, min(LIMIT, logit(probability)))


def _findings(index: PassageIndex, found: Sequence[tuple[Held, Stance]]) -> tuple[Finding, ...]:
    citations = cite(index, [(held.hit.passage, held.sentence) for held, _ in found])
    return tuple(
        Finding(citation, stance, held.comparison.differences if stance is Stance.CONTRADICTS else ())
        for citation, (held, stance) in zip(citations, found, strict=True)
    )


def _values(evidence: Sequence[Finding]) -> tuple[StatedValue, ...]:
    """What each document gives for the figure or date that one of them says otherwise; none where all agree."""
    rivals = {f.citation.number: d for f in evidence for d in reversed(f.differences) if d.kind in DECIDING}
    stated: list[tuple[str, Citation]] = []
    for finding in evidence:
        citation = finding.citation
        own = rivals.get(citation.number)
        claimed = (said_as(rival.claim, citation.quote) for rival in rivals.values())
        value = own.source if own else next(filter(None, claimed), None)
        if value and all(citation.anchor.document != other.anchor.document for _, other in stated):
            stated.append((value, citation))
    if all(same_value(stated[0][0], value) for value, _ in stated):
        return ()
    return tuple(StatedValue(value, citation.number) for value, citation in stated)
