"""`python -m eval speed`: how fast this machine encodes, starts and answers.

Machines are noisy and other work slows them, so the two sides of a comparison take turns, and the best run of
each is compared: the run that was disturbed least.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from chat_app.assistant import Assistant
from eval.assistants import open_assistant
from eval.console import Step, silent
from eval.gold import load_questions
from eval.metrics.timings import median, percentile
from indexer.build import searchable, update
from indexer.corpus import read_corpus
from indexer.encoder import Encoder, cpu, load_encoder
from indexer.encoder.checkpoint import unpack_checkpoint
from indexer.loaders import load
from indexer.settings import Settings
from indexer.splitter import split

ENCODE_ROUNDS = 4
COLD_STARTS = 7
WARM_UP_QUESTIONS = 20
COLD_QUESTION = "Kapan UNOSSC dibentuk?"


class SpeedError(Exception):
    """Something that was to be timed did not run."""


def measure_speed(settings: Settings, index: Path | None = None, *, step: Step = silent) -> dict[str, Any]:
    """The figures of `--json`. `index` is an index to ask; by default a fresh one over the corpus.

    Raises the errors of indexer and chat_app, and SpeedError where `tanya ask` fails.
    """
    encoder = load_encoder(settings)
    machine = _machine()  # first, since the load is to be the others' and not ours
    with _indexed(settings, index, encoder, step) as root:
        cold = _cold_starts(root, step)
        warm = _warm_questions(open_assistant(root, settings, encoder), step)
    return {"machine": machine, "encode": _encoding(settings, encoder, step), **cold, **warm}


@contextmanager
def _indexed(settings: Settings, index: Path | None, encoder: Encoder, step: Step) -> Iterator[Path]:
    if index is not None:
        yield index
        return
    with tempfile.TemporaryDirectory() as name:
        update(Path(name), settings.corpus, encoder, progress=step)
        yield Path(name)


def _encoding(settings: Settings, encoder: Encoder, step: Step) -> dict[str, Any]:
    """Both sides on the corpus's passages, as the indexer encodes them."""
    import torch

    from indexer.encoder.sentence_transformer import SentenceTransformerEncoder

    torch.set_num_threads(cpu.usable_cores())
    checkpoint = unpack_checkpoint(settings.cache_folder / "checkpoint")
    baseline = SentenceTransformerEncoder(str(checkpoint), device="cpu")  # float32, batches of 32
    texts = _passages(settings.corpus)
    tokens = _count_tokens(checkpoint, texts)
    vectors = encoder.encode_document(texts), baseline.encode_document(texts)  # this warms both up
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(ENCODE_ROUNDS):
        step("encode, taking turns", number, ENCODE_ROUNDS)
        for side, times in zip((encoder, baseline), seconds, strict=True):
            times.append(_timed(partial(side.encode_document, texts)))
    step("encode, taking turns", ENCODE_ROUNDS, ENCODE_ROUNDS)
    ours, theirs = (tokens / min(times) for times in seconds)
    return {
        "tokens_per_s": round(ours),
        "baseline_tokens_per_s": round(theirs),
        "ratio": round(ours / theirs, 2),
        "ratio_of_medians": round(median(seconds[1]) / median(seconds[0]), 2),
        "mean_cosine": round(float(np.sum(vectors[0] * vectors[1], axis=1).mean()), 4),
        "passages": len(texts),
        "tokens": tokens,
        "rounds": ENCODE_ROUNDS,
    }


def _passages(corpus: Path) -> list[str]:
    """What is encoded of each passage of the corpus."""
    documents = [load(file.path, file.source) for file in read_corpus(corpus)]
    return [searchable(passage, document.source) for document in documents for passage in split(document)]


def _count_tokens(checkpoint: Path, texts: Sequence[str]) -> int:
    """Tokens that reach the model: prefix and special ones among them, cut at its limit, no padding."""
    from tokenizers import Tokenizer

    from indexer.encoder.text import DOCUMENT_PREFIX
    from indexer.encoder.tokenizer import MAX_TOKENS

    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    return sum(len(encoding.ids) for encoding in tokenizer.encode_batch([DOCUMENT_PREFIX + t for t in texts]))


def _cold_starts(index: Path, step: Step) -> dict[str, Any]:
    """`tanya ask` as a process of its own, from its start to its end."""
    command = [sys.executable, "-m", "chat_app.cli", "ask", COLD_QUESTION, "--index", str(index)]

    def run() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
            raise SpeedError(f"tanya ask failed: {last}")

    seconds = []
    for number in range(COLD_STARTS):
        step("start cold", number, COLD_STARTS)
        seconds.append(_timed(run))
    step("start cold", COLD_STARTS, COLD_STARTS)
    return {
        "cold_start_s": round(median(seconds), 2),
        "cold_start_best_s": round(min(seconds), 2),
        "cold_starts": COLD_STARTS,
    }


def _warm_questions(assistant: Assistant, step: Step) -> dict[str, Any]:
    """Every gold question without a history, in one process; only the time is looked at."""
    questions = [gold.question for gold in load_questions(assistant.pages) if not gold.before]
    for question in questions[:WARM_UP_QUESTIONS]:
        assistant.answer(question)
    total, search, read = [], [], []
    for number, question in enumerate(questions, start=1):
        started = time.perf_counter()
        answer = assistant.answer(question)
        total.append(1000 * (time.perf_counter() - started))
        search.append(answer.elapsed_ms.search)
        read.append(answer.elapsed_ms.read)
        step("ask", number, len(questions))
    return {
        "ask_ms": {"p50": round(median(total), 1), "p95": round(percentile(total, 0.95), 1)},
        "search_ms": {"p50": round(median(search), 1)},
        "read_ms": {"p50": round(median(read), 1)},
        "questions": len(questions),
    }


def _machine() -> dict[str, Any]:
    load = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    return {
        "cores": cpu.usable_cores(),
        "cpu": _cpu_model(),
        "vnni": cpu.sums_8bit_exactly(),
        "load_average": load,
        "python": platform.python_version(),
    }


def _cpu_model(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's name as Linux gives it, else as Python does."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started
