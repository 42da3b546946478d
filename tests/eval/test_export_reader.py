"""What is shipped of trained readers: the mean of their tensors, in 8 bits."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from eval.training.export_reader import mean, pack
from indexer.encoder.checkpoint import LAYER_PARTS


def state(value: float) -> dict[str, torch.Tensor]:
    """A reader of one layer whose matrices are [[value, -1], [value / 2, 0]]."""
    found = {"head.weight": torch.full((2, 2), value), "head.bias": torch.zeros(2)}
    for long in LAYER_PARTS.values():
        name = f"backbone.encoder.layer.0.{long}"
        found[f"{name}.bias"] = torch.full((2,), value)
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
    packed = pack(state(2.0), range(1))
    codes, scales = packed["l0.q.w"], packed["l0.q.w.scale"]
    assert codes.tolist() == [[127, -64], [127, 0]]
    np.testing.assert_allclose(codes * scales[:, None], [[2.0, -1.0], [1.0, 0.0]], atol=0.01)
    assert packed["head.w"].tolist() == [[2.0, 2.0], [2.0, 2.0]]
