"""Plain text and Markdown: one page, whatever its length."""

from __future__ import annotations

from pathlib import Path

from indexer.blocks import blocks
from indexer.datatypes import Page
from indexer.errors import LoadError
from indexer.sections import lay_out

MAX_BYTES = 50 * 1024 * 1024
"""A long book is one megabyte; one page of fifty takes gigabytes to split."""
BINARY_SHARE = 0.01
"""More NULs than this share of the characters is no text but a program or a picture."""


def load_text(path: Path) -> tuple[Page, ...]:
    """The page of a .txt or .md file in UTF-8, with or without a byte-order mark.

    Raises LoadError where it cannot be opened, is larger than 50 MiB, is not UTF-8, or is no text.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LoadError(f"{path}: {size:,} bytes, more than {MAX_BYTES:,}. Split it.")
        raw = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadError(
            f"{path}: not UTF-8 (byte 0x{error.object[error.start]:02x} at position {error.start}). "
            f"Save it as UTF-8, for instance with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from error
    except OSError as error:
        raise LoadError(f"{path}: cannot be read ({error.strerror or error}). Check its permissions.") from error
    if raw.count("\0") > BINARY_SHARE * len(raw):
        raise LoadError(f"{path}: holds binary data, not text.")
    return lay_out([blocks(raw)])
