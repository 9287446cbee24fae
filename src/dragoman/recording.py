"""The last step: a finished draft becomes one frozen, checked record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import model

if TYPE_CHECKING:
    from dragoman.draft import (
        Draft,
        DraftAttribution,
        DraftClaim,
        DraftEntity,
        DraftEvent,
        DraftMention,
        DraftProcess,
        DraftSite,
        DraftTopic,
    )


def freeze(draft: Draft, coder: model.CoderInfo) -> model.Document:
    """Return the record of a draft. Raises `RecordError` when a step broke an invariant.

    Ids are ordinals in text order (`n1` entities, `a1` attributions, `e1` events, `p1` processes), so the
    same text gives the same ids.
    """
    _order(draft)
    _number(draft)
    article = draft.article
    return model.Document(
        id=article.id,
        date=article.date,
        source=article.source,
        title=article.title,
        url=article.url,
        language=article.language,
        text=article.text,
        segments=tuple(draft.segments),
        sentences=tuple(model.Span(s.start, s.end) for s in draft.sentences),
        entities=tuple(_entity(e) for e in draft.entities),
        times=tuple(draft.times),
        attributions=tuple(_attribution(a) for a in draft.attributions),
        events=tuple(_event(e) for e in draft.events),
        processes=tuple(_process(p) for p in draft.processes),
        coder=coder,
        warnings=(*article.warnings, *draft.warnings),
    )


def _order(draft: Draft) -> None:
    far = len(draft.text)
    draft.entities.sort(key=lambda e: min((m.start for m in e.mentions), default=far))
    draft.attributions.sort(key=lambda a: (a.cue or a.content, a.content))
    draft.events.sort(key=lambda e: (e.trigger, e.type, e.entry))


def _number(draft: Draft) -> None:
    # Entities that only a later layer knows (a member of a collective, say) are listed as well.
    known = {id(e) for e in draft.entities}
    for entity in _mentioned_elsewhere(draft):
        if id(entity) not in known:
            known.add(id(entity))
            draft.entities.append(entity)
    for number, entity in enumerate(draft.entities, 1):
        entity.id = f"n{number}"
    for number, attribution in enumerate(draft.attributions, 1):
        attribution.id = f"a{number}"
    for number, event in enumerate(draft.events, 1):
        event.id = f"e{number}"
    for number, process in enumerate(draft.processes, 1):
        process.id = f"p{number}"


def _mentioned_elsewhere(draft: Draft) -> list[DraftEntity]:
    found: list[DraftEntity] = []
    for event in draft.events:
        found.extend(m.entity for m in (*event.actors, *event.recipients))
        found.extend(e for t in event.topics for e in t.raised_by)
    found.extend(a.source_entity for a in draft.attributions if a.source_entity is not None)
    for process in draft.processes:
        found.extend(p.entity for p in process.participants)
    for entity in (*draft.entities, *found):
        found.extend(m for m in entity.members or () if not isinstance(m, str))
    return found


def _entity(entity: DraftEntity) -> model.Entity:
    members = entity.members
    return model.Entity(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        country=entity.country,
        sectors=entity.sectors,
        office=entity.office,
        members=None if members is None else tuple(m if isinstance(m, str) else m.id for m in members),
        ids=dict(sorted(entity.ids.items())),
        mentions=tuple(
            model.Mention(m.start, m.end, m.form)
            for m in sorted(entity.mentions, key=lambda m: (m.start, m.end, m.form))
        ),
    )


def _span(span: tuple[int, int] | None) -> model.Span | None:
    return None if span is None else model.Span(*span)


def _said(attribution: DraftAttribution | None) -> str | None:
    return None if attribution is None else attribution.id


def _attribution(attribution: DraftAttribution) -> model.Attribution:
    entity = attribution.source_entity
    source = attribution.source
    return model.Attribution(
        id=attribution.id,
        source=None if source is None else model.Source(*source, entity.id if entity else None),
        cue=_span(attribution.cue),
        content=model.Span(*attribution.content),
        kind=attribution.kind,
        stance=attribution.stance,
        parent=_said(attribution.parent),
        medium=_span(attribution.medium),
    )


def _party(mention: DraftMention) -> model.Party:
    entity = mention.entity
    return model.Party(
        entity.id, mention.start, mention.end, entity.name, entity.country, tuple(entity.sectors)
    )


def _topic(topic: DraftTopic) -> model.Topic:
    return model.Topic(topic.start, topic.end, tuple(e.id for e in topic.raised_by), _said(topic.attribution))


def _event(event: DraftEvent) -> model.Event:
    return model.Event(
        id=event.id,
        type=event.type,
        mode=event.mode,
        contexts=tuple(event.contexts),
        status=event.status,
        content_status=event.content_status,
        historical=event.historical,
        actors=tuple(_party(m) for m in event.actors),
        recipients=tuple(_party(m) for m in event.recipients),
        reciprocal=event.reciprocal,
        trigger=model.Span(*event.trigger),
        sentence=event.sentence.index,
        time=event.time,
        place=event.place,
        attribution=_said(event.attribution),
        intensity=event.intensity,
        cameo=event.cameo,
        confidence=round(min(1.0, max(0.0, event.confidence)), 3),
        why=model.Why(
            event.decided_by, event.entry, round(event.score, 3), dict(sorted(event.reasons.items()))
        ),
        duplicates=tuple(other.id for other in sorted(event.duplicates, key=lambda e: e.trigger)),
        topics=tuple(_topic(t) for t in event.topics),
        medium=_span(event.medium),
    )


def _claim(claim: DraftClaim | None) -> model.Purpose | None:
    return None if claim is None else model.Purpose(claim.start, claim.end, _said(claim.attribution))


def _process(process: DraftProcess) -> model.Process:
    return model.Process(
        id=process.id,
        kind=process.kind,
        name=process.name,
        status=process.status,
        participants=tuple(
            model.Participant(
                p.entity.id,
                p.role,
                p.commitment,
                tuple(model.Span(*span) for span in sorted(p.evidence)),
                tuple(
                    model.Undertaking(
                        s.start, s.end, s.role, s.commitment, _said(s.attribution), s.background
                    )
                    for s in p.statements
                ),
            )
            for p in process.participants
        ),
        time=process.time,
        place=process.place,
        purpose=_claim(process.purpose),
        unknowns=tuple(
            model.Unknown(u.field, u.start, u.end, _said(u.attribution)) for u in process.unknowns
        ),
        events=tuple(e.id for e in sorted(process.events, key=lambda e: e.trigger)),
        evidence=tuple(model.Span(*span) for span in sorted(process.evidence)),
        timings=tuple(
            model.Timing(t.start, t.end, t.value, t.earliest, t.latest, t.status, _said(t.attribution))
            for t in process.timings
        ),
        topics=tuple(_topic(t) for t in process.topics),
        outcome=_claim(process.outcome),
        stages=tuple(
            model.Stage(s.start, s.end, s.status, _said(s.attribution), s.background, s.weak)
            for s in process.stages
        ),
        sites=tuple(_site(s) for s in process.sites),
    )


def _site(site: DraftSite) -> model.Site:
    place = site.place
    return model.Site(
        site.start, site.end, place.name, place.country, place.geonames, site.status, _said(site.attribution)
    )
