"""Train the verifier: a claim and a piece of text in, entailed, neutral or contradicted out.

    python -m eval.training.verifier --data ../shared/data --work build/verifier --epochs 6

It begins from the reader that comes with the program, which reads both languages and across them, or from the weights
of `--begin`. Learned from are IndoNLI; inferences written in its manner, and claims written for training, in both
languages and across them (contrasts.py); and statements made from the sets' questions, with their answer (entailed),
with another of its kind (contradicted), and of a text that does not tell (neutral). Each batch is seen twice under
different dropout and the two outcomes are drawn together; what is kept is a moving average of the weights. A
checkpoint is written after every epoch; the same command goes on from it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import cross_entropy

from chat_app.reader import WEIGHTS as READER
from chat_app.trained import Trained
from chat_app.verifier import LABELS, MAX_CLAIM_TOKENS, MAX_TOKENS
from eval.nli_sets import Pair, read_pairs
from eval.reading_sets import ReadingQuestion
from eval.training.contrasts import is_held_out, read_claims, read_inferences
from eval.training.reader import Body, batches, collate, load_trained, rate_at
from eval.training.reading_examples import Training, exchanged, likeliest_window, load, own_window
from eval.training.statements import statement
from eval.training.steadying import Average, apart
from indexer.datatypes import LANGUAGES, Language
from indexer.encoder.checkpoint import unpack_checkpoint
from indexer.encoder.weights import read_weights

LEARNING_RATE = 1e-4
WEIGHT_DECAY = 0.01
TOGETHER = 1.5
"""What it counts that the two outcomes of a batch lie apart."""
SHARES = (1.0, 1.0, 0.25, 1.0)
"""Of IndoNLI, of the inferences, of the claims that earlier runs have seen and of the newer ones, so many are drawn for
an epoch."""
STATEMENTS, TURNED_SHARE = 1500, 0.3
"""With all of IndoNLI come so many statements, and so many of its contradictions with text and claim exchanged."""
STATEMENT_SHARES = (0.4, 0.25, 0.35)
"""Of the statements entailed, neutral, contradicted."""
SEED = 23


@dataclass(frozen=True, slots=True)
class Labelled:
    """Token ids and the label's number."""

    ids: list[int]
    label: int


class VerifierModel(Body):
    """The reader's body; `<s>` and the mean of the states through two layers to the LABELS' logits."""

    def __init__(self, checkpoint: Path, frozen: int = 0) -> None:
        super().__init__(checkpoint, frozen)
        hidden = self.backbone.config.hidden_size
        self.inner = nn.Linear(2 * hidden, hidden)
        self.outer = nn.Linear(hidden, len(LABELS))

    def load(self, path: Path) -> None:
        """Take the weights of a file: a reader's, or a verifier's with what it has above them."""
        trained = Trained(read_weights(), path, path.stem)
        heads = {"inner": self.inner, "outer": self.outer} if trained.has("inner.w") else {}
        load_trained(trained, self.backbone, heads)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, times: int = 1) -> torch.Tensor:
        """Logits [times · n, 3] for ids and a mask [n, tokens]."""
        states = self.states(ids, mask, times)
        weights = mask.repeat(times, 1).unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(dim=1) / weights.sum(dim=1)
        inner = torch.tanh(self.inner(torch.cat([states[:, 0], mean], dim=1)))
        return torch.as_tensor(self.outer(inner).float())


def statements(training: Training, count: int, chance: random.Random) -> list[Pair]:
    """So many pairs made of the reading sets' questions."""
    kinds = defaultdict(list)
    pools: list[tuple[Language, Language, ReadingQuestion, ReadingQuestion]] = []
    for q in training.single:
        language: Language = "en" if q.title is not None else "id"
        pools.append((language, language, q, q))
    for e, i in training.pairs:
        both: dict[Language, ReadingQuestion] = {"en": e, "id": i}
        pools.extend((asks, reads, both[asks], both[reads]) for asks in LANGUAGES for reads in LANGUAGES)
    for asks, _, worded, _ in pools:
        if worded.answerable:
            kinds[asks, worded.context].append(worded)
    found: list[Pair] = []
    while len(found) < count:
        asks, _, worded, read = chance.choice(pools)
        label = chance.choices(LABELS, STATEMENT_SHARES)[0]
        if made := _pair(label, asks, worded, read, kinds[asks, worded.context], training.names, chance):
            found.append(made)
    return found


def _pair(
    label: str, language: Language, worded: ReadingQuestion, read: ReadingQuestion,
    beside: Sequence[ReadingQuestion], names: Sequence[str], chance: random.Random,
) -> Pair | None:  # fmt: skip
    """A statement with this label and its text; None where the question gives none."""
    if label == "n":
        others = [other for other in beside if other.answers and other.question != worded.question]
        if read.answerable or not others:
            return None
        said = statement(worded.question, chance.choice(others).answers[0][1], language)
        window = likeliest_window(read.question, read.context, chance)
        return Pair("", window, said, "n") if said else None
    if not (worded.answerable and read.answerable):
        return None
    answer = worded.answers[0][1]
    own = own_window(worded.question, read, chance)
    if label == "c":
        false = _other_answer(worded, beside, chance)
        if false is None:
            said = statement(worded.question, answer, language)
            said = exchanged(said, own, names, chance) if said and any(c.isdigit() for c in answer) else None
        else:
            said = statement(worded.question, false, language)
    else:
        said = statement(worded.question, answer, language)
    return Pair("", own.window, said, label) if said else None


def _other_answer(question: ReadingQuestion, beside: Sequence[ReadingQuestion], chance: random.Random) -> str | None:
    """Another question's answer from the same text that looks alike: a number for a number, a name for a name."""
    answer = question.answers[0][1]

    def looks(text: str) -> tuple[bool, bool]:
        return any(c.isdigit() for c in text), text[:1].isupper()

    low = answer.casefold()
    others = [q.answers[0][1] for q in beside if q.question != question.question]
    alike = [o for o in others if looks(o) == looks(answer) and o.casefold() not in low and low not in o.casefold()]
    return chance.choice(alike) if alike and chance.random() < 0.75 else None


def encode(pair: Pair, tokenizer: Tokenizer) -> Labelled:
    """`<s> query: claim </s></s> text </s>`, as the reader takes a question and a window."""
    claim = tokenizer.encode("query: " + pair.claim, add_special_tokens=False).ids[:MAX_CLAIM_TOKENS]
    text = tokenizer.encode(pair.text, add_special_tokens=False).ids[: MAX_TOKENS - len(claim) - 4]
    return Labelled([0, *claim, 2, 2, *text, 2], LABELS.index(pair.label))


def accuracy(model: VerifierModel, items: Sequence[Labelled]) -> float:
    """The share of pairs whose likeliest label is right."""
    device = next(model.parameters()).device
    order = sorted(items, key=lambda item: len(item.ids))
    right = 0
    model.eval()
    with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16):
        for at in range(0, len(order), 32):
            batch = order[at : at + 32]
            likeliest = model(*collate(batch, device)).argmax(dim=1).tolist()
            right += sum(found == item.label for found, item in zip(likeliest, batch, strict=True))
    model.train()
    return right / len(items)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds indonli, idk_mrc, …")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and figures go here")
    parser.add_argument("--epochs", type=int, default=4, help="the learning rate falls to zero over these")
    parser.add_argument("--rate", type=float, default=LEARNING_RATE, help="the highest learning rate")
    parser.add_argument("--known", type=int, default=0, help="so many of the first written claims were seen before")
    parser.add_argument(
        "--together", type=float, default=TOGETHER,
        help="what it counts that a batch's two outcomes lie apart; 0: each batch is seen once",
    )  # fmt: skip
    parser.add_argument("--frozen", type=int, default=0, help="so many of the lowest layers stay as they are")
    parser.add_argument(
        "--begin", type=Path, default=READER, help="begin from these weights, a reader's or a verifier's"
    )
    parser.add_argument(
        "--shares", type=float, nargs=4, default=SHARES, metavar=("INDONLI", "INFERENCES", "KNOWN", "NEWER"),
        help="so many of each source are drawn for an epoch",
    )  # fmt: skip
    options = parser.parse_args(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    checkpoint = unpack_checkpoint(options.work / "base")
    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    training, _ = load(options.data)
    own = read_pairs(options.data / "indonli" / "train.jsonl")
    turned = [Pair("", pair.claim, pair.text, "c") for pair in own if pair.label == "c"]
    claims = read_claims(training.passages)
    written = {
        "inferences": read_inferences([*training.passages, *{pair.text for pair in own}]),
        "known": claims[: options.known],
        "newer": claims[options.known :],
    }
    valid = {"indonli": [encode(pair, tokenizer) for pair in read_pairs(options.data / "indonli" / "val.jsonl")]}
    for name, pairs in written.items():
        if held_out := [encode(pair, tokenizer) for pair in pairs if is_held_out(pair.id)]:
            valid[name] = held_out
    sources = [own, *([pair for pair in pairs if not is_held_out(pair.id)] for pairs in written.values())]
    model = VerifierModel(checkpoint, options.frozen)
    model.load(options.begin)
    model = model.to(device).train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.rate, weight_decay=WEIGHT_DECAY, fused=True)
    average = Average(model)
    times = 2 if options.together else 1
    saved_at, first, report = options.work / "verifier.pt", 0, []
    if saved_at.exists():
        state = torch.load(saved_at, weights_only=True)
        model.load_state_dict(state["last"])
        average.load(state)
        optimiser.load_state_dict(state["optimiser"])
        first, report = state["epoch"], state["report"]
    for number in range(first, options.epochs):
        chance = random.Random(SEED + number)
        drawn = [
            pair
            for source, share in zip(sources, options.shares, strict=True)
            for pair in chance.sample(source, int(share * len(source)))
        ]
        drawn += statements(training, int(options.shares[0] * STATEMENTS), chance)
        drawn += chance.sample(turned, int(options.shares[0] * TURNED_SHARE * len(turned)))
        plan = batches([encode(pair, tokenizer) for pair in drawn], chance)
        started, seen, running = time.monotonic(), 0, 0.0
        for n, batch in enumerate(plan):
            for group in optimiser.param_groups:
                group["lr"] = rate_at((number + n / len(plan)) / options.epochs, options.rate)
            ids, mask = collate(batch, device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                logits = model(ids, mask, times=times)
            labels = torch.tensor([item.label for item in batch] * times, device=device)
            loss = cross_entropy(logits, labels)
            if times > 1:
                loss = loss + options.together * apart(*logits.chunk(times))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            average.step(model)
            seen += times * int(mask.sum())
            running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
            if n % 100 == 0:
                speed = seen / (time.monotonic() - started)
                print(f"{number + 1}: {n} of {len(plan)}, loss {running:.3f}, {speed:.0f} tokens/s", flush=True)
        last = {name: value.clone() for name, value in model.state_dict().items()}
        model.load_state_dict(average.state)
        found = {name: round(accuracy(model, items), 4) for name, items in valid.items()}
        model.load_state_dict(last)
        report.append({"epoch": number + 1, "loss": round(running, 3), **found})
        print(json.dumps(report[-1]), flush=True)
        part = saved_at.with_suffix(".part")
        state = {**average.saved(), "last": last, "optimiser": optimiser.state_dict()}
        torch.save({**state, "epoch": number + 1, "report": report}, part)
        part.replace(saved_at)
    (options.work / "report.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
