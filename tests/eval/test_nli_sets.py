"""Claims on texts are read as they stand, and a file in another shape is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.nli_sets import Pair, read_pairs

PREMISE, HYPOTHESIS = "Rina membeli tiga mangga di pasar.", "Rina membeli buah."


def line(**changed: object) -> str:
    """A pair in IndoNLI's shape, with some of its fields otherwise."""
    return json.dumps({"id": "p1", "premise": PREMISE, "hypothesis": HYPOTHESIS, "label": "e"} | changed)


def test_pairs_are_read_in_order(tmp_path: Path) -> None:
    """An empty line is passed over, a number becomes an id, and what else an entry holds is left."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(f"{line(more=1)}\n\n  \n{line(id=7, label='c')}\n{line(id='z', label='n')}", encoding="utf-8")
    assert read_pairs(path) == [
        Pair("p1", PREMISE, HYPOTHESIS, "e"),
        Pair("7", PREMISE, HYPOTHESIS, "c"),
        Pair("z", PREMISE, HYPOTHESIS, "n"),
    ]


def test_letters_beyond_ascii_are_kept(tmp_path: Path) -> None:
    """As they stand in the file, whatever the machine's own encoding."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(
        '{"id": "é", "premise": "Kafé “Senja” tutup.", "hypothesis": "Kafé buka.", "label": "c"}\n', encoding="utf-8"
    )
    assert read_pairs(path) == [Pair("é", "Kafé “Senja” tutup.", "Kafé buka.", "c")]


def test_an_empty_file_has_no_pairs(tmp_path: Path) -> None:
    """Whether that is an error is for the caller to say."""
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n", encoding="utf-8")
    assert read_pairs(path) == []


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("no JSON", "not a pair in IndoNLI's shape"),
        ('["p1", "e"]', "not a pair in IndoNLI's shape"),
        ('{"id": "p1", "premise": "Hujan turun.", "label": "e"}', "hypothesis"),
        (line(label="entailment"), "'entailment' and not e, n or c"),
        (line(label=None), "None and not e, n or c"),
        (line(label=0), "0 and not e, n or c"),
    ],
)
def test_another_shape_is_named_with_its_line(tmp_path: Path, bad: str, message: str) -> None:
    """So that it can be mended; lines count from 1, empty ones too."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(f"{line()}\n\n{bad}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message) as raised:
        read_pairs(path)
    assert f"{path}, line 3" in str(raised.value)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    """The caller says which file was asked for."""
    with pytest.raises(FileNotFoundError):
        read_pairs(tmp_path / "none.jsonl")
