"""Files to pages, one loader per format; a new format is one more row in LOADERS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from indexer.datatypes import Document, Page, Source
from indexer.errors import LoadError
from indexer.loaders.pdf import load_pdf
from indexer.loaders.text import load_text

__all__ = ["LOADERS", "load"]

LOADERS: Mapping[str, Callable[[Path], tuple[Page, ...]]] = {
    ".md": load_text,
    ".pdf": load_pdf,
    ".txt": load_text,
}


def load(path: Path, source: Source) -> Document:
    """A file as a document.

    Raises LoadError where the format is unknown, the file cannot be read, or it holds no text.
    """
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        raise LoadError(
            f"{path}: no loader for {path.suffix or 'a file without a suffix'}. Known: {', '.join(LOADERS)}"
        )
    if path.exists() and not path.is_file():
        # Reading a pipe or a device, as a link may name one, would never end.
        raise LoadError(f"{path}: cannot be read (it is no regular file).")
    pages = loader(path)
    if not any(page.text.strip() for page in pages):
        raise LoadError(f"{path}: holds no text.")
    return Document(source, pages)
