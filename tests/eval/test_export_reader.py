"""The shipped reader can be unpacked to train on, and packs to the same file again."""

from __future__ import annotations

import numpy as np
from safetensors.numpy import load_file

from chat_app.reader import WEIGHTS
from eval.training.export_reader import FROZEN_LAYERS, pack, unpack


def test_unpacking_and_packing_gives_the_shipped_tensors() -> None:
    """Nothing is lost but the rounding of a scale: 8-bit codes come back as they were."""
    shipped = load_file(WEIGHTS)
    packed = pack(unpack(WEIGHTS), range(FROZEN_LAYERS, 12))
    assert packed.keys() == shipped.keys()
    for name, values in shipped.items():
        if values.dtype == np.int8:
            assert np.array_equal(packed[name], values), name
        else:
            assert np.allclose(packed[name], values, rtol=1e-5), name
