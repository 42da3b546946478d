"""The JSON that scripts and newsrooms build on, as plain dictionaries. Its keys are promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chat_app.datatypes import Answer, Citation, Elapsed, StatedValue
from chat_app.phrases import PHRASES
from indexer.datatypes import Hit, Language, Page, Source

if TYPE_CHECKING:  # asking needs none of these
    from chat_app.claims import Checked
    from chat_app.differences import Difference
    from chat_app.transcript import Piece

JSON = dict[str, Any]


def answer_json(answer: Answer) -> JSON:
    """An answer as `tanya ask --json` prints it."""
    return {
        "question": answer.question,
        "language": answer.language,
        "outcome": answer.outcome.value,
        "answer": answer.text,
        "short_answer": answer.short_answer,
        "confidence": answer.confidence,
        "citations": [citation_json(citation) for citation in answer.citations],
        "related": [citation_json(citation) for citation in answer.related],
        **_values_json(answer.values, answer.citations),
        "elapsed_ms": _elapsed_json(answer.elapsed_ms),
    }


def check_json(checked: Checked) -> JSON:
    """A checked claim as `tanya check --json` prints it."""
    return {
        "claim": checked.claim,
        "language": checked.language,
        "verdict": checked.verdict.value,
        "confidence": checked.confidence,
        "evidence": [
            {
                **citation_json(finding.citation),
                "stance": finding.stance.value,
                "reason": reason(finding.differences, checked.language),
            }
            for finding in checked.evidence
        ],
        "related": [citation_json(citation) for citation in checked.related],
        **_values_json(checked.values, [finding.citation for finding in checked.evidence]),
        "elapsed_ms": _elapsed_json(checked.elapsed_ms),
    }


def piece_json(piece: Piece, checked: Checked | None) -> JSON:
    """A sentence of a transcript as `tanya check --file --json` prints it; `checked` only for a claim."""
    return {
        "line": piece.line,
        "start": piece.start,
        "end": piece.end,
        "speaker": piece.speaker,
        "text": piece.text,
        "kind": piece.kind.value,
        "check": check_json(checked) if checked else None,
    }


def reason(differences: Sequence[Difference], language: Language) -> str | None:
    """What differs, in a line: "klaim: 77; sumber: 134". None where nothing that can be named does."""
    phrases = PHRASES[language].claim
    said = [
        phrases.difference.format(claim=d.claim or phrases.affirmed, source=d.source or phrases.affirmed)
        for d in differences
    ]
    return " · ".join(said) or None


def values_with_sources(
    values: Sequence[StatedValue], citations: Sequence[Citation]
) -> list[tuple[StatedValue, Citation]]:
    """Each value with the citation that gives it."""
    numbered = {citation.number: citation for citation in citations}
    return [(value, numbered[value.citation]) for value in values]


def _values_json(values: Sequence[StatedValue], citations: Sequence[Citation]) -> JSON:
    """`values`, only where documents give different ones; `citation` is the number of what gives it."""
    if not values:
        return {}
    return {
        "values": [
            {
                "value": value.value,
                "citation": value.citation,
                "document": citation.anchor.document,
                "publisher": citation.publisher,
                "date": citation.date,
            }
            for value, citation in values_with_sources(values, citations)
        ]
    }


def _elapsed_json(elapsed: Elapsed) -> JSON:
    return {"total": elapsed.total, "search": elapsed.search, "read": elapsed.read}


def citation_json(citation: Citation) -> JSON:
    """A citation: `quote` is the slice `start` to `end` of that page in `tanya source`."""
    return {
        "number": citation.number,
        "document": citation.anchor.document,
        "title": citation.title,
        "section": citation.section,
        "page": citation.anchor.page,
        "start": citation.anchor.start,
        "end": citation.anchor.end,
        "quote": citation.quote,
        "language": citation.language,
        "url": citation.url,
    }


def search_json(query: str, hits: Sequence[Hit]) -> JSON:
    """Hits as `tanya search --json` prints them."""
    return {
        "query": query,
        "hits": [
            {
                "document": hit.passage.anchor.document,
                "page": hit.passage.anchor.page,
                "start": hit.passage.anchor.start,
                "end": hit.passage.anchor.end,
                "section": hit.passage.section,
                "score": round(hit.score, 4),
                "text": hit.passage.text,
            }
            for hit in hits
        ],
    }


def source_json(source: Source, pages: Sequence[Page]) -> JSON:
    """A document's stored text as `tanya source --json` prints it."""
    return {
        "document": source.id,
        "title": source.title,
        "pages": [{"page": page.number, "text": page.text} for page in pages],
    }


def sources_json(sources: Sequence[Source]) -> JSON:
    """The library as `tanya sources --json` prints it."""
    return {
        "documents": [
            {
                "document": source.id,
                "title": source.title,
                "authors": list(source.authors),
                "publisher": source.publisher,
                "date": source.date,
                "language": source.language,
                "url": source.url,
                "rights": source.rights,
                "file": source.file,
            }
            for source in sources
        ]
    }
