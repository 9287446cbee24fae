"""What the gazetteer knows: entries, the offices that they hold, and the ways to name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman import model

Use = Literal["name", "surname", "adjective", "demonym", "demonyms", "capital", "place", "agent", "agents"]


@dataclass(frozen=True, slots=True)
class Term:
    """An office held from `start` up to and including the day before `end` (ISO dates; end "" = still).

    `rough`: the dates are those of a list that names the holder, not of the term.
    """

    title: str
    organization: str
    country: str
    sectors: tuple[str, ...]
    start: str
    end: str
    rough: bool = False

    def covers(self, date: str) -> bool:
        """Tell whether the office is held on a day."""
        return self.start <= date and (not self.end or date < self.end)


@dataclass(slots=True, eq=False)
class Entry:
    """Someone or something known: a state, person, body, group, place, or a kind of agent.

    `bystander` says of a kind of people that what they do is no politics by itself (a poet, a goalkeeper). `own` says
    that a user's file gives it; `members` are the countries that a collective of such a file is.
    """

    name: str
    kind: model.EntityKind
    country: str = ""
    sectors: tuple[str, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    gender: str = ""
    party: str = ""
    terms: list[Term] = field(default_factory=list)
    start: str = ""
    end: str = ""
    title: bool = False
    source: str = ""
    own: bool = False
    bystander: bool = False
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to name an entry, and as what."""

    text: str
    entry: Entry
    use: Use


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that are divided by bars."""
    return tuple(part for part in cell.split("|") if part)


def title_case(term: str) -> str:
    """Return a term as a title is written: "Minister of Energy"."""
    return " ".join(w if w in ("of", "the", "and") else w[:1].upper() + w[1:] for w in term.split())
