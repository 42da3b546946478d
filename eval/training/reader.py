"""Train the reader: question and window in, the answer's span or "not here" out, from the encoder's own backbone.

    python -m eval.training.reader --data ../shared/data --work build/reader --epochs 4

IDK-MRC, TyDi QA Indonesian, SQuAD 2.0 in English and in its Indonesian translation, the pairs across (a question in
one language, its passage in the other), and the contrasts written for it. Each batch is seen twice under different
dropout and the two outcomes are drawn together; what is kept is a moving average of the weights. Word embeddings stay
the base's. A checkpoint is written every few minutes with the optimiser's state; the same command goes on from it. On
a GPU it takes the GPU.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import cross_entropy
from transformers import BertModel

from chat_app.reader import MAX_SPAN_TOKENS
from chat_app.reader import WEIGHTS as SHIPPED
from chat_app.trained import Trained
from eval.reading_sets import ReadingQuestion
from eval.training.reading_examples import Encoded, Training, encode, epoch, load, own_window
from eval.training.steadying import Average, apart
from indexer.encoder.checkpoint import tensors, unpack_checkpoint
from indexer.encoder.weights import read_weights

FROZEN_LAYERS = 4
"""So many of the lowest layers stay as they are."""
LEARNING_RATE = 2e-4
WARM_UP = 0.06
WEIGHT_DECAY = 0.01
DROPOUT = 0.1
TOGETHER = 1.0
"""What it counts that the two outcomes of a batch lie apart."""
BATCH_TOKENS = 2400
WIDTH_STEP = 8
CHECKPOINT_SECONDS = 420
VALIDATION_QUESTIONS = 250
SEED = 11
_NO_LOGIT = -1e4


class LockedDropout(nn.Module):
    """Dropout that leaves out the same features at every position of an example.

    Gal and Ghahramani (2016). On a CPU it costs a fortieth of drawing each position anew.
    """

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return states
        kept = torch.rand(states.shape[0], 1, states.shape[2], device=states.device) >= DROPOUT
        return states * (kept / (1 - DROPOUT)).to(states.dtype)


class Body(nn.Module):
    """The backbone, its lowest layers frozen."""

    def __init__(self, checkpoint: Path, frozen: int) -> None:
        super().__init__()
        self.frozen = frozen
        # Eager attention: on CPUs the fused one's backward pass takes three times as long as all the rest together.
        self.backbone = BertModel.from_pretrained(
            checkpoint, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.backbone.embeddings.requires_grad_(False)
        self.backbone.embeddings.add_module("dropout", nn.Identity())
        for number, layer in enumerate(self.backbone.encoder.layer):
            layer.requires_grad_(number >= frozen)
            for part in ("attention.output", "output"):
                kind = LockedDropout if number >= frozen else nn.Identity
                layer.get_submodule(part).add_module("dropout", kind())

    def states(self, ids: torch.Tensor, mask: torch.Tensor, times: int = 1) -> torch.Tensor:
        """The last layer's states [times · n, tokens, hidden] for ids and a mask [n, tokens].

        The batch so many times over, each under its own dropout; what is frozen has none and is reckoned once.
        """
        allowed = mask[:, None, None, :].bool()
        with torch.no_grad():
            states = self.backbone.embeddings(input_ids=ids)
            unseen = torch.zeros_like(allowed, dtype=states.dtype).masked_fill(~allowed, torch.finfo(states.dtype).min)
            for layer in self.backbone.encoder.layer[: self.frozen]:
                states = layer(states, unseen)
        states, unseen = states.repeat(times, 1, 1), unseen.repeat(times, 1, 1, 1)
        for layer in self.backbone.encoder.layer[self.frozen :]:
            states = layer(states, unseen)
        return torch.as_tensor(states)


class ReaderModel(Body):
    """A body and one linear layer that gives each token a start and an end logit; `<s>` stands for none."""

    def __init__(self, checkpoint: Path, frozen: int = FROZEN_LAYERS) -> None:
        super().__init__(checkpoint, frozen)
        self.head = nn.Linear(self.backbone.config.hidden_size, 2)

    def load_shipped(self) -> None:
        """Take the weights that come with the program."""
        load_trained(Trained(read_weights(), SHIPPED, "reader"), self.backbone, {"head": self.head})

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, times: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
        """Start and end logits, each [times · n, tokens], for ids and a mask [n, tokens]."""
        states = self.states(ids, mask, times)
        logits = self.head(states).float().masked_fill(~mask.bool().repeat(times, 1).unsqueeze(-1), _NO_LOGIT)
        return logits[..., 0], logits[..., 1]


def load_trained(trained: Trained, backbone: BertModel, heads: Mapping[str, nn.Linear]) -> None:
    """Take a shipped model's weights: its layers', and by their names those of what it has above them."""
    state = {name: torch.from_numpy(np.array(values)) for name, values in tensors(trained).items()}
    backbone.load_state_dict({name: state[name] for name in backbone.state_dict()})
    for name, layer in heads.items():
        head = {"weight": trained.vector(f"{name}.w").reshape(layer.weight.shape), "bias": trained.vector(f"{name}.b")}
        layer.load_state_dict({part: torch.from_numpy(np.array(values)) for part, values in head.items()})


class HasIds(Protocol):
    """Something of token ids."""

    @property
    def ids(self) -> list[int]: ...


Item = TypeVar("Item", bound=HasIds)


def batches(items: Sequence[Item], chance: random.Random) -> list[list[Item]]:
    """Batches of like lengths in random order; a few shapes only, since a CPU prepares for each new one."""
    by_width: dict[int, list[Item]] = {}
    for item in items:
        by_width.setdefault(_width(len(item.ids)), []).append(item)
    found: list[list[Item]] = []
    for width, alike in sorted(by_width.items()):
        chance.shuffle(alike)
        size = BATCH_TOKENS // width
        found.extend(alike[at : at + size] for at in range(0, len(alike), size))
    chance.shuffle(found)
    return found


def _width(length: int) -> int:
    return -(-length // WIDTH_STEP) * WIDTH_STEP


def collate(batch: Sequence[HasIds], device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask, each of shape (batch, width)."""
    width = _width(max(len(item.ids) for item in batch))
    ids = torch.ones(len(batch), width, dtype=torch.long)
    for row, item in enumerate(batch):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
    mask = torch.arange(width)[None, :] < torch.tensor([len(item.ids) for item in batch])[:, None]
    return ids.to(device), mask.to(device)


def evaluate(
    model: ReaderModel, questions: Sequence[tuple[str, ReadingQuestion]], tokenizer: Tokenizer, limit: int
) -> dict[str, float]:
    """Span hit rate and AUROC over windows, one window a question; a quick look, `eval read` measures."""
    from sklearn.metrics import roc_auc_score

    chance = random.Random(3)
    picked = chance.sample(list(questions), min(limit, len(questions)))
    items = [e for words, q in picked for e in [encode(own_window(words, q, chance), tokenizer)] if e]
    device = next(model.parameters()).device
    hits, scores, labels = [], [], []
    model.eval()
    with torch.inference_mode():
        for at in range(0, len(items), 32):
            batch = items[at : at + 32]
            ids, mask = collate(batch, device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                starts, ends = (logits.cpu() for logits in model(ids, mask))
            for row, item in enumerate(batch):
                first, last, score = _best_span(starts[row], ends[row], item.ids)
                scores.append(score)
                labels.append(item.start > 0)
                if item.start:
                    hits.append(first <= item.end and last >= item.start)
    model.train()
    report = {"overlap": round(float(np.mean(hits)), 3), "n": len(items)}
    if len(set(labels)) == 2:
        report["auroc"] = round(float(roc_auc_score(labels, scores)), 3)
    return report


def _best_span(starts: torch.Tensor, ends: torch.Tensor, ids: list[int]) -> tuple[int, int, float]:
    """First and last token of the best span, and its logits' sum less that of "not here"."""
    begin, n = ids.index(2) + 2, len(ids) - 1
    grid = starts[begin:n, None] + ends[None, begin:n]
    ones = torch.ones_like(grid)
    grid = grid.masked_fill(ones.tril(-1).bool() | ones.triu(MAX_SPAN_TOKENS).bool(), _NO_LOGIT)
    first, last = divmod(int(grid.argmax()), grid.shape[1])
    return begin + first, begin + last, float(grid.max() - starts[0] - ends[0])


def plan(training: Training, tokenizer: Tokenizer, number: int, share: float, known: int) -> list[list[Encoded]]:
    """The batches of an epoch, the same whenever it is asked for."""
    chance = random.Random(SEED + number)
    items = [encoded for example in epoch(training, chance, share, known) if (encoded := encode(example, tokenizer))]
    total, empty = sum(len(item.ids) for item in items), sum(item.start == 0 for item in items) / len(items)
    print(f"epoch {number + 1}: {len(items)} windows, {total} tokens, {empty:.2f} without an answer", flush=True)
    return batches(items, chance)


def rate_at(done: float, highest: float = LEARNING_RATE) -> float:
    """The learning rate at a share of the training: a linear rise over WARM_UP, then a linear fall to zero."""
    return highest * min(done / WARM_UP, (1 - done) / (1 - WARM_UP))


def steps(
    training: Training, tokenizer: Tokenizer, epochs: int, share: float, known: int, at: tuple[int, int]
) -> Iterator[tuple[int, int, float, list[Encoded]]]:
    """(epoch, batch's number, share of the training done, batch), from an epoch and a batch on."""
    for number in range(at[0], epochs):
        found = plan(training, tokenizer, number, share, known)
        for n in range(at[1] if number == at[0] else 0, len(found)):
            yield number, n, (number + n / len(found)) / epochs, found[n]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds idk_mrc, squad_v2_en, …")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and figures go here")
    parser.add_argument("--epochs", type=int, default=4, help="the learning rate falls to zero over these")
    parser.add_argument("--share", type=float, default=1.0, help="so much of the sets is seen in an epoch")
    parser.add_argument(
        "--known", type=int, default=0, help="so many of the first written questions are drawn as the sets' are"
    )
    parser.add_argument("--rate", type=float, default=LEARNING_RATE, help="the highest learning rate")
    parser.add_argument("--frozen", type=int, default=FROZEN_LAYERS, help="so many of the lowest layers stay")
    parser.add_argument("--go-on", action="store_true", help="begin from the shipped weights and not from the base")
    options = parser.parse_args(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    checkpoint = unpack_checkpoint(options.work / "base")
    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    training, valid = load(options.data)
    model = ReaderModel(checkpoint, options.frozen)
    if options.go_on:
        model.load_shipped()
    model = model.to(device).train()
    average = Average(model)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.rate, weight_decay=WEIGHT_DECAY, fused=True)
    saved_at = options.work / "reader.pt"
    at, seen = (0, 0), 0
    if saved_at.exists():
        state = torch.load(saved_at, weights_only=True)
        model.load_state_dict(state["last"])
        optimiser.load_state_dict(state["optimiser"])
        average.load(state)
        at, seen = (state["epoch"], state["batch"]), state["seen"]

    def save(number: int, n: int) -> None:
        state = {**average.saved(), "last": model.state_dict(), "optimiser": optimiser.state_dict()}
        part = saved_at.with_suffix(".part")
        torch.save({**state, "epoch": number, "batch": n, "seen": seen}, part)
        part.replace(saved_at)

    started, before, running, looked = time.monotonic(), seen, 0.0, time.monotonic()
    for number, n, done, batch in steps(training, tokenizer, options.epochs, options.share, options.known, at):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(done, options.rate)
        ids, mask = collate(batch, device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            outcomes = model(ids, mask, times=2)
        targets = torch.tensor([[item.start, item.end] for item in (*batch, *batch)], device=device)
        loss = torch.stack(
            [
                cross_entropy(logits, targets[:, n]) + TOGETHER * apart(*logits.chunk(2))
                for n, logits in enumerate(outcomes)
            ]
        ).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        average.step(model)
        seen += 2 * int(mask.sum())
        running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
        if n % 100 == 0:
            speed = (seen - before) / (time.monotonic() - started)
            print(f"{number + 1}/{n} {done:.3f} loss {running:.3f} {speed:.0f} tokens/s", flush=True)
        if time.monotonic() - looked > CHECKPOINT_SECONDS:
            save(number, n + 1)
            found = {name: evaluate(model, qs, tokenizer, VALIDATION_QUESTIONS) for name, qs in valid.items()}
            print(found, flush=True)
            looked = time.monotonic()
    save(options.epochs, 0)
    model.load_state_dict(average.state)
    report = {name: evaluate(model, questions, tokenizer, 700) for name, questions in valid.items()}
    (options.work / "report.json").write_text(json.dumps({"tokens": seen, **report}, indent=1))
    print(json.dumps(report), seen, flush=True)


if __name__ == "__main__":
    main()
