"""Write a trained reader as the program ships it: 8-bit matrices of the trained layers, one scale per output.

python -m eval.training.export_reader --work build/reader
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load_file, save_file

from chat_app.reader import WEIGHTS
from indexer.encoder.checkpoint import LAYER_PARTS

FROZEN_LAYERS = 4
"""So many of the lowest layers stay the encoder's own, and are not shipped again."""


def pack(state: dict[str, torch.Tensor], layers: range) -> dict[str, npt.NDArray[np.generic]]:
    """The tensors of the trained layers and the head under the weights file's names."""
    tensors: dict[str, npt.NDArray[np.generic]] = {}
    for layer in layers:
        for short, long in LAYER_PARTS.items():
            weight = state[f"backbone.encoder.layer.{layer}.{long}.weight"].float().numpy()
            tensors[f"l{layer}.{short}.b"] = state[f"backbone.encoder.layer.{layer}.{long}.bias"].float().numpy()
            name = f"l{layer}.{short}.w"
            if weight.ndim == 1:
                tensors[name] = weight
                continue
            scale = np.maximum(np.abs(weight).max(axis=1), 1e-8) / 127
            tensors[name] = np.rint(weight / scale[:, None]).astype(np.int8)
            tensors[f"{name}.scale"] = scale.astype(np.float32)
    tensors["head.w"] = state["head.weight"].float().numpy()
    tensors["head.b"] = state["head.bias"].float().numpy()
    return tensors


def unpack(path: Path) -> dict[str, torch.Tensor]:
    """The trained layers and the head of a shipped file as BertModel's tensors, to go on training from."""
    stored = load_file(path)
    state: dict[str, torch.Tensor] = {}
    for name, values in stored.items():
        if name.endswith(".scale"):
            continue
        floats = values.astype(np.float32)
        if f"{name}.scale" in stored:
            floats *= stored[f"{name}.scale"][:, None]
        kind = {"w": "weight", "b": "bias"}[name.rsplit(".", 1)[1]]
        if name.startswith("head."):
            state[f"head.{kind}"] = torch.from_numpy(floats)
        else:
            layer, part, _ = name.split(".")
            state[f"backbone.encoder.layer.{layer[1:]}.{LAYER_PARTS[part]}.{kind}"] = torch.from_numpy(floats)
    return state


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="the folder that holds reader.pt")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(argv)
    state = torch.load(options.work / "reader.pt", weights_only=True)["model"]
    layers = 1 + max(int(name.split(".")[3]) for name in state if name.startswith("backbone.encoder.layer."))
    save_file(pack(state, range(FROZEN_LAYERS, layers)), options.out)
    options.out.chmod(0o644)


if __name__ == "__main__":
    main()
