"""Questions about the gazetteer itself: whom a name stands for on a day, who held an office."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from dragoman.actors.gazetteer import members_of
from dragoman.actors.offices import standing
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.actors.entries import Alias, Entry, Term
    from dragoman.actors.gazetteer import Gazetteer

# Other names shown with an entry, and names offered where one is unknown.
_NAMES_SHOWN = 12
_OFFERED = 5


def look_up(gazetteer: Gazetteer, name: str, date: str | None) -> list[dict[str, Any]]:
    """Return whom a name stands for on a day (None: at any time), the likeliest first.

    Each answer says name, kind, country, sectors, office, members, ids, how the name is meant (`as`), since and
    until when the entry exists, all offices known, other names and where it is from.

    Raises:
        ConfigError: when nobody of that name is known; the advice offers names that are close.
    """
    known = gazetteer.lookup(name)
    if not known:
        close = _close(gazetteer, name)
        advice = f"close: {', '.join(close)}" if close else "names are written with their capitals: 'Lavrov'"
        raise ConfigError(f"nobody of the name {name!r} is known", advice=advice)
    names = _names_of(gazetteer, [a.entry for a in known])
    return [_entry(gazetteer, alias, date, names[id(alias.entry)]) for alias in known]


def holders(gazetteer: Gazetteer, where: str, date: str, office: str = "") -> list[dict[str, Any]]:
    """Return who held which office of a country or organization on a day, by country and office.

    Args:
        gazetteer: who is known.
        where: a code of three letters, the name of a state, or that of an organization ("NATO").
        date: the day (YYYY-MM-DD).
        office: words that the title must have ("foreign minister"); case does not count.

    Raises:
        ConfigError: when country or organization is not known.
    """
    country, organization = _place(gazetteer, where)
    wanted = office.lower().split()
    found = []
    for entry, term in _terms(gazetteer):
        held = term.organization == organization if organization else entry.country == country
        title = term.title.lower().replace("defense", "defence")
        words = {w.replace("defense", "defence") for w in wanted}
        if held and term.covers(date) and words <= set(title.replace(",", " ").split()):
            found.append(
                {
                    "country": entry.country,
                    "title": term.title,
                    "organization": term.organization or None,
                    "name": entry.name,
                    "sectors": list(term.sectors),
                    "start": term.start,
                    "end": term.end or None,
                    "dates": "of a list" if term.rough else "of the term",
                }
            )
    return sorted(found, key=lambda f: (f["dates"] == "of a list", str(f["title"]), str(f["name"])))


def _terms(gazetteer: Gazetteer) -> Iterator[tuple[Entry, Term]]:
    for entry in gazetteer.entries:
        for term in entry.terms:
            yield entry, term


def _place(gazetteer: Gazetteer, where: str) -> tuple[str, str]:
    if where in gazetteer.states or any(e.own and e.country == where for e in gazetteer.entries):
        return where, ""
    for alias in gazetteer.lookup(where):
        if alias.entry.kind == "state":
            return alias.entry.country, ""
        if alias.entry.kind not in ("person", "place"):
            return "", alias.entry.name
    close = _close(gazetteer, where)
    raise ConfigError(
        f"no country or organization {where!r} is known",
        advice="give a code (KEN), a state (Kenya) or an organization (NATO)"
        + (f"; close: {', '.join(close)}" if close else ""),
    )


def _close(gazetteer: Gazetteer, name: str) -> list[str]:
    by_lower = {text.lower(): text for text in gazetteer.texts}
    return [by_lower[n] for n in difflib.get_close_matches(name.lower(), by_lower, _OFFERED, 0.75)]


def _names_of(gazetteer: Gazetteer, entries: list[Entry]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {id(entry): [] for entry in entries}
    for text, aliases in zip(gazetteer.texts, gazetteer.aliases, strict=True):
        for alias in aliases:
            if id(alias.entry) in names:
                names[id(alias.entry)].append(text)
    return names


def _entry(gazetteer: Gazetteer, alias: Alias, date: str | None, names: list[str]) -> dict[str, Any]:
    entry = alias.entry
    now = standing(entry, date, gazetteer) if entry.kind == "person" else None
    office = now.office if now is not None else None
    return {
        "name": entry.name,
        "kind": entry.kind,
        "country": (now.country if now is not None else entry.country) or None,
        "sectors": list(now.sectors if now is not None else entry.sectors),
        "office": office
        and {"title": office.title, "organization": office.organization, "country": office.country},
        "members": list(entry.members) or members_of(entry.name, date),
        "ids": {**entry.ids, **(now.ids if now is not None else {})},
        "as": alias.use,
        "start": entry.start or None,
        "end": entry.end or None,
        "offices": [
            {"title": t.title, "organization": t.organization or None, "start": t.start, "end": t.end or None}
            for t in sorted(entry.terms, key=lambda t: t.start)
        ],
        "names": [n for n in names if n != entry.name][:_NAMES_SHOWN],
        "source": entry.source or None,
    }
