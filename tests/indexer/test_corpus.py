"""The corpus folder and its sources.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from indexer.corpus import read_corpus
from indexer.errors import CorpusError

Corpus = Callable[[Mapping[str, str | bytes]], Path]


def test_the_real_corpus_is_described() -> None:
    """Both documents of the repository carry what a citation shows."""
    found = {f.source.id: f.source for f in read_corpus(Path(__file__).parents[2] / "corpus")}
    assert set(found) == {"katadata-2024", "nauli-2021"}
    assert found["nauli-2021"].authors == ("Bunga Putri Nauli",)
    assert found["katadata-2024"].date == "2024-01-08"
    assert all(source.publisher and source.rights and source.language == "id" for source in found.values())


def test_a_folder_without_sources_toml(corpus: Corpus) -> None:
    """Every supported file is a document whose id is its name without suffix; the rest is passed over."""
    folder = corpus(
        {"b/dua.md": "x", "satu.txt": "x", "README.md": "x", ".hidden.txt": "x", ".git/c.txt": "x", "gambar.png": "x"}
    )
    assert [(f.source.id, f.source.file, f.source.title) for f in read_corpus(folder)] == [
        ("dua", "b/dua.md", "dua"),
        ("satu", "satu.txt", "satu"),
    ]


def test_sources_toml_describes_files(corpus: Corpus) -> None:
    """An entry gives an id and the rest; a date may be written as TOML's own."""
    folder = corpus(
        {
            "a.txt": "x",
            "sources.toml": '[[document]]\nid="x-1"\nfile="./a.txt"\ntitle="T"\ndate=2024-01-08\nlanguage="en"',
        }
    )
    [file] = read_corpus(folder)
    assert (file.source.id, file.source.title, file.source.date, file.source.language) == (
        "x-1",
        "T",
        "2024-01-08",
        "en",
    )


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[document]\n", "not valid TOML"),
        (b"\xff\xfe", "not valid TOML"),
        ('[[document]]\nfile="a.txt"\npublshr="x"', "document 0 publshr"),
        ('[[documents]]\nfile="a.txt"', "documents"),
        ('[[document]]\nid="x"', "document 0 file"),
        ('[[document]]\nfile="../out.txt"', "outside"),
        ('[[document]]\nfile="/etc/passwd"', "outside"),
        ('[[document]]\nfile="gone.txt"', "names gone.txt"),
        ('[[document]]\nfile="a.txt"\nlanguage="fr"', "document 0 language"),
        ('[[document]]\nfile="a.txt"\ndate="8 Jan 2024"', "write the date as 2024"),
        ('[[document]]\nfile="a.txt"\nurl="javascript:alert(1)"', "document 0 url"),
        ('[[document]]\nfile="a.txt"\nid="../x"', "document 0 id"),
        ('[[document]]\nfile="a.txt"\nid="a"\n[[document]]\nfile="a.txt"\nid="b"', "describes a.txt twice"),
    ],
)
def test_a_wrong_sources_toml_is_named(corpus: Corpus, toml: str | bytes, message: str) -> None:
    """Every mistake names sources.toml and the place in it."""
    folder = corpus({"a.txt": "x", "sources.toml": toml})
    with pytest.raises(CorpusError, match=message) as caught:
        read_corpus(folder)
    assert "sources.toml" in str(caught.value)


def test_two_files_with_one_id(corpus: Corpus) -> None:
    """Two files with one name are told apart by the user, not by chance."""
    folder = corpus({"a/x.txt": "x", "b/x.md": "x"})
    with pytest.raises(CorpusError, match=r"a/x\.txt and b/x\.md both have the id 'x'"):
        read_corpus(folder)


def test_a_missing_folder(tmp_path: Path) -> None:
    """The message names the folder and the option."""
    with pytest.raises(CorpusError, match=r"nowhere: no such folder.*--corpus"):
        read_corpus(tmp_path / "nowhere")
