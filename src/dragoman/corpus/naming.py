"""What states, parties and dossiers are called."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

from dragoman.context import gazetteer
from dragoman.corpus.keys import slug
from dragoman.corpus.telling import ordinary_words
from dragoman.processes.lexicon import lexicon

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

    Of equally frequent names the shortest is taken, then the first in the alphabet. A name of common words is
    followed by the states that take part.
    """
    names = Counter(t.name for t in tellings)
    telling = Counter(t.name for t in tellings if t.names and any(_holds(t.name, n) for n in t.names))
    best = telling or Counter({n: c for n, c in names.items() if " " in n}) or names
    name = min(best, key=lambda name: (-best[name], len(name), name))
    if name[:1].isupper() and _is_ordinary(name) and not any(w[:1].isupper() for w in name.split()[1:2]):
        name = name[:1].lower() + name[1:]
    return name if _is_own(name) or telling else _with_parties(name, tellings)


def _is_own(name: str) -> bool:
    """Tell whether a name holds a proper name ("talks with Bolivia") and not only common words."""
    return any(c.isupper() or c.isdigit() for c in name[1:]) or (
        name[:1].isupper() and not _is_ordinary(name)
    )


def _is_ordinary(name: str) -> bool:
    """Tell whether the first word of a name is an ordinary one, which only a sentence gave its capital."""
    first = name.split()[0].lower()
    words = lexicon()
    return first in ordinary_words() or any(
        words.noun(w) is not None for w in (first, first.removesuffix("s"))
    )


def is_mere_kind(name: str) -> bool:
    """Tell whether a name says no more than what sort of thing it is ("talks")."""
    return " " not in name and not _is_own(name)


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
