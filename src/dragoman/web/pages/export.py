"""What is on a page, as a file: the same filters, all rows."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse

from dragoman.web import choices, files
from dragoman.web.errors import RequestError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from dragoman.web.site import Site

_FOUND = "WITH found AS (SELECT e.* FROM events_now AS e WHERE {condition})"
_SIDE = """list(p.{column} ORDER BY p.position) FILTER (p.side = '{side}') AS {name}"""
_SIDES = ", ".join(
    _SIDE.format(column=column, side=side, name=f"{side}_{word}")
    for side in ("actor", "recipient")
    for column, word in (("name", "names"), ("key", "keys"), ("country", "countries"))
)
# Each kind of table, over the events `found` that the filters find.
TABLES = {
    "codings": f"""{_FOUND}, sides AS (SELECT p.article, p.event, {_SIDES} FROM participants_now AS p
        JOIN found ON found.article = p.article AND found.event = p.event GROUP BY p.article, p.event)
      SELECT f.* EXCLUDE (run), s.* EXCLUDE (article, event), r.happening, a.source, a.title, a.url,
        a.copy_of, a.wire
      FROM found AS f LEFT JOIN sides AS s ON s.article = f.article AND s.event = f.event
      LEFT JOIN reports_now AS r ON r.article = f.article AND r.event = f.event
      LEFT JOIN articles AS a ON a.article = f.article
      ORDER BY f.date DESC NULLS LAST, f.article, f."start", f.event""",
    "happenings": f"""{_FOUND}
      SELECT h.* EXCLUDE (run) FROM happenings_now AS h WHERE h.happening IN (
        SELECT r.happening FROM reports_now AS r JOIN found ON found.article = r.article AND found.event = r.event)
      ORDER BY coalesce(h.latest, h.earliest) DESC NULLS LAST, h.happening""",
    "dyads": f"""{_FOUND}
      SELECT a.key AS actor_key, min(a.name) AS actor, b.key AS recipient_key, min(b.name) AS recipient,
        f.type, f.status,
        count(DISTINCT (f.article, f.event)) AS codings
      FROM found AS f
      JOIN participants_now AS a ON a.article = f.article AND a.event = f.event AND a.side = 'actor'
      JOIN participants_now AS b ON b.article = f.article AND b.event = f.event
        AND (b.side = 'recipient' OR (f.reciprocal AND b.side = 'actor' AND a.key < b.key))
      WHERE a.key <> b.key GROUP BY a.key, b.key, f.type, f.status
      ORDER BY codings DESC, a.key, b.key, f.type, f.status""",
    "places": f"""{_FOUND}
      SELECT f.place, f.place_country, f.precision, f.lat, f.lon, f.geonames, f.type, f.status, count(*) AS codings
      FROM found AS f GROUP BY ALL ORDER BY codings DESC, f.place, f.place_country, f.type, f.status, f.lat, f.lon""",
}


def build(site: Site, request: Request) -> Response:
    """Return the file.

    Raises:
        RequestError: when there is no such table or form, or a filter cannot be read.
    """
    what, form = request.query_params.get("what", ""), request.query_params.get("format", "")
    if what not in TABLES:
        raise RequestError(f"there is no table {what[:40]!r}", advice=f"choose one of {', '.join(TABLES)}")
    if form not in files.MEDIA:
        raise RequestError(
            f"there is no format {form[:40]!r}", advice=f"choose one of {', '.join(files.MEDIA)}"
        )
    asked = choices.read_filters(site, request.query_params)
    if asked.problems:  # a file does not show that a filter was left out
        raise RequestError("; ".join(asked.problems), advice="mend the filters and ask again")
    condition = asked.filters.condition(site.ontology)
    sql = TABLES[what].replace("{condition}", condition.sql)
    pieces = files.written(site.database, form, sql, condition.values)
    first = next(pieces)  # errors come now, as a page, not in the middle of a file
    return StreamingResponse(
        itertools.chain([first], pieces),
        media_type=files.MEDIA[form],
        headers={"Content-Disposition": f'attachment; filename="{what}.{form}"'},
    )
