"""`python -m eval report`: everything that is measured, as results.json, report.md and pictures.

The two steps are apart: `collect` measures and saves, `write_report` only reads what was saved.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.console import Step, markdown_table, silent
from eval.directions import measure_directions
from eval.gold_report import error_lines, errors, to_json
from eval.gold_run import run_gold
from eval.pictures import draw
from eval.read import measure_reading
from eval.retrieval import measure_retrieval
from eval.speed import measure_speed
from eval.training.held_out import HELD_OUT
from indexer.settings import Settings

FOLDER = Path(__file__).parent / "results"
WORST = 3
"""Questions of the tune split that the report begins with: those answered wrongly with most confidence."""
_SHARES = (
    "right", "right_id", "right_en", "wrongly_refused", "refused", "refused_near", "refused_far", "follow_ups_right",
    "refusal_precision",
)  # fmt: skip
_FIGURES = ("citation_recall", "citation_precision", "calibration_error", "risk_coverage_area")

Results = dict[str, Any]


def collect(settings: Settings, data: Path | None, *, step: Step = silent) -> Results:
    """Measure all there is; the public sets only where `data` holds them.

    Raises the errors of indexer and chat_app, ValueError for sets of another shape, OSError where one is missing.
    """
    runs = {split: run_gold(settings, split, step=step) for split in ("test", "tune")}
    unread = run_gold(settings, "test", reads=False, step=step)
    wrong = sorted(errors(runs["tune"]), key=lambda r: -r.answer.confidence if not r.refused else 0)
    results: Results = {
        "commit": _git("rev-parse", "--short", "HEAD"),
        "changed": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "date": datetime.now(UTC).date().isoformat(),
        "speed": measure_speed(settings, step=step),
        "gold": {split: to_json(run) for split, run in runs.items()},
        "gold_without_reader": to_json(unread),
        "worst": ["\n".join(line for line in error_lines(r)[:6]) for r in wrong[:WORST]],
        "wrong_on_tune": len(wrong),
    }
    if data is not None:
        results |= _public(settings, data, step)
    return results


def _public(settings: Settings, data: Path, step: Step) -> Results:
    idk, tydi = data / "idk_mrc", data / "tydiqa_id"
    english, indonesian = data / "squad_v2_en" / "train.json", data / "squad_v2_id_mt" / "train.json"
    held = sorted(HELD_OUT)
    read = {
        "IDK-MRC valid": measure_reading(settings, idk / "valid.json", step=step),
        "TyDi QA Indonesian valid": measure_reading(settings, tydi / "valid.json", step=step),
        "SQuAD 2.0 held out, English": measure_reading(settings, english, titles=held, step=step),
        "SQuAD 2.0 held out, Indonesian": measure_reading(settings, indonesian, titles=held, step=step),
        "the same, English question, Indonesian passage": measure_reading(
            settings, indonesian, titles=held, wording=english, step=step
        ),
    }
    found = measure_retrieval(settings, idk / "valid.json", others=[idk / "train.json"], step=step)
    return {
        "retrieval": found.to_json(),
        "directions": measure_directions(settings, indonesian, english, step=step).to_json(),
        "read": {name: report.to_json() for name, report in read.items()},
    }


def write_report(results: Results, folder: Path = FOLDER) -> Path:
    """Write results.json, the pictures and report.md into a folder, and return the last."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    pictures = draw(results, folder)
    path = folder / "report.md"
    path.write_text(_markdown(results, pictures), encoding="utf-8")
    return path


def _markdown(results: Results, pictures: Mapping[str, Path]) -> str:
    machine = results["speed"]["machine"]
    changed = ", with changes" if results["changed"] else ""
    parts = [
        "# What was measured",
        _worst(results),
        f"Commit {results['commit']}{changed}, {results['date']}; {machine['cpu']}, {machine['cores']} cores, "
        f"Python {machine['python']}, load {machine['load_average']} at the start. Made by `make eval`; "
        "results.json beside this file holds every figure. Intervals are 95 %: Wilson's for shares, else bootstrap.",
        "## Answers",
        _answers(results),
        _picture(pictures, "risk_coverage", "Risk and coverage"),
        _picture(pictures, "calibration", "Calibration"),
        "## Finding the evidence",
        "Over the answerable questions of the test split, before any reading. *fact in 4*: an accepted answer stands "
        "in the first four passages; *characters of 4*: what one would have to read for it.",
        _rankings(results["gold"]["test"]["rankings"]),
        "## Speed",
        _speed(results["speed"]),
        _picture(pictures, "latency", "Where the time of a question goes"),
    ]
    if "read" in results:
        parts += [
            "## Public sets",
            _reading(results["read"]),
            f"Finding IDK-MRC's passages with its valid questions, {results['retrieval']['documents']:,} documents: "
            f"recall@1 {results['retrieval']['recall@1']}, recall@5 {results['retrieval']['recall@5']}, "
            f"MRR@10 {results['retrieval']['mrr@10']}.",
            _directions(results["directions"]),
            _picture(pictures, "directions", "Recall@5 by direction"),
        ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _worst(results: Results) -> str:
    test = results["gold"]["test"]
    kinds = sorted((share, kind) for kind, share in test["right_by_kind"].items() if share is not None)
    weakest = ", ".join(f"{kind} {share:.0%}" for share, kind in kinds[:3])
    language = min(("id", "en"), key=lambda name: test[f"right_{name}"] or 0)
    name = {"id": "Indonesian", "en": "English"}[language]
    examples = "\n\n".join(f"```\n{example}\n```" for example in results["worst"])
    return (
        f"**What is worst.** Of the test questions that the texts answer, {1 - test['right']:.0%} are not answered "
        f"right; {name} ones do worst ({test[f'right_{language}']:.0%} right), and these kinds: {weakest}. "
        f"{1 - test['refused_near']:.0%} of the unanswerable ones that sound answerable are answered all the same. "
        f"On the tune split {results['wrong_on_tune']} questions went wrong; the surest of them:\n\n{examples}"
    )


def _answers(results: Results) -> str:
    columns = {
        "test": results["gold"]["test"],
        "test, without the reader": results["gold_without_reader"],
        "tune": results["gold"]["tune"],
    }
    rows = []
    for name in _SHARES:
        found = [column["headlines"][name] for column in columns.values()]
        rows.append((name, *(_share(f["share"], f["interval_95"], f"{f['count']}/{f['of']}") for f in found)))
    for name in _FIGURES:
        values = [column["figures"].get(name) for column in columns.values()]
        rows.append((name, *("–" if f is None else _share(f["value"], f["interval_95"]) for f in values)))
    return markdown_table(("", *columns), [(row[0].replace("_", " "), *row[1:]) for row in rows])


def _share(value: float | None, interval: Sequence[float] | None, count: str = "") -> str:
    if value is None or interval is None:
        return "–"
    return f"{value:.1%} ({', '.join(filter(None, (count, f'{interval[0]:.0%} – {interval[1]:.0%}')))})"


def _rankings(rankings: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    measures = list(next(iter(rankings.values())))
    rows = [
        (name, *(f"{row[m]['value']:,.0f}" if row[m]["value"] > 1 else f"{row[m]['value']:.3f}" for m in measures))
        for name, row in rankings.items()
    ]
    return markdown_table(("", *(measure.replace("_", " ") for measure in measures)), rows)


def _speed(speed: Mapping[str, Any]) -> str:
    encode = speed["encode"]
    return markdown_table(
        ("measured", "figure"),
        [
            ("encoding, tokens/s", f"{encode['tokens_per_s']:,}"),
            ("SentenceTransformer, float32, tokens/s", f"{encode['baseline_tokens_per_s']:,}"),
            ("ratio of the best", f"{encode['ratio']}"),
            ("tanya ask from cold, median, s", f"{speed['cold_start_s']}"),
            ("a warm question, p50 / p95, ms", f"{speed['ask_ms']['p50']} / {speed['ask_ms']['p95']}"),
            ("of it search / read, p50, ms", f"{speed['search_ms']['p50']} / {speed['read_ms']['p50']}"),
        ],
    )


def _reading(read: Mapping[str, Mapping[str, Any]]) -> str:
    measures = ("n", "exact_match", "f1", "has_answer_f1", "span_f1", "auroc")
    rows = [
        (
            name,
            *("–" if row[m] is None else f"{row[m]}" for m in measures),
            f"{row['best_threshold']['f1']}" if "best_threshold" in row else "–",
        )
        for name, row in read.items()
    ]
    return markdown_table(("reader", *(m.replace("_", " ") for m in measures), "f1 at the best threshold"), rows)


def _directions(directions: Mapping[str, Any]) -> str:
    rows = [
        (f"{way}, {library}", f"{f['n']}", f"{f['recall@1']:.3f}", f"{f['recall@5']:.3f}",
         " – ".join(f"{end:.3f}" for end in f["recall@5_interval_95"]))
        for library in ("one language", "mixed")
        for way, f in directions[library].items()
    ]  # fmt: skip
    return markdown_table(("question → passage", "n", "recall@1", "recall@5", "95 %"), rows)


def _picture(pictures: Mapping[str, Path], name: str, title: str) -> str:
    return f"![{title}]({pictures[name].name})" if name in pictures else ""


def _git(*arguments: str) -> str:
    command = ("git", *arguments)
    done = subprocess.run(command, cwd=FOLDER.parent, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "unknown"
