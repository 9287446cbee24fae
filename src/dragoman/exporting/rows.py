"""One flat row an event: the table that most analyses start from.

Where a field has several values (the actors of an event) they are joined by "; " in text order; the
columns about actors are aligned, so that an actor without a country leaves an empty place ("USA; ; RUS").
Several sectors of one actor are joined by ",". What is not known is null (empty in CSV), never made up.
"""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model import Attribution, Document, Entity, Event, Party

JOIN = "; "


class Row(msgspec.Struct, frozen=True):
    """An event as one row. The fields are the columns, in this order, of every table format."""

    article_id: str
    date: str | None
    source: str | None
    event_id: str
    type: str
    mode: str | None
    contexts: str | None
    status: str
    content_status: str | None
    historical: bool
    actors: str | None
    actor_countries: str | None
    actor_sectors: str | None
    recipients: str | None
    recipient_countries: str | None
    recipient_sectors: str | None
    reciprocal: bool
    trigger: str
    trigger_start: int
    trigger_end: int
    sentence: str
    time_value: str | None
    time_earliest: str | None
    time_latest: str | None
    time_from: str | None
    place: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    geonames: str | None
    said_by: str | None
    said_by_entity: str | None
    said_by_country: str | None
    stance: str | None
    quotation: str | None
    intensity: float | None
    cameo: str | None
    confidence: float
    decided_by: str
    why: str
    duplicate_of: str | None


COLUMNS: tuple[str, ...] = Row.__struct_fields__


def column_types() -> dict[str, type]:
    """Return the plain type of each column: str, bool, int or float."""
    types: dict[str, type] = {}
    for name, hint in typing.get_type_hints(Row).items():
        kinds = [kind for kind in typing.get_args(hint) or (hint,) if kind is not type(None)]
        types[name] = kinds[0]
    return types


def rows(document: Document) -> Iterator[Row]:
    """Yield a row for each event of a record, in its order; duplicates too (see `duplicate_of`)."""
    entities = {entity.id: entity for entity in document.entities}
    said = {attribution.id: attribution for attribution in document.attributions}
    heads = duplicate_heads(document.events)
    for event in document.events:
        yield _row(document, event, entities, said.get(event.attribution or ""), heads.get(event.id))


def as_dict(row: Row) -> dict[str, Any]:
    """Return a row as a dict in column order."""
    return {name: getattr(row, name) for name in COLUMNS}


def duplicate_heads(events: tuple[Event, ...]) -> dict[str, str]:
    """Map each repeated telling to the event that stands for the happening.

    Events linked by `duplicates`, in any direction, are one happening. The one that lists most of the
    others stands for them; the first of the text when several do. It is not itself in the map.
    """
    group = {event.id: event.id for event in events}

    def top(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for event in events:
        for other in event.duplicates:
            if other in group:
                group[top(other)] = top(event.id)
    gathered: dict[str, list[Event]] = {}
    for event in events:
        gathered.setdefault(top(event.id), []).append(event)
    heads: dict[str, str] = {}
    for members in gathered.values():
        head = max(members, key=lambda e: len(e.duplicates))  # the first of the greatest
        heads.update({member.id: head.id for member in members if member is not head})
    return heads


def happenings(document: Document) -> list[Event]:
    """Return the events of a record with each happening once, in text order."""
    told_again = duplicate_heads(document.events)
    return [event for event in document.events if event.id not in told_again]


def _row(
    document: Document,
    event: Event,
    entities: dict[str, Entity],
    said: Attribution | None,
    duplicate_of: str | None,
) -> Row:
    sentence = document.sentences[event.sentence]
    source = said.source if said else None
    speaker = entities.get(source.entity or "") if source else None
    time, place = event.time, event.place
    return Row(
        article_id=document.id,
        date=document.date,
        source=document.source,
        event_id=event.id,
        type=event.type,
        mode=event.mode,
        contexts=JOIN.join(event.contexts) or None,
        status=event.status,
        content_status=event.content_status,
        historical=event.historical,
        actors=_names(event.actors),
        actor_countries=_countries(event.actors),
        actor_sectors=_sectors(event.actors),
        recipients=_names(event.recipients),
        recipient_countries=_countries(event.recipients),
        recipient_sectors=_sectors(event.recipients),
        reciprocal=event.reciprocal,
        trigger=document.text[event.trigger.start : event.trigger.end],
        trigger_start=event.trigger.start,
        trigger_end=event.trigger.end,
        sentence=document.text[sentence.start : sentence.end],
        time_value=time.value if time else None,
        time_earliest=time.earliest if time else None,
        time_latest=time.latest if time else None,
        time_from=_time_from(document, event),
        place=place.name if place else None,
        place_country=place.country if place else None,
        latitude=place.lat if place else None,
        longitude=place.lon if place else None,
        geonames=place.geonames if place else None,
        said_by=document.text[source.start : source.end] if source else None,
        said_by_entity=speaker.name if speaker else None,
        said_by_country=speaker.country if speaker else None,
        stance=said.stance if said else None,
        quotation=said.kind if said else None,
        intensity=event.intensity,
        cameo=event.cameo,
        confidence=event.confidence,
        decided_by=event.why.decided_by,
        why=event.why.entry,
        duplicate_of=duplicate_of,
    )


def _time_from(document: Document, event: Event) -> str | None:
    """Return the words that the time is from, or `publication`."""
    if event.time is None:
        return None
    if event.time.from_ == "publication":
        return "publication"
    timex = document.times[event.time.from_]
    return document.text[timex.start : timex.end]


def _joined(values: list[str]) -> str | None:
    return JOIN.join(values) if any(values) else None


def _names(parties: tuple[Party, ...]) -> str | None:
    return _joined([party.name for party in parties])


def _countries(parties: tuple[Party, ...]) -> str | None:
    return _joined([party.country or "" for party in parties])


def _sectors(parties: tuple[Party, ...]) -> str | None:
    return _joined([",".join(party.sectors) for party in parties])
