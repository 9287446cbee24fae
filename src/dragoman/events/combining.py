"""Frames and encoder decide together: how much each says, from weights fitted on held-out text of our own.

Each type has a score: the logarithm of the encoder's probability, plus what the frames and words of the codebook say
for it; a softmax over the types, and "no event", makes probabilities of the scores. The weights differ by whether a
frame covers both marked parties, so that a frame that fits wins over the encoder and the encoder wins where none does.
`training/classifier/combine.py` fits them; they are data beside the encoder.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec
import yaml

from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_EVENT = ""
# How far the probability of the least likely type is looked at: below, the encoder says nothing but "no".
FLOOR = -12.0


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each kind of evidence counts.

    Attributes:
        encoder: for the logarithm of the encoder's probability.
        frames: for the square root of the evidence of frames and words.
        covering: on top of it where the frame covers both parties.
        nothing: for "no event", besides what the encoder says of it.
    """

    encoder: float
    frames: float
    covering: float = 0.0
    nothing: float = 0.0


class CodedWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes the confidence of a coded event (`events.judging`), and below which it is not kept.

    Attributes:
        bias: what speaks for an event before anything is known of it.
        frame: for the logit of the frame's own confidence.
        encoder: for the logarithm of the encoder's probability of the event's type.
        nothing: for that of "no event".
        least: an event of less confidence is left out.
        sure: where the frame's own confidence is as high, the encoder is not asked: it would seldom disagree.
        sure_bias, sure_frame: what makes the confidence there, from the logit of the frame's.
    """

    bias: float
    frame: float
    encoder: float
    nothing: float
    least: float
    sure: float = 1.0
    sure_bias: float = 0.0
    sure_frame: float = 1.0


class ProposedWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes the confidence of an event that the encoder alone finds (`events.proposing`)."""

    bias: float
    encoder: float
    least: float

    def confidence(self, read: float) -> float:
        """Return the probability that the event is right, from the logarithm of the encoder's probability."""
        return round(1 / (1 + math.exp(-(self.bias + self.encoder * read))), 3)


class Combination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights where a frame covers both parties, where none does, and where there is no encoder.

    `abstain`: the probability of "no event" from which on no type is named. `sure`: the encoder's probability
    of a type from which on the frames are not asked (they add nothing there, and a parse costs time). `types`: what
    speaks for a type before a sentence is read, where there is an encoder: it names some types too often, others too
    seldom (the bias of "vector scaling", Guo et al. 2017). `NO_EVENT` has its own weight, `nothing`.
    """

    covered: Weights
    open: Weights
    frames_alone: Weights
    coded: CodedWeights
    proposed: ProposedWeights
    abstain: float = 0.8
    sure: float = 1.0
    types: dict[str, float] = msgspec.field(default_factory=dict)


# For a codebook without an encoder: the frames alone, so spread that confidence is about the share that is right.
FRAMES_ONLY = Combination(
    Weights(0, 2.2), Weights(0, 2.2), Weights(0, 2.2), CodedWeights(0, 1, 0, 0, 0), ProposedWeights(0, 0, 1)
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the frames and words of a codebook say for one type: how much, and whether a frame covers both parties."""

    weight: float
    covers: bool


def probabilities(
    weights: Combination,
    types: tuple[str, ...],
    spoken: Mapping[str, Spoken],
    read: Mapping[str, float] | None,
) -> dict[str, float]:
    """Return the probability of each type, and of `NO_EVENT` where there is an encoder.

    Args:
        weights: the fitted weights.
        types: all types of the codebook.
        spoken: what frames and words say, by type.
        read: natural logarithms of the encoder's probabilities by type, `NO_EVENT` among them; None without one.
    """
    covered = any(s.covers for s in spoken.values())
    chosen = weights.frames_alone if read is None else weights.covered if covered else weights.open
    scores = {
        name: _score(chosen, spoken.get(name), None if read is None else read.get(name, FLOOR))
        for name in types
    }
    if read is not None:
        scores = {name: score + weights.types.get(name, 0.0) for name, score in scores.items()}
        scores[NO_EVENT] = chosen.nothing + chosen.encoder * max(read.get(NO_EVENT, FLOOR), FLOOR)
    highest = max(scores.values())
    powers = {name: math.exp(score - highest) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def _score(weights: Weights, spoken: Spoken | None, read: float | None) -> float:
    score = 0.0 if read is None else weights.encoder * max(read, FLOOR)
    if spoken is not None:
        share = weights.frames + (weights.covering if spoken.covers else 0.0)
        score += share * math.sqrt(spoken.weight)
    return score


@cache
def load_combination(name: str) -> Combination:
    """Return the weights that were fitted for a classifier. Raises `ConfigError` when they are missing or faulty."""
    file = resources.files("dragoman") / "data" / "models" / name / "combination.yaml"
    try:
        return msgspec.convert(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader), Combination)
    except (OSError, msgspec.ValidationError) as error:
        raise ConfigError(
            f"the weights of {name!r} cannot be read: {error}", advice="install dragoman again"
        ) from error
