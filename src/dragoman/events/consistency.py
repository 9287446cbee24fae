"""What the parts of a codebook must agree on: names that resolve, one head a trigger, valid places, unique ids."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from dragoman.events.places import STEPS
from dragoman.events.prepositions import PREPOSITIONS
from dragoman.events.word_order import problem_of
from dragoman.model import EntityKind, Status

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
_KINDS: frozenset[str] = frozenset(get_args(EntityKind))
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
            yield Problem(("cooperative_quads",), f"no quad {quad!r}", listed("quads", codebook.quads, quad))
    for code, act in codebook.marked_acts.items():
        if act.type not in codebook.types:
            yield Problem(
                ("marked_acts", code), f"no type {act.type!r}", listed("types", codebook.types, act.type)
            )
        elif act.mode is not None and act.mode not in codebook.types[act.type].modes:
            modes = codebook.types[act.type].modes
            yield Problem(
                ("marked_acts", code),
                f"{act.type} has no mode {act.mode!r}",
                listed("modes", modes, act.mode),
            )


def type_problems(event_type: EventType, codebook: Codebook) -> Iterator[Problem]:
    """Yield what does not fit in one type, in the order of its keys."""
    if codebook.quads and event_type.quad is not None and event_type.quad not in codebook.quads:
        yield Problem(
            ("quad",), f"no quad {event_type.quad!r}", listed("quads", codebook.quads, event_type.quad)
        )
    for key in FOLLOWING:
        other = getattr(event_type, key)
        if other is not None and other not in codebook.types:
            yield Problem((key,), f"no type {other!r}", listed("types", codebook.types, other))
    for key in ("never_with", "acting_by_kind", "towards_kind", "between_kinds"):
        yield from _sectors((key,), getattr(event_type, key), codebook)
    for number, boundary in enumerate(event_type.boundaries):
        if _TYPE_NAME.match(boundary.then) and boundary.then not in codebook.types:
            then = ("boundaries", number, "then")
            yield Problem(then, f"no type {boundary.then!r}", listed("types", codebook.types, boundary.then))
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
                advice = listed("prepositions", sorted(PREPOSITIONS), preposition)
                yield Problem(("trigger", key, preposition), f"no preposition {preposition!r}", advice)
    for number, pattern in enumerate(trigger.patterns):
        wrong = problem_of(pattern)
        if wrong is not None:
            advice = "write the words in order around one *: 'said would * attack'"
            yield Problem(("trigger", "patterns", number), wrong, advice)
    if frame.answer is not None and frame.answer.type not in codebook.types:
        advice = listed("types", codebook.types, frame.answer.type)
        yield Problem(("answer", "type"), f"no type {frame.answer.type!r}", advice)
    elif frame.answer is not None and frame.answer.mode is not None:
        modes = codebook.types[frame.answer.type].modes
        if frame.answer.mode not in modes:
            advice = listed("modes", modes, frame.answer.mode)
            yield Problem(("answer", "mode"), f"no mode {frame.answer.mode!r}", advice)
    if frame.mode is not None and frame.mode not in event_type.modes:
        yield Problem(("mode",), f"no mode {frame.mode!r}", listed("modes", event_type.modes, frame.mode))
    yield from _contexts(("contexts",), frame.contexts, codebook)
    yield from _sectors(("acting",), [name for name in frame.acting if name not in _KINDS], codebook)
    if not 0.0 < frame.score <= 1.0:
        yield Problem(("score",), f"score {frame.score} is out of range", "above 0, at most 1")
    for key in ("actor", "recipient", "content", "topic"):
        for place in getattr(frame, key):
            if any(s not in STEPS and s.replace("_", " ") not in PREPOSITIONS for s in place.split(".")):
                advice = listed("places", STEPS, place) + ", or a preposition"
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
            yield Problem(
                (*at, "type"), f"no type {event.type!r}", listed("types", codebook.types, event.type)
            )
            continue
        modes = codebook.types[event.type].modes if event.type else {}
        if event.type and event.mode is not None and event.mode not in modes:
            yield Problem(
                (*at, "mode"), f"{event.type} has no mode {event.mode!r}", listed("modes", modes, event.mode)
            )
        for key in ("status", "content_status"):
            status = getattr(event, key)
            if status is not None and status not in STATUSES:
                yield Problem((*at, key), f"no status {status!r}", listed("statuses", STATUSES, status))
        for key in ("actors", "recipients"):
            for party in getattr(event, key) or ():
                sector = party.partition(":")[2]
                yield from _sectors((*at, key), [sector] if sector else [], codebook)


def _sectors(path: Path, names: Iterable[str], codebook: Codebook) -> Iterator[Problem]:
    for name in names:
        if codebook.sectors and name not in codebook.sectors:
            yield Problem(path, f"no sector {name!r}", listed("sectors", codebook.sectors, name))


def _contexts(path: Path, names: Iterable[str], codebook: Codebook) -> Iterator[Problem]:
    for name in names:
        if name not in codebook.contexts:
            yield Problem(path, f"no context {name!r}", listed("contexts", codebook.contexts, name))


def listed(what: str, names: Iterable[object], wrong: object = "") -> str:
    """Say what would be valid, first what was perhaps meant by something wrong."""
    known = [str(name) for name in names]
    close = difflib.get_close_matches(str(wrong), known, 1)
    meant = f"perhaps {close[0]!r}; " if close else ""
    return f"{meant}{what}: {', '.join(known) or 'none'}"
