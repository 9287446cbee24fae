"""What states, parties and dossiers are called."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

from dragoman.context import gazetteer
from dragoman.corpus.keys import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.corpus.telling import Telling

MOST_STATES = 3


def state_name(code: str) -> str:
    """Return the name of a state by its ISO3 code; the code itself where it is not known."""
    return _state_names().get(code, code)


@functools.cache
def _state_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in gazetteer.countries().values():
        names.setdefault(entry.country, entry.name)
    return names


def dossier_name(tellings: Sequence[Telling]) -> str:
    """Return what a process is called most often, of the names that tell it from others where there are some.

    Of equally frequent names the shortest is taken, then the first in the alphabet.
    """
    names = Counter(t.name for t in tellings)
    telling = Counter(t.name for t in tellings if t.names and any(_holds(t.name, n) for n in t.names))
    best = telling or Counter({n: c for n, c in names.items() if " " in n}) or names
    name = min(best, key=lambda name: (-best[name], len(name), name))
    return name if " " in name else _with_parties(name, tellings)


def _with_parties(name: str, tellings: Sequence[Telling]) -> str:
    """Return a bare noun with the states that take part: "talks (Chad, Sudan)"."""
    codes = sorted({p for t in tellings for p in t.parties if p.startswith("state:")})
    states = [state_name(code.removeprefix("state:")) for code in codes]
    if not states:
        return name
    more = ", ..." if len(states) > MOST_STATES else ""
    return f"{name} ({', '.join(states[:MOST_STATES])}{more})"


def _holds(name: str, slugged: str) -> bool:
    return slugged in slug(name)


def is_country_name(name: str) -> bool:
    """Tell whether a name is that of a country."""
    return name in gazetteer.countries()
