"""Any SentenceTransformer model, from a hub or a folder. The only file that imports sentence_transformers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.encoder.protocol import DocumentProgress, Float32
from indexer.encoder.text import DOCUMENT_PREFIX, QUERY_PREFIX, clean
from indexer.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
_TEXTS_A_CALL = 16 * _BATCH
"""Texts between two reports of progress; the library sorts by length within a call."""

_SAMPLE = 65_536
"""Numbers of each tensor that go into the fingerprint; training changes all, and there may be billions."""

_E5 = re.compile(r"(^|[^a-z0-9])e5([^a-z0-9]|$)", re.IGNORECASE)


class SentenceTransformerEncoder:
    """Wraps a SentenceTransformer with its own prompts for questions and passages."""

    def __init__(self, name: str, *, device: str | None = None) -> None:
        """Load the model by its hub's name or from a folder, never running code that came with it.

        Raises EncoderError when it cannot be loaded.
        """
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name, device=device, trust_remote_code=False)
        except (OSError, ValueError, KeyError, TypeError, ImportError, RuntimeError) as error:
            raise EncoderError(
                f"cannot load the SentenceTransformer model {name!r}: {error}; "
                "give the name of a model on the hub, with a connection the first time, or a folder"
            ) from error
        short = Path(name).name
        if _E5.search(short) and not any(self._model.prompts.values()):
            # The E5 models on the hub say in words that they need these, but their files do not.
            self._model.prompts = {"query": QUERY_PREFIX, "document": DOCUMENT_PREFIX}
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError(f"the SentenceTransformer model {name!r} does not say how long its vectors are")
        self.dimension = dimension
        # The hub's name, or the folder's last part: a folder may be moved, and the hash tells models apart.
        self.fingerprint = f"{short if Path(name).exists() else name}/{_hash(self._model)}"

    def encode_query(self, texts: Sequence[str]) -> Float32:
        """Return one vector for each question: float32 [len(texts), dimension], of length 1."""
        return self._finish(
            self._model.encode_query(
                [clean(text) for text in texts],
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        )

    def encode_document(self, texts: Sequence[str], *, progress: DocumentProgress | None = None) -> Float32:
        """Return one vector for each passage: float32 [len(texts), dimension], of length 1."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _TEXTS_A_CALL):
            some = [clean(text) for text in texts[start : start + _TEXTS_A_CALL]]
            vectors[start : start + len(some)] = self._model.encode_document(
                some, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            if progress:
                progress(start + len(some), len(texts))
        return vectors

    def _finish(self, vectors: Float32) -> Float32:
        return np.asarray(vectors, np.float32).reshape(-1, self.dimension)


def _hash(model: SentenceTransformer) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        flat = tensor.detach().reshape(-1)
        sample = flat[:: max(1, flat.numel() // _SAMPLE)].float().cpu().numpy()
        digest.update(f"{name}{tuple(tensor.shape)}".encode())
        digest.update(np.ascontiguousarray(sample).tobytes())
    digest.update(repr(sorted(model.prompts.items())).encode())
    return digest.hexdigest()[:16]
