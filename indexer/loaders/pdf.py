"""PDF through pypdf, the only file that imports it: one Page per sheet, so that a citation says the page."""

from __future__ import annotations

import logging
from pathlib import Path

from indexer.blocks import Block, blocks
from indexer.datatypes import Page
from indexer.errors import LoadError
from indexer.sections import lay_out

MAX_BYTES = 200 * 1024 * 1024
MAX_SHEETS = 5000


def load_pdf(path: Path) -> tuple[Page, ...]:
    """The sheets of a PDF file.

    Raises LoadError for a file that cannot be opened, is encrypted with a password, is damaged, is larger than
    200 MiB or 5,000 sheets, or holds no text (a scan).
    """
    import pypdf
    import pypdf.errors

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LoadError(f"{path}: {size:,} bytes, more than {MAX_BYTES:,}. Split it.")
        with path.open("rb") as stream:
            reader = pypdf.PdfReader(stream)
            if reader.is_encrypted and not reader.decrypt(""):
                raise LoadError(f"{path}: encrypted. Save a copy without a password, for instance with qpdf --decrypt.")
            if len(reader.pages) > MAX_SHEETS:
                raise LoadError(f"{path}: {len(reader.pages):,} sheets, more than {MAX_SHEETS:,}. Split it.")
            sheets: list[list[Block]] = [blocks(page.extract_text()) for page in reader.pages]
    except LoadError:
        raise
    except OSError as error:
        raise LoadError(f"{path}: cannot be read ({error.strerror or error}). Check its permissions.") from error
    except pypdf.errors.DependencyError as error:
        raise LoadError(f"{path}: its encryption needs another package ({error}).") from error
    except MemoryError as error:
        raise LoadError(f"{path}: needs more memory than there is.") from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        raise LoadError(f"{path}: not a readable PDF ({reason}). Print it to a new PDF and try again.") from error
    if not any(sheets):
        raise LoadError(f"{path}: holds no text, it may be a scan. Run it through OCR first.")
    return lay_out(sheets)
