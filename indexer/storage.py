"""The index on disk: whole generations of files, switched in one step.

    root/
    ├── lock                  held by the one writer
    ├── manifest.json         which generation is the index; readers trust it and nothing else
    └── generations/<name>/   the files of one generation, never changed once the manifest names it

A writer fills a new folder, brings it to the disk and only then replaces the manifest, so a crash at any
moment leaves the old index or the new one. The generation before the current one is kept, so a reader
outlives one switch. What the files mean is no concern of this module.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import JsonValue

from indexer.errors import IndexDamaged, IndexIncompatible, IndexMissing, IndexStorageError
from indexer.manifest import (
    FORMAT_VERSION,
    Manifest,
    StoredFile,
    is_file_name,
    is_generation_name,
    read_manifest,
)
from indexer.storage_files import (
    DISK_TROUBLE,
    WriterLock,
    replace_durably,
    sha256_of,
    storage_error,
    sync_file,
    sync_folder,
    translated,
)
from indexer.storage_reader import Generation, generations_folder, manifest_path, open_generation

__all__ = ["FORMAT_VERSION", "Generation", "GenerationWriter", "JsonValue", "open_generation"]


class GenerationWriter:
    """A context in which a new generation is written; leaving it without `commit` leaves no trace.

    Entering raises IndexBusy where another writer is at work, and IndexStorageError where the disk refuses.
    A system error about the disk or the new files that is raised inside the context leaves it as
    IndexStorageError. An index that is damaged or of another format does not stop a writer: it is replaced.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._name = f"{datetime.now(UTC):%Y%m%dt%H%M%Sz}-{secrets.token_hex(4)}"
        self._folder = generations_folder(root) / self._name
        self._manifest_aside = root / "manifest.json.new"
        self._lock = WriterLock(root / "lock")
        self._names: set[str] = set()
        self._previous: str | None = None
        self._open = False
        self._switching = False

    def __enter__(self) -> Self:
        with translated("write", self._root):
            generations_folder(self._root).mkdir(parents=True, exist_ok=True)
        self._lock.acquire()
        try:
            with translated("write", self._root):
                # The folders must be on the disk before a manifest that needs them. The parent may be a
                # folder that we can pass through but not open.
                with suppress(PermissionError):
                    sync_folder(self._root.parent)
                sync_folder(self._root)
                self._prepare()
        except BaseException:
            self._close()
            raise
        return self

    def _prepare(self) -> None:
        try:
            current = read_manifest(manifest_path(self._root))
        except IndexMissing:
            self._sweep(keep=set())
        except (IndexDamaged, IndexIncompatible):
            # It cannot be told what is still in use, so nothing is deleted before the new index is there.
            pass
        else:
            self._previous = current.generation
            self._sweep(keep={current.generation, current.previous})
        self._folder.mkdir()
        self._open = True

    def path(self, name: str) -> Path:
        """Where to write a file of the new generation; only files asked for here become part of it.

        Raises ValueError for a name that is not lower-case letters and digits joined by `.`, `_` or `-`.
        """
        self._require_open()
        if not is_file_name(name):
            raise ValueError(f"{name!r} cannot be the name of a file of the index")
        self._names.add(name)
        return self._folder / name

    def commit(self, settings: Mapping[str, JsonValue]) -> Generation:
        """Bring the new files to the disk and make them the index, in one step.

        When this returns, the new index outlives a power cut. Raises IndexStorageError where the disk refuses
        or the folder does not hold exactly the files asked for, ValueError for settings that are not plain
        JSON (a tuple, a key that is no string, NaN).
        """
        self._require_open()
        manifest = Manifest(
            generation=self._name,
            previous=self._previous,
            created=datetime.now(UTC).replace(microsecond=0),
            settings=dict(settings),
            files=self._store(),
        )
        content = manifest.to_bytes()
        path = manifest_path(self._root)
        try:
            manifest = Manifest.from_bytes(content, path)
        except IndexDamaged as error:
            raise ValueError(f"settings that would not read back: {error}") from error
        with translated("write", self._manifest_aside):
            self._switching = True
            replace_durably(path, content, aside=self._manifest_aside)
        self._open = False
        self._sweep(keep={self._name, self._previous})
        return Generation(self._folder, manifest)

    def _store(self) -> dict[str, StoredFile]:
        """Bring every file to the disk, then the folders that name them."""
        with translated("write", self._folder):
            there = {entry.name for entry in self._folder.iterdir()}
            if there != self._names:
                raise IndexStorageError(
                    f"{self._folder} should hold {sorted(self._names)} and holds {sorted(there)}; "
                    "a file was not written, not closed or not asked for"
                )
            files = {}
            for name in sorted(self._names):
                path = self._folder / name
                sync_file(path)
                files[name] = StoredFile(size=path.stat().st_size, sha256=sha256_of(path))
            sync_folder(self._folder)
            sync_folder(self._folder.parent)
        return files

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if isinstance(error, OSError) and self._concerns_us(error):
            raise storage_error("write", self._folder, error) from error

    def _concerns_us(self, error: OSError) -> bool:
        if isinstance(error.filename, str):
            return Path(error.filename).is_relative_to(self._folder)
        return error.errno in DISK_TROUBLE

    def _close(self) -> None:
        self._open = False
        try:
            if not self._is_current():
                shutil.rmtree(self._folder, ignore_errors=True)
                with suppress(OSError):
                    self._manifest_aside.unlink(missing_ok=True)
        finally:
            self._lock.release()

    def _is_current(self) -> bool:
        """Whether the manifest names this generation, which an error during the switch leaves open."""
        if not self._switching:
            return False
        try:
            return read_manifest(manifest_path(self._root)).generation == self._name
        except IndexMissing:
            return False
        except IndexStorageError:
            # A generation too many is swept by the next writer; one too few would be the index.
            return True

    def _sweep(self, *, keep: set[str | None]) -> None:
        """Delete other generations. What cannot be deleted now waits for the next writer."""
        with suppress(OSError):
            for folder in generations_folder(self._root).iterdir():
                # Anything else in there was put there by someone else.
                if is_generation_name(folder.name) and folder.name not in keep:
                    shutil.rmtree(folder, ignore_errors=True)

    def _require_open(self) -> None:
        if not self._open:
            raise RuntimeError("a GenerationWriter is used inside its `with` block, before `commit` returns")
