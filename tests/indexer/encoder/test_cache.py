from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from indexer.encoder import cache
from indexer.encoder.cache import MANIFEST_FILE, MODEL_FILE, encoder_folder, is_whole
from indexer.encoder.onnx_encoder import OnnxEncoder
from indexer.errors import EncoderError


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """A cache of its own with the built encoder in it."""
    shutil.copytree(built, tmp_path / "encoder" / built.name)
    return tmp_path


def _flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_what_is_built_is_used_again(copied: Path) -> None:
    """With a whole folder in the cache nothing is built and nothing is said."""
    said: list[str] = []
    folder = encoder_folder(copied, progress=said.append)
    assert said == []
    assert is_whole(folder)


def test_a_damaged_file_is_built_again(copied: Path, encoder: OnnxEncoder) -> None:
    """One flipped bit in the model is noticed, the folder is made anew, and gives the same vectors."""
    folder = encoder_folder(copied)
    _flip_a_bit(folder / MODEL_FILE)
    assert not is_whole(folder)
    said: list[str] = []
    assert encoder_folder(copied, progress=said.append) == folder
    assert "damaged" in said[0]
    assert is_whole(folder)
    text = ["Kapan UNOSSC dibentuk?"]
    assert (OnnxEncoder(folder).encode_query(text) == encoder.encode_query(text)).all()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer-common.json", "tokenizer-common-ids.npy", MANIFEST_FILE])
def test_every_file_is_checked(copied: Path, name: str) -> None:
    """A cut, a flipped bit or an absence in any file makes the folder not whole."""
    folder = encoder_folder(copied)
    path = folder / name
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert not is_whole(folder)
    if name != MANIFEST_FILE:
        path.write_bytes(content)
        _flip_a_bit(path)
        assert not is_whole(folder)
    path.unlink()
    assert not is_whole(folder)


def test_a_manifest_of_nonsense_is_not_whole(copied: Path) -> None:
    """JSON of another shape is damage, not a crash."""
    folder = encoder_folder(copied)
    for nonsense in ([], {}, {"files": {}}, {"files": 3}, {"files": {"model.onnx": 1}}, {"files": {"": {}}}):
        (folder / MANIFEST_FILE).write_text(json.dumps(nonsense), encoding="utf-8")
        assert not is_whole(folder)


def test_processes_may_build_at_once(tmp_path: Path) -> None:
    """Two processes that find nothing both end with the same whole folder, and leave nothing else."""
    program = (
        "import sys; from pathlib import Path; from indexer.encoder.cache import encoder_folder\n"
        "print(encoder_folder(Path(sys.argv[1])))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    folders = {process.communicate()[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0]
    assert len(folders) == 1
    assert is_whole(Path(folders.pop()))
    assert len(list((tmp_path / "encoder").iterdir())) == 1


def test_a_build_that_is_stopped_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while building passes through, and neither a half folder nor a temporary one is left."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.encoder.tokenizer.write_tokenizer", interrupt)
    with pytest.raises(KeyboardInterrupt):
        encoder_folder(tmp_path)
    assert list((tmp_path / "encoder").iterdir()) == []


def test_a_full_disk_is_an_encoder_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says the folder, the reason and the cure, and nothing is left."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.encoder.onnx_build.build_onnx", full)
    with pytest.raises(EncoderError, match=r"No space left on device; it needs \d+ MB there, or set TANYA_HOME"):
        encoder_folder(tmp_path)
    assert list((tmp_path / "encoder").iterdir()) == []


def test_what_killed_builds_left_is_cleared_away(tmp_path: Path) -> None:
    """A temporary folder of hours ago goes; a fresh one, perhaps another process's, stays."""
    for name, age in (("old", 7200), ("new", 0)):
        path = tmp_path / f".building-{name}"
        path.mkdir()
        os.utime(path, (time.time() - age,) * 2)
    cache._clear_stale(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".building-new"]


def test_seven_bits_give_nearly_the_same_vectors(
    tmp_path: Path, built: Path, encoder: OnnxEncoder, passages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index made with 8-bit weights serves a processor that needs 7: same fingerprint, cosine ≥ 0.99."""
    has_7 = built.name.endswith("7bit")
    monkeypatch.setattr("indexer.encoder.cpu.sums_8bit_exactly", lambda: has_7)
    folder = encoder_folder(tmp_path)
    assert folder.name != built.name
    other = OnnxEncoder(folder)
    assert other.fingerprint == encoder.fingerprint
    cosines = (other.encode_document(passages[:20]) * encoder.encode_document(passages[:20])).sum(axis=1)
    assert np.min(cosines) >= 0.99
