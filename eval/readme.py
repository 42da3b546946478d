"""`python -m eval readme`: run the commands that the README shows, and put what they print in its place.

Two kinds of place are filled. In a fenced block marked `console`, what stands below each line `$ command`; and the
Markdown between `<!-- command -->` and `<!-- end -->`, which is the tables of `python -m eval`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
Run = Callable[[str], str]
"""A command's output."""

_CONSOLE = re.compile(r"(?<=```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
_TABLE = re.compile(r"^<!-- ((?:python|tanya) .+?) -->\n.*?^<!-- end -->$", re.DOTALL | re.MULTILINE)


class ReadmeError(Exception):
    """A command of the README failed."""


def refresh(text: str, run: Run, *, only: str = "") -> str:
    """The README's text with fresh outputs, of the commands that contain `only`."""

    def table(match: re.Match[str]) -> str:
        command = match[1]
        return f"<!-- {command} -->\n{run(command).strip()}\n<!-- end -->" if only in command else match[0]

    def console(match: re.Match[str]) -> str:
        commands = re.findall(r"^\$ (.+)$", match[0], re.MULTILINE)
        if not any(only in command for command in commands):
            return match[0]
        return "\n\n".join(f"$ {command}\n{run(command).strip()}" for command in commands) + "\n"

    return _TABLE.sub(table, _CONSOLE.sub(console, text))


def run_command(command: str) -> str:
    """What a command prints, run with this Python and this `tanya`; `$NAME` is taken from the environment.

    Raises ReadmeError where it fails or a name is not set.
    """
    expanded = os.path.expandvars(command)
    if unset := re.search(r"\$\w+", expanded):
        raise ReadmeError(f"{command}: set {unset[0][1:]} in the environment")
    words = shlex.split(expanded)
    program = [sys.executable] if words[0] == "python" else [sys.executable, "-m", "chat_app.cli"]
    sys.stderr.write(f"{command}\n")
    done = subprocess.run(  # noqa: S603 - the README's own commands
        [*program, *words[1:]], stdout=subprocess.PIPE, text=True, check=False, cwd=README.parent, encoding="utf-8"
    )
    if done.returncode:
        raise ReadmeError(f"{command}: exit status {done.returncode}")
    return re.sub(r"[ \t]+$", "", done.stdout.replace(str(Path.home()), "~"), flags=re.MULTILINE)
