"""Learn which sentence answers and when none does, from reading sets; writes chat_app/weights.json.

    python -m eval.training.selection --data ../shared/data

Each SQuAD 2.0 article becomes two small libraries, most of one in English and most of the other in Indonesian, that are
asked in both languages; groups of IDK-MRC passages become others, and so do documents that were invented for it, which
are reports, papers and news as users have them. Three kinds of question are asked: ones that the library answers, ones
written to look as if (of the sets' the unanswerable ones), and ones about other articles.
The first model, which picks what is read, learns from all libraries but those the reader never saw; the two that use
the reader's scores learn from those alone, since a reader is surer of what it was trained on. They are measured by
leaving one library out at a time.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from chat_app.evidence import FEATURES, Candidate, Evidence, gather
from chat_app.question import understand
from chat_app.reader import Reader, load_reader
from chat_app.selection import (
    ANSWER_TERMS,
    CALIBRATION_TERMS,
    SPAN_FEATURES,
    WEIGHTS,
    Logistic,
    Read,
    Scored,
    answer_features,
    answer_terms,
    rank_candidates,
    score_sentences,
    span_features,
)
from chat_app.windows import windows
from eval.documents import NEAR, read_documents
from eval.reading_sets import ReadingQuestion, read_set, write_corpus
from eval.training.contrasts import LIBRARIES
from eval.training.held_out import HELD_OUT
from indexer.build import update
from indexer.encoder import Encoder, load_encoder
from indexer.index import PassageIndex
from indexer.settings import Settings

ANSWERABLE, UNANSWERABLE, FAR = 40, 25, 15
"""Questions of each kind asked of a library, in each language."""
IDK_LIBRARIES, IDK_CONTEXTS = 16, 50
HELD_OUT_FACTOR = 3
"""Libraries that the reader never saw are asked this many times as many questions."""
MIXED = 4
"""Every so-manieth passage of a SQuAD article is in the other language: what is in the question's own must be weighed
against what is not."""
KINDS, INVENTED = ("good", "near", "far"), "invented"
INVENTED_WEIGHT = 3.0
"""Of a question on an invented document, beside one of a public set: such documents and questions are more like the
users'. With 1, or with them alone, fewer of the tune questions are answered rightly at the same share of refusals."""
SEED = 7
ANSWER_STRENGTH = 0.01
"""Of the model with products; with reader 3 its AUROC good against near was 0.716 and far 0.960, that of the features
alone 0.701 and 0.956."""
THRESHOLD = 0.1
"""Chosen on the tune questions of eval/questions, where answers kept and refused balance."""


@dataclass(frozen=True, slots=True)
class Library:
    """Passages and the questions to ask of them: (kind, question's words, the gold question where answerable)."""

    name: str
    contexts: tuple[str, ...]
    questions: tuple[tuple[str, str, ReadingQuestion | None], ...]
    unseen: bool
    """Whether the reader was trained on none of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of a library, what was found, and where the answer stands."""

    library: Library
    kind: str
    query: str
    evidence: Evidence
    holds: tuple[bool, ...]
    """For each candidate, whether it holds the answer."""


def libraries(data: Path, seed: int = SEED) -> Iterator[Library]:
    """Every library that is learned from, in a fixed order."""
    chance = random.Random(seed)
    english = read_set(data / "squad_v2_en" / "train.json")
    translated = {q.id: q for q in read_set(data / "squad_v2_id_mt" / "train.json")}
    pairs = [(q, translated[q.id]) for q in english if q.id in translated]
    titles = sorted({q.title or "" for q, _ in pairs})
    for title in titles:
        own = [pair for pair in pairs if pair[0].title == title]
        far = chance.sample([pair for pair in pairs if pair[0].title != title], FAR)
        good = [pair for pair in own if pair[0].answerable and pair[1].answerable]
        near = [pair for pair in own if not pair[0].answerable]
        times = HELD_OUT_FACTOR if title in HELD_OUT else 1
        good = chance.sample(good, min(times * ANSWERABLE, len(good)))
        near = chance.sample(near, min(times * UNANSWERABLE, len(near)))
        for side, name in ((0, "en"), (1, "id")):
            passages = list(dict.fromkeys((e.context, i.context) for e, i in own))
            sides = {passage: 1 - side if n % MIXED == MIXED - 1 else side for n, passage in enumerate(passages)}
            asked = [
                *(("good", pair[asks].question, pair[_side(sides, pair)]) for pair in good for asks in (0, 1)),
                *(("near", pair[asks].question, None) for pair in near for asks in (0, 1)),
                *(("far", pair[asks].question, None) for pair in far for asks in (0, 1)),
            ]
            contexts = tuple(dict.fromkeys(passage[kept] for passage, kept in sides.items()))
            yield Library(f"{title}/{name}", contexts, tuple(asked), title in HELD_OUT)
    for split in ("train", "valid"):
        yield from _idk_libraries(read_set(data / "idk_mrc" / f"{split}.json"), split, chance)
    yield from _invented_libraries(chance)


def _side(sides: Mapping[tuple[str, str], int], pair: tuple[ReadingQuestion, ReadingQuestion]) -> int:
    """The language that a pair's passage is kept in: 0 for English."""
    return sides[pair[0].context, pair[1].context]


def _idk_libraries(idk: Sequence[ReadingQuestion], split: str, chance: random.Random) -> Iterator[Library]:
    by_context: dict[str, list[ReadingQuestion]] = {}
    for question in idk:
        by_context.setdefault(question.context, []).append(question)
    order = list(by_context)
    chance.shuffle(order)
    groups = [order[at : at + IDK_CONTEXTS] for at in range(0, len(order), IDK_CONTEXTS)]
    for number, contexts in enumerate(groups[:IDK_LIBRARIES]):
        own = [q for context in contexts for q in by_context[context]]
        asked = [
            *(("good", q.question, q) for q in own if q.answerable),
            *(("near", q.question, None) for q in own if not q.answerable),
            *(("far", q.question, None) for q in chance.sample([q for q in idk if q.context not in contexts], FAR)),
        ]
        yield Library(f"idk-{split}/{number}", tuple(contexts), tuple(asked), split == "valid")


def _invented_libraries(chance: random.Random) -> Iterator[Library]:
    documents = read_documents(LIBRARIES)
    for number, document in enumerate(documents):
        others = [one.question for other in documents if other is not document for one in other.asked]
        asked: list[tuple[str, str, ReadingQuestion | None]] = []
        for place, one in enumerate(document.asked):
            if one.kind != NEAR:
                start = one.passage.index(one.quote) + one.quote.index(one.answer)
                gold = ReadingQuestion(
                    f"{number}-{place}", one.question, one.passage, document.title, ((start, one.answer),)
                )
                asked.append(("good", one.question, gold))
        asked += [("near", one.question, None) for one in document.asked if one.kind == NEAR]
        asked += [("far", words, None) for words in chance.sample(others, FAR)]
        yield Library(f"{INVENTED}/{number}", document.passages, tuple(asked), unseen=True)


def ask(library: Library, encoder: Encoder) -> Iterator[Asked]:
    """Index a library and gather the evidence for each of its questions."""
    with tempfile.TemporaryDirectory() as folder:
        ids = write_corpus(Path(folder) / "corpus", library.contexts)
        update(Path(folder) / "index", Path(folder) / "corpus", encoder)
        index = PassageIndex.open(Path(folder) / "index", encoder)
        questions = [understand(words) for _, words, _ in library.questions]
        queries = [index.aliases.expand(question.text) for question in questions]
        for (kind, _, gold), question, query, vector in zip(
            library.questions, questions, queries, encoder.encode_query(queries), strict=True
        ):
            evidence = gather(index, question, vector)
            holds = tuple(gold is not None and _holds(c, gold, ids, index) for c in evidence.candidates)
            yield Asked(library, kind, query, evidence, holds)


def _holds(candidate: Candidate, gold: ReadingQuestion, ids: dict[str, str], index: PassageIndex) -> bool:
    """Whether a candidate sentence covers a gold answer where it stands."""
    anchor = candidate.sentence.anchor
    if anchor.document != ids[gold.context]:
        return False
    for start, text in gold.answers:
        # Loading may have moved the text by a few characters: the answer stands near where it stood.
        near = index.page_text(anchor.document, 1).find(text, max(0, start - 40))
        if near >= 0 and anchor.start <= near and near + len(text) <= anchor.end + 1:
            return True
    return False


def fit(
    features: npt.NDArray[np.float64], labels: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64] | None = None,
    *, strength: float = 1.0,
) -> Logistic:  # fmt: skip
    """A logistic model in the features' own units, for features [n, d], labels [n] and, if any, the rows' weights [n].

    Less `strength` keeps the model's weights smaller (scikit-learn's C).
    """
    scaler = StandardScaler().fit(features, sample_weight=weights)
    model = LogisticRegression(C=strength, max_iter=2000).fit(scaler.transform(features), labels, sample_weight=weights)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1)
    found = model.coef_[0] / scale
    return Logistic(float(model.intercept_[0] - (found * scaler.mean_).sum()), tuple(float(w) for w in found))


def _weight(library: Library) -> float:
    """What a question of a library counts."""
    return INVENTED_WEIGHT if library.name.startswith(INVENTED) else 1.0


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds squad_v2_en, idk_mrc, …")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write the weights")
    options = parser.parse_args(argv)
    settings = Settings()
    encoder, reader = load_encoder(settings), load_reader(settings.cache_folder)
    if reader is None:
        parser.error("the reader has no build on this machine")
    asked: list[Asked] = []
    for library in libraries(options.data):
        asked.extend(ask(library, encoder))
        print(f"\r{len(asked):6d} questions, {library.name:40.40}", end="", flush=True)
    print()
    seen = [a for a in asked if not a.library.unseen and a.kind == "good"]
    rows = [(c.features, h) for a in seen for c, h in zip(a.evidence.candidates, a.holds, strict=True)]
    candidate = fit(np.array([f for f, _ in rows]), np.array([h for _, h in rows]))
    unseen = [a for a in asked if a.library.unseen and a.evidence.candidates]
    learn(candidate, [(a, *_read(a, candidate, reader)) for a in unseen], options.out)


def learn(candidate: Logistic, read: Sequence[tuple[Asked, Ranked, Read]], out: Path) -> None:
    """Fit the two models that use the reader's scores, measure the last one library by library, and write all three."""
    spans = [
        (*row, _weight(a.library)) for a, ranked, found in read if a.kind == "good"
        for row in _span_rows(a, ranked, found)
    ]  # fmt: skip
    span = fit(*(np.array(column) for column in zip(*spans, strict=True)))
    scored = [(a, score_sentences(ranked, found, span), found) for a, ranked, found in read]
    features = np.array([answer_terms(answer_features(a.evidence, sentences, found)) for a, sentences, found in scored])
    labels = np.array([_first_holds(a, sentences) for a, sentences, _ in scored])
    kinds = np.array([a.kind for a, *_ in scored])
    groups = np.array([a.library.name for a, *_ in scored])
    weights = np.array([_weight(a.library) for a, *_ in scored])
    answer = fit(features, labels, weights, strength=ANSWER_STRENGTH)
    scores = np.zeros(len(labels))
    for group in sorted(set(groups)):
        others = groups != group
        model = fit(features[others], labels[others], weights[others], strength=ANSWER_STRENGTH)
        scores[groups == group] = [model.probability(tuple(row)) for row in features[groups == group]]
    before = np.array([_holds_first(a, ranked) for a, ranked, _ in read])
    invented = np.array([group.startswith(INVENTED) for group in groups])
    report = _measured(before, labels, scores, kinds)
    report[INVENTED] = _measured(*(values[invented] for values in (before, labels, scores, kinds)))
    print(json.dumps(report, indent=1))
    stored = {
        "made_by": "python -m eval.training.selection",
        "data": "SQuAD 2.0 (CC BY-SA 4.0), its Indonesian translation, IDK-MRC (CC BY-SA 4.0), invented documents",
        "measured": report,
        "threshold": THRESHOLD,
        "calibration": {"intercept": 0.0, **dict.fromkeys(CALIBRATION_TERMS, 1.0)},
        "candidate": {
            "intercept": candidate.intercept,
            **dict(zip(FEATURES, candidate.weights, strict=True)),
        },
        "span": {"intercept": span.intercept, **dict(zip(SPAN_FEATURES, span.weights, strict=True))},
        "answer": {"intercept": answer.intercept, **dict(zip(ANSWER_TERMS, answer.weights, strict=True))},
    }
    out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _measured(
    before: npt.NDArray[np.bool_], labels: npt.NDArray[np.bool_], scores: npt.NDArray[np.float64],
    kinds: npt.NDArray[np.str_],
) -> dict[str, object]:  # fmt: skip
    """What the models come to on questions: whether the first sentence holds the answer before reading and after it,
    the last model's scores, and the questions' kinds, each [questions]."""
    good, far, near = kinds == "good", kinds == "far", kinds == "near"
    report: dict[str, object] = {
        "questions": len(labels),
        "first_sentence_right_before_reading": round(float(before[good].mean()), 3),
        "first_sentence_right": round(float(labels[good].mean()), 3),
        "auroc_right_or_not": round(float(roc_auc_score(labels, scores)), 3),
        "auroc_good_far": round(float(roc_auc_score(good[~near], scores[~near])), 3),
        "auroc_good_near": round(float(roc_auc_score(good[~far], scores[~far])), 3),
        "kept_at": THRESHOLD,
    }
    return report | {f"kept_{kind}": round(float((scores[kinds == kind] >= THRESHOLD).mean()), 3) for kind in KINDS}


Ranked = list[tuple[Candidate, float]]


def _read(asked: Asked, candidate: Logistic, reader: Reader) -> tuple[Ranked, Read]:
    """The ranked candidates of a question and the readings of its windows, as when answering."""
    ranked = rank_candidates(asked.evidence, candidate)
    chosen = windows([c for c, _ in ranked])
    readings = reader.read_until_found(asked.query, [window.readable(asked.evidence.question) for window in chosen])
    return ranked, list(zip(chosen, readings, strict=False))


def _span_rows(asked: Asked, ranked: Ranked, read: Read) -> Iterator[tuple[tuple[float, ...], bool]]:
    holds = _holders(asked)
    for candidate, logit in ranked:
        features, *_ = span_features(candidate, logit, read)
        yield features, id(candidate) in holds


def _holders(asked: Asked) -> set[int]:
    return {id(c) for c, h in zip(asked.evidence.candidates, asked.holds, strict=True) if h}


def _first_holds(asked: Asked, scored: Sequence[Scored]) -> bool:
    return id(scored[0].candidate) in _holders(asked)


def _holds_first(asked: Asked, ranked: Ranked) -> bool:
    return id(ranked[0][0]) in _holders(asked)


if __name__ == "__main__":
    main()
