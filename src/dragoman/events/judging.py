"""How sure a coded event is, by its frame and by the sentence encoder, and which are not kept.

A frame reads words and grammar, the encoder the whole sentence. Where they agree the event is sure; where the encoder
finds something else it is doubtful, and where it finds that nothing is done between the parties ("attacked the
problem") a doubtful event is left out: no event is better than a wrong one. The weights are fitted so that confidence
is a probability (`training/classifier/combine.py`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.events.classifier import load_classifier
from dragoman.events.combining import FLOOR, NO_EVENT, load_combination
from dragoman.events.excerpts import without_other_acts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.draft import Draft, DraftEvent, DraftMention, Sentence
    from dragoman.events.classifier import Classifier, Reading
    from dragoman.events.codebook import Codebook

_LOWEST, _HIGHEST = 0.01, 0.99
# From this probability of "no event" on a doubtful event is left out; where the encoder only reads another type, the
# frame, which has a reason, keeps it with little confidence.
_NOTHING = 0.3


class JudgeStep:
    """Sets the confidence of every event and leaves out doubtful ones in which the encoder finds nothing done.

    Without an encoder for the codebook the confidence stays that of the frame, and all events are kept.

    Args:
        codebook: the codebook; it names its encoder.
    """

    needs = ("events", "mentions")
    gives: tuple[str, ...] = ()

    def __init__(self, codebook: Codebook) -> None:
        self._classifier: Classifier | None = None
        if codebook.classifier is not None:
            self._classifier = load_classifier(codebook.classifier)
            self._weights = load_combination(codebook.classifier).coded

    def __call__(self, draft: Draft) -> None:
        """Judge `draft.events` in place."""
        if self._classifier is None:
            return
        dropped: set[int] = set()
        for event in draft.events:
            if event.decided_by == "model":
                continue
            frame = event.confidence
            if frame >= self._weights.sure:
                event.confidence = _share(self._weights.sure_bias + self._weights.sure_frame * _logit(frame))
                said = f"frame {frame:.2f}"
                event.reasons["confidence"] = model.Reason("inferred", said, (model.Span(*event.trigger),))
                continue
            reading = read_event(self._classifier, event)
            event.confidence = self.confidence(frame, event.type, reading)
            _explain(event, frame, reading)
            if event.confidence < self._weights.least and math.exp(reading.types[NO_EVENT]) >= _NOTHING:
                dropped.add(id(event))
        if dropped:
            draft.events = [e for e in draft.events if id(e) not in dropped]
            for event in draft.events:
                event.duplicates = [e for e in event.duplicates if id(e) not in dropped]

    def confidence(self, frame: float, type_name: str, reading: Reading) -> float:
        """Return the probability that an event is right.

        Args:
            frame: how sure the frame and its roles are (0 to 1).
            type_name: the event's type.
            reading: how the encoder reads the sentence with the event's parties marked.
        """
        weights = self._weights
        score = (
            weights.bias
            + weights.frame * _logit(frame)
            + weights.encoder * max(reading.types.get(type_name, FLOOR), FLOOR)
            + weights.nothing * max(reading.types.get(NO_EVENT, FLOOR), FLOOR)
        )
        return _share(score)


def read_event(classifier: Classifier, event: DraftEvent) -> Reading:
    """Return how the encoder reads an event's sentence with its parties marked; of a reciprocal one the first acts."""
    sentence = event.sentence
    actors, recipients = list(event.actors), list(event.recipients)
    if event.reciprocal and not recipients and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:]
    sides = [_spans(sentence, actors), _spans(sentence, recipients)]
    text, (doers, targets) = without_other_acts(sentence, event.token, sides)
    return classifier.read(text, doers, targets)


def _spans(sentence: Sentence, mentions: Iterable[DraftMention]) -> list[tuple[int, int]]:
    """Return where mentions stand in a sentence, in order, those that lie in others left out."""
    found: list[tuple[int, int]] = []
    for start, end in sorted({(m.start, m.end) for m in mentions}, key=lambda s: (s[0], -s[1])):
        if (
            sentence.start <= start
            and end <= sentence.end
            and (not found or start >= found[-1][1] + sentence.start)
        ):
            found.append((start - sentence.start, end - sentence.start))
    return found


def _explain(event: DraftEvent, frame: float, reading: Reading) -> None:
    """Say in the reasons what the frame and the encoder made of the event."""
    probability = math.exp(reading.types.get(event.type, FLOOR))
    likeliest = max(sorted(reading.types), key=lambda name: reading.types[name])
    said = f"frame {frame:.2f}, encoder {probability:.2f}"
    if likeliest != event.type:
        said += f" (rather {likeliest or 'no event'}, {math.exp(reading.types[likeliest]):.2f})"
    event.reasons["confidence"] = model.Reason("inferred", said, (model.Span(*event.trigger),))


def _share(score: float) -> float:
    return round(min(max(1 / (1 + math.exp(-score)), _LOWEST), _HIGHEST), 3)


def _logit(share: float) -> float:
    bounded = min(max(share, _LOWEST), _HIGHEST)
    return math.log(bounded / (1 - bounded))
