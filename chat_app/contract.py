"""The JSON that scripts and newsrooms build on, as plain dictionaries. Its keys are promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chat_app.datatypes import Answer, Citation
from indexer.datatypes import Hit, Page, Source

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
        "elapsed_ms": {
            "total": answer.elapsed_ms.total,
            "search": answer.elapsed_ms.search,
            "read": answer.elapsed_ms.read,
        },
    }


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
