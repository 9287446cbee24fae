"""Codings as the pages list them: found by a condition, with their parties, sentence and happening."""

from __future__ import annotations

import datetime  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.web import paging
from dragoman.web.filters import DAY
from dragoman.web.rendering import address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.web.database import Database
    from dragoman.web.filters import Condition

SENTENCE_SHOWN = 700
ORDERS = {
    "newest": ("newest report first", "e.date DESC NULLS LAST"),
    "oldest": ("oldest report first", "e.date ASC NULLS LAST"),
    "latest": ("latest event first", f"{DAY} DESC NULLS LAST"),
    "surest": ("surest first", "e.confidence DESC"),
    "hostile": ("most hostile first", "e.intensity ASC NULLS LAST"),
    "friendly": ("most friendly first", "e.intensity DESC NULLS LAST"),
}
# The day by which an order goes, for those that go by one.
DAYS = {"newest": "e.date", "oldest": "e.date", "latest": DAY}


class Who(msgspec.Struct, frozen=True):
    """A party of a coding."""

    key: str
    name: str
    country: str | None
    sectors: tuple[str, ...]

    @property
    def code(self) -> str:
        """Country and sectors: `RUS:GOV`."""
        return ":".join(filter(None, (self.country, "/".join(self.sectors))))


class Coding(msgspec.Struct, frozen=True):
    """One event as one article reports it."""

    article: str
    event: str
    date: datetime.date | None
    type: str
    mode: str | None
    status: str
    content_status: str | None
    historical: bool
    reciprocal: bool
    start: int
    end: int
    sentence: str
    sentence_start: int
    earliest: datetime.date | None
    latest: datetime.date | None
    time_stated: bool | None
    place: str | None
    place_country: str | None
    precision: str | None
    claim: str | None
    claimant: str | None
    claimant_key: str | None
    stance: str | None
    confidence: float
    source: str | None
    title: str | None
    copy_of: str | None
    happening: str | None
    reports: int | None
    sources: int | None
    score: float | None
    reason: str | None
    actors: tuple[Who, ...] = ()
    recipients: tuple[Who, ...] = ()

    @property
    def href(self) -> str:
        """The address of the coding on the page of its article."""
        return address("/article", id=self.article, coding=self.event) + "#coding"

    @property
    def pieces(self) -> tuple[str, str, str]:
        """The sentence: what is before the trigger, the trigger, what is after it; long ones are cut."""
        start = min(max(self.start - self.sentence_start, 0), len(self.sentence))
        end = min(max(self.end - self.sentence_start, start), len(self.sentence))
        before, after = self.sentence[:start], self.sentence[end:]
        half = SENTENCE_SHOWN // 2
        if len(before) + len(after) > SENTENCE_SHOWN:
            before = "… " + before[-half:] if len(before) > half else before
            after = after[:half] + " …" if len(after) > half else after
        return before, self.sentence[start:end][:SENTENCE_SHOWN], after


_COLUMNS = """e.article, e.event, e.date, e.type, e.mode, e.status, e.content_status, e.historical, e.reciprocal,
  e."start", e."end", e.sentence, e.sentence_start, e.earliest, e.latest, e.time_stated, e.place, e.place_country,
  e.precision, e.claim, e.claimant, e.claimant_key, e.stance, e.confidence, a.source, a.title, a.copy_of"""


def count(database: Database, condition: Condition) -> int:
    """Return how many codings a condition finds."""
    return database.number(f"SELECT count(*) FROM events_now AS e WHERE {condition.sql}", condition.values)


def find(
    database: Database, condition: Condition, order: str = "newest", limit: int = paging.SIZE, offset: int = 0
) -> list[Coding]:
    """Return some of the codings that a condition finds, in one of `ORDERS`."""
    return named(database, _chosen(database, condition, order, limit, offset, "0"))


def page(
    database: Database, condition: Condition, order: str, number: int, whole: bool
) -> tuple[list[Coding], int]:
    """Return a page of the codings that a condition finds, and how many there are.

    A page after the last is taken for the last. `whole`: the condition leaves nearly nothing out; counting is
    then quicker apart, otherwise it is done while they are found.
    """
    total = count(database, condition) if whole else None
    last = paging.LAST if total is None else paging.last_page(total)
    counted = "count(*) OVER ()" if total is None else "0"

    def chosen(at: int) -> list[tuple[Any, ...]]:
        return _chosen(database, condition, order, paging.SIZE, (at - 1) * paging.SIZE, counted)

    rows = chosen(min(number, last))
    if total is None and not rows and number > 1:
        rows = chosen(paging.last_page(count(database, condition)))
    return named(database, rows), (rows[0][2] if rows else 0) if total is None else total


def _chosen(
    database: Database, condition: Condition, order: str, limit: int, offset: int, counted: str
) -> list[tuple[Any, ...]]:
    """Return article and event of some codings: sorting whole rows would read every column of every row."""
    sql, values, by = condition.sql, condition.values, ORDERS[order][1]
    if offset >= paging.FAR and order in DAYS:
        day = DAYS[order]
        days = database.tuples(
            f"SELECT {day}, count(*) FROM events_now AS e WHERE {sql} GROUP BY {day} ORDER BY {by}", values
        )
        within = paging.stretch(day, days, offset)
        sql, values, offset = f"{within.sql} AND {sql}", [*within.values, *values], within.offset
        counted = str(sum(count for _, count in days))
    return database.tuples(
        f"""SELECT e.article, e.event, {counted} FROM events_now AS e WHERE {sql}
        ORDER BY {by}, e.article, e."start", e.event LIMIT ? OFFSET ?""",
        [*values, limit, offset],
    )


def named(database: Database, chosen: Sequence[tuple[Any, ...]]) -> list[Coding]:
    """Return codings by article and event, in the order given; those that there are none of are left out."""
    if not chosen:
        return []
    articles, events = [one[0] for one in chosen], [one[1] for one in chosen]
    wanted = "(SELECT unnest(?::VARCHAR[]) AS article, unnest(?::VARCHAR[]) AS event)"
    found = database.rows(
        Coding,
        f"""WITH wanted AS {wanted}, told AS (
          SELECT r.article, r.event, r.happening, r.score, r.reason FROM reports_now AS r
          WHERE r.article IN (SELECT article FROM wanted)
            AND (r.article, r.event) IN (SELECT (article, event) FROM wanted)),
        bound AS (SELECT h.happening, h.reports, h.sources FROM happenings_now AS h
          WHERE h.happening IN (SELECT happening FROM told))
        SELECT {_COLUMNS}, told.happening, bound.reports, bound.sources, told.score, told.reason
        FROM (SELECT * FROM events_now AS e WHERE e.article IN (SELECT article FROM wanted)) AS e
        JOIN wanted ON wanted.article = e.article AND wanted.event = e.event
        JOIN (SELECT * FROM articles WHERE article IN (SELECT article FROM wanted)) AS a ON a.article = e.article
        LEFT JOIN told ON told.article = e.article AND told.event = e.event
        LEFT JOIN bound ON bound.happening = told.happening""",
        [articles, events],
    )
    parties: dict[tuple[str, str, str], list[Who]] = {}
    for article, event, side, *rest in database.tuples(
        f"""WITH wanted AS {wanted}
        SELECT p.article, p.event, p.side, p.key, p.name, p.country, p.sectors FROM participants_now AS p
        WHERE p.article IN (SELECT article FROM wanted)
          AND (p.article, p.event) IN (SELECT (article, event) FROM wanted)
        ORDER BY p.position""",
        [articles, events],
    ):
        key, name, country, sectors = rest
        parties.setdefault((article, event, side), []).append(Who(key, name, country, tuple(sectors or ())))
    full = {
        (one.article, one.event): msgspec.structs.replace(
            one,
            actors=tuple(parties.get((one.article, one.event, "actor"), ())),
            recipients=tuple(parties.get((one.article, one.event, "recipient"), ())),
        )
        for one in found
    }
    return [full[pair] for pair in zip(articles, events, strict=True) if pair in full]
