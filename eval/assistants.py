"""An assistant for measuring, opened as the command line opens its own."""

from __future__ import annotations

from pathlib import Path

from chat_app.assistant import Assistant
from chat_app.reader import load_reader
from indexer.encoder import Encoder
from indexer.settings import Settings


def open_assistant(root: Path, settings: Settings, encoder: Encoder, *, reads: bool = True) -> Assistant:
    """An assistant over the index in `root`, without the trained reader where it is not to read.

    Raises the errors of indexer.
    """
    reader = load_reader(settings.cache_folder) if reads else None
    return Assistant(root, encoder, reader)
