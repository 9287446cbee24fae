"""Tables as files: CSV, JSON and Parquet, written in pieces so that memory does not grow with them."""

from __future__ import annotations

import csv
import io
import tempfile
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dragoman.web.database import Database

ROWS = 5_000
# A file of everything takes longer than a page may.
SECONDS = 600.0
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def written(database: Database, form: str, sql: str, values: Sequence[Any]) -> Iterator[bytes]:
    """Yield the rows of a query as a file in one of the forms of `MEDIA`.

    CSV has a header line, empty cells for what is not known, and lists joined by semicolons; JSON is a list of
    objects; Parquet has DuckDB's types.
    """
    yield from _WRITERS[form](database, sql, values)


def _pieces(
    database: Database, sql: str, values: Sequence[Any]
) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
    with database.result(sql, values, SECONDS) as result:
        columns = [column[0] for column in result.description or ()]
        yield columns, []
        while rows := result.fetchmany(ROWS):
            yield columns, rows


def _csv(database: Database, sql: str, values: Sequence[Any]) -> Iterator[bytes]:
    for columns, rows in _pieces(database, sql, values):
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        lines: Sequence[Sequence[Any]] = rows if rows else [columns]
        writer.writerows([_cell(value) for value in row] for row in lines)
        yield buffer.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return str(value).lower() if isinstance(value, bool) else value


def _json(database: Database, sql: str, values: Sequence[Any]) -> Iterator[bytes]:
    yield b"["
    comma = b"\n"
    for columns, rows in _pieces(database, sql, values):
        for row in rows:
            yield comma + msgspec.json.encode(dict(zip(columns, row, strict=True)))
            comma = b",\n"
    yield b"\n]\n"


def _parquet(database: Database, sql: str, values: Sequence[Any]) -> Iterator[bytes]:
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as file:
        with (
            database.batches(sql, values, ROWS * 4, SECONDS) as reader,
            pq.ParquetWriter(file, reader.schema, compression="zstd") as writer,
        ):
            for batch in reader:
                writer.write_batch(batch)
        file.seek(0)
        while piece := file.read(1 << 18):
            yield piece


_WRITERS: dict[str, Callable[[Database, str, Sequence[Any]], Iterator[bytes]]] = {
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
}
