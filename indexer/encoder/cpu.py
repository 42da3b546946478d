"""What the processor can do."""

from __future__ import annotations

import os
import platform
from pathlib import Path

_WIDE_FLAGS = {"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"}
"""As Linux spells them: three for x86, and Arm's dot product."""


def usable_cores() -> int:
    """Return how many cores this process may use, which in a container is fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def sums_8bit_exactly(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Say whether products of 8-bit numbers are summed without saturation on this processor.

    Without VNNI or its like, x86 adds pairs of products in 16 bits, where 2 × 255 × 127 does not fit;
    weights of 7 bits (2 × 255 × 64) do. Where nothing can be found out, the answer is no: 7 bits are
    right everywhere.
    """
    if platform.system() == "Darwin":
        return platform.machine() == "arm64"  # every Apple processor of that name has the dot product
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    for line in lines:
        name, _, flags = line.partition(":")
        if name.strip() in {"flags", "Features"}:
            return not _WIDE_FLAGS.isdisjoint(flags.split())
    return False
