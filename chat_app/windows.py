"""Which parts of the passages are read: short windows of whole sentences around the likeliest candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat_app.evidence import Candidate
from chat_app.question import Asked, Question
from chat_app.values import without_cited_works

WINDOWS = 4
"""Windows read for a question at most. Reading is the dearest stage: with 4 a warm question takes 35 ms, with 6 about
47 and with 8 about 61 (p50, two cores), which answer and refuse about as many of the tune questions rightly."""
WINDOW_CHARACTERS = 460
"""The length of a window, as in the reader's training."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of one passage's sentences, by their numbers in it: `first` to `last`, both included."""

    passage_id: int
    first: int
    last: int
    start: int
    """Where the window begins in the passage's text."""
    text: str
    """The exact slice of the passage's text."""

    def readable(self, question: Question) -> str:
        """The text as it is read for a question, of the same length: no cited work's year answers "when?"."""
        is_cited_meant = question.asked is not Asked.DATE or question.about_works
        return self.text if is_cited_meant else without_cited_works(self.text)


def windows(ranked: Sequence[Candidate], count: int = WINDOWS) -> list[Window]:
    """The windows to read for candidates, likeliest first; a candidate inside a window opens no other."""
    found: list[Window] = []
    for candidate in ranked:
        if len(found) == count:
            break
        if candidate.cell is None and not any(covers(window, candidate) for window in found):
            found.append(_around(candidate))
    return found


def covers(window: Window, candidate: Candidate) -> bool:
    """Whether a candidate's sentence lies in a window."""
    same = window.passage_id == candidate.hit.passage_id
    return same and window.first <= candidate.place <= window.last


def _around(candidate: Candidate) -> Window:
    """The window that grows from a sentence, by one sentence forwards and one backwards in turn."""
    passage = candidate.hit.passage
    sentences = passage.sentences
    first = last = candidate.place
    forward = False
    for _ in range(2 * len(sentences)):
        forward = not forward
        low, high = (first, last + 1) if forward else (first - 1, last)
        inside = low >= 0 and high < len(sentences)
        if inside and sentences[high].anchor.end - sentences[low].anchor.start <= WINDOW_CHARACTERS:
            first, last = low, high
    start = sentences[first].anchor.start - passage.anchor.start
    end = sentences[last].anchor.end - passage.anchor.start
    return Window(candidate.hit.passage_id, first, last, start, passage.text[start:end])
