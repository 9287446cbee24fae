"""Rows into a table in one piece: thousands of times faster than one by one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duckdb import DuckDBPyConnection


def insert(connection: DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that name every column of a table. Raises `KeyError` for one that does not."""
    given = list(rows)
    if not given:
        return
    import pyarrow as pa

    schema = connection.table(table).limit(0).to_arrow_table().schema
    columns = [pa.array([row[name] for row in given], type=schema.field(name).type) for name in schema.names]
    connection.register("incoming_rows", pa.Table.from_arrays(columns, schema=schema))
    try:
        connection.execute(f'INSERT INTO "{table}" SELECT * FROM incoming_rows')
    except duckdb.Error:
        # In the aborted transaction this fails too, which must not hide why.
        with contextlib.suppress(duckdb.Error):
            connection.unregister("incoming_rows")
        raise
    connection.unregister("incoming_rows")
