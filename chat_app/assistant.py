"""Question in, cited answer or refusal out: the only file that knows the order of the stages."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from chat_app.attribution import attribution
from chat_app.citations import cite
from chat_app.conversation import standalone
from chat_app.datatypes import Answer, Citation, Elapsed, Outcome, Turn
from chat_app.errors import QuestionError
from chat_app.evidence import Candidate, Evidence, form_features, gather, searched
from chat_app.phrases import PHRASES
from chat_app.question import MAX_QUESTION_CHARACTERS, Asked, Question, understand
from chat_app.reader import Reader, Reading
from chat_app.selection import Scored, choose, load_models, rank_candidates, score_sentences
from chat_app.values import best_value
from chat_app.windows import Window, windows
from indexer.datatypes import EVIDENCE_KINDS, Hit, Page, Passage, SectionKind, Sentence, Source
from indexer.encoder import Encoder
from indexer.errors import IndexStorageError
from indexer.index import PassageIndex
from indexer.markup import normalise

RELATED_PASSAGES = 3
MAX_SHORT_WORDS = 14
SHORT_MARGIN = 2.0
"""How much better than any other in its sentence the reader must find a span before it stands alone."""
MAX_RUN_SENTENCES = 12
"""An enumeration is shown whole up to this many items."""


class Assistant:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, root: Path, encoder: Encoder, reader: Reader | None, *, threshold: float | None = None) -> None:
        """Open the index in `root`. An answer less sure than `threshold` is refused; None takes the measured one.

        Raises IndexMissing, IndexDamaged or IndexIncompatible.
        """
        self._root = root
        self._encoder = encoder
        self._reader = reader
        self._models = load_models()
        self._threshold = self._models.threshold if threshold is None else threshold
        self._lock = threading.Lock()
        self._stamp = _stamp(root)
        self._index = PassageIndex.open(root, encoder)

    def answer(self, question: str, history: Sequence[Turn] = (), *, documents: frozenset[str] | None = None) -> Answer:
        """The answer to a question, understood after the turns before it, from all documents or the given ones.

        Raises QuestionError where it is empty or longer than MAX_QUESTION_CHARACTERS.
        """
        started = time.perf_counter()
        words = " ".join(normalise(question).split())
        _checked(words)
        index = self._current()
        default = history[-1].answer.language if history and history[-1].answer else "id"
        named = attribution(standalone(words, history), index.sources())
        understood = understand(named.question, default_language=default)
        if named.documents is not None:
            documents = named.documents if documents is None else documents & named.documents
        query = searched(index, understood)
        vector = index.encode(query)
        evidence = gather(index, understood, vector, documents)
        found_at = time.perf_counter()
        ranked = rank_candidates(evidence, self._models.candidate)
        scored = score_sentences(ranked, self._read(query, ranked), self._models.span)
        choice = choose(evidence, scored, self._models)
        language = understand(words, default_language=understood.language).language
        if choice.sentences and choice.confidence >= self._threshold:
            lead = choice.sentences[0]
            quoted = _once(
                [pair for s in choice.sentences for pair in _run(s.candidate, understood.asked, is_lead=s is lead)]
            )
            citations = cite(index, quoted)
            text = " ".join(f"{sentence.reading} [{number}]" for number, (_, sentence) in enumerate(quoted, start=1))
            outcome, short = Outcome.ANSWERED, short_answer(lead, understood)
            related: tuple[Citation, ...] = ()
        else:
            outcome, short, citations = Outcome.NOT_IN_SOURCES, None, ()
            text = PHRASES[language].answer.not_in_sources
            related = cite(index, _nearest(evidence))
        ended = time.perf_counter()
        elapsed = Elapsed(*(round(1000 * s, 2) for s in (ended - started, found_at - started, ended - found_at)))
        return Answer(
            question, language, outcome, text, short, round(choice.confidence, 3), citations, related, elapsed
        )

    def _read(self, question: str, ranked: Sequence[tuple[Candidate, float]]) -> list[tuple[Window, Reading]]:
        if self._reader is None:
            return []
        chosen = windows([candidate for candidate, _ in ranked])
        readings = self._reader.read_until_found(question, [window.text for window in chosen])
        return list(zip(chosen, readings, strict=False))

    def search(self, query: str, *, k: int = 10, everything: bool = False) -> list[Hit]:
        """The passages that fit a query, best first; with `everything`, references and furniture among them.

        Raises QuestionError as `answer` does.
        """
        words = _checked(" ".join(normalise(query).split()))
        kinds = frozenset(SectionKind) if everything else EVIDENCE_KINDS
        index = self._current()
        return index.search(index.aliases.expand(words), k=k, kinds=kinds)

    def sources(self) -> tuple[Source, ...]:
        """What the library holds, in order of id."""
        return self._current().sources()

    def source(self, document_id: str) -> Source:
        """One document's source. Raises IndexerError where there is no such document."""
        return self._current().source(document_id)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """The stored text of a document. Raises IndexerError where there is no such document."""
        return self._current().pages(document_id)

    def _current(self) -> PassageIndex:
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


def _stamp(root: Path) -> tuple[int, int] | None:
    try:
        stat = (root / "manifest.json").stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino


def _checked(words: str) -> str:
    """The words, if they are a question that can be asked. The message is in the language of the words, or both."""
    if not words:
        raise QuestionError(" / ".join(PHRASES[language].answer.empty_question for language in PHRASES))
    if len(words) > MAX_QUESTION_CHARACTERS:
        language = understand(words[:MAX_QUESTION_CHARACTERS]).language
        phrase = PHRASES[language].answer.long_question
        raise QuestionError(phrase.format(length=f"{len(words):,}", limit=f"{MAX_QUESTION_CHARACTERS:,}"))
    return words


_ORDINAL = re.compile(
    r"^(?:(?:yang )?(?:pertama|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|terakhir)|first(?:ly)?|"
    r"second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|finally|lastly)\b|^(?:[a-z]|\d{1,2})[.)]\s",
    re.IGNORECASE,
)
_FACTS = frozenset({Asked.DATE, Asked.NUMBER, Asked.PERSON, Asked.PLACE})


def _run(candidate: Candidate, asked: Asked, *, is_lead: bool) -> list[tuple[Passage, Sentence]]:
    """The chosen sentence, and after a leading one those that go on with its enumeration or give its reason."""
    passage = candidate.hit.passage
    run = [candidate.sentence]
    if is_lead:
        for following in passage.sentences[candidate.place + 1 :][:MAX_RUN_SENTENCES]:
            if not _goes_on(run, following, asked):
                break
            run.append(following)
    return [(passage, sentence) for sentence in run]


def _goes_on(run: Sequence[Sentence], following: Sentence, asked: Asked) -> bool:
    """Whether a sentence belongs to what the run before it began."""
    if run[-1].text.rstrip().endswith((":", ";", ",")):
        return True
    if asked in _FACTS:
        return False
    if _ORDINAL.match(following.text):
        return True
    gives_reason = form_features(asked, following.reading)["reason_plain"]
    return bool(gives_reason) and len(run) == 1 and bool(form_features(asked, run[0].reading)["reason_missing"])


def _once(quoted: Sequence[tuple[Passage, Sentence]]) -> list[tuple[Passage, Sentence]]:
    """Each sentence once, in order of first appearance."""
    return list({sentence.anchor: (passage, sentence) for passage, sentence in quoted}.values())


def short_answer(lead: Scored, question: Question) -> str | None:
    """What was asked for, where it is plain: a table's cell, the reader's span, or the one value of the asked kind.

    None where another span of the sentence is as good: a wrong figure above the right sentence is worse than none.
    """
    if lead.candidate.cell:
        return lead.candidate.cell
    if lead.span and lead.span_score - lead.rival_score < SHORT_MARGIN:
        return None
    if lead.span and lead.span_score > 0:
        span = " ".join(lead.candidate.sentence.text[slice(*lead.span)].split()).strip(" ,;:.")
        is_new = span.casefold() not in question.text.casefold()
        if span and is_new and len(span.split()) <= MAX_SHORT_WORDS:
            return span
    value = best_value(lead.candidate.sentence.reading, question)
    return value.text if value else None


def _nearest(evidence: Evidence) -> list[tuple[Passage, Passage]]:
    """The best passages; a title or a byline relates to everything and tells nothing."""
    telling = [hit.passage for hit in evidence.hits if hit.passage.kind is not SectionKind.FRONT_MATTER]
    return [(passage, passage) for passage in telling[:RELATED_PASSAGES]]
