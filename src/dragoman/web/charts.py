"""Counts over time as bars: which span a bar covers, and where each piece of it stands in the drawing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.web.filters import DAY, Condition

if TYPE_CHECKING:
    from dragoman.web.database import Database
    from dragoman.web.filters import Filters
    from dragoman.web.ontology import Ontology

Unit = Literal["day", "week", "month", "year"]
# The most bars that can still be told apart and pointed at.
MOST_BARS = 150
WIDTH, HEIGHT, FOOT, LEFT = 960, 180, 22, 44
_DAYS: dict[Unit, float] = {"day": 1, "week": 7, "month": 30.4, "year": 365.25}


class Piece(msgspec.Struct, frozen=True):
    """A part of a bar: the events of one quad class."""

    quad: int
    y: float
    height: float


class Bar(msgspec.Struct, frozen=True):
    """The events of one day, week, month or year."""

    x: float
    width: float
    words: str
    href: str
    total: int
    pieces: tuple[Piece, ...]


class Tick(msgspec.Struct, frozen=True):
    """A mark on an axis."""

    at: float
    words: str


class Chart(msgspec.Struct, frozen=True):
    """Bars over time. `vague`: events whose time is known less closely than one bar, which are not drawn."""

    unit: str
    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    vague: int
    width: int = WIDTH
    height: int = HEIGHT + FOOT
    base: int = HEIGHT
    left: int = LEFT


class Counted(msgspec.Struct, frozen=True):
    """How many events of a type begin in a unit of time; `width`: the unit within which their time is known."""

    begin: datetime.date
    type: str
    width: Unit | None
    count: int


_WIDTH = """CASE WHEN coalesce(e.latest - e.earliest, 0) < 1 THEN 'day' WHEN e.latest - e.earliest < 7 THEN 'week'
  WHEN e.latest - e.earliest < 31 THEN 'month' WHEN e.latest - e.earliest < 366 THEN 'year' END"""


def _count(database: Database, unit: Unit, condition: Condition) -> list[Counted]:
    return database.remembered(
        ("over time", unit, condition.sql, tuple(map(repr, condition.values))),
        lambda: database.rows(
            Counted,
            f"""SELECT CAST(date_trunc('{unit}', {DAY}) AS DATE), e.type, {_WIDTH}, count(*)
            FROM events_now AS e WHERE {DAY} IS NOT NULL AND {condition.sql} GROUP BY ALL ORDER BY ALL""",
            condition.values,
        ),
    )


def over_time(
    database: Database, ontology: Ontology, filters: Filters, condition: Condition, path: str
) -> Chart | None:
    """Return the chart of the events that a condition finds; None when there is none.

    A few events may be told of times long past: bars cover the months between which 98 of 100 events lie,
    unless the reader asked for a period.
    """
    counted = _count(database, "month", condition)
    if not counted:
        return None
    first, last = _bulk(counted)
    first, last = filters.since or first, filters.until or last
    if first > last:
        first, last = counted[0].begin, next_of(counted[-1].begin, "month")
    unit = unit_for(first, last)
    if unit in ("day", "week"):
        closer = Condition(f"{condition.sql} AND {DAY} BETWEEN ? AND ?", [*condition.values, first, last])
        counted = _count(database, unit, closer)
    sums: dict[datetime.date, dict[int, int]] = {}
    vague = 0
    for one in counted:
        begin = begin_of(one.begin, unit)
        if not begin_of(first, unit) <= begin <= last:
            continue
        if one.width is None or _DAYS[one.width] > _DAYS[unit]:
            vague += one.count
            continue
        of_bar = sums.setdefault(begin, {})
        number = ontology.quad(one.type).number
        of_bar[number] = of_bar.get(number, 0) + one.count
    order = [quad.number for quad in ontology.quads]
    return draw(sums, unit, first, last, vague, order, filters, path)


def _bulk(counted: list[Counted]) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of the months between which 98 of 100 events lie."""
    total = sum(one.count for one in counted)
    first, seen = None, 0
    for one in counted:
        seen += one.count
        if first is None and seen > total * 0.01:
            first = one.begin
        if seen >= total * 0.99:
            return first or one.begin, next_of(one.begin, "month") - datetime.timedelta(days=1)
    raise AssertionError("counts do not add up")


def unit_for(first: datetime.date, last: datetime.date) -> Unit:
    """Return the smallest unit that needs no more bars than can be told apart."""
    days = (last - first).days + 1
    return next((unit for unit, size in _DAYS.items() if days / size <= MOST_BARS), "year")


def begin_of(day: datetime.date, unit: Unit) -> datetime.date:
    """Return the first day of the day, week (from Monday), month or year in which a day lies."""
    if unit == "week":
        return day - datetime.timedelta(days=day.weekday())
    return day.replace(day=1, month=1) if unit == "year" else day.replace(day=1) if unit == "month" else day


def next_of(begin: datetime.date, unit: Unit) -> datetime.date:
    """Return the first day of the next unit."""
    if unit == "month":
        return (begin.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    if unit == "year":
        return begin.replace(year=begin.year + 1)
    return begin + datetime.timedelta(days=7 if unit == "week" else 1)


def draw(
    sums: dict[datetime.date, dict[int, int]],
    unit: Unit,
    first: datetime.date,
    last: datetime.date,
    vague: int,
    order: list[int],
    filters: Filters,
    path: str,
) -> Chart:
    """Return the bars of counts by unit and quad class."""
    begins = [begin_of(first, unit)]
    while (following := next_of(begins[-1], unit)) <= last and len(begins) <= 4 * MOST_BARS:
        begins.append(following)
    highest = max((sum(part.values()) for part in sums.values()), default=0)
    top = nice(highest)
    step = (WIDTH - LEFT) / len(begins)
    bars = []
    for place, begin in enumerate(begins):
        counts = sums.get(begin, {})
        total = sum(counts.values())
        if not total:
            continue
        y = float(HEIGHT)
        pieces = []
        for quad in order:
            if count := counts.get(quad, 0):
                height = count / top * (HEIGHT - 8)
                y -= height
                pieces.append(Piece(quad, round(y, 2), round(height, 2)))
        href = filters.href(path, since=begin, until=next_of(begin, unit) - datetime.timedelta(days=1))
        x = LEFT + place * step
        gap = min(step * 0.15, 2)
        bars.append(
            Bar(round(x, 2), round(max(step - gap, 0.5), 2), period(begin, unit), href, total, tuple(pieces))
        )
    across = tuple(Tick(round(LEFT + place * step, 2), words) for place, words in _labels(begins, unit))
    up = tuple(
        Tick(round(HEIGHT - part * (HEIGHT - 8), 2), f"{round(top * part):,}".replace(",", "\u2009"))
        for part in (0.5, 1.0)
    )
    return Chart(unit, tuple(bars), across, up, vague)


def nice(number: int) -> int:
    """Return the next of 2, 4, 10, 20, 40, 100, ...: the top of an axis, whose half is whole."""
    size = 1
    while True:
        for digit in (2, 4, 6, 10):
            if digit * size >= number:
                return digit * size
        size *= 10


def period(begin: datetime.date, unit: Unit) -> str:
    """Return what a bar is called: 2020-07-14, week of 2020-07-13, July 2020, 2020."""
    if unit == "month":
        return f"{begin:%B} {begin.year}"
    if unit == "year":
        return str(begin.year)
    return f"week of {begin}" if unit == "week" else str(begin)


def _labels(begins: list[datetime.date], unit: Unit) -> list[tuple[int, str]]:
    """Return at most about twelve labels, at the beginnings of years or months where there are such."""
    if unit == "year":
        marked = [(place, str(begin.year)) for place, begin in enumerate(begins)]
    else:
        several_years = begins[0].year != begins[-1].year and len(begins) * _DAYS[unit] > 800
        marked = []
        for place, begin in enumerate(begins):
            before = begins[place - 1] if place else None
            if several_years and (before is None or before.year != begin.year):
                marked.append((place, str(begin.year)))
            elif not several_years and (before is None or before.month != begin.month):
                marked.append((place, f"{begin:%b} {begin.year}"))
        if len(marked) < 2 and unit == "day":
            marked = [(place, f"{begin.day} {begin:%b}") for place, begin in enumerate(begins)]
    every = -(-len(marked) // 10)
    kept = marked[::every]
    # The first label must not run into the second.
    least = len(begins) * 0.07
    return [
        pair
        for place, pair in enumerate(kept)
        if place == 0 or pair[0] - kept[place - 1][0] >= least or place > 1
    ]
