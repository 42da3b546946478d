"""What a run over the gold questions comes to: shares, rankings, calibration, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.baselines import DEPTH, SHOWN
from eval.gold_run import GoldRun, Ranked, Scored, citation_hits
from eval.metrics.bootstrap import interval_95
from eval.metrics.proportions import Proportion
from eval.metrics.ranking import mean_reciprocal_rank, ndcg_at_k, recall_at_k
from eval.metrics.selective import (
    area_under_risk_coverage,
    calibration_bins,
    expected_calibration_error,
    risk_coverage,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions, with its 95 % bootstrap interval."""

    value: float
    interval: tuple[float, float]
    n: int

    def to_json(self) -> dict[str, Any]:
        """Rounded to four places."""
        return {"value": round(self.value, 4), "interval_95": [round(end, 4) for end in self.interval], "n": self.n}


def shares(run: GoldRun) -> Mapping[str, Proportion]:
    """The shares that a reader asks for first. Their intervals are Wilson's, which hold at 0 and 1 too."""
    answerable = [r for r in run.results if r.gold.answerable and not r.gold.before]
    unanswerable = [r for r in run.results if not r.gold.answerable]
    found = {
        "right": _count([r.right for r in answerable]),
        "right_id": _count([r.right for r in answerable if r.gold.language == "id"]),
        "right_en": _count([r.right for r in answerable if r.gold.language == "en"]),
        "wrongly_refused": _count([r.refused for r in answerable]),
        "refused": _count([r.refused for r in unanswerable]),
        "refused_near": _count([r.refused for r in unanswerable if r.gold.kind == "near"]),
        "refused_far": _count([r.refused for r in unanswerable if r.gold.kind == "far"]),
        "follow_ups_right": _count([r.right for r in run.results if r.gold.before]),
    }
    refused = [r for r in (*answerable, *unanswerable) if r.refused]
    return {**found, "refusal_precision": _count([not r.gold.answerable for r in refused])}


def by_kind(run: GoldRun) -> Mapping[str, Proportion]:
    """The right ones among the answerable, kind by kind."""
    answerable = [r for r in run.results if r.gold.answerable and not r.gold.before]
    kinds = sorted({r.gold.kind for r in answerable})
    return {kind: _count([r.right for r in answerable if r.gold.kind == kind]) for kind in kinds}


def figures(run: GoldRun) -> Mapping[str, Figure]:
    """Citations in the sense of ALCE (Gao et al., 2023), on anchors instead of a judge, and what confidence is worth.

    Recall: of the answered questions that have an answer, the share whose evidence is cited. Precision: the share of
    their citations that overlap it; a sentence that supports the answer elsewhere counts as wrong. Calibration and the
    area under the risk–coverage curve are over all questions, the area as if none had been refused.
    """
    alone = [r for r in run.results if not r.gold.before]
    answered = [r for r in alone if r.gold.answerable and not r.refused]
    given = [r for r in alone if not r.refused]
    measures: dict[str, tuple[Sequence[Scored], Callable[[Sequence[Scored]], float]]] = {
        "citation_recall": (answered, lambda rs: _mean([any(citation_hits(r.gold, r.answer)) for r in rs])),
        "citation_precision": (answered, lambda rs: _mean([_mean(citation_hits(r.gold, r.answer)) for r in rs])),
        "calibration_error": (
            given,
            lambda rs: expected_calibration_error([r.answer.confidence for r in rs], [r.right for r in rs]),
        ),
        "risk_coverage_area": (
            alone,
            lambda rs: area_under_risk_coverage([r.forced.confidence for r in rs], [r.forced_right for r in rs]),
        ),
    }
    return {name: _figure(items, statistic) for name, (items, statistic) in measures.items() if items}


def rankings(run: GoldRun) -> Mapping[str, Mapping[str, Figure]]:
    """For each ranker: is the evidence first, within five, how high, and does what would be shown hold the fact?"""
    measures: dict[str, Callable[[Sequence[Ranked]], float]] = {
        "recall@1": lambda rs: recall_at_k(_ranks(rs), 1),
        "recall@5": lambda rs: recall_at_k(_ranks(rs), 5),
        f"mrr@{DEPTH}": lambda rs: mean_reciprocal_rank(_ranks(rs), DEPTH),
        f"ndcg@{DEPTH}": lambda rs: _mean([ndcg_at_k(r.gains, DEPTH, ideal=[1] * len(r.gold.anchors)) for r in rs]),
        f"fact_in_{SHOWN}": lambda rs: _mean([any(r.facts[:SHOWN]) for r in rs]),
        f"characters_of_{SHOWN}": lambda rs: _mean([sum(r.characters[:SHOWN]) for r in rs]),
    }
    return {
        name: {measure: _figure(items, statistic) for measure, statistic in measures.items()}
        for name, items in run.ranked.items()
        if items
    }


def to_json(run: GoldRun) -> dict[str, Any]:
    """Every figure of a run; the shares also by their bare names."""
    counted = shares(run)
    return {
        "split": run.split,
        "answerable": counted["right"].total,
        "unanswerable": counted["refused"].total,
        "follow_ups": counted["follow_ups_right"].total,
        **{name: None if p.share is None else round(p.share, 4) for name, p in counted.items()},
        "right_by_kind": {kind: p.share for kind, p in by_kind(run).items()},
        "headlines": {
            name: {"count": p.count, "of": p.total, "share": p.share, "interval_95": p.interval}
            for name, p in counted.items()
        },
        "figures": {name: figure.to_json() for name, figure in figures(run).items()},
        **_curves(run),
        "rankings": {
            name: {measure: figure.to_json() for measure, figure in found.items()}
            for name, found in rankings(run).items()
        },
    }


def _curves(run: GoldRun) -> dict[str, Any]:
    """Points of the risk–coverage curve, and the bins of the calibration's."""
    alone = [r for r in run.results if not r.gold.before]
    given = [r for r in alone if not r.refused]
    if not alone:
        return {"risk_coverage": [], "calibration": []}
    points = risk_coverage([r.forced.confidence for r in alone], [r.forced_right for r in alone])
    bins = calibration_bins([r.answer.confidence for r in given], [r.right for r in given])
    return {
        "risk_coverage": [[round(coverage, 4), round(risk, 4)] for coverage, risk in points],
        "calibration": [
            {"count": b.count, "confidence": round(b.confidence, 4), "accuracy": round(b.accuracy, 4)} for b in bins
        ],
    }


def errors(run: GoldRun) -> list[Scored]:
    """Answerable questions that were not answered right, and unanswerable ones that were answered."""
    return [r for r in run.results if not (r.right if r.gold.answerable else r.refused)]


def error_lines(result: Scored) -> list[str]:
    """A question that went wrong, what was wanted and what was shown."""
    gold, answer = result.gold, result.answer
    wanted = " | ".join(gold.answers) if gold.answerable else "(not in the sources)"
    if result.refused:
        fault = "refused, and rightly answered otherwise" if result.forced_right else "refused"
    elif not gold.answerable:
        fault = "answered though the sources do not say"
    else:
        fault = "citation elsewhere" if result.has_fact else "fact missing"
    shown = result.forced if result.refused and gold.answerable else answer
    return [
        f"{gold.id} · {gold.language} · {gold.kind} · {fault} · confidence {answer.confidence:.2f}",
        *([f"  before: {gold.before}"] if gold.before else []),
        f"  asked:  {gold.question}",
        f"  wanted: {wanted}",
        f"  {'would be' if shown is not answer else 'shown'}:  {shown.text}",
        f"  short:  {shown.short_answer}",
        *(f"  {line}" for line in result.trace),
    ]


def _ranks(items: Sequence[Ranked]) -> list[int | None]:
    return [r.gains.index(1) + 1 if 1 in r.gains else None for r in items]


def _figure(items: Sequence[Any], statistic: Callable[[Sequence[Any]], float]) -> Figure:
    return Figure(statistic(items), interval_95(items, statistic), len(items))


def _mean(values: Sequence[float | bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _count(values: Sequence[bool]) -> Proportion:
    return Proportion(sum(values), len(values))
