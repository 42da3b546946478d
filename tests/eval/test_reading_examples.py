"""What the reader learns from: answers stay where they stand, and windows without one hold none."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from eval.reading_sets import ReadingQuestion
from eval.training.held_out import HELD_OUT
from eval.training.reading_examples import MAX_TOKENS, Example, encode, epoch, load
from indexer.encoder.tokenizer import tokenizer_json
from indexer.encoder.weights import read_weights

SENTENCES = [f"Pulau nomor {n} ditemukan pada tahun {1500 + n} oleh pelaut bernama Kapten {n}." for n in range(1, 30)]
PASSAGE = " ".join(SENTENCES)
OTHER = "Pulau itu ditemukan oleh pelaut yang tak dikenal. " * 12


def entry(context: str, identifier: str, question: str, answer: str | None, title: str = "Pulau") -> dict[str, object]:
    """A passage with one question in SQuAD's shape."""
    answers = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
    qa = {"id": identifier, "question": question, "is_impossible": answer is None, "answers": answers}
    return {"context": context, "title": title, "qas": [qa]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """All sets, tiny: IDK-MRC shares a passage with its valid split, SQuAD has a held-out article."""
    held = next(iter(HELD_OUT))
    sets = {
        "idk_mrc/train.json": [
            entry(PASSAGE, "i1", "Tahun berapa pulau nomor 7 ditemukan?", "1507"),
            entry(OTHER, "i2", "Siapa pelaut yang menemukan pulau itu?", None),
            entry("Ini bersama. " + PASSAGE, "i3", "Siapa?", "Kapten 3"),
        ],
        "idk_mrc/valid.json": [entry("Ini bersama. " + PASSAGE, "v1", "Siapa?", "Kapten 3")],
        "tydiqa_id/train.json": [entry(PASSAGE, "t1", "Siapa yang menemukan pulau nomor 9?", "Kapten 9")],
        "tydiqa_id/valid.json": [entry("Lain. " + OTHER, "v2", "Apa?", "Pulau")],
        "squad_v2_en/train.json": [
            entry("Iron is heavy. It rusts.", "s1", "What rusts?", "Iron", "Iron"),
            entry("Held is out.", "s2", "What is out?", "Held", held),
        ],
        "squad_v2_id_mt/train.json": [
            entry("Besi itu berat. Ia berkarat.", "s1", "Apa yang berkarat?", "Besi", "Iron"),
            entry("Ditahan di luar.", "s2", "Apa yang di luar?", "Ditahan", held),
        ],
        "squad_v2_en/train_slice.json": [entry("Gold shines.", "g1", "What shines?", "Gold", "Gold")],
    }
    for name, content in sets.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def test_nothing_that_is_validated_on_is_trained_on(data: Path) -> None:
    """A passage of a valid split and a held-out article are left out, in both languages."""
    training, valid = load(data)
    assert {q.id for q in training.single} == {"i1", "i2", "t1", "g1"}
    assert [(e.id, i.id) for e, i in training.pairs] == [("s1", "s1")]
    assert {name: len(questions) for name, questions in valid.items()} == {
        "idk": 1, "tydi": 1, "squad_en": 1, "squad_id": 1, "squad_en_id": 1,
    }  # fmt: skip


def test_windows_hold_the_answer_or_none(data: Path) -> None:
    """Over many epochs: a marked answer is the gold one, and windows marked empty do not say it."""
    training, _ = load(data)
    golds = {"Tahun berapa pulau nomor 7 ditemukan?": "1507", "Siapa yang menemukan pulau nomor 9?": "Kapten 9"}
    empty = 0
    for number in range(30):
        for example in epoch(training, random.Random(number)):
            if example.question not in golds:
                continue
            if example.answer:
                assert example.window[slice(*example.answer)] == golds[example.question]
            else:
                empty += 1
                assert golds[example.question] not in example.window
    assert empty > 5


def test_an_epoch_is_the_same_again_and_the_next_is_another(data: Path) -> None:
    """The seed decides, so a run that was cut off goes on with the batches it had."""
    training, _ = load(data)
    first, again, other = (list(epoch(training, random.Random(seed))) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_answers_tokens_are_those_of_its_words() -> None:
    """Tokens from the answer's first to its last decode to it; what does not fit is left out."""
    tokenizer = Tokenizer.from_str(tokenizer_json(read_weights().vocabulary))
    start = PASSAGE.index("1502")
    found = encode(Example("Kapan?", PASSAGE, (start, start + 4)), tokenizer)
    assert found
    assert tokenizer.decode(found.ids[found.start : found.end + 1]).strip() == "1502"
    assert len(found.ids) <= MAX_TOKENS
    late = PASSAGE.index("1529")
    assert encode(Example("Kapan?", PASSAGE, (late, late + 4)), tokenizer) is None
    nothing = encode(Example("Kapan?", PASSAGE, None), tokenizer)
    assert nothing
    assert (nothing.start, nothing.end) == (0, 0)


def test_a_question_without_context_is_kept_whole() -> None:
    """A passage without a sentence is one window."""
    training_question = ReadingQuestion("x", "Apa?", "kata", None, ((0, "kata"),))
    from eval.training.reading_examples import own_window

    assert own_window("Apa?", training_question, random.Random(1)) == Example("Apa?", "kata", (0, 4))
