"""Actors files of the user: a CSV of names that goes before the gazetteer of the package.

Columns: `name`, `kind`, `country`, `sectors` must be there; `aliases`, `use`, `plural`, `start`, `end`, `title`,
`organization`, `plover`, `source` may be. docs/actors.md says what goes into each.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from dragoman import model
from dragoman.actors.entries import Entry, Term, split_cell, title_case
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.actors.entries import Use
    from dragoman.actors.gazetteer import Gazetteer

REQUIRED = ("name", "kind", "country", "sectors")
OPTIONAL = ("aliases", "use", "plural", "start", "end", "title", "organization", "plover", "source")
COLUMNS = ("name", "aliases", "kind", "country", "sectors", "use", "plural", "start", "end", "title",
           "organization", "plover", "source")  # fmt: skip
KINDS: tuple[str, ...] = get_args(model.EntityKind)
USES = ("name", "agent")
_CODE = re.compile(r"[A-Z][A-Z0-9]{2}")
_SECTOR = re.compile(r"[A-Z][A-Z0-9]{1,3}")
# Faults named in one message; the rest is counted.
_SHOWN = 10


def read_actors(path: Path) -> list[dict[str, str]]:
    """Return the rows of an actors file.

    Raises:
        ConfigError: with file and line of every fault, up to ten.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"cannot read the actors file: {error}", where=str(path), advice="give a CSV file in UTF-8"
        ) from error
    reader = csv.DictReader(io.StringIO(text), strict=True)
    rows: list[dict[str, str]] = []
    faults: list[str] = []
    try:
        columns = [c for c in reader.fieldnames or [] if c]
        missing = [c for c in REQUIRED if c not in columns]
        unknown = [c for c in columns if c not in COLUMNS]
        if missing or unknown:
            said = f"no column {', '.join(missing)}" if missing else f"unknown column {', '.join(unknown)}"
            # The line of the first row, where the column is missed.
            raise ConfigError(said, where=f"{path}:2", advice="columns: " + ", ".join(COLUMNS))
        for row in reader:
            number = reader.line_num
            filled = {c: (row.get(c) or "").strip() for c in COLUMNS}
            wrong = "more cells than columns" if None in row else _fault(filled)
            if wrong:
                faults.append(f"{path}:{number}: {wrong}")
            else:
                rows.append(filled)
    except csv.Error as error:
        raise ConfigError(f"not valid CSV: {error}", where=f"{path}:{reader.line_num}") from error
    if faults:
        more = f"\n  and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise ConfigError(
            "the actors file has faults:\n  " + "\n  ".join(faults[:_SHOWN]) + more,
            where=str(path),
            advice="docs/actors.md says what goes into each column",
        )
    return rows


def _fault(row: dict[str, str]) -> str | None:
    """Say what is wrong with a row, or return None."""
    if not row["name"]:
        return "the name is empty"
    if row["kind"] not in KINDS:
        return f"no kind {row['kind']!r}; kinds: {', '.join(KINDS)}"
    if row["use"] not in ("", *USES):
        return f"no use {row['use']!r}; uses: {', '.join(USES)}"
    wrong = next((c for c in split_cell(row["country"]) if not _CODE.fullmatch(c)), None)
    if wrong is not None:
        return f"the country {wrong!r} is not a code of three capital letters"
    wrong = next((c for c in split_cell(row["sectors"]) if not _SECTOR.fullmatch(c)), None)
    if wrong is not None:
        return f"the sector {wrong!r} is not a code of two to four capital letters"
    for column in ("start", "end"):
        if row[column] and not _is_day(row[column]):
            return f"the {column} {row[column]!r} is no day written YYYY-MM-DD"
    if row["start"] and row["end"] and row["end"] <= row["start"]:
        return f"it ends ({row['end']}) before it starts ({row['start']})"
    return None


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def add_actors(gazetteer: Gazetteer, rows: Iterable[dict[str, str]]) -> None:
    """Add the rows of an actors file to a gazetteer: each name then means what the rows say and nothing else."""
    for row in rows:
        entry = _entry(row)
        gazetteer.entries.append(entry)
        if row["use"] == "agent":
            for text, use in _agent_forms(row):
                gazetteer.add(text, entry, use)
            continue
        for name in (row["name"], *split_cell(row["aliases"])):
            gazetteer.add(name, entry, "place" if entry.kind == "place" else "name")


def _entry(row: dict[str, str]) -> Entry:
    countries, sectors = split_cell(row["country"]), split_cell(row["sectors"])
    entry = Entry(
        row["name"],
        cast("model.EntityKind", row["kind"]),
        countries[0] if len(countries) == 1 else "",
        sectors,
        {"plover": row["plover"]} if row["plover"] else {},
        title=row["use"] == "agent" and row["kind"] == "person",
        source=row["source"],
        own=True,
        members=countries if len(countries) > 1 else (),
    )
    if row["title"] and row["start"]:
        entry.terms.append(
            Term(row["title"], row["organization"], entry.country, sectors, row["start"], row["end"])
        )
    else:
        entry.start, entry.end = row["start"], row["end"]
    return entry


def _agent_forms(row: dict[str, str]) -> Iterator[tuple[str, Use]]:
    """Yield how a kind of agent is written: as given, with a capital, as a title, in both numbers."""
    for terms, use in ((row["name"], "agent"), (row["plural"], "agents"), (row["aliases"], "agent")):
        for term in split_cell(terms):
            for form in dict.fromkeys((term, term[:1].upper() + term[1:], title_case(term))):
                yield form, cast("Use", use)


def fingerprint_of(paths: Iterable[str]) -> str:
    """Return a short hash of what actors files say. Raises `ConfigError` when one can't be read."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            digest.update(Path(path).read_bytes() + b"\0")
        except OSError as error:
            raise ConfigError(f"cannot be read: {error.strerror}", where=path) from error
    return digest.hexdigest()[:8]
