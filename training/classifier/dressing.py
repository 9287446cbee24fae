"""Sentences as batches of token numbers, each time in another dress.

A dressed sentence keeps the words of its source and its target, or takes those of another sentence's, or has them
masked, so that what learns from it learns what is done and not who does it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from sentences import Sentence

    from dragoman.events.marking import Marked

MASK = "someone"
KEPT, SHUFFLED = 0.45, 0.40  # the rest is masked


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


def batches(
    marked: Sequence[Marked], size: int, chance: random.Random | None
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[int]]]:
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
