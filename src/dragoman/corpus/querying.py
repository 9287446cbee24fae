"""Questions in SQL to a corpus: read only, no files, with a time limit."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from dragoman.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Parameters = Sequence[object] | Mapping[str, object]


class QueryResult(NamedTuple):
    """The answer to a query: the names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dicts."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@contextlib.contextmanager
def time_limit(connection: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    """Interrupt what a connection does when it takes longer; raises `CorpusError` then."""
    if seconds is None:
        yield
        return
    over = threading.Event()

    def stop() -> None:
        over.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        if not over.is_set():
            raise
        raise CorpusError(
            f"the query took longer than {seconds:g} seconds and was stopped",
            advice="ask for less (a narrower where, a limit), or allow more time",
        ) from error
    finally:
        timer.cancel()


@contextlib.contextmanager
def clear_errors(
    where: str | None = None, advice: str = "docs/corpus.md lists the tables and their columns"
) -> Iterator[None]:
    """Turn an error of DuckDB into a `CorpusError` that gives DuckDB's words."""
    try:
        yield
    except duckdb.Error as error:
        raise CorpusError(str(error).strip(), where=where, advice=advice) from error


def ask(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Parameters = (),
    limit: int | None = None,
    seconds: float | None = None,
) -> QueryResult:
    """Run one query and return its rows, at most `limit` of them.

    Raises `CorpusError` with DuckDB's message when the query is faulty, and when it takes longer than
    `seconds`.
    """
    with clear_errors(), time_limit(connection, seconds):
        answer = connection.execute(sql, parameters or None)
        columns = tuple(column[0] for column in answer.description or ())
        if limit is None:
            rows = answer.fetchall()
        else:
            rows = answer.fetchmany(limit)
            answer.abort()  # the rest, which would keep the connection busy
    return QueryResult(columns, rows)
