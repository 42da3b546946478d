"""`python -m eval claims`: our own claims checked against the corpus, and traps against their own sentence."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chat_app.assistant import Assistant
from chat_app.claims import Checked, Checker, Verdict
from chat_app.verifier import load_verifier
from eval.assistants import library
from eval.console import Step, silent
from eval.gold import lines, locate
from eval.gold_run import overlap
from eval.metrics.proportions import Proportion
from eval.metrics.timings import percentile
from eval.reading_sets import write_corpus
from indexer.datatypes import Anchor, Page
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim and what the two texts say of it."""

    id: str
    split: str
    language: str
    kind: str
    claim: str
    verdict: Verdict
    anchors: tuple[Anchor, ...]
    """Where it is said or refuted, any one of them; none for what is not in the sources."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A sentence, a claim that it refutes in one thing, and a harmless rewording of it."""

    id: str
    split: str
    language: str
    kind: str
    text: str
    trap: str
    harmless: str


@dataclass(frozen=True, slots=True)
class ClaimsRun:
    """What became of a split's claims, and of its traps and their harmless rewordings."""

    split: str
    claims: tuple[tuple[GoldClaim, Checked], ...]
    traps: tuple[tuple[Trap, Checked, Checked], ...]
    """(trap, what was said of it, what was said of the rewording)."""
    milliseconds: tuple[float, ...]
    """Of each claim, warm."""

    def to_json(self) -> dict[str, Any]:
        """Shares with their counts and 95 % intervals, and the median time of a claim."""
        contradicted = [g for g, c in self.claims if c.verdict is Verdict.CONTRADICTED]
        report: dict[str, Any] = {
            "split": self.split,
            "claims": len(self.claims),
            "right": _share(c.verdict is g.verdict for g, c in self.claims),
            **{
                f"right_{language}": _share(c.verdict is g.verdict for g, c in self.claims if g.language == language)
                for language in ("id", "en")
            },
            **{
                f"found_{verdict}": _share(c.verdict is verdict for g, c in self.claims if g.verdict is verdict)
                for verdict in Verdict
            },
            "contradicted_truly": _share(g.verdict is Verdict.CONTRADICTED for g in contradicted),
            "cites_the_evidence": _share(
                any(overlap(f.citation.anchor, a) for f in c.evidence for a in g.anchors)
                for g, c in self.claims
                if g.anchors and c.verdict is g.verdict
            ),
            "caught": _share(trap.verdict is Verdict.CONTRADICTED for _, trap, _ in self.traps),
            "harmless_contradicted": _share(h.verdict is Verdict.CONTRADICTED for _, _, h in self.traps),
            "harmless_supported": _share(h.verdict is Verdict.SUPPORTED for _, _, h in self.traps),
            "milliseconds_p50": round(percentile(self.milliseconds, 0.5), 1),
            "milliseconds_p95": round(percentile(self.milliseconds, 0.95), 1),
        }
        kinds = sorted({trap.kind for trap, _, _ in self.traps})
        report["traps_by_kind"] = {
            kind: {
                "caught": _share(t.verdict is Verdict.CONTRADICTED for trap, t, _ in self.traps if trap.kind == kind),
                "harmless_contradicted": _share(
                    h.verdict is Verdict.CONTRADICTED for trap, _, h in self.traps if trap.kind == kind
                ),
            }
            for kind in kinds
        }
        return report


def _share(outcomes: Iterable[bool]) -> dict[str, Any]:
    found = list(outcomes)
    return Proportion(sum(found), len(found)).to_json()


def run_claims(settings: Settings, split: str, *, step: Step = silent) -> ClaimsRun:
    """Check every claim of the split against a fresh index of the corpus, and every trap against its own sentence.

    Raises the errors of indexer and chat_app, ValueError where a claim's evidence is not in the corpus.
    """
    verifier = load_verifier(settings.cache_folder)
    with library(settings, settings.corpus, reads=False, step=step) as assistant:
        checker, claims = Checker(assistant, verifier), load_claims(assistant.pages, split)
        checked, times = [], []
        for done, gold in enumerate(claims, start=1):
            started = time.perf_counter()
            checked.append((gold, checker.check(gold.claim)))
            times.append(1000 * (time.perf_counter() - started))
            step("check", done, len(claims))
    traps = load_traps(split)
    held = []
    with text_library(settings, [trap.text for trap in traps], step) as (assistant, documents):
        checker = Checker(assistant, verifier)
        for done, trap in enumerate(traps, start=1):
            only = documents[trap.text]
            held.append((trap, checker.check(trap.trap, documents=only), checker.check(trap.harmless, documents=only)))
            step("check", done, len(traps))
    return ClaimsRun(split, tuple(checked), tuple(held), tuple(times))


@contextmanager
def text_library(
    settings: Settings, texts: Sequence[str], step: Step = silent
) -> Iterator[tuple[Assistant, Mapping[str, frozenset[str]]]]:
    """A library in which each text is a document, and the document of each."""
    with tempfile.TemporaryDirectory() as name:
        ids = write_corpus(Path(name), list(dict.fromkeys(texts)))
        with library(settings, Path(name), reads=False, step=step) as assistant:
            yield assistant, {text: frozenset({identifier}) for text, identifier in ids.items()}


def load_claims(pages: Callable[[str], Sequence[Page]], split: str | None = None) -> list[GoldClaim]:
    """The claims of a split, or all. Raises ValueError for evidence that is not in the corpus."""
    found = []
    for entry in _entries("claims.jsonl", split):
        anchors = tuple(locate(entry["id"], e["document"], e["quote"], pages) for e in entry["evidence"])
        found.append(
            GoldClaim(
                entry["id"], entry["split"], entry["language"], entry["kind"], entry["claim"],
                Verdict(entry["verdict"]), anchors,
            )
        )  # fmt: skip
    return found


def load_traps(split: str | None = None) -> list[Trap]:
    """The traps of a split, or all."""
    return [
        Trap(e["id"], e["split"], e["language"], e["kind"], e["evidence"]["text"], e["trap"], e["harmless"])
        for e in _entries("traps.jsonl", split)
    ]


def _entries(name: str, split: str | None) -> Iterator[dict[str, Any]]:
    return (entry for entry in lines(name) if split in (None, entry["split"]))
