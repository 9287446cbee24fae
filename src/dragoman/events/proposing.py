"""Events whose trigger no frame knows: the sentence encoder reads verbs that join two parties.

Only plain told acts are looked at: a finite verb, neither negated nor only possible, whose subject is one party and
whose object or prepositional object is another. The encoder must be sure of what is done; where it is not, nothing is
coded.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.actors.sectors import sector_roles
from dragoman.draft import DraftEvent
from dragoman.events.classifier import load_classifier
from dragoman.events.combining import NO_EVENT, load_combination
from dragoman.events.judging import read_event
from dragoman.events.roles import is_anchored
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dragoman.draft import DraftMention, Sentence
    from dragoman.events.codebook import Codebook
    from dragoman.events.roles import RoleFiller
    from dragoman.syntax import Parse, Token

# Prepositions after a verb behind which stands whom an act is done to.
_TOWARDS = ("against", "at", "on", "with", "to", "for", "from", "over", "into", "of")
ENTRY = "model"


class Proposer:
    """Proposes events for verbs that no frame reads.

    Args:
        codebook: the codebook; it names its encoder, without which nothing is proposed.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._classifier = None
        if codebook.classifier is not None:
            self._classifier = load_classifier(codebook.classifier)
            self.weights = load_combination(codebook.classifier).proposed
        words = codebook.words
        self._plain = frozenset((*words.get("telling_words", ()), *words.get("plain_verbs", ())))
        self._silent = frozenset((*words.get("opaque_words", ()), *words.get("committing_words", ())))

    def propose(self, sentence: Sentence, filler: RoleFiller, taken: Collection[int]) -> Iterator[DraftEvent]:
        """Yield the events that the encoder is sure of.

        Args:
            sentence: a parsed sentence.
            filler: who is named in it.
            taken: indices of the words that frames have read.
        """
        if self._classifier is None or sentence.parse is None or len(filler.mentions) < 2:
            return
        for verb, actors, recipients in self._candidates(sentence.parse, filler, taken):
            start, end = sentence.start_of(verb), sentence.end_of(verb)
            event = DraftEvent(
                sentence, verb, (start, end), "", ENTRY, 0.0, actors=actors, recipients=recipients
            )
            reading = read_event(self._classifier, event)
            name = max(sorted(reading.types), key=lambda n: reading.types[n])
            event_type = self._codebook.types.get(name)
            category = reading.category(name)
            if name == NO_EVENT or event_type is None or category is None:
                continue
            if event_type.recipient == "required" and not recipients:
                continue
            score = math.exp(reading.types[name])
            event.confidence = self.weights.confidence(reading.types[name])
            if event.confidence < self.weights.least:
                continue
            event.type, event.entry, event.score = name, f"{ENTRY}/{category.name}", round(score, 3)
            event.decided_by = "model"
            event.cameo = category.cameo
            event.speech_act = event_type.speech_act
            event.mode = category.mode if category.mode in event_type.modes else None
            scored = event_type.modes[event.mode].intensity if event.mode else None
            event.intensity = event_type.intensity if scored is None else scored
            if event_type.reciprocal:
                event.reciprocal = True
                event.actors, event.recipients = [*actors, *recipients], []
            here = model.Span(start, end)
            said = f"no frame; the encoder reads {category.name}"
            event.reasons["type"] = model.Reason("inferred", said, (here,))
            event.reasons["mode"] = model.Reason("inferred" if event.mode else "absent", said, (here,))
            yield event

    def _candidates(
        self, doc: Parse, filler: RoleFiller, taken: Collection[int]
    ) -> Iterator[tuple[Token, list[DraftMention], list[DraftMention]]]:
        for verb in doc:
            if (
                verb.pos_ != "VERB"
                or verb.i in taken
                or verb.lemma_.lower() in self._plain
                or not _told(verb)
            ):
                continue
            if any(g.lemma_.lower() in self._silent for g, _ in grammar.governors(verb)):
                continue
            acting = filler.fill_tokens(arguments.logical_subjects(verb), acting=True)
            if not acting.direct or not any(is_anchored(m) and _has_a_part(m) for m in acting.mentions):
                continue
            objects = [
                *arguments.logical_objects(verb),
                *(o for p in _TOWARDS for o in grammar.prepositional_objects(verb, p)),
            ]
            if any(o.i in taken for o in objects):
                continue
            # A party must be named by the object itself: "a Greek tanker" is none.
            suffering = filler.fill_tokens(objects[:1], acting=False, without=acting.mentions)
            own = {m.entity.country for m in acting.mentions}
            if suffering.direct and any(
                is_anchored(m) and m.entity.country not in own for m in suffering.mentions
            ):
                yield verb, acting.mentions, suffering.mentions


def _has_a_part(mention: DraftMention) -> bool:
    """Tell whether a party acts for somebody: tourists and residents do not."""
    return tuple(mention.entity.sectors) != (sector_roles().private,) and mention.entity.kind != "people"


def _told(verb: Token) -> bool:
    """Tell whether a verb tells of something as done or being done."""
    form = grammar.verb_form(verb)
    return (
        form.tense != "none" and form.modal is None and not form.infinitive and not grammar.is_negated(verb)
    )
