"""The gazetteer of places: names to GeoNames entries, by bisection in sorted files.

The files (`data/places/`, made from GeoNames, CC BY 4.0) are read as bytes once a process and never parsed
whole: a look-up finds its lines by bisection, which makes loading a matter of milliseconds.
"""

from __future__ import annotations

import csv
import functools
import io
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from dragoman.errors import ConfigError

Kind = Literal["city", "capital", "region", "country"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place known to the gazetteer. Countries and regions have no coordinates, for they are no points."""

    name: str
    country: str
    kind: Kind
    geonames: str | None = None
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0


def _bytes(name: str) -> bytes:
    try:
        return (resources.files("dragoman") / "data" / "places" / name).read_bytes()
    except OSError as error:
        raise ConfigError(
            f"data file places/{name} cannot be read: {error}", advice="reinstall dragoman"
        ) from error


@functools.cache
def _file(name: str) -> bytes:
    return _bytes(name)


def _lines_of(file: str, key: str) -> list[str]:
    """Return the lines of a sorted file whose first column is the key."""
    data, prefix = _file(file), f"{key},".encode()
    low, high = data.index(b"\n") + 1, len(data)
    while low < high:
        middle = data.rfind(b"\n", 0, (low + high) // 2) + 1
        if middle < low:
            middle = low
        end = data.find(b"\n", middle) + 1
        if data[middle:end] < prefix:
            low = end
        else:
            high = middle
    found = []
    while data.startswith(prefix, low):
        end = data.find(b"\n", low)
        found.append(data[low:end].decode())
        low = end + 1
    return found


def _city(line: str) -> Entry:
    name, identity, country, admin1, lat, lon, population, kind = next(csv.reader([line]))
    made: Kind = "capital" if kind == "capital" else "city"
    return Entry(name, country, made, identity, admin1, float(lat), float(lon), int(population))


@functools.lru_cache(maxsize=4096)
def cities_named(name: str) -> tuple[Entry, ...]:
    """Return the towns of a name, also by its other names; the largest first. "St." stands for "Saint" too."""
    if not name or "," in name or '"' in name or "\n" in name:
        return ()
    found = _towns(name)
    if name.startswith(("St. ", "St ")):
        known = {entry.geonames for entry in found}
        saint = "Saint " + name.partition(" ")[2]
        found += [entry for entry in _towns(saint) if entry.geonames not in known]
    return tuple(sorted(found, key=lambda e: (-e.population, e.geonames or "")))


def town(name: str, country: str | None) -> Entry | None:
    """Return the largest town of a name in a country, or None when there is none; no country fits none."""
    return next((entry for entry in cities_named(name) if entry.country == country), None)


def _towns(name: str) -> list[Entry]:
    found = [_city(line) for line in _lines_of("cities.csv", name)]
    known = {entry.geonames for entry in found}
    for line in _lines_of("alternates.csv", name):
        _, proper, identity = next(csv.reader([line]))
        for other in _lines_of("cities.csv", proper):
            entry = _city(other)
            if entry.geonames == identity and identity not in known:
                known.add(identity)
                found.append(entry)
    return found


def _rows(name: str, folder: str = "places") -> list[dict[str, str]]:
    try:
        text = (resources.files("dragoman") / "data" / folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"data file {folder}/{name} cannot be read: {error}", advice="reinstall dragoman"
        ) from error
    return list(csv.DictReader(io.StringIO(text)))


@functools.cache
def countries() -> dict[str, Entry]:
    """Return countries by each of their names (names and aliases of the actor gazetteer's states)."""
    by_code = {row["iso3"]: row for row in _rows("countries.csv")}
    found = {}
    for row in by_code.values():
        found[row["name"]] = Entry(row["name"], row["iso3"], "country", row["geonameid"])
    for row in _rows("states.csv", "actors"):
        code = row["iso3"]
        identity = by_code[code]["geonameid"] if code in by_code else None
        entry = Entry(row["name"], code, "country", identity)
        if row.get("end"):
            continue
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[name] = entry
    return found


@functools.cache
def adjectives() -> dict[str, str]:
    """Return the country code of each adjective ("Nigerian")."""
    return {
        a: row["iso3"] for row in _rows("states.csv", "actors") for a in row["adjectives"].split("|") if a
    }


@functools.cache
def regions() -> dict[str, Entry]:
    """Return regions by name."""
    found = {row["name"]: Entry(row["name"], row["country"], "region") for row in _rows("regions.csv")}
    for row in _rows("us_states.csv"):
        found[row["name"]] = Entry(row["name"], "USA", "region", row["geonameid"], row["admin1"])
    return found


def country_entry(code: str) -> Entry | None:
    """Return the entry of a country by its ISO 3166-1 alpha-3 code."""
    return _by_code().get(code)


@functools.cache
def _by_code() -> dict[str, Entry]:
    return {entry.country: entry for entry in countries().values()}
