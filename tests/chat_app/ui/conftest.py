"""What the page's tests share: a small assistant that answers by words in common, and servers to look at."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from chat_app.datatypes import Answer, Citation, Elapsed, Outcome, Turn
from indexer.datatypes import Anchor, Page, Source

ROOT = Path(__file__).resolve().parents[3]


class WordAssistant:
    """Answers with the sentences that share most words with the question, each an exact slice."""

    def __init__(self, documents: dict[Source, str]) -> None:
        self._documents = documents
        self.histories: list[Sequence[Turn]] = []

    def answer(
        self, question: str, history: Sequence[Turn] = (), *, documents: frozenset[str] | None = None
    ) -> Answer:
        self.histories.append(history)
        language = "en" if re.search(r"\b(when|what|who|the|is|are|how)\b", question, re.I) else "id"
        asked = set(re.findall(r"\w{4,}", question.lower()))
        found = sorted(self._sentences(asked), key=lambda entry: -entry[0])[:3]
        shares = [entry[0] for entry in found]
        citations = tuple(
            self._citation(number, *entry[1:], language) for number, entry in enumerate(found, start=1)
        )
        answered = bool(shares) and shares[0] >= 0.5
        text = " ".join(f"{' '.join(one.quote.split())} [{one.number}]" for one in citations)
        return Answer(
            question=question,
            language=language,
            outcome=Outcome.ANSWERED if answered else Outcome.NOT_IN_SOURCES,
            text=text if answered else "",
            short_answer=next(iter(re.findall(r"\b\d{4}\b", text)), None) if answered else None,
            confidence=shares[0] if shares else 0.0,
            citations=citations if answered else (),
            related=() if answered else citations,
            elapsed_ms=Elapsed(1.0, 0.5, 0.5),
        )

    def _sentences(self, asked: set[str]) -> list[tuple[float, Source, int, int]]:
        found = []
        for source, text in self._documents.items():
            for match in re.finditer(r"[^\s.][^.\n]{20,}[.\n]", text):
                words = set(re.findall(r"\w{4,}", match[0].lower()))
                share = len(asked & words) / max(1, len(asked))
                if share:
                    found.append((share, source, match.start(), match.end()))
        return found

    def _citation(self, number: int, source: Source, start: int, end: int, language: str) -> Citation:
        text = self._documents[source]
        return Citation(
            number=number,
            anchor=Anchor(source.id, 1, start, end),
            title=source.title,
            section=None,
            quote=text[start:end],
            language=source.language or "id",
            url=source.url,
            publisher=source.publisher,
            date=source.date,
            before=text[max(0, start - 200) : start],
            after=text[end : end + 200],
        )

    def sources(self) -> tuple[Source, ...]:
        return tuple(self._documents)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        return next(
            ((Page(1, text, ()),) for source, text in self._documents.items() if source.id == document_id), ()
        )


@pytest.fixture
def word_assistant() -> WordAssistant:
    """The word assistant over two short documents, one in each language."""
    return WordAssistant(
        {
            Source("satu", "Sejarah Singkat", "satu.txt", ("Ani",), "Penerbit", "2021-12-20", "id"): (
                "Kantor kerja sama dibentuk pada tahun 1974.\nAnggotanya kini 134 negara berkembang.\n"
            ),
            Source("two", "A Short History", "two.txt", (), None, "2024", "en", "http://example.org/a_b"): (
                "The office was founded in 1974 by the assembly.\nIt has 134 members from the south.\n"
            ),
        }
    )


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
