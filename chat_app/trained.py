"""The small models that come with the program: the encoder's backbone with trained layers in the place of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.encoder import cpu
from indexer.encoder.cache import built_folder
from indexer.encoder.protocol import Float32
from indexer.encoder.weights import Matrix, Shape, Weights, read_weights
from indexer.errors import EncoderError

FORMAT_VERSION = 3
"""Of the built models; raised when a graph changes."""
MODEL_FILE = "model.onnx"

Progress = Callable[[str], None]


def trained_folder(
    cache: Path, what: str, weights: Path, write: Callable[[Trained, Path, bool], None], progress: Progress | None
) -> Path:
    """The folder in the cache with the built model, whole and checked, built where it is not.

    `what` names the model; `write` makes its file from the tensors, with 7 bits where the last argument says so.
    Raises EncoderError when it cannot be made.
    """
    try:
        with weights.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(f"the {what}'s weights {weights} cannot be read: {error.strerror or error}") from error
    reduce_range = not cpu.sums_8bit_exactly()
    name = f"{digest[:16]}-v{FORMAT_VERSION}-{'7' if reduce_range else '8'}bit"

    def build(folder: Path) -> None:
        write(Trained(read_weights(), weights, what), folder / MODEL_FILE, reduce_range)

    return built_folder(cache / what / name, name, build, what=what, progress=progress)


class Trained:
    """The encoder's weights with the trained tensors in the place of its own."""

    def __init__(self, base: Weights, path: Path, what: str) -> None:
        from safetensors.numpy import load_file

        self._base = base
        try:
            self._own: dict[str, npt.NDArray[Any]] = load_file(path)
        except Exception as error:  # the library raises nothing narrower
            raise EncoderError(f"the {what}'s weights {path} cannot be read: {error}") from error

    @property
    def shape(self) -> Shape:
        return self._base.shape

    def has(self, name: str) -> bool:
        """Whether the file has a tensor of this name."""
        return name in self._own

    def matrix(self, name: str, columns: int) -> Matrix:
        return self._base.matrix(name, columns)

    def dense(self, name: str, columns: int) -> Float32:
        if name not in self._own:
            return self._base.dense(name, columns)
        scales = self._own[f"{name}.scale"].astype(np.float32)
        return np.asarray(self._own[name].astype(np.float32) * scales[:, None], dtype=np.float32)

    def vector(self, name: str) -> Float32:
        if name in self._own:
            return self._own[name].astype(np.float32).reshape(-1)
        return self._base.vector(name)
