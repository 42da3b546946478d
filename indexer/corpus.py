"""The corpus folder: which files it holds and what sources.toml says of them."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from indexer.datatypes import Language, Source
from indexer.errors import CorpusError
from indexer.loaders import LOADERS

SOURCES_FILE = "sources.toml"
SKIPPED_NAMES = frozenset({"readme.md", "readme.txt", "license.txt", "license.md"})


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus and what is known about it."""

    path: Path
    source: Source


class _Entry(BaseModel):
    """One [[document]] of sources.toml."""

    model_config = ConfigDict(extra="forbid")

    file: str
    id: str | None = Field(default=None, pattern=r"^[^\s/\\][^/\\\n]{0,199}$")
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    language: Language | None = None
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    rights: str | None = None

    @field_validator("date", mode="before")
    @classmethod
    def _iso(cls, value: object) -> object:
        return value.isoformat() if isinstance(value, datetime.date) else value

    @field_validator("date")
    @classmethod
    def _plain(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", value):
            raise ValueError("write the date as 2024, 2024-01 or 2024-01-08")
        return value


class _Sources(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document: tuple[_Entry, ...] = ()


def read_corpus(folder: Path) -> tuple[CorpusFile, ...]:
    """Every supported file below a folder, in order of id.

    Raises CorpusError where the folder is missing, sources.toml is wrong or two files have one id.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder. Name the folder that holds the documents with --corpus.")
    entries: dict[str, _Entry] = {}
    for entry in _read_sources(folder):
        relative = _inside(folder, entry.file)
        if relative in entries:
            raise CorpusError(f"{folder / SOURCES_FILE}: describes {relative} twice.")
        entries[relative] = entry
        if not (folder / relative).is_file():
            raise CorpusError(f"{folder / SOURCES_FILE}: names {relative}, but there is no such file in {folder}.")
    files: dict[str, CorpusFile] = {}
    for path in _documents(folder):
        relative = path.relative_to(folder).as_posix()
        source = _source(relative, entries.get(relative))
        if source.id in files:
            raise CorpusError(
                f"{folder}: {files[source.id].source.file} and {relative} both have the id {source.id!r}. "
                f"Rename one, or give it another id in {SOURCES_FILE}."
            )
        files[source.id] = CorpusFile(path, source)
    return tuple(files[key] for key in sorted(files))


def _documents(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        is_document = path.suffix.lower() in LOADERS and path.name.lower() not in SKIPPED_NAMES
        if is_document and not hidden and (path.is_file() or path.is_symlink()):
            yield path


def _read_sources(folder: Path) -> tuple[_Entry, ...]:
    path = folder / SOURCES_FILE
    if not path.exists():
        return ()
    try:
        return _Sources.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).document
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: not valid TOML ({error}).") from error
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part) for part in first["loc"])
        raise CorpusError(f"{path}: {place}: {first['msg']}.") from error


def _inside(folder: Path, file: str) -> str:
    """A file's path relative to the corpus; one that leads out of it is refused."""
    resolved = (folder / file).resolve()
    try:
        return resolved.relative_to(folder.resolve()).as_posix()
    except ValueError as error:
        raise CorpusError(f"{folder / SOURCES_FILE}: {file!r} lies outside {folder}.") from error


def _source(relative: str, entry: _Entry | None) -> Source:
    identifier = Path(relative).stem
    if entry is None:
        return Source(id=identifier, title=identifier, file=relative)
    return Source(
        id=entry.id or identifier,
        title=entry.title or entry.id or identifier,
        file=relative,
        authors=entry.authors,
        publisher=entry.publisher,
        date=entry.date,
        language=entry.language,
        url=entry.url,
        rights=entry.rights,
    )
