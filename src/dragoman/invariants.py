"""What holds of every document record, checked whenever one is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model import Document, EventTime


def _spans(node: Any) -> Iterator[tuple[int, int]]:
    """Yield every (start, end) below a record node."""
    if isinstance(node, msgspec.Struct):
        start = getattr(node, "start", None)
        if isinstance(start, int):
            yield start, node.end  # type: ignore[attr-defined]
        for name in node.__struct_fields__:
            yield from _spans(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _spans(item)
    elif isinstance(node, dict):
        for item in node.values():
            yield from _spans(item)


def _require(holds: bool, document: Document, message: str) -> None:
    if not holds:
        raise RecordError(message, where=f"article {document.id!r}")


def _unique(document: Document, kind: str, ids: list[str]) -> set[str]:
    known = set(ids)
    _require(len(known) == len(ids), document, f"two {kind} share an id")
    return known


def check(document: Document) -> None:
    """Check the invariants of a record.

    Offsets lie inside the text and are ordered, ids are unique and resolve, attribution chains have no
    loop, indices of sentences and times exist, confidence lies in [0, 1]. Raises `RecordError`.
    """
    size = len(document.text)
    for start, end in _spans(document):
        _require(0 <= start <= end <= size, document, f"span [{start}, {end}) is outside 0..{size}")
    entities = _unique(document, "entities", [e.id for e in document.entities])
    said = _unique(document, "attributions", [a.id for a in document.attributions])
    events = _unique(document, "events", [e.id for e in document.events])
    _unique(document, "processes", [p.id for p in document.processes])

    def resolves(value: str | None, among: set[str], what: str) -> None:
        _require(value is None or value in among, document, f"{what} {value!r} does not resolve")

    def time_resolves(time: EventTime | None) -> None:
        if time is None:
            return
        known = time.from_ == "publication" or 0 <= time.from_ < len(document.times)
        _require(known, document, f"time index {time.from_!r} does not resolve")
        ordered = not (time.earliest and time.latest) or time.earliest <= time.latest
        _require(ordered, document, f"time bounds {time.earliest}..{time.latest} are not ordered")

    parents = {a.id: a.parent for a in document.attributions}
    for attribution in document.attributions:
        resolves(attribution.parent, said, "attribution")
        if attribution.source:
            resolves(attribution.source.entity, entities, "entity")
        seen, step = {attribution.id}, attribution.parent
        while step is not None:
            _require(step not in seen, document, f"attribution chain of {attribution.id!r} has a loop")
            seen.add(step)
            step = parents.get(step)
    for event in document.events:
        for party in (*event.actors, *event.recipients):
            resolves(party.entity, entities, "entity")
        resolves(event.attribution, said, "attribution")
        for other in event.duplicates:
            resolves(other, events, "event")
        for topic in event.topics:
            resolves(topic.attribution, said, "attribution")
            for entity in topic.raised_by:
                resolves(entity, entities, "entity")
        time_resolves(event.time)
        _require(0 <= event.sentence < len(document.sentences), document, "sentence index does not resolve")
        _require(0.0 <= event.confidence <= 1.0, document, "confidence is outside 0..1")
    for process in document.processes:
        for participant in process.participants:
            resolves(participant.entity, entities, "entity")
            for undertaking in participant.statements:
                resolves(undertaking.attribution, said, "attribution")
        for name in process.events:
            resolves(name, events, "event")
        for part in (process.purpose, process.outcome, *process.unknowns, *process.timings, *process.topics):
            resolves(part.attribution if part else None, said, "attribution")
        for stage in process.stages:
            resolves(stage.attribution, said, "attribution")
        for site in process.sites:
            resolves(site.attribution, said, "attribution")
        time_resolves(process.time)
