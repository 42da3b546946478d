"""What is shipped of trained readers and verifiers: the mean of their tensors, in 8 bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import save_file

from eval.training.export import FILES, HEADS, main, mean, of_file, of_run, pack
from indexer.encoder.checkpoint import LAYER_PARTS
from indexer.encoder.protocol import Float32


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


def tensors(value: float) -> dict[str, Float32]:
    """A reader's, by the file's names."""
    return dict(of_run(state(value), HEADS["reader"]))


def test_the_mean_of_models_lies_between_them() -> None:
    """Tensor by tensor, each model by its share; of one model it is the model."""
    for shares, value in (((1, 1), 2.0), ((3, 1), 1.5), ((0.6, 0.2), 1.5)):
        found = mean([tensors(1.0), tensors(3.0)], shares)
        for name, values in tensors(value).items():
            np.testing.assert_allclose(found[name], values)
    np.testing.assert_array_equal(mean([tensors(1.0)], [7.0])["head.w"], tensors(1.0)["head.w"])


def test_other_tensors_have_no_mean() -> None:
    """A model with a tensor more is another model."""
    with pytest.raises(ValueError, match="different tensors"):
        mean([tensors(1.0), {**tensors(1.0), "more": np.zeros(1, np.float32)}], [1.0, 1.0])


def test_matrices_are_packed_in_eight_bits_with_a_scale_for_each_output() -> None:
    """The greatest of a row becomes 127; codes times scales give the matrix again."""
    packed = pack(tensors(2.0), HEADS["reader"])
    codes, scales = packed["l0.q.w"], packed["l0.q.w.scale"].astype(np.float32)
    assert codes.dtype == np.int8
    assert codes.tolist() == [[127, -64], [127, 0]]
    np.testing.assert_allclose(codes.astype(np.float32) * scales[:, None], [[2.0, -1.0], [1.0, 0.0]], atol=0.01)
    assert packed["head.w"].tolist() == [[2.0, 2.0], [2.0, 2.0]]


def test_vectors_and_biases_are_packed_as_they_are() -> None:
    """Few numbers, so 8 bits would save nothing."""
    packed = pack(tensors(0.3), HEADS["reader"])
    for name in ("l0.q.b", "l0.oln.w", "l0.oln.b"):
        assert packed[name].dtype == np.float32
        np.testing.assert_array_equal(packed[name], np.full(2, 0.3, np.float32))
    assert "l0.oln.w.scale" not in packed


def test_a_verifier_has_two_heads() -> None:
    """Those that are asked for and no other."""
    packed = pack(of_run(state(2.0, heads=("inner", "outer")), HEADS["verifier"]), HEADS["verifier"])
    heads = {name for name in packed if not name.startswith("l0.")}
    assert heads == {"inner.w", "inner.b", "outer.w", "outer.b"}
    assert packed["outer.w"].tolist() == [[2.0, 2.0], [2.0, 2.0]]
    assert packed["inner.b"].tolist() == [0.0, 0.0]


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    """To within the 8 bits; written again it is the same."""
    packed = pack(tensors(2.0), HEADS["reader"])
    save_file(packed, tmp_path / "model.safetensors")
    read = of_file(tmp_path / "model.safetensors")
    for name, values in tensors(2.0).items():
        np.testing.assert_allclose(read[name], values, atol=0.01)
    again = pack(read, HEADS["reader"])
    assert all(np.array_equal(again[name], values) for name, values in packed.items())


def test_runs_and_files_are_mixed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the command line says; with a share for each or it says so."""
    save_file(pack(tensors(1.0), HEADS["reader"]), tmp_path / "old.safetensors")
    torch.save({"model": state(3.0)}, tmp_path / "reader.pt")
    out = tmp_path / "out.safetensors"
    of = ["reader", "--of", str(tmp_path), str(tmp_path / "old.safetensors"), "--out", str(out)]
    main([*of, "--shares", "1", "3"])
    np.testing.assert_allclose(of_file(out)["head.w"], np.full((2, 2), 1.5))
    with pytest.raises(SystemExit):
        main([*of, "--shares", "1"])
    assert "--shares" in capsys.readouterr().err


@pytest.mark.parametrize("model", sorted(FILES))
def test_a_shipped_file_has_the_tensors_that_are_packed(model: str) -> None:
    """By their names, for all twelve layers."""
    packed = pack(of_run(state(1.0, heads=HEADS[model], layers=12), HEADS[model]), HEADS[model])
    with safe_open(FILES[model], "np") as shipped:
        assert sorted(shipped.keys()) == sorted(packed)
