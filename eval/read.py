"""`python -m eval read`: the shipped reader on a reading set, each question with its own passage."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chat_app.reader import ANSWERS_ABOVE, Reader, load_reader
from eval.console import Step, silent
from eval.metrics.reading import best_over, exact_match, token_f1
from eval.reading_sets import ReadingQuestion, read_set, reworded
from indexer.markup import normalise
from indexer.settings import Settings
from indexer.splitter import sentence_spans

Metric = Callable[[str, str], float]
PART_CHARACTERS = 900
"""A longer passage is read in parts of whole sentences that overlap by half, as long as the reader was trained on."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best span of a passage for a question, and how much the reader trusts it."""

    question: ReadingQuestion
    span: str
    """What the reader would answer if it had to."""
    score: float
    """The span's logits' sum less that of "not here"."""

    @property
    def answerable(self) -> bool:
        return self.score > ANSWERS_ABOVE

    @property
    def text(self) -> str:
        """The answer: "" where the passage is taken not to answer."""
        return self.span if self.answerable else ""

    def to_json(self) -> dict[str, Any]:
        """One line of the predictions file."""
        return {
            "id": self.question.id,
            "text": self.text,
            "score": round(self.score, 4),
            "no_answer_score": round(-self.score, 4),
            "answerable": self.answerable,
        }


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What the reader said to every question of a set."""

    predictions: tuple[Prediction, ...]

    def to_json(self) -> dict[str, Any]:
        """Percentages as SQuAD 2.0 gives them; `has_answer` with the decision, `span` without it.

        `best_threshold` is the F1 at the threshold that suits this very set best, as others report it.
        """
        found = self.predictions
        has = [p for p in found if p.question.answerable]
        report: dict[str, Any] = {
            "n": len(found),
            "answerable": len(has),
            "exact_match": _mean(exact_match, found),
            "f1": _mean(token_f1, found),
            "has_answer_exact_match": _mean(exact_match, has),
            "has_answer_f1": _mean(token_f1, has),
            "span_exact_match": _mean(exact_match, has, forced=True),
            "span_f1": _mean(token_f1, has, forced=True),
            "auroc": None,
        }
        if 0 < len(has) < len(found):
            from sklearn.metrics import roc_auc_score

            labels, scores = [p.question.answerable for p in found], [p.score for p in found]
            report["auroc"] = round(float(roc_auc_score(labels, scores)), 4)
            report["best_threshold"] = {"exact_match": _at_best(exact_match, found), "f1": _at_best(token_f1, found)}
        return report


def measure_reading(
    settings: Settings,
    data: Path,
    *,
    wording: Path | None = None,
    titles: Sequence[str] = (),
    step: Step = silent,
) -> ReadReport:
    """Read every question's own passage, or those of the articles with the given titles.

    `wording` is another set whose questions with the same ids are asked in their place: the same questions in
    another language. Raises ValueError where no question is left to ask, OSError where a file cannot be read.
    """
    questions = [question for question in read_set(data) if not titles or question.title in titles]
    if wording is not None:
        questions = reworded(questions, read_set(wording))
    if not questions:
        raise ValueError(f"{data}: no question to ask")
    reader = load_reader(settings.cache_folder)
    if reader is None:
        raise ValueError("the reader has no build on this machine")
    return ReadReport(tuple(_predictions(reader, questions, step)))


def _predictions(reader: Reader, questions: Sequence[ReadingQuestion], step: Step) -> Iterator[Prediction]:
    for done, question in enumerate(questions, start=1):
        yield predict(reader, question)
        step("read", done, len(questions))


def predict(reader: Reader, question: ReadingQuestion) -> Prediction:
    """The best span over the parts of the question's passage."""
    parts = [question.context[start:end] for start, end in parts_of(question.context)]
    readings = reader.read(" ".join(normalise(question.question).split()), parts)
    part, best = max(zip(parts, readings, strict=True), key=lambda pair: pair[1].score)
    return Prediction(question, part[best.start : best.end], best.score)


def parts_of(text: str) -> list[tuple[int, int]]:
    """The whole text where it is short, else overlapping parts of whole sentences."""
    if len(text) <= PART_CHARACTERS:
        return [(0, len(text))]
    spans = list(sentence_spans(text, 0, len(text), "id")) or [(0, len(text))]
    parts: list[tuple[int, int]] = []
    first = 0
    while True:
        start = spans[first][0]
        last = max(n for n in range(first, len(spans)) if n == first or spans[n][1] - start <= PART_CHARACTERS)
        parts.append((start, spans[last][1]))
        if last == len(spans) - 1:
            return parts
        half = start + (spans[last][1] - start) // 2
        first = next(n for n in range(first + 1, last + 2) if spans[n][0] >= half or n == last + 1)


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """One JSON object a line, in the set's order."""
    lines = (json.dumps(p.to_json(), ensure_ascii=False) for p in predictions)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _golds(prediction: Prediction) -> list[str]:
    return [text for _, text in prediction.question.answers]


def _mean(metric: Metric, predictions: Sequence[Prediction], *, forced: bool = False) -> float | None:
    if not predictions:
        return None
    values = [best_over(metric, p.span if forced else p.text, _golds(p)) for p in predictions]
    return round(100 * sum(values) / len(values), 2)


def _at_best(metric: Metric, predictions: Sequence[Prediction]) -> float:
    """The mean at the best of all thresholds: from answering nothing, one more question answered at a time."""
    ordered = sorted(predictions, key=lambda p: -p.score)
    total = best = sum(best_over(metric, "", _golds(p)) for p in ordered)
    for p in ordered:
        total += best_over(metric, p.span, _golds(p)) - best_over(metric, "", _golds(p))
        best = max(best, total)
    return round(100 * best / len(ordered), 2)
