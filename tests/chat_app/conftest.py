"""What the tests of the application share: the assistant over the real corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat_app.assistant import Assistant
from chat_app.reader import load_reader
from indexer.encoder import Encoder
from indexer.settings import Settings


@pytest.fixture(scope="session")
def assistant(real_index: Path, real_encoder: Encoder) -> Assistant:
    """The assistant as `tanya ask` makes it, over corpus/."""
    return Assistant(real_index, real_encoder, load_reader(Settings().cache_folder))
