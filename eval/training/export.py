"""Write a trained reader or verifier as the program ships it: 8-bit matrices of all layers, one scale per output.

python -m eval.training.export reader --work build/reader build/other
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file

from chat_app import reader, verifier
from indexer.encoder.checkpoint import LAYER_PARTS

FILES = {"reader": reader.WEIGHTS, "verifier": verifier.WEIGHTS}
HEADS = {"reader": {"head": "head"}, "verifier": {"inner": "inner", "outer": "outer"}}
"""What a model has above its layers, by the names in its file and in training."""


def pack(state: dict[str, torch.Tensor], heads: Mapping[str, str]) -> dict[str, npt.NDArray[np.generic]]:
    """The tensors of all layers under the weights file's names, and of the heads, by their names in the model."""
    tensors: dict[str, npt.NDArray[np.generic]] = {}
    for layer in range(
        1 + max(int(name.split(".")[3]) for name in state if name.startswith("backbone.encoder.layer."))
    ):
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
    for ours, theirs in heads.items():
        tensors[f"{ours}.w"] = state[f"{theirs}.weight"].float().numpy()
        tensors[f"{ours}.b"] = state[f"{theirs}.bias"].float().numpy()
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
    parser.add_argument("model", choices=sorted(FILES))
    parser.add_argument(
        "--work", type=Path, nargs="+", required=True, help="folders that hold a MODEL.pt; of several the mean"
    )
    parser.add_argument("--out", type=Path, help="default: where the program takes it from")
    options = parser.parse_args(argv)
    state = mean([torch.load(work / f"{options.model}.pt", weights_only=True)["model"] for work in options.work])
    out = options.out or FILES[options.model]
    save_file(pack(state, HEADS[options.model]), out)
    out.chmod(0o644)


if __name__ == "__main__":
    main()
