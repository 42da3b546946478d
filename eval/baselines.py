"""What others would do with the same documents, encoder and questions: rankers to hold ours against.

Each takes a question and gives places in the documents, best first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from chat_app.assistant import Assistant
from indexer.datatypes import EVIDENCE_KINDS, LANGUAGES, Anchor, Page, Passage
from indexer.dense import DenseIndex
from indexer.encoder import Encoder
from indexer.index import PassageIndex
from indexer.sparse import SparseIndex

LANGCHAIN_CHARACTERS, LANGCHAIN_OVERLAP = 1000, 200
"""The sizes of LangChain's own tutorial on question answering over documents."""
SHOWN = 4
"""How many passages that recipe shows, and so every system here that has no sentences of its own."""
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document and its words."""

    anchor: Anchor
    text: str


Ranker = Callable[[str], Sequence[Place]]


def rankers(assistant: Assistant, index: PassageIndex, encoder: Encoder) -> Mapping[str, Ranker]:
    """Ours and the others', by name, over one index's documents."""
    documents = [source.id for source in index.sources()]
    passages = [
        passage
        for document in documents
        for _, passage in index.document_passages(document)
        if passage.kind in EVIDENCE_KINDS
    ]
    pages = {document: index.pages(document) for document in documents}
    return {
        "ours": lambda question: [_place(hit.passage) for hit in assistant.search(question, k=DEPTH)],
        "ours, read": lambda question: [_place(hit.passage) for hit in assistant.consider(question).passages[:DEPTH]],
        "BM25 alone": bm25(passages),
        "dense alone": dense([_place(passage) for passage in passages], [p.reading for p in passages], encoder),
        "LangChain recipe": langchain(pages, encoder),
    }


def _place(passage: Passage) -> Place:
    return Place(passage.anchor, passage.text)


def bm25(passages: Sequence[Passage]) -> Ranker:
    """BM25 over our passages, each stemmed in its own language, both languages' scores in one list."""
    parts = []
    for language in LANGUAGES:
        own = [passage for passage in passages if passage.language == language]
        if own:
            parts.append((own, SparseIndex.build([passage.reading for passage in own], language)))

    def rank(question: str) -> list[Place]:
        scored = [(float(s), p) for own, index in parts for p, s in zip(own, index.scores(question), strict=True)]
        return [_place(passage) for _, passage in sorted(scored, key=lambda pair: -pair[0])[:DEPTH]]

    return rank


def dense(places: Sequence[Place], readings: Sequence[str], encoder: Encoder) -> Ranker:
    """The cosine of question and passage as the encoder gives it, nothing taken off."""
    index = DenseIndex.build(np.asarray(encoder.encode_document(readings), dtype=np.float32))

    def rank(question: str) -> list[Place]:
        rows, _ = index.search(encoder.encode_query([question])[0], DEPTH, np.ones(len(places), dtype=bool))
        return [places[row] for row in rows]

    return rank


def langchain(pages: Mapping[str, Sequence[Page]], encoder: Encoder) -> Ranker:
    """The usual recipe: each page's text split at 1,000 characters with 200 of overlap, a flat FAISS index."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=LANGCHAIN_CHARACTERS, chunk_overlap=LANGCHAIN_OVERLAP, add_start_index=True
    )
    places = []
    for document, own in pages.items():
        for page in own:
            for piece in splitter.create_documents([page.text]):
                start = int(piece.metadata["start_index"])
                anchor = Anchor(document, page.number, start, start + len(piece.page_content))
                places.append(Place(anchor, piece.page_content))
    return dense(places, [place.text for place in places], encoder)
