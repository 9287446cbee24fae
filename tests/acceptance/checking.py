"""Expected facts about an article, read from YAML, and whether a record holds them.

A file names an article and lists checks. A check has a `row` (its label), `says` (the fact in words) and one
or more of these, all of which must hold:

    event:       {type, mode, status, content_status, historical, actors, recipients, reciprocal, source,
                  time, latest, place, trigger, medium, topics, raised_by, count}
    process:     {name, kind, status, participants: {LABEL: [ROLE, COMMITMENT]}, nobody: COMMITMENT, place,
                  country, time, latest, timings, unknowns, purpose, outcome, topics, events, count}
    entity:      {name, kind, country, office, sectors, members}
    attribution: {source, content, cue, kind, stance, parent}
    segment:     {kind, has}
    absent:      one of the above, which nothing in the record may match
    no_field:    why the record has no field for it

A party is written as an ISO3 code, as `ISO3:SECTOR`, or as part of its name. `source: null` means that the
article itself says it. Texts are matched by the words they must hold, dates by their beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from dragoman.model import Article
from dragoman.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dragoman.model import Document, Entity, Event, Process

REPOSITORY = Path(__file__).parents[2]
HERE = Path(__file__).parent


class Expected(msgspec.Struct, forbid_unknown_fields=True):
    """An article and the checks on its record."""

    article: str
    checks: list[dict[str, Any]]
    date: str | None = None
    id: str | None = None


@dataclass(frozen=True)
class Answer:
    """What came of one check: `field` names the parts of the record that hold the fact."""

    row: str
    says: str
    holds: bool | None
    field: str


def load(name: str) -> Expected:
    """Return the expected facts of tests/acceptance/NAME.yaml."""
    data = yaml.load((HERE / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return msgspec.convert(data, Expected)


def article_of(path: Path, expected: Expected) -> Article:
    """Return the article of a file that the facts are about."""
    found = [a for a in read([path]) if isinstance(a, Article) and expected.id in (None, a.id)]
    assert len(found) == 1, f"{path}: {len(found)} articles with id {expected.id}"
    return found[0]


def answers(document: Document, expected: Expected) -> list[Answer]:
    """Return the answer to every check."""
    return [answer(document, check) for check in expected.checks]


def answer(document: Document, check: dict[str, Any]) -> Answer:
    """Return whether one check holds and which parts of the record hold it."""
    row, says = str(check["row"]), str(check.get("says", ""))
    if "no_field" in check:
        return Answer(row, says, None, f"no field: {check['no_field']}")
    found: list[str] = []
    holds = True
    for kind, wanted in check.items():
        if kind in ("row", "says"):
            continue
        for item in wanted if isinstance(wanted, list) else [wanted]:
            if kind == "absent":
                ((inner, part),) = item.items()
                names = FINDERS[inner](document, part)
                holds = holds and not names
                found.append(f"no such {inner}" if not names else f"unwanted {', '.join(names)}")
            else:
                names = FINDERS[kind](document, item)
                count = item.get("count")
                right = bool(names) if count is None else len(names) == count
                holds = holds and right
                found.append(", ".join(names) if names else f"no such {kind}")
    return Answer(row, says, holds, "; ".join(found))


# --- parties and words


def is_party(entity: Entity | None, label: str) -> bool:
    """Tell whether an entity is the one that a label names."""
    if entity is None:
        return False
    country, _, sector = label.partition(":")
    if len(country) == 3 and country.isupper():
        return entity.country == country and (not sector or sector in entity.sectors)
    return label.casefold() in entity.name.casefold()


def _listed(entities: Iterable[Entity | None], labels: str | list[str]) -> bool:
    known = list(entities)
    wanted = [labels] if isinstance(labels, str) else labels
    return all(any(is_party(e, label) for e in known) for label in wanted)


def _one_of(value: Any, wanted: Any) -> bool:
    return value in wanted if isinstance(wanted, list) else value == wanted


def _holds(document: Document, span: Any, words: str) -> bool:
    if span is None:
        return False
    return words.casefold() in " ".join(document.text[span.start : span.end].split()).casefold()


def _begins(value: str | None, wanted: str | None) -> bool:
    return value is None if wanted is None else value is not None and value.startswith(str(wanted))


def _entities(document: Document) -> dict[str, Entity]:
    return {e.id: e for e in document.entities}


def _says(document: Document, attribution: str | None, label: str | None) -> bool:
    """Tell whether an attribution, or one that it sits in, is that of the labelled source; None: nobody's."""
    if label is None:
        return attribution is None
    by_id = {a.id: a for a in document.attributions}
    while attribution is not None:
        found = by_id[attribution]
        source = found.source
        if source is not None:
            if source.entity is not None and is_party(_entities(document)[source.entity], label):
                return True
            if _holds(document, source, label):
                return True
        attribution = found.parent
    return False


# --- finders: the names of the parts of the record that match


def find_events(document: Document, wanted: dict[str, Any]) -> list[str]:
    """Return the events that match, one for each happening."""
    matching = [e for e in document.events if _event_matches(document, e, wanted)]
    told: set[str] = set()
    names = []
    for event in matching:
        if event.id not in told:
            names.append(f"events/{event.id} ({', '.join(k for k in wanted if k != 'count')})")
        told.update((event.id, *event.duplicates))
        for other in document.events:
            if event.id in other.duplicates:
                told.update((other.id, *other.duplicates))
    return names


def _event_matches(document: Document, event: Event, wanted: dict[str, Any]) -> bool:
    entities = _entities(document)
    tests: dict[str, Callable[[Any], bool]] = {
        "type": lambda w: _one_of(event.type, w),
        "mode": lambda w: _one_of(event.mode, w),
        "status": lambda w: _one_of(event.status, w),
        "content_status": lambda w: _one_of(event.content_status, w),
        "historical": lambda w: event.historical is w,
        "actors": lambda w: _listed((entities[p.entity] for p in event.actors), w),
        "recipients": lambda w: (
            _listed((entities[p.entity] for p in event.recipients), w) if w else not event.recipients
        ),
        "reciprocal": lambda w: event.reciprocal is w,
        "source": lambda w: _says(document, event.attribution, w),
        "time": lambda w: _begins(event.time.value if event.time else None, w),
        "latest": lambda w: _begins(event.time.latest if event.time else None, w),
        "place": lambda w: event.place is not None and w.casefold() in event.place.name.casefold(),
        "trigger": lambda w: _holds(document, event.trigger, w),
        "medium": lambda w: _holds(document, event.medium, w),
        "topics": lambda w: all(any(_holds(document, t, x) for t in event.topics) for x in w),
        "raised_by": lambda w: any(
            t.raised_by and all(is_party(entities[e], w) for e in t.raised_by) for t in event.topics
        ),
        "count": lambda w: True,
    }
    return all(tests[key](value) for key, value in wanted.items())


def find_processes(document: Document, wanted: dict[str, Any]) -> list[str]:
    """Return the processes that match."""
    keys = ", ".join(k for k in wanted if k not in ("name", "count"))
    return [
        f"processes/{p.id} {p.name!r} ({keys})"
        for p in document.processes
        if _process_matches(document, p, wanted)
    ]


def _process_matches(document: Document, process: Process, wanted: dict[str, Any]) -> bool:
    events = {e.id: e.type for e in document.events}
    spans = (*process.evidence,)
    tests: dict[str, Callable[[Any], bool]] = {
        "name": lambda w: (
            w.casefold() in process.name.casefold() or any(_holds(document, s, w) for s in spans)
        ),
        "kind": lambda w: _one_of(process.kind, w),
        "status": lambda w: _one_of(process.status, w),
        "participants": lambda w: all(_takes_part(document, process, k, v) for k, v in w.items()),
        "nobody": lambda w: all(p.commitment != w for p in process.participants),
        "interest": lambda w: all(
            any(_holds(document, s, words) for p in _parties(document, process, label) for s in p.evidence)
            for label, words in w.items()
        ),
        "place": lambda w: (
            process.place is not None and w.casefold() in process.place.name.casefold()
            if w
            else process.place is None
        ),
        "country": lambda w: process.place is not None and process.place.country == w,
        "time": lambda w: _begins(process.time.value if process.time else None, w),
        "latest": lambda w: _begins(process.time.latest if process.time else None, w),
        "timings": lambda w: all(_is_timed(document, process, t) for t in w) if w else not process.timings,
        "unknowns": lambda w: all(any(u.field == f for u in process.unknowns) for f in w),
        "not_said_by": lambda w: all(_says(document, u.attribution, w) for u in process.unknowns),
        "purpose": lambda w: _holds(document, process.purpose, w),
        "purpose_source": lambda w: (
            process.purpose is not None and _says(document, process.purpose.attribution, w)
        ),
        "outcome": lambda w: _holds(document, process.outcome, w),
        "outcome_source": lambda w: (
            process.outcome is not None and _says(document, process.outcome.attribution, w)
        ),
        "topics": lambda w: all(any(_holds(document, t, x) for t in process.topics) for x in w),
        "topic_source": lambda w: any(_says(document, t.attribution, w) for t in process.topics),
        "events": lambda w: all(any(events[e] == x for e in process.events) for x in w),
        "count": lambda w: True,
    }
    return all(tests[key](value) for key, value in wanted.items())


def _parties(document: Document, process: Process, label: str) -> list[Any]:
    entities = _entities(document)
    return [p for p in process.participants if is_party(entities[p.entity], label)]


def _takes_part(document: Document, process: Process, label: str, wanted: list[Any] | None) -> bool:
    role, commitment = wanted or [None, None]
    return any(
        (role is None or _one_of(p.role, role)) and (commitment is None or _one_of(p.commitment, commitment))
        for p in _parties(document, process, label)
    )


def _is_timed(document: Document, process: Process, wanted: dict[str, Any]) -> bool:
    return any(
        ("value" not in wanted or _begins(t.value, wanted["value"]))
        and ("latest" not in wanted or (t.latest is not None and t.latest <= str(wanted["latest"])))
        and ("status" not in wanted or _one_of(t.status, wanted["status"]))
        and ("source" not in wanted or _says(document, t.attribution, wanted["source"]))
        for t in process.timings
    )


def find_entities(document: Document, wanted: dict[str, Any]) -> list[str]:
    """Return the entities that match."""
    return [
        f"entities/{e.id} {e.name!r} ({', '.join(wanted)})"
        for e in document.entities
        if _entity_matches(document, e, wanted)
    ]


def _entity_matches(document: Document, entity: Entity, wanted: dict[str, Any]) -> bool:
    entities = _entities(document)
    countries = {entities[m].country if m in entities else m for m in entity.members or ()}
    office = entity.office.title.casefold() if entity.office else ""
    tests: dict[str, Callable[[Any], bool]] = {
        "name": lambda w: w.casefold() in entity.name.casefold(),
        "kind": lambda w: _one_of(entity.kind, w),
        "country": lambda w: entity.country == w,
        "office": lambda w: w.casefold() in office,
        "sectors": lambda w: all(s in entity.sectors for s in w),
        "members": lambda w: set(w) == countries,
        "form": lambda w: any(m.form == w for m in entity.mentions),
        "count": lambda w: True,
    }
    return all(tests[key](value) for key, value in wanted.items())


def find_attributions(document: Document, wanted: dict[str, Any]) -> list[str]:
    """Return the attributions that match."""
    found = []
    for item in document.attributions:
        tests: dict[str, Callable[[Any], bool]] = {
            "source": lambda w, a=item: _says_itself(document, a, w),  # type: ignore[misc]
            "content": lambda w, a=item: _holds(document, a.content, w),  # type: ignore[misc]
            "cue": lambda w, a=item: _holds(document, a.cue, w),  # type: ignore[misc]
            "kind": lambda w, a=item: _one_of(a.kind, w),  # type: ignore[misc]
            "stance": lambda w, a=item: _one_of(a.stance, w),  # type: ignore[misc]
            "parent": lambda w, a=item: _says(document, a.parent, w),  # type: ignore[misc]
            "count": lambda w: True,
        }
        if all(tests[key](value) for key, value in wanted.items()):
            found.append(f"attributions/{item.id} ({', '.join(wanted)})")
    return found


def _says_itself(document: Document, attribution: Any, label: str) -> bool:
    source = attribution.source
    if source is None:
        return False
    if _holds(document, source, label):
        return True
    return source.entity is not None and is_party(_entities(document)[source.entity], label)


def find_segments(document: Document, wanted: dict[str, Any]) -> list[str]:
    """Return the segments that match."""
    return [
        f"segments ({s.kind})"
        for s in document.segments
        if _one_of(s.kind, wanted["kind"]) and _holds(document, s, wanted.get("has", ""))
    ]


def find_mentions_in_segments(document: Document, wanted: dict[str, Any]) -> list[str]:
    """Return the events whose trigger lies in a segment of a kind."""
    return [
        f"events/{e.id} in {s.kind}"
        for e in document.events
        for s in document.segments
        if s.kind == wanted["kind"] and s.start <= e.trigger.start < s.end
    ]


FINDERS: dict[str, Callable[[Any, dict[str, Any]], list[str]]] = {
    "event": find_events,
    "process": find_processes,
    "entity": find_entities,
    "attribution": find_attributions,
    "segment": find_segments,
    "event_in_segment": find_mentions_in_segments,
}
