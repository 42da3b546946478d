"""The rankers that ours is held against find what they should, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.assistants import open_assistant
from eval.baselines import DEPTH, LANGCHAIN_CHARACTERS, rankers
from indexer.encoder import Encoder
from indexer.index import PassageIndex
from indexer.settings import Settings


@pytest.mark.parametrize("name", ["ours", "BM25 alone", "dense alone", "LangChain recipe"])
def test_every_ranker_gives_exact_places_of_the_corpus(name: str, real_index: Path, real_encoder: Encoder) -> None:
    """On the real documents, with the real encoder: the text of a place is the slice at its anchor."""
    index = PassageIndex.open(real_index, real_encoder)
    assistant = open_assistant(real_index, Settings(), real_encoder, reads=False)
    places = rankers(assistant, index, real_encoder)[name]("Berapa negara anggota G-77 saat ini?")
    assert len(places) == DEPTH
    for place in places:
        assert (
            index.page_text(place.anchor.document, place.anchor.page)[place.anchor.start : place.anchor.end]
            == place.text
        )
    assert any("134 negara" in place.text for place in places[:5])
    if name == "LangChain recipe":
        assert max(len(place.text) for place in places) <= LANGCHAIN_CHARACTERS
