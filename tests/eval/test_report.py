"""The report says what the results say, worst first, and draws them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.report import write_report

MACHINE = {"cpu": "Test CPU", "cores": 2, "python": "3.11", "load_average": 0.5, "vnni": True}


def gold(right: float) -> dict[str, Any]:
    """A run's figures."""
    names = ("right", "right_id", "right_en", "wrongly_refused", "refused", "refused_near", "refused_far")
    headline = {"count": 6, "of": 10, "share": right, "interval_95": [0.3, 0.8]}
    figure = {"value": right, "interval_95": [0.3, 0.8], "n": 10}
    figures = ("citation_recall", "citation_precision", "calibration_error", "risk_coverage_area")
    measures = ("recall@1", "recall@5", "mrr@10", "ndcg@10", "fact_in_4", "characters_of_4")
    return {
        **dict.fromkeys(names, right),
        "right_en": right - 0.1,
        "right_by_kind": {"list": 0.2, "date": 0.9, "reason": 0.4, "place": 1.0},
        "headlines": dict.fromkeys((*names, "follow_ups_right", "refusal_precision"), headline),
        "figures": dict.fromkeys(figures, figure),
        "rankings": {"ours": dict.fromkeys(measures, figure), "BM25 alone": dict.fromkeys(measures, figure)},
        "risk_coverage": [[0.5, 0.0], [1.0, 0.4]],
        "calibration": [{"count": 3, "confidence": 0.9, "accuracy": 0.8}],
    }


def claims(right: float) -> dict[str, Any]:
    """A run's figures over claims and traps."""
    names = (
        "right", "right_id", "right_en", "found_supported", "found_contradicted", "found_not_in_sources",
        "contradicted_truly", "cites_the_evidence", "caught", "harmless_contradicted", "harmless_supported",
    )  # fmt: skip
    share = {"share": right, "count": 6, "of": 10, "interval_95": [0.3, 0.8]}
    kinds = {"year": {"caught": share, "harmless_contradicted": share}}
    return {**dict.fromkeys(names, share), "milliseconds_p50": 80.0, "milliseconds_p95": 100.0, "traps_by_kind": kinds}


@pytest.fixture
def results() -> dict[str, Any]:
    """What `collect` gives without public sets."""
    return {
        "commit": "abc1234", "changed": False, "date": "2026-01-02", "worst": ["g1 · id · list · fact missing"],
        "wrong_on_tune": 7, "gold": {"test": gold(0.6), "tune": gold(0.7)}, "gold_without_reader": gold(0.4),
        "claims": {"test": claims(0.7), "tune": claims(0.8)},
        "growth": [
            {
                "passages": 1000, "build_passages_per_s": 900, "unchanged_s": 0.1, "open_s": 0.8,
                "search_ms": {"p50": 7.8, "p95": 12.9}, "ask_ms": {"p50": 41.4}, "peak_memory_mib": 581, "files_mib": 7,
            },
        ],
        "speed": {
            "machine": MACHINE, "encode": {"tokens_per_s": 17000, "baseline_tokens_per_s": 3000, "ratio": 5.6,
                "ratio_of_medians": 5.5, "mean_cosine": 0.99},
            "cold_start_s": 1.1, "cold_start_best_s": 1.0, "ask_ms": {"p50": 33.0, "p95": 46.0},
            "search_ms": {"p50": 7.0}, "read_ms": {"p50": 22.0},
        },
    }  # fmt: skip


def test_the_report_begins_with_what_is_worst(results: dict[str, Any], tmp_path: Path) -> None:
    """The first paragraph names the weak language and kinds, with an example; the figures come after."""
    text = write_report(results, tmp_path).read_text(encoding="utf-8")
    first = text.split("\n\n")[1]
    assert "40% are not answered right" in first
    assert "claims that the texts refute 30%" in first
    assert "English ones do worst" in first
    assert first.index("list 20%") < first.index("reason 40%")
    assert text.index("g1 · id · list") < text.index("## Answers")
    assert "without the reader" in text
    assert "| 1,000 | 900 |" in text
    assert "Public sets" not in text


def test_every_picture_of_the_report_is_beside_it_and_the_same_again(results: dict[str, Any], tmp_path: Path) -> None:
    """No link leads nowhere, and drawing twice changes no byte."""
    text = write_report(results, tmp_path).read_text(encoding="utf-8")
    names = [part.split(")")[0] for part in text.split("](")[1:]]
    assert names == ["risk_coverage.svg", "calibration.svg", "latency.svg", "growth.svg"]
    before = {name: (tmp_path / name).read_bytes() for name in names}
    write_report(results, tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in names} == before
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8")) == results


def test_public_sets_are_told_where_they_were_measured(results: dict[str, Any], tmp_path: Path) -> None:
    """Reading, finding and the four directions."""
    way = {"n": 10, "recall@1": 0.5, "recall@5": 0.9, "recall@5_interval_95": [0.8, 1.0]}
    ways = dict.fromkeys(("id→id", "id→en", "en→id", "en→en"), way)
    row = {"n": 10, "exact_match": 70.0, "f1": 75.0, "has_answer_f1": 72.0, "span_f1": 80.0, "auroc": None,
           "has_answer_exact_match": 68.0, "span_exact_match": 71.0}  # fmt: skip
    results |= {
        "retrieval": {"documents": 3000, "recall@1": 0.877, "recall@5": 0.976, "mrr@10": 0.92},
        "directions": {"passages": 100, "one language": ways, "mixed": ways},
        "read": {"IDK-MRC valid": row},
        "verify": {"n": 2197, "accuracy": 74.2},
    }
    text = write_report(results, tmp_path).read_text(encoding="utf-8")
    assert "recall@5 0.976" in text
    assert "| IDK-MRC valid | 10 | 70.0 |" in text
    assert "en→id, mixed" in text
    assert "2,197 pairs: accuracy 74.2 %" in text
    assert (tmp_path / "directions.svg").exists()
