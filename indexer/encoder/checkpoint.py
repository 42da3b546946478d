"""Writes the weights as a checkpoint that SentenceTransformer and transformers load as any other.

Answering never needs it: it is 470 MB, for tests, evaluation and training.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from indexer.encoder.protocol import Float32
from indexer.encoder.text import DOCUMENT_PREFIX, QUERY_PREFIX
from indexer.encoder.tokenizer import MAX_TOKENS, tokenizer_json
from indexer.encoder.weights import Shape, Tensors, Vocabulary, read_weights

LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The file's names of a layer's parts, and BertModel's."""


def unpack_checkpoint(folder: Path) -> Path:
    """Write the checkpoint into `folder`, unless a whole one is there already, and return it.

    Raises EncoderError when the pinned package's weights are missing or damaged.
    """
    done = folder / "modules.json"  # written last
    if done.exists():
        return folder
    from safetensors.numpy import save_file

    weights = read_weights()
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors(weights), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "tokenizer.json").write_text(tokenizer_json(weights.vocabulary), encoding="utf-8")
    for name, content in _configurations(weights.shape, weights.vocabulary).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return folder


def tensors(weights: Tensors) -> dict[str, Float32]:
    """What BertModel takes as its state, by its names; float32, from the weights or from a model trained on them."""
    shape = weights.shape
    hidden = shape.hidden
    state: dict[str, Float32] = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", hidden).to_float(),
        "embeddings.position_embeddings.weight": weights.vector("emb.pos").reshape(shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": weights.vector("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
        # BertModel has a pooler, which mean pooling never reads; without these it would be made at random.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(shape.layers):
        for short, long in LAYER_PARTS.items():
            source, target = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            if short.endswith("ln"):
                state[f"{target}.weight"] = weights.vector(f"{source}.w")
            else:
                columns = shape.intermediate if short == "fo" else hidden
                state[f"{target}.weight"] = weights.dense(f"{source}.w", columns)
            state[f"{target}.bias"] = weights.vector(f"{source}.b")
    return state


def _configurations(shape: Shape, vocabulary: Vocabulary) -> dict[str, object]:
    pieces = vocabulary.pieces
    special = {
        "bos_token": pieces[vocabulary.bos],
        "cls_token": pieces[vocabulary.bos],
        "eos_token": pieces[vocabulary.eos],
        "sep_token": pieces[vocabulary.eos],
        "pad_token": pieces[vocabulary.pad],
        "unk_token": pieces[vocabulary.unk],
        "mask_token": pieces[vocabulary.mask],
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "pad_token_id": vocabulary.pad,
            "dtype": "float32",
        },
        # This class takes tokenizer.json as it is; a model's own would build another from its vocabulary.
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "model_input_names": ["input_ids", "attention_mask"],
            **special,
        },
        "special_tokens_map.json": special,
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PREFIX, "document": DOCUMENT_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
    }
