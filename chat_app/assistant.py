"""Question in, cited answer or refusal out: the only file that knows the order of the stages."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chat_app.attribution import attribution
from chat_app.citations import cite
from chat_app.composition import arranged, nearest, quotations, short_answer
from chat_app.conversation import standalone
from chat_app.countries import by_countries
from chat_app.datatypes import Answer, Citation, Elapsed, Outcome, StatedValue, Turn
from chat_app.errors import QuestionError
from chat_app.evidence import Candidate, Evidence, evidence_kinds, gather
from chat_app.order import Order, order_asked
from chat_app.phrases import PHRASES
from chat_app.question import MAX_QUESTION_CHARACTERS, QUANTITIES, Asked, Question, understand
from chat_app.reader import Reader
from chat_app.selection import MISSING_RELATION, Choice, Read, choose, load_models, rank_candidates, score_sentences
from chat_app.stated import Said, others, said
from chat_app.windows import covers, windows
from indexer.datatypes import Hit, Page, SectionKind, Source
from indexer.encoder import Encoder
from indexer.errors import IndexStorageError
from indexer.index import PassageIndex
from indexer.markup import normalise

_OF_THE_PLACE = QUANTITIES | {Asked.PLACE, Asked.PERSON, Asked.DATE}
"""What is asked of a town: how many live there, who its mayor is."""


@dataclass(frozen=True, slots=True)
class Considered:
    """All that was weighed for a question, stage by stage."""

    words: str
    """The question as it was asked."""
    question: Question
    """As it was understood, by itself."""
    index: PassageIndex
    """The index as it was then; what is cited is read from this one."""
    evidence: Evidence
    read: Read
    passages: tuple[Hit, ...]
    """What was found, ordered by what was read in it."""
    choice: Choice
    said: Said
    """What other documents say of the value chosen."""
    decided: str | None
    """The short answer where it comes of several sentences: which of two things was first."""
    search_ms: float
    read_ms: float


class Assistant:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, root: Path, encoder: Encoder, reader: Reader | None) -> None:
        """Open the index in `root`. Raises IndexMissing, IndexDamaged or IndexIncompatible."""
        self._root = root
        self._encoder = encoder
        self._reader = reader
        self._models = load_models()
        self._lock = threading.Lock()
        self._stamp = _stamp(root)
        self._index = PassageIndex.open(root, encoder)

    def answer(self, question: str, history: Sequence[Turn] = (), *, documents: frozenset[str] | None = None) -> Answer:
        """The answer to a question, understood after the turns before it, from all documents or the given ones.

        Raises QuestionError where it is empty or longer than MAX_QUESTION_CHARACTERS.
        """
        return self.compose(self.consider(question, history, documents=documents))

    def compose(self, considered: Considered, *, threshold: float | None = None) -> Answer:
        """The answer that comes of what was considered; one less sure than `threshold` is refused.

        None takes the threshold that comes with the learned weights.
        """
        started = time.perf_counter()
        choice, asked = considered.choice, considered.question
        language = understand(considered.words, default_language=asked.language).language
        if choice.sentences and choice.confidence >= (self._models.threshold if threshold is None else threshold):
            same, other = ([one.quoted for one in side] for side in (considered.said.same, considered.said.other))
            text, quoted = arranged(quotations(choice, asked.asked), same, other)
            citations = cite(considered.index, quoted)
            outcome = Outcome.ANSWERED
            short = considered.decided or short_answer(choice.sentences[0], considered.evidence.question)
            related: tuple[Citation, ...] = ()
            values = _values(short, considered.said, citations)
        else:
            outcome, short, citations, values = Outcome.NOT_IN_SOURCES, None, (), ()
            phrases, hits = PHRASES[language].answer, considered.evidence.hits
            text = phrases.small_talk if asked.is_small_talk else phrases.not_in_sources
            related = () if asked.is_small_talk else cite(considered.index, nearest(hits))
        search_ms, read_ms = considered.search_ms, considered.read_ms
        elapsed = Elapsed(round(search_ms + read_ms + _milliseconds(started), 2), search_ms, read_ms)
        return Answer(
            considered.words, language, outcome, text, short, round(choice.confidence, 3), citations, related, elapsed,
            values,
        )  # fmt: skip

    def consider(
        self, question: str, history: Sequence[Turn] = (), *, documents: frozenset[str] | None = None
    ) -> Considered:
        """What `compose` answers from: evidence, readings and the choice among them. Raises as `answer` does."""
        words = checked_words(question)
        index = self.index
        default = history[-1].answer.language if history and history[-1].answer else "id"
        named = attribution(standalone(words, history), index.sources(), index.papers)
        understood = _by_countries(understand(named.question, default_language=default), index)
        within = named.within(documents)
        considered = self._consider(question, understood, index, within)
        order = order_asked(understood)
        return self._in_order(considered, order, within) if order else considered

    def _in_order(self, considered: Considered, order: Order, documents: frozenset[str] | None) -> Considered:
        """What was considered, answered by when each of the two things asked about was, where that is found."""
        asked = (understand(words, default_language=considered.question.language) for words in order.questions)
        parts = [self._consider(considered.words, one, considered.index, documents) for one in asked]
        sure = min(part.choice.confidence for part in parts)
        leads = [part.choice.sentences[0] for part in parts if part.choice.sentences]
        told = [short_answer(lead, part.question) for lead, part in zip(leads, parts, strict=False)]
        decided = order.answer(told) if sure >= self._models.threshold else None
        if decided is None:
            # One sentence may tell it by itself; what speaks of one of the two alone does not.
            found = considered.choice
            is_told = found.sentences and order.is_told_by(found.sentences[0].candidate.sentence.reading)
            share = 1.0 if is_told else MISSING_RELATION
            return replace(considered, choice=replace(found, confidence=share * found.confidence))
        passages = {hit.passage_id: hit for part in (*parts, considered) for hit in part.passages}
        return replace(
            considered,
            choice=Choice(tuple(leads), sure),
            passages=tuple(passages.values()),
            said=Said(),
            decided=decided,
            search_ms=considered.search_ms + sum(part.search_ms for part in parts),
            read_ms=considered.read_ms + sum(part.read_ms for part in parts),
        )

    def _consider(
        self, words: str, understood: Question, index: PassageIndex, documents: frozenset[str] | None
    ) -> Considered:
        """What one question by itself is answered from."""
        started = time.perf_counter()
        query = index.aliases.expand(understood.text)
        evidence = gather(index, understood, index.encode(understood.searched), documents)
        search_ms, read_at = _milliseconds(started), time.perf_counter()
        ranked = rank_candidates(evidence, self._models.candidate)
        read = self._read(query, understood, ranked)
        scored = score_sentences(ranked, read, self._models.span)
        passages = list({s.candidate.hit.passage_id: s.candidate.hit for s in scored}.values())
        for place, hit in evidence.unread:
            passages.insert(place, hit)
        choice = choose(evidence, scored, read, self._models)
        elsewhere = self._elsewhere(query, evidence, ranked, read, choice)
        read_ms = _milliseconds(read_at)
        return Considered(
            words, understood, index, evidence, read, tuple(passages), choice, elsewhere, None, search_ms, read_ms
        )

    def _elsewhere(
        self, query: str, evidence: Evidence, ranked: Sequence[tuple[Candidate, float]], read: Read, choice: Choice
    ) -> Said:
        """What other documents say of the value chosen, their likeliest sentences read where they were not yet."""
        if self._reader is None or choice.confidence < self._models.threshold:
            return Said()
        lead = choice.sentences[0]
        if lead.candidate.hit.passage.kind is SectionKind.FRONT_MATTER:
            return Said()  # what a document says of itself
        found = others(evidence, [candidate for candidate, _ in ranked], lead)
        unread = windows([c for c in found if not any(covers(window, c) for window, _ in read)])
        more = zip(
            unread, self._reader.read(query, [window.readable(evidence.question) for window in unread]), strict=True
        )
        logits = [(candidate, logit) for candidate, logit in ranked if candidate in found]
        return said(evidence.question, lead, score_sentences(logits, (*read, *more), self._models.span))

    def _read(self, query: str, question: Question, ranked: Sequence[tuple[Candidate, float]]) -> Read:
        if self._reader is None:
            return ()
        chosen = windows([candidate for candidate, _ in ranked])
        readings = self._reader.read_until_found(query, [window.readable(question) for window in chosen])
        return tuple(zip(chosen, readings, strict=False))

    def search(self, query: str, *, k: int = 10, everything: bool = False) -> list[Hit]:
        """The passages that fit a query, best first, as an answer would be looked for, before any reading.

        With `everything`, references and furniture are among them. Raises QuestionError as `answer` does.
        """
        index = self.index
        named = attribution(checked_words(query), index.sources(), index.papers)
        understood = _by_countries(understand(named.question), index)
        kinds = frozenset(SectionKind) if everything else evidence_kinds(understood)
        return index.search(understood.searched, k=k, kinds=kinds, documents=named.documents)

    def sources(self) -> tuple[Source, ...]:
        """What the library holds, in order of id."""
        return self.index.sources()

    def source(self, document_id: str) -> Source:
        """One document's source. Raises IndexerError where there is no such document."""
        return self.index.source(document_id)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """The stored text of a document. Raises IndexerError where there is no such document."""
        return self.index.pages(document_id)

    @property
    def index(self) -> PassageIndex:
        """The index as it is now: a new generation is opened beside the old one, which serves until then."""
        stamp = _stamp(self._root)
        if stamp != self._stamp and self._lock.acquire(blocking=False):
            try:
                self._index = PassageIndex.open(self._root, self._encoder)
                self._stamp = stamp
            except IndexStorageError:
                pass  # the old generation still answers; the next question tries again
            finally:
                self._lock.release()
        return self._index


def _values(short: str | None, found: Said, citations: Sequence[Citation]) -> tuple[StatedValue, ...]:
    """What each document gives, where not all give the same; its sentence is among the citations."""
    if short is None or not found.other:
        return ()
    numbers = {citation.anchor: citation.number for citation in citations}
    stated = [StatedValue(one.value, numbers[one.quoted[1].anchor]) for one in (*found.same, *found.other)]
    return (StatedValue(short, citations[0].number), *stated)


def _milliseconds(since: float) -> float:
    return round(1000 * (time.perf_counter() - since), 2)


def _stamp(root: Path) -> tuple[int, int] | None:
    try:
        stat = (root / "manifest.json").stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino


def _by_countries(question: Question, index: PassageIndex) -> Question:
    """A question with the countries meant by the seats of their governments, where no place or figure is asked for."""
    if question.asked in _OF_THE_PLACE:
        return question
    words = by_countries(question.text, question.language, lambda name: all(map(index.says, name.split())))
    if words == question.text:
        return question
    return replace(understand(words, default_language=question.language), searched=question.text)


def checked_words(text: str) -> str:
    """The words of a question or claim that can be asked, in one line.

    Raises QuestionError, in the language of the words or in both, where there are none or too many.
    """
    words = " ".join(normalise(text).split())
    if not words:
        raise QuestionError(" / ".join(PHRASES[language].answer.empty_question for language in PHRASES))
    if len(words) > MAX_QUESTION_CHARACTERS:
        language = understand(words[:MAX_QUESTION_CHARACTERS]).language
        phrase = PHRASES[language].answer.long_question
        raise QuestionError(phrase.format(length=f"{len(words):,}", limit=f"{MAX_QUESTION_CHARACTERS:,}"))
    return words
