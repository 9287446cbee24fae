"""What the parts of a codebook must agree on: names that resolve, one head a trigger, valid places, unique ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from dragoman.events.places import PREPOSITIONS, STEPS
from dragoman.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.events.entries import Codebook, EventType, Example, Frame

# The keys of a type that name the type that an event becomes.
FOLLOWING = (
    "when_planned",
    "when_hypothetical",
    "when_refused",
    "when_vowed",
    "when_alleged",
    "when_urged",
)
STATUSES: tuple[str, ...] = get_args(Status)
# What looks like the name of a type, where free words may stand as well.
_TYPE_NAME = re.compile(r"[A-Z][A-Z_-]{2,}$")

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """Something that does not fit: where (keys and indexes within the file), what, and what would be valid."""

    path: Path
    message: str
    advice: str


def head_problems(codebook: Codebook) -> Iterator[Problem]:
    """Yield what does not fit in `codebook.yaml`."""
    for quad in codebook.cooperative_quads:
        if quad not in codebook.quads:
            yield Problem(("cooperative_quads",), f"no quad {quad!r}", _listed("quads", codebook.quads))


def type_problems(event_type: EventType, codebook: Codebook) -> Iterator[Problem]:
    """Yield what does not fit in one type, in the order of its keys."""
    if codebook.quads and event_type.quad is not None and event_type.quad not in codebook.quads:
        yield Problem(("quad",), f"no quad {event_type.quad!r}", _listed("quads", codebook.quads))
    for key in FOLLOWING:
        other = getattr(event_type, key)
        if other is not None and other not in codebook.types:
            yield Problem((key,), f"no type {other!r}", _listed("types", codebook.types))
    for number, boundary in enumerate(event_type.boundaries):
        if _TYPE_NAME.match(boundary.then) and boundary.then not in codebook.types:
            then = ("boundaries", number, "then")
            yield Problem(then, f"no type {boundary.then!r}", _listed("types", codebook.types))
    for name, mode in event_type.modes.items():
        yield from _contexts(("modes", name, "contexts"), mode.contexts, codebook)
    for number, example in enumerate(event_type.examples):
        yield from _example_problems(("examples", number), example, codebook)
    seen: set[str] = set()
    for number, frame in enumerate(event_type.frames):
        for problem in _frame_problems(frame, event_type, codebook, seen):
            path = ("frames", number, *problem.path)
            yield Problem(path, f"frame {frame.id!r}: {problem.message}", problem.advice)
        seen.add(frame.id)


def _frame_problems(
    frame: Frame, event_type: EventType, codebook: Codebook, seen: set[str]
) -> Iterator[Problem]:
    trigger = frame.trigger
    if frame.id in seen:
        yield Problem(("id",), "the id is used twice", "ids are unique within a type")
    if sum(map(bool, (trigger.verb, trigger.noun, trigger.adjective))) != 1:
        advice = "give one of verb, noun, adjective, with at least one word"
        yield Problem(("trigger",), "the trigger has no head or several", advice)
    for key in ("prep", "not_prep"):
        for preposition in getattr(trigger, key):
            if preposition not in PREPOSITIONS:
                yield Problem(
                    ("trigger", key, preposition), f"no preposition {preposition!r}", _prepositions()
                )
    if frame.mode is not None and frame.mode not in event_type.modes:
        yield Problem(("mode",), f"no mode {frame.mode!r}", _listed("modes", event_type.modes))
    yield from _contexts(("contexts",), frame.contexts, codebook)
    if not 0.0 < frame.score <= 1.0:
        yield Problem(("score",), f"score {frame.score} is out of range", "above 0, at most 1")
    for key in ("actor", "recipient", "content", "topic"):
        for place in getattr(frame, key):
            if any(s not in STEPS and s.replace("_", " ") not in PREPOSITIONS for s in place.split(".")):
                advice = "places: " + ", ".join(STEPS) + ", or a preposition"
                yield Problem((key,), f"no role place {place!r}", advice)
    for number, example in enumerate(frame.examples):
        yield from _example_problems(("examples", number), example, codebook)


def _example_problems(path: Path, example: Example, codebook: Codebook) -> Iterator[Problem]:
    """Yield what can never be coded from an example."""
    if not example.text.strip():
        yield Problem((*path, "text"), "the example has no sentence", "write a sentence")
    for number, event in enumerate(example.events):
        at = (*path, "events", number)
        if event.type is not None and event.type not in codebook.types:
            yield Problem((*at, "type"), f"no type {event.type!r}", _listed("types", codebook.types))
            continue
        modes = codebook.types[event.type].modes if event.type else {}
        if event.type and event.mode is not None and event.mode not in modes:
            yield Problem((*at, "mode"), f"{event.type} has no mode {event.mode!r}", _listed("modes", modes))
        for key in ("status", "content_status"):
            status = getattr(event, key)
            if status is not None and status not in STATUSES:
                yield Problem((*at, key), f"no status {status!r}", _listed("statuses", STATUSES))
        for key in ("actors", "recipients"):
            for party in getattr(event, key) or ():
                sector = party.partition(":")[2]
                if sector and codebook.sectors and sector not in codebook.sectors:
                    advice = _listed("sectors", codebook.sectors)
                    yield Problem((*at, key), f"no sector {sector!r} ({party})", advice)


def _contexts(path: Path, names: Iterable[str], codebook: Codebook) -> Iterator[Problem]:
    for name in names:
        if name not in codebook.contexts:
            yield Problem(path, f"no context {name!r}", _listed("contexts", codebook.contexts))


def _listed(what: str, names: Iterable[object]) -> str:
    return f"{what}: " + (", ".join(map(str, names)) or "none")


def _prepositions() -> str:
    return "prepositions: " + ", ".join(sorted(PREPOSITIONS))
