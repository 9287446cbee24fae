"""Search: codings by filters that live in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.web import choices, codings, paging
from dragoman.web.site import Link

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.web.choices import Form
    from dragoman.web.codings import Coding
    from dragoman.web.filters import Filters
    from dragoman.web.paging import Paging
    from dragoman.web.site import Site


class Context(msgspec.Struct, frozen=True):
    """What search.html shows."""

    title: str
    form: Form
    orders: tuple[Link, ...]
    paging: Paging
    codings: tuple[Coding, ...]
    exports: tuple[Link, ...]


def build(site: Site, request: Request) -> Context:
    """Answer a search."""
    asked = choices.read_filters(site, request.query_params)
    filters = asked.filters
    order = request.query_params.get("sort", "")
    order = order if order in codings.ORDERS else "newest"
    sort = None if order == "newest" else order
    page = paging.wanted(request.query_params)
    condition = filters.condition(site.ontology)
    found, total = codings.page(site.database, condition, order, page, filters.whole)
    place = paging.paging(
        total,
        page,
        lambda number: filters.href("/search", sort=sort, page=number if number > 1 else None),
    )
    return Context(
        title="Search",
        form=choices.form(site, asked, "/search", (("sort", order),) if sort else ()),
        orders=tuple(
            Link(filters.href("/search", sort=None if name == "newest" else name), words, name == order)
            for name, (words, _) in codings.ORDERS.items()
        ),
        paging=place,
        codings=tuple(found),
        exports=exports(filters, "codings"),
    )


def exports(filters: Filters, what: str) -> tuple[Link, ...]:
    """Return the links that give what a page shows as files."""
    formats = (("CSV", "csv"), ("Parquet", "parquet"), ("JSON", "json"))
    return tuple(Link(filters.href("/export", what=what, format=name), words) for words, name in formats)
