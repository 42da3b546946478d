"""Sentences to citations: every slice is read again from the stored page before it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from chat_app.datatypes import Citation
from chat_app.errors import CitationError
from indexer.datatypes import Passage, Sentence
from indexer.index import PassageIndex

SURROUNDING_CHARACTERS = 320
"""How much of the page is shown on each side of a quotation."""


def cite(index: PassageIndex, chosen: Sequence[tuple[Passage, Sentence | Passage]]) -> tuple[Citation, ...]:
    """Citations numbered from 1 for sentences (or whole passages), each given with the passage it is from.

    Raises CitationError where a stored page does not hold the text at its anchor.
    """
    return tuple(_cite(index, number, passage, quoted) for number, (passage, quoted) in enumerate(chosen, start=1))


def _cite(index: PassageIndex, number: int, passage: Passage, quoted: Sentence | Passage) -> Citation:
    anchor = quoted.anchor
    page = index.page_text(anchor.document, anchor.page)
    quote = page[anchor.start : anchor.end]
    if quote != quoted.text:
        raise CitationError(
            f"{anchor.document}, page {anchor.page}, {anchor.start}–{anchor.end}: the page does not hold the sentence "
            f"that was found. Run `tanya index` to rebuild the index."
        )
    source = index.source(anchor.document)
    return Citation(
        number=number,
        anchor=anchor,
        title=source.title,
        section=passage.section,
        quote=quote,
        language=passage.language,
        url=source.url,
        publisher=source.publisher,
        date=source.date,
        before=page[max(0, anchor.start - SURROUNDING_CHARACTERS) : anchor.start],
        after=page[anchor.end : anchor.end + SURROUNDING_CHARACTERS],
        cells=passage.cells,
    )
