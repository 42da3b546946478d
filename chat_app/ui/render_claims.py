"""Turns checked claims into safe HTML; see render.py for how it stays safe."""

from __future__ import annotations

from collections.abc import Sequence

from chat_app.claims import Checked, Finding
from chat_app.contract import reason
from chat_app.datatypes import Citation
from chat_app.phrases import PHRASES, PagePhrases
from chat_app.transcript_table import MARKS, CheckedPiece, summary
from chat_app.ui.render import hint
from chat_app.ui.render_sources import open_button, quotation
from chat_app.ui.render_values import date, values_table
from chat_app.ui.safe_text import inert as text
from indexer.datatypes import Language


def checks(found: Sequence[CheckedPiece], phrases: PagePhrases, language: Language) -> str:
    """What was checked, in order: each claim with its verdict and evidence, and what was left aside."""
    if not found:
        return hint(phrases.check_placeholder)
    head = f'<p class="check-summary">{text(summary(found, language))}</p>' if len(found) > 1 else ""
    return head + "".join(_piece(one, phrases, language) for one in found)


def waiting(found: Sequence[CheckedPiece], done: int, total: int, phrases: PagePhrases, language: Language) -> str:
    """What is known so far, and how much is left."""
    said = phrases.checking.format(done=done, total=total)
    shown = "".join(_piece(one, phrases, language) for one in found)
    return f'<div class="pending" role="status">{text(said)}</div>{shown}'


def _piece(one: CheckedPiece, phrases: PagePhrases, language: Language) -> str:
    who = f'<span class="speaker">{text(one.piece.speaker)}</span> ' if one.piece.speaker else ""
    said = f'<p class="check-claim">{who}{text(" ".join(one.piece.text.split()))}</p>'
    if one.checked is None:
        kind = PHRASES[language].claim.aside[one.piece.kind.value]
        return f'<article class="checked-claim aside">{said}<p class="aside-kind">– {text(kind)}</p></article>'
    checked = one.checked
    own = PHRASES[checked.language].claim
    shown = "".join(_finding(finding, checked, phrases) for finding in checked.evidence)
    table = values_table(checked.values, [finding.citation for finding in checked.evidence], checked.language)
    if checked.related:
        related = "".join(_quoted(citation, "related", "", phrases) for citation in checked.related)
        shown += f'<details class="check-related"><summary>{text(own.related)}</summary>{related}</details>'
    return (
        f'<article class="checked-claim {checked.verdict.value}" lang="{checked.language}">{said}'
        f'<p class="verdict"><span class="mark" aria-hidden="true">{MARKS[checked.verdict]}</span> '
        f"<strong>{text(own.verdicts[checked.verdict.value])}</strong></p>{table}{shown}</article>"
    )


def _finding(finding: Finding, checked: Checked, phrases: PagePhrases) -> str:
    stance = PHRASES[checked.language].claim.stances[finding.stance.value]
    differs = reason(finding.differences, checked.language)
    said = f'<p class="stance"><strong>{text(stance)}</strong>{" · " + text(differs) if differs else ""}</p>'
    return _quoted(finding.citation, finding.stance.value, said, phrases)


def _quoted(citation: Citation, kind: str, said: str, phrases: PagePhrases) -> str:
    facts = [citation.title, citation.publisher or "", date(citation.date, phrases)]
    anchor = citation.anchor
    place = f"{phrases.page} {anchor.page} · {phrases.characters} {anchor.start}–{anchor.end}"
    return (
        f'<div class="source {kind}">{said}{quotation(citation)}'
        f'<p class="source-facts">{text(" · ".join(filter(None, facts)))}</p>'
        f'<p class="source-place">{text(place)}</p>'
        f'<p class="source-links">{open_button(anchor, phrases.open_in_document)}</p></div>'
    )
