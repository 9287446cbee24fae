"""Train the sentence encoder on the sentences and on its teachers' answers, and write its weights.

    python training/classifier/train.py --answers build/classifier/answers --out build/classifier/student

A fixed seed on one machine gives the same weights. The encoder reads what it will read in use, the words around the
two parties (`marking.shortened`); its teachers read the whole sentence.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from network import Encoder, save
from teach import answers
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from dragoman.events.marking import SOURCE_OPENS, TARGET_OPENS, Marked, mark, shortened
from reading import (
    HELD_OUT,
    STATUSES,
    Labels,
    Progress,
    at_once,
    device,
    read,
    student_weights,
    tokenizer_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS_WEIGHT = 0.3
# How much the label counts beside the teachers' answer, where there is one.
LABEL_WEIGHT = 0.3
# The share of sentences that are read whole, against reading too closely.
WHOLE = 0.15


class View:
    """One view of the sentences (answer.py), on the device: padded tokens, places of the sides, labels and answers."""

    def __init__(self, path: Path, chance: random.Random, where: torch.device) -> None:
        kept = torch.load(path)
        tokens = iter(kept["tokens"].tolist())
        marked = [
            rejoined(list(itertools.islice(tokens, length)), chance) for length in kept["lengths"].tolist()
        ]
        self.lengths = [len(m.tokens) for m in marked]
        self.tokens = pad_sequence([torch.tensor(m.tokens) for m in marked], batch_first=True).to(where)
        self.source = torch.tensor([m.source for m in marked], device=where)
        self.target = torch.tensor([m.target for m in marked], device=where)
        self.labelled = kept["gold"] >= 0
        self.gold = kept["gold"].to(where)
        self.scores, self.statuses = kept["scores"].to(where), kept["statuses"].to(where)

    def batches(self, size: int, chance: random.Random) -> Iterator[torch.Tensor]:
        """Yield the numbers of sentences of about equal length, in random order."""
        order = list(range(len(self.lengths)))
        chance.shuffle(order)
        pool = size * 20
        order = [
            i
            for at in range(0, len(order), pool)
            for i in sorted(order[at : at + pool], key=self.lengths.__getitem__)
        ]
        groups = [order[at : at + size] for at in range(0, len(order), size)]
        chance.shuffle(groups)
        for group in groups:
            yield torch.tensor(group)


def rejoined(tokens: list[int], chance: random.Random) -> Marked:
    """Return a marked sentence as the encoder reads it: mostly shortened."""
    whole = Marked(
        tokens,
        tokens.index(SOURCE_OPENS) if SOURCE_OPENS in tokens else 0,
        tokens.index(TARGET_OPENS) if TARGET_OPENS in tokens else 0,
    )
    return whole if chance.random() < WHOLE else shortened(whole)


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=Path, required=True, help="folder that answer.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="folder of MiniLM, else from the package")
    parser.add_argument("--epochs", type=int, default=32)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 1, 3, 5])
    parser.add_argument("--inner", type=int, default=None)
    options = parser.parse_args()
    where, labels = device(), Labels()
    weights = options.weights or student_weights()
    tokenizer = tokenizer_of(weights)
    chance = random.Random(options.seed)
    torch.manual_seed(options.seed)
    model = Encoder(weights, len(labels.categories), len(STATUSES), options.layers, options.inner).to(where)
    # The vectors of the words stay as published: half of the cost of a step, and words that the training text lacks
    # would otherwise be left behind by those that it has.
    model.words.weight.requires_grad_(False)
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    plain = [p for n, p in learned if "norm" in n or n.endswith("bias")]
    rest = [p for n, p in learned if not ("norm" in n or n.endswith("bias"))]
    head = {id(p) for p in (*model.head.parameters(), *model.mix.parameters(), model.markers, model.roles)}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in rest if id(p) not in head], "weight_decay": 0.01, "scale": 1.0},
            {"params": [p for p in plain if id(p) not in head], "weight_decay": 0.0, "scale": 1.0},
            {"params": [p for p in (*plain, *rest) if id(p) in head], "weight_decay": 0.01, "scale": 3.0},
        ],
        lr=options.rate,
        fused=True,
    )
    views = [View(path, chance, where) for path in sorted(options.answers.glob("view-*.pt"))]
    rows = len(views[0].lengths)
    steps = options.epochs * math.ceil(rows / options.size)
    held = read(HELD_OUT)
    held_marked = [shortened(m) for m in mark(tokenizer, [(s.text, s.source, s.target) for s in held])]
    type_of, membership = labels.type_of.to(where), labels.membership.to(where)
    torch.set_float32_matmul_precision("high")
    average = {n: p.detach().clone() for n, p in learned}
    progress = Progress(options.out, model, optimizer)
    resumed = progress.resume(chance)
    step = resumed.get("step", 0)
    average = {n: a.to(where) for n, a in resumed.get("average", average).items()}
    for epoch in range(resumed.get("epochs", 0), options.epochs):
        model.train()
        begun, total = time.time(), torch.zeros((), device=where)
        view = views[epoch % len(views)]
        for group in view.batches(options.size, chance):
            warm = min(1.0, (step + 1) / (0.05 * steps))
            pace = warm * 0.5 * (1 + math.cos(math.pi * step / steps))
            for part in optimizer.param_groups:
                part["lr"] = options.rate * part["scale"] * max(pace, 0.01)
            labelled = int(view.labelled[group].sum())
            optimizer.zero_grad(set_to_none=True)
            for piece in group.split(at_once(where)):
                longest = max(view.lengths[i] for i in piece.tolist())
                piece = piece.to(where)
                scores, told = model(view.tokens[piece, :longest], view.source[piece], view.target[piece])
                theirs = view.scores[piece].float()
                by_type = labels.by_type(scores)
                loss = -(theirs * torch.log_softmax(scores, -1)).sum()
                loss = loss - ((theirs @ membership) * by_type).sum()
                statuses = view.statuses[piece].float()
                loss = loss - STATUS_WEIGHT * (statuses * torch.log_softmax(told, -1)).sum()
                gold = view.gold[piece]
                by_label = functional.nll_loss(
                    by_type,
                    torch.where(gold >= 0, type_of[gold.clamp(min=0)], -100),
                    ignore_index=-100,
                    reduction="sum",
                )
                loss = loss / len(group) + LABEL_WEIGHT * by_label / max(labelled, 1)
                loss.backward()
                total = total + loss.detach() * len(group)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            keep = min(0.998, step / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_([average[n] for n, _ in learned], [p for _, p in learned], 1 - keep)
        line = f"epoch {epoch + 1}: loss {float(total) / len(view.lengths):.3f}, {time.time() - begun:.0f} s"
        if epoch % 5 == 4 or epoch == options.epochs - 1:
            now = {n: p.detach().clone() for n, p in learned}
            model.load_state_dict(average, strict=False)
            line += f", held out: {labels.right(answers(model, held_marked)[0], held)}"
            model.load_state_dict(now, strict=False)
        print(line, flush=True)
        progress.keep(chance.getstate(), step=step, epochs=epoch + 1, average=average)
    model.load_state_dict(average, strict=False)
    save(
        model,
        {"categories": labels.categories, "layers": options.layers, "inner": options.inner},
        options.out,
    )
    progress.done()


if __name__ == "__main__":
    main()
