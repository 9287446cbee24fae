"""A document record as rows of the tables of a corpus."""

from __future__ import annotations

import datetime
import functools
import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.context import gazetteer
from dragoman.corpus.keys import key_of
from dragoman.exporting.rows import duplicate_heads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.model import Article, Attribution, CoderInfo, Document, Entity, Event, Party, Place

Row = dict[str, Any]
# The tables that a run fills, whose rows go when the article is coded anew in that run.
CODED = ("records", "entities", "events", "participants", "claims", "processes", "process_parties")


def content_hash(article: Article | Document) -> str:
    """Return a hash of what makes an article itself: date, source, title and text."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (article.date, article.source, article.title, article.text):
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"-" if part is None else len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def coder_json(coder: CoderInfo) -> str:
    """Return a coder as JSON with sorted keys: what names a run."""
    return msgspec.json.encode(coder, order="sorted").decode()


def day(value: str | None) -> datetime.date | None:
    """Return an ISO date as a date; None for what the calendar of the database cannot hold."""
    try:
        return None if value is None else datetime.date.fromisoformat(value[:10])
    except ValueError:
        return None


def article_row(document: Document, origin: str | None) -> Row:
    """Return the row of the article itself, which does not depend on the coder."""
    return {
        "article": document.id,
        "date": day(document.date),
        "source": document.source,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "text": document.text,
        "content": content_hash(document),
        "origin": origin,
        "copy_of": None,
        "similarity": None,
        "wire": None,
    }


def coded_rows(document: Document, run: int, data: bytes | None = None) -> dict[str, list[Row]]:
    """Return what a run says about an article, by table (`CODED`).

    `data` is the record as bytes, where the caller has it already.
    """
    return _Reading(document, run).tables(data)


class _Reading:
    """One record on its way into rows."""

    def __init__(self, document: Document, run: int) -> None:
        self.document = document
        self.run = run
        self.entities = {e.id: e for e in document.entities}
        self.keys = {e.id: key_of(e) for e in document.entities}
        self.said = {a.id: a for a in document.attributions}

    def tables(self, data: bytes | None) -> dict[str, list[Row]]:
        document = self.document
        record = (document.to_json() if data is None else data).decode()
        return {
            "records": [self._row(record=record)],
            "entities": [self._entity(e) for e in document.entities],
            "events": list(self._events()),
            "participants": [row for event in document.events for row in self._participants(event)],
            "claims": [self._claim(a) for a in document.attributions],
            "processes": list(self._processes()),
            "process_parties": list(self._process_parties()),
        }

    def _row(self, **columns: Any) -> Row:
        return {"run": self.run, "article": self.document.id, **columns}

    def _words(self, span: Any) -> str | None:
        return None if span is None else self.document.text[span.start : span.end]

    def _entity(self, entity: Entity) -> Row:
        office = entity.office
        return self._row(
            entity=entity.id,
            key=self.keys[entity.id],
            name=entity.name,
            kind=entity.kind,
            country=entity.country,
            sectors=list(entity.sectors),
            office=office.title if office else None,
            office_country=office.country if office else None,
            members=None if entity.members is None else list(entity.members),
            mentions=len(entity.mentions),
        )

    def _claimant(self, attribution: Attribution | None) -> tuple[str | None, str | None, str | None]:
        """Return name, key and country of who speaks; the bare words where they stand for no entity."""
        if attribution is None or attribution.source is None:
            return None, None, None
        entity = self.entities.get(attribution.source.entity or "")
        if entity is None:
            return self._words(attribution.source), None, None
        return entity.name, self.keys[entity.id], entity.country

    def _events(self) -> Iterator[Row]:
        document = self.document
        heads = duplicate_heads(document.events)
        anchors = anchors_of(document)
        for event, anchor in zip(document.events, anchors, strict=True):
            sentence = document.sentences[event.sentence]
            said = self.said.get(event.attribution or "")
            claimant, claimant_key, claimant_country = self._claimant(said)
            yield self._row(
                event=event.id,
                date=day(document.date),
                type=event.type,
                mode=event.mode,
                contexts=list(event.contexts),
                status=event.status,
                content_status=event.content_status,
                historical=event.historical,
                reciprocal=event.reciprocal,
                words=self._words(event.trigger),
                start=event.trigger.start,
                end=event.trigger.end,
                sentence=self._words(sentence),
                sentence_start=sentence.start,
                sentence_end=sentence.end,
                **_time_columns(event),
                **_place_columns(event.place),
                claim=event.attribution,
                claimant=claimant,
                claimant_key=claimant_key,
                claimant_country=claimant_country,
                stance=said.stance if said else None,
                intensity=event.intensity,
                cameo=event.cameo,
                confidence=event.confidence,
                decided_by=event.why.decided_by,
                entry=event.why.entry,
                duplicate_of=heads.get(event.id),
                anchor=anchor,
            )

    def _participants(self, event: Event) -> Iterator[Row]:
        sides: tuple[tuple[str, Sequence[Party]], ...] = (
            ("actor", event.actors),
            ("recipient", event.recipients),
        )
        for side, parties in sides:
            for position, party in enumerate(parties):
                yield self._row(
                    event=event.id,
                    side=side,
                    position=position,
                    entity=party.entity,
                    key=self.keys[party.entity],
                    name=party.name,
                    country=party.country,
                    sectors=list(party.sectors),
                    start=party.start,
                    end=party.end,
                )

    def _claim(self, attribution: Attribution) -> Row:
        claimant, key, country = self._claimant(attribution)
        content = attribution.content
        return self._row(
            claim=attribution.id,
            date=day(self.document.date),
            claimant=claimant,
            claimant_key=key,
            claimant_country=country,
            cue=self._words(attribution.cue),
            kind=attribution.kind,
            stance=attribution.stance,
            content=self._words(content),
            start=content.start,
            end=content.end,
            parent=attribution.parent,
        )

    def _processes(self) -> Iterator[Row]:
        for process in self.document.processes:
            time = process.time
            yield self._row(
                process=process.id,
                date=day(self.document.date),
                kind=process.kind,
                name=process.name,
                status=process.status,
                place=process.place.name if process.place else None,
                place_country=process.place.country if process.place else None,
                time_value=time.value if time else None,
                earliest=day(time.earliest) if time else None,
                latest=day(time.latest) if time else None,
                record=msgspec.json.encode(process).decode(),
            )

    def _process_parties(self) -> Iterator[Row]:
        for process in self.document.processes:
            for position, party in enumerate(process.participants):
                entity = self.entities[party.entity]
                yield self._row(
                    process=process.id,
                    position=position,
                    entity=party.entity,
                    key=self.keys[party.entity],
                    name=entity.name,
                    country=entity.country,
                    role=party.role,
                    commitment=party.commitment,
                )


def anchors_of(document: Document) -> list[str]:
    """Return what names each event of a record in any run: a hash of article, type, trigger and its place.

    Several events of one type on the same words are told apart by their order.
    """
    seen: dict[tuple[str, int, int], int] = {}
    anchors = []
    for event in document.events:
        what = (event.type, event.trigger.start, event.trigger.end)
        number = seen[what] = seen.get(what, -1) + 1
        words = document.text[event.trigger.start : event.trigger.end]
        anchors.append(anchor_of(document.id, event.type, words, event.trigger.start, number))
    return anchors


def anchor_of(article: str, type_: str, words: str, start: int, number: int = 0) -> str:
    """Return the name of a coding across runs; `number` counts codings of one type on the same words."""
    parts = (article, type_, words, str(start), str(number))
    data = b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _time_columns(event: Event) -> Row:
    time = event.time
    if time is None:
        return {"time_value": None, "earliest": None, "latest": None, "time_stated": None}
    reason = event.why.fields.get("time")
    stated = time.from_ != "publication" and (reason is None or reason.basis == "stated")
    return {
        "time_value": time.value,
        "earliest": day(time.earliest),
        "latest": day(time.latest),
        "time_stated": stated,
    }


def _place_columns(place: Place | None) -> Row:
    if place is None:
        columns = ("place", "place_country", "lat", "lon", "geonames", "precision")
        return dict.fromkeys(columns)
    return {
        "place": place.name,
        "place_country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonames": place.geonames,
        "precision": precision_of(place.name, place.country, place.lat),
    }


@functools.lru_cache(maxsize=65_536)
def precision_of(name: str, country: str | None, lat: float | None) -> str:
    """Say how exact a place is: `city`, `region` or `country`. Whatever has coordinates is a city."""
    if lat is not None:
        return "city"
    entry = gazetteer.countries().get(name)
    if entry is not None and entry.country == country:
        return "country"
    is_city = name not in gazetteer.regions() and any(
        c.country == country for c in gazetteer.cities_named(name)
    )
    return "city" if is_city else "region"
