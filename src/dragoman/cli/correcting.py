"""Corrections as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.corrections import Correction


def lines_of(connection: DuckDBPyConnection, undone: bool) -> Iterator[str]:
    """Yield a line for each correction, in the order in which they were made."""
    from dragoman.corpus import corrections

    for correction in corrections.listing(connection, undone=undone):
        yield line_of(connection, correction)


def unmatched_lines(connection: DuckDBPyConnection) -> Iterator[str]:
    """Yield a line for each correction that finds nothing in the latest run, with the reason."""
    from dragoman.corpus import corrections

    for item in corrections.unmatched(connection):
        yield f"{line_of(connection, item.correction)}  [{item.reason}]"


def line_of(connection: DuckDBPyConnection, correction: Correction) -> str:
    """Return a correction on one line."""
    made = "" if correction.made is None else correction.made.strftime("%Y-%m-%d %H:%M:%S")
    parts = [
        correction.correction,
        made,
        correction.author or "-",
        correction.action,
        _about(connection, correction),
    ]
    if correction.field is not None:
        parts.append(f"{correction.field} = {msgspec.json.encode(correction.value).decode()}")
    elif correction.subject == "entity":
        articles = correction.value.get("articles")
        parts.append(f"into {correction.value['into']}" + (f" in {', '.join(articles)}" if articles else ""))
    if correction.note:
        parts.append(f"({' '.join(correction.note.split())})")
    if correction.undone:
        parts.append("undone")
    return "  ".join(parts)


def _about(connection: DuckDBPyConnection, correction: Correction) -> str:
    """Return what a correction is about: the words of a coding, else the name of what it is."""
    from dragoman.corpus.statements import first_row

    if correction.subject == "event":
        found = first_row(
            connection,
            "SELECT type, words, article FROM events WHERE anchor = ? ORDER BY run DESC LIMIT 1",
            [correction.target],
        )
        if found is not None:
            return f"{found[0]} on {' '.join(found[1].split())!r} in {found[2]!r}"
    return f"{correction.subject} {correction.target}"
