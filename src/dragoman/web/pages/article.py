"""An article: its text with the words that every field of a coding came from, and why."""

from __future__ import annotations

import datetime  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import CorpusError
from dragoman.exporting import reasons, wording
from dragoman.web import correcting, highlighting
from dragoman.web.errors import NotFoundError
from dragoman.web.rendering import address

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.model import Document, Event
    from dragoman.web.correcting import Editable, Made
    from dragoman.web.highlighting import Field, Piece
    from dragoman.web.site import Site


class Head(msgspec.Struct, frozen=True):
    """What is known of the article. `wire`: how many articles are copies of one another, with this one."""

    article: str
    date: datetime.date | None
    source: str | None
    title: str | None
    url: str | None
    copy_of: str | None
    similarity: float | None
    wire: str | None


class Now(msgspec.Struct, frozen=True):
    """How a coding stands now, with the corrections: type and status, its happening, and its judgement."""

    event: str
    type: str
    mode: str | None
    status: str
    judgement: str | None
    happening: str | None
    title: str | None
    sources: int | None


class Item(msgspec.Struct, frozen=True):
    """A coding in the list beside the text; `now` is None when it was rejected."""

    event: str
    type: str
    mode: str | None
    status: str
    parties: str
    href: str
    here: bool
    rejected: bool
    judgement: str | None
    again: str | None


class Chosen(msgspec.Struct, frozen=True):
    """The coding that is shown, field by field, and what can be done about it."""

    event: str
    anchor: str
    entry: str
    by_model: bool
    score: float
    fields: tuple[Field, ...]
    now: Now | None
    made: tuple[Made, ...]
    editable: tuple[Editable, ...]


class Process(msgspec.Struct, frozen=True):
    """A process of the article, and the dossier that it belongs to."""

    process: str
    kind: str
    name: str
    status: str
    dossier: str | None


class Context(msgspec.Struct, frozen=True):
    """What article.html shows."""

    title: str
    head: Head
    pieces: tuple[Piece, ...]
    left_out: int
    items: tuple[Item, ...]
    chosen: Chosen | None
    copies: tuple[Head, ...]
    processes: tuple[Process, ...]
    warnings: tuple[str, ...]


_HEAD = "SELECT article, date, source, title, url, copy_of, similarity, wire FROM articles"


def build(site: Site, request: Request) -> Context:
    """Build the page of an article; `coding` names the coding that is shown, else it is the first.

    Raises:
        NotFoundError: when there is no such article or coding.
    """
    name = request.query_params.get("id", "")
    head = site.database.one(Head, f"{_HEAD} WHERE article = ?", [name])
    if head is None:
        raise NotFoundError(f"there is no article {name[:80]!r}", advice="look for it in the search")
    try:
        with site.database.corpus() as corpus:
            document = corpus.document(name)
    except CorpusError as error:
        raise NotFoundError(
            f"article {name[:80]!r} is not coded in the latest run",
            advice="code it again with `dragoman add --recode`",
        ) from error
    now = {
        one.event: one
        for one in site.database.rows(
            Now,
            """SELECT e.event, e.type, e.mode, e.status, e.judgement, r.happening, h.title, h.sources
            FROM events_now AS e
            LEFT JOIN (SELECT * FROM reports_now WHERE article = ?) AS r ON r.event = e.event
            LEFT JOIN happenings_now AS h ON h.happening = r.happening WHERE e.article = ?""",
            [name, name],
        )
    }
    event = _event(document, request.query_params.get("coding"))
    chosen = None if event is None else _chosen(site, document, event, now.get(event.id))
    heads = {again: one.id for one in document.events for again in one.duplicates}
    return Context(
        title=head.title or wording.title_of(document) or head.article,
        head=head,
        pieces=highlighting.pieces(document, chosen.fields if chosen else (), document.events),
        left_out=max(len(document.text) - highlighting.SHOWN, 0),
        items=tuple(_item(one, now.get(one.id), event, name, heads) for one in document.events),
        chosen=chosen,
        copies=_copies(site, head),
        processes=tuple(
            site.database.rows(
                Process,
                """SELECT p.process, p.kind, p.name, p.status, d.dossier FROM processes AS p JOIN runs USING (run)
                LEFT JOIN dossier_reports AS d ON d.run = p.run AND d.article = p.article AND d.process = p.process
                WHERE runs.latest AND p.article = ? ORDER BY p.process""",
                [name],
            )
        ),
        warnings=document.warnings,
    )


def _event(document: Document, name: str | None) -> Event | None:
    if name is None:
        return document.events[0] if document.events else None
    for event in document.events:
        if event.id == name:
            return event
    raise NotFoundError(f"the article has no coding {name[:40]!r}", advice="choose one from its list")


def _chosen(site: Site, document: Document, event: Event, now: Now | None) -> Chosen:
    anchor = site.database.tuples(
        "SELECT anchor FROM events JOIN runs USING (run) WHERE runs.latest AND article = ? AND event = ?",
        [document.id, event.id],
    )[0][0]
    shown = highlighting.fields(document, event)
    return Chosen(
        event=event.id,
        anchor=anchor,
        entry=event.why.entry,
        by_model=event.why.decided_by == "model",
        score=event.why.score,
        fields=shown,
        now=now,
        made=correcting.about(site, anchor),
        editable=correcting.editable(_written(document, event)),
    )


def _written(document: Document, event: Event) -> dict[str, str | None]:
    """Return the fields of a coding as a form takes them."""
    values = {name: reasons.value_of(document, event, name) for name in reasons.FIELDS}
    time, said = event.time, {one.id: one for one in document.attributions}.get(event.attribution or "")
    entities = {one.id: one for one in document.entities}
    speaker = entities.get((said.source.entity or "") if said and said.source else "")
    return values | {
        "actors": "; ".join(wording.party(one) for one in event.actors),
        "recipients": "; ".join(wording.party(one) for one in event.recipients),
        "historical": str(event.historical).lower(),
        "reciprocal": str(event.reciprocal).lower(),
        "time": wording.dates(None, time.earliest, time.latest) if time else None,
        "claimant": None
        if speaker is None
        else speaker.name + (f" ({speaker.country})" if speaker.country else ""),
        "stance": said.stance if said else None,
    }


def _item(event: Event, now: Now | None, chosen: Event | None, article: str, heads: dict[str, str]) -> Item:
    return Item(
        event=event.id,
        type=now.type if now else event.type,
        mode=now.mode if now else event.mode,
        status=now.status if now else event.status,
        parties=" → ".join(
            ", ".join(party.name for party in side) for side in (event.actors, event.recipients) if side
        ),
        href=address("/article", id=article, coding=event.id) + "#coding",
        here=chosen is not None and event.id == chosen.id,
        rejected=now is None,
        judgement=now.judgement if now else None,
        again=heads.get(event.id),
    )


def _copies(site: Site, head: Head) -> tuple[Head, ...]:
    if head.wire is None:
        return ()
    found = site.database.rows(
        Head,
        f"{_HEAD} WHERE wire = ? AND article <> ? ORDER BY date, article LIMIT 60",
        [head.wire, head.article],
    )
    return tuple(found)
