"""The few disk operations that the index's durability rests on, with the system's errors translated."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.errors import IndexBusy, IndexDamaged, IndexStorageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK_TROUBLE = _DISK_FULL | {errno.EIO, errno.EROFS}
"""Errors that speak of the disk and not of one file; they often come without a file's name."""


def _cure(number: int | None) -> str:
    if number in _DISK_FULL:
        return "free some space and run `tanya index` again"
    if number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return "choose another folder with --index, or change who may use this one"
    return "check the disk, then run `tanya index` to rebuild it"


def storage_error(action: str, path: Path, error: OSError) -> IndexStorageError:
    """The error to raise for a system error met while doing `action` to `path`, with its cure."""
    where = error.filename if isinstance(error.filename, str) else path
    return IndexStorageError(f"cannot {action} {where}: {error.strerror or error}; {_cure(error.errno)}")


def damaged(path: Path, reason: str) -> IndexDamaged:
    """The error to raise for a file of the index that is not what was written, with its cure."""
    return IndexDamaged(f"{path} is damaged: {reason}; run `tanya index` to rebuild it")


@contextmanager
def translated(action: str, path: Path) -> Iterator[None]:
    """Turn the system's errors into IndexStorageError, as `cannot {action} {path}: reason; cure`."""
    try:
        yield
    except OSError as error:
        raise storage_error(action, path, error) from error


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal, read in pieces. Raises OSError."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk. Raises OSError."""
    # Windows only flushes a file that was opened for writing.
    with path.open("r+b", buffering=0) as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can. Raises OSError."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_durably(path: Path, content: bytes, *, aside: Path) -> None:
    """Put `content` at `path` in one step: a reader finds the old bytes or the new ones. Raises OSError."""
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(path.parent)


class WriterLock:
    """The right to write an index: one holder at a time, given up by the system when the holder dies.

    The file stays behind: deleting it would let two writers hold locks on two files of one name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock without waiting. Raises IndexBusy where another holds it, else IndexStorageError."""
        with translated("lock", self._path):
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _lock(handle)
            except BaseException as error:
                os.close(handle)
                # Unix says EAGAIN, Windows EACCES.
                if isinstance(error, BlockingIOError | PermissionError):
                    raise IndexBusy(
                        f"the index in {self._path.parent} is being written by another process; wait until it is done"
                    ) from error
                raise
        self._handle = handle

    def release(self) -> None:
        """Give the lock back; nothing where it is not held."""
        handle, self._handle = self._handle, None
        if handle is not None:
            # Even a close that reports an error gives the lock back.
            with suppress(OSError):
                os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
