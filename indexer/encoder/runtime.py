"""ONNX Runtime, set up for models that run one text at a time. The only file that imports it."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

from indexer.errors import EncoderError

_ERRORS_ONLY = 3
"""ONNX Runtime's log level; below it, it warns of graphics cards it cannot look for."""


def open_model(path: Path) -> onnxruntime.InferenceSession:
    """Open a model of onnx_build.py, one thread a run. Raises EncoderError when it cannot be loaded."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    # The graph is built from fused operators as it should run; the optimiser would only undo that.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises nothing narrower
        raise EncoderError(f"ONNX Runtime cannot load {path}: {error}") from error
