"""`python -m eval growth`: how building and asking grow with the library.

Libraries of drawn text: words as often as the corpus says them, in documents of a hundred passages. Vectors are drawn
too, since encoding grows with the text alone and `eval speed` times it; all else is what users run: reading,
splitting, both indexes, the files, search, and the reader. Each size is a process of its own, for its peak of memory.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from chat_app.assistant import Assistant
from chat_app.reader import load_reader
from eval.console import Step, silent
from eval.metrics.timings import median, percentile
from indexer.build import update
from indexer.corpus import read_corpus
from indexer.encoder.protocol import DocumentProgress, Float32
from indexer.loaders import load
from indexer.settings import Settings

SIZES = (1_000, 10_000, 100_000)
"""Passages of the libraries."""
QUESTIONS = 40
PARAGRAPHS, SENTENCES, WORDS = 100, 4, 18
"""A document's paragraphs, a paragraph's sentences, a sentence's words: each paragraph becomes a passage."""
SEED = 23


class GrowthError(Exception):
    """A size could not be measured."""


class DrawnEncoder:
    """Unit vectors that mean nothing: the same for the same texts in the same order."""

    fingerprint = "drawn"
    dimension = 384

    def encode_query(self, texts: Sequence[str]) -> Float32:
        """[len(texts), dimension]."""
        return self._draw(texts)

    def encode_document(self, texts: Sequence[str], *, progress: DocumentProgress | None = None) -> Float32:
        """[len(texts), dimension]."""
        return self._draw(texts)

    def _draw(self, texts: Sequence[str]) -> Float32:
        chance = np.random.default_rng(zlib.crc32("".join(texts[:8]).encode()))
        drawn = chance.standard_normal((len(texts), self.dimension), dtype=np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def measure_growth(sizes: Sequence[int] = SIZES, *, step: Step = silent) -> list[dict[str, Any]]:
    """For each size what `measure_size` gives. Raises GrowthError where one fails."""
    found = []
    for done, size in enumerate(sizes):
        step("grow", done, len(sizes))
        command = [sys.executable, "-m", "eval.growth", str(size)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        if run.returncode:
            last = (run.stderr.strip().splitlines() or [f"exit status {run.returncode}"])[-1]
            raise GrowthError(f"a library of {size:,} passages: {last}")
        found.append(json.loads(run.stdout))
    step("grow", len(sizes), len(sizes))
    return found


def measure_size(settings: Settings, size: int) -> dict[str, Any]:
    """Build a library of about `size` passages, open it and ask: seconds, milliseconds and MiB."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        corpus, root, encoder = Path(name, "corpus"), Path(name, "index"), DrawnEncoder()
        corpus.mkdir()
        words = _words(settings.corpus)
        for number, text in enumerate(_documents(words, size, chance)):
            (corpus / f"d{number:05d}.txt").write_text(text, encoding="utf-8")
        report = update(root, corpus, encoder)
        started = time.perf_counter()
        update(root, corpus, encoder)
        unchanged = time.perf_counter() - started
        started = time.perf_counter()
        assistant = Assistant(root, encoder, load_reader(settings.cache_folder))
        opened = time.perf_counter() - started
        asked = [f"Apa {' '.join(_drawn(words, 8, chance))}?" for _ in range(QUESTIONS + 2)]
        answers = [assistant.answer(question) for question in asked][2:]
        files = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    search = [answer.elapsed_ms.search for answer in answers]
    return {
        "passages": report.passages,
        "build_passages_per_s": round(report.passages / report.seconds),
        "unchanged_s": round(unchanged, 2),
        "open_s": round(opened, 2),
        "search_ms": {"p50": round(median(search), 1), "p95": round(percentile(search, 0.95), 1)},
        "ask_ms": {"p50": round(median([answer.elapsed_ms.total for answer in answers]), 1)},
        "peak_memory_mib": _peak_memory() >> 20,
        "files_mib": round(files / (1 << 20)),
    }


def _peak_memory(status: Path = Path("/proc/self/status")) -> int:
    """Bytes of memory that this process held at most."""
    if status.exists():
        # What Linux tells by `getrusage` begins with the memory of the process that started this one.
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) << 10
    import resource  # which Windows lacks

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1 << 10)


def _words(corpus: Path) -> tuple[list[str], list[int]]:
    """The corpus's words and how often it says each."""
    counts: Counter[str] = Counter()
    for file in read_corpus(corpus):
        for page in load(file.path, file.source).pages:
            counts.update(word.strip(".,;:()\"'“”") for word in page.text.split())
    known = [(word, count) for word, count in counts.items() if word.isalpha()]
    return [word for word, _ in known], [count for _, count in known]


def _drawn(words: tuple[list[str], list[int]], count: int, chance: random.Random) -> list[str]:
    # One word in twenty is a new one, as names are in a growing library.
    found = chance.choices(*words, k=count)
    return [f"{word}{chance.randrange(10**6):06x}" if chance.random() < 0.05 else word for word in found]


def _documents(words: tuple[list[str], list[int]], size: int, chance: random.Random) -> Iterator[str]:
    for first in range(0, size, PARAGRAPHS):
        yield "\n\n".join(
            " ".join(f"{' '.join(_drawn(words, WORDS, chance)).capitalize()}." for _ in range(SENTENCES))
            for _ in range(min(PARAGRAPHS, size - first))
        )


if __name__ == "__main__":
    print(json.dumps(measure_size(Settings(), int(sys.argv[1]))))
