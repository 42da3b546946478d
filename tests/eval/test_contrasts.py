"""The claims and questions written for training."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.training import contrasts
from eval.training.contrasts import (
    CLAIMS,
    INFERENCES,
    INVENTED,
    QUESTIONS,
    digest,
    is_held_out,
    read_claims,
    read_inferences,
    read_questions,
)

PASSAGE = "Danau itu dalam. Airnya tawar sejak 1920. Ikan hidup di sana."


def test_only_those_on_the_passages_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passage that the sets do not have leaves its questions out; places are characters of the passage."""
    own, other = digest(PASSAGE), digest("Lain.")
    entry = {"language": "id", "sentences": [17, 41], "kind": "date"}
    lines = [
        {**entry, "passage": own, "answer": [36, 40], "question": "Sejak kapan?"},
        {**entry, "passage": other, "answer": None, "question": "Di mana?"},
        {**entry, "passage": own, "answer": None, "question": "Sejak kapan dalam?"},
    ]
    (tmp_path / "q").write_text("".join(json.dumps(line) + "\n" for line in lines))
    claims = [{**entry, "passage": own, "label": "c", "claim": "Airnya asin."}]
    (tmp_path / "c").write_text("".join(json.dumps(line) + "\n" for line in claims))
    monkeypatch.setattr(contrasts, "QUESTIONS", tmp_path / "q")
    monkeypatch.setattr(contrasts, "CLAIMS", tmp_path / "c")
    monkeypatch.setattr(contrasts, "INVENTED", tmp_path / "i")
    (tmp_path / "i").write_text("")
    first, second = read_questions([PASSAGE])
    assert first.answer is not None
    assert PASSAGE[slice(*first.answer)] == "1920"
    assert second.answer is None
    monkeypatch.setattr(contrasts, "INFERENCES", tmp_path / "c")
    (pair,) = read_claims([PASSAGE])
    assert (pair.text, pair.claim, pair.label, pair.id) == ("Airnya tawar sejak 1920.", "Airnya asin.", "c", own)
    assert read_inferences([PASSAGE]) == [pair]
    assert read_inferences([]) == []


def test_invented_texts_come_whatever_the_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unanswered question is read with the sentence that says most of its words, in either language."""
    asked = [{"language": "id", "answer": [36, 40], "question": "Sejak kapan?"}]
    asked.append({"language": "en", "answer": None, "question": "Since when is it deep?"})
    claimed = [{"language": "en", "label": "e", "kind": "close", "claim": "The lake is deep."}]
    texts = [{"text": PASSAGE, "language": "id", "questions": asked}, {"text": "Danau itu dalam.", "claims": claimed}]
    (tmp_path / "i").write_text("".join(json.dumps(text) + "\n" for text in texts))
    monkeypatch.setattr(contrasts, "INVENTED", tmp_path / "i")
    answered, tempting = read_questions([])
    assert answered.answer == answered.sentences == (36, 40)
    assert PASSAGE[slice(*tempting.sentences)].strip() == "Danau itu dalam."
    assert tempting.answer is None
    (pair,) = read_claims([])
    assert (pair.text, pair.label, pair.id) == ("Danau itu dalam.", "e", digest("Danau itu dalam."))


def test_what_is_invented_is_whole() -> None:
    """Every invented text has claims or questions, none twice, and answers stand in it."""
    texts = [json.loads(line) for line in INVENTED.read_text(encoding="utf-8").splitlines()]
    assert len({text["text"] for text in texts}) == len(texts)
    for text in texts:
        assert text.get("claims") or text.get("questions")
        for question in text.get("questions", ()):
            assert question["answer"] is None or text["text"][slice(*question["answer"])].strip()
    labels = Counter(claim["label"] for text in texts for claim in text.get("claims", ()))
    assert labels["c"] > labels["e"] > labels["n"] > 0.15 * labels.total()


def test_what_is_kept_is_balanced() -> None:
    """As many claims of each label in each language; neither kind of question can be told by its language."""
    claims = [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]
    counts = Counter((claim["language"], claim["label"]) for claim in claims)
    assert len(counts) == 6
    assert max(counts.values()) < 1.05 * min(counts.values())
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    shares = {
        language: sum(q["answer"] is None for q in questions if q["language"] == language) for language in ("id", "en")
    }
    assert abs(shares["id"] - shares["en"]) < 0.05 * len(questions)
    keys = [(claim["passage"], claim["claim"]) for claim in claims]
    assert len(set(keys)) == len(keys)


def test_inferences_are_balanced() -> None:
    """As many of each label on each premise, none twice; a negation stands in some of every label."""
    entries = [json.loads(line) for line in INFERENCES.read_text(encoding="utf-8").splitlines()]
    counts = Counter((*entry["sentences"], entry["passage"], entry["label"]) for entry in entries)
    assert set(counts.values()) == {3}
    assert len({(entry["passage"], *entry["sentences"], entry["claim"]) for entry in entries}) == len(entries)
    for label in "enc":
        own = [entry["claim"] for entry in entries if entry["label"] == label]
        negated = sum(bool({"tidak", "bukan", "belum", "tanpa", "tak"} & set(c.casefold().split())) for c in own)
        assert 0.12 < negated / len(own) < 0.5


def test_a_sixteenth_is_held_out() -> None:
    held = sum(is_held_out(digest(str(n))) for n in range(3200))
    assert 140 < held < 260
