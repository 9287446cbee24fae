"""The overview: what is in the corpus, over time, by type and status, between whom, and from which sources."""

from __future__ import annotations

import datetime  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING

import msgspec

from dragoman.web import charts, choices, dyads
from dragoman.web.filters import Filters

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.web.charts import Chart
    from dragoman.web.dyads import Dyad, Often
    from dragoman.web.site import Site

DYADS, ACTORS, SOURCES = 12, 12, 12


class Facts(msgspec.Struct, frozen=True):
    """What the corpus holds. `copies`: articles that are wire copies of another."""

    articles: int
    copies: int
    sources: int
    first: datetime.date | None
    last: datetime.date | None


class Cell(msgspec.Struct, frozen=True):
    """How many codings of a type have a status; `shade` is 0 to 6."""

    count: int
    shade: int
    href: str


class Row(msgspec.Struct, frozen=True):
    """A type, and its codings by status."""

    type: str
    quad: int
    shape: str
    definition: str
    total: int
    href: str
    cells: tuple[Cell, ...]


class Source(msgspec.Struct, frozen=True):
    """A source of articles, and how many of its articles are copies."""

    name: str | None
    articles: int
    copies: int
    events: int
    href: str = ""


class Context(msgspec.Struct, frozen=True):
    """What overview.html shows."""

    title: str
    facts: Facts
    codings: int
    happenings: int
    told_more_than_once: int
    dossiers: int
    coder: str | None
    chart: Chart | None
    statuses: tuple[str, ...]
    rows: tuple[Row, ...]
    dyads: tuple[Dyad, ...]
    actors: tuple[Often, ...]
    sources: tuple[Source, ...]


def build(site: Site, request: Request) -> Context:
    """Build the overview; no part of the request changes it."""
    return content(site)


def content(site: Site) -> Context:
    """Return the overview of the whole corpus."""
    database, everything = site.database, Filters()
    condition = everything.condition(site.ontology)
    facts = database.rows(
        Facts,
        "SELECT count(*), count(copy_of), count(DISTINCT source), min(date), max(date) FROM articles",
    )[0]
    told = database.tuples("SELECT count(*), count(*) FILTER (sources > 1) FROM happenings_now")[0]
    coder = database.tuples("SELECT version, codebook FROM runs WHERE latest")
    statuses, rows = _by_type(site)
    return Context(
        title="Overview",
        facts=facts,
        codings=sum(row.total for row in rows),
        happenings=told[0],
        told_more_than_once=told[1],
        dossiers=database.number("SELECT count(*) FROM dossiers JOIN runs USING (run) WHERE latest"),
        coder=f"dragoman {coder[0][0]}, codebook {coder[0][1]}" if coder else None,
        chart=charts.over_time(database, site.ontology, everything, condition, "/search"),
        statuses=statuses,
        rows=rows,
        dyads=tuple(dyads.strongest(site, everything, DYADS, "/search")),
        actors=tuple(dyads.often(site, everything, ACTORS, "/search")),
        sources=_sources(site),
    )


def _by_type(site: Site) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    found = site.database.tuples(
        "SELECT type, status, count(*) FROM events_now WHERE duplicate_of IS NULL GROUP BY ALL"
    )
    counts = {(type_name, status): count for type_name, status, count in found}
    present = {status for _, status in counts}
    statuses = tuple(status for status in choices.STATUSES if status in present)
    highest = max(counts.values(), default=1)
    rows = []
    for type_name in site.ontology.ordered({type_name for type_name, _ in counts}):
        quad = site.ontology.quad(type_name)
        only = Filters(type=(type_name,))
        cells = tuple(
            Cell(count, shade(count, highest), only.href("/search", status=(status,)))
            for status in statuses
            for count in (counts.get((type_name, status), 0),)
        )
        rows.append(
            Row(
                type_name, quad.number, quad.shape, site.ontology.definition(type_name),
                sum(cell.count for cell in cells), only.href("/search"), cells,
            )
        )  # fmt: skip
    return statuses, tuple(rows)


def shade(count: int, highest: int) -> int:
    """Return 0 for nothing, else 1 to 6 by the size of a count beside the highest, by roots: small ones still show."""
    return 0 if not count else min(6, 1 + int(5 * (count / highest) ** 0.5))


def _sources(site: Site) -> tuple[Source, ...]:
    found = site.database.rows(
        Source,
        """WITH told AS (SELECT article, count(*) AS events FROM events_now WHERE duplicate_of IS NULL GROUP BY article)
        SELECT a.source, count(*), count(a.copy_of), CAST(coalesce(sum(told.events), 0) AS BIGINT)
        FROM (SELECT article, source, copy_of FROM articles) AS a LEFT JOIN told USING (article)
        GROUP BY a.source ORDER BY count(*) DESC, a.source LIMIT ?""",
        [SOURCES],
    )
    return tuple(
        msgspec.structs.replace(one, href=Filters(source=one.name).href("/search") if one.name else "")
        for one in found
    )
