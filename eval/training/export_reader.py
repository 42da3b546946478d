"""Write a trained reader as the program ships it: 8-bit matrices of all layers, one scale per output.

python -m eval.training.export_reader --work build/reader build/other
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file

from chat_app.reader import WEIGHTS
from indexer.encoder.checkpoint import LAYER_PARTS


def pack(state: dict[str, torch.Tensor], layers: range) -> dict[str, npt.NDArray[np.generic]]:
    """The tensors of these layers and of the head under the weights file's names."""
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


def mean(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of several runs' tensors, which reads better than each (Wortsman et al., 2022).

    All must have begun from the same base. Raises ValueError for tensors that do not fit each other.
    """
    if any(state.keys() != states[0].keys() for state in states):
        raise ValueError("the runs have different tensors")
    return {name: torch.stack([state[name].float() for state in states]).mean(dim=0) for name in states[0]}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--work", type=Path, nargs="+", required=True, help="folders that hold a reader.pt; of several the mean"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(argv)
    state = mean([torch.load(work / "reader.pt", weights_only=True)["model"] for work in options.work])
    layers = 1 + max(int(name.split(".")[3]) for name in state if name.startswith("backbone.encoder.layer."))
    save_file(pack(state, range(layers)), options.out)
    options.out.chmod(0o644)


if __name__ == "__main__":
    main()
