"""Names of actors while somebody types; the filter form works without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.web.site import Site

MOST = 12


class Suggestion(msgspec.Struct, frozen=True):
    """An actor whose name holds what was typed."""

    key: str
    name: str
    country: str | None
    events: int


def build(site: Site, request: Request) -> Response:
    """Return the actors named most often whose name holds the words, as JSON."""
    words = request.query_params.get("words", "").strip().casefold()[:100]
    found = (
        site.database.rows(
            Suggestion,
            """SELECT key, min(name), min(country), count(*) FROM participants_now WHERE contains(lower(name), ?)
            GROUP BY key ORDER BY count(*) DESC, key LIMIT ?""",
            [words, MOST],
        )
        if words
        else []
    )
    return Response(msgspec.json.encode(found), media_type="application/json")
