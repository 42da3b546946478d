"""An assistant for measuring, opened as the command line opens its own."""

from __future__ import annotations

from pathlib import Path

from chat_app.assistant import Assistant
from chat_app.reader import load_reader
from indexer.encoder import Encoder
from indexer.settings import Settings


def open_assistant(root: Path, settings: Settings, encoder: Encoder) -> Assistant:
    """An assistant over the index in `root`. Raises the errors of indexer."""
    return Assistant(root, encoder, load_reader(settings.cache_folder))
