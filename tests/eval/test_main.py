"""`python -m eval`: wrong use is told at once, and the retrieval command finds what it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.__main__ import main

PASSAGES = {
    "Candi Borobudur dibangun pada abad kesembilan oleh wangsa Syailendra di Magelang, Jawa Tengah.": (
        "Siapa yang membangun Candi Borobudur?"
    ),
    "Kucing tidur selama dua belas hingga enam belas jam sehari dan berburu pada waktu senja.": (
        "Berapa lama kucing tidur dalam sehari?"
    ),
    "Baterai litium menyimpan tenaga lebih banyak daripada baterai timbal dengan berat yang sama.": (
        "Baterai apa yang menyimpan tenaga lebih banyak?"
    ),
}


def write_set(path: Path, *, answerable: bool = True) -> Path:
    """A reading set in SQuAD's shape, one question on each passage."""
    content = [
        {
            "context": passage,
            "qas": [
                {
                    "id": f"q{number}",
                    "question": question,
                    "is_impossible": not answerable,
                    "answers": [{"text": passage.split()[0], "answer_start": 0}],
                }
            ],
        }
        for number, (passage, question) in enumerate(PASSAGES.items())
    ]
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["speed", "gold", "retrieval"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--help exits 0 and names --json."""
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: command"),
        (["errors", "--split", "test"], "unrecognized arguments"),
        (["retrieval"], "--data"),
        (["retrieval", "--data", "no/such/file.json"], "no such file"),
        (["retrieval", "--data", __file__, "--k", "0"], "at least 1"),
        (["speed", "--index", "no/such/folder"], "no such file"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is loaded or measured; the test questions cannot be shown, only counted."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_file_that_is_no_reading_set_exits_with_1_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback."""
    path = tmp_path / "broken.json"
    path.write_text("{", encoding="utf-8")
    assert main(["retrieval", "--data", str(path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_set_without_an_answerable_question_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A recall of nothing is not 0 and not 1."""
    assert main(["retrieval", "--data", str(write_set(tmp_path / "none.json", answerable=False))]) == 1
    assert "no answerable question" in capsys.readouterr().err


def test_three_passages_are_found_by_their_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each question shares its topic with one passage alone, so that recall@1 and MRR are 1."""
    data = write_set(tmp_path / "set.json")
    assert main(["retrieval", "--data", str(data), "--k", "5", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["n"], report["documents"]) == (3, 3)
    assert report["recall@1"] == report["recall@5"] == report["mrr@5"] == 1


def test_the_wording_of_another_set_is_asked_by_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """English questions search the Indonesian passages; the one without a counterpart drops out."""
    data = write_set(tmp_path / "set.json")
    english = [
        ("q0", "Who built the Borobudur temple?"),
        ("q1", "How many hours does a cat sleep every day?"),
    ]
    entries = [
        {
            "context": "x",
            "qas": [{"id": i, "question": question, "answers": [{"text": "x", "answer_start": 0}]}],
        }
        for i, question in english
    ]
    wording = tmp_path / "wording.json"
    wording.write_text(json.dumps(entries), encoding="utf-8")
    assert main(["retrieval", "--data", str(data), "--wording", str(wording), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["n"] == 2
    assert report["recall@1"] == 1


ENGLISH = {
    "The Borobudur temple was built in the ninth century by the Syailendra dynasty in Magelang, Central Java.": (
        "Who built the Borobudur temple?"
    ),
    "Cats sleep for twelve to sixteen hours every day and hunt at dusk.": "How long does a cat sleep every day?",
    "Lithium batteries store more energy than lead batteries of the same weight.": (
        "Which batteries store more energy?"
    ),
}


def write_parallel(path: Path) -> Path:
    """The English half of `write_set`: the same ids in the same order."""
    entries = [
        {
            "context": passage,
            "qas": [{"id": f"q{n}", "question": asked, "answers": [{"text": passage.split()[0], "answer_start": 0}]}],
        }
        for n, (passage, asked) in enumerate(ENGLISH.items())
    ]
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_all_four_directions_are_asked_alone_and_mixed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three passages in two languages: every question finds its passage in either, whatever stands beside it."""
    arguments = [
        "--indonesian",
        str(write_set(tmp_path / "id.json")),
        "--english",
        str(write_parallel(tmp_path / "en.json")),
    ]
    assert main(["directions", *arguments, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["passages"] == 3
    for library in ("one language", "mixed"):
        assert set(report[library]) == {"id→id", "id→en", "en→id", "en→en"}
        assert {(found["n"], found["recall@5"]) for found in report[library].values()} == {(3, 1.0)}


def test_reading_writes_its_answers_and_counts_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line of JSON a question, and figures over as many."""
    data, out = write_set(tmp_path / "set.json", answerable=False), tmp_path / "out.jsonl"
    assert main(["read", "--data", str(data), "--predictions", str(out), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["q0", "q1", "q2"]
    silent = sum(not line["answerable"] for line in lines)
    assert (report["n"], report["answerable"]) == (3, 0)
    assert report["exact_match"] == pytest.approx(100 * silent / 3, abs=0.01)
