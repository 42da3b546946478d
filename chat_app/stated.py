"""What several documents give as the value that is asked for: who says the same, and who says otherwise.

A figure that stands alone in one document is taken on trust; where another one gives it too, both are cited, and where
another one gives a different figure, both are shown, each with its source. None is chosen in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat_app.agreement import agrees, same_date, same_noun
from chat_app.composition import Quoted, short_answer
from chat_app.evidence import Candidate, Evidence
from chat_app.facts import Amount, Date, amounts, dates
from chat_app.question import QUANTITIES, Asked, Question
from chat_app.selection import Scored, is_of_its_time, trust

MAX_OTHERS = 3
"""Other documents whose likeliest sentence is read for its value."""
LEAST_SCORE = 0.0
"""The reader must find that sentence's value likelier than none."""
LEAST_AGREEING_SCORE = -6.0
"""A value that another document gives, too, is borne out where the reader alone would doubt it."""
_VALUES = QUANTITIES | {Asked.DATE}


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence of a document with the value that it gives."""

    scored: Scored
    value: str

    @property
    def quoted(self) -> Quoted:
        """The sentence with its passage."""
        return self.scored.candidate.hit.passage, self.scored.candidate.sentence


@dataclass(frozen=True, slots=True)
class Said:
    """What other documents say of a value: the same, or another one."""

    same: tuple[Stated, ...] = ()
    other: tuple[Stated, ...] = ()


def others(evidence: Evidence, ranked: Sequence[Candidate], lead: Scored) -> list[Candidate]:
    """The likeliest sentence of each other document that may give the value asked for, best first.

    Only where a date or an amount is asked for, and from passages that lack nothing that the question names.
    """
    asked = evidence.question.asked
    value = short_answer(lead, evidence.question)
    if asked not in _VALUES or value is None or not (amounts(value) or dates(value)):
        return []
    own = lead.candidate.hit.passage.anchor.document
    first: dict[str, Candidate] = {}
    for candidate in ranked:
        document, sentence = candidate.hit.passage.anchor.document, candidate.sentence.reading
        if document == own or document in first:
            continue
        lacks = candidate.cell is not None or trust(evidence, candidate) < 1
        if lacks or not is_of_its_time(evidence.question.text, sentence):
            continue
        if dates(sentence) if asked is Asked.DATE else amounts(sentence):
            first[document] = candidate
    return list(first.values())[:MAX_OTHERS]


def said(question: Question, lead: Scored, found: Sequence[Scored]) -> Said:
    """Which of the sentences give the lead's value, and which another one of the same measure."""
    own = short_answer(lead, question)
    same: list[Stated] = []
    other: list[Stated] = []
    for scored in found:
        value = short_answer(scored, question) if scored.span_score > LEAST_AGREEING_SCORE else None
        if own is None or value is None:
            continue
        told = _same(own, lead, value, scored)
        borne_out = told or any(_same(seen.value, seen.scored, value, scored) for seen in other)
        if told is not None and (borne_out or scored.span_score > LEAST_SCORE):
            (same if told else other).append(Stated(scored, value))
    return Said(tuple(same), tuple(other))


def _same(own: str, lead: Scored, value: str, scored: Scored) -> bool | None:
    """Whether two values agree; None where they do not measure the same."""
    mine, theirs = _dates(own), _dates(value)
    if mine and theirs:
        return any(same_date(a, b) for a in mine for b in theirs)
    cross = lead.candidate.hit.passage.language != scored.candidate.hit.passage.language
    pairs = [(a, b) for a in _amounts(own, lead) for b in _amounts(value, scored) if _comparable(a, b, cross=cross)]
    return any(agrees(a, b) for a, b in pairs) if pairs else None


def _dates(value: str) -> list[Date]:
    return [date for date in dates(value) if date.year is not None]


def _amounts(value: str, scored: Scored) -> list[Amount]:
    """The amounts of a value, with the noun that follows them in the sentence."""
    within = [a for a in amounts(scored.candidate.sentence.reading) if a.text in value or value in a.text]
    return within or amounts(value)


def _comparable(first: Amount, second: Amount, *, cross: bool) -> bool:
    """Whether two amounts measure or count the same; nouns of two languages are not compared."""
    if first.unit is not None or second.unit is not None:
        return first.unit == second.unit
    return cross or not (first.noun and second.noun) or same_noun(first.noun, second.noun)
