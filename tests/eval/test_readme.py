"""The README's outputs are replaced, and nothing else."""

from __future__ import annotations

import pytest

from eval.readme import README, ReadmeError, refresh, run_command

TEXT = """# Title

```console
$ tanya ask "Kapan?"
old

$ tanya sources
old
```

```
$ tanya chat
stays
```

<!-- python -m eval gold -->
old | table
<!-- end -->

Prose stays.
"""


def echo(command: str) -> str:
    """Say which command was run."""
    return f"new from {command}\n"


def test_each_output_is_replaced_and_the_rest_stays() -> None:
    """Blocks that are not marked, and prose, are left alone."""
    assert refresh(TEXT, echo) == (
        TEXT.replace('$ tanya ask "Kapan?"\nold', '$ tanya ask "Kapan?"\nnew from tanya ask "Kapan?"')
        .replace("$ tanya sources\nold", "$ tanya sources\nnew from tanya sources")
        .replace("old | table", "new from python -m eval gold")
    )


def test_refreshing_twice_changes_nothing() -> None:
    """The places are still found after they were filled."""
    once = refresh(TEXT, echo)
    assert refresh(once, echo) == once


def test_only_the_chosen_commands_are_run() -> None:
    """A long measurement need not be repeated to renew a short one."""
    run: list[str] = []
    refresh(TEXT, lambda command: run.append(command) or "", only="gold")  # type: ignore[func-returns-value]
    assert run == ["python -m eval gold"]


def test_a_command_whose_folder_is_not_named_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data lie elsewhere on every machine."""
    monkeypatch.delenv("DATA", raising=False)
    with pytest.raises(ReadmeError, match="set DATA"):
        run_command("python -m eval retrieval --data $DATA/idk_mrc/valid.json")


def test_the_readme_has_outputs_to_renew() -> None:
    """Speed, gold and retrieval stand beside their commands, and so does the use of `tanya`."""
    run: list[str] = []
    refresh(README.read_text(encoding="utf-8"), lambda command: run.append(command) or "")  # type: ignore[func-returns-value]
    shown = "\n".join(run)
    for command in ("tanya ask", "python -m eval speed", "python -m eval gold", "python -m eval retrieval"):
        assert command in shown
