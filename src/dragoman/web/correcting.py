"""Corrections as the pages show and make them; what they mean is the business of `corpus.corrections`."""

from __future__ import annotations

import datetime  # noqa: TC003 (msgspec reads the annotations)
import re
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.corpus import corrections
from dragoman.errors import CorpusError
from dragoman.web import written_values
from dragoman.web.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import duckdb

    from dragoman.web.site import Site

LONGEST = 20_000
# What the page says after a correction was made.
SAID = {
    "accept": "Accepted: the coding is right as it is.",
    "reject": "Rejected: the coding is no longer counted.",
    "edit": "Edited: the coding is counted as corrected.",
    "merge": "Merged: both are now one happening.",
    "split": "Split: these reports are now a happening of their own.",
    "merge-actors": "Merged: both are now one actor.",
    "split-actor": "Split: in these articles it is now another actor.",
    "undo": "Undone: it counts as it was coded.",
}
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*\Z")


class Made(msgspec.Struct, frozen=True):
    """A correction that somebody made."""

    correction: str
    made: datetime.datetime
    author: str | None
    action: str
    subject: str
    target: str
    field: str | None
    value: str | None
    note: str | None
    undone: bool


_COLUMNS = "correction, made, author, action, subject, target, field, value, note, undone"


def about(site: Site, anchor: str) -> tuple[Made, ...]:
    """Return the corrections of a coding that hold, the latest last."""
    return tuple(
        site.database.rows(
            Made,
            f"SELECT {_COLUMNS} FROM corrections WHERE target = ? AND NOT undone ORDER BY made, correction",
            [anchor],
        )
    )


class Editable(msgspec.Struct, frozen=True):
    """A field that can be edited: its value now, and how a new one is written."""

    name: str
    now: str
    hint: str


def editable(now: Mapping[str, str | None]) -> tuple[Editable, ...]:
    """Return the fields of a coding that can be edited, given their values now."""
    return tuple(
        Editable(name, now.get(name) or "", written_values.HINTS.get(name, valid))
        for name, (_, valid) in corrections.EDITABLE.items()
    )


def local(address: str) -> str:
    """Return an address if it leads to a page of the explorer, else that of the list of corrections."""
    return address if _LOCAL.match(address) else "/corrections"


def change(site: Site, fields: Mapping[str, str]) -> str:
    """Make the correction that a form asks for, and return the action under which `SAID` names it.

    Raises:
        RequestError: when the form names no known action or lacks a field, or when the corpus does not take the
            correction; the message says why.
    """
    action = fields.get("action", "")
    if action not in SAID:
        raise RequestError(f"there is no action {action[:40]!r}", advice=f"choose one of {', '.join(SAID)}")
    too_long = [name for name, value in fields.items() if len(value) > LONGEST]
    if too_long:
        raise RequestError(f"{too_long[0]} is too long", advice=f"write at most {LONGEST} characters")
    by: dict[str, Any] = {"author": _given(fields, "author"), "note": _given(fields, "note")}

    def need(name: str) -> str:
        value = fields.get(name, "").strip()
        if not value:
            raise RequestError(f"the form has no {name}", advice="fill it in and send it again")
        return value

    calls: dict[str, Callable[[], Callable[[duckdb.DuckDBPyConnection], object]]] = {
        "accept": lambda: _later(corrections.accept, need("target"), **by),
        "reject": lambda: _later(corrections.reject, need("target"), **by),
        "edit": lambda: _later(
            corrections.edit,
            need("target"),
            need("field"),
            written_values.read_value(site, need("target"), need("field"), fields.get("value", "")),
            **by,
        ),
        "merge": lambda: _later(corrections.merge_happenings, need("target"), need("other"), **by),
        "split": lambda: _later(corrections.split_happening, need("target"), need("anchor").split(), **by),
        "merge-actors": lambda: _later(corrections.merge_entities, need("target"), need("other"), **by),
        "split-actor": lambda: _later(
            corrections.split_entity, need("target"), lines_of(need("articles")), need("other"), **by
        ),
        "undo": lambda: _later(corrections.undo, need("target")),
    }
    call = calls[action]()
    try:
        with site.database.writing() as corpus:
            call(corpus.connection)
    except CorpusError as error:
        raise RequestError(error.message, where=error.where, advice=error.advice) from error
    return action


def lines_of(text: str) -> list[str]:
    """Return the lines of a field that takes several values, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _later(
    function: Callable[..., object], *values: object, **named: object
) -> Callable[[duckdb.DuckDBPyConnection], object]:
    return lambda connection: function(connection, *values, **named)


def _given(fields: Mapping[str, str], name: str) -> str | None:
    return fields.get(name, "").strip() or None
