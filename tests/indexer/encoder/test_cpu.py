from __future__ import annotations

import platform
from pathlib import Path

import pytest

from indexer.encoder.cpu import sums_8bit_exactly, usable_cores


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("flags\t\t: fpu avx2 avx512f avx512_vnni", True),
        ("flags\t\t: fpu avx2 avx_vnni", True),
        ("flags\t\t: amx_tile amx_int8", True),
        ("flags\t\t: fpu avx avx2 avx512f", False),
        ("Features\t: fp asimd asimddp", True),
        ("Features\t: fp asimd", False),
        ("vendor_id\t: avx512_vnni", False),
        ("", False),
    ],
)
def test_reads_the_flags_of_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, expected: bool
) -> None:
    """VNNI in any of its forms, or Arm's dot product, in the line that lists what the processor can do."""
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    path = tmp_path / "cpuinfo"
    path.write_text(f"processor\t: 0\n{line}\n", encoding="utf-8")
    assert sums_8bit_exactly(path) is expected


def test_what_cannot_be_found_out_is_taken_as_lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """7 bits are right on every processor."""
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    assert sums_8bit_exactly(tmp_path / "nothing") is False


def test_there_is_a_core() -> None:
    """At least one, whatever the system says."""
    assert usable_cores() >= 1
