"""A checked speech as a table: rows for the page, Markdown and CSV to keep."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chat_app.claims import Checked, Verdict
from chat_app.contract import reason
from chat_app.phrases import PHRASES
from chat_app.transcript import Piece
from chat_app.ui.export import escape
from indexer.datatypes import Language

MARKS: Mapping[Verdict, str] = {Verdict.SUPPORTED: "✓", Verdict.CONTRADICTED: "✗", Verdict.NOT_IN_SOURCES: "∅"}
"""So that a verdict reads without its colour."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class CheckedPiece:
    """A sentence of a speech, and what became of it; nothing where it states nothing."""

    piece: Piece
    checked: Checked | None


def verdict_words(checked: Checked, language: Language) -> str:
    """A verdict in words, with its mark."""
    return f"{MARKS[checked.verdict]} {PHRASES[language].claim.verdicts[checked.verdict.value]}"


def summary(found: Sequence[CheckedPiece], language: Language) -> str:
    """How many claims were found true, false and neither, and how many sentences are none."""
    phrases = PHRASES[language].claim
    counts = Counter(one.checked.verdict.value for one in found if one.checked)
    if not counts:
        return phrases.nothing
    return phrases.summary.format(
        claims=counts.total(),
        aside=len(found) - counts.total(),
        **{verdict.value: counts[verdict.value] for verdict in Verdict},
    )


def rows(found: Sequence[CheckedPiece], language: Language) -> list[tuple[str, ...]]:
    """A row for each sentence, in the columns of `ClaimPhrases.columns`."""
    phrases = PHRASES[language].claim
    made: list[tuple[str, ...]] = []
    for one in found:
        piece, checked = one.piece, one.checked
        start = (str(piece.line), piece.speaker or "", " ".join(piece.text.split()))
        if checked is None:
            made.append((*start, f"– {phrases.aside[piece.kind.value]}", "", "", ""))
            continue
        quotes, places, reasons = [], [], []
        for finding in checked.evidence:
            anchor = finding.citation.anchor
            quotes.append(" ".join(finding.citation.quote.split()))
            places.append(
                phrases.place.format(document=anchor.document, page=anchor.page, start=anchor.start, end=anchor.end)
            )
            reasons.append(reason(finding.differences, language))
        joined = (" / ".join(filter(None, column)) for column in (quotes, places, reasons))
        made.append((*start, verdict_words(checked, language), *joined))
    return made


def markdown(found: Sequence[CheckedPiece], language: Language) -> str:
    """The table as a Markdown document."""
    phrases = PHRASES[language].claim
    head = [_row(phrases.columns), "|" + " :-- |" * len(phrases.columns)]
    lines = [_row([escape(cell) for cell in row]) for row in rows(found, language)]
    return "\n".join([summary(found, language), "", *head, *lines, "", phrases.made_by, ""])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()) for cell in cells) + " |"


def comma_separated(found: Sequence[CheckedPiece], language: Language) -> str:
    """The table as CSV (RFC 4180); a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(PHRASES[language].claim.columns)
    for row in rows(found, language):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue()
