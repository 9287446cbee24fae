"""Train a teacher: a large model that learns from the sentences, so that the small one can learn from its answers.

    python training/classifier/teach.py --out build/classifier/teacher-1 --seed 1

The teacher is all-mpnet-base-v2 (Song et al. 2020, MPNet), 110 million parameters. It is never shipped. Several, of
different seeds, answer together. With a graphics card one takes a minute or two, on two cores about three hours.
Stopped on the way, it goes on.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import torch
from dressing import batches, dressed
from torch import nn
from torch.nn import functional

from dragoman.events.marking import (
    CLS,
    SEP,
    SOURCE_CLOSES,
    SOURCE_OPENS,
    TARGET_CLOSES,
    TARGET_OPENS,
    mark,
)
from reading import (
    HELD_OUT,
    STATUSES,
    Labels,
    Progress,
    at_once,
    device,
    read,
    student_weights,
    teacher_weights,
    tokenizer_of,
    training_sentences,
)

STATUS_WEIGHT = 0.3
# After how many steps what was learned is kept on disk.
KEPT = 150


class Teacher(nn.Module):
    """MPNet with the head of the small encoder (network.Encoder): same input, same output."""

    def __init__(self, weights: Path, categories: int, statuses: int) -> None:
        super().__init__()
        from transformers import MPNetConfig, MPNetModel

        self.body = MPNetModel.from_pretrained(weights, config=MPNetConfig.from_pretrained(weights))
        width = self.body.config.hidden_size
        self.markers = nn.Parameter(torch.zeros(4, width))
        self.roles = nn.Parameter(torch.zeros(2, width))
        self.dropout = nn.Dropout(0.1)
        self.mix = nn.Linear(4 * width, width)
        self.head = nn.Linear(width, categories)
        self.status = nn.Linear(width, statuses)

    def forward(
        self, tokens: torch.Tensor, source: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return a score for each category and each status; tokens are MiniLM's, 0 is padding."""
        present = tokens != 0
        own = tokens + 4
        for theirs, ours in ((0, 1), (CLS, 0), (SEP, 2)):
            own = own.masked_fill(tokens == theirs, ours)
        states = self.body.embeddings.word_embeddings(own)
        for side, (opens, closes) in enumerate(
            ((SOURCE_OPENS, SOURCE_CLOSES), (TARGET_OPENS, TARGET_CLOSES))
        ):
            begun, ended = (tokens == opens).to(states.dtype), (tokens == closes).to(states.dtype)
            inside = (begun.cumsum(1) - ended.cumsum(1)).unsqueeze(2)
            states = states + inside * self.roles[side]
            states = states + begun.unsqueeze(2) * self.markers[2 * side]
            states = states + ended.unsqueeze(2) * self.markers[2 * side + 1]
        states = self.body(inputs_embeds=states, attention_mask=present.long()).last_hidden_state
        weight = present.unsqueeze(2).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        rows = torch.arange(tokens.shape[0], device=tokens.device)
        parts = torch.cat([states[rows, source], states[rows, target], states[:, 0], mean], 1)
        mixed = self.dropout(torch.tanh(self.mix(self.dropout(parts))))
        return self.head(mixed), self.status(mixed)


def answers(model: nn.Module, marked: list) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the scores of categories and statuses for marked sentences, in their order, on the processor."""
    model.eval()
    where = next(model.parameters()).device
    found: list[tuple[torch.Tensor, torch.Tensor]] = []
    order: list[int] = []
    with torch.inference_mode(), torch.autocast(where.type, torch.bfloat16, enabled=where.type == "cuda"):
        for tokens, source, target, group in batches(marked, at_once(where), None):
            found.append(model(tokens.to(where), source.to(where), target.to(where)))
            order += group
    back = torch.tensor(order).argsort()
    scores, statuses = (torch.cat(part).float().cpu()[back] for part in zip(*found, strict=True))
    return scores, statuses


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="file for the weights")
    parser.add_argument(
        "--weights", type=Path, help="folder of the published weights, else from the packages"
    )
    parser.add_argument("--tokenizer", type=Path, help="folder of MiniLM, else from the package")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument(
        "--keep-words", action="store_true", help="do not train the vectors of the words: faster"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    where, labels = device(), Labels()
    tokenizer = tokenizer_of(options.tokenizer or student_weights())
    sentences = training_sentences()
    names = [s.text[a:b] for s in sentences for a, b in (*s.source, *s.target)]
    chance = random.Random(options.seed)
    torch.manual_seed(options.seed)
    model = Teacher(
        options.weights or teacher_weights(options.out.parent), len(labels.categories), len(STATUSES)
    ).to(where)
    if options.keep_words:
        model.body.embeddings.word_embeddings.weight.requires_grad_(False)
    body = {id(p) for p in model.body.parameters()}
    groups = [
        {"params": [p for p in model.parameters() if id(p) in body and p.requires_grad], "scale": 1.0},
        {"params": [p for p in model.parameters() if id(p) not in body], "scale": 10.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=options.rate, weight_decay=0.01, fused=True)
    gold = torch.tensor([labels.number[s.category] for s in sentences], device=where)
    told = torch.tensor([STATUSES.index(s.status) for s in sentences], device=where)
    type_of = labels.type_of.to(where)
    steps = options.epochs * math.ceil(len(sentences) / options.size)
    held = read(HELD_OUT)
    held_marked = mark(tokenizer, [(s.text, s.source, s.target) for s in held])
    progress = Progress(options.out, model, optimizer)
    resumed = progress.resume(chance)
    step, known, total = (resumed.get(name, 0) for name in ("step", "read", "total"))
    for epoch in range(resumed.get("epochs", 0), options.epochs):
        model.train()
        begun, before = time.time(), chance.getstate()
        marked = mark(tokenizer, [dressed(s, names, chance) for s in sentences])
        for read_now, (tokens, source, target, group) in enumerate(batches(marked, options.size, chance), 1):
            if read_now <= known:
                continue
            warm = min(1.0, (step + 1) / (0.08 * steps))
            pace = warm * 0.5 * (1 + math.cos(math.pi * step / steps))
            for part in optimizer.param_groups:
                part["lr"] = options.rate * part["scale"] * max(pace, 0.01)
            with torch.autocast(where.type, torch.bfloat16, enabled=where.type == "cuda"):
                scores, statuses = model(tokens.to(where), source.to(where), target.to(where))
            loss = functional.cross_entropy(scores.float(), gold[group], label_smoothing=0.1)
            loss = loss + functional.nll_loss(labels.by_type(scores), type_of[gold[group]])
            loss = loss + STATUS_WEIGHT * functional.cross_entropy(statuses.float(), told[group])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total = total + loss.detach() * len(group)
            step += 1
            if read_now % KEPT == 0:
                progress.keep(before, step=step, epochs=epoch, read=read_now, total=float(total))
        line = f"epoch {epoch + 1}: loss {float(total) / len(sentences):.3f}, {time.time() - begun:.0f} s"
        if epoch >= options.epochs - 2:
            line += f", held out: {labels.right(answers(model, held_marked)[0], held)}"
        print(line, flush=True)
        known, total = 0, 0.0
        progress.keep(chance.getstate(), step=step, epochs=epoch + 1)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({n: p.to(torch.bfloat16) for n, p in model.state_dict().items()}, options.out)
    progress.done()


if __name__ == "__main__":
    main()
