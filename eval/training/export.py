"""Write a trained reader or verifier as the program ships it: 8-bit matrices of all layers, one scale per output.

    python -m eval.training.export reader --of build/reader
    python -m eval.training.export reader --of build/reader build/other old.safetensors --shares 0.4 0.4 0.2

Of several runs, or files that were shipped before, the mean is written, which reads better than each (Wortsman et al.,
2022); all must have begun from the same base.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load_file, save_file

from chat_app import reader, verifier
from indexer.encoder.checkpoint import LAYER_PARTS
from indexer.encoder.protocol import Float32

FILES = {"reader": reader.WEIGHTS, "verifier": verifier.WEIGHTS}
HEADS = {"reader": ("head",), "verifier": ("inner", "outer")}
"""What a model has above its layers."""

Tensors = Mapping[str, Float32]
"""By the names that the file has."""


def of_run(state: Mapping[str, torch.Tensor], heads: Sequence[str]) -> Tensors:
    """The tensors of all layers and of the heads, from a model's state."""
    found = {}
    layers = {int(name.split(".")[3]) for name in state if name.startswith("backbone.encoder.layer.")}
    for layer in sorted(layers):
        for short, long in LAYER_PARTS.items():
            for ours, theirs in (("w", "weight"), ("b", "bias")):
                found[f"l{layer}.{short}.{ours}"] = state[f"backbone.encoder.layer.{layer}.{long}.{theirs}"]
    for head in heads:
        found |= {f"{head}.w": state[f"{head}.weight"], f"{head}.b": state[f"{head}.bias"]}
    return {name: tensor.float().numpy() for name, tensor in found.items()}


def of_file(path: Path) -> Tensors:
    """The tensors of a file that was written before, its matrices unpacked."""
    stored = load_file(path)
    return {
        name: values.astype(np.float32) * stored[f"{name}.scale"][:, None] if f"{name}.scale" in stored else values
        for name, values in stored.items()
        if not name.endswith(".scale")
    }


def mean(models: Sequence[Tensors], shares: Sequence[float]) -> Tensors:
    """The models' tensors, each model's by its share. Raises ValueError for tensors that do not fit each other."""
    if any(model.keys() != models[0].keys() for model in models):
        raise ValueError("the models have different tensors")
    total = sum(shares)
    return {
        name: np.sum([share / total * model[name] for model, share in zip(models, shares, strict=True)], axis=0)
        for name in models[0]
    }


def pack(tensors: Tensors, heads: Sequence[str]) -> dict[str, npt.NDArray[np.generic]]:
    """The tensors with the layers' matrices in 8 bits; the heads' and all vectors as they are."""
    packed: dict[str, npt.NDArray[np.generic]] = {}
    for name, values in tensors.items():
        if values.ndim == 1 or name.split(".")[0] in heads:
            packed[name] = values.astype(np.float32)
            continue
        scale = np.maximum(np.abs(values).max(axis=1), 1e-8) / 127
        packed[name] = np.rint(values / scale[:, None]).astype(np.int8)
        packed[f"{name}.scale"] = scale.astype(np.float32)
    return packed


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=sorted(FILES))
    parser.add_argument(
        "--of", type=Path, nargs="+", required=True, help="folders that hold a MODEL.pt, or files written before"
    )
    parser.add_argument("--shares", type=float, nargs="+", help="how much each counts; default: alike")
    parser.add_argument("--out", type=Path, help="default: where the program takes it from")
    options = parser.parse_args(argv)
    shares = options.shares or [1.0] * len(options.of)
    if len(shares) != len(options.of):
        parser.error("as many --shares as --of")
    heads = HEADS[options.model]
    models = [
        of_run(torch.load(path / f"{options.model}.pt", weights_only=True)["model"], heads)
        if path.is_dir()
        else of_file(path)
        for path in options.of
    ]
    out = options.out or FILES[options.model]
    save_file(pack(mean(models, shares), heads), out)
    out.chmod(0o644)


if __name__ == "__main__":
    main()
