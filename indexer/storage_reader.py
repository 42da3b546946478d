"""Opening the index on disk: the manifest first, then every file that it lists, and nothing else."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pydantic import JsonValue

from indexer.errors import IndexDamaged, IndexStorageError
from indexer.manifest import Manifest, read_manifest
from indexer.storage_files import damaged, sha256_of, translated

OPENING_ATTEMPTS = 3
"""A reader loses its generation only if two commits pass while it checks the files; thrice is no accident."""


@dataclass(frozen=True, slots=True)
class Generation:
    """An index that was opened: files that will not change, and what their writer recorded about them."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The generation's name; another name means another index."""
        return self.manifest.generation

    @property
    def settings(self) -> Mapping[str, JsonValue]:
        """What the writer gave to `commit`."""
        return MappingProxyType(self.manifest.settings)

    @property
    def created(self) -> datetime:
        """When it was committed, in UTC."""
        return self.manifest.created

    def path(self, name: str) -> Path:
        """The path of one of its files. Raises IndexDamaged for a name that the manifest does not list."""
        if name not in self.manifest.files:
            raise IndexDamaged(f"{self.folder} has no file {name}; run `tanya index` to rebuild it")
        return self.folder / name

    def check(self, *, contents: bool = True) -> None:
        """Compare each file with the manifest: its size, and its bytes unless `contents` is off.

        Raises IndexDamaged for a file that is missing or different, IndexStorageError where the disk refuses.
        """
        for name, expected in self.manifest.files.items():
            path = self.folder / name
            with translated("read", path):
                try:
                    status = path.stat()
                    if not stat.S_ISREG(status.st_mode):
                        raise damaged(path, "it is not a file")
                    if status.st_size != expected.size:
                        raise damaged(path, f"it has {status.st_size} bytes and {expected.size} were written")
                    if contents and sha256_of(path) != expected.sha256:
                        raise damaged(path, "its checksum does not hold")
                except (FileNotFoundError, NotADirectoryError) as error:
                    raise damaged(path, "it is missing") from error


def open_generation(root: Path, *, verify: bool = True) -> Generation:
    """Open the index in `root` after checking the size and, with `verify`, the SHA-256 of every file.

    Raises IndexMissing, IndexDamaged, IndexIncompatible, and IndexStorageError where the disk refuses or
    writers keep replacing the index meanwhile.
    """
    for _ in range(OPENING_ATTEMPTS):
        manifest = read_manifest(manifest_path(root))
        generation = Generation(generations_folder(root) / manifest.generation, manifest)
        try:
            generation.check(contents=verify)
        except IndexStorageError:
            if read_manifest(manifest_path(root)).generation == manifest.generation:
                raise
        else:
            return generation
    raise IndexStorageError(
        f"the index in {root} was replaced {OPENING_ATTEMPTS} times while it was being opened; try again"
    )


def manifest_path(root: Path) -> Path:
    """The file that says which generation is the index in `root`."""
    return root / "manifest.json"


def generations_folder(root: Path) -> Path:
    """The folder that holds one folder for each generation."""
    return root / "generations"
