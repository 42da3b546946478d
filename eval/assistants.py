"""An assistant for measuring, opened as the command line opens its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chat_app.assistant import Assistant
from chat_app.reader import load_reader
from eval.console import Step, silent
from indexer.build import update
from indexer.encoder import Encoder, load_encoder
from indexer.settings import Settings


def open_assistant(root: Path, settings: Settings, encoder: Encoder, *, reads: bool = True) -> Assistant:
    """An assistant over the index in `root`, without the trained reader where it is not to read.

    Raises the errors of indexer.
    """
    reader = load_reader(settings.cache_folder) if reads else None
    return Assistant(root, encoder, reader)


@contextmanager
def library(settings: Settings, corpus: Path, *, reads: bool = True, step: Step = silent) -> Iterator[Assistant]:
    """An assistant over a passing index of a folder. Raises the errors of indexer."""
    with tempfile.TemporaryDirectory() as name:
        encoder = load_encoder(settings)
        update(Path(name), corpus, encoder, progress=step)
        yield open_assistant(Path(name), settings, encoder, reads=reads)
