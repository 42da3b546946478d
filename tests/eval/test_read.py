"""The reader on a reading set: what is read, what is written, how it is counted."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from chat_app.reader import load_reader
from eval.read import PART_CHARACTERS, Prediction, ReadReport, parts_of, predict, write_predictions
from eval.reading_sets import ReadingQuestion
from indexer.settings import Settings

PASSAGE = "Awalnya kelompok G-77 beranggotakan 77 negara. Saat ini G-77 beranggotakan 134 negara."
ASKED = ReadingQuestion("q1", "Berapa negara anggota G-77 saat ini?", PASSAGE, None, ((75, "134 negara"),))
SILENT = ReadingQuestion("q2", "Siapa presiden Brasil?", PASSAGE, None, ())


def test_a_short_passage_is_read_whole() -> None:
    """Its words stand in one part."""
    assert parts_of(PASSAGE) == [(0, len(PASSAGE))]


@pytest.mark.parametrize("sentence", ["Kalimat ini pendek sekali, tetapi banyak. ", "x" * 1200 + ". "])
def test_a_long_passage_is_read_in_parts_that_overlap(sentence: str) -> None:
    """Together they hold all of it, each within the length that the reader was trained on or one sentence long."""
    text = sentence * 60
    parts = parts_of(text)
    assert parts[0][0] == 0
    assert parts[-1][1] >= len(text.rstrip())
    for (start, end), (following, _) in itertools.pairwise(parts):
        assert start < following <= end + 1
    assert all(end - start <= max(PART_CHARACTERS, len(sentence)) for start, end in parts)


def test_the_shipped_reader_answers_and_stays_silent(tmp_path: Path) -> None:
    """The real reader on a passage that answers one question and not the other, and the lines it leaves."""
    reader = load_reader(Settings().cache_folder)
    assert reader is not None
    found = predict(reader, ASKED), predict(reader, SILENT)
    assert "134" in found[0].span
    assert found[0].score > found[1].score
    write_predictions(tmp_path / "out.jsonl", found)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["q1", "q2"]
    assert set(lines[0]) == {"id", "text", "score", "no_answer_score", "answerable"}
    assert lines[1]["text"] == ""
    assert lines[1]["answerable"] is False


def test_the_report_counts_as_squad_does() -> None:
    """One right, one half right but not said, one rightly silent, one wrongly said; worked by hand."""
    half = ReadingQuestion("q3", "?", PASSAGE, None, ((0, "77 negara"),))
    report = ReadReport(
        (
            Prediction(ASKED, "134 negara", 4.0),
            Prediction(half, "negara", -1.0),
            Prediction(SILENT, "Awalnya", -3.0),
            Prediction(SILENT, "G-77", 2.5),
        )
    ).to_json()
    assert report["exact_match"] == report["f1"] == 50.0
    assert report["has_answer_f1"] == 50.0
    assert report["span_f1"] == pytest.approx(100 * (1 + 2 / 3) / 2, abs=0.01)
    assert report["auroc"] == 0.75
    # Above 2.5: one right answer and two silences that are right, of four.
    assert report["best_threshold"]["exact_match"] == 75.0
    assert ReadReport((Prediction(ASKED, "134 negara", 4.0),)).to_json()["auroc"] is None
