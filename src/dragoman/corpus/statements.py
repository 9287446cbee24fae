"""Statements to the database that every part of a corpus makes: one row out, many rows in, all or nothing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

FEW = 50


def first_row(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> tuple[Any, ...] | None:
    """Return the first row of a query that gives few, or None."""
    # All are fetched: a connection with rows left to fetch refuses most other work.
    rows = connection.execute(sql, parameters or None).fetchall()
    return rows[0] if rows else None


def dicts(answer: DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the rows of an answer as dicts."""
    columns = [column[0] for column in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def rows_in(
    connection: DuckDBPyConnection,
    table: str,
    column: str,
    values: Sequence[str],
    *,
    run: int | None = None,
    columns: str = "*",
) -> list[dict[str, Any]]:
    """Return the rows of a table whose column has one of some values, of one run where it is named."""
    if not values:
        return []
    # A few are compared as they are, which reads the least of the file; many go into a join.
    few = len(values) <= FEW
    among = ", ".join("?" * len(values)) if few else "SELECT unnest(?::TEXT[])"
    of_run = "" if run is None else " AND run = ?"
    parameters: list[Any] = [*values] if few else [list(values)]
    return dicts(
        connection.execute(
            f'SELECT {columns} FROM "{table}" WHERE "{column}" IN ({among}){of_run} ORDER BY ALL',
            parameters if run is None else [*parameters, run],
        )
    )


@contextlib.contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block does at its end; on any error nothing of it has happened."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
