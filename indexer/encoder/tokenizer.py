"""Text in, token ids out: XLM-RoBERTa's Unigram tokenizer. The only file that imports tokenizers.

Reading all 250,002 pieces takes half a second or more, most of what a cold start costs, and a question
in Indonesian or English needs a third of them. So two tokenizers are kept: one of the pieces made of
COMMON characters alone, read at once, and the whole one, read when a text first has another character.
They agree exactly on common text, because a piece can only match characters it is made of.
"""

from __future__ import annotations

import json
import re
from functools import cache, cached_property
from pathlib import Path
from threading import Lock

import numpy as np
import tokenizers

from indexer.encoder.weights import Vocabulary
from indexer.errors import EncoderError

MAX_TOKENS = 512
"""The model's positions; the two special tokens are counted."""

COMMON = re.compile("[\t\n\r -~‘’“”–—]*")
"""ASCII and the typographer's quotes and dashes: each its own normal form, and each a piece of its own."""

FULL_FILE = "tokenizer.json"
COMMON_FILE = "tokenizer-common.json"
IDS_FILE = "tokenizer-common-ids.npy"

_DROPPED = r"[\x00-\x08\x0b\x0e-\x1f\x7f\u008f\u009f]"
_BLANK = r"[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"


@cache
def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a folder, read once: the encoder and a reader built on it share it."""
    return Tokenizer(folder)


class Tokenizer:
    """The tokenizer of a folder that `write_tokenizer` made, for any string and many threads at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._common = _read(folder / COMMON_FILE)
        # Looked up once a token, where a list of Python numbers is quicker than an array.
        self._ids: list[int] = np.load(folder / IDS_FILE, allow_pickle=False).tolist()

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text without lone surrogates: special tokens included, MAX_TOKENS at most."""
        if COMMON.fullmatch(text):
            ids = self._ids
            return [ids[i] for i in self._common.encode(text).ids]
        with self._lock:
            full = self._full
        return full.encode(text).ids

    def encode_words(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the ids of a text without special tokens, and each one's (start, end) in its characters."""
        if COMMON.fullmatch(text):
            found = self._common.encode(text, add_special_tokens=False)
            return [self._ids[i] for i in found.ids], found.offsets
        with self._lock:
            full = self._full
        found = full.encode(text, add_special_tokens=False)
        return found.ids, found.offsets

    @cached_property
    def _full(self) -> tokenizers.Tokenizer:
        return _read(self._folder / FULL_FILE)


def _read(path: Path) -> tokenizers.Tokenizer:
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise EncoderError(f"cannot read the encoder's tokenizer {path}: {error}") from error
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def write_tokenizer(vocabulary: Vocabulary, folder: Path) -> None:
    """Write the three files that `Tokenizer` reads."""
    common = [
        i
        for i, piece in enumerate(vocabulary.pieces)
        if i in vocabulary.special or COMMON.fullmatch(piece.replace("▁", ""))
    ]
    (folder / FULL_FILE).write_text(tokenizer_json(vocabulary), encoding="utf-8")
    (folder / COMMON_FILE).write_text(tokenizer_json(vocabulary.subset(common)), encoding="utf-8")
    np.save(folder / IDS_FILE, np.array(common, np.int32), allow_pickle=False)


def tokenizer_json(vocabulary: Vocabulary) -> str:
    """Return the content of a Hugging Face `tokenizer.json`.

    The normaliser is SentencePiece's nmt_nfkc put as rules: controls dropped, format characters and
    line ends turned into spaces, then NFKC. They cover every entry of the weights file's own map.
    """
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    content = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": i,
                "content": vocabulary.pieces[i],
                "single_word": False,
                "lstrip": i == vocabulary.mask,  # as in XLM-RoBERTa: `<mask>` takes the space before it
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for i in sorted(vocabulary.special)
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Replace", "pattern": {"Regex": _DROPPED}, "content": ""},
                {"type": "Replace", "pattern": {"Regex": _BLANK}, "content": " "},
                {"type": "NFKC"},
            ],
        },
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_special(bos), _sequence("A"), _special(eos)],
            "pair": [
                *(_special(bos), _sequence("A"), _special(eos)),
                *(_special(eos), _sequence("B"), _special(eos)),
            ],
            "special_tokens": {
                bos: {"id": bos, "ids": [vocabulary.bos], "tokens": [bos]},
                eos: {"id": eos, "ids": [vocabulary.eos], "tokens": [eos]},
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unk,
            "vocab": list(zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True)),
            "byte_fallback": False,
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _special(token: str) -> dict[str, object]:
    return {"SpecialToken": {"id": token, "type_id": 0}}


def _sequence(name: str) -> dict[str, object]:
    return {"Sequence": {"id": name, "type_id": 0}}
