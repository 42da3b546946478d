"""Files to pages: what is read, and what is refused with which words."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest

from indexer.datatypes import Source
from indexer.errors import LoadError
from indexer.loaders import LOADERS, load
from indexer.splitter import split

Corpus = Callable[[Mapping[str, str | bytes]], Path]
SOURCE = Source("d", "D", "d")
FIRST = "The office was founded in 1974 in the city of New York by a resolution."
SECOND = "Its budget for the year 2019 was nine million dollars in all, said the report."


def pdf(*sheets: str) -> bytes:
    """A PDF with one line of Helvetica on each sheet, by hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, text in enumerate(sheets):
        stream = zlib.compress(f"BT /F1 11 Tf 40 700 Td ({text}) Tj ET".encode("latin-1"))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * number)
        )
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        start,
    )


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_reads_text(corpus: Corpus, name: str) -> None:
    """Plain text and Markdown are one page, with or without a byte-order mark."""
    folder = corpus({name: b"\xef\xbb\xbf" + FIRST.encode()})
    [page] = load(folder / name, SOURCE).pages
    assert (page.number, page.text) == (1, FIRST)


def test_reads_a_pdf_sheet_by_sheet(corpus: Corpus) -> None:
    """What stands on the second sheet is cited by page 2."""
    folder = corpus({"a.pdf": pdf(FIRST, SECOND)})
    document = load(folder / "a.pdf", SOURCE)
    assert [page.text for page in document.pages] == [FIRST, SECOND]
    [found] = [s for p in split(document) for s in p.sentences if "budget" in s.text]
    assert (found.anchor.page, found.text) == (2, SECOND)


def test_opens_a_pdf_that_needs_no_password(corpus: Corpus, tmp_path: Path) -> None:
    """A PDF that only forbids printing is read."""
    folder = corpus({"a.pdf": pdf(FIRST)})
    encrypt(folder / "a.pdf", user="", owner="secret")
    assert load(folder / "a.pdf", SOURCE).pages[0].text == FIRST


def encrypt(path: Path, *, user: str, owner: str) -> None:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user, owner, algorithm="AES-256")
    writer.write(path)


def test_refuses_an_encrypted_pdf(corpus: Corpus) -> None:
    """A PDF with a password is named, with the cure."""
    folder = corpus({"a.pdf": pdf(FIRST)})
    encrypt(folder / "a.pdf", user="rahasia", owner="rahasia")
    with pytest.raises(LoadError, match=r"a\.pdf: encrypted.*qpdf --decrypt"):
        load(folder / "a.pdf", SOURCE)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"caf\xe9 " * 20, r"a\.txt: not UTF-8 \(byte 0xe9 at position 3\)"),
        ("a.txt", "sebuah kalimat".encode("utf-16"), "not UTF-8"),
        ("a.txt", b"", "holds no text"),
        ("a.txt", b" \n\t\n \xe2\x80\x8b", "holds no text"),
        ("a.txt", b"\0\1\2\3" * 500, "holds binary data"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not UTF-8"),
        ("a.pdf", b"", "not a readable PDF|holds no text"),
        ("a.pdf", b"not a pdf at all", "not a readable PDF"),
        ("a.pdf", pdf(FIRST)[:200], "not a readable PDF|holds no text"),
        ("a.pdf", pdf(""), "holds no text, it may be a scan"),
        ("a.docx", b"PK", r"no loader for \.docx\. Known: \.md, \.pdf, \.txt"),
    ],
)  # fmt: skip
def test_refuses_what_cannot_be_read(corpus: Corpus, name: str, content: bytes, message: str) -> None:
    """A file that is no text of its format is refused by name and with the reason."""
    folder = corpus({name: content})
    with pytest.raises(LoadError, match=message) as caught:
        load(folder / name, SOURCE)
    assert str(folder / name) in str(caught.value)


@pytest.mark.parametrize("suffix", sorted(LOADERS))
def test_refuses_what_cannot_be_opened(tmp_path: Path, suffix: str) -> None:
    """A folder with a file's name, a link to nowhere and a file without permission are LoadErrors."""
    (tmp_path / f"folder{suffix}").mkdir()
    (tmp_path / f"link{suffix}").symlink_to("nowhere")
    names = ["folder", "link"]
    if os.geteuid() != 0:
        (tmp_path / f"closed{suffix}").write_bytes(pdf(FIRST))
        (tmp_path / f"closed{suffix}").chmod(0)
        names.append("closed")
    for name in names:
        with pytest.raises(LoadError, match="cannot be read"):
            load(tmp_path / f"{name}{suffix}", SOURCE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
@pytest.mark.timeout(20)
@pytest.mark.parametrize("suffix", sorted(LOADERS))
def test_refuses_what_never_ends(tmp_path: Path, suffix: str) -> None:
    """A pipe, or a link to a device, is refused instead of waited for."""
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path / "pipe", Path("/dev/zero")):
        link = tmp_path / f"{target.name}{suffix}"
        link.symlink_to(target)
        with pytest.raises(LoadError, match="no regular file"):
            load(link, SOURCE)


@pytest.mark.parametrize("suffix", sorted(LOADERS))
def test_refuses_what_is_too_large(tmp_path: Path, suffix: str) -> None:
    """A file past the limit is refused unread, with both numbers."""
    with (tmp_path / f"a{suffix}").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(LoadError, match=r"314,572,800 bytes, more than [\d,]+\. Split it"):
        load(tmp_path / f"a{suffix}", SOURCE)


@pytest.mark.parametrize("sheet", [b" " * (1 << 27), b"BT " + b"[" * 200_000 + b"(a)" + b"]" * 200_000 + b" TJ ET"])
def test_refuses_pdf_bombs(corpus: Corpus, sheet: bytes) -> None:
    """A stream that unpacks to a thousand times its size, or nests too deep, is refused within pypdf's limits."""
    plain, bomb = (zlib.compress(s) for s in (f"BT /F1 11 Tf 40 700 Td ({FIRST}) Tj ET".encode(), sheet))
    whole = pdf(FIRST)
    length = b"<</Length %d/"
    assert plain in whole
    whole = whole.replace(plain, bomb).replace(length % len(plain), length % len(bomb))
    folder = corpus({"a.pdf": whole})
    with pytest.raises(LoadError, match=r"not a readable PDF|holds no text"):
        load(folder / "a.pdf", SOURCE)


def test_a_cut_pdf_never_escapes_as_another_error(corpus: Corpus) -> None:
    """A PDF cut anywhere, or with a byte turned over, is read or refused; no foreign error comes out."""
    whole = pdf(FIRST, SECOND)
    folder = corpus({})
    for at in range(0, len(whole), 29):
        flipped = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        for content in (whole[:at], flipped):
            (folder / "a.pdf").write_bytes(content)
            with suppress(LoadError):
                assert load(folder / "a.pdf", SOURCE).pages
