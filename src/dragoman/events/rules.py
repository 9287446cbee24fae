"""Rules of the codebook that follow from an event's status: the future of one type is another type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import model
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import DraftEvent
    from dragoman.events.codebook import Codebook
    from dragoman.syntax import Token


def apply_status_rules(event: DraftEvent, codebook: Codebook) -> None:
    """Change an event's type where the codebook says so for what is planned or only supposed.

    What a party itself announces for the future is a commitment (a planned meeting is agreed on); what
    somebody else proposes, expects or asks for stays what it is, with its status. The event becomes an act
    of speech then: the announcement occurred, its content has the old status. Works on the event in place.
    """
    event_type = codebook.types.get(event.type)
    if event.status in ("denied", "planned") and _says_no(event, codebook):
        # "will not recognise": the refusal is the event, and it is made now.
        event.status = "occurred"
    if event_type is None or event.content_status is not None:
        return
    if event.status == "planned":
        target = event_type.when_planned
    elif event.status == "hypothetical":
        target = event_type.when_hypothetical
    elif event.status == "denied" and is_refusal(event.token):
        target = event_type.when_refused
    else:
        target = None
    if target is None or target not in codebook.types:
        return
    if event.status == "planned" and not is_announced(
        event,
        frozenset(codebook.words.get("committing_words", ())),
        frozenset(codebook.words.get("expecting_words", ())),
    ):
        return
    old, old_mode = event.type, event.mode
    new = codebook.types[target]
    event.type = target
    event.mode = old_mode if old_mode in new.modes else None
    event.speech_act = new.speech_act
    scored = new.modes[event.mode].intensity if event.mode else None
    event.intensity = new.intensity if scored is None else scored
    event.cameo = new.cameo
    if new.speech_act:
        event.content_status = event.status
        if event.status == "denied":
            event.status = "occurred"
        event.content_token = event.content_token or event.token
    evidence = (model.Span(event.trigger[0], event.trigger[1]),)
    event.reasons["type"] = model.Reason("inferred", f"{old} that is {event.status} is {target}", evidence)


def is_refusal(verb: Token) -> bool:
    """Tell whether a negated verb says what its subject will not do: "will not release", "would not meet"."""
    return grammar.verb_form(verb).modal in ("will", "would", "shall") and grammar.is_negated(verb)


def is_announced(
    event: DraftEvent, committing: frozenset[str], expecting: frozenset[str] = frozenset()
) -> bool:
    """Tell whether a planned event is told as settled: by a finite future, or by plans of its own actor.

    The purpose of another act ("sent fighters to kill", "intervened to support") is no announcement, nor is
    what somebody else asks for or expects ("hopes that X will help"), what only dates another act ("before
    it attacks"), or an act without a doer.
    """
    if not event.actors and not event.recipients:
        return False
    token = event.token
    governor = token.head
    if token.pos_ in ("VERB", "AUX"):
        top = grammar.first_conjunct(token)
        if top.dep_ == "ccomp" and top.head.lemma_.lower() in expecting:
            return False
        if (
            top.dep_ == "advcl"
            and grammar.children(top, "mark", "advmod")
            and top.tag_ in ("VBZ", "VBP", "VBD")
        ):
            return False
        if top.tag_ == "VBG" and not grammar.children(token, "aux") and not grammar.children(top, "aux"):
            above = top.head.head if top.dep_ == "pcomp" else top.head
            return above.lemma_.lower() in committing
    form = grammar.verb_form(token)
    if not form.infinitive:
        return True
    if token.dep_ in ("xcomp", "acl") or (token.dep_ == "advcl" and governor.pos_ == "ADJ"):
        return governor.lemma_.lower() in committing or governor.lower_ in committing
    return token.dep_ == "conj" and governor.lemma_.lower() in committing


def _says_no(event: DraftEvent, codebook: Codebook) -> bool:
    """Tell whether the event's frame asks for a negation, which then is part of the trigger."""
    type_name, _, frame_id = event.entry.partition("/")
    event_type = codebook.types.get(type_name)
    frames = event_type.frames if event_type is not None else ()
    return any(frame.id == frame_id and frame.trigger.negated is True for frame in frames)
