"""Train a student a little further, on sentences that came after its teachers, and make it narrower.

    python training/classifier/finish.py build/classifier/student --pairs build/classifier/pairs.jsonl \
      --out build/classifier/finished

New sentences count by their labels. With them go others and pairs of phrases, for which the encoder is to go on
answering as the student did (Li and Hoiem 2016, Learning without Forgetting). In the end its weights are averaged with
the student's, which reads text of another kind better than either (Wortsman et al. 2022, Robust fine-tuning).
`--inner` keeps as many of each layer's inner neurons, those with the greatest weights going in and out, and averages
nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from dressing import batches, dressed
from network import load, narrow, save
from teach import answers
from torch.nn import functional

from dragoman.events.marking import mark, shortened
from reading import (
    HELD_OUT,
    SENTENCES,
    STATUSES,
    Labels,
    read,
    student_weights,
    tokenizer_of,
    training_sentences,
)

if TYPE_CHECKING:
    from sentences import Sentence

NEW = ("bordering.txt", "persisting.txt")
STATUS_WEIGHT = 0.3
# What a label is worth beside the student's answer, for sentences that its teachers knew.
LABEL_SHARE = 0.2
# How much of a label is spread over all categories.
SMOOTHING = 0.1
SIZE = 32


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("student", type=Path)
    parser.add_argument("--pairs", type=Path, help="file that pairs.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--inner", type=int, default=None)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--each", type=int, default=1, help="how often a new sentence is read in an epoch")
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument(
        "--share",
        type=float,
        default=0.06,
        help="share of the other sentences and of the pairs that an epoch reads",
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    torch.manual_seed(options.seed)
    labels, tokenizer = Labels(), tokenizer_of(student_weights())
    student, shape = load(options.student)
    inner = options.inner or shape["inner"]
    model = narrow(student, shape, inner)
    model.words.weight.requires_grad_(False)
    new = [s for name in NEW for s in read(SENTENCES / name)]
    told = {s.text for s in new}
    old = [s for s in training_sentences() if s.text not in told]
    names = [s.text[a:b] for s in old for a, b in (*s.source, *s.target)]
    pairs = [] if options.pairs is None else _pairs(options.pairs)
    held = read(HELD_OUT)
    held_marked = [shortened(m) for m in mark(tokenizer, [(s.text, s.source, s.target) for s in held])]
    print(f"held out: student {labels.right(answers(student, held_marked)[0], held)}", flush=True)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=options.rate, weight_decay=0.01)
    counts = int(options.share * len(old)), int(options.share * len(pairs))
    rows = options.each * len(new) + sum(counts)
    steps, step = options.epochs * math.ceil(rows / SIZE), 0
    for epoch in range(options.epochs):
        begun, total = time.time(), 0.0
        known: list[Sentence | None] = [*new * options.each, *chance.sample(old, counts[0])]
        texts = [dressed(s, names, chance) for s in known if s is not None]
        drawn = chance.sample(pairs, counts[1])
        known += [None] * len(drawn)
        marked = [shortened(m) for m in mark(tokenizer, [*texts, *drawn])]
        wanted = [torch.softmax(a, -1) for a in answers(student, marked)]
        fresh = options.each * len(new)
        for i, sentence in enumerate(known):
            if sentence is not None:
                label = functional.one_hot(
                    torch.tensor(labels.number[sentence.category]), len(labels.categories)
                )
                if i < fresh:
                    wanted[0][i] = label * (1 - SMOOTHING) + SMOOTHING / len(labels.categories)
                    wanted[1][i] = functional.one_hot(
                        torch.tensor(STATUSES.index(sentence.status)), len(STATUSES)
                    )
                else:
                    wanted[0][i] = LABEL_SHARE * label + (1 - LABEL_SHARE) * wanted[0][i]
        model.train()
        for tokens, source, target, group in batches(marked, SIZE, chance):
            scores, statuses = model(tokens, source, target)
            theirs = wanted[0][group]
            loss = -(theirs * torch.log_softmax(scores, -1)).sum(1).mean()
            loss = loss - ((theirs @ labels.membership) * labels.by_type(scores)).sum(1).mean()
            loss = loss - STATUS_WEIGHT * (wanted[1][group] * torch.log_softmax(statuses, -1)).sum(1).mean()
            step += 1
            pace = min(1.0, step / (0.05 * steps)) * 0.5 * (1 + math.cos(math.pi * step / steps))
            optimizer.param_groups[0]["lr"] = options.rate * pace
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            total += loss.item() * len(group)
        line = f"epoch {epoch + 1}: loss {total / len(marked):.3f}, {time.time() - begun:.0f} s"
        print(f"{line}, held out: {labels.right(answers(model, held_marked)[0], held)}", flush=True)
    if inner == shape["inner"]:
        theirs = student.state_dict()
        model.load_state_dict({n: (p + theirs[n]) / 2 for n, p in model.state_dict().items()})
        print(f"averaged, held out: {labels.right(answers(model, held_marked)[0], held)}")
    save(model, shape | {"inner": inner}, options.out)


def _pairs(path: Path) -> list[tuple[str, list, list]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(r["text"], [tuple(s) for s in r["source"]], [tuple(s) for s in r["target"]]) for r in rows]


if __name__ == "__main__":
    main()
