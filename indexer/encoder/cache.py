"""Keeps the built encoder in the user's cache: made once, checked each time, made again when damaged.

A folder is built aside under a name of its own and renamed into its place, so any number of processes
may build at once and one that is stopped leaves nothing but a folder that a later build clears away.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from indexer.encoder import cpu
from indexer.encoder.weights import SHA256, read_weights
from indexer.errors import EncoderError
from indexer.settings import DEFAULT_MODEL

FORMAT_VERSION = 2
"""Of what onnx_build.py and tokenizer.py write; raised when the vectors or the files change."""

FINGERPRINT = f"{DEFAULT_MODEL}/{SHA256[:16]}/q4-words-int8-matrices/{FORMAT_VERSION}"
"""The same with 7-bit weights: their vectors can be compared, and an index moves between machines."""

MODEL_FILE = "model.onnx"
MANIFEST_FILE = "manifest.json"

_MEGABYTES = 90
_STALE_SECONDS = 3600.0
_ATTEMPTS = 5


def encoder_folder(cache: Path, *, progress: Callable[[str], None] | None = None) -> Path:
    """Return the folder of the built encoder, whole and checked, building it first where it must be.

    Raises EncoderError when the weights cannot be used or the folder cannot be written.
    """
    reduce_range = not cpu.sums_8bit_exactly()
    name = f"{DEFAULT_MODEL}-{SHA256[:16]}-v{FORMAT_VERSION}-{'7' if reduce_range else '8'}bit"

    def build(folder: Path) -> None:
        # Imported here because answering, with the files in place, needs neither onnx nor the weights.
        from indexer.encoder.onnx_build import build_onnx
        from indexer.encoder.tokenizer import write_tokenizer

        weights = read_weights()
        build_onnx(weights, folder / MODEL_FILE, reduce_range=reduce_range)
        write_tokenizer(weights.vocabulary, folder)

    return built_folder(cache / "encoder" / name, FINGERPRINT, build, what="encoder", progress=progress)


def built_folder(
    folder: Path,
    fingerprint: str,
    build: Callable[[Path], None],
    *,
    what: str,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Return a folder whose files `build` makes, whole and checked, having them made first where they must be.

    `what` names the thing in messages. Raises EncoderError when the folder cannot be written.
    """
    if is_whole(folder):
        return folder
    if progress:
        progress(
            f"the {what} in {folder} is damaged; building it again"
            if folder.exists()
            else f"building the {what}, once, in {folder}"
        )
    parent = folder.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _clear_stale(parent)
        aside = Path(tempfile.mkdtemp(prefix=".building-", dir=parent))
        try:
            build(aside)
            _seal(aside, fingerprint)
            _move_into_place(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise EncoderError(
            f"cannot write the {what} into {parent}: {error.strerror or error}; "
            f"it needs {_MEGABYTES} MB there, or set TANYA_HOME to another folder"
        ) from error
    return folder


def is_whole(folder: Path) -> bool:
    """Say whether every file is there with the size and SHA-256 that the manifest gives (under 0.1 s)."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        return bool(manifest["files"]) and all(
            (folder / name).stat().st_size == entry["bytes"] and _sha256(folder / name) == entry["sha256"]
            for name, entry in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(folder: Path, fingerprint: str) -> None:
    """Write the manifest of a folder's files and bring all of them to the disk."""
    files = {path.name: {"bytes": path.stat().st_size, "sha256": _sha256(path)} for path in sorted(folder.iterdir())}
    manifest = {"fingerprint": fingerprint, "files": files}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for path in folder.iterdir():
        _sync(path)
    folder.chmod(0o755)  # a temporary folder is its maker's alone, and TANYA_HOME may be shared
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _move_into_place(aside: Path, folder: Path) -> None:
    """Rename; a folder that is there already is kept when whole, from another process, and else replaced."""
    for attempt in range(_ATTEMPTS):
        try:
            aside.rename(folder)
        except OSError:
            if is_whole(folder):
                return
            if attempt == _ATTEMPTS - 1:
                raise
            damaged = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
            try:
                folder.rename(damaged / "damaged")
            except FileNotFoundError:
                pass  # another process took it away first
            finally:
                shutil.rmtree(damaged, ignore_errors=True)
        else:
            _sync(folder.parent)
            return


def _clear_stale(parent: Path) -> None:
    """Remove what builds that were killed have left; one under way is minutes old at most."""
    for path in parent.glob(".building-*"):
        try:
            stale = time.time() - path.stat().st_mtime > _STALE_SECONDS
        except FileNotFoundError:
            continue
        if stale:
            shutil.rmtree(path, ignore_errors=True)
