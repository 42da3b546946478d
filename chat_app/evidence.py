"""Candidate sentences for an answer, and what speaks for each. No decision is made here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from chat_app.matching import keys, says
from chat_app.question import Asked, Question, Term
from chat_app.values import values
from indexer.centring import Vectors
from indexer.datatypes import Hit, SectionKind, Sentence
from indexer.index import PassageIndex

READ_PASSAGES = 8
"""Passages whose sentences are weighed."""
SEARCHED_PASSAGES = 40
"""Passages looked through for table rows, which a question may reach by a cell's words alone."""

FEATURES = (
    "sentence_cosine",
    "passage_cosine",
    "passage_score",
    "rank",
    "sentence_cover",
    "passage_cover",
    "cross_sentence_cover",
    "cross_passage_cover",
    "names_cover",
    "names_missing",
    "cross",
    "date_plain",
    "date_missing",
    "number_plain",
    "number_missing",
    "name_plain",
    "name_missing",
    "is_question",
    "short",
    "front_matter",
)
"""What is known of a candidate, in this order; learned weights are stored by these names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with its features."""

    hit: Hit
    sentence: Sentence
    place: int
    """The sentence's number in its passage."""
    features: tuple[float, ...]
    cell: str | None = None
    """For a table row: the cell that the question points at; "" where that cell says nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All candidates of a question, best passages first, and the hits they come from."""

    question: Question
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    unknown_names: tuple[Term, ...]
    """Names and numbers of the question that no passage found says."""


_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "n.a.", "tidak ada", "tidak tersedia", "none", "nihil", "..", "…"})
_NAMED_KINDS = (Asked.PERSON, Asked.PLACE)


def gather(
    index: PassageIndex, question: Question, vector: Vectors, documents: frozenset[str] | None = None
) -> Evidence:
    """The candidates for a question: the sentences of the best passages and the table rows it names."""
    found = index.search(question.text, k=SEARCHED_PASSAGES, vector=vector, documents=documents)
    rows = [hit for hit in found if hit.passage.kind is SectionKind.TABLE]
    prose = [hit for hit in found if hit.passage.kind is not SectionKind.TABLE][:READ_PASSAGES]
    rows = [hit for hit in rows if pointed_cell(question, hit) is not None]
    hits = sorted([*prose, *rows], key=lambda hit: -hit.score)
    cosines = index.sentence_cosines(question.text, vector, [hit.passage_id for hit in hits])
    weights = {term.text: index.rarity(term.text) for term in question.terms}
    texts = [keys(f"{index.source(h.passage.anchor.document).title} {h.passage.section or ''} {h.passage.reading}") for h in hits]
    candidates: list[Candidate] = []
    for rank, (hit, sentence_cosines, passage_keys) in enumerate(zip(hits, cosines, texts, strict=True)):
        shared = _passage_features(question, hit, rank, passage_keys, weights)
        for place, (sentence, cosine) in enumerate(zip(hit.passage.sentences, sentence_cosines, strict=True)):
            features = {**shared, **_sentence_features(question, hit, sentence, float(cosine), weights)}
            cell = pointed_cell(question, hit) if hit.passage.kind is SectionKind.TABLE else None
            candidates.append(Candidate(hit, sentence, place, tuple(features[name] for name in FEATURES), cell))
    everything = frozenset().union(*texts)
    unknown = tuple(term for term in question.names if not says(everything, term.text))
    return Evidence(question, tuple(hits), tuple(candidates), unknown)


def _passage_features(
    question: Question, hit: Hit, rank: int, passage_keys: frozenset[str], weights: dict[str, float]
) -> dict[str, float]:
    cross = float(hit.passage.language != question.language)
    cover = coverage(question.terms, passage_keys, weights)
    names = question.names
    named = sum(says(passage_keys, term.text) for term in names)
    return {
        "passage_cosine": hit.dense,
        "passage_score": hit.score,
        "rank": 1 / (1 + rank),
        "passage_cover": cover * (1 - cross),
        "cross_passage_cover": cover * cross,
        "names_cover": named / len(names) if names else 0.5,
        "names_missing": float(len(names) - named),
        "cross": cross,
        "front_matter": float(hit.passage.kind is SectionKind.FRONT_MATTER),
    }


def _sentence_features(
    question: Question, hit: Hit, sentence: Sentence, cosine: float, weights: dict[str, float]
) -> dict[str, float]:
    cross = hit.passage.language != question.language
    cover = coverage(question.terms, keys(sentence.reading), weights)
    asked = question.asked
    low = question.text.casefold()
    plain = any(value.text.casefold() not in low for value in values(sentence.reading, asked))
    return {
        "sentence_cosine": cosine,
        "sentence_cover": cover * (not cross),
        "cross_sentence_cover": cover * cross,
        "date_plain": float(asked is Asked.DATE and plain),
        "date_missing": float(asked is Asked.DATE and not plain),
        "number_plain": float(asked is Asked.NUMBER and plain),
        "number_missing": float(asked is Asked.NUMBER and not plain),
        "name_plain": float(asked in _NAMED_KINDS and plain),
        "name_missing": float(asked in _NAMED_KINDS and not plain),
        "is_question": float(sentence.text.rstrip().endswith("?")),
        "short": 1 / math.sqrt(max(1, len(sentence.reading.split()))),
    }


def coverage(terms: Sequence[Term], text_keys: frozenset[str], weights: dict[str, float]) -> float:
    """The share of the terms that a text says, each weighted by its rarity in the library; 0 for no terms."""
    total = sum(weights[term.text] for term in terms)
    if total <= 0:
        return 0.0
    return sum(weights[term.text] for term in terms if says(text_keys, term.text)) / total


def pointed_cell(question: Question, hit: Hit) -> str | None:
    """The cell of a table row that a question points at by a row's name and a column's, or by another cell.

    "" where that cell says nothing ("n/a"); None where the question does not point into this row.
    """
    cells = hit.passage.cells
    if len(cells) < 2:
        return None
    key = keys(cells[0][1])
    names_row = bool(cells[0][1]) and all(says(frozenset().union(*(keys(t.text) for t in question.terms)), w) for w in cells[0][1].split())
    if names_row:
        rest = [term for term in question.terms if not says(key, term.text)]
        best, score = None, 0.0
        for column, cell in cells[1:]:
            header = keys(column)
            matched = sum(says(header, term.text) for term in rest) / math.sqrt(1 + len(column.split()))
            if matched > score:
                best, score = cell, matched
        return None if best is None else _said(best)
    header = keys(cells[0][0])
    if not any(says(header, term.text) for term in question.terms):
        return None
    rest = [term for term in question.terms if not says(header, term.text)]
    other = keys(" ".join(cell for _, cell in cells[1:]))
    if rest and sum(says(other, term.text) for term in rest) >= max(1, len(rest) // 2):
        return _said(cells[0][1])
    return None


def _said(cell: str) -> str:
    return "" if cell.casefold().strip(" .") in _NOTHING else cell
