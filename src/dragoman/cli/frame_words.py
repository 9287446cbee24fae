"""A frame in plain words: what its trigger asks for, and where actor and recipient stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.places import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.events.entries import Example, ExampleEvent, Frame, Trigger

ANY = "*"
NAME = "+name"
HEADS = ("verb", "noun", "adjective")
# The conditions of a trigger that are lists of words, and what they are called on the page.
LISTS = {
    "particle": "particle",
    "not_particle": "no particle",
    "object": "object",
    "not_object": "no object",
    "subject": "subject",
    "not_subject": "no subject",
    "modifier": "modifier",
    "not_modifier": "no modifier",
}
TABLES = {"prep": "", "not_prep": "no ", "complement": "", "not_complement": "no "}
PLACES = {
    "subject": "subject",
    "object": "object",
    "indirect_object": "indirect object",
    "agent": "by-agent",
    "possessive": "possessor",
    "modifier": "modifier",
    "complement": "complement",
    "content": "content",
    "clause": "clause",
    "infinitive": "infinitive",
    "gerund": "gerund",
    "occasion": "when-clause",
    "preceding": "nearest party before",
    "following": "nearest party after",
}
# Marks on a frame that say how it goes together with others.
YIELDS = {
    "topic": "says only what an event was about",
    "nothing": "says that there is no event in these words",
}


def words_of(items: Iterable[str] | str) -> str:
    """Return a list of words as one reads it aloud."""
    listed = [items] if isinstance(items, str) else list(items)
    said = {ANY: "any word", NAME: "any name"}
    return ", ".join(said.get(item, item) for item in listed)


def head_of(trigger: Trigger) -> tuple[str, str]:
    """Return the kind of a trigger's head, and its words."""
    kind = next((kind for kind in HEADS if getattr(trigger, kind)), "verb")
    return kind, words_of(trigger.heads)


def conditions_of(trigger: Trigger) -> Iterator[tuple[str, str]]:
    """Yield what a trigger asks for besides its head: the condition, and its words."""
    for key, label in LISTS.items():
        items = getattr(trigger, key)
        if items:
            yield label, words_of(items)
    for key, negation in TABLES.items():
        for name, items in getattr(trigger, key).items():
            label = f"{negation}{name}" if key.endswith("complement") else f"{negation}“{name}”"
            yield label, words_of(items)
    if trigger.scene:
        yield "near", words_of(trigger.scene)
    if trigger.not_scene:
        yield "not near", words_of(trigger.not_scene)
    for pattern in trigger.patterns:
        yield "pattern", pattern
    asked = {
        "passive": {True: "passive only", False: "active only"},
        "negated": {True: "negated only", False: "not negated"},
        "future": {True: "about the future", False: "not about the future"},
    }
    for key, said in asked.items():
        value = getattr(trigger, key)
        if value is not None:
            yield "only if", said[value]
    if trigger.demanding:
        yield "only if", "its clause says what ought to be"


def places_of(places: Iterable[str]) -> str:
    """Return role places as one reads them: "subject; possessor; “against ...”"."""
    return "; ".join(place_words(place) for place in places)


def place_words(place: str) -> str:
    """Return one place: `object.of` is “of ...” after the object, `on.of` is “on ... of ...”."""
    *before, last = place.split(".")
    if not before:
        return PLACES[last] if last in STEPS else f"“{_preposition(last)} ...”"
    above = place_words(".".join(before))
    if last in STEPS:
        return f"{PLACES[last]} of {'the ' if before[-1] in STEPS else ''}{above}"
    if before[-1] in STEPS:
        return f"“{_preposition(last)} ...” after the {above}"
    return f"{above.removesuffix('”')} {_preposition(last)} ...”"


def _preposition(step: str) -> str:
    return step.replace("_", " ")


def marks_of(frame: Frame) -> list[str]:
    """Return what else holds for a frame: its mode, score, what it asks for and yields to."""
    found = [f"score {frame.score:g}"]
    if frame.mode:
        found.insert(0, f"mode {frame.mode}")
    if frame.contexts:
        found.append(f"contexts {', '.join(frame.contexts)}")
    if frame.cameo:
        found.append(f"CAMEO {frame.cameo}")
    if frame.reciprocal is not None:
        found.append("done together" if frame.reciprocal else "not done together")
    needs = list(frame.requires)
    if frame.recipient_required and "recipient" not in needs:
        needs.append("recipient")
    if needs:
        found.append(f"needs {' and '.join(needs)}")
    if frame.weak:
        found.append("only where no other frame fits")
    if frame.besides:
        found.append("besides what others read in the same words")
    if frame.alone:
        found.append("one party is enough")
    if frame.acting:
        found.append(f"for actors that are {' or '.join(frame.acting)}")
    if frame.of_others:
        found.append("not towards the actor's own state")
    if frame.yields in YIELDS:
        found.append(YIELDS[frame.yields])
    if frame.answer is not None:
        found.append(f"and the recipient does {frame.answer.type} in the same act")
    return found


def expected(example: Example) -> list[str]:
    """Return what an example is coded as, one line an event."""
    return [_event(event) for event in example.events] or ["no event"]


def _event(event: ExampleEvent) -> str:
    what = f"{event.type or 'any type'}{f'-{event.mode}' if event.mode else ''}"
    actors, recipients = _side(event.actors), _side(event.recipients)
    parties = f"{actors or 'somebody'} → {recipients}" if recipients else actors
    more = [event.status] if event.status else []
    if event.content_status:
        more.append(f"content {event.content_status}")
    if event.reciprocal is not None:
        more.append("done together" if event.reciprocal else "not done together")
    return ", ".join(part for part in (f"{what} {parties}".strip(), *more) if part)


def _side(parties: tuple[str, ...] | None) -> str:
    return "" if parties is None else " and ".join(parties) or "nobody"
