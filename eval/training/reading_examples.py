"""What the reader learns from: a question, a window of a passage, and where in it the answer stands, if it does.

Passages are cut to windows of a few sentences, as they are read when answering; some stay longer. Four kinds of pairs
have no answer: questions written to be unanswerable, mostly with the window that shares most of their words; questions
in which a year, an amount or a name was exchanged for another; another window of the passage that does answer; and a
window of a near passage (found by our own BM25) that lacks the answer's words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from chat_app.reader import MAX_QUESTION_TOKENS, MAX_TOKENS
from chat_app.windows import WINDOW_CHARACTERS
from eval.reading_sets import ReadingQuestion, read_set
from eval.training.contrasts import Contrast, read_questions
from eval.training.held_out import HELD_OUT
from indexer.datatypes import Language
from indexer.sparse import SparseIndex, terms
from indexer.splitter import sentence_spans

LONG_SHARE, LONG_CHARACTERS = 0.25, 900
"""This share of the windows may be this long."""
OTHER_WINDOW_SHARE = 0.25
"""Of the answerable questions, this share is also asked of a window of the same passage that lacks the answer."""
MINED_SHARE = 0.2
"""And this share of a near passage that lacks it."""
EXCHANGED_SHARE = 0.2
"""And this share, of those that name something, with another name or number in its place."""
LIKELIEST_SHARE = 0.75
"""Of the questions written to be unanswerable, this share is read with the window that shares most of their words, as
when answering: it is there that a reader goes wrong."""
MINED_PASSAGES = 4
LONGEST_CONTEXT = 4000
PAIRINGS = (("en", "en", 0.3), ("id", "id", 0.25), ("en", "id", 0.3), ("id", "en", 0.15))
"""SQuAD's parallel questions: the question's language, the passage's, and how often they are drawn in an epoch."""

_NAMED = re.compile(r"\d+(?:[.,]\d+)*|(?<=\w )[A-Z][\w'-]*(?: [A-Z][\w'-]*)*")

Split = dict[str, list[tuple[str, ReadingQuestion]]]
"""By set, (the question's words, the passage and answer to read)."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a window; the answer's characters in the window, or None."""

    question: str
    window: str
    answer: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids, and the answer's first and last token; 0 and 0 for none."""

    ids: list[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Training:
    """The training questions, and for each passage of a language the near ones."""

    single: list[ReadingQuestion]
    pairs: list[tuple[ReadingQuestion, ReadingQuestion]]
    """SQuAD's, (English, Indonesian)."""
    near: dict[tuple[str, str], list[str]]
    """By a question's words and its passage: passages that share most words with it and lack its answer."""
    names: list[str]
    """What the questions name, as often as they do."""
    contrasts: list[Contrast]
    """Written for training."""

    @property
    def passages(self) -> list[str]:
        """What is trained on and was written on, each once."""
        return _passages(self.single, self.pairs)


def load(data: Path) -> tuple[Training, Split]:
    """The training questions and, set by set, the questions to validate on.

    Passages of a valid split and SQuAD's HELD_OUT articles are never trained on. Raises OSError where a set is missing.
    """
    valid_idk = read_set(data / "idk_mrc" / "valid.json")
    valid_tydi = read_set(data / "tydiqa_id" / "valid.json")
    closed = {q.context for q in (*valid_idk, *valid_tydi)}
    idk = [q for q in read_set(data / "idk_mrc" / "train.json") if q.context not in closed]
    seen = {(q.context, q.question) for q in idk}
    tydi = [
        q for q in read_set(data / "tydiqa_id" / "train.json")
        if q.context not in closed and (q.context, q.question) not in seen and len(q.context) < LONGEST_CONTEXT
    ]  # fmt: skip
    slices = [q for q in read_set(data / "squad_v2_en" / "train_slice.json") if q.title not in HELD_OUT]
    english = read_set(data / "squad_v2_en" / "train.json")
    translated = {q.id: q for q in read_set(data / "squad_v2_id_mt" / "train.json")}
    pairs = [(q, translated[q.id]) for q in english if q.id in translated]
    kept = [pair for pair in pairs if pair[0].title not in HELD_OUT]
    near = {
        **_near([*idk, *tydi], "id"),
        **_near([*slices, *(e for e, _ in kept)], "en"),
        **_near([i for _, i in kept], "id"),
    }
    held = [pair for pair in pairs if pair[0].title in HELD_OUT]
    valid = {
        "idk": [(q.question, q) for q in valid_idk],
        "tydi": [(q.question, q) for q in valid_tydi],
        "squad_en": [(e.question, e) for e, _ in held],
        "squad_id": [(i.question, i) for _, i in held],
        "squad_en_id": [(e.question, i) for e, i in held],
    }
    single = [*idk, *tydi, *slices]
    names = [name for q in (*single, *(e for e, _ in kept), *(i for _, i in kept)) for name in named(q.question)]
    return Training(single, kept, near, names, read_questions(_passages(single, kept))), valid


def _passages(single: Sequence[ReadingQuestion], pairs: Sequence[tuple[ReadingQuestion, ReadingQuestion]]) -> list[str]:
    """What the contrasts may be written on, each once."""
    return list(dict.fromkeys(q.context for q in (*single, *(e for e, _ in pairs))))


def _near(questions: Sequence[ReadingQuestion], language: Language) -> dict[tuple[str, str], list[str]]:
    contexts = list(dict.fromkeys(q.context for q in questions))
    index = SparseIndex.build(contexts, language)
    found = {}
    for question in questions:
        if not question.answerable:
            continue
        order = np.argsort(-index.scores(question.question), kind="stable")[: 2 * MINED_PASSAGES]
        answer = question.answers[0][1].casefold()
        others = [contexts[n] for n in order if contexts[n] != question.context]
        found[question.question, question.context] = [c for c in others if answer not in c.casefold()][:MINED_PASSAGES]
    return found


def epoch(training: Training, chance: random.Random, share: float = 1.0, known: int = 0) -> Iterator[Example]:
    """The examples of one epoch, in windows drawn anew: the contrasts, and this share of the sets' questions.

    Of the first `known` contrasts, which earlier runs have seen, it is this share as well.
    """
    for number, contrast in enumerate(training.contrasts):
        if number >= known or chance.random() < share:
            yield contrast_window(contrast, chance)
    for question in training.single:
        if chance.random() < share:
            yield from _examples(question.question, question, training, chance)
    weights = [weight for *_, weight in PAIRINGS]
    for pair in training.pairs:
        if chance.random() >= share:
            continue
        sides = {"en": pair[0], "id": pair[1]}
        asks, reads, _ = chance.choices(PAIRINGS, weights)[0]
        yield from _examples(sides[asks].question, sides[reads], training, chance)


def _examples(words: str, source: ReadingQuestion, training: Training, chance: random.Random) -> Iterator[Example]:
    own = own_window(words, source, chance)
    yield own
    if not source.answerable:
        return
    if chance.random() < EXCHANGED_SHARE and (other := exchanged(words, own, training.names, chance)):
        yield Example(other, own.window, None)
    if chance.random() < OTHER_WINDOW_SHARE and (window := _other_window(source, chance)):
        yield Example(words, window, None)
    near = training.near.get((source.question, source.context), [])
    if near and chance.random() < MINED_SHARE:
        yield Example(words, likeliest_window(source.question, chance.choice(near), chance), None)


def own_window(words: str, source: ReadingQuestion, chance: random.Random) -> Example:
    """A window around the answer; where there is none, mostly the one that shares most words with the question."""
    answer = _answer(source)
    if answer is None and chance.random() < LIKELIEST_SHARE:
        return Example(words, likeliest_window(source.question, source.context, chance), None)
    return _window_around(words, source.context, answer, answer, chance)


def contrast_window(contrast: Contrast, chance: random.Random) -> Example:
    """A window around the sentences that a contrast is to be read with."""
    return _window_around(contrast.question, contrast.context, contrast.sentences, contrast.answer, chance)


def _window_around(
    words: str, context: str, place: tuple[int, int] | None, answer: tuple[int, int] | None, chance: random.Random
) -> Example:
    """A window around the sentences of a place, or around any sentence."""
    spans = list(sentence_spans(context, 0, len(context), "id")) or [(0, len(context))]
    holders = [n for n, (a, b) in enumerate(spans) if place and a < place[1] and place[0] < b]
    first, last = (holders[0], holders[-1]) if holders else (chance.randrange(len(spans)),) * 2
    start, end = _grow(spans, first, last, chance)
    inside = (max(answer[0], start) - start, min(answer[1], end) - start) if answer else None
    return Example(words, context[start:end], inside)


def named(question: str) -> list[str]:
    """The numbers of a question and its names: runs of capitalised words after the first word."""
    return [match.group() for match in _NAMED.finditer(question)]


def exchanged(question: str, own: Example, names: Sequence[str], chance: random.Random) -> str | None:
    """The question with one of its names or numbers exchanged for another; None where it has none.

    A number becomes one that is not far off; a name becomes, in turns, another one that its window says outside the
    answer, which shares no beginning of a word with the old one, or one of `names`.
    """
    places = list(_NAMED.finditer(question))
    if not places:
        return None
    place = chance.choice(places)
    old = place.group()
    if old[0].isdigit():
        new = _other_number(old, chance)
    else:
        beginnings = {word[:4].casefold() for word in question.split()}
        others = chance.choices(names, k=4)
        if chance.random() < 0.5:
            others = [m.group() for m in _NAMED.finditer(own.window) if not _touches(m.span(), own.answer)] + others
        known = (name for name in others if not name[0].isdigit())
        new = next((name for name in known if beginnings.isdisjoint(w[:4].casefold() for w in name.split())), old)
    return question[: place.start()] + new + question[place.end() :] if new != old else None


def _touches(span: tuple[int, int], other: tuple[int, int] | None) -> bool:
    return other is not None and span[0] < other[1] and other[0] < span[1]


def _other_number(number: str, chance: random.Random) -> str:
    """A number written alike and near by, without separators where it had some."""
    value = int("".join(c for c in number if c.isdigit()))
    return str(max(1, value + chance.choice((-1, 1)) * chance.randint(1, max(2, min(value // 4, 15)))))


def _answer(source: ReadingQuestion) -> tuple[int, int] | None:
    if not source.answers:
        return None
    start, text = source.answers[0]
    return start, start + len(text)


def _other_window(source: ReadingQuestion, chance: random.Random) -> str | None:
    """A window of the passage without the answer and without the sentences beside it."""
    answer = _answer(source)
    spans = list(sentence_spans(source.context, 0, len(source.context), "id"))
    holders = [n for n, (a, b) in enumerate(spans) if answer and a < answer[1] and answer[0] < b]
    others = [n for n in range(len(spans)) if not holders or n < holders[0] - 1 or n > holders[-1] + 1]
    if not answer or not others:
        return None
    pick = chance.choice(others)
    start, end = _grow(spans, pick, pick, chance)
    return source.context[start:end] if end <= answer[0] or start >= answer[1] else None


def likeliest_window(question: str, context: str, chance: random.Random) -> str:
    """A window around the sentence that shares most of the question's words."""
    spans = list(sentence_spans(context, 0, len(context), "id")) or [(0, len(context))]
    asked = set(terms(question, "id")) | set(terms(question, "en"))
    shared = [len(asked & (set(terms(context[a:b], "id")) | set(terms(context[a:b], "en")))) for a, b in spans]
    pick = int(np.argmax(shared))
    start, end = _grow(spans, pick, pick, chance)
    return context[start:end]


def _grow(spans: Sequence[tuple[int, int]], first: int, last: int, chance: random.Random) -> tuple[int, int]:
    longest = LONG_CHARACTERS if chance.random() < LONG_SHARE else WINDOW_CHARACTERS
    budget = chance.uniform(0.3, 1.0) * longest
    while True:
        sides = [side for side in (-1, 1) if 0 <= (first - 1 if side < 0 else last + 1) < len(spans)]
        if not sides:
            break
        side = chance.choice(sides)
        low, high = (first - 1, last) if side < 0 else (first, last + 1)
        if spans[high][1] - spans[low][0] > budget:
            break
        first, last = low, high
    return spans[first][0], spans[last][1]


def encode(example: Example, tokenizer: Tokenizer) -> Encoded | None:
    """`<s> query: question </s></s> window </s>` as ids; None where the answer does not fit."""
    question = tokenizer.encode("query: " + example.question, add_special_tokens=False).ids[:MAX_QUESTION_TOKENS]
    window = tokenizer.encode(example.window, add_special_tokens=False)
    room = MAX_TOKENS - len(question) - 4
    ids = [0, *question, 2, 2, *window.ids[:room], 2]
    if example.answer is None:
        return Encoded(ids, 0, 0)
    first = len(question) + 3
    inside = [
        n for n, (a, b) in enumerate(window.offsets[:room]) if a < example.answer[1] and b > example.answer[0] and b > a
    ]
    return Encoded(ids, first + inside[0], first + inside[-1]) if inside else None
