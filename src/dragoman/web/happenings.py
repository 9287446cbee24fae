"""Happenings as the pages list them."""

from __future__ import annotations

import datetime  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING

import msgspec

from dragoman.web import paging
from dragoman.web.rendering import address

if TYPE_CHECKING:
    from dragoman.web.database import Database
    from dragoman.web.filters import Filters
    from dragoman.web.ontology import Ontology

DAY = "coalesce(h.latest, h.earliest)"


class Happening(msgspec.Struct, frozen=True):
    """A happening, and from how many reports and independent sources it is known."""

    happening: str
    type: str
    mode: str | None
    status: str
    title: str
    earliest: datetime.date | None
    latest: datetime.date | None
    place: str | None
    place_country: str | None
    reports: int
    sources: int
    disputed: bool = False

    @property
    def href(self) -> str:
        """The address of its page."""
        return address("/happening", id=self.happening)


COLUMNS = """h.happening, h.type, h.mode, h.status, h.title, h.earliest, h.latest, h.place, h.place_country,
  h.reports, h.sources"""


def _where(filters: Filters, ontology: Ontology) -> tuple[str, list[object]]:
    if filters.whole:
        return "TRUE", []
    if of_reports := filters.of_reports():
        sql = f"h.happening IN (SELECT r.happening FROM reports_now AS r WHERE {of_reports.sql})"
        return sql, of_reports.values
    condition = filters.condition(ontology)
    sql = f"""h.happening IN (SELECT r.happening FROM reports_now AS r
      WHERE (r.article, r.event) IN (SELECT (e.article, e.event) FROM events_now AS e WHERE {condition.sql}))"""
    return sql, condition.values


def find(
    database: Database, filters: Filters, ontology: Ontology, oldest: bool, page: int
) -> tuple[list[Happening], int]:
    """Return a page of the happenings that have a report that the filters find, by their day; and how many there are.

    A page after the last is taken for the last.
    """
    sql, values = _where(filters, ontology)
    way = "ASC" if oldest else "DESC"

    def chosen(number: int) -> list[tuple[str, int]]:
        where, given, counted = sql, values, "count(*) OVER ()"
        offset = (number - 1) * paging.SIZE
        if offset >= paging.FAR:
            days = database.tuples(
                f"""SELECT {DAY}, count(*) FROM happenings_now AS h WHERE {sql} GROUP BY {DAY}
                ORDER BY {DAY} {way} NULLS LAST""",
                values,
            )
            within = paging.stretch(DAY, days, offset)
            where, given, offset = f"{within.sql} AND {sql}", [*within.values, *values], within.offset
            counted = str(sum(count for _, count in days))
        return database.tuples(
            f"""SELECT h.happening, {counted} FROM happenings_now AS h WHERE {where}
            ORDER BY {DAY} {way} NULLS LAST, h.happening LIMIT ? OFFSET ?""",
            [*given, paging.SIZE, offset],
        )

    rows = chosen(page)
    if not rows and page > 1:
        total = database.number(f"SELECT count(*) FROM happenings_now AS h WHERE {sql}", values)
        rows = chosen(paging.last_page(total))
    return _named(database, [name for name, _ in rows]), rows[0][1] if rows else 0


def _named(database: Database, chosen: list[str]) -> list[Happening]:
    found = database.rows(
        Happening,
        f"""WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS happening),
        torn AS (SELECT happening AS one FROM disputes_now UNION SELECT other FROM disputes_now)
        SELECT {COLUMNS}, h.happening IN (SELECT one FROM torn) AS disputed FROM happenings_now AS h
        WHERE h.happening IN (SELECT happening FROM wanted)""".replace(
            "disputes_now", "(SELECT d.* FROM disputes AS d JOIN runs USING (run) WHERE runs.latest)"
        ),
        [chosen],
    )
    by_id = {one.happening: one for one in found}
    return [by_id[name] for name in chosen if name in by_id]
