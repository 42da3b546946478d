"""The gate: the tune questions and claims, put to the whole system, do not come out worse than the report says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eval.claims import run_claims
from eval.gold_report import rankings, shares
from eval.gold_run import GoldRun, run_gold
from eval.report import FOLDER
from indexer.settings import Settings


@pytest.fixture(scope="module")
def run() -> GoldRun:
    """The tune split, asked now."""
    return run_gold(Settings(), "tune")


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    """The tune split as the committed report has it."""
    results: dict[str, Any] = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    return dict(results["gold"]["tune"])


@pytest.mark.parametrize("name", ["right", "right_id", "right_en", "refused", "refused_far", "follow_ups_right"])
def test_no_share_falls_below_its_noise(run: GoldRun, recorded: dict[str, Any], name: str) -> None:
    """Below the recorded share's 95 % interval is no chance: mend it, or run `make eval` and say why it is worse."""
    now = shares(run)[name].share
    assert now is not None
    assert now >= recorded["headlines"][name]["interval_95"][0]


def test_the_evidence_is_found_as_well(run: GoldRun, recorded: dict[str, Any]) -> None:
    """The same for recall@5 before any reading."""
    assert rankings(run)["ours"]["recall@5"].value >= recorded["rankings"]["ours"]["recall@5"]["interval_95"][0]


def test_no_claims_share_falls_below_its_noise() -> None:
    """Nor do the claims, the traps and the harmless rewordings."""
    recorded = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))["claims"]["tune"]
    now = run_claims(Settings(), "tune").to_json()
    for name in ("right", "found_not_in_sources", "caught"):
        assert now[name]["share"] >= recorded[name]["interval_95"][0], name
    assert now["harmless_contradicted"]["share"] <= recorded["harmless_contradicted"]["interval_95"][1]
