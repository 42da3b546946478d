"""`python -m eval report`: everything that is measured, as results.json, report.md and pictures.

The two steps are apart: `collect` measures and saves, `write_report` only reads what was saved.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval import tables
from eval.claims import run_claims
from eval.console import Step, markdown_table, silent
from eval.directions import measure_directions
from eval.gold_report import error_lines, errors, to_json
from eval.gold_run import run_gold
from eval.growth import measure_growth
from eval.pictures import draw
from eval.read import measure_reading
from eval.retrieval import measure_retrieval
from eval.speed import measure_speed
from eval.training.held_out import HELD_OUT
from eval.verify import measure_verifying
from indexer.settings import Settings

FOLDER = Path(__file__).parent / "results"
WORST = 3
"""Questions of the tune split that the report begins with: those answered wrongly with most confidence."""

Results = dict[str, Any]


def collect(settings: Settings, data: Path | None, *, step: Step = silent) -> Results:
    """Measure all there is; the public sets only where `data` holds them.

    Raises the errors of indexer and chat_app, ValueError for sets of another shape, OSError where one is missing.
    """
    runs = {split: run_gold(settings, split, step=step) for split in ("test", "tune")}
    unread = run_gold(settings, "test", reads=False, step=step)
    wrong = sorted(errors(runs["tune"]), key=lambda r: -r.answer.confidence if not r.refused else 0)
    results: Results = {
        "commit": _git("rev-parse", "--short", "HEAD") or "unknown",
        "changed": _git("status", "--porcelain", "--untracked-files=no") != "",
        "date": datetime.now(UTC).date().isoformat(),
        "speed": measure_speed(settings, step=step),
        "growth": measure_growth(step=step),
        "gold": {split: to_json(run) for split, run in runs.items()},
        "gold_without_reader": to_json(unread),
        "claims": {split: run_claims(settings, split, step=step).to_json() for split in ("test", "tune")},
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
        "verify": measure_verifying(settings, data / "indonli" / "val.jsonl", step=step).to_json(),
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
    changed = ", with changes" if results["changed"] else ""
    parts = [
        "# What was measured",
        _worst(results),
        f"Commit {results['commit']}{changed}, {results['date']}; {tables.machine(results['speed'])}, "
        f"Python {results['speed']['machine']['python']}. Made by `make eval`; "
        "results.json beside this file holds every figure. Intervals are 95 %: Wilson's for shares, else bootstrap.",
        "## Answers",
        _table(
            tables.answers(
                {
                    "test": results["gold"]["test"],
                    "test, without the reader": results["gold_without_reader"],
                    "tune": results["gold"]["tune"],
                }
            )
        ),
        _picture(pictures, "risk_coverage", "Risk and coverage"),
        _picture(pictures, "calibration", "Calibration"),
        "## Claims",
        "Claims about the two texts, a third of each verdict; and traps, each against the sentence that refutes it. "
        "*harmless*: rewordings of the same sentences, which nothing refutes. *found*: of the claims of that verdict.",
        _table(tables.claims(results["claims"])),
        _table(tables.traps(results["claims"]["test"])),
        "## Finding the evidence",
        "Over the answerable questions of the test split, before any reading but for *ours, read*, where passages are "
        "ordered by what was read in them. *fact in 4*: an accepted answer stands in the first four passages; "
        "*characters of 4*: what one would have to read for it.",
        _table(tables.rankings(results["gold"]["test"]["rankings"])),
        "## Speed",
        _table(tables.speed(results["speed"])),
        _picture(pictures, "latency", "Where the time of a question goes"),
        "Libraries of drawn text and drawn vectors (`python -m eval growth`): encoding, which the table above times, "
        "is left out.",
        _table(tables.growth(results["growth"])),
        _picture(pictures, "growth", "Search in growing libraries"),
    ]
    if "read" in results:
        parts += [
            "## Public sets",
            _table(tables.reading(results["read"])),
            f"Finding IDK-MRC's passages with its valid questions, {results['retrieval']['documents']:,} documents: "
            f"recall@1 {results['retrieval']['recall@1']}, recall@5 {results['retrieval']['recall@5']}, "
            f"MRR@10 {results['retrieval']['mrr@10']}.",
            f"The verifier on IndoNLI's validation split, {results['verify']['n']:,} pairs: accuracy "
            f"{results['verify']['accuracy']} %.",
            _table(tables.directions(results["directions"])),
            _picture(pictures, "directions", "Recall@5 by direction"),
        ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _worst(results: Results) -> str:
    test, claims = results["gold"]["test"], results["claims"]["test"]
    kinds = sorted((share, kind) for kind, share in test["right_by_kind"].items() if share is not None)
    weakest = ", ".join(f"{kind} {share:.0%}" for share, kind in kinds[:3])
    language = min(("id", "en"), key=lambda name: test[f"right_{name}"] or 0)
    name = {"id": "Indonesian", "en": "English"}[language]
    examples = "\n\n".join(f"```\n{example}\n```" for example in results["worst"])
    return (
        f"**What is worst.** Of the test questions that the texts answer, {1 - test['right']:.0%} are not answered "
        f"right; {name} ones do worst ({test[f'right_{language}']:.0%} right), and these kinds: {weakest}. "
        f"{1 - test['refused_near']:.0%} of the unanswerable ones that sound answerable are answered all the same. "
        f"Of the claims that the texts refute {1 - claims['found_contradicted']['share']:.0%} are not found out, of "
        f"the traps {1 - claims['caught']['share']:.0%}. "
        f"On the tune split {results['wrong_on_tune']} questions went wrong; the surest of them:\n\n{examples}"
    )


def _table(table: tables.Table) -> str:
    return markdown_table(table.columns, table.rows)


def _picture(pictures: Mapping[str, Path], name: str, title: str) -> str:
    return f"![{title}]({pictures[name].name})" if name in pictures else ""


def _git(*arguments: str) -> str:
    command = ("git", *arguments)
    done = subprocess.run(command, cwd=FOLDER.parent, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip()
