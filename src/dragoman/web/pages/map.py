"""The map: points only for places that are points; what is known by country alone shades the country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.web import basemap, choices
from dragoman.web.ontology import OTHER
from dragoman.web.pages.overview import shade
from dragoman.web.pages.search import exports
from dragoman.web.projection import project
from dragoman.web.site import Link

if TYPE_CHECKING:
    from starlette.requests import Request

    from dragoman.web.basemap import Shape
    from dragoman.web.choices import Form
    from dragoman.web.filters import Condition, Filters
    from dragoman.web.site import Site

POINTS = 600
LISTED = 25
SMALLEST, LARGEST = 3.5, 22.0
# Below this size on the map a shape cannot be seen: a ring marks the country.
TINY = 14
# Without the Antarctic, of which the base map has nothing.
RATIO = 0.43
# Views that need no script: name, and left, top, width of the window on the map (its height is RATIO of the width).
VIEWS = {
    "world": ("World", (0, 10, 2000)),
    "europe": ("Europe", (900, 95, 340)),
    "middle-east": ("Middle East", (1080, 240, 340)),
    "africa": ("Africa", (820, 300, 620)),
    "asia": ("Asia", (1230, 170, 620)),
    "americas": ("Americas", (150, 100, 1100)),
    "oceania": ("Oceania", (1500, 420, 500)),
}


class Point(msgspec.Struct, frozen=True):
    """A place with coordinates: where it lies, how many codings name it, and its most frequent class."""

    x: float
    y: float
    radius: float
    place: str
    country: str | None
    count: int
    quad: int
    href: str


class Area(msgspec.Struct, frozen=True):
    """A country, and how many codings are known to have taken place somewhere in it and no closer."""

    shape: Shape
    count: int
    shade: int
    ring: bool
    href: str | None


class Listed(msgspec.Struct, frozen=True):
    """A place in the table below the map."""

    place: str
    country: str | None
    exact: bool
    count: int
    href: str


class Context(msgspec.Struct, frozen=True):
    """What map.html shows. `left_out`: places with coordinates beyond those that are drawn."""

    title: str
    form: Form
    views: tuple[Link, ...]
    window: tuple[float, float, float, float]
    scale: float
    areas: tuple[Area, ...]
    points: tuple[Point, ...]
    listed: tuple[Listed, ...]
    exact: int
    by_country: int
    nowhere: int
    unmapped: tuple[str, ...]
    left_out: int
    exports: tuple[Link, ...]


class _Place(msgspec.Struct):
    place: str
    country: str | None
    lat: float
    lon: float
    count: int
    by_quad: dict[int, int]


def build(site: Site, request: Request) -> Context:
    """Build the map of what the filters find."""
    asked = choices.read_filters(site, request.query_params)
    filters = asked.filters
    condition = filters.condition(site.ontology)
    view = request.query_params.get("view", "world")
    view = view if view in VIEWS else "world"
    left, top, width = VIEWS[view][1]
    world = basemap.world()
    height = width * RATIO
    places, different, exact = _places(site, condition)
    countries = _countries(site, condition)
    nowhere = site.database.number(
        f"SELECT count(*) FROM events_now AS e WHERE e.place IS NULL AND {condition.sql}", condition.values
    )
    scale = width / world.width
    return Context(
        title="Map",
        form=choices.form(site, asked, "/map", (("view", view),) if view != "world" else ()),
        views=tuple(
            Link(filters.href("/map", view=None if name == "world" else name), words, name == view)
            for name, (words, _) in VIEWS.items()
        ),
        window=(left, top, width, height),
        scale=round(scale, 3),
        areas=_areas(filters, countries),
        points=_points(filters, places, scale),
        listed=_listed(filters, places, countries),
        exact=exact,
        by_country=sum(countries.values()),
        nowhere=nowhere,
        unmapped=tuple(sorted(code for code in countries if not code or world.largest(code) is None)),
        left_out=different - len(places),
        exports=exports(filters, "places"),
    )


def _places(site: Site, condition: Condition) -> tuple[list[_Place], int, int]:
    """Return the most frequent places with coordinates, how many places there are, and how many codings name one."""
    quads = site.ontology.quads
    counts = ", ".join("count(*) FILTER (list_contains(?, e.type))" for _ in quads)
    rows = site.database.tuples(
        f"""SELECT e.place, e.place_country, e.lat, e.lon, count(*), count(*) OVER (),
          CAST(sum(count(*)) OVER () AS BIGINT),
          {counts}
        FROM events_now AS e WHERE e.place IS NOT NULL AND e.lat IS NOT NULL AND e.lon IS NOT NULL AND {condition.sql}
        GROUP BY ALL ORDER BY count(*) DESC, e.place, e.place_country, e.lat, e.lon LIMIT ?""",
        [*(site.ontology.types_of([quad.number]) for quad in quads), *condition.values, POINTS],
    )
    found = []
    for place, country, lat, lon, count, _, _, *by_quad in rows:
        known = {quad.number: number for quad, number in zip(quads, by_quad, strict=True)}
        known[OTHER] = count - sum(number for quad, number in known.items() if quad != OTHER)
        found.append(_Place(place, country, lat, lon, count, known))
    return found, *(rows[0][5:7] if rows else (0, 0))


def _countries(site: Site, condition: Condition) -> dict[str, int]:
    """Return how many codings are placed in a country or a region of it, without coordinates."""
    return dict(
        site.database.tuples(
            f"""SELECT coalesce(e.place_country, ''), count(*) FROM events_now AS e
            WHERE e.place IS NOT NULL AND (e.lat IS NULL OR e.lon IS NULL) AND {condition.sql}
            GROUP BY ALL ORDER BY ALL""",
            condition.values,
        )
    )


def _areas(filters: Filters, countries: dict[str, int]) -> tuple[Area, ...]:
    highest = max(countries.values(), default=1)
    ringed: set[str] = set()
    areas = []
    for shape in basemap.world().countries:
        count = countries.get(shape.code or "", 0) if shape.code else 0
        ring = bool(count) and shape.size < TINY and shape.code not in ringed
        if shape.code:
            ringed.add(shape.code)
        href = filters.href("/search", place=shape.code) if count else None
        areas.append(Area(shape, count, shade(count, highest), ring, href))
    return tuple(areas)


def _points(filters: Filters, places: list[_Place], scale: float) -> tuple[Point, ...]:
    highest = max((place.count for place in places), default=1)
    points = []
    for place in places:  # small ones come last, on top of large ones
        x, y = project(place.lon, place.lat)
        radius = (SMALLEST + (LARGEST - SMALLEST) * (place.count / highest) ** 0.5) * max(scale, 0.12)
        quad = max(place.by_quad, key=lambda number: (place.by_quad[number], number))
        href = filters.href("/search", place=place.place)
        points.append(
            Point(
                round(x, 1),
                round(y, 1),
                round(radius, 2),
                place.place,
                place.country,
                place.count,
                quad,
                href,
            )
        )
    return tuple(points)


def _listed(filters: Filters, places: list[_Place], countries: dict[str, int]) -> tuple[Listed, ...]:
    world = basemap.world()
    rows = [
        Listed(place.place, place.country, True, place.count, filters.href("/search", place=place.place))
        for place in places[:LISTED]
    ]
    for code, count in countries.items():
        shape = world.largest(code)
        if code:
            name = shape.name if shape else code
            rows.append(Listed(name, code, False, count, filters.href("/search", place=code)))
    return tuple(sorted(rows, key=lambda row: (-row.count, row.place))[:LISTED])
