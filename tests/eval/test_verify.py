"""What the verifier said of a set of claims, counted and written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.metrics.proportions import wilson_interval
from eval.nli_sets import Pair
from eval.verify import VerifyReport, measure_verifying, write_labels
from indexer.settings import Settings


def said(identifier: str, label: str, found: str) -> tuple[Pair, str]:
    """A pair and what was found of it."""
    return Pair(identifier, "Budi menyapu halaman.", "Halaman disapu.", label), found


FOUND = (said("p1", "e", "e"), said("p2", "e", "n"), said("p3", "e", "e"), said("p4", "n", "n"))


def test_accuracy_comes_with_its_interval_and_each_labels_recall() -> None:
    """Three of four right, two of three entailed ones found; there is no contradicted one to find."""
    report = VerifyReport(FOUND).to_json()
    low, high = wilson_interval(3, 4)
    assert report == {
        "n": 4,
        "accuracy": 75.0,
        "interval_95": [round(100 * low, 2), round(100 * high, 2)],
        "recall": {"e": 66.67, "n": 100.0, "c": None},
    }
    assert json.loads(json.dumps(report)) == report


@pytest.mark.parametrize(("label", "accuracy"), [("c", 100.0), ("n", 0.0)])
def test_all_right_and_all_wrong_are_the_ends(label: str, accuracy: float) -> None:
    """The interval ends where the share does, and is not empty."""
    report = VerifyReport((said("p1", "c", label), said("p2", "c", label))).to_json()
    assert report["accuracy"] == accuracy
    assert accuracy in report["interval_95"]
    assert report["interval_95"][0] < report["interval_95"][1]
    assert report["recall"] == {"e": None, "n": None, "c": accuracy}


def test_nothing_verified_is_nothing_right() -> None:
    """A report of no pair can be written all the same."""
    assert VerifyReport(()).to_json() == {
        "n": 0,
        "accuracy": 0.0,
        "interval_95": [0.0, 0.0],
        "recall": {"e": None, "n": None, "c": None},
    }


def test_labels_are_written_in_the_sets_order(tmp_path: Path) -> None:
    """What was found and not what is right, one object a line."""
    path = tmp_path / "labels.jsonl"
    write_labels(path, [said("z", "e", "c"), said("café", "n", "e"), said("a", "c", "n")])
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert "café" in text
    assert [json.loads(line) for line in text.splitlines()] == [
        {"id": "z", "label": "c"},
        {"id": "café", "label": "e"},
        {"id": "a", "label": "n"},
    ]


def test_a_set_without_a_pair_is_an_error(tmp_path: Path) -> None:
    """Said before the model is loaded, with the file's name."""
    path = tmp_path / "empty.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"empty\.jsonl: no pair"):
        measure_verifying(Settings(), path)
