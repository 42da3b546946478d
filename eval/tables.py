"""Figures as tables: what the commands print and what the report shows. Pure functions over the reports' JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SHARES = (
    "right", "right_id", "right_en", "wrongly_refused", "refused", "refused_near", "refused_far", "follow_ups_right",
    "refusal_precision",
)  # fmt: skip
_CLAIM_SHARES = (
    "right", "right_id", "right_en", "found_supported", "found_contradicted", "found_not_in_sources",
    "contradicted_truly", "cites_the_evidence", "caught", "harmless_contradicted", "harmless_supported",
)  # fmt: skip
_FIGURES = ("citation_recall", "citation_precision", "calibration_error", "risk_coverage_area")
_READING = ("n", "exact_match", "f1", "has_answer_exact_match", "has_answer_f1", "span_exact_match", "span_f1", "auroc")


@dataclass(frozen=True, slots=True)
class Table:
    """Names of columns and the cells below them; the first column is text, the others are figures."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def speed(report: Mapping[str, Any]) -> Table:
    """How fast it encodes, starts and answers."""
    encode, ask = report["encode"], report["ask_ms"]
    return Table(
        ("measured", "figure"),
        (
            ("encoding, tokens/s", f"{encode['tokens_per_s']:,}"),
            ("SentenceTransformer, float32, tokens/s", f"{encode['baseline_tokens_per_s']:,}"),
            ("ratio of the best / of the medians", f"{encode['ratio']} / {encode['ratio_of_medians']}"),
            ("mean cosine of the two", f"{encode['mean_cosine']}"),
            ("tanya ask from cold, median / best, s", f"{report['cold_start_s']} / {report['cold_start_best_s']}"),
            ("a warm question, p50 / p95, ms", f"{ask['p50']} / {ask['p95']}"),
            ("of it search / read, p50, ms", f"{report['search_ms']['p50']} / {report['read_ms']['p50']}"),
        ),
    )


def growth(sizes: Sequence[Mapping[str, Any]]) -> Table:
    """Building and asking, a row for each size of the library."""
    rows = (
        (
            f"{found['passages']:,}", f"{found['build_passages_per_s']:,}", f"{found['unchanged_s']}",
            f"{found['open_s']}", f"{found['search_ms']['p50']} / {found['search_ms']['p95']}",
            f"{found['ask_ms']['p50']}", f"{found['peak_memory_mib']:,}", f"{found['files_mib']:,}",
        )
        for found in sizes
    )  # fmt: skip
    columns = (
        "passages", "built, passages/s", "nothing changed, s", "opened, s", "search p50 / p95, ms", "ask p50, ms",
        "peak memory, MiB", "files, MiB",
    )  # fmt: skip
    return Table(columns, tuple(rows))


def machine(report: Mapping[str, Any]) -> str:
    """What the times were taken on, in a line."""
    found = report["machine"]
    vnni = "with" if found["vnni"] else "without"
    return f"{found['cpu']}, {found['cores']} cores, {vnni} VNNI, load {found['load_average']}"


def answers(runs: Mapping[str, Mapping[str, Any]]) -> Table:
    """What became of the gold questions, a column for each run."""
    rows = []
    for name in _SHARES:
        found = [run["headlines"][name] for run in runs.values()]
        rows.append((words(name), *(_share(f["share"], f["interval_95"], f"{f['count']}/{f['of']}") for f in found)))
    for name in _FIGURES:
        values = [run["figures"].get(name) for run in runs.values()]
        rows.append((words(name), *("–" if f is None else _share(f["value"], f["interval_95"]) for f in values)))
    return Table(("", *runs), tuple(rows))


def kinds(run: Mapping[str, Any]) -> str:
    """The share of each kind of question that was answered right, in a line."""
    return ", ".join(f"{kind} {percent(share)}" for kind, share in run["right_by_kind"].items())


def rankings(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Table:
    """The evidence found by each ranker."""
    measures = list(next(iter(found.values()), {}))
    rows = [
        (name, *(f"{row[m]['value']:,.0f}" if row[m]["value"] > 1 else f"{row[m]['value']:.3f}" for m in measures))
        for name, row in found.items()
    ]
    return Table(("", *map(words, measures)), tuple(rows))


def retrieval(report: Mapping[str, Any]) -> Table:
    """The right passage found among those of a public set."""
    rows = ((words(name), f"{value:,}" if isinstance(value, int) else f"{value}") for name, value in report.items())
    return Table(("measured", "figure"), tuple(rows))


def reading(sets: Mapping[str, Mapping[str, Any]]) -> Table:
    """The reader on public sets, a row for each."""
    rows = []
    for name, row in sets.items():
        best = row.get("best_threshold", {})
        values = [*(row[m] for m in _READING), best.get("exact_match"), best.get("f1")]
        rows.append((name, *("–" if value is None else f"{value}" for value in values)))
    return Table(("", *map(words, _READING), "exact match, best threshold", "f1, best threshold"), tuple(rows))


def directions(found: Mapping[str, Any]) -> Table:
    """Recall by language of the question and of the passage."""
    rows = [
        (f"{way}, {library}", f"{f['n']}", f"{f['recall@1']:.3f}", f"{f['recall@5']:.3f}",
         " – ".join(f"{end:.3f}" for end in f["recall@5_interval_95"]))
        for library in ("one language", "mixed")
        for way, f in found[library].items()
    ]  # fmt: skip
    return Table(("question → passage", "n", "recall@1", "recall@5", "95 %"), tuple(rows))


def claims(runs: Mapping[str, Mapping[str, Any]]) -> Table:
    """What became of the claims and traps, a column for each run."""
    rows = []
    for name in _CLAIM_SHARES:
        found = [run[name] for run in runs.values()]
        rows.append((words(name), *(_share(f["share"], f["interval_95"], f"{f['count']}/{f['of']}") for f in found)))
    times = (f"{run['milliseconds_p50']} / {run['milliseconds_p95']}" for run in runs.values())
    rows.append(("a claim, p50 / p95, ms", *times))
    return Table(("", *runs), tuple(rows))


def traps(run: Mapping[str, Any]) -> Table:
    """How many traps of each kind were caught, and how many of their harmless rewordings were called contradicted."""
    rows = [
        (words(kind), *(f"{f['count']}/{f['of']}" for f in (found["caught"], found["harmless_contradicted"])))
        for kind, found in run["traps_by_kind"].items()
    ]
    return Table(("trap", "caught", "harmless rewordings called contradicted"), tuple(rows))


def verifying(report: Mapping[str, Any]) -> Table:
    """The verifier on a public set."""
    low, high = report["interval_95"]
    recall = ", ".join(f"{label} {value}" for label, value in report["recall"].items())
    figures = (("n", f"{report['n']}"), ("accuracy, per cent", f"{report['accuracy']} ({low} – {high})"))
    return Table(("measured", "figure"), (*figures, ("recall by label", recall)))


def words(name: str) -> str:
    """A figure's key as it is read."""
    return name.replace("_", " ")


def percent(share: float | None) -> str:
    """A share in per cent; a dash of nothing."""
    return "–" if share is None else f"{share:.1%}"


def _share(value: float | None, interval: Sequence[float] | None, count: str = "") -> str:
    if value is None or interval is None:
        return "–"
    return f"{value:.1%} ({', '.join(filter(None, (count, f'{interval[0]:.0%} – {interval[1]:.0%}')))})"
