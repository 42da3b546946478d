from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from indexer.encoder.tokenizer import COMMON, FULL_FILE, MAX_TOKENS, Tokenizer, _read
from indexer.encoder.weights import Vocabulary, read_weights


@pytest.fixture(scope="module")
def tokenizer(built: Path) -> Tokenizer:
    return Tokenizer(built)


@pytest.fixture(scope="module")
def whole(built: Path) -> Any:
    return _read(built / FULL_FILE)


@given(st.text(st.sampled_from([chr(i) for i in range(32, 127)] + list("\t\n‘’“”–—")), max_size=200))
def test_the_common_pieces_give_what_all_pieces_give(tokenizer: Tokenizer, whole: Any, text: str) -> None:
    """On any text of common characters, the small tokenizer and the whole one agree."""
    assert COMMON.fullmatch(text)
    assert tokenizer.encode(text) == whole.encode(text).ids


@pytest.mark.parametrize(
    "text",
    [
        "Kapan UNOSSC dibentuk?\n\tTahun 1974.",
        "Rp1,4 miliar — “kontribusi” ½ ﬁ ™ …",
        "Héllo wörld",
        "ﷺ" * 20,
        "\x07a\u200bb\ufeff",
        "🎉👩‍👩‍👧",
        "<s> a</s><mask> b",
        "",
        "kata " * 1000,
    ],
)
def test_agrees_with_the_checkpoints_tokenizer(tokenizer: Tokenizer, oracle: SentenceTransformer, text: str) -> None:
    """The ids are those that SentenceTransformer's tokenizer gives, and at most 512."""
    ids = tokenizer.encode(text)
    assert ids == oracle.tokenizer(text, truncation=True)["input_ids"]
    assert len(ids) <= MAX_TOKENS


def test_gives_the_ids_of_xlm_roberta(tokenizer: Tokenizer) -> None:
    """`Hello world!` has the ids that XLM-RoBERTa's documentation gives for these words."""
    assert tokenizer.encode("Hello world!") == [0, 35378, 8999, 38, 2]


def test_every_common_character_is_a_piece() -> None:
    """So a text of common characters never meets the unknown piece, whose score depends on all the others."""
    pieces = set(_vocabulary().pieces)
    common = [chr(i) for i in range(33, 127)] + list("‘’“”–—")
    assert [character for character in common if character not in pieces] == []


def _vocabulary() -> Vocabulary:
    return read_weights().vocabulary
