"""An update reads what changed, keeps the rest, and leaves the old index where it cannot finish."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from indexer.build import update
from indexer.datatypes import SectionKind
from indexer.encoder import Encoder
from indexer.encoder.protocol import DocumentProgress, Float32
from indexer.errors import CorpusError, IndexBusy, IndexDamaged, IndexIncompatible, IndexMissing
from indexer.index import PassageIndex
from indexer.storage import GenerationWriter, open_generation

Corpus = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parents[2]
KINDS = frozenset(SectionKind)
FILES: dict[str, str | bytes] = {
    "satu.txt": "Kantor kerja sama dibentuk pada tahun 1974 di New York.\n\nAnggotanya kini 134 negara berkembang.",
    "dua.md": "# Perdagangan\n\nPerdagangan antar negara Selatan meningkat sepuluh kali lipat sejak 1980.",
    "three.txt": "The office was founded in 1974 by the general assembly of the nations.",
}


def age(folder: Path, seconds: float = 60) -> None:
    """Set the files' times back, past the grain of any clock."""
    for path in folder.rglob("*.*"):
        then = time.time() - seconds
        os.utime(path, (then, then))


def searches(root: Path, encoder: Encoder) -> list[list[tuple[str, int, int, float]]]:
    index = PassageIndex.open(root, encoder)
    queries = ("kapan kantor dibentuk", "perdagangan Selatan", "when was the office founded", "134")
    return [
        [
            (h.passage.anchor.document, h.passage.anchor.start, h.passage.anchor.end, round(h.score, 4))
            for h in index.search(q, kinds=KINDS)
        ]
        for q in queries
    ]


def test_a_second_run_does_nothing(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """An unchanged corpus reads no file, encodes no text and writes no generation."""
    folder = corpus(FILES)
    age(folder)
    first = update(tmp_path / "index", folder, words)
    assert (first.changed, set(first.read), first.documents) == (True, {"satu", "dua", "three"}, 3)
    before = open_generation(tmp_path / "index").name
    second = update(tmp_path / "index", folder, words)
    assert (second.changed, second.read, second.unchanged) == (False, (), 3)
    assert second.passages == first.passages
    assert open_generation(tmp_path / "index").name == before


def test_one_changed_file_is_the_only_one_read(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """Only the changed file is read and encoded, and the result is what a fresh index gives."""
    folder = corpus(FILES)
    age(folder)
    update(tmp_path / "index", folder, words)
    words.encoded.clear()  # type: ignore[attr-defined]
    corpus({"dua.md": "# Bantuan\n\nBantuan teknis diberikan kepada negara tetangga sejak 1990."})
    report = update(tmp_path / "index", folder, words)
    assert (report.read, report.unchanged, report.changed) == (("dua",), 2, True)
    assert not any("1974" in text for text in words.encoded)  # type: ignore[attr-defined]
    update(tmp_path / "fresh", folder, words)
    assert searches(tmp_path / "index", words) == searches(tmp_path / "fresh", words)


def test_a_change_of_the_same_length_within_the_clock_is_seen(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """A file rewritten just after it was read, with the same length and time, is read again."""
    folder = corpus(FILES)
    stamp = time.time()
    for path in folder.iterdir():
        os.utime(path, (stamp, stamp))
    update(tmp_path / "index", folder, words)
    corpus({"satu.txt": str(FILES["satu.txt"]).replace("1974", "1978")})
    os.utime(folder / "satu.txt", (stamp, stamp))
    assert update(tmp_path / "index", folder, words).read == ("satu",)


def test_a_touched_file_is_not_read_again(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """A new time with the old content is recorded and nothing is encoded."""
    folder = corpus(FILES)
    age(folder)
    update(tmp_path / "index", folder, words)
    age(folder, seconds=30)
    report = update(tmp_path / "index", folder, words)
    assert (report.read, report.changed) == ((), True)
    assert not update(tmp_path / "index", folder, words).changed


def test_added_and_removed_files(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """A file that is gone leaves the index; a new one enters it."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    (folder / "satu.txt").unlink()
    corpus({"empat.txt": "Sebuah dokumen baru tentang bantuan pangan ke negara lain."})
    report = update(tmp_path / "index", folder, words)
    assert (report.read, report.removed) == (("empat",), ("satu",))
    assert [s.id for s in PassageIndex.open(tmp_path / "index", words).sources()] == ["dua", "empat", "three"]


def test_changed_metadata_reads_again(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """A new title in sources.toml reaches the citations; the other files stay as they are."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    corpus({"sources.toml": '[[document]]\nfile="dua.md"\ntitle="Perdagangan Selatan"'})
    assert update(tmp_path / "index", folder, words).read == ("dua",)
    assert PassageIndex.open(tmp_path / "index", words).source("dua").title == "Perdagangan Selatan"


def test_bad_files_are_reported_and_skipped(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """Unreadable files are named, one failure each, and the others are indexed."""
    folder = corpus(
        {**FILES, "kode.txt": b"caf\xe9", "kosong.txt": "", "rusak.pdf": b"%PDF-1.4 damaged", "biner.txt": bytes(4000)}
    )
    (folder / "tautan.txt").symlink_to("nowhere")
    report = update(tmp_path / "index", folder, words)
    assert {f.file for f in report.failures} == {"kode.txt", "kosong.txt", "rusak.pdf", "biner.txt", "tautan.txt"}
    assert all(f.file in f.message for f in report.failures)
    assert report.documents == 3


def test_a_file_that_became_unreadable_leaves_the_index(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """What can no longer be read is no longer cited, and said so."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    corpus({"satu.txt": b"\xff\xfe"})
    report = update(tmp_path / "index", folder, words)
    assert [f.file for f in report.failures] == ["satu.txt"]
    assert report.documents == 2


@pytest.mark.parametrize("files", [{}, {"kosong.txt": ""}, {"gambar.png": "x"}])
def test_an_empty_corpus_keeps_the_old_index(
    corpus: Corpus, tmp_path: Path, words: Encoder, files: dict[str, str | bytes]
) -> None:
    """No document to index is an error, and the index before it answers on."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    before = searches(tmp_path / "index", words)
    for path in folder.iterdir():
        path.unlink()
    corpus(files)
    with pytest.raises(CorpusError, match=r"no documents|none of its"):
        update(tmp_path / "index", folder, words)
    assert searches(tmp_path / "index", words) == before


def test_an_empty_corpus_without_an_index(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """Nothing is made where there is nothing to index."""
    with pytest.raises(CorpusError):
        update(tmp_path / "index", corpus({}), words)
    with pytest.raises(IndexMissing):
        PassageIndex.open(tmp_path / "index", words)


def test_another_encoder_is_refused_and_an_update_cures_it(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """The error names both encoders; an update with the new one makes everything anew."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    other = type(words)("others")  # type: ignore[call-arg]
    with pytest.raises(IndexIncompatible, match=r"words.*others"):
        PassageIndex.open(tmp_path / "index", other)
    assert len(update(tmp_path / "index", folder, other).read) == 3
    assert PassageIndex.open(tmp_path / "index", other).search("kantor")


def test_a_damaged_index_is_cured_by_an_update(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """What the damage message advises works."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    expected = searches(tmp_path / "index", words)
    path = open_generation(tmp_path / "index").path("passages.npy")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match="tanya index"):
        PassageIndex.open(tmp_path / "index", words)
    assert len(update(tmp_path / "index", folder, words).read) == 3
    assert searches(tmp_path / "index", words) == expected


def test_a_second_writer_is_refused(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """While one process writes, another says so and changes nothing."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    corpus({"empat.txt": "Sebuah dokumen baru tentang bantuan pangan ke negara lain."})
    with GenerationWriter(tmp_path / "index"), pytest.raises(IndexBusy):
        update(tmp_path / "index", folder, words)


class Interrupted:
    """An encoder during whose work the user presses Ctrl-C."""

    def __init__(self, encoder: Encoder) -> None:
        self.fingerprint, self.dimension = encoder.fingerprint, encoder.dimension
        self.encode_query = encoder.encode_query

    def encode_document(self, texts: Sequence[str], *, progress: DocumentProgress | None = None) -> Float32:
        raise KeyboardInterrupt


def test_ctrl_c_leaves_the_old_index(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """Interrupted while encoding: the old index answers, no half generation stays, the next run succeeds."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    before = searches(tmp_path / "index", words)
    corpus({"dua.md": "Bantuan teknis diberikan kepada negara tetangga sejak 1990."})
    with pytest.raises(KeyboardInterrupt):
        update(tmp_path / "index", folder, Interrupted(words))
    assert searches(tmp_path / "index", words) == before
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 1
    assert update(tmp_path / "index", folder, words).read == ("dua",)


FULL_DISK = """
    import importlib.util, resource, signal, sys
    from pathlib import Path
    from indexer.build import update
    from indexer.errors import IndexStorageError
    from indexer.index import PassageIndex

    spec = importlib.util.spec_from_file_location("conftest", "tests/conftest.py")
    conftest = importlib.util.module_from_spec(spec); spec.loader.exec_module(conftest)
    root, corpus, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        update(root, corpus, conftest.WordEncoder())
    except IndexStorageError as error:
        print(error)
    else:
        print("DONE")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the full disk is a resource limit")
@pytest.mark.parametrize("limit", [100, 150_000, 300_000])
def test_a_full_disk_leaves_the_old_index(corpus: Corpus, tmp_path: Path, words: Encoder, limit: int) -> None:
    """A disk that fills up at any file: one clear message with the cure, and the old index answers."""
    folder = corpus(FILES)
    update(tmp_path / "index", folder, words)
    before = searches(tmp_path / "index", words)
    # SQLite fills the smallest disk, NumPy the next, FAISS the largest: each has its own way of saying so.
    corpus({f"{n}.txt": f"Dokumen nomor {n} berisi kalimat yang cukup panjang tentang negara {n}." for n in range(200)})
    script = [sys.executable, "-c", textwrap.dedent(FULL_DISK), str(tmp_path / "index"), str(folder), str(limit)]
    done = subprocess.run(script, capture_output=True, text=True, cwd=ROOT, timeout=120, check=True)
    assert "free some space" in done.stdout or "space on its disk" in done.stdout, done.stdout + done.stderr
    assert str(tmp_path / "index") in done.stdout
    assert searches(tmp_path / "index", words) == before
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 1
    assert update(tmp_path / "index", folder, words).documents == 203
