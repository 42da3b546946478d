"""Texts in, vectors out. `load_encoder` chooses between the two makers of an `Encoder`."""

from __future__ import annotations

from collections.abc import Callable

from indexer.encoder.protocol import Encoder
from indexer.settings import DEFAULT_MODEL, Settings

__all__ = ["Encoder", "load_encoder"]


def load_encoder(settings: Settings, *, progress: Callable[[str], None] | None = None) -> Encoder:
    """Return the encoder that the settings name, building the bundled one first where that was not done.

    `progress` is told, in a sentence, what takes time or goes another way than usual. Raises EncoderError
    when there are no weights, they are damaged, or the model cannot be loaded.
    """
    name = settings.model
    # The makers are imported here because each brings a large library, and only one of them is needed.
    if name == DEFAULT_MODEL:
        from indexer.encoder import weights

        if weights.find_weights() is not None:
            from indexer.encoder.cache import encoder_folder
            from indexer.encoder.onnx_encoder import OnnxEncoder

            return OnnxEncoder(encoder_folder(settings.cache_folder, progress=progress))
        name = weights.MODEL
        if progress:
            progress(
                f"the package {weights.PACKAGE}, which carries the encoder's weights, has no build here; "
                f"using {name} through SentenceTransformer, which fetches it the first time and is slower"
            )
    from indexer.encoder.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name, device=settings.device)
