"""Growth is measured on libraries of the size that was asked for."""

from __future__ import annotations

import pytest

from eval.growth import DrawnEncoder, GrowthError, measure_growth


def test_a_library_has_the_size_that_was_asked_for() -> None:
    """Each drawn paragraph becomes one passage; every figure is there and above nothing."""
    (found,) = measure_growth([150])
    assert found["passages"] == 150
    assert found["search_ms"]["p50"] > 0
    assert found["build_passages_per_s"] > 0


def test_a_size_that_fails_is_named() -> None:
    """No passages, no library."""
    with pytest.raises(GrowthError, match="a library of 0 passages"):
        measure_growth([0])


def test_drawn_vectors_are_the_same_for_the_same_texts() -> None:
    """So that a library is the same each time."""
    encoder = DrawnEncoder()
    assert (encoder.encode_query(["a"]) == encoder.encode_document(["a"])).all()
    assert (encoder.encode_query(["a"]) != encoder.encode_query(["b"])).any()
