"""Let the teachers answer: for many marked sentences, what they say of each category and status.

    python training/classifier/answer.py build/classifier/teacher-*.pt --pairs PAIRS --view 0 \
      --out build/classifier/answers/view-0.pt

Writes one view of a few. A view holds every training sentence in another dress, the same sentences with other parties
marked (pairs.py), and the mean of the teachers' probabilities. The answers of teachers to questions without a known
answer are what the small encoder learns most from (Hinton et al. 2015, Distilling the Knowledge in a Neural Network).
Without a graphics card the teachers' weights are rounded to eight bits first, which nearly doubles the pace.
"""

from __future__ import annotations

import argparse
import json
import random
import warnings
from pathlib import Path

import torch
from dressing import dressed
from teach import Teacher, answers
from torch import nn

from dragoman.events.marking import mark
from reading import (
    HELD_OUT,
    STATUSES,
    Labels,
    Sentence,
    device,
    read,
    student_weights,
    teacher_weights,
    tokenizer_of,
    training_sentences,
)


def unlabelled(path: Path) -> list[Sentence]:
    """Read the pairs that pairs.py wrote; their category is empty."""
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        source, target = (tuple((a, b) for a, b in item[side]) for side in ("source", "target"))
        made.append(Sentence("", "occurred", item["text"], source, target, "pairs"))
    return made


def rounded(teacher: Teacher) -> nn.Module:
    """Return a teacher whose linear layers reckon in eight bits."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is to move into a package of its own
        made: nn.Module = torch.ao.quantization.quantize_dynamic(teacher, {nn.Linear}, dtype=torch.qint8)
    return made


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("teachers", type=Path, nargs="+")
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="file for the view")
    parser.add_argument("--view", type=int, default=0, help="its number, from 0: another dress for each")
    parser.add_argument(
        "--divide", type=int, default=1, help="this view reads one pair in so many; the others read the rest"
    )
    parser.add_argument(
        "--weights", type=Path, help="folder of the published weights, else from the packages"
    )
    parser.add_argument("--tokenizer", type=Path, help="folder of MiniLM, else from the package")
    options = parser.parse_args()
    where, labels = device(), Labels()
    tokenizer = tokenizer_of(options.tokenizer or student_weights())
    known = training_sentences()
    pairs = unlabelled(options.pairs)
    names = [s.text[a:b] for s in known for a, b in (*s.source, *s.target)]
    held = read(HELD_OUT)
    held_marked = mark(tokenizer, [(s.text, s.source, s.target) for s in held])
    models = []
    for path in options.teachers:
        model = Teacher(
            options.weights or teacher_weights(path.parent), len(labels.categories), len(STATUSES)
        )
        model.load_state_dict({n: p.float() for n, p in torch.load(path, map_location="cpu").items()})
        models.append(model.to(where) if where.type == "cuda" else rounded(model))
    if options.view == 0:
        together = sum(torch.softmax(answers(m, held_marked)[0], -1) for m in models) / len(models)
        print(f"teachers together, held out: {labels.right(torch.log(together + 1e-9), held)}", flush=True)
    chance = random.Random(1000 + options.view)
    sentences = known + pairs[options.view % options.divide :: options.divide]
    marked = mark(tokenizer, [dressed(s, names, chance) for s in sentences])
    scores = statuses = 0
    for model in models:
        of_categories, of_statuses = answers(model, marked)
        scores = scores + torch.softmax(of_categories, -1) / len(models)
        statuses = statuses + torch.softmax(of_statuses, -1) / len(models)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    part = options.out.with_suffix(".part")
    torch.save(
        {
            "tokens": torch.tensor([t for m in marked for t in m.tokens], dtype=torch.int32),
            "lengths": torch.tensor([len(m.tokens) for m in marked]),
            "gold": torch.tensor([labels.number.get(s.category, -1) for s in sentences]),
            "scores": scores.half(),
            "statuses": statuses.half(),
        },
        part,
    )
    part.replace(options.out)
    print(f"view {options.view}: {len(marked)} sentences, {len(known)} with a known answer", flush=True)


if __name__ == "__main__":
    main()
