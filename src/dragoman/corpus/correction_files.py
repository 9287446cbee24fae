"""Corrections as JSON Lines: out, and in again, also into another corpus of the same articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.corpus import overlay
from dragoman.corpus.corrections import Correction, listing, write
from dragoman.corpus.statements import dicts, transaction
from dragoman.errors import CorpusError
from dragoman.reading.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

# Which coding a correction is about: written for people, and passed over when read.
ABOUT = "about"


def exported(connection: DuckDBPyConnection) -> Iterator[bytes]:
    """Yield all corrections as lines of JSON, those undone too, with the words that each is about."""
    every = listing(connection, undone=True)
    found = connection.execute(
        "SELECT anchor, article, words, sentence FROM events WHERE anchor IN (SELECT unnest(?::TEXT[])) "
        "QUALIFY row_number() OVER (PARTITION BY anchor ORDER BY run DESC, event) = 1",
        [[c.target for c in every if c.subject == "event"]],
    )
    about = {row.pop("anchor"): row for row in dicts(found)}
    for correction in every:
        fields: dict[str, Any] = msgspec.to_builtins(correction)
        if correction.target in about:
            fields[ABOUT] = about[correction.target]
        yield msgspec.json.encode(fields) + b"\n"


def imported(connection: DuckDBPyConnection, lines: Iterable[bytes], name: str) -> tuple[int, list[Problem]]:
    """Read corrections from lines of JSON; return how many were new or newly undone, and the faulty lines.

    One whose coding is not in the corpus is kept as well: it holds as soon as a run has the coding.
    """
    problems: list[Problem] = []
    with transaction(connection):
        before = _state(connection)
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                write(connection, _correction(line), known=False)
            except CorpusError as error:
                problems.append(Problem(f"{name}:{number}", error.message, error.advice or ""))
        overlay.refresh(connection)
        after = _state(connection)
    return len(after - before), problems


def _state(connection: DuckDBPyConnection) -> set[tuple[str, bool]]:
    return {(c.correction, c.undone) for c in listing(connection, undone=True)}


def _correction(line: bytes) -> Correction:
    """Read one line. Raises `CorpusError`."""
    try:
        fields = msgspec.json.decode(line)
        if isinstance(fields, dict):
            fields.pop(ABOUT, None)
        return msgspec.convert(fields, Correction)
    except msgspec.ValidationError as error:
        valid = ", ".join(Correction.__struct_fields__)
        raise CorpusError(f"this is no correction: {error}", advice=f"fields: {valid}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"not valid JSON: {error}", advice="write one JSON object a line") from error
