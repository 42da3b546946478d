"""What the tests share: an encoder whose similarity is the words in common, small corpora, and the real index."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.build import update
from indexer.encoder import Encoder, load_encoder
from indexer.encoder.protocol import DocumentProgress, Float32
from indexer.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"


class WordEncoder:
    """Each word is one direction, found by its hash; a text is the sum of its words, at length 1."""

    dimension = 512

    def __init__(self, name: str = "words") -> None:
        self.fingerprint = name
        self.encoded: list[str] = []
        """Every document text, in order: what was not encoded again does not appear."""

    def encode_query(self, texts: Sequence[str]) -> Float32:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or ["#nothing"]:
                digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
                vectors[row, int.from_bytes(digest, "big") % self.dimension] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def encode_document(self, texts: Sequence[str], *, progress: DocumentProgress | None = None) -> Float32:
        self.encoded.extend(texts)
        if progress:
            progress(len(texts), len(texts))
        return self.encode_query(texts) if texts else np.zeros((0, self.dimension), np.float32)


@pytest.fixture
def words() -> WordEncoder:
    """A fresh word encoder."""
    return WordEncoder()


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes files, by name and content, into a corpus folder and returns the folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "corpus"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        folder.mkdir(exist_ok=True)
        return folder

    return write


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The bundled encoder, from the user's cache."""
    return load_encoder(Settings())


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Path:
    """The folder of an index over corpus/, made once with the bundled encoder; not to be changed."""
    root = tmp_path_factory.mktemp("real") / "index"
    update(root, CORPUS, real_encoder)
    return root
