"""Answers of queries as CSV, JSON Lines or Parquet, some thousand rows at a time."""

from __future__ import annotations

import base64
import datetime
import decimal
import re
import uuid
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from dragoman.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

ROWS = 20_000
_QUOTED = re.compile('[",\r\n]')


def write_csv(answer: DuckDBPyConnection, target: BinaryIO) -> int:
    """Write an answer as CSV with a header line; lists as JSON, null as an empty cell. Return the rows."""
    target.write(_csv_line(_names(answer)))
    number = 0
    while rows := answer.fetchmany(ROWS):
        number += len(rows)
        target.write(b"".join(_csv_line(row) for row in rows))
    return number


def write_jsonl(answer: DuckDBPyConnection, target: BinaryIO) -> int:
    """Write an answer as JSON Lines, one object a row. Return the rows."""
    names = _names(answer)
    number = 0
    while rows := answer.fetchmany(ROWS):
        number += len(rows)
        for row in rows:
            target.write(_json(dict(zip(names, row, strict=True))) + b"\n")
    return number


def write_parquet(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any], target: BinaryIO
) -> int:
    """Ask, and write the answer as Parquet with the types of its columns. Return the rows.

    Raises `CorpusError` for a statement that answers nothing.
    """
    import pyarrow.parquet as pq

    asked: Any = connection.sql(sql, params=list(parameters) or None)
    if asked is None:
        raise CorpusError("the statement gives no rows to write", advice="ask with select or from")
    reader = asked.to_arrow_reader(ROWS)
    number = 0
    with pq.ParquetWriter(target, reader.schema, compression="zstd") as writer:
        for batch in reader:
            number += batch.num_rows
            writer.write_batch(batch)
    return number


def cell(value: Any) -> str:
    """Return a value as words: null is empty, lists and structures are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict | tuple):
        return _json(value).decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return _plain(value) if isinstance(value, bytes) else str(value)


def _names(answer: DuckDBPyConnection) -> list[str]:
    """Return the names of the columns; a name that comes again gets a number."""
    names: list[str] = []
    for column in answer.description or ():
        name, number = column[0], 1
        while name in names:
            number += 1
            name = f"{column[0]}_{number}"
        names.append(name)
    return names


def _csv_line(values: Sequence[Any]) -> bytes:
    cells = (cell(value) for value in values)
    return (
        ",".join('"' + c.replace('"', '""') + '"' if _QUOTED.search(c) else c for c in cells) + "\n"
    ).encode("utf-8", "backslashreplace")


def _json(value: Any) -> bytes:
    return msgspec.json.encode(value, enc_hook=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.timedelta | decimal.Decimal | uuid.UUID):
        return str(value)
    return str(value)
