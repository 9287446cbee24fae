"""The list of dossiers: processes that several articles tell parts of."""

from __future__ import annotations

import datetime  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING

import msgspec

from dragoman.web import paging
from dragoman.web.rendering import address

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.web.paging import Paging
    from dragoman.web.site import Site


class Listed(msgspec.Struct, frozen=True):
    """A dossier in the list."""

    dossier: str
    kind: str
    name: str
    first: datetime.date | None
    last: datetime.date | None
    status: str | None
    articles: int

    @property
    def href(self) -> str:
        """The address of its page."""
        return address("/dossier", id=self.dossier)


class Context(msgspec.Struct, frozen=True):
    """What dossiers.html shows."""

    title: str
    text: str
    kind: str
    kinds: tuple[tuple[str, int], ...]
    dossiers: tuple[Listed, ...]
    paging: Paging


def build(site: Site, request: Request) -> Context:
    """Build the list: those told by the most articles first; `text` is sought in names, `kind` is one kind."""
    text = " ".join(request.query_params.get("text", "").split())[:200]
    kind = request.query_params.get("kind", "")[:60]
    where = "r.latest AND (? = '' OR contains(lower(d.name), ?)) AND (? = '' OR d.kind = ?)"
    values = [text, text.casefold(), kind, kind]
    source = "dossiers AS d JOIN runs AS r USING (run)"
    place = paging.paging(
        site.database.number(f"SELECT count(*) FROM {source} WHERE {where}", values),
        paging.wanted(request.query_params),
        lambda number: address(
            "/dossiers", text=text or None, kind=kind or None, page=number if number > 1 else None
        ),
    )
    found = site.database.rows(
        Listed,
        f"""SELECT d.dossier, d.kind, d.name, d.first, d.last, d.status, d.articles FROM {source} WHERE {where}
        ORDER BY d.articles DESC, d.last DESC NULLS LAST, d.name, d.dossier LIMIT ? OFFSET ?""",
        [*values, paging.SIZE, (place.page - 1) * paging.SIZE],
    )
    kinds = site.database.tuples(
        f"SELECT d.kind, count(*) FROM {source} WHERE r.latest GROUP BY ALL ORDER BY count(*) DESC, d.kind"
    )
    return Context("Dossiers", text, kind, tuple(kinds), tuple(found), place)
