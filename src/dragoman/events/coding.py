"""The step that codes events: frames matched, roles filled, modes and contexts read, tellings linked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from dragoman import model
from dragoman.draft import DraftEvent
from dragoman.events import topics
from dragoman.events.codebook import trigger_forms
from dragoman.events.contents import alleged, inside_content, is_purpose, purposes
from dragoman.events.cues import ContextFinder, medium_of, mode_by_cues
from dragoman.events.discarding import Discarder
from dragoman.events.kinds import enough_by_kind, is_one_of
from dragoman.events.matching import Match, Matcher
from dragoman.events.merging import link_duplicates
from dragoman.events.parties import each_of, parties, several
from dragoman.events.proposing import Proposer
from dragoman.events.retelling import told_once
from dragoman.events.roles import Filled, RoleFiller, is_anchored
from dragoman.events.word_order import PARTIES, RECIPIENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import Draft, DraftMention, Sentence
    from dragoman.events.codebook import Codebook
    from dragoman.events.entries import Answer
    from dragoman.syntax import Parse, Token

# A noun with both parties that nothing says to have happened, but that the text takes for granted.
_PRESUPPOSED = 0.7
_ONE_SIDED = 0.9
# A party that the clause around a noun names as its subject.
_UNDERSTOOD = 0.85
# Nobody says whose president or party it is: it may be that of a club, so the encoder is asked as well.
_UNNAMED = 0.8
_FILLED = 0.05
# Words of a trigger farther apart than this are not one span.
_TRIGGER_REACH = 4
_CODED_SEGMENTS = ("body", "headline")


class EventStep:
    """Codes the events of the parsed sentences of headline and body.

    Args:
        codebook: what an event is.
    """

    needs = ("sentences", "mentions")
    gives = ("events",)

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.trigger_forms = trigger_forms(codebook)
        self._matcher = Matcher(codebook)
        self._contexts = ContextFinder(codebook)
        self.proposer = Proposer(codebook)
        self._discarder = Discarder(codebook.discards)
        self._collectives = frozenset(codebook.words.get("collectives", ()))

    def __call__(self, draft: Draft) -> None:
        """Fill `draft.events`."""
        mentions: dict[int, list[DraftMention]] = {}
        for mention in draft.mentions:
            if mention.sentence is not None:
                mentions.setdefault(mention.sentence.index, []).append(mention)
        news = [s for s in draft.sentences if s.segment in _CODED_SEGMENTS]
        for sentence in self._discarder.kept(draft, news):
            here = mentions.get(sentence.index, [])
            if here and sentence.parse is not None:
                draft.events.extend(self._code(draft, sentence, here))
        link_duplicates(draft.events)

    def _code(self, draft: Draft, sentence: Sentence, mentions: Sequence[DraftMention]) -> list[DraftEvent]:
        assert sentence.parse is not None
        filler = RoleFiller(mentions, sentence, self._collectives)
        if not filler.mentions:
            return []
        chosen = self.choose(sentence.parse, filler)
        events: list[DraftEvent] = []
        raised: list[tuple[Match, Filled]] = []
        for match, actors, recipients in chosen:
            if match.frame.yields == "topic":
                raised.append((match, actors))
                continue
            if match.frame.yields == "nothing":
                continue
            events.append(self._event(draft, sentence, match, actors, recipients))
            if match.frame.answer is not None:
                answer = self._answering(match, match.frame.answer)
                events.append(self._event(draft, sentence, answer, recipients, actors))
        events = told_once(events)
        taken = {
            t.i for match, _, _ in chosen for t in (match.head, match.verb, *match.words, *match.content)
        }
        events.extend(self.proposer.propose(sentence, filler, taken))
        for match, actors in raised:
            found = topics.topics_of(sentence, match.topics, ())
            topics.attach(found, actors.mentions, sentence, [*draft.events, *events])
        return events

    def choose(self, doc: Parse, filler: RoleFiller) -> list[tuple[Match, Filled, Filled]]:
        """Return the matches that hold with their roles: per word the strongest, none below a content."""
        filled: list[tuple[Match, Filled, Filled]] = []
        unheld: list[Token] = []
        for match in self._matcher.match(doc, filler.named, filler.heads):
            held = self._fill(match, filler)
            if held is not None:
                filled.append((match, *held))
            elif not match.frame.weak:
                # "He was accused of beating prisoners": nobody is named, and still it is only said of him.
                unheld.extend(alleged(match))
        named = {f[0].head.i for f in filled if f[0].frame.yields == "event" and _is_named(*f)}
        filled.sort(
            key=lambda f: (
                f[0].head.i in named and not _is_named(*f),
                f[0].frame.weak,
                -_weight(*f),
                f[0].head.i,
                f[0].type.type,
            )
        )
        chosen: list[tuple[Match, Filled, Filled]] = []
        taken: set[int] = set()
        headed: set[int] = set()
        for candidate in filled:
            match = candidate[0]
            heads, own = ((), ()) if match.frame.besides else _own_words(match)
            # Two verbs may share an object ("arrested and later freed two men"), but not a head.
            if any(i in taken for i in heads) or any(i in headed for i in own):
                continue
            headed.update(heads)
            taken.update(own)
            chosen.append(candidate)
        contents = [
            t
            for match, _, _ in chosen
            for t in (*match.content, *match.topics, *alleged(match), *purposes(match))
        ]
        contents.extend(unheld)
        chosen = [c for c in chosen if not inside_content(c[0], contents)]
        return sorted(chosen, key=lambda c: c[0].head.i)

    def _fill(self, match: Match, filler: RoleFiller) -> tuple[Filled, Filled] | None:
        """Fill a match's roles, or return None when they do not make an event."""
        frame = match.frame
        if frame.yields == "nothing":
            return Filled(), Filled()
        # Whom a pattern names as the recipient is not the actor, though he be the subject ("said + *").
        slotted = RECIPIENT in match.places.slots
        named = filler.fill(match, frame.recipient, acting=False) if slotted else Filled()
        actors = filler.fill(match, frame.actor, acting=True, without=named.mentions)
        if not actors.mentions and match.type.reciprocal and match.head is match.verb:
            # "After talks with Chad, Niger ...": whoever the sentence is about took part.
            understood = self._matcher.understood_subjects(match.head)
            actors = filler.fill_tokens(understood, acting=True)
            actors.direct, actors.place = False, "subject of the clause"
            actors.certainty *= _UNDERSTOOD
        recipients = named
        if not named.mentions:
            recipients = filler.fill(match, frame.recipient, acting=False, without=actors.mentions)
        if match.type.never_with:
            barred = set(match.type.never_with)
            recipients.mentions = [m for m in recipients.mentions if barred.isdisjoint(m.entity.sectors)]
        if frame.of_others or match.type.quad in self.codebook.cooperative_quads:
            # Nobody cooperates with the state that he stands for.
            _leave_out_own_state(actors, recipients)
        if frame.yields == "topic":
            return (actors, recipients) if actors.mentions or not frame.actor else None
        if "actor" in frame.requires and not actors.mentions:
            return None
        if frame.acting and not any(is_one_of(m, frame.acting) for m in actors.mentions):
            return None
        both = parties(actors.mentions, recipients.mentions)
        reciprocal = match.type.reciprocal if frame.reciprocal is None else frame.reciprocal
        one_sided = not recipients.mentions and not (reciprocal and several(both))
        if "recipient" in frame.requires and one_sided:
            return None
        if "content" in frame.requires and not match.content:
            return None
        if not any(is_anchored(m) for m in both):
            if not enough_by_kind(match, actors, recipients, filler):
                return None
            actors.certainty *= _UNNAMED
        if match.type.recipient == "required" and not recipients.mentions and not reciprocal:
            return None
        if reciprocal and not several(both) and not frame.alone:
            return None
        if is_purpose(match):
            return None
        if match.presupposed and not self._taken_for_granted(match, actors, recipients, reciprocal):
            return None
        return actors, recipients

    def _taken_for_granted(self, match: Match, actors: Filled, recipients: Filled, reciprocal: bool) -> bool:
        """Tell whether a noun that nothing says to have happened is told as something that did.

        "Kenya's talks with Uganda" and "the Kenyan raid on Somalia" take for granted; "talks with Uganda" does not.
        """
        if self._matcher.opaque(match.head):
            return False
        definite = actors.place in ("possessive", "by", "between") or (
            actors.place == "modifier" and any(t.lower_ == "the" for t in match.head.children)
        )
        complete = (
            several(parties(actors.mentions, recipients.mentions))
            if reciprocal
            else bool(actors.mentions and recipients.mentions)
        )
        return definite and complete

    def _answering(self, match: Match, answer: Answer) -> Match:
        """Return a match for what the recipient does in the same act."""
        frame = msgspec.structs.replace(match.frame, cameo=answer.cameo, answer=None, mode=answer.mode)
        return replace(match, type=self.codebook.types[answer.type], frame=frame)

    def _event(
        self, draft: Draft, sentence: Sentence, match: Match, actors: Filled, recipients: Filled
    ) -> DraftEvent:
        event_type, frame = match.type, match.frame
        reciprocal = event_type.reciprocal if frame.reciprocal is None else frame.reciprocal
        doers, targets = list(actors.mentions), list(recipients.mentions)
        if reciprocal:
            doers, targets = parties(actors.mentions, recipients.mentions), []
        doers, targets = each_of(doers), each_of(targets)
        start, end = _trigger_span(sentence, match)
        event = DraftEvent(
            sentence=sentence,
            token=match.verb,
            trigger=(start, end),
            type=event_type.type,
            entry=f"{event_type.type}/{frame.id}",
            score=round(min(frame.score, 1.0), 3),
            actors=doers,
            recipients=targets,
            reciprocal=reciprocal,
            speech_act=event_type.speech_act,
            content_token=match.content[0] if match.content else None,
        )
        evidence = (model.Span(start, end),)
        event.reasons["type"] = model.Reason("stated", f"frame {event.entry}", evidence)
        _explain_roles(event, actors, recipients, reciprocal)
        self._set_mode(event, match)
        self._set_contexts(draft, event, match)
        event.topics = topics.topics_of(sentence, match.topics, [*doers, *targets])
        medium = medium_of(match.verb, self.codebook.words.get("mediums", ()))
        if medium is not None:
            event.medium = sentence.start_of(medium[0]), sentence.end_of(medium[1])
            event.reasons["medium"] = model.Reason(
                "stated", "phrase of the medium", (model.Span(*event.medium),)
            )
        event.confidence = _confidence(match, actors, recipients, event)
        return event

    def _set_mode(self, event: DraftEvent, match: Match) -> None:
        event_type, frame = match.type, match.frame
        evidence = (model.Span(*event.trigger),)
        if frame.mode is not None:
            event.mode = frame.mode
            event.reasons["mode"] = model.Reason("stated", f"frame {event.entry}", evidence)
        else:
            found = mode_by_cues(event_type, match.content, match.words, match.verb, match.topics)
            if found is not None:
                event.mode, cue = found
                span = model.Span(event.sentence.start_of(cue), event.sentence.end_of(cue))
                event.reasons["mode"] = model.Reason("stated", f"cue {cue.text!r}", (span,))
            elif event_type.modes:
                event.reasons["mode"] = model.Reason("absent", "no cue of any mode")
        mode = event_type.modes.get(event.mode) if event.mode else None
        event.intensity = mode.intensity if mode and mode.intensity is not None else event_type.intensity
        event.cameo = frame.cameo or (mode.cameo if mode else None) or event_type.cameo

    def _set_contexts(self, draft: Draft, event: DraftEvent, match: Match) -> None:
        sentence = event.sentence
        assert sentence.parse is not None
        names: list[str] = list(match.frame.contexts)
        if event.mode:
            names.extend(match.type.modes[event.mode].contexts)
        spans: list[model.Span] = []
        for name, first, last in self._contexts.find(sentence.parse):
            names.append(name)
            spans.append(model.Span(sentence.start_of(first), sentence.end_of(last)))
        before = draft.sentences[sentence.index - 1] if sentence.index else None
        if before is not None and before.parse is not None and before.paragraph == sentence.paragraph:
            for name, first, last in self._contexts.find(before.parse, phrases_only=True):
                names.append(name)
                spans.append(model.Span(before.start_of(first), before.end_of(last)))
        event.contexts = self._contexts.ordered(names)
        if event.contexts:
            event.reasons["contexts"] = model.Reason("inferred", "cue words of the codebook", tuple(spans))


def _is_named(match: Match, actors: Filled, recipients: Filled) -> bool:
    """Tell whether a party of an event is named; such a match goes before those of parties known by their kind."""
    both = (*actors.mentions, *recipients.mentions)
    return match.frame.yields != "event" or any(is_anchored(m) for m in both)


def _leave_out_own_state(actors: Filled, recipients: Filled) -> None:
    """Take from the recipients the state of the actors: "the senator invested in America's future"."""
    owns = {m.entity.country for m in actors.mentions}
    if len(owns) == 1 and None not in owns:
        recipients.mentions = [
            m
            for m in recipients.mentions
            if m.entity.kind not in ("state", "place") or m.entity.country not in owns
        ]


def _weight(match: Match, actors: Filled, recipients: Filled) -> float:
    """Rank matches that compete for words: by their frame, and by how many of their roles are filled."""
    together = PARTIES in match.places.slots and several(actors.mentions)
    if together or (match.frame.yields == "nothing" and match.places.pattern_size):
        # Whoever stands there is told of, on both sides or on none: it is the words that decide.
        return match.strength + 2 * _FILLED
    return match.strength + _FILLED * (bool(actors.mentions) + bool(recipients.mentions))


def _own_words(match: Match) -> tuple[list[int], list[int]]:
    """Return the heads of a match (head, light verb), and all its words, which no other may head."""
    heads = [match.head.i]
    if match.places.light is not None:
        heads.append(match.places.light.i)
    return heads, sorted({*heads, *(t.i for t in match.words)})


def _trigger_span(sentence: Sentence, match: Match) -> tuple[int, int]:
    """Return the characters of the words that say what was done."""
    head = match.head
    party = "object" in (*match.frame.recipient, *match.frame.actor)
    near = [
        t
        for t in match.words
        if abs(t.i - head.i) <= _TRIGGER_REACH
        # Whom it is done to is no part of what was done ("he was excluded", "held prisoners").
        and not (party and t.dep_ in ("dobj", "nsubj", "nsubjpass") and t.i != head.i)
    ]
    first, last = min(near, key=lambda t: t.i), max(near, key=lambda t: t.i)
    return sentence.start_of(first), sentence.end_of(last)


def _explain_roles(event: DraftEvent, actors: Filled, recipients: Filled, reciprocal: bool) -> None:
    for name, filled, mentions in (
        ("actors", actors, event.actors),
        ("recipients", recipients, event.recipients),
    ):
        spans = tuple(model.Span(m.start, m.end) for m in mentions)
        if not mentions:
            event.reasons[name] = model.Reason(
                "absent", "reciprocal" if reciprocal else "no actor stands there"
            )
            continue
        basis: model.Basis = "stated" if filled.direct else "inferred"
        where = f"{filled.place} of the trigger" if filled.place else "party of the trigger"
        event.reasons[name] = model.Reason(basis, where, spans)


def _confidence(match: Match, actors: Filled, recipients: Filled, event: DraftEvent) -> float:
    """Combine how sure the frame, the places of the roles, and the entities are (uncalibrated product)."""
    value = match.frame.score * actors.certainty * recipients.certainty
    parties = [*event.actors, *event.recipients]
    if parties:
        value *= min(0.5 + 0.5 * m.entity.confidence for m in parties)
    if not event.actors or (not event.recipients and not event.reciprocal):
        value *= _ONE_SIDED
    if match.presupposed:
        value *= _PRESUPPOSED
    return round(min(max(value, 0.01), 0.99), 3)
