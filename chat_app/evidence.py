"""Candidate sentences for an answer, and what speaks for each. No decision is made here."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from chat_app.calendar import YEAR
from chat_app.items import BEFORE, item, place_asked
from chat_app.matching import keys, says
from chat_app.particulars import Pointed, is_asked, pointed_line
from chat_app.question import QUANTITIES, Asked, Question, Term
from chat_app.superlatives import alternatives, furthest, only_amount, superlative
from chat_app.values import values
from indexer.centring import Vectors
from indexer.crossing import translations
from indexer.datatypes import EVIDENCE_KINDS, LANGUAGES, Hit, Passage, SectionKind, Sentence
from indexer.index import PassageIndex
from indexer.lexicon import synonyms

READ_PASSAGES = 8
"""Passages whose sentences are weighed."""
SEARCHED_PASSAGES = 40
"""Passages looked through for table rows, which a question may reach by a cell's words alone."""

_TABLE = keys("tabel table")
"""What a question says of where to look, and no cell says."""
MIN_ROW_COVER = 0.5
"""A row is meant by its other cells when they say this much of the question, by the words' rarity."""

FEATURES = (
    "sentence_cosine",
    "passage_cosine",
    "passage_score",
    "score_behind",
    "sentence_cover",
    "passage_cover",
    "cross_sentence_cover",
    "cross_passage_cover",
    "names_cover",
    "names_missing",
    "years_missing",
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
    "reason_plain",
    "reason_missing",
    "list_plain",
    "list_missing",
    "definition_plain",
    "definition_missing",
    "sentence_behind",
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
    """For a table row: the cell that the question points at, "" where that cell says nothing; for a line of front
    matter: what it says of the document, where the question asks for that; for an item of a list: the item."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All candidates of a question, best passages first, and the hits they come from."""

    question: Question
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    unsaid: Mapping[int, tuple[Term, ...]]
    """For each passage by its id, the question's names and numbers that neither it nor its source says."""
    strange: frozenset[str]
    """Names that the library says nowhere."""
    compared: frozenset[int]
    """The table rows among which the most or the least was looked for, by their passages' ids."""
    unread: tuple[tuple[int, Hit], ...]
    """The table rows among the best passages that the question does not point at, each with its place in the search."""
    nearness: float
    """How much nearer the question is to the nearest of the hits than to everyday sentences, in plain cosines."""


SYNONYM_SHARE = 0.5
"""What a synonym of a header's word counts beside the word itself, which another column may have."""
HEADER_KIND_WEIGHT = 0.3
"""Less than a header's own rare word counts."""
_HEADER_WORDS: Mapping[Asked, frozenset[str]] = {
    Asked.PLACE: frozenset(
        "wilayah negara daerah kota tempat lokasi kawasan region country area place city location".split()
    ),
    Asked.NUMBER: frozenset(
        "total jumlah nilai besar besaran persentase angka amount number value share percentage sum".split()
    ),
    Asked.DATE: frozenset("tahun tanggal waktu periode bulan year date time period".split()),
    Asked.PERSON: frozenset("nama tokoh orang ketua pemimpin name person leader chair".split()),
}

_NOTHING = frozenset(
    {"", "-", "–", "—", "n/a", "na", "n.a.", "tidak ada", "tidak tersedia", "none", "nihil", "..", "…"}
)
_FORMS: Mapping[Asked, re.Pattern[str]] = {
    Asked.REASON: re.compile(
        r"\b(?:karena|sebab|disebabkan|menyebabkan|akibat|akibatnya|alasan(?:nya)?|lantaran|berkat|sehingga|agar|supaya|"
        r"dipicu|didorong|because|since|due to|owing to|thanks to|reasons?|caused?|as a result|therefore|in order to|"
        r"so that)\b",
        re.IGNORECASE,
    ),
    Asked.LIST: re.compile(r"\d\)|[^,;]+[,;][^,;]+[,;]?\s(?:dan|serta|and|or|atau)\s|[,;][^,;]+[,;][^,;]+[,;]|:$"),
    Asked.DEFINITION: re.compile(
        r"\b(?:adalah|merupakan|ialah|yaitu|yakni|mengacu|disebut|berarti|artinya|is an?|are|was an?|refers? to|means?|"
        r"is one of|known as|defined as)\b|\([A-Z]{2,}\)",
        re.IGNORECASE,
    ),
}
_NAMED_KINDS = (Asked.PERSON, Asked.PLACE)


def gather(
    index: PassageIndex, question: Question, vector: Vectors, documents: frozenset[str] | None = None
) -> Evidence:
    """The candidates for a question: the sentences of the best passages and the table rows it names.

    `vector` [d] is what the index encodes of the question's text.
    """
    question = _with_other_names(index, question)
    weights = {term.text: index.rarity(term.text) for term in question.terms}
    kinds = evidence_kinds(question)
    found = index.search(question.searched, k=SEARCHED_PASSAGES, vector=vector, kinds=kinds, documents=documents)
    prose = [hit for hit in found if hit.passage.kind is not SectionKind.TABLE][:READ_PASSAGES]
    cells = _only_row({hit.passage_id: pointed_cell(question, hit, weights) for hit in found}, found, question.asked)
    for hit in found:
        if cells[hit.passage_id] is not None and not _says_all_names(index, question, hit):
            cells[hit.passage_id] = None
    compared: frozenset[int] = frozenset()
    either = alternatives(question.text)
    if sign := either.sign if either else superlative(question.text):
        of = (either.first, either.second) if either else ()
        cells, compared = _furthest_row(index, question, found, cells, weights, sign, of)
    rows = [hit for hit in found if cells[hit.passage_id] is not None or hit.passage_id in compared]
    pointed = _pointed(index, question, vector, documents) or _item(index, question, found)
    lines = [pointed.hit] if pointed and all(pointed.hit.passage_id != hit.passage_id for hit in prose) else []
    hits = sorted([*prose, *rows, *lines], key=lambda hit: -hit.score)
    cells |= {hit.passage_id: None for hit in lines}
    cosines = index.sentence_cosines(question.text, vector, [hit.passage_id for hit in hits])
    texts = [keys(_context(index, hit)) for hit in hits]
    candidates: list[Candidate] = []
    best_score = max((hit.score for hit in hits), default=0.0)
    best_cosine = max((float(found.max()) for found in cosines if len(found)), default=0.0)
    for hit, sentence_cosines, passage_keys in zip(hits, cosines, texts, strict=True):
        shared = _passage_features(question, hit, passage_keys, weights)
        shared["score_behind"] = best_score - hit.score
        for place, (sentence, cosine) in enumerate(zip(hit.passage.sentences, sentence_cosines, strict=True)):
            features = {**shared, **_sentence_features(question, hit, sentence, float(cosine), weights)}
            features["sentence_behind"] = best_cosine - float(cosine)
            ordered = tuple(features[name] for name in FEATURES)
            is_pointed_at = pointed is not None and pointed.sentence.anchor == sentence.anchor
            cell = pointed.value if pointed and is_pointed_at else cells[hit.passage_id]
            candidates.append(Candidate(hit, sentence, place, ordered, cell))
    unsaid = {
        hit.passage_id: tuple(term for term in question.names if not _said(text, term))
        for hit, text in zip(hits, texts, strict=True)
    }
    strange = frozenset(t.text for t in question.names if t.is_name and not t.others and weights[t.text] >= 1)
    nearness = index.nearness(vector, [hit.passage_id for hit in hits])
    unread = tuple((place, hit) for place, hit in enumerate(found) if hit not in (*prose, *rows) and hit.passage.cells)
    return Evidence(question, tuple(hits), tuple(candidates), unsaid, strange, compared, unread, nearness)


def _pointed(
    index: PassageIndex, question: Question, vector: Vectors, documents: frozenset[str] | None
) -> Pointed | None:
    """The line of front matter that a question points at."""
    if not is_asked(question):
        return None
    kinds = frozenset({SectionKind.FRONT_MATTER})
    hits = index.search(question.text, k=SEARCHED_PASSAGES, vector=vector, kinds=kinds, documents=documents)
    sources = [index.source(hit.passage.anchor.document) for hit in hits]
    names = index.aliases.all_names(question.text)
    return pointed_line(question, hits, sources, names, is_narrowed=documents is not None)


def _item(index: PassageIndex, question: Question, hits: Sequence[Hit]) -> Pointed | None:
    """The item of a list that the question asks for by its place."""
    place = place_asked(question.text)
    if place is None:
        return None
    documents = dict.fromkeys(hit.passage.anchor.document for hit in hits)
    passages = {document: dict(index.document_passages(document)) for document in documents}
    told = []
    for hit in hits:
        own = passages[hit.passage.anchor.document]
        at = list(own).index(hit.passage_id)
        told.append((hit, list(own.values())[max(0, at - BEFORE) : at]))
    groups = index.aliases.parted(question.text)[1]

    def is_about(text: str) -> bool:
        said, low = keys(text), text.casefold()
        names = all(_said(said, term) for term in question.names if term.is_name and "-" not in term.text)
        pairs = all(_is_paired(term.text, low) for term in question.names if "-" in term.text)
        return names and pairs and all(any(name.casefold() in low for name in group) for group in groups)

    return item(place, told, is_about)


def _is_paired(compound: str, text: str) -> bool:
    """Whether a text has a compound as a whole, in either language: "South-South" is in no "New-Southern"."""
    parts = [(part, *translations(part)) for part in compound.casefold().split("-")]
    return any("-".join(one) in text for one in product(*parts))


def evidence_kinds(question: Question) -> frozenset[SectionKind]:
    """What may answer a question; the bibliography only one about publications, since it is about everything."""
    return EVIDENCE_KINDS | {SectionKind.REFERENCES} if question.about_works else EVIDENCE_KINDS


def _with_other_names(index: PassageIndex, question: Question) -> Question:
    """The question with what else its words are called in the library."""
    others = index.aliases.other_names(question.text)
    return replace(question, terms=tuple(replace(term, others=others.get(term.text, ())) for term in question.terms))


def _said(text_keys: frozenset[str], term: Term) -> bool:
    """Whether a text says a term by any of its names."""
    return any(says(text_keys, name) for name in (term.text, *term.others))


def _context(index: PassageIndex, hit: Hit) -> str:
    """A passage with what is known about where it stands: a question may name the paper, its author or its year."""
    source = index.source(hit.passage.anchor.document)
    about = (source.title, *source.authors, source.publisher, source.date, hit.passage.section)
    return " ".join(part for part in (*about, hit.passage.reading) if part)


def _passage_features(
    question: Question, hit: Hit, passage_keys: frozenset[str], weights: Mapping[str, float]
) -> dict[str, float]:
    cross = float(hit.passage.language != question.language)
    cover = coverage(question.terms, passage_keys, weights)
    names = question.names
    named = sum(_said(passage_keys, term) for term in names)
    return {
        "passage_cosine": hit.dense,
        "passage_score": hit.score,
        "passage_cover": cover * (1 - cross),
        "cross_passage_cover": cover * cross,
        "names_cover": named / len(names) if names else 0.5,
        "names_missing": float(len(names) - named),
        "years_missing": float(sum(not says(passage_keys, year) for year in _years(question))),
        "cross": cross,
        "front_matter": float(hit.passage.kind is SectionKind.FRONT_MATTER),
    }


def _years(question: Question) -> list[str]:
    return [term.text for term in question.terms if re.fullmatch(YEAR, term.text)]


def _sentence_features(
    question: Question, hit: Hit, sentence: Sentence, cosine: float, weights: Mapping[str, float]
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
        "number_plain": float(asked in QUANTITIES and plain),
        "number_missing": float(asked in QUANTITIES and not plain),
        "name_plain": float(asked in _NAMED_KINDS and plain),
        "name_missing": float(asked in _NAMED_KINDS and not plain),
        **form_features(asked, sentence.reading),
        "is_question": float(sentence.text.rstrip().endswith("?")),
        "short": 1 / math.sqrt(max(1, len(sentence.reading.split()))),
    }


def form_features(asked: Asked, text: str) -> dict[str, float]:
    """Whether a sentence has the form of a reason, a list or a definition, where one is asked for."""
    features = {}
    for kind, form in _FORMS.items():
        wanted = asked is kind
        has = wanted and bool(form.search(text))
        features[f"{kind}_plain"] = float(wanted and has)
        features[f"{kind}_missing"] = float(wanted and not has)
    return features


def coverage(terms: Sequence[Term], text_keys: frozenset[str], weights: Mapping[str, float]) -> float:
    """The share of the terms that a text says, each weighted by its rarity in the library; 0 for no terms."""
    total = sum(weights[term.text] for term in terms)
    if total <= 0:
        return 0.0
    return sum(weights[term.text] for term in terms if _said(text_keys, term)) / total


def pointed_cell(question: Question, hit: Hit, weights: Mapping[str, float]) -> str | None:
    """The cell of a table row that a question points at by a row's name and a column's, or by another cell.

    "" where that cell says nothing ("n/a"); None where the question does not point into this row.
    """
    cells = hit.passage.cells
    if len(cells) < 2 or question.asked is Asked.REASON:  # a cell tells no reason
        return None
    name, asked = cells[0][1], keys(" ".join(term.text for term in question.terms))
    if _is_row_of(hit.passage, asked):
        rest = [term for term in question.terms if not says(keys(name), term.text)]
        scores = [_points_at(column, rest, weights, question.asked) for column, _ in cells[1:]]
        best = max(range(len(scores)), key=scores.__getitem__)
        return _cell(cells[1 + best][1]) if scores[best] > 0 else None
    # "Which country …?": the column of names is asked for, and another cell says which row is meant.
    others = keys(" ".join(cell for _, cell in cells[1:]))
    names_row = question.asked in _NAMED_KINDS and question.names and all(_said(others, t) for t in question.names)
    if not names_row and not _heads(cells[0][0], question.terms, weights):
        return None
    headers = keys(" ".join(column for column, _ in cells))
    rest = [term for term in question.terms if not _said(headers, term) and not _said(_TABLE, term)]
    said = sum(weights[term.text] for term in rest if _said(others, term))
    return _cell(name) if rest and said >= MIN_ROW_COVER * sum(weights[term.text] for term in rest) else None


def _says_all_names(index: PassageIndex, question: Question, hit: Hit) -> bool:
    """Whether a row or what it stands in says all that a question names; else it is about something else as well."""
    text = keys(_context(index, hit))
    return all(_said(text, term) for term in question.names if term.is_name)


def _only_row(cells: Mapping[int, str | None], hits: Sequence[Hit], asked: Asked) -> dict[int, str | None]:
    """The cells, without the names of rows where other cells of several rows say what is asked about.

    "Which countries give financial support?": one of the rows would be an answer to another question, even where only
    one of them says it in these words.
    """
    names = {hit.passage_id: _cell(hit.passage.cells[0][1]) for hit in hits if hit.passage.cells}
    named = [number for number, cell in cells.items() if cell and cell == names.get(number)]
    return {
        number: None if number in named and (len(named) > 1 or asked is Asked.LIST) else cell
        for number, cell in cells.items()
    }


def _furthest_row(
    index: PassageIndex,
    question: Question,
    hits: Sequence[Hit],
    cells: Mapping[int, str | None],
    weights: Mapping[str, float],
    sign: int,
    of: Sequence[str],
) -> tuple[dict[int, str | None], frozenset[int]]:
    """The cells where a question asks which row is the highest (1) or lowest (-1), and the rows compared.

    No row alone can answer that; the one furthest in the column asked about does, by its name. Where it asks so `of`
    two things, their rows are compared, and where the cell of one says nothing, nothing is said.
    """
    rows = {hit.passage_id: hit.passage for hit in hits if len(hit.passage.cells) > 1}
    found = {n: None if n in rows and cell == rows[n].cells[0][1] else cell for n, cell in cells.items()}
    for document, columns in dict.fromkeys((row.anchor.document, _columns(row)) for row in rows.values()):
        names = keys(columns[0])
        asks_name = bool(of) or question.asked in _NAMED_KINDS or any(_said(names, term) for term in question.terms)
        scores = [_heads(column, question.terms, weights) for column in columns[1:]]
        best = 1 + max(range(len(scores)), key=scores.__getitem__)
        if not asks_name or not scores[best - 1]:
            continue
        table = [(n, row) for n, row in index.document_passages(document) if _columns(row) == columns]
        named = [(n, row) for n, row in table if any(_is_row_of(row, keys(one)) for one in of)] if of else table
        if len(named) < len(of):
            continue
        told = [(n, row, amount) for n, row in named if (amount := only_amount(row.cells[best][1]))]
        place = furthest(sign, [amount for *_, amount in told])
        if place is not None and all(n in rows for n, *_ in told):
            number, row, _ = told[place]
            return {**found, number: _cell(row.cells[0][1])}, frozenset(n for n, *_ in told)
        silent = [n for n, row in named if of and n in rows and not _cell(row.cells[best][1])]
        if silent:
            return {**found, silent[0]: ""}, frozenset()
    return found, frozenset()


def _is_row_of(row: Passage, said: frozenset[str]) -> bool:
    """Whether a row has a name, and words of which these are the keys say it."""
    name = row.cells[0][1]
    return bool(name) and all(says(said, word) for word in name.split())


def _columns(row: Passage) -> tuple[str, ...]:
    return tuple(column for column, _ in row.cells)


def _points_at(column: str, terms: Sequence[Term], weights: Mapping[str, float], asked: Asked) -> float:
    """How much a question points at a column, by its header's words and by the kind of thing it names.

    Not by the kind alone where a number is asked for: any count of a country would be in its table's only total.
    """
    said = _heads(column, terms, weights)
    return said + _suits(column, asked) if said or asked not in QUANTITIES else 0.0


def _heads(column: str, terms: Sequence[Term], weights: Mapping[str, float]) -> float:
    """How much of a column's header a question says, each word by its rarity; long headers count less."""
    header = keys(column)
    said = sum(weights[term.text] * _share_said(header, term) for term in terms)
    return said / math.sqrt(1 + len(column.split()))


def _share_said(header: frozenset[str], term: Term) -> float:
    if _said(header, term):
        return 1.0
    return SYNONYM_SHARE if _has_synonym(header, term.text) else 0.0


def _has_synonym(header: frozenset[str], word: str) -> bool:
    """Whether a header of few words has another word of its language for one."""
    return any(says(header, other) for language in LANGUAGES for other in synonyms(word, language))


def _suits(column: str, asked: Asked) -> float:
    """A small bonus for a column whose header names the kind of thing asked for ("where": a region)."""
    words = _HEADER_WORDS.get(Asked.NUMBER if asked in QUANTITIES else asked, frozenset())
    return HEADER_KIND_WEIGHT * any(word in words for word in re.findall(r"[^\W\d_]+", column.casefold()))


def _cell(cell: str) -> str:
    return "" if cell.casefold().strip(" .") in _NOTHING else cell
