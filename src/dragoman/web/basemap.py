"""The base map: outlines of countries, drawn from a file that ships; `make vendor` makes that file."""

from __future__ import annotations

import functools
from importlib import resources

import msgspec


class Shape(msgspec.Struct, frozen=True):
    """A country's outline as an SVG path; `x`, `y` the middle of its largest part, `size` about how wide that is."""

    code: str | None
    name: str
    x: float
    y: float
    size: float
    path: str


class World(msgspec.Struct, frozen=True):
    """The map: its extent, and the countries, large ones first."""

    width: float
    height: float
    countries: tuple[Shape, ...]

    def largest(self, code: str) -> Shape | None:
        """Return the largest shape of a country; None when the map does not have it."""
        return next((shape for shape in self.countries if shape.code == code), None)


@functools.cache
def world() -> World:
    """Read the base map, once a process."""
    data = (resources.files("dragoman.web") / "data" / "world.json").read_bytes()
    return msgspec.json.decode(data, type=World)
