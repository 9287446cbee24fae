"""Values of fields as a person writes them into a form, read into what corrections take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.corpus.keys import slug
from dragoman.web.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dragoman.web.site import Site

# "France (FRA:GOV/MIL)": a name, and in brackets a country, sectors, both, or nothing.
_CODED = re.compile(
    r"(?P<name>.*?)\s*(?:\((?P<country>[A-Z]{3})?:?(?P<sectors>[A-Z]{3}(?:/[A-Z]{3})*)?\))?\Z", re.S
)
_DAY = r"\d{4}-\d{2}-\d{2}"
_BOUNDS = re.compile(rf"(?:(?P<by>by )?(?P<one>{_DAY})(?: to (?P<two>{_DAY}))?|from (?P<open>{_DAY}) on)\Z")
NOTHING = frozenset({"", "-", "–", "none", "null"})
HINTS = {
    "actors": "names separated by semicolons, each with country and sectors in brackets: "
    "France (FRA); Ana Diaz (PER:GOV)",
    "recipients": "names separated by semicolons, each with country and sectors in brackets",
    "time": "2020-07-14, 2020-07-01 to 2020-07-14, by 2020-07-14, from 2020-07-01 on, or nothing",
    "place": "a name with its country in brackets: Geneva (CHE); or nothing",
    "claimant": "a name with its country in brackets; nothing when the article itself says it",
    "contexts": "contexts separated by commas",
    "historical": "true or false",
    "reciprocal": "true or false",
}


def read_value(site: Site, anchor: str, field: str, written: str) -> Any:
    """Return the value that somebody wrote for a field of a coding; JSON is taken as it is.

    Raises:
        RequestError: when it cannot be read; the advice says how to write it.
    """
    words = " ".join(written.split())
    if words[:1] in ("{", "["):
        try:
            return msgspec.json.decode(words)
        except msgspec.DecodeError as error:
            raise RequestError(f"{field}: {error}", advice="check the brackets and quotes") from error
    readers: Mapping[str, Callable[[], Any]] = {
        "actors": lambda: _parties(site, anchor, words),
        "recipients": lambda: _parties(site, anchor, words),
        "time": lambda: _time(words),
        "place": lambda: _named(words, ("name", "country")),
        "claimant": lambda: _named(words, ("name", "country")),
        "contexts": lambda: [one.strip() for one in words.split(",") if one.strip()],
        "historical": lambda: {"true": True, "yes": True, "false": False, "no": False}.get(
            words.lower(), words
        ),
        "reciprocal": lambda: {"true": True, "yes": True, "false": False, "no": False}.get(
            words.lower(), words
        ),
        "intensity": lambda: _number(words),
    }
    if field in readers:
        return readers[field]()
    return None if words.lower() in NOTHING else words


def _split(words: str) -> tuple[str, str | None, list[str]]:
    found = _CODED.match(words)
    assert found is not None
    return (
        found["name"] or words,
        found["country"],
        (found["sectors"] or "").split("/") if found["sectors"] else [],
    )


def _named(words: str, names: tuple[str, str]) -> dict[str, str | None] | None:
    if words.lower() in NOTHING or words.lower() == "the article itself":
        return None
    name, country, _ = _split(words)
    return dict(zip(names, (name, country), strict=True))


def _parties(site: Site, anchor: str, words: str) -> list[dict[str, Any]]:
    """Return parties; the key and words of one whom the article names are those of the article."""
    known = {
        name.casefold(): (key, country, sectors)
        for name, key, country, sectors in site.database.tuples(
            """SELECT name, key, country, sectors FROM entities_now WHERE article IN
            (SELECT article FROM events_now WHERE anchor = ?) ORDER BY entity DESC""",
            [anchor],
        )
    }
    found: list[dict[str, Any]] = []
    for one in words.split(";"):
        if one.strip().lower() in NOTHING:
            continue
        name, country, sectors = _split(one.strip())
        key, known_country, known_sectors = known.get(name.casefold(), (None, None, None))
        found.append(
            {
                "key": key or ":".join(filter(None, ("other", slug(name), country))),
                "name": name,
                "country": country or known_country,
                "sectors": sectors or list(known_sectors or ()),
            }
        )
    return found


def _time(words: str) -> dict[str, str | None] | None:
    if words.lower() in NOTHING:
        return None
    found = _BOUNDS.match(words)
    if found is None:
        raise RequestError(f"time: {words[:60]!r} can't be read", advice=f"write {HINTS['time']}")
    if found["open"]:
        return {"earliest": found["open"], "latest": None}
    if found["by"]:
        return {"earliest": None, "latest": found["one"]}
    return {"earliest": found["one"], "latest": found["two"] or found["one"]}


def _number(words: str) -> float | None:
    if words.lower() in NOTHING:
        return None
    try:
        return float(words)
    except ValueError as error:
        raise RequestError(f"{words[:40]!r} is no number", advice="write it as -4.5") from error
