"""What the page needs of an assistant and a checker: the program's own, or small ones in a test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from chat_app.claims import Checked
from chat_app.datatypes import Answer, Turn
from indexer.datatypes import Page, Source


class Assistant(Protocol):
    """Answers questions and shows the documents that it answers from."""

    def answer(self, question: str, history: Sequence[Turn] = (), *, documents: frozenset[str] | None = None) -> Answer:
        """Answer, or refuse with the nearest passages."""
        ...

    def sources(self) -> tuple[Source, ...]:
        """The documents of the library."""
        ...

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """One document's pages, in order."""
        ...


class Checker(Protocol):
    """Checks claims against the same documents."""

    def check(self, claim: str, *, documents: frozenset[str] | None = None) -> Checked:
        """The verdict on a claim, with its evidence."""
        ...
