"""The report's pictures, drawn from its results; the only file that imports matplotlib."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

mpl.rcParams["svg.hashsalt"] = "tanya"  # the same picture has the same bytes
_SIZE = (5.2, 3.4)


def draw(results: Mapping[str, Any], folder: Path) -> dict[str, Path]:
    """Write an SVG for each picture that the results have figures for; their paths by name."""
    drawers: dict[str, Callable[[Mapping[str, Any], Axes], None]] = {
        "risk_coverage": _risk_coverage,
        "calibration": _calibration,
        "latency": _latency,
        "growth": _growth,
        **({"directions": _directions} if "directions" in results else {}),
    }
    paths = {}
    for name, drawer in drawers.items():
        figure = Figure(figsize=_SIZE, layout="constrained")
        drawer(results, figure.subplots())
        paths[name] = folder / f"{name}.svg"
        figure.savefig(paths[name], metadata={"Date": None})
    return paths


def _risk_coverage(results: Mapping[str, Any], axes: Axes) -> None:
    for name, found in (
        ("test", results["gold"]["test"]),
        ("tune", results["gold"]["tune"]),
        ("test, without the reader", results["gold_without_reader"]),
    ):
        points = found["risk_coverage"]
        axes.step([p[0] for p in points], [p[1] for p in points], where="post", label=name)
    axes.set(xlabel="share of all questions answered, surest first", ylabel="share of them wrong", ylim=(0, 1))
    axes.legend()


def _calibration(results: Mapping[str, Any], axes: Axes) -> None:
    axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    for split in ("test", "tune"):
        bins = results["gold"][split]["calibration"]
        axes.scatter(
            [b["confidence"] for b in bins], [b["accuracy"] for b in bins], s=[14 * b["count"] for b in bins],
            alpha=0.6, label=split,
        )  # fmt: skip
    axes.set(xlabel="confidence", ylabel="share right (area: answers)", xlim=(0, 1), ylim=(-0.05, 1.05))
    axes.legend()


def _latency(results: Mapping[str, Any], axes: Axes) -> None:
    speed = results["speed"]
    search, read, total = speed["search_ms"]["p50"], speed["read_ms"]["p50"], speed["ask_ms"]["p50"]
    left = 0.0
    for name, value in (("search", search), ("read", read), ("the rest", max(0.0, total - search - read))):
        axes.barh(["p50"], [value], left=left, label=f"{name} {value:.1f} ms")
        left += value
    axes.barh(["p95"], [speed["ask_ms"]["p95"]], color="grey", label=f"p95 {speed['ask_ms']['p95']} ms")
    axes.set(xlabel="milliseconds, a warm question")
    axes.legend()


def _growth(results: Mapping[str, Any], axes: Axes) -> None:
    sizes = [found["passages"] for found in results["growth"]]
    for name in ("p50", "p95"):
        axes.plot(sizes, [found["search_ms"][name] for found in results["growth"]], marker="o", label=name)
    axes.set(xlabel="passages", ylabel="search, milliseconds", xscale="log", ylim=(0, None))
    axes.legend()


def _directions(results: Mapping[str, Any], axes: Axes) -> None:
    found = results["directions"]
    ways = list(found["one language"])
    for offset, library in ((-0.2, "one language"), (0.2, "mixed")):
        values = [found[library][way]["recall@5"] for way in ways]
        bars = axes.bar([n + offset for n in range(len(ways))], values, width=0.38, label=library)
        axes.bar_label(bars, fmt="%.2f", fontsize=8)
    axes.set_xticks(range(len(ways)), ways)
    axes.set(ylabel="recall@5", ylim=(0, 1.08))
    axes.legend(loc="lower right")
