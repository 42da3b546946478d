"""Which of two things came first: by asking when of each. Rules about the two languages.

No sentence need speak of both: "Mana yang lebih dulu, KAA atau G-77?" is two dates from two places, held together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chat_app.facts import Date, dates
from chat_app.matching import keys, says
from chat_app.question import Question
from chat_app.superlatives import either
from indexer.language import FUNCTION_WORDS_OF_EITHER

_OLDER = r"older|oldest|came (?:first|earlier)|(?:lebih|paling) tua|tertua"
_NEWER = r"newer|newest|younger|youngest|came (?:last|later)|(?:lebih|paling) (?:muda|baru)|termuda|terbaru"
_EARLIER = re.compile(
    rf"\b(?:{_OLDER}|earlier|earliest|first|sooner|(?:lebih|paling) (?:dulu|dahulu|awal)|duluan|terdahulu)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"\b(?:{_NEWER}|later|latest|last|(?:more|most) recent(?:ly)?|(?:lebih|paling) akhir|belakangan)\b", re.IGNORECASE
)
_OF_AGE = re.compile(rf"\b(?:{_OLDER}|{_NEWER}|(?:lebih|paling) (?:dulu|dahulu|awal)|duluan)\b", re.IGNORECASE)
"""These need no word for what was done."""
_DONE = re.compile(
    r"\b(?P<en>founded|established|created|formed|set up|adopted|signed|held|launched|published|introduced|born|built|"
    r"opened|invented|written)\b|"
    r"\b(?P<id>didirikan|dibentuk|berdiri|diadakan|digelar|dilaksanakan|disahkan|ditandatangani|diluncurkan|diterbitkan|"
    r"terbit|diperkenalkan|lahir|dibangun|dibuka|terjadi|muncul|dicetuskan|ditulis)\b",
    re.IGNORECASE,
)
_WHEN = {"id": "Kapan {thing} {done}?", "en": "When was {thing} {done}?"}
_FOUNDED = {"id": "dibentuk", "en": "founded"}
"""What is asked of each thing where the question does not say what was done."""


@dataclass(frozen=True, slots=True)
class Order:
    """Two things, and whether the earlier (1) or the later (-1) of them is asked for."""

    things: tuple[str, str]
    sign: int
    questions: tuple[str, str]
    """When each of them was."""

    def is_told_by(self, sentence: str) -> bool:
        """Whether a sentence says a word of each of the two that the other has not."""
        said = keys(sentence)
        words = [re.findall(r"[^\W_][\w-]+", thing) for thing in self.things]
        own = ([w for w in words[n] if w not in words[1 - n] and w not in FUNCTION_WORDS_OF_EITHER] for n in (0, 1))
        return all(any(says(said, word) for word in side) for side in own)

    def answer(self, told: Sequence[str | None]) -> str | None:
        """The thing asked for, by what was told of when each was; None where that does not tell them apart."""
        found = [dates(text) if text else [] for text in told]
        if any(len(own) != 1 for own in found):
            return None
        (first,), (second,) = found
        for one, other in zip(_parts(first), _parts(second), strict=True):
            if one is None or other is None:
                return None
            if one != other:
                return self.things[0 if (one < other) == (self.sign > 0) else 1]
        return None


def order_asked(question: Question) -> Order | None:
    """The order that a question asks for; None where it asks for none, or not of two things."""
    things = either(question.text)
    sign = bool(_EARLIER.search(question.text)) - bool(_LATER.search(question.text))
    if things is None or not sign:
        return None
    done = _DONE.search(question.text)
    if done is None and not _OF_AGE.search(question.text):
        return None
    word = (done[question.language] if done else None) or _FOUNDED[question.language]
    first, second = (_WHEN[question.language].format(thing=thing, done=word) for thing in things)
    return Order(things, sign, (first, second))


def _parts(date: Date) -> tuple[int | None, ...]:
    """Year, month and day as far as they are said; decades and centuries by their first year."""
    return date.year, date.month, date.day
