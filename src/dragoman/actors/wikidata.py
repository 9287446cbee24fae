"""Answers of Wikidata's query service about offices, as rows of an actors file.

Takes what the service's page gives to download: CSV or TSV, JSON (a list of objects) or JSON of SPARQL results. Each
row is one term: person, office, country, start, end.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.actors.gazetteer import Gazetteer

# What the columns may be called; the query service adds "Label" to the names of what it labels.
COLUMNS = {
    "person": ("personLabel", "person", "holderLabel", "holder", "itemLabel", "item", "nameLabel", "name"),
    "office": ("officeLabel", "office", "positionLabel", "position", "titleLabel", "title"),
    "country": ("iso3", "countryCode", "countryLabel", "country", "jurisdictionLabel", "jurisdiction"),
    "start": ("start", "startTime", "startDate", "from"),
    "end": ("end", "endTime", "endDate", "to"),
}
NEEDED = ("person", "office", "country", "start")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.]+Z?)?")
_ENTITY = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?Q\d+")
_SHOWN = 10


@dataclass(slots=True)
class Import:
    """The rows made, and why others were not, with file and line."""

    rows: list[dict[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_wikidata(path: Path, gazetteer: Gazetteer) -> Import:
    """Return the rows of an actors file for the terms of a download.

    The country is found by its code of three letters or its name, the sectors by what kind of agent the office is. A
    row that does not tell them is left out, with file and line.

    Raises:
        ConfigError: when the file cannot be read, lacks a column or holds no row that can be used.
    """
    made = Import()
    for line, row in _rows(path):
        wrong = _add(row, gazetteer, made)
        if wrong:
            made.left_out.append(f"{path}:{line}: {wrong}")
    if not made.rows:
        shown = "".join(f"\n  {reason}" for reason in made.left_out[:_SHOWN])
        raise ConfigError(
            f"holds no term that can be used{shown}", where=str(path), advice="see docs/actors.md"
        )
    made.rows.sort(key=lambda r: (r["country"], r["name"], r["start"]))
    return made


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line (of JSON: number of the object) and the values of one term."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"cannot be read: {error}", where=str(path), advice="give CSV or JSON in UTF-8"
        ) from error
    if text.lstrip()[:1] in ("[", "{"):
        yield from _named(_objects(text, path), path)
        return
    tabs = text.partition("\n")[0].count("\t") > text.partition("\n")[0].count(",")
    reader = csv.DictReader(io.StringIO(text), delimiter="\t" if tabs else ",")
    yield from _named(
        ((reader.line_num, {k.lstrip("?"): v for k, v in r.items() if k}) for r in reader), path
    )


def _objects(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(f"not valid JSON: {error.msg}", where=f"{path}:{error.lineno}") from error
    if isinstance(loaded, dict):
        results = loaded.get("results")
        loaded = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(loaded, list) or not all(isinstance(item, dict) for item in loaded):
        raise ConfigError("neither a list of objects nor SPARQL results", where=str(path),
                          advice="download as JSON from query.wikidata.org")  # fmt: skip
    for number, item in enumerate(loaded, 1):
        yield number, {k: v.get("value", "") if isinstance(v, dict) else v for k, v in item.items()}


def _named(rows: Iterator[tuple[int, dict[str, Any]]], path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows under the names used here. Raises `ConfigError` for a column that is not there."""
    chosen: dict[str, str] | None = None
    kept = list(rows)
    present = {column for _, row in kept for column in row}
    if kept:
        chosen = {name: next((c for c in names if c in present), "") for name, names in COLUMNS.items()}
        missing = [name for name in NEEDED if not chosen[name]]
        if missing:
            valid = "; ".join(f"{name}: {', '.join(COLUMNS[name])}" for name in missing)
            raise ConfigError(
                f"no column for {', '.join(missing)}", where=f"{path}:1", advice=f"called one of {valid}"
            )
    for line, row in kept:
        assert chosen is not None
        yield line, {name: str(row.get(column) or "").strip() for name, column in chosen.items() if column}


def _add(row: dict[str, str], gazetteer: Gazetteer, made: Import) -> str | None:
    """Add a term to what was made, or say what is wrong with it."""
    person, office = row["person"], row["office"]
    if not person or _ENTITY.fullmatch(person):
        return f"the person {person!r} has no name in English; ask the service for labels"
    if not office or _ENTITY.fullmatch(office):
        return f"the office {office!r} has no name in English; ask the service for labels"
    country = _country(row["country"], gazetteer)
    if not country:
        return f"the country {row['country']!r} is not known; codes of three letters or names of states are"
    start, end = _day(row["start"]), _day(row.get("end", ""))
    if not start:
        return f"the start {row['start']!r} is no date"
    if end is None or (end and end <= start):
        return f"the end {row.get('end')!r} is no date after {start}"
    title, sectors = _office(office, gazetteer)
    if not sectors:
        return f"the office {office!r} is of no kind that is known"
    made.rows.append(
        {
            "name": person, "aliases": "", "kind": "person", "country": country, "sectors": "|".join(sectors),
            "start": start, "end": end, "title": title, "organization": "", "source": "Wikidata",
        }
    )  # fmt: skip
    return None


def _country(text: str, gazetteer: Gazetteer) -> str:
    if text in gazetteer.states:
        return text
    name = text.removeprefix("the ")
    return next((a.entry.country for a in gazetteer.lookup(name) if a.entry.kind == "state"), "")


def _day(text: str) -> str | None:
    """Return a day; "" for no date, None for what is none. A date of a year or a month is its first day."""
    if not text:
        return ""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    return f"{year}-{month if month and month != '00' else '01'}-{day if day and day != '00' else '01'}"


def _office(office: str, gazetteer: Gazetteer) -> tuple[str, tuple[str, ...]]:
    """Return the title without the country ("Prime Minister of Norway"), and the sectors of its kind."""
    found = [(hit, alias) for hit in gazetteer.find(office) for alias in gazetteer.aliases[hit.key]]
    agents = [(hit, alias) for hit, alias in found if alias.use == "agent"]
    if not agents:
        return office, ()
    title = (
        re.sub(r"\s+of (?:the )?[^,]*$", "", office)
        if any(a.entry.kind == "state" for _, a in found)
        else office
    )
    states = [hit for hit, alias in found if alias.use == "adjective" and hit.start == 0]
    if states and title == office:
        title = office[states[0].end :].strip()
    return title[:1].upper() + title[1:], agents[0][1].entry.sectors
