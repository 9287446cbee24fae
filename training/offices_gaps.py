"""Say which states have no known foreign or defence minister on a day, and which have no such ministry.

`training/offices/without_ministry.csv` names the states without a ministry: country, office (`foreign`, `defence`),
the days from which and until which there is none (empty: always), the reason. On the day of `until` there is one.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offices import Term

ROOT = Path(__file__).resolve().parent
STATES = ROOT.parent / "src" / "dragoman" / "data" / "actors" / "states.csv"
WITHOUT_MINISTRY = ROOT / "offices" / "without_ministry.csv"
OFFICES = ("foreign", "defence")
# Independent, and in neither list that numbers states (Correlates of War, Gleditsch and Ward).
UNNUMBERED = ("PSE", "VAT")
FOREVER = "9999"


@dataclass(frozen=True)
class Without:
    """A time in which a state has no ministry of foreign affairs or of defence."""

    country: str
    office: str
    start: str
    until: str
    reason: str

    def covers(self, day: str) -> bool:
        """Tell whether there is no ministry on a day."""
        return self.start <= day < self.until


@dataclass(frozen=True)
class Coverage:
    """What the lists know of one office on a day: its states, by what they are known to have."""

    held: tuple[str, ...]
    vacant: tuple[str, ...]
    unknown: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def states(self) -> int:
        """Return how many states existed on the day."""
        return len(self.held) + len(self.vacant) + len(self.unknown) + len(self.without)


@functools.cache
def _state_rows() -> tuple[dict[str, str], ...]:
    with STATES.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def states_on(day: str) -> tuple[str, ...]:
    """Return the independent states of a day, by their codes."""
    return tuple(
        sorted(
            row["iso3"]
            for row in _state_rows()
            if (row["cow"] or row["gwcode"] or row["iso3"] in UNNUMBERED)
            and row["start"] <= day < (row["end"] or FOREVER)
        )
    )


def read_without(path: Path = WITHOUT_MINISTRY) -> list[Without]:
    """Return the states without a ministry. Raises `ValueError` with file and line for what cannot be right."""
    with path.open(encoding="utf-8") as file:
        return [_read_row(row, f"{path}:{number}") for number, row in enumerate(csv.DictReader(file), 2)]


def _read_row(row: dict[str, str], where: str) -> Without:
    found = Without(row["country"], row["office"], row["from"], row["until"] or FOREVER, row["reason"])
    if found.country not in {state["iso3"] for state in _state_rows()}:
        raise ValueError(f"{where}: {found.country!r} is no state of states.csv")
    if found.office not in OFFICES:
        raise ValueError(f"{where}: the office is {found.office!r}, not one of {', '.join(OFFICES)}")
    for day in filter(None, (row["from"], row["until"])):
        _must_be_day(day, where)
    if found.start >= found.until:
        raise ValueError(f"{where}: ends on {found.until} before it starts on {found.start}")
    if not found.reason:
        raise ValueError(f"{where}: no reason")
    return found


def _must_be_day(day: str, where: str) -> None:
    try:
        whole = date.fromisoformat(day).isoformat() == day
    except ValueError:
        whole = False
    if not whole:
        raise ValueError(f"{where}: {day!r} is not a day like 2004-03-01")


def contradictions(office: str, terms: Sequence[Term], without: Sequence[Without]) -> list[str]:
    """Return what is wrong: who holds an office while there is no ministry."""
    return [
        f"{term.country} {term.title} {term.person} {term.start}..{term.end}: "
        f"no {office} ministry {time.start}..{time.until.removesuffix(FOREVER)} ({time.reason})"
        for time in without
        for term in terms
        if time.office == office
        and time.country == term.country
        and term.start < time.until
        and time.start < (term.end or FOREVER)
    ]


def coverage(office: str, day: str, terms: Sequence[Term], without: Sequence[Without]) -> Coverage:
    """Return for each state of a day whether somebody, nobody or somebody unknown holds an office."""
    none = {time.country for time in without if time.office == office and time.covers(day)}
    found: dict[str, list[str]] = {"held": [], "vacant": [], "unknown": [], "without": []}
    for state in states_on(day):
        kind = "without" if state in none else _holding([t for t in terms if t.country == state], day)
        found[kind].append(state)
    return Coverage(**{kind: tuple(states) for kind, states in found.items()})


def _holding(terms: Sequence[Term], day: str) -> str:
    """Return `held`, `vacant` (the list says so) or `unknown` for the terms of one office."""
    begun = [term for term in terms if term.start <= day]
    if any(day < (term.end or FOREVER) for term in begun):
        return "held"
    last = max(begun, key=lambda term: (term.end, term.start), default=None)
    return "unknown" if last is None or last.then_unknown else "vacant"


def report(office: str, day: str, found: Coverage) -> str:
    """Return what is known of an office on a day, as lines to read."""
    lines = [f"{office} ministers on {day}: {len(found.held)} of {found.states} states"]
    named = (("holder unknown", found.unknown), ("vacant", found.vacant), ("no ministry", found.without))
    lines.extend(f"  {label} ({len(states)}): {' '.join(states)}" for label, states in named if states)
    return "\n".join(lines)
