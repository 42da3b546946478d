"""The manifest: the one small file that says which generation is the index and what each file of it holds.

It is JSON written in one exact way and ends in a SHA-256 of itself, so a manifest that was changed by as
much as a bit does not read back to the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    JsonValue,
    NonNegativeInt,
    StringConstraints,
    ValidationError,
)

from indexer.errors import IndexIncompatible, IndexMissing
from indexer.storage_files import damaged, translated

FORMAT_VERSION: Final = 2

# Lower case only, so that two names cannot be one file on a disk that ignores case. No separator and no
# leading dot can pass, so no name leads out of its folder.
_FILE_NAME = r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"
_LONGEST_NAME = 100
_GENERATION_NAME = r"^[0-9]{8}t[0-9]{6}z-[0-9a-f]{8}$"

_FileName = Annotated[str, StringConstraints(pattern=_FILE_NAME, max_length=_LONGEST_NAME)]
_GenerationName = Annotated[str, StringConstraints(pattern=_GENERATION_NAME)]


def is_file_name(name: str) -> bool:
    """Whether a file of the index may be called so."""
    return len(name) <= _LONGEST_NAME and re.fullmatch(_FILE_NAME, name) is not None


def is_generation_name(name: str) -> bool:
    """Whether a writer of ours could have made a folder of this name."""
    return re.fullmatch(_GENERATION_NAME, name) is not None


class StoredFile(BaseModel):
    """What a file of the index must be: its size in bytes and its SHA-256 in hexadecimal."""

    model_config = ConfigDict(strict=True, frozen=True)

    size: NonNegativeInt
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Header(BaseModel):
    """The part that every format version has."""

    model_config = ConfigDict(strict=True)

    format_version: int


class Manifest(BaseModel):
    """One generation, as its writer recorded it."""

    model_config = ConfigDict(strict=True, frozen=True, ser_json_inf_nan="constants")

    format_version: Literal[2] = FORMAT_VERSION
    generation: _GenerationName
    previous: _GenerationName | None
    """The generation before it, kept for readers that still use it."""
    created: AwareDatetime
    settings: dict[str, JsonValue]
    files: dict[_FileName, StoredFile]

    def to_bytes(self) -> bytes:
        """The manifest as it is written. Raises ValueError for settings with NaN or an infinity."""
        record = self.model_dump(mode="json")
        return _serialise(record | {"sha256": hashlib.sha256(_serialise(record)).hexdigest()})

    @classmethod
    def from_bytes(cls, content: bytes, path: Path) -> Manifest:
        """Read what `to_bytes` wrote; `path` is named in errors. Raises IndexDamaged, IndexIncompatible."""
        try:
            version = _Header.model_validate_json(content).format_version
            if version != FORMAT_VERSION:
                raise IndexIncompatible(
                    f"{path} has format version {version} and this program reads {FORMAT_VERSION}; "
                    "run `tanya index` to rebuild it"
                )
            manifest = cls.model_validate_json(content)
            # Written again it must give the same bytes, its own SHA-256, order and spaces included.
            intact = manifest.to_bytes() == content
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise damaged(path, " ".join([*map(str, first["loc"]), first["msg"]])) from error
        except ValueError as error:
            raise damaged(path, str(error)) from error
        if not intact:
            raise damaged(path, "its checksum does not hold")
        return manifest


def read_manifest(path: Path) -> Manifest:
    """Read the manifest at `path`.

    Raises IndexMissing where there is none, IndexDamaged, IndexIncompatible, and IndexStorageError where the
    disk refuses.
    """
    with translated("read", path):
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise IndexMissing(f"there is no index in {path.parent}; run `tanya index` to build it") from error
        except IsADirectoryError as error:
            raise damaged(path, "it is a folder") from error
    return Manifest.from_bytes(content, path)


def _serialise(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=1, sort_keys=True, allow_nan=False) + "\n").encode("ascii")
