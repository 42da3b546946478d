"""BM25 against its formula, worked by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sparse import K1, MAX_QUERY_TERMS, B, SparseIndex, terms

TEXTS = ["kucing kucing ikan", "anjing ikan burung ayam", "anjing", "padi"]


def test_scores_are_those_of_the_formula() -> None:
    """Lucene's BM25 with k1 = 1.2 and b = 0.75: ln(1 + (N - n + ½)/(n + ½)) · f / (f + k1 (1 - b + b l/L))."""
    assert (K1, B) == (1.2, 0.75)
    mean = (3 + 4 + 1 + 1) / 4

    def part(n: int, f: int, length: int) -> float:
        return math.log(1 + (4 - n + 0.5) / (n + 0.5)) * f / (f + 1.2 * (0.25 + 0.75 * length / mean))

    index = SparseIndex.build(TEXTS, "id")
    np.testing.assert_allclose(index.scores("kucing"), [part(1, 2, 3), 0, 0, 0], rtol=1e-5)
    np.testing.assert_allclose(
        index.scores("ikan dan anjing"), [part(2, 1, 3), part(2, 1, 4) + part(2, 1, 4), part(2, 1, 1), 0], rtol=1e-5
    )
    # ln(1 + 3.5/1.5) · 2 / (2 + 1.2 · 1.25): the first score once more, in plain figures.
    assert index.scores("kucing")[0] == pytest.approx(1.2039728 * 2 / 3.5, rel=1e-5)


def test_what_says_one_thing_is_one_term() -> None:
    """By hand: a thing's best form in a row, by the rows that say any form whole; a form is its words' mean."""
    index = SparseIndex.build(TEXTS, "id")
    cat, fish, bird = (index.scores(word) for word in ("kucing", "ikan", "burung"))

    def rarity(rows: int) -> float:
        return math.log(1 + (4 - rows + 0.5) / (rows + 0.5))

    both = np.maximum(cat / rarity(1), bird / rarity(1)) * rarity(2)
    np.testing.assert_allclose(index.scores("", [("kucing", "burung")]), both, rtol=1e-5)
    assert index.scores("", [("kucing", "burung")])[0] < index.scores("kucing")[0]
    # "ikan kucing" stands whole in one row; half of it in another counts by its word's rarity.
    whole = (fish + cat) / (rarity(2) + rarity(1)) * rarity(1)
    np.testing.assert_allclose(index.scores("", [("ikan kucing",)]), whole, rtol=1e-5)
    np.testing.assert_allclose(index.scores("padi", [("ikan kucing",)]), whole + index.scores("padi"), rtol=1e-5)
    for nothing in ([], [()], [("yang",)], [("kuda", "kuda liar")]):
        assert not index.scores("", nothing).any()


def test_a_foreign_word_is_one_term_however_it_is_called() -> None:
    """Two words here that translate one there count as one, by the better of them."""
    index = SparseIndex.build(["cina", "tiongkok", "cina tiongkok", "padi"], "id")
    scores = index.scores("china", foreign=True)
    rare = index.scores("padi")
    assert 0 < scores[2] <= scores[0] == scores[1] < rare[3]


def test_words_are_stemmed_in_their_language() -> None:
    """Forms of one word meet; function words are no terms."""
    assert terms("membantu", "id") == terms("bantuan", "id") == terms("bantu", "id")
    assert terms("cooperations", "en") == terms("cooperation", "en")
    assert terms("yang dan di itu", "id") == []
    assert terms("the of and", "en") == []


def test_numbers_meet_whatever_their_notation() -> None:
    """1.700, 1,700 and 1700 are one number."""
    assert terms("1.700", "id") == terms("1,700", "en") == terms("1700", "id") == ["1700"]


def test_nothing_shared_scores_nothing() -> None:
    """Unknown words, function words and no words at all score zero everywhere."""
    index = SparseIndex.build(TEXTS, "id")
    for query in ("kuda", "yang", "", "!?", "😀"):
        assert not index.scores(query).any()


@pytest.mark.parametrize("texts", [[], ["yang", "!"], ["satu"]])
def test_few_or_wordless_texts(texts: list[str], tmp_path: Path) -> None:
    """An index over nothing, or over nothing with a term, can be written, read and searched."""
    index = SparseIndex.build(texts, "id")
    index.write(tmp_path, "sparse")
    read = SparseIndex.read(tmp_path, "sparse", len(texts), "id")
    assert read.scores("satu").shape == (len(texts),)


def test_reads_what_it_wrote(tmp_path: Path) -> None:
    """A written index scores as it did."""
    index = SparseIndex.build(TEXTS, "id")
    names = index.write(tmp_path, "sparse-id")
    assert sorted(names) == sorted(path.name for path in tmp_path.iterdir())
    read = SparseIndex.read(tmp_path, "sparse-id", len(TEXTS), "id")
    np.testing.assert_array_equal(read.scores("ikan anjing"), index.scores("ikan anjing"))
    assert read.rarity("ikan") == index.rarity("ikan")


def test_rarity_runs_from_common_to_unknown() -> None:
    """A word in no text has rarity 1, in every text 0, and between them the rarer is the greater."""
    index = SparseIndex.build(["a1 b1 x9", "a1 b1", "a1 b1", "a1"], "en")
    common, less, rare, unknown = (index.rarity(word) for word in ("1", "b1", "9", "zebra"))
    assert 0 <= common <= less < rare < unknown == 1.0


def test_an_endless_query_is_cut() -> None:
    """No more than MAX_QUERY_TERMS words of a query count, and the same word counts once."""
    index = SparseIndex.build(TEXTS, "id")
    assert not index.scores(" ".join(f"{n}" for n in range(MAX_QUERY_TERMS)) + " kucing")[0]
    np.testing.assert_array_equal(index.scores("padi padi"), index.scores("padi"))


@given(st.text(), st.sampled_from(["id", "en"]))
def test_any_text_has_terms(text: str, language: str) -> None:
    """No text fails, and a term is never empty."""
    assert all(terms(text, language))  # type: ignore[arg-type]
