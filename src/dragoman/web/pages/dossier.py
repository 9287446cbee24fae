"""A dossier as of a day: status ladder, parties, dates and places that are stated, unknowns, claims, timeline."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec

from dragoman.corpus import dossiers
from dragoman.errors import CorpusError
from dragoman.web.errors import NotFoundError
from dragoman.web.matrix import Grid, grid, href_of
from dragoman.web.rendering import address
from dragoman.web.site import Link

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.corpus.dossier_record import Dossier, Quote
    from dragoman.web.site import Site

# The rungs of the ladder from the ground up; what stops a process stands beside them.
CLIMB = ("possible", "proposed", "agreed", "scheduled", "held")


class Context(msgspec.Struct, frozen=True):
    """What dossier.html shows. `days`: those on which an article changed the dossier, to look at it as of then."""

    title: str
    id: str
    dossier: Dossier
    as_of: str
    problem: str | None
    days: tuple[Link, ...]
    grid: Grid

    def href(self, quote: Quote) -> str:
        """Return the address of the article that a quote is from."""
        return href_of(quote)


def build(site: Site, request: Request) -> Context:
    """Build the page; `as_of` is a date: only what was published until then counts.

    Raises:
        NotFoundError: when there is no such dossier, or none yet on that day.
    """
    name = request.query_params.get("id", "")
    written = request.query_params.get("as_of", "").strip()
    problem = None
    as_of: str | None = None
    if written:
        try:
            as_of = datetime.date.fromisoformat(written).isoformat()
        except ValueError:
            problem = f"{written[:40]!r} is no date; write it as 2020-07-14"
    try:
        with site.database.corpus() as corpus:
            whole = dossiers.find(corpus, name)
            shown = dossiers.find(corpus, name, as_of) if as_of else whole
    except CorpusError as error:
        raise NotFoundError(error.message, where=error.where, advice=error.advice) from error
    days = sorted({day for day in (*(moment.date for moment in whole.timeline), whole.last) if day})
    return Context(
        title=shown.name,
        id=name,
        dossier=shown,
        as_of=as_of or "",
        problem=problem,
        days=tuple(
            Link(
                address("/dossier", id=name, as_of=None if day == whole.last else day),
                day,
                day == (as_of or whole.last),
            )
            for day in days
        ),
        grid=grid(shown.matrix),
    )
