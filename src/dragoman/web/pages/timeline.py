"""The timeline: happenings day by day, beside the counts over time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec

from dragoman.web import charts, choices, happenings, paging
from dragoman.web.pages.search import exports
from dragoman.web.site import Link

if TYPE_CHECKING:
    import datetime

    from starlette.requests import Request

    from dragoman.web.charts import Chart
    from dragoman.web.choices import Form
    from dragoman.web.happenings import Happening
    from dragoman.web.paging import Paging
    from dragoman.web.site import Site


class Day(msgspec.Struct, frozen=True):
    """The happenings of one day."""

    day: datetime.date | None
    happenings: tuple[Happening, ...]


class Context(msgspec.Struct, frozen=True):
    """What timeline.html shows."""

    title: str
    form: Form
    chart: Chart | None
    orders: tuple[Link, ...]
    days: tuple[Day, ...]
    paging: Paging
    exports: tuple[Link, ...]


def build(site: Site, request: Request) -> Context:
    """Build the timeline of what the filters find."""
    asked = choices.read_filters(site, request.query_params)
    filters = asked.filters
    oldest = request.query_params.get("sort") == "oldest"
    sort = "oldest" if oldest else None
    page = paging.wanted(request.query_params)
    found, total = happenings.find(site.database, filters, site.ontology, oldest, page)
    place = paging.paging(
        total, page, lambda number: filters.href("/timeline", sort=sort, page=number if number > 1 else None)
    )
    days = itertools.groupby(found, key=lambda one: one.latest or one.earliest)
    condition = filters.condition(site.ontology)
    return Context(
        title="Timeline",
        form=choices.form(site, asked, "/timeline", (("sort", "oldest"),) if oldest else ()),
        chart=charts.over_time(site.database, site.ontology, filters, condition, "/timeline"),
        orders=(
            Link(filters.href("/timeline"), "latest first", not oldest),
            Link(filters.href("/timeline", sort="oldest"), "earliest first", oldest),
        ),
        days=tuple(Day(day, tuple(several)) for day, several in days),
        paging=place,
        exports=exports(filters, "happenings"),
    )
