"""What the fields of a coding may be set to."""

from __future__ import annotations

import datetime  # noqa: TC003 (msgspec reads the annotations)
import typing
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman import model
from dragoman.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection


class PartyValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An actor or recipient; `start` and `end` are the words in the article that name it, if any do."""

    key: str
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


class PlaceValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where; without coordinates for what is no point."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: str | None = None


class TimeValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When: bounds, and `value` as in TIMEX3 where there is one."""

    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    value: str | None = None


class ClaimantValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who says so."""

    name: str
    key: str | None = None
    country: str | None = None


EDITABLE: dict[str, tuple[Any, str]] = {
    "type": (str, "an event type of the codebook"),
    "mode": (str | None, "a mode of the type, or null"),
    "contexts": (list[str], "a list of contexts of the codebook"),
    "status": (model.Status, ", ".join(typing.get_args(model.Status))),
    "content_status": (model.Status | None, ", ".join(typing.get_args(model.Status)) + ", or null"),
    "historical": (bool, "true or false"),
    "reciprocal": (bool, "true or false"),
    "actors": (list[PartyValue], 'a list of {"key", "name", "country", "sectors", "start", "end"}'),
    "recipients": (list[PartyValue], 'a list of {"key", "name", "country", "sectors", "start", "end"}'),
    "time": (TimeValue | None, 'null or {"earliest", "latest", "value"} with dates as YYYY-MM-DD'),
    "place": (PlaceValue | None, 'null or {"name", "country", "lat", "lon", "geonames"}'),
    "claimant": (ClaimantValue | None, 'null (the article itself) or {"name", "key", "country"}'),
    "stance": (model.Stance | None, ", ".join(typing.get_args(model.Stance)) + ", or null"),
    "intensity": (float | None, "a number, or null"),
    "cameo": (str | None, "a CAMEO code, or null"),
}


def checked_value(connection: DuckDBPyConnection, field: str | None, value: Any) -> Any:
    """Return the value of an edit as plain JSON. Raises `CorpusError` saying what is valid."""
    if field not in EDITABLE:
        raise CorpusError(f"no field {field!r} can be edited", advice=f"one of {', '.join(EDITABLE)}")
    kind, valid = EDITABLE[field]
    try:
        read = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise CorpusError(f"{value!r} is no {field}: {error}", advice=f"valid: {valid}") from error
    checks: dict[str, Callable[[DuckDBPyConnection, Any], None]] = {"type": _check_type, "time": _check_time,
                                                                    "place": _check_place}  # fmt: skip
    if field in checks and read is not None:
        checks[field](connection, read)
    if field in ("actors", "recipients"):
        for party in read:
            _check_party(party)
    return msgspec.to_builtins(read)


def _check_type(connection: DuckDBPyConnection, name: str) -> None:
    known = known_types(connection)
    if name not in known:
        raise CorpusError(f"no event type {name!r}", advice=f"one of {', '.join(sorted(known))}")


def known_types(connection: DuckDBPyConnection) -> set[str]:
    """Return the types of the codebook that ships, and those that this corpus holds from any other."""
    from dragoman.events import load_codebook

    found = connection.execute("SELECT DISTINCT type FROM events").fetchall()
    return {name for (name,) in found}.union(load_codebook().types)


def _check_time(_: DuckDBPyConnection, time: TimeValue) -> None:
    if time.earliest and time.latest and time.earliest > time.latest:
        raise CorpusError(f"the earliest day {time.earliest} is after the latest {time.latest}")


def _check_place(_: DuckDBPyConnection, place: PlaceValue) -> None:
    if (place.lat is None) != (place.lon is None):
        raise CorpusError("a place has both coordinates or none")
    if (
        place.lat is not None
        and place.lon is not None
        and not (abs(place.lat) <= 90 and abs(place.lon) <= 180)
    ):
        raise CorpusError(f"{place.lat}, {place.lon} is no place on earth", advice="degrees: lat, then lon")


def _check_party(party: PartyValue) -> None:
    if not party.key.strip() or not party.name.strip():
        raise CorpusError("an actor needs a key and a name")
    if (party.start is None) != (party.end is None) or (
        party.start is not None and party.end is not None and not 0 <= party.start < party.end
    ):
        raise CorpusError(f"the words of {party.name!r} need a start before an end, or neither")
