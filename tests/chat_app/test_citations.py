"""A quotation is read again from its page before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from chat_app.citations import cite
from chat_app.errors import CitationError
from indexer.build import update
from indexer.datatypes import Anchor
from indexer.encoder import Encoder
from indexer.index import PassageIndex

Corpus = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def index(corpus: Corpus, tmp_path: Path, words: Encoder) -> PassageIndex:
    text = "Kantor dibentuk pada tahun 1974 di New York. Anggotanya kini 134 negara berkembang di dunia."
    update(tmp_path / "index", corpus({"a.txt": text}), words)
    return PassageIndex.open(tmp_path / "index", words)


def test_cites_sentences_and_passages(index: PassageIndex) -> None:
    """Numbers count from 1; the quote is the page's slice, with the page around it."""
    [hit] = index.search("kantor")
    page = index.page_text("a", 1)
    first, second, whole = cite(index, [*((hit.passage, s) for s in hit.passage.sentences), (hit.passage, hit.passage)])
    assert [c.number for c in (first, second, whole)] == [1, 2, 3]
    for citation in (first, second, whole):
        assert page[citation.anchor.start : citation.anchor.end] == citation.quote
        assert citation.before + citation.quote + citation.after == page
    assert second.quote == "Anggotanya kini 134 negara berkembang di dunia."


def test_refuses_a_text_that_the_page_does_not_hold(index: PassageIndex) -> None:
    """A sentence that was changed after it was stored is never shown."""
    [hit] = index.search("kantor")
    sentence = hit.passage.sentences[0]
    moved = replace(sentence.anchor, start=sentence.anchor.start + 1)
    for wrong in (replace(sentence, text=sentence.text.replace("1974", "1975")), replace(sentence, anchor=moved)):
        with pytest.raises(CitationError, match=r"a, page 1.*tanya index"):
            cite(index, [(hit.passage, wrong)])
    with pytest.raises(CitationError):
        cite(index, [(hit.passage, replace(hit.passage, text="Kantor dibentuk kemarin."))])


def test_refuses_an_anchor_beyond_the_page(index: PassageIndex) -> None:
    """An anchor outside the page holds nothing, so nothing is quoted."""
    [hit] = index.search("kantor")
    beyond = replace(hit.passage.sentences[0], anchor=Anchor("a", 1, 9000, 9010))
    with pytest.raises(CitationError):
        cite(index, [(hit.passage, beyond)])
