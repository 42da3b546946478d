"""`python -m eval`: the figures of the README. Exit status 0 on success, 2 on wrong use, 1 on failure."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chat_app.errors import ChatError
from eval import tables
from eval.console import print_table, steps
from indexer.errors import IndexerError
from indexer.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.command == "directions" and chosen.questions < 1:
        parser.error("--questions must be at least 1")
    if chosen.command == "growth" and min(chosen.sizes) < 1:
        parser.error("--sizes must be at least 1")
    if chosen.command == "retrieval" and chosen.k < 1:
        parser.error("--k must be at least 1")
    for path in _files(chosen):
        if not path.exists():
            parser.error(f"{path}: no such file or folder")
    # Imported here, so that --help and wrong use are told at once.
    from eval.growth import GrowthError
    from eval.readme import ReadmeError
    from eval.speed import SpeedError

    run = {
        "speed": _speed,
        "growth": _growth,
        "gold": _gold,
        "errors": _errors,
        "retrieval": _retrieval,
        "directions": _directions,
        "read": _read,
        "claims": _claims,
        "verify": _verify,
        "report": _report,
        "readme": _readme,
    }[chosen.command]
    try:
        run(chosen)
    except (ChatError, GrowthError, IndexerError, ReadmeError, SpeedError, OSError, ValueError) as error:
        sys.stderr.write(f"{' '.join(str(error).split()) or type(error).__name__}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure what the README states.")
    commands = parser.add_subparsers(dest="command", required=True)
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print one JSON object instead of a table")

    speed = commands.add_parser(
        "speed",
        parents=[as_json],
        help="encoding against SentenceTransformer, a cold start, a warm question",
        description="Time the encoding of the corpus's passages against SentenceTransformer in float32 with "
        "the same weights, taking turns; `tanya ask` from cold; every gold question in a warm process.",
    )
    speed.add_argument("--index", type=Path, help="ask this index (default: a fresh one over the corpus)")

    growth = commands.add_parser(
        "growth",
        parents=[as_json],
        help="building and asking in ever larger libraries",
        description="Build libraries of drawn text with so many passages and ask them. Vectors are drawn as well: "
        "`speed` times encoding, and all else is what users run.",
    )
    growth.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N", help="default: %(default)s"
    )

    gold = commands.add_parser(
        "gold",
        parents=[as_json],
        help="the project's own questions on the two texts, or on documents that nothing was tuned on",
        description="Ask the questions in eval/questions of a fresh index over the corpus, or those of the split "
        "unseen of 32 invented documents. An answer is right when the fact stands in it and a citation holds the "
        "place. Intervals are Wilson's.",
    )
    gold.add_argument("--split", choices=["tune", "test", "unseen"], default="tune", help="default: %(default)s")

    commands.add_parser(
        "errors",
        help="what went wrong on the tune questions, and where",
        description="Every question of the tune split that was wrongly answered or wrongly refused: what was "
        "wanted, retrieved (* holds the evidence), read and shown. The test split is counted and never looked at.",
    )

    retrieval = commands.add_parser(
        "retrieval",
        parents=[as_json],
        help="the right passage among those of a public reading set",
        description="Make each passage of reading sets in SQuAD's shape a document, index them, and search "
        "with each answerable question of the set that is asked.",
    )
    retrieval.add_argument("--data", type=Path, required=True, metavar="FILE", help="the set that is asked")
    retrieval.add_argument(
        "--passages", type=Path, nargs="+", default=[], metavar="FILE", help="sets whose passages lie beside"
    )
    retrieval.add_argument(
        "--wording", type=Path, metavar="FILE", help="take the questions' words, by id, from this set"
    )
    retrieval.add_argument("--k", type=int, default=10, help="passages asked for (default: %(default)s)")

    directions = commands.add_parser(
        "directions",
        parents=[as_json],
        help="recall within and across the languages, on a parallel reading set",
        description="Search with the same questions in two languages for the same passages in two languages: in "
        "a library of one language, and in one where each passage is there in one of the two.",
    )
    directions.add_argument("--indonesian", type=Path, required=True, metavar="FILE", help="the set in Indonesian")
    directions.add_argument("--english", type=Path, required=True, metavar="FILE", help="the same ids in English")
    directions.add_argument("--questions", type=int, default=1_000, help="how many are drawn (default: %(default)s)")

    read = commands.add_parser(
        "read",
        parents=[as_json],
        help="the trained reader on a public reading set",
        description="Read each question's own passage in a set of SQuAD's shape. Exact match and F1 are "
        "SQuAD 2.0's, in per cent: with the reader's own decision whether the passage answers, and at the "
        "threshold that suits the set best.",
    )
    read.add_argument("--data", type=Path, required=True, metavar="FILE", help="the set that is asked")
    read.add_argument("--predictions", type=Path, metavar="OUT", help="write each answer as a line of JSON")
    read.add_argument("--titles", nargs="+", default=[], metavar="TITLE", help="only the passages of these articles")
    read.add_argument("--wording", type=Path, metavar="FILE", help="take the questions' words, by id, from this set")

    claims = commands.add_parser(
        "claims",
        parents=[as_json],
        help="the project's own claims and traps, checked",
        description="Check the claims in eval/questions against a fresh index over the corpus, and each trap and its "
        "harmless rewording against its own sentence. Intervals are Wilson's.",
    )
    claims.add_argument("--split", choices=["tune", "test"], default="tune", help="default: %(default)s")

    verify = commands.add_parser(
        "verify",
        parents=[as_json],
        help="the trained verifier on a set of claims, each with its own text",
        description="Hold each claim of a set in IndoNLI's shape against its text.",
    )
    verify.add_argument("--data", type=Path, required=True, metavar="FILE", help="the set, as JSON Lines")
    verify.add_argument("--predictions", type=Path, metavar="OUT", help="write each label as a line of JSON")

    report = commands.add_parser(
        "report",
        help="everything, as eval/results/report.md with pictures",
        description="Measure everything and write results.json, report.md and pictures. Without --data the public "
        "sets are left out.",
    )
    report.add_argument("--data", type=Path, metavar="FOLDER", help="the folder that holds idk_mrc, squad_v2_en, …")
    report.add_argument("--out", type=Path, metavar="FOLDER", help="where to (default: eval/results)")

    readme = commands.add_parser(
        "readme",
        help="renew the outputs in the README",
        description="Run the commands that README.md shows and put what they print in its place. The reading sets "
        "are looked for in the folder that the environment's DATA names.",
    )
    readme.add_argument("--only", default="", metavar="TEXT", help="only commands that contain this")
    return parser


def _files(chosen: argparse.Namespace) -> list[Path]:
    named = vars(chosen)
    single = ("index", "data", "wording", "indonesian", "english")
    return [path for path in (*map(named.get, single), *named.get("passages", [])) if path is not None]


def _speed(chosen: argparse.Namespace) -> None:
    from eval.speed import measure_speed

    with steps() as step:
        report = measure_speed(Settings(), chosen.index, step=step)
    _show(chosen, report, (tables.machine(report), tables.speed(report)))


def _growth(chosen: argparse.Namespace) -> None:
    from eval.growth import measure_growth

    with steps() as step:
        found = measure_growth(chosen.sizes, step=step)
    _show(chosen, {"growth": found}, ("drawn libraries", tables.growth(found)))


def _gold(chosen: argparse.Namespace) -> None:
    from eval.gold_report import to_json
    from eval.gold_run import run_gold

    with steps() as step:
        report = to_json(run_gold(Settings(), chosen.split, step=step))
    _show(
        chosen,
        report,
        (f"gold questions, split {chosen.split}", tables.answers({"share (count, 95 %)": report})),
        (f"right by kind: {tables.kinds(report)}", None),
        ("the evidence found, before and after reading", tables.rankings(report["rankings"])),
    )


def _errors(chosen: argparse.Namespace) -> None:
    from eval.gold_report import error_lines, errors
    from eval.gold_run import run_gold

    with steps() as step:
        run = run_gold(Settings(), "tune", step=step)
    found = errors(run)
    print(f"{len(found)} of {len(run.results)} questions of the tune split went wrong.")
    for result in found:
        print("\n" + "\n".join(error_lines(result)))


def _retrieval(chosen: argparse.Namespace) -> None:
    from eval.retrieval import measure_retrieval

    with steps() as step:
        report = measure_retrieval(
            Settings(), chosen.data, others=chosen.passages, wording=chosen.wording, k=chosen.k, step=step
        ).to_json()
    _show(chosen, report, (_name(chosen.data), tables.retrieval(report)))


def _directions(chosen: argparse.Namespace) -> None:
    from eval.directions import measure_directions

    with steps() as step:
        report = measure_directions(
            Settings(), chosen.indonesian, chosen.english, questions=chosen.questions, step=step
        ).to_json()
    _show(chosen, report, (f"{report['passages']:,} passages", tables.directions(report)))


def _read(chosen: argparse.Namespace) -> None:
    from eval.read import measure_reading, write_predictions

    with steps() as step:
        found = measure_reading(Settings(), chosen.data, wording=chosen.wording, titles=chosen.titles, step=step)
    if chosen.predictions:
        write_predictions(chosen.predictions, found.predictions)
    report = found.to_json()
    _show(chosen, report, ("per cent", tables.reading({_name(chosen.data): report})))


def _claims(chosen: argparse.Namespace) -> None:
    from eval.claims import run_claims

    with steps() as step:
        report = run_claims(Settings(), chosen.split, step=step).to_json()
    _show(
        chosen,
        report,
        (f"claims, split {chosen.split}", tables.claims({"share (count, 95 %)": report})),
        ("traps by kind", tables.traps(report)),
    )


def _verify(chosen: argparse.Namespace) -> None:
    from eval.verify import measure_verifying, write_labels

    with steps() as step:
        found = measure_verifying(Settings(), chosen.data, step=step)
    if chosen.predictions:
        write_labels(chosen.predictions, found.found)
    report = found.to_json()
    _show(chosen, report, (_name(chosen.data), tables.verifying(report)))


def _report(chosen: argparse.Namespace) -> None:
    from eval.report import FOLDER, collect, write_report

    with steps() as step:
        results = collect(Settings(), chosen.data, step=step)
    print(write_report(results, chosen.out or FOLDER))


def _readme(chosen: argparse.Namespace) -> None:
    from eval.readme import README, refresh, run_command

    text = README.read_text(encoding="utf-8")
    README.write_text(refresh(text, run_command, only=chosen.only), encoding="utf-8")


def _name(path: Path) -> str:
    return "/".join(path.parts[-2:])


def _show(chosen: argparse.Namespace, report: dict[str, Any], *parts: tuple[str, tables.Table | None]) -> None:
    """A report as JSON where that was asked for, else as lines with a table below each that has one."""
    if chosen.json:
        print(json.dumps(report, ensure_ascii=False))
        return
    for number, (title, table) in enumerate(parts):
        if number:
            print()
        if table is None:
            print(title)
        else:
            print_table(title, table.columns, table.rows)


if __name__ == "__main__":
    sys.exit(main())
