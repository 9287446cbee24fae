"""Train a student a little further, on sentences that came after its teachers.

    python training/classifier/finish.py build/classifier/student --pairs build/classifier/pairs.jsonl \
      --seed 1 --out build/classifier/finished/seed-1

New sentences count by their labels. With them go others and pairs of phrases, for which the encoder is to go on
answering as the student did (Li and Hoiem 2016, Learning without Forgetting). That is done with several seeds, each by
itself; average.py makes one encoder of them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from dressing import batches, dressed
from network import Encoder, load, save
from teach import answers
from torch.nn import functional

from dragoman.events.marking import mark, shortened
from reading import (
    HELD_OUT,
    STATUSES,
    Labels,
    device,
    later_sentences,
    read,
    student_weights,
    tokenizer_of,
    training_sentences,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentences import Sentence
    from tokenizers import Tokenizer

    from dragoman.events.marking import Marked, Span

    Marks = tuple[str, Sequence[Span], Sequence[Span]]

STATUS_WEIGHT = 0.3
# What a label is worth beside the student's answer, for sentences that its teachers knew.
LABEL_SHARE = 0.2
# How much of a label is spread over all categories.
SMOOTHING = 0.1
SIZE = 32


@dataclass(frozen=True)
class Text:
    """What there is to read: new sentences, others, pairs without a label, and the held-out sentences."""

    new: list[Sentence]
    old: list[Sentence]
    pairs: list[Marks]
    held: list[Sentence]
    labels: Labels
    tokenizer: Tokenizer

    def marked(self, texts: list[Marks]) -> list[Marked]:
        """Return sentences as the encoder reads them."""
        return [shortened(m) for m in mark(self.tokenizer, texts)]

    def right(self, model: Encoder) -> str:
        """Say how much of the held-out sentences a model gets right."""
        marked = self.marked([(s.text, s.source, s.target) for s in self.held])
        return self.labels.right(answers(model, marked)[0], self.held)

    def epoch(
        self, student: Encoder, chance: random.Random, each: int, share: float
    ) -> tuple[list[Marked], torch.Tensor, torch.Tensor]:
        """Return what an epoch reads, and which categories and statuses it is to answer."""
        names = [s.text[a:b] for s in self.old for a, b in (*s.source, *s.target)]
        known = [*self.new * each, *chance.sample(self.old, int(share * len(self.old)))]
        drawn = chance.sample(self.pairs, int(share * len(self.pairs)))
        marked = self.marked([*(dressed(s, names, chance) for s in known), *drawn])
        categories, statuses = (torch.softmax(a, -1) for a in answers(student, marked))
        for i, sentence in enumerate(known):
            label = functional.one_hot(
                torch.tensor(self.labels.number[sentence.category]), len(self.labels.categories)
            )
            if i < len(self.new) * each:
                categories[i] = label * (1 - SMOOTHING) + SMOOTHING / len(self.labels.categories)
                statuses[i] = functional.one_hot(torch.tensor(STATUSES.index(sentence.status)), len(STATUSES))
            else:
                categories[i] = LABEL_SHARE * label + (1 - LABEL_SHARE) * categories[i]
        return marked, categories, statuses


def finish(student: Encoder, model: Encoder, text: Text, options: argparse.Namespace) -> None:
    """Train a copy of the student with one seed."""
    chance, where = random.Random(options.seed), next(model.parameters()).device
    torch.manual_seed(options.seed)
    model.words.weight.requires_grad_(False)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=options.rate, weight_decay=0.01)
    labels, step = text.labels, 0
    membership = labels.membership.to(where)
    for epoch in range(options.epochs):
        begun, total = time.time(), torch.zeros((), device=where)
        marked, categories, statuses = text.epoch(student, chance, options.each, options.share)
        steps = options.epochs * math.ceil(len(marked) / SIZE)
        model.train()
        for tokens, source, target, group in batches(marked, SIZE, chance):
            scores, told = model(tokens.to(where), source.to(where), target.to(where))
            wanted = categories[group].to(where)
            loss = -(wanted * torch.log_softmax(scores, -1)).sum(1).mean()
            loss = loss - ((wanted @ membership) * labels.by_type(scores)).sum(1).mean()
            loss = (
                loss - STATUS_WEIGHT * (statuses[group].to(where) * torch.log_softmax(told, -1)).sum(1).mean()
            )
            step += 1
            pace = min(1.0, step / (0.05 * steps)) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
            optimizer.param_groups[0]["lr"] = options.rate * pace
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            total = total + loss.detach() * len(group)
        line = f"epoch {epoch + 1}: loss {float(total) / len(marked):.3f}, {time.time() - begun:.0f} s"
        print(f"seed {options.seed}, {line}, held out: {text.right(model)}", flush=True)


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("student", type=Path)
    parser.add_argument("--pairs", type=Path, required=True, help="file that pairs.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--each", type=int, default=2, help="how often a new sentence is read in an epoch")
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument(
        "--share", type=float, default=0.1, help="share of the other sentences and pairs that an epoch reads"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    text = Text(
        later_sentences(),
        training_sentences(),
        _pairs(options.pairs),
        read(HELD_OUT),
        Labels(),
        tokenizer_of(student_weights()),
    )
    where = device()
    student, shape = load(options.student)
    model = load(options.student)[0].to(where)
    student = student.to(where)
    print(f"student, held out: {text.right(student)}", flush=True)
    finish(student, model, text, options)
    save(model, shape, options.out)


def _pairs(path: Path) -> list[Marks]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(r["text"], [tuple(s) for s in r["source"]], [tuple(s) for s in r["target"]]) for r in rows]


if __name__ == "__main__":
    main()
