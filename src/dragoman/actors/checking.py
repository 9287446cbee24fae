"""What is odd in the data of holders of office: overlaps, gaps, one name for two, terms that nobody follows."""

from __future__ import annotations

import datetime
import functools
import importlib.resources
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import yaml

from dragoman.actors.sectors import sector_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FOLLOWED = re.compile(r"followed to (\d{4}-\d\d-\d\d)")
# An office that is empty for longer than this has a reason, which `checks.yaml` gives.
LONGEST_VACANCY = 400
# Two hold an office in a month or year in which one came after the other, when the day is not known.
_START_NEAR = "start known by"
_LONGEST_DOUBT = 366
_NEXT_UNKNOWN = "next holder is not known"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd: its kind (`overlap`, `gap`, `name`), where, the words for it, and why it is so ("" = unknown)."""

    kind: str
    country: str
    what: str
    reason: str = ""

    def __str__(self) -> str:
        known = f" ({self.reason})" if self.reason else ""
        return f"{self.kind}: {self.country}: {self.what}{known}"


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """A term without an end, and up to when the office was followed ("" = not said)."""

    country: str
    title: str
    person: str
    start: str
    followed: str


@functools.cache
def _settings() -> dict[str, Any]:
    path = importlib.resources.files("dragoman") / "data" / "actors" / "checks.yaml"
    return cast("dict[str, Any]", yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


def check_holders(rows: Iterable[Mapping[str, str]]) -> list[Finding]:
    """Return what is odd about holders of office, by country.

    Args:
        rows: rows with `person`, `aliases`, `country`, `title`, `organization`, `start`, `end`, `source`, as in the
            data of the package; rows whose dates are those of a list are left out.
    """
    dated = [r for r in rows if r["start"] and r["title"] and "of the list" not in r.get("source", "")]
    offices: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    for row in dated:
        if not _held_by_several(row["title"]):
            # An international office goes from one country's citizen to another's.
            where = (
                row["organization"]
                if sector_roles().international in row.get("sectors", "").split("|")
                else row["country"]
            )
            offices[where, row["title"]].append(row)
    found: list[Finding] = []
    for (where, title), terms in offices.items():
        found.extend(_one_office(where, title, sorted(terms, key=lambda r: (r["start"], r["end"] or "9999"))))
    found.extend(_shared_names(dated))
    return sorted(found, key=lambda f: (bool(f.reason), f.country, f.kind, f.what))


def open_terms(rows: Iterable[Mapping[str, str]], as_of: str, days: int) -> list[OpenTerm]:
    """Return the terms without an end whose office was last looked at more than `days` before a day."""
    limit = (datetime.date.fromisoformat(as_of) - datetime.timedelta(days)).isoformat()
    found = []
    for row in rows:
        if not row["start"] or row["end"] or not row["title"] or row["start"] > as_of:
            continue
        followed = _FOLLOWED.search(row.get("source", ""))
        day = followed.group(1) if followed else ""
        if (day or row["start"]) <= limit:
            found.append(OpenTerm(row["country"], row["title"], row["person"], row["start"], day))
    return sorted(found, key=lambda t: (t.followed, t.country, t.title))


def _held_by_several(title: str) -> bool:
    return any(re.search(pattern, title) for pattern in _settings()["held_by_several"])


def _reason(kind: str, where: str, title: str, people: set[str]) -> str:
    for entry in _settings()["explained"]:
        concerned = entry["kind"] == kind and entry["where"] == where and entry.get("title", title) == title
        if concerned and ("people" not in entry or people & set(entry["people"])):
            return str(entry["reason"])
    return ""


def _one_office(where: str, title: str, terms: list[Mapping[str, str]]) -> list[Finding]:
    found = []
    last: Mapping[str, str] | None = None
    for term in terms:
        if last is not None:
            people = {last["person"], term["person"]}
            end = last["end"] or "9999-12-31"
            doubtful = _START_NEAR in term.get("source", "") and _days(term["start"], end) <= _LONGEST_DOUBT
            if term["start"] < end and not doubtful:
                what = f"{title}: {last['person']} until {last['end'] or 'now'}, {term['person']} from {term['start']}"
                same = last["person"] == term["person"] and term["end"] == last["end"]
                if not same:
                    found.append(Finding("overlap", where, what, _reason("overlap", where, title, people)))
            elif _days(end, term["start"]) > LONGEST_VACANCY and _NEXT_UNKNOWN not in last.get("source", ""):
                what = f"{title}: nobody from {end} to {term['start']}"
                found.append(Finding("gap", where, what, _reason("gap", where, title, people)))
        if last is None or (term["end"] or "9999") >= (last["end"] or "9999"):
            last = term
    return found


def _shared_names(rows: list[Mapping[str, str]]) -> list[Finding]:
    """Find full names that mean two persons of one country in office on one day."""
    bearers: dict[tuple[str, str], dict[str, list[Mapping[str, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        key = row["person"], row["country"]
        aliases[key].update(n for n in (row["person"], *row.get("aliases", "").split("|")) if " " in n)
    for row in rows:
        for name in aliases[row["person"], row["country"]]:
            bearers[name, row["country"]][row["person"]].append(row)
    found = []
    for (name, country), persons in bearers.items():
        if len(persons) > 1 and _on_one_day(list(persons.values())):
            what = f"{name!r} means {' and '.join(sorted(persons))}"
            found.append(Finding("name", country, what, _reason("name", country, name, set(persons))))
    return found


def _on_one_day(persons: list[list[Mapping[str, str]]]) -> bool:
    return any(
        a["start"] < (b["end"] or "9999") and b["start"] < (a["end"] or "9999")
        for n, one in enumerate(persons)
        for other in persons[n + 1 :]
        for a in one
        for b in other
    )


def _days(one: str, two: str) -> int:
    return (datetime.date.fromisoformat(two) - datetime.date.fromisoformat(one)).days
