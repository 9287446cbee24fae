"""Corrections: what people corrected, each of which can be undone; and where forms lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.web import correcting, paging
from dragoman.web.correcting import Made
from dragoman.web.rendering import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from dragoman.web.paging import Paging
    from dragoman.web.site import Site


class Line(msgspec.Struct, frozen=True):
    """A correction in the list, and the coding or happening that it is about, as far as the latest run has it."""

    made: Made
    type: str | None
    article: str | None
    source: str | None
    sentence: str | None
    href: str | None


class Context(msgspec.Struct, frozen=True):
    """What corrections.html shows."""

    title: str
    lines: tuple[Line, ...]
    paging: Paging
    undone: int


class _Row(Made, frozen=True):
    type: str | None
    article: str | None
    event: str | None
    source: str | None
    sentence: str | None


def build(site: Site, request: Request) -> Context:
    """Build the list, the latest correction first."""
    total, undone = site.database.tuples("SELECT count(*), count(*) FILTER (undone) FROM corrections")[0]
    place = paging.paging(
        total,
        paging.wanted(request.query_params),
        lambda number: address("/corrections", page=number if number > 1 else None),
    )
    rows = site.database.rows(
        _Row,
        """WITH shown AS (SELECT * FROM corrections ORDER BY made DESC, correction LIMIT ? OFFSET ?)
        SELECT s.correction, s.made, s.author, s.action, s.subject, s.target, s.field, s.value, s.note, s.undone,
          e.type, e.article, e.event, a.source, e.sentence
        FROM shown AS s
        LEFT JOIN (SELECT e.* FROM events AS e JOIN runs USING (run)
          WHERE runs.latest AND e.anchor IN (SELECT target FROM shown)) AS e ON e.anchor = s.target
        LEFT JOIN articles AS a ON a.article = e.article ORDER BY s.made DESC, s.correction""",
        [paging.SIZE, (place.page - 1) * paging.SIZE],
    )
    return Context("Corrections", tuple(_line(row) for row in rows), place, undone)


def _line(row: _Row) -> Line:
    made = Made(**{name: getattr(row, name) for name in Made.__struct_fields__})
    href = address("/article", id=row.article, coding=row.event) + "#coding" if row.article else None
    if row.subject == "happening":
        href = address("/happening", id=row.target)
    elif row.subject == "entity":
        href = address("/search", actor=row.target, both="1")
    return Line(made, row.type, row.article, row.source, row.sentence, href)


def change(site: Site, fields: Mapping[str, str]) -> str:
    """Make the correction of a form, and return the address of the page to go on with."""
    action = correcting.change(site, fields)
    back = correcting.local(fields.get("back", ""))
    path, mark, place = back.partition("#")
    kept = [part for part in path.partition("?")[2].split("&") if part and not part.startswith("said=")]
    return f"{path.partition('?')[0]}?{'&'.join([*kept, f'said={action}'])}{mark}{place}"
