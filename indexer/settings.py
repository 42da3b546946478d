"""Where things are and which encoder is used: `TANYA_…` in the environment, or the defaults here."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import platformdirs
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_MODEL = "multilingual-e5-small-int8"
"""The bundled encoder; any other name is taken as a SentenceTransformer model."""


class Settings(BaseSettings):
    """Settings of one run. Each may come from the environment, as in `TANYA_INDEX=/srv/index`."""

    model_config = SettingsConfigDict(env_prefix="TANYA_", extra="ignore")

    home: Path | None = None
    """One folder for everything the program keeps; by default the system's own places for data and caches."""
    corpus: Path = Path(__file__).resolve().parent.parent / "corpus"
    index: Path | None = None
    model: str = DEFAULT_MODEL
    device: str | None = None
    """For a SentenceTransformer model: `cpu`, `cuda`, …; by default what it chooses."""
    host: str = "127.0.0.1"
    port: int = 7860

    @cached_property
    def index_folder(self) -> Path:
        """The folder of the index: `index`, or the default one under `home`."""
        return self.index or self.data_folder / "index"

    @cached_property
    def data_folder(self) -> Path:
        """Where the index and the feedback are kept."""
        return self.home / "data" if self.home else platformdirs.user_data_path("tanya-selatan")

    @cached_property
    def cache_folder(self) -> Path:
        """Where things that can be made again are kept: the encoder's unpacked files."""
        return self.home / "cache" if self.home else platformdirs.user_cache_path("tanya-selatan")
