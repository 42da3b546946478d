"""Learn which sentence answers and when none does, from public reading sets; writes chat_app/weights.json.

    python -m eval.training.selection --data ../shared/data

Each SQuAD 2.0 article, in English and in Indonesian, becomes a small library that is asked in both languages, and so
do groups of IDK-MRC passages. Three kinds of question are asked: ones that the library answers, ones written to look
as if (SQuAD's and IDK-MRC's unanswerable ones), and ones about other articles. Articles, and not questions, are held
out for measuring.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from chat_app.evidence import FEATURES, Candidate, Evidence, gather
from chat_app.question import understand
from chat_app.selection import ANSWER_FEATURES, Logistic, answer_features, rank
from eval.reading_sets import ReadingQuestion, read_set, write_corpus
from indexer.build import update
from indexer.encoder import Encoder, load_encoder
from indexer.index import PassageIndex
from indexer.settings import Settings

ANSWERABLE, NEAR, FAR = 40, 25, 15
"""Questions of each kind asked of a library, in each language."""
IDK_LIBRARIES, IDK_CONTEXTS = 24, 50
HELD_OUT_SHARE = 0.25
TARGET_REFUSED = 0.60
SEED = 7
WEIGHTS = Path(__file__).resolve().parents[2] / "chat_app" / "weights.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of a library, what was found, and where the answer stands."""

    library: str
    kind: str
    evidence: Evidence
    holds: tuple[bool, ...]
    """For each candidate, whether it holds the answer."""


@dataclass(frozen=True, slots=True)
class Library:
    """Passages and the questions to ask of them: (kind, question's words, the gold question where answerable)."""

    name: str
    contexts: tuple[str, ...]
    questions: tuple[tuple[str, str, ReadingQuestion | None], ...]


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
        good, near = chance.sample(good, min(ANSWERABLE, len(good))), chance.sample(near, min(NEAR, len(near)))
        for side, name in ((0, "en"), (1, "id")):
            asked = [
                *(("good", pair[asks].question, pair[side]) for pair in good for asks in (0, 1)),
                *(("near", pair[asks].question, None) for pair in near for asks in (0, 1)),
                *(("far", pair[asks].question, None) for pair in far for asks in (0, 1)),
            ]
            contexts = tuple(dict.fromkeys(pair[side].context for pair in own))
            yield Library(f"{title}/{name}", contexts, tuple(asked))
    idk = read_set(data / "idk_mrc" / "train.json")
    by_context: dict[str, list[ReadingQuestion]] = {}
    for question in idk:
        by_context.setdefault(question.context, []).append(question)
    groups = list(by_context)
    chance.shuffle(groups)
    for number in range(IDK_LIBRARIES):
        contexts = groups[number * IDK_CONTEXTS : (number + 1) * IDK_CONTEXTS]
        own_questions = [q for context in contexts for q in by_context[context]]
        good_id = [q for q in own_questions if q.answerable]
        near_id = [q for q in own_questions if not q.answerable]
        yield Library(
            f"idk/{number}",
            tuple(contexts),
            (
                *(("good", q.question, q) for q in chance.sample(good_id, min(ANSWERABLE, len(good_id)))),
                *(("near", q.question, None) for q in chance.sample(near_id, min(NEAR, len(near_id)))),
                *(("far", q.question, None) for q in chance.sample(idk, FAR)),
            ),
        )


def ask(library: Library, encoder: Encoder) -> Iterator[Asked]:
    """Index a library and gather the evidence for each of its questions."""
    with tempfile.TemporaryDirectory() as folder:
        ids = write_corpus(Path(folder) / "corpus", library.contexts)
        update(Path(folder) / "index", Path(folder) / "corpus", encoder)
        index = PassageIndex.open(Path(folder) / "index", encoder)
        vectors = encoder.encode_query([understand(words).text for _, words, _ in library.questions])
        for (kind, words, gold), vector in zip(library.questions, vectors, strict=True):
            evidence = gather(index, understand(words), vector)
            holds = tuple(gold is not None and _holds(c, gold, ids, index) for c in evidence.candidates)
            yield Asked(library.name, kind, evidence, holds)


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


def fit(features: npt.NDArray[np.float64], labels: npt.NDArray[np.bool_]) -> Logistic:
    """A logistic model in the features' own units."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(scaler.transform(features), labels)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1)
    weights = model.coef_[0] / scale
    return Logistic(float(model.intercept_[0] - (weights * scaler.mean_).sum()), tuple(float(w) for w in weights))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds squad_v2_en, idk_mrc, …")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write the weights")
    options = parser.parse_args(argv)
    encoder = load_encoder(Settings())
    asked: list[Asked] = []
    for library in libraries(options.data):
        asked.extend(ask(library, encoder))
        print(f"\r{len(asked):6d} questions, {library.name:40.40}", end="", flush=True)  # noqa: T201
    print()  # noqa: T201
    learn(asked, options.out)


def learn(asked: Sequence[Asked], out: Path) -> None:
    """Fit both models on the kept-in libraries, measure them on the held-out ones, and write them."""
    groups = sorted({a.library.split("/")[0] if "idk" not in a.library else a.library for a in asked})
    random.Random(SEED).shuffle(groups)
    held = set(groups[: int(HELD_OUT_SHARE * len(groups))])
    train = [a for a in asked if not _in(a, held)]
    test = [a for a in asked if _in(a, held)]
    rows = [(c.features, h) for a in train if a.kind == "good" for c, h in zip(a.evidence.candidates, a.holds, strict=True)]
    sentence = fit(np.array([f for f, _ in rows]), np.array([h for _, h in rows]))
    features, labels = _answer_rows(train, sentence)
    answer = fit(features, labels)
    test_features, test_labels = _answer_rows(test, sentence)
    scores = np.array([answer.probability(tuple(row)) for row in test_features])
    kinds = np.array([a.kind for a in test if a.evidence.candidates])
    report: dict[str, object] = {
        "questions": {"train": len(train), "held_out": len(test)},
        "sentence_first": round(float(test_labels[kinds == "good"].mean()), 3),
        "auroc_right_or_not": round(float(roc_auc_score(test_labels, scores)), 3),
        "auroc_good_far": round(float(roc_auc_score(kinds[kinds != "near"] == "good", scores[kinds != "near"])), 3),
        "auroc_good_near": round(float(roc_auc_score(kinds[kinds != "far"] == "good", scores[kinds != "far"])), 3),
    }
    # A balance of kinds like a user's: near misses are as common as good questions only in reading sets.
    threshold = 0.35
    for kind in ("good", "near", "far"):
        report[f"kept_{kind}"] = round(float((scores[kinds == kind] >= threshold).mean()), 3)
    print(json.dumps(report, indent=1))  # noqa: T201
    stored = {
        "made_by": "python -m eval.training.selection",
        "data": "SQuAD 2.0 (CC BY-SA 4.0), its Indonesian translation, IDK-MRC (CC BY-SA 4.0)",
        "measured": report,
        "threshold": threshold,
        "sentence": {"intercept": sentence.intercept, **dict(zip(FEATURES, sentence.weights, strict=True))},
        "answer": {"intercept": answer.intercept, **dict(zip(ANSWER_FEATURES, answer.weights, strict=True))},
    }
    out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _in(asked: Asked, groups: set[str]) -> bool:
    return asked.library in groups or asked.library.split("/")[0] in groups


def _answer_rows(
    asked: Sequence[Asked], sentence: Logistic
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Features of the best candidate of each question, and whether it or its neighbours shown hold the answer."""
    rows, labels = [], []
    for a in asked:
        if not a.evidence.candidates:
            continue
        ranked = rank(a.evidence.candidates, sentence)
        holds = dict(zip(map(id, a.evidence.candidates), a.holds, strict=True))
        rows.append(answer_features(a.evidence, ranked))
        labels.append(any(holds[id(candidate)] for candidate, _ in ranked[:2]))
    return np.array(rows), np.array(labels)


if __name__ == "__main__":
    main()
