"""What is shipped of trained readers and verifiers: the mean of their tensors, in 8 bits."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors import safe_open

from eval.training.export import FILES, HEADS, mean, pack
from indexer.encoder.checkpoint import LAYER_PARTS


def state(value: float, *, heads: tuple[str, ...] = ("head",), layers: int = 1) -> dict[str, torch.Tensor]:
    """A model whose layers' matrices are [[value, -1], [value / 2, 0]], and its heads' are all value."""
    found = {}
    for head in heads:
        found[f"{head}.weight"] = torch.full((2, 2), value)
        found[f"{head}.bias"] = torch.zeros(2)
    for layer in range(layers):
        for long in LAYER_PARTS.values():
            name = f"backbone.encoder.layer.{layer}.{long}"
            found[f"{name}.bias"] = torch.full((2,), value)
            if "LayerNorm" in long:
                found[f"{name}.weight"] = torch.full((2,), value)
            else:
                found[f"{name}.weight"] = torch.tensor([[value, -1.0], [value / 2, 0.0]])
    return found


def test_the_mean_of_two_runs_lies_between_them() -> None:
    """Tensor by tensor; of one run it is the run."""
    found = mean([state(1.0), state(3.0)])
    assert all(torch.equal(found[name], values) for name, values in state(2.0).items())
    assert torch.equal(mean([state(1.0)])["head.weight"], state(1.0)["head.weight"])


def test_other_tensors_have_no_mean() -> None:
    """A run with a layer more is another model."""
    with pytest.raises(ValueError, match="different tensors"):
        mean([state(1.0), {**state(1.0), "more": torch.zeros(1)}])


def test_matrices_are_packed_in_eight_bits_with_a_scale_for_each_output() -> None:
    """The greatest of a row becomes 127; codes times scales give the matrix again."""
    packed = pack(state(2.0), HEADS["reader"])
    codes, scales = packed["l0.q.w"], packed["l0.q.w.scale"].astype(np.float32)
    assert codes.dtype == np.int8
    assert codes.tolist() == [[127, -64], [127, 0]]
    np.testing.assert_allclose(codes.astype(np.float32) * scales[:, None], [[2.0, -1.0], [1.0, 0.0]], atol=0.01)
    assert packed["head.w"].tolist() == [[2.0, 2.0], [2.0, 2.0]]


def test_vectors_and_biases_are_packed_as_they_are() -> None:
    """Few numbers, so 8 bits would save nothing."""
    packed = pack(state(0.3), HEADS["reader"])
    for name in ("l0.q.b", "l0.oln.w", "l0.oln.b"):
        assert packed[name].dtype == np.float32
        np.testing.assert_array_equal(packed[name], np.full(2, 0.3, np.float32))
    assert "l0.oln.w.scale" not in packed


def test_a_verifier_has_two_heads() -> None:
    """Those that are asked for and no other."""
    packed = pack(state(2.0, heads=("inner", "outer")), HEADS["verifier"])
    heads = {name for name in packed if not name.startswith("l0.")}
    assert heads == {"inner.w", "inner.b", "outer.w", "outer.b"}
    assert packed["outer.w"].tolist() == [[2.0, 2.0], [2.0, 2.0]]
    assert packed["inner.b"].tolist() == [0.0, 0.0]


def test_a_head_may_be_called_otherwise_in_training() -> None:
    """The file has our name for it."""
    packed = pack(state(2.0, heads=("classifier",)), {"head": "classifier"})
    assert packed["head.w"].tolist() == [[2.0, 2.0], [2.0, 2.0]]
    assert "classifier.w" not in packed


@pytest.mark.parametrize("model", sorted(FILES))
def test_a_shipped_file_has_the_tensors_that_are_packed(model: str) -> None:
    """By their names, for all twelve layers."""
    packed = pack(state(1.0, heads=tuple(HEADS[model].values()), layers=12), HEADS[model])
    with safe_open(FILES[model], "np") as shipped:
        assert sorted(shipped.keys()) == sorted(packed)
