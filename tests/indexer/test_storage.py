"""The index on disk: whole, or an error that says so.

Run as a script this file is the process that gets killed: see `main`.
"""

from __future__ import annotations

import _pyio
import builtins
import errno
import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import indexer
from indexer.errors import (
    IndexBusy,
    IndexDamaged,
    IndexIncompatible,
    IndexMissing,
    IndexStorageError,
)
from indexer.manifest import Manifest, StoredFile
from indexer.storage import FORMAT_VERSION, Generation, GenerationWriter, open_generation

SIZES = {"passages.sqlite": 20_000, "vectors.faiss": 9_000, "terms.index.npy": 700, "empty.jsonl": 0}
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the crashing writer is a forked process")


def contents(version: str) -> dict[str, bytes]:
    """The files of a version; no two versions share a byte string."""
    return {name: random.Random(version + name).randbytes(size) for name, size in SIZES.items()}


def write(root: Path, version: str, said_done: Callable[[], None] = lambda: None) -> Generation:
    """Write a version as the index builder does: file by file, in pieces, then commit."""
    with GenerationWriter(root) as writer:
        for name, content in contents(version).items():
            with writer.path(name).open("wb") as file:
                for start in range(0, len(content), 8_000):
                    file.write(content[start : start + 8_000])
        generation = writer.commit({"version": version, "counts": {"passages": len(version)}})
        said_done()
    return generation


def write_in_place(root: Path, version: str, said_done: Callable[[], None] = lambda: None) -> None:
    """The negative control: the same files and the same manifest, each written over the old one."""
    manifest = Manifest.from_bytes((root / "manifest.json").read_bytes(), root)
    files = {}
    for name, content in contents(version).items():
        (root / "generations" / manifest.generation / name).write_bytes(content)
        files[name] = StoredFile(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    changes: dict[str, Any] = {"files": files, "settings": {"version": version}}
    (root / "manifest.json").write_bytes(manifest.model_copy(update=changes).to_bytes())
    said_done()


def bytes_of(generation: Generation) -> dict[str, bytes]:
    return {name: generation.path(name).read_bytes() for name in SIZES}


def what_opens(root: Path) -> str:
    """The version that opens with exactly its own bytes, or the name of the typed error."""
    try:
        generation = open_generation(root)
    except IndexStorageError as error:
        return type(error).__name__
    version = str(generation.settings["version"])
    return version if bytes_of(generation) == contents(version) else f"not the bytes of {version}"


def generations(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "generations").iterdir())


def seal(root: Path, changes: Mapping[str, Any]) -> None:
    """Change fields of the manifest and give it a checksum that holds, as a forger would."""
    path = root / "manifest.json"
    record = json.loads(path.read_bytes()) | changes
    del record["sha256"]

    def dump(record: dict[str, Any]) -> bytes:
        return (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()

    path.write_bytes(dump(record | {"sha256": hashlib.sha256(dump(record)).hexdigest()}))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An index with one generation, `old`."""
    root = tmp_path / "data" / "index"
    write(root, "old")
    return root


# Writing and opening


def test_opens_what_was_committed(root: Path) -> None:
    """An opened generation has the bytes and the settings that were committed."""
    generation = open_generation(root)
    assert bytes_of(generation) == contents("old")
    assert generation.settings == {"version": "old", "counts": {"passages": 3}}
    assert abs((datetime.now(UTC) - generation.created).total_seconds()) < 60
    assert open_generation(root, verify=False) == generation


def test_commit_returns_what_opens(root: Path) -> None:
    """What commit returns is what a reader opens next."""
    assert write(root, "new") == open_generation(root)


def test_keeps_the_previous_generation(root: Path) -> None:
    """A reader's files outlive one commit, and are gone after two."""
    reader = open_generation(root)
    write(root, "new")
    assert bytes_of(reader) == contents("old")
    last = write(root, "newer")
    assert reader.name not in generations(root)
    assert len(generations(root)) == 2
    assert last.name in generations(root)


def test_missing_index(tmp_path: Path) -> None:
    """Without a manifest there is no index, and the message says how to make one."""
    with pytest.raises(IndexMissing, match="tanya index"):
        open_generation(tmp_path / "nothing")
    with pytest.raises(IndexMissing):
        open_generation(tmp_path)


@pytest.mark.parametrize("version", [0, FORMAT_VERSION + 1, 99])
def test_other_format_version(root: Path, version: int) -> None:
    """Another format version is told apart from damage, and names both versions and the cure."""
    seal(root, {"format_version": version, "settings": ["whatever a later format holds"]})
    with pytest.raises(IndexIncompatible, match=rf"version {version} .* reads {FORMAT_VERSION}; run `tanya index`"):
        open_generation(root)


def test_rebuild_cures(root: Path) -> None:
    """A writer replaces an index that is damaged or of another format, and clears its remains."""
    for spoil in (b"\x00", b'{"format_version": 99}'):
        (root / "manifest.json").write_bytes(spoil)
        write(root, "new")
        assert what_opens(root) == "new"
        assert len(generations(root)) == 1


def test_failed_rebuild_of_a_damaged_index_deletes_nothing(root: Path) -> None:
    """While the manifest cannot be read, the files it may have named stay until a commit."""
    before = generations(root)
    (root / "manifest.json").write_bytes(b"\x00")
    with pytest.raises(ZeroDivisionError), GenerationWriter(root):
        raise ZeroDivisionError
    assert generations(root) == before


def test_unlisted_file_is_never_part_of_the_index(root: Path) -> None:
    """A file planted in the folder, a pickle say, is not found by name and does not stop a reader."""
    generation = open_generation(root)
    (generation.folder / "planted.pkl").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    assert what_opens(root) == "old"
    for name in ("planted.pkl", "../../manifest.json", ""):
        with pytest.raises(IndexDamaged, match="tanya index"):
            open_generation(root).path(name)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", "/etc/passwd", ".hidden", "a\n", "a\0b", "A", "é", "a" * 101],
)
def test_bad_file_names(root: Path, name: str) -> None:
    """Names that lead elsewhere, hide, or differ between systems are refused to writers and in manifests."""
    with GenerationWriter(root) as writer, pytest.raises(ValueError, match="cannot be the name"):
        writer.path(name)
    stored = {"size": 0, "sha256": hashlib.sha256(b"").hexdigest()}
    seal(root, {"files": {name: stored}})
    assert what_opens(root) == "IndexDamaged"


@pytest.mark.parametrize(
    "changes",
    [
        {"generation": "../generations"},
        {"generation": 7},
        {"previous": ".."},
        {"created": "yesterday"},
        {"created": "2026-01-01T00:00:00"},
        {"settings": None},
        {"settings": []},
        {"files": []},
        {"files": {"a": {"size": -1, "sha256": "0" * 64}}},
        {"files": {"a": {"size": "1", "sha256": "0" * 64}}},
        {"files": {"a": {"size": True, "sha256": "0" * 64}}},
        {"files": {"a": {"size": 1, "sha256": "0" * 63}}},
        {"files": {"a": {"size": 1}}},
        {"format_version": True},
        {"format_version": "1"},
        {"format_version": None},
        {"one_more": 1},
    ],
    ids=str,
)
def test_forged_manifest(root: Path, changes: dict[str, Any]) -> None:
    """A manifest with a wrong type or an unknown field is damaged even where its checksum holds."""
    seal(root, changes)
    with pytest.raises(IndexDamaged, match="tanya index"):
        open_generation(root)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"\xff\xfe", b"{" * 100_000, b"[" * 100_000, b'{"format_version":1e999}']
)
def test_manifest_that_is_something_else(root: Path, content: bytes) -> None:
    """Anything else in the manifest's place is damage, however deep or strange."""
    (root / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged):
        open_generation(root)


@pytest.mark.parametrize(
    "settings",
    [
        {"a": (1, 2)},
        {"a": {1: 2}},
        {1: 2},
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": Path()},
        {"a": "\ud800"},
    ],
    ids=repr,
)
def test_settings_are_plain_json(root: Path, settings: Any) -> None:
    """Settings that JSON would change or refuse are a ValueError, and the old index stays."""
    with pytest.raises(ValueError), GenerationWriter(root) as writer:
        writer.commit(settings)
    assert what_opens(root) == "old"
    assert len(generations(root)) == 1


def test_settings_come_back_equal(root: Path) -> None:
    """Numbers, nested lists and any text come back from the disk as they were given."""
    settings: dict[str, Any] = {"π": [0.1 + 0.2, 5e-324, 10**30, None, True, [], {}], "text": "‮\u2028\0ﷺ"}
    with GenerationWriter(root) as writer:
        writer.commit(settings)
    assert open_generation(root).settings == settings


def test_folder_must_hold_what_was_asked_for(root: Path) -> None:
    """A file that was not written, or was left behind by a library, stops the commit."""
    with GenerationWriter(root) as writer:
        writer.path("a.sqlite")
        with pytest.raises(IndexStorageError, match=r"holds \[\];"):
            writer.commit({})
        writer.path("a.sqlite").write_bytes(b"")
        journal = writer.path("a.sqlite").with_name("a.sqlite-journal")
        journal.write_bytes(b"")
        with pytest.raises(IndexStorageError, match="not closed"):
            writer.commit({})
    assert what_opens(root) == "old"


def test_writer_only_inside_its_block(root: Path) -> None:
    """A writer without its lock, or after its commit, writes nothing."""
    writer = GenerationWriter(root)
    with pytest.raises(RuntimeError):
        writer.path("a")
    with writer:
        writer.commit({})
        with pytest.raises(RuntimeError):
            writer.commit({})
    with pytest.raises(RuntimeError):
        writer.path("a")


def test_foreign_files_are_left_alone(root: Path) -> None:
    """Sweeping touches only folders that a writer of ours could have made."""
    (root / "generations" / "thesis").mkdir()
    (root / "notes.txt").write_text("mine")
    leftover = root / "generations" / "20200101t000000z-00000000"
    leftover.mkdir()
    write(root, "new")
    assert (root / "generations" / "thesis").exists()
    assert (root / "notes.txt").exists()
    assert not leftover.exists()


# Damage


def test_every_flipped_bit_of_the_manifest(root: Path) -> None:
    """No single flipped bit of the manifest goes unseen."""
    path = root / "manifest.json"
    content = path.read_bytes()
    outcomes: Counter[str] = Counter()
    for bit in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        outcomes[what_opens(root)] += 1
    assert outcomes.keys() == {"IndexDamaged", "IndexIncompatible"}
    # Only the version's own digit can turn into another version.
    assert outcomes["IndexIncompatible"] < 8


def test_every_cut_of_the_manifest(root: Path) -> None:
    """A manifest cut anywhere is damaged."""
    path = root / "manifest.json"
    content = path.read_bytes()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        assert what_opens(root) == "IndexDamaged", length


@pytest.mark.parametrize("seed", range(8))
def test_damage_to_any_file(root: Path, seed: int) -> None:
    """A flipped bit, a cut, more bytes, another file's bytes or no file at all: always a typed error."""
    rng = random.Random(seed)
    folder = open_generation(root).folder
    paths = [root / "manifest.json", *(folder / name for name in SIZES)]
    seen: Counter[str] = Counter()
    for _ in range(60):
        path = rng.choice(paths)
        content = path.read_bytes()
        damage = rng.choice(["flip", "cut", "grow", "swap", "delete"])
        changed = bytearray(content)
        if damage == "flip" and content:
            changed[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        elif damage == "cut" and content:
            del changed[rng.randrange(len(content)) :]
        elif damage == "swap":
            changed[:] = rng.choice([other for other in paths if other != path]).read_bytes()
        else:
            changed += rng.randbytes(rng.randint(1, 9))
        if damage == "delete":
            path.unlink()
        else:
            path.write_bytes(changed)
        outcome = what_opens(root)
        assert outcome in {"IndexDamaged", "IndexIncompatible", "IndexMissing"}, (path.name, damage, outcome)
        seen[damage] += 1
        path.write_bytes(content)
    assert what_opens(root) == "old"
    assert len(seen) == 5


def test_cut_is_seen_without_verifying(root: Path) -> None:
    """`verify=False` leaves out the hashing and still sees a missing file and a wrong size."""
    path = open_generation(root).path("vectors.faiss")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match="8999 bytes and 9000"):
        open_generation(root, verify=False)
    path.unlink()
    with pytest.raises(IndexDamaged, match="missing"):
        open_generation(root, verify=False)


def test_folder_in_place_of_a_file(root: Path) -> None:
    """A folder where a file should be is damage."""
    path = open_generation(root).path("vectors.faiss")
    path.unlink()
    path.mkdir()
    assert what_opens(root) == "IndexDamaged"
    (root / "manifest.json").unlink()
    (root / "manifest.json").mkdir()
    assert what_opens(root) == "IndexDamaged"


# The disk refuses


def test_full_disk_while_writing(root: Path) -> None:
    """A file that the system will not let grow ends in a typed error, and the old index opens."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(IndexStorageError, match=r"generations.*free some space"):
            write(root, "new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert what_opens(root) == "old"
    assert len(generations(root)) == 1


def test_root_is_a_file(tmp_path: Path) -> None:
    """A file in the index folder's place is a typed error for readers and writers, and survives."""
    root = tmp_path / "index"
    root.write_text("mine")
    with pytest.raises(IndexStorageError, match=str(root)):
        open_generation(root)
    with pytest.raises(IndexStorageError, match=str(root)), GenerationWriter(root):
        pass
    assert root.read_text() == "mine"


def test_others_errors_pass_through(root: Path, tmp_path: Path) -> None:
    """An error about someone else's file inside the context keeps its type."""
    with pytest.raises(FileNotFoundError), GenerationWriter(root):
        (tmp_path / "corpus.txt").read_text()
    assert what_opens(root) == "old"


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_leaving_without_commit(root: Path, error: type[BaseException]) -> None:
    """Ctrl-C or any error inside the context leaves the old index, nothing else, and a free lock."""
    before = sorted(root.rglob("*"))

    def leave() -> None:
        with GenerationWriter(root) as writer:
            writer.path("vectors.faiss").write_bytes(b"half")
            raise error

    with pytest.raises(error):
        leave()
    assert sorted(root.rglob("*")) == before
    assert what_opens(root) == "old"
    write(root, "new")


# Two at once


def test_two_writers_in_one_process(root: Path) -> None:
    """A second writer is told that the index is being written, and does not disturb the first."""
    with GenerationWriter(root) as writer:
        with pytest.raises(IndexBusy, match="another process"), GenerationWriter(root):
            pass
        writer.path("a").write_bytes(b"1")
        writer.commit({})
    assert open_generation(root).path("a").read_bytes() == b"1"


def test_writer_killed_while_holding_the_lock(root: Path) -> None:
    """A writer in another process shuts this one out until it is killed; then its leftovers are swept."""
    with script("hold", root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        assert len(generations(root)) == 2
        with pytest.raises(IndexBusy):
            write(root, "new")
        assert what_opens(root) == "old"
        holder.kill()
        holder.wait()
    assert len(generations(root)) == 2
    assert what_opens(root) == "old"
    # Swept on the way in: a disk that the leftovers filled has room again before anything is written.
    with GenerationWriter(root):
        pass
    assert generations(root) == [open_generation(root).name]
    write(root, "new")
    assert what_opens(root) == "new"


def test_readers_during_commits(root: Path) -> None:
    """Readers that open while a writer commits 20 times see whole generations, in order."""
    stop = threading.Event()
    seen: list[list[int]] = [[] for _ in range(3)]
    wrong: list[str] = []

    def read(mine: list[int]) -> None:
        while not stop.is_set():
            try:
                generation = open_generation(root)
                version = str(generation.settings["version"])
                if bytes_of(generation) != contents(version):
                    wrong.append(f"not the bytes of {version}")
                mine.append(0 if version == "old" else int(version))
            except (IndexStorageError, FileNotFoundError) as error:
                # Two commits while one reader reads: it may be too late, as long as it is told.
                if isinstance(error, IndexStorageError) and "replaced" not in str(error):
                    wrong.append(repr(error))

    readers = [threading.Thread(target=read, args=(mine,)) for mine in seen]
    for reader in readers:
        reader.start()
    for number in range(1, 21):
        write(root, str(number))
        time.sleep(0.01)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    for mine in seen:
        assert mine == sorted(mine)
    assert len(set().union(*seen)) > 10


@pytest.mark.parametrize("times", [1, 2, 3])
def test_reader_overtaken_by_two_commits(root: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """A reader that loses its generation while checking it starts again, and gives up after three."""
    stat = Path.stat
    reader = threading.get_ident()
    overtakings = iter(range(times))

    def slow_stat(path: Path, **options: Any) -> os.stat_result:
        mine = path.name == "vectors.faiss" and threading.get_ident() == reader
        if mine and (number := next(overtakings, None)) is not None:
            writer = threading.Thread(target=lambda: [write(root, f"{number}.{n}") for n in range(2)])
            writer.start()
            writer.join()
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", slow_stat)
    if times < 3:
        assert open_generation(root).settings["version"] == f"{times - 1}.1"
    else:
        with pytest.raises(IndexStorageError, match=r"replaced 3 times .* try again"):
            open_generation(root)


# Crashes

MODES = {
    "EIO": "one operation fails",
    "ENOSPC": "one operation fails for want of space, a write half done",
    "stays full": "the disk is full from that operation on",
    "EIO after": "one operation is done and then reports a failure",
    "interrupt": "Ctrl-C arrives at that operation",
    "kill": "the process is killed at that operation, a write half done",
    "power cut": "as kill, and what was not brought to the disk is lost from its files",
}


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Every run of the sweep, for the writer and for the negative control."""
    if not hasattr(os, "fork"):
        pytest.skip("the crashing writer is a forked process")
    runs = {}
    for writer in WRITERS:
        with script("sweep", tmp_path_factory.mktemp("sweep"), writer) as sweep:
            output, _ = sweep.communicate()
        assert sweep.returncode == 0
        runs[writer] = [json.loads(line) for line in output.splitlines()]
    return runs


def test_faults_did_fire(crashes: dict[str, list[dict[str, Any]]]) -> None:
    """The sweep reaches every kind of operation in every way of failing, many times."""
    fired = Counter((run["mode"], run["operation"]) for run in crashes["whole"])
    kinds = {"open", "read", "write", "fsync", "replace", "mkdir", "unlink", "rmdir", "flock"}
    assert fired.keys() == {(mode, kind) for mode in MODES for kind in kinds}
    assert min(Counter(run["mode"] for run in crashes["whole"]).values()) >= 50


def test_crash_leaves_old_or_new(crashes: dict[str, list[dict[str, Any]]]) -> None:
    """Whatever fails whenever, the index opens afterwards as wholly old or wholly new."""
    assert [run for run in crashes["whole"] if run["opens"] not in {"old", "new"}] == []


def test_done_means_new(crashes: dict[str, list[dict[str, Any]]]) -> None:
    """Once commit has returned, the index is the new one whatever happens next; and both outcomes occur."""
    assert [run for run in crashes["whole"] if run["said_done"] and run["opens"] != "new"] == []
    assert {(run["said_done"], run["opens"]) for run in crashes["whole"]} >= {(True, "new"), (False, "old")}


def test_failure_is_a_typed_error(crashes: dict[str, list[dict[str, Any]]]) -> None:
    """A writer that meets an error either finishes or raises IndexStorageError."""
    for run in crashes["whole"]:
        if run["mode"] in {"EIO", "ENOSPC", "stays full", "EIO after"}:
            assert run["said_done"] or run["raised"] == "IndexStorageError", run


def test_next_writer_recovers(crashes: dict[str, list[dict[str, Any]]]) -> None:
    """After any crash the next writer gets in, and only its generation and the one before are left."""
    assert [run for run in crashes["whole"] if not run["recovers"]] == []


def test_sweep_catches_a_careless_writer(crashes: dict[str, list[dict[str, Any]]]) -> None:
    """The same sweep sees an in-place writer corrupted in every mode, so it can fail."""
    corrupted = Counter(run["mode"] for run in crashes["in place"] if run["opens"] not in {"old", "new"})
    assert corrupted.keys() == MODES.keys()
    assert corrupted.total() > len(crashes["in place"]) / 2


@needs_fork
def test_order_of_reaching_the_disk(root: Path) -> None:
    """All that the manifest names is on the disk before the switch; nothing is deleted before that is."""
    with script("trace", root) as trace:
        output, _ = trace.communicate()
    steps = [(kind, Path(path).name) for kind, path in map(json.loads, output.splitlines())]
    folder = open_generation(root).name
    switch = steps.index(("replace", "manifest.json.new"))

    def last(step: tuple[str, str]) -> int:
        return max(index for index, other in enumerate(steps) if other == step)

    for name in SIZES:
        assert last(("fsync", name)) < switch
        if SIZES[name]:
            assert last(("write", name)) < last(("fsync", name))
        assert last(("fsync", name)) < last(("fsync", folder))
    assert last(("fsync", folder)) < last(("fsync", "generations")) < switch
    assert last(("write", "manifest.json.new")) < last(("fsync", "manifest.json.new")) < switch
    deletions = [index for index, (kind, _) in enumerate(steps) if kind in {"unlink", "rmdir"} and index > switch]
    assert deletions
    assert switch < last(("fsync", "index")) < min(deletions)


# The process that crashes


def script(command: str, root: Path, *arguments: str) -> subprocess.Popen[str]:
    """This file as a script, away from pytest's own threads and files."""
    return subprocess.Popen(
        [sys.executable, __file__, command, str(root), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(indexer.__file__).parent.parent)},
    )


WRITERS: dict[str, Callable[..., object]] = {"whole": write, "in place": write_in_place}


class Faults:
    """Counts the system calls of this process and makes one of them fail."""

    def __init__(self, mode: str, number: int, report: Callable[..., None]) -> None:
        self.mode, self.number, self.report = mode, number, report
        self.count = 0
        self.steps: list[tuple[str, str]] = []
        self.paths: dict[int, str] = {}
        self.unsynced: set[str] = set()

    def install(self) -> None:
        import fcntl

        # Python's own file objects, written in Python: every open, read and write passes through os.
        builtins.open = io.open = _pyio.open
        for name in ("open", "read", "write", "fsync", "replace", "rename", "mkdir", "unlink", "rmdir"):
            setattr(os, name, self.watch(name, getattr(os, name)))
        fcntl.flock = self.watch("flock", fcntl.flock)

    def watch(self, kind: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            target = arguments[0]
            path = self.paths.get(target, "") if isinstance(target, int) else os.fspath(target)
            self.steps.append((kind, path))
            needs_space = kind in {"write", "mkdir"} or (kind == "open" and arguments[1] & os.O_CREAT)
            stuck = self.mode == "stays full" and self.count > self.number and needs_space
            if self.count == self.number or stuck:
                self.fail(kind, path, call, arguments, options)
            result = call(*arguments, **options)
            if kind == "open":
                self.paths[result] = path
            elif kind == "write":
                self.unsynced.add(path)
            elif kind == "fsync":
                self.unsynced.discard(path)
            elif kind == "replace" and path in self.unsynced:
                self.unsynced.remove(path)
                self.unsynced.add(os.fspath(arguments[1]))
            return result

        return watched

    def fail(self, kind: str, path: str, call: Callable[..., Any], arguments: Any, options: Any) -> None:
        if self.count == self.number:
            self.report(fired=kind)
        if self.mode == "EIO after":
            call(*arguments, **options)
        elif kind == "write" and self.mode != "EIO":
            handle, content = arguments
            call(handle, bytes(content)[: len(content) // 2])
            self.unsynced.add(path)
        if self.mode == "power cut":
            for lost in self.unsynced:
                if Path(lost).exists():
                    os.truncate(lost, 0)
        if self.mode in {"kill", "power cut"}:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.mode == "interrupt":
            raise KeyboardInterrupt
        number = errno.EIO if self.mode.startswith("EIO") else errno.ENOSPC
        named = [path] if isinstance(arguments[0], str | Path) else []
        raise OSError(number, os.strerror(number), *named)


def crash(writer: str, root: Path, mode: str, number: int) -> dict[str, Any]:
    """Fork, let the child update `root` from old to new with one fault, and gather what it reported."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        real_write = os.write

        def report(**news: Any) -> None:
            real_write(outlet, (json.dumps(news) + "\n").encode())

        Faults(mode, number, report).install()
        try:
            WRITERS[writer](root, "new", said_done=lambda: report(said_done=True))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test wants to see it
            report(raised=type(error).__name__)
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet) as news:
        told: dict[str, Any] = {"fired": None, "said_done": False, "raised": None}
        for line in news:
            told |= json.loads(line)
    os.waitpid(child, 0)
    return told


def sweep(folder: Path, writer: str) -> None:
    """Print one line of JSON for every operation of the writer and every way in which it can fail."""
    # A kill loses nothing that the kernel has, so there is nothing to wait for.
    os.fsync = lambda handle: None
    template, root = folder / "template", folder / "index"
    write(template, "older")
    write(template, "old")
    leftover = template / "generations" / "20200101t000000z-00000000"
    leftover.mkdir()
    (leftover / "vectors.faiss").write_bytes(b"half")
    for mode in MODES:
        number = 1
        while True:
            shutil.copytree(template, root)
            told = crash(writer, root, mode, number)
            if told["fired"] is None:
                shutil.rmtree(root)
                break
            opens = what_opens(root)
            recovers = writer == "whole" and write(root, "newer") is not None and what_opens(root) == "newer"
            recovers = recovers and len(generations(root)) == 2 and not (root / "manifest.json.new").exists()
            run = {"mode": mode, "number": number, "operation": told["fired"], "opens": opens}
            run |= {"said_done": told["said_done"], "raised": told["raised"], "recovers": recovers}
            print(json.dumps(run))  # noqa: T201
            shutil.rmtree(root)
            number += 1


def trace(root: Path) -> None:
    """Print the operations of two updates that nothing disturbs; the second has a generation to delete."""
    write(root, "new")
    faults = Faults("none", -1, lambda **news: None)
    faults.install()
    write(root, "newer")
    for step in faults.steps.copy():
        print(json.dumps(step))  # noqa: T201


def hold(root: Path) -> None:
    """Hold the lock, with a file half written, until killed."""
    with GenerationWriter(root) as writer:
        writer.path("vectors.faiss").write_bytes(b"half")
        print("holding", flush=True)  # noqa: T201
        time.sleep(60)


def main(command: str, root: str, *arguments: str) -> None:
    {"sweep": sweep, "trace": trace, "hold": hold}[command](Path(root), *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
