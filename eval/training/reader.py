"""Train the reader: question and window in, the answer's span or "not here" out, from the encoder's own backbone.

    python -m eval.training.reader --data ../shared/data --work build/reader --minutes 55

IDK-MRC, TyDi QA Indonesian, SQuAD 2.0 in English and in its Indonesian translation, and the pairs across (a question
in one language, its passage in the other). Passages are cut to windows of a few sentences, as they are read when
answering; a window of the same passage that lacks the answer is one more kind of unanswerable. SQuAD articles in
HELD_OUT and the valid splits are never trained on. Word embeddings and the lowest layers stay the base's.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from chat_app.reader import WEIGHTS
from eval.reading_sets import ReadingQuestion, read_set
from eval.training.export_reader import FROZEN_LAYERS, unpack
from indexer.encoder.checkpoint import unpack_checkpoint
from indexer.splitter import sentence_spans

HELD_OUT = frozenset({"Oxygen", "Huguenot", "Normans", "Warsaw", "IPod"})
WINDOW_CHARACTERS = 460
MAX_TOKENS = 192
LEARNING_RATE = 2e-4
RESUMED_RATE = 0.7
"""A resumed run starts at this share of the learning rate."""
WARM_UP = 0.06
BATCH_TOKENS = 2400
OTHER_WINDOW_SHARE = 0.35
SEED = 11


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a window; the answer's characters in the window, or None."""

    question: str
    window: str
    answer: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids, the first token of the window, and the answer's first and last token; 0 and 0 for none."""

    ids: list[int]
    start: int
    end: int


class Reader(nn.Module):
    """The backbone with one linear layer that gives each token a start and an end logit; `<s>` stands for none."""

    def __init__(self, checkpoint: Path) -> None:
        super().__init__()
        self.backbone = BertModel.from_pretrained(checkpoint, add_pooling_layer=False, attn_implementation="sdpa")
        self.head = nn.Linear(self.backbone.config.hidden_size, 2)
        self.backbone.embeddings.requires_grad_(False)
        for layer in self.backbone.encoder.layer[:FROZEN_LAYERS]:
            layer.requires_grad_(False)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.backbone(input_ids=ids, attention_mask=mask).last_hidden_state
        logits = self.head(states).float().masked_fill(~mask.bool().unsqueeze(-1), -1e4)
        return logits[..., 0], logits[..., 1]


def windows(context: str, chance: random.Random, answer: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Windows of whole sentences: first the one to read (around the answer), then others without it."""
    spans = list(sentence_spans(context, 0, len(context), "id"))
    if not spans:
        return
    holders = [n for n, (a, b) in enumerate(spans) if answer and a < answer[1] and answer[0] < b]
    first, last = (holders[0], holders[-1]) if holders else (chance.randrange(len(spans)),) * 2
    yield _grow(spans, first, last, chance)
    others = [n for n in range(len(spans)) if not holders or n < holders[0] - 1 or n > holders[-1] + 1]
    if others:
        pick = chance.choice(others)
        window = _grow(spans, pick, pick, chance)
        if not answer or window[1] <= answer[0] or window[0] >= answer[1]:
            yield window


def _grow(spans: Sequence[tuple[int, int]], first: int, last: int, chance: random.Random) -> tuple[int, int]:
    budget = chance.uniform(0.3, 1.0) * WINDOW_CHARACTERS
    while True:
        sides = [side for side in (-1, 1) if 0 <= (first - 1 if side < 0 else last + 1) < len(spans)]
        if not sides:
            break
        side = chance.choice(sides)
        low, high = (first - 1, last) if side < 0 else (first, last + 1)
        if spans[high][1] - spans[low][0] > budget:
            break
        first, last = low, high
    return spans[first][0], spans[last][1]


def examples(questions: Sequence[tuple[str, ReadingQuestion]], chance: random.Random) -> Iterator[Example]:
    """Examples from (question's words, the passage and answer to read)."""
    for words, source in questions:
        answer = None
        if source.answers:
            start, text = source.answers[0]
            answer = (start, start + len(text))
        found = windows(source.context, chance, answer)
        for number, (start, end) in enumerate(found):
            if number == 0:
                inside = (max(answer[0], start) - start, min(answer[1], end) - start) if answer else None
                yield Example(words, source.context[start:end], inside)
            elif source.answers and chance.random() < OTHER_WINDOW_SHARE:
                yield Example(words, source.context[start:end], None)


def load_data(
    data: Path,
) -> tuple[list[tuple[str, ReadingQuestion]], dict[str, list[tuple[str, ReadingQuestion]]]]:
    """(training questions, validation questions by set)."""
    valid_idk = read_set(data / "idk_mrc" / "valid.json")
    valid_tydi = read_set(data / "tydiqa_id" / "valid.json")
    closed = {q.context for q in (*valid_idk, *valid_tydi)}
    idk = [q for q in read_set(data / "idk_mrc" / "train.json") if q.context not in closed]
    seen = {(q.context, q.question) for q in idk}
    tydi = [
        q for q in read_set(data / "tydiqa_id" / "train.json")
        if q.context not in closed and (q.context, q.question) not in seen and len(q.context) < 4000
    ]  # fmt: skip
    english = read_set(data / "squad_v2_en" / "train.json")
    translated = {q.id: q for q in read_set(data / "squad_v2_id_mt" / "train.json")}
    pairs = [(q, translated[q.id]) for q in english if q.id in translated]
    kept = [(e, i) for e, i in pairs if e.title not in HELD_OUT]
    slices = [q for q in read_set(data / "squad_v2_en" / "train_slice.json") if q.title not in HELD_OUT]
    train = [(q.question, q) for q in (*idk, *tydi, *slices)]
    train += [(e.question, e) for e, _ in kept] + [(i.question, i) for _, i in kept]
    train += [(e.question, i) for e, i in kept] + [(i.question, e) for e, i in kept[::2]]
    held = [(e, i) for e, i in pairs if e.title in HELD_OUT]
    valid = {
        "idk": [(q.question, q) for q in valid_idk],
        "squad_en": [(e.question, e) for e, _ in held],
        "squad_id": [(i.question, i) for _, i in held],
        "squad_en_id": [(e.question, i) for e, i in held],
    }
    return train, valid


def encode(example: Example, tokenizer: Tokenizer) -> Encoded | None:
    """`<s> query: question </s></s> window </s>` as ids; None where the answer does not fit."""
    question = tokenizer.encode("query: " + example.question, add_special_tokens=False).ids[:64]
    window = tokenizer.encode(example.window, add_special_tokens=False)
    room = MAX_TOKENS - len(question) - 4
    ids = [0, *question, 2, 2, *window.ids[:room], 2]
    if example.answer is None:
        return Encoded(ids, 0, 0)
    first = len(question) + 3
    inside = [
        n for n, (a, b) in enumerate(window.offsets[:room]) if a < example.answer[1] and b > example.answer[0] and b > a
    ]
    return Encoded(ids, first + inside[0], first + inside[-1]) if inside else None


def batches(items: Sequence[Encoded], chance: random.Random) -> list[list[Encoded]]:
    """Batches of like lengths in random order."""
    ordered = sorted(items, key=lambda item: len(item.ids) + chance.random() * 8)
    found: list[list[Encoded]] = []
    current: list[Encoded] = []
    for item in ordered:
        if current and (len(current) + 1) * max(len(item.ids), len(current[0].ids)) > BATCH_TOKENS:
            found.append(current)
            current = []
        current.append(item)
    found.append(current)
    chance.shuffle(found)
    return found


def collate(batch: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(len(item.ids) for item in batch)
    ids = torch.ones(len(batch), width, dtype=torch.long)
    for row, item in enumerate(batch):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
    return ids, torch.arange(width)[None, :] < torch.tensor([len(item.ids) for item in batch])[:, None]


def evaluate(
    model: Reader, questions: Sequence[tuple[str, ReadingQuestion]], tokenizer: Tokenizer, limit: int = 700
) -> dict[str, float]:
    """Span hit rate and AUROC over windows, one window a question."""
    from sklearn.metrics import roc_auc_score

    chance = random.Random(3)
    picked = chance.sample(list(questions), min(limit, len(questions)))
    items = [e for q in picked for e in [encode(next(examples([q], chance)), tokenizer)] if e]
    model.eval()
    hits, scores, labels = [], [], []
    with torch.inference_mode():
        for at in range(0, len(items), 32):
            batch = items[at : at + 32]
            ids, mask = collate(batch)
            starts, ends = model(ids, mask)
            for row, item in enumerate(batch):
                question_end = item.ids.index(2) + 2
                n = len(item.ids) - 1
                s, e = starts[row, question_end:n], ends[row, question_end:n]
                grid = (s[:, None] + e[None, :]).masked_fill(
                    torch.ones(len(s), len(s)).tril(-1).bool() | torch.ones(len(s), len(s)).triu(30).bool(),
                    -1e4,
                )
                best = int(grid.argmax())
                a, b = best // len(s) + question_end, best % len(s) + question_end
                scores.append(float(grid.max() - starts[row, 0] - ends[row, 0]))
                labels.append(item.start > 0)
                if item.start:
                    hits.append(a <= item.end and b >= item.start)
    model.train()
    return {
        "overlap": round(float(np.mean(hits)), 3),
        "auroc": round(float(roc_auc_score(labels, scores)), 3),
        "n": len(items),
    }


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and figures go here")
    parser.add_argument("--minutes", type=float, default=55, help="the learning rate falls to zero over this time")
    parser.add_argument("--resume", action="store_true", help="go on from --work, or from the shipped weights")
    options = parser.parse_args(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    chance = random.Random(SEED + options.resume)
    checkpoint = unpack_checkpoint(options.work / "base")
    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    train, valid = load_data(options.data)
    chance.shuffle(train)
    items = [encoded for example in examples(train, chance) if (encoded := encode(example, tokenizer))]
    total = sum(len(item.ids) for item in items)
    empty = sum(item.start == 0 for item in items) / len(items)
    print(f"{len(train)} questions, {len(items)} windows, {total} tokens, {empty:.2f} without an answer", flush=True)
    model = Reader(checkpoint)
    if options.resume:
        own = options.work / "reader.pt"
        state = torch.load(own, weights_only=True) if own.exists() else unpack(WEIGHTS)
        model.load_state_dict(state, strict=own.exists())
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=LEARNING_RATE, weight_decay=0.01)
    plan = batches(items, chance)
    top_rate = LEARNING_RATE * (RESUMED_RATE if options.resume else 1)
    started = saved = time.monotonic()
    seen = 0
    running = 0.0
    for number, batch in enumerate(plan):
        elapsed = (time.monotonic() - started) / (60 * options.minutes)
        done = max(elapsed, number / len(plan))
        if done >= 1:
            break
        rate = top_rate * min(1, done / WARM_UP) * (1 - done) / (1 - WARM_UP) if done < 1 else 0
        for group in optimiser.param_groups:
            group["lr"] = max(rate, 1e-7)
        ids, mask = collate(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            starts, ends = model(ids, mask)
        targets = torch.tensor([[item.start, item.end] for item in batch])
        loss = (
            nn.functional.cross_entropy(starts, targets[:, 0]) + nn.functional.cross_entropy(ends, targets[:, 1])
        ) / 2
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        seen += int(mask.sum())
        running = 0.98 * running + 0.02 * loss.item() if number else loss.item()
        if number % 100 == 0:
            speed = seen / (time.monotonic() - started)
            print(f"{number}/{len(plan)} {done:.3f} loss {running:.3f} {speed:.0f} tokens/s", flush=True)
        if time.monotonic() - saved > 600:
            torch.save(model.state_dict(), options.work / "reader.pt")
            saved = time.monotonic()
            print(
                {name: evaluate(model, questions, tokenizer, 250) for name, questions in valid.items()},
                flush=True,
            )
    torch.save(model.state_dict(), options.work / "reader.pt")
    report = {name: evaluate(model, questions, tokenizer) for name, questions in valid.items()}
    (options.work / "report.json").write_text(json.dumps(report, indent=1))
    print(json.dumps(report), math.nan if not plan else seen, flush=True)


if __name__ == "__main__":
    main()
