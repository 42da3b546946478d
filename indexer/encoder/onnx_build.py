"""Builds the encoder as an ONNX file of 8-bit matrices, straight from the packed weights.

Measured on two cores with AVX-512 VNNI, on passages of the corpus:

- The graph is made of ONNX Runtime's own fused 8-bit operators, so there is no float model of 470 MB to
  write, quantise and optimise: it takes a second or two, and neither torch nor a quantiser.
- Embeddings stay as they come, 4-bit with a scale per 32: exact, and half the size of 8-bit ones.
- The six matrices of a layer become 8-bit, one scale per output; activations are scaled as they pass.
  Cosine to float32: 0.997 on average, 0.995 at worst.
- Addition and LayerNormalization are kept apart: fused, as SkipLayerNormalization, they took 27 % of
  the time, and apart 8 %. The encoder turns off the optimiser that would fuse them again.
- One text at a time, so no mask and no padding: see onnx_encoder.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from indexer.encoder.protocol import Float32
from indexer.encoder.weights import BLOCK, Tensors

_MICROSOFT = "com.microsoft"
_OPSET = 21
_IR_VERSION = 10
"""The file format that goes with the opset; onnx would write its newest, which a runtime may not read yet."""

TRAINED_IN_FLOAT = frozenset({"ao", "fi", "fo"})
"""The matrices whose products the trained models take in float32, their weights unpacked from 8 bits. What passes
through these has a few features far greater than the rest, and one scale for all of it blurs the others: on IndoNLI
verifier 3 has 74.7 in 8 bits, 75.6 with "fo" alone in float, and 76.0 with all three, at 6, 13 and 19 ms a pair."""

INPUT = "input_ids"
OUTPUT = "sentence_embedding"
SPANS = "spans"
VERDICTS = "verdicts"


def build_onnx(weights: Tensors, path: Path, *, reduce_range: bool) -> None:
    """Write the encoder: `input_ids` int64 [n, tokens] without padding in, vectors of length 1 [n, hidden] out.

    With `reduce_range` weights use 7 bits, for processors that would saturate on 8 (cpu.py).
    """
    graph = _Graph(weights, largest=64 if reduce_range else 127)
    onnx.save_model(graph.model(OUTPUT, ["texts", weights.shape.hidden], graph.embedding), str(path))


def build_reader_onnx(weights: Tensors, path: Path, *, reduce_range: bool) -> None:
    """Write a reader: the same input, and float32 [n, tokens, 2] out, each token's start and end logits.

    Besides the layers it takes the tensors `head.w` [2, hidden] and `head.b` [2].
    """
    graph = _Graph(weights, largest=64 if reduce_range else 127, in_float=TRAINED_IN_FLOAT)
    onnx.save_model(graph.model(SPANS, ["texts", "tokens", 2], graph.spans), str(path))


def build_verifier_onnx(weights: Tensors, path: Path, *, reduce_range: bool) -> None:
    """Write a verifier: the same input, and float32 [n, classes] out, the classes' logits.

    Besides the layers it takes the tensors `inner.w` [hidden, 2 hidden], `outer.w` [classes, hidden] and their `.b`.
    """
    graph = _Graph(weights, largest=64 if reduce_range else 127, in_float=TRAINED_IN_FLOAT)
    classes = len(weights.vector("outer.b"))
    onnx.save_model(graph.model(VERDICTS, ["texts", classes], graph.verdicts), str(path))


class _Graph:
    """Collects the nodes and constants; every method returns the name of the value it makes."""

    def __init__(self, weights: Tensors, *, largest: int, in_float: Collection[str] = ()) -> None:
        self._weights = weights
        self._largest = largest
        self._in_float = in_float
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def model(self, output: str, output_shape: list[int | str], head: Callable[[str], str]) -> onnx.ModelProto:
        states = self._embeddings()
        for layer in range(self._weights.shape.layers):
            states = self._layer(f"l{layer}", states)
        head(states)
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["texts", "tokens"])],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, output_shape)],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)

    def embedding(self, states: str) -> str:
        tokens_axis = self._constant("tokens_axis", np.ones(1, np.int64))
        mean = self._node("ReduceMean", [states, tokens_axis], "mean", keepdims=0)
        return self._node("LpNormalization", [mean], OUTPUT, axis=1, p=2)

    def spans(self, states: str) -> str:
        head = self._constant("head.w", self._weights.vector("head.w").reshape(2, -1).T)
        product = self._node("MatMul", [states, head], "head.product")
        return self._node("Add", [product, self._constant("head.b", self._weights.vector("head.b"))], SPANS)

    def verdicts(self, states: str) -> str:
        """The first token's state and the mean of all, through two layers."""
        tokens_axis = self._constant("tokens_axis", np.ones(1, np.int64))
        mean = self._node("ReduceMean", [states, tokens_axis], "mean", keepdims=1)
        first = self._node("Gather", [states, self._constant("first", np.zeros(1, np.int64))], "first.state", axis=1)
        both = self._node("Concat", [first, mean], "first.mean", axis=-1)
        inner = self._node("Tanh", [self._head("inner", both)], "inner.tanh")
        return self._node("Squeeze", [self._head("outer", inner), tokens_axis], VERDICTS)

    def _head(self, name: str, states: str) -> str:
        """A float layer with the tensor `name.w` as it is stored."""
        outputs = len(self._weights.vector(f"{name}.b"))
        return self._dense(name, states, self._weights.vector(f"{name}.w").reshape(outputs, -1))

    def _dense(self, name: str, states: str, matrix: Float32) -> str:
        """A float layer with a matrix [outputs, inputs] and the tensor `name.b`."""
        product = self._node("MatMul", [states, self._constant(f"{name}.w", matrix.T)], f"{name}.product")
        return self._node("Add", [product, self._constant(f"{name}.b", self._weights.vector(f"{name}.b"))], name)

    def _node(self, op: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401
        self._nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def _constant(self, name: str, values: np.ndarray[Any, Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _embeddings(self) -> str:
        weights, shape = self._weights, self._weights.shape
        word = self._words()
        # A text has one token type, so its row is a constant that the positions can carry.
        table = weights.vector("emb.pos").reshape(shape.positions, -1)
        table = table + weights.vector("emb.type")[: shape.hidden]
        zero = self._constant("zero", np.zeros(1, np.int64))
        length = self._node("Shape", [INPUT], "length", start=1, end=2)
        positions = self._node("Slice", [self._constant("positions", table), zero, length, zero], "position")
        return self._add_and_normalise(word, positions, "emb.ln")

    def _words(self) -> str:
        """Unpack the tokens' rows by plain operators; GatherBlockQuantized took 4 % of the whole time."""
        hidden = self._weights.shape.hidden
        words = self._weights.matrix("emb.word", hidden)
        nibbles = (words.codes + 8).astype(np.uint8)
        # Halves of a row share bytes, so that unpacking is putting the two halves one after the other.
        table = self._constant("words", nibbles[:, : hidden // 2] | nibbles[:, hidden // 2 :] << 4)
        packed = self._node("Gather", [table, INPUT], "word.packed")
        low = self._node("BitwiseAnd", [packed, self._constant("15", np.array(15, np.uint8))], "word.low")
        four = self._constant("4", np.array(4, np.uint8))
        high = self._node("BitShift", [packed, four], "word.high", direction="RIGHT")
        codes = self._node("Concat", [low, high], "word.codes", axis=-1)
        codes = self._node("Cast", [codes], "word.float", to=TensorProto.FLOAT)
        codes = self._node("Sub", [codes, self._constant("8", np.array(8, np.float32))], "word.signed")
        blocks = self._constant("blocks", np.array([0, 0, hidden // BLOCK, BLOCK], np.int64))
        codes = self._node("Reshape", [codes, blocks], "word.blocks")
        scale = self._node("Gather", [self._constant("words.scale", words.scales), INPUT], "word.half")
        scale = self._node("Cast", [scale], "word.scale", to=TensorProto.FLOAT)
        scale = self._node("Unsqueeze", [scale, self._constant("last", np.array([3], np.int64))], "word.scales")
        scaled = self._node("Mul", [codes, scale], "word.scaled")
        return self._node("Reshape", [scaled, self._constant("rows", np.array([0, 0, hidden], np.int64))], "word")

    def _layer(self, layer: str, states: str) -> str:
        attended = self._linear(self._attention(layer, states), f"{layer}.ao", self._weights.shape.hidden)
        attended = self._add_and_normalise(attended, states, f"{layer}.aln")
        inner = self._linear(attended, f"{layer}.fi", self._weights.shape.hidden)
        inner = self._node("Gelu", [inner], f"{layer}.gelu", domain=_MICROSOFT)
        outer = self._linear(inner, f"{layer}.fo", self._weights.shape.intermediate)
        return self._add_and_normalise(outer, attended, f"{layer}.oln")

    def _attention(self, layer: str, states: str) -> str:
        parts = [f"{layer}.{part}" for part in "qkv"]
        matrix, scale = self._quantised(f"{layer}.qkv", parts, self._weights.shape.hidden)
        bias = np.concatenate([self._weights.vector(f"{part}.b") for part in parts])
        codes, codes_scale, codes_zero = (f"{layer}.in.{part}" for part in ("codes", "scale", "zero"))
        self._nodes.append(
            helper.make_node("DynamicQuantizeLinear", [states], [codes, codes_scale, codes_zero], name=f"{layer}.in")
        )
        return self._node(
            "QAttention",
            [codes, matrix, self._constant(f"{layer}.qkv.b", bias), codes_scale, scale, "", codes_zero],
            f"{layer}.attention",
            domain=_MICROSOFT,
            num_heads=self._weights.shape.heads,
        )

    def _linear(self, states: str, name: str, columns: int) -> str:
        if name.rpartition(".")[2] in self._in_float:
            return self._dense(name, states, self._weights.dense(f"{name}.w", columns))
        matrix, scale = self._quantised(name, [name], columns)
        bias = self._constant(f"{name}.b", self._weights.vector(f"{name}.b"))
        return self._node("DynamicQuantizeMatMul", [states, matrix, scale, "", bias], name, domain=_MICROSOFT)

    def _quantised(self, name: str, parts: list[str], columns: int) -> tuple[str, str]:
        """Add the parts' matrices side by side as int8 [inputs, outputs], and the outputs' scales."""
        matrix = np.concatenate([self._weights.dense(f"{part}.w", columns) for part in parts]).T
        scale = np.abs(matrix).max(axis=0) / self._largest
        codes = np.rint(matrix / scale).astype(np.int8)
        return self._constant(f"{name}.w", codes), self._constant(f"{name}.s", scale.astype(np.float32))

    def _add_and_normalise(self, states: str, more: str, name: str) -> str:
        total = self._node("Add", [states, more], f"{name}.sum")
        scale = self._constant(f"{name}.w", self._weights.vector(f"{name}.w"))
        bias = self._constant(f"{name}.b", self._weights.vector(f"{name}.b"))
        epsilon = self._weights.shape.epsilon
        return self._node("LayerNormalization", [total, scale, bias], name, axis=-1, epsilon=epsilon)
