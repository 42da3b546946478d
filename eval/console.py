"""What the evaluation shows: steps with the time left on stderr, and the result as a table on stdout."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

Step = Callable[[str, int, int], None]
"""Called with a step's name, what is done of it and what there is in all, as `indexer.build.Progress` is."""

SECONDS_BETWEEN_LINES = 10
"""How often a step is told where nobody watches bars move: into a file, in CI."""


def silent(step: str, done: int, total: int) -> None:
    """A Step that shows nothing."""


@contextmanager
def steps() -> Iterator[Step]:
    """A Step that draws bars on a terminal and else writes a line now and then."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, tuple[TaskID, int]] = {}

        def show(step: str, done: int, total: int) -> None:
            task, before = tasks.get(step, (None, 0))
            if task is None:
                task = bars.add_task(step, total=total)
            elif done < before:  # the step begins anew
                bars.reset(task)
            bars.update(task, completed=done, total=total)
            tasks[step] = task, done

        yield show


def _lines() -> Step:
    started: dict[str, float] = {}
    told: dict[str, float] = {}
    reached: dict[str, int] = {}

    def show(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done <= reached.get(step, done):  # the step begins, or begins anew
            started[step] = told[step] = now
        reached[step] = done
        start = started[step]
        if now - told[step] < SECONDS_BETWEEN_LINES or not 0 < done < total:
            return
        told[step] = now
        left = (now - start) / done * (total - done)
        sys.stderr.write(f"{step}: {done:,} of {total:,}, about {left:.0f} s left\n")

    return show


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on stdout: drawn on a terminal, else Markdown. The first column is text, the others are figures."""
    console = Console()
    if not console.is_terminal:
        sys.stdout.write(f"**{title}**\n\n{markdown_table(columns, rows)}\n")
        return
    table = Table()
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(title, markup=False, highlight=False)
    console.print(table)


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown. The first column is text, the others are figures."""
    alignment = [":--" if number == 0 else "--:" for number in range(len(columns))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, alignment, *rows))
