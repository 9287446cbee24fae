"""Events as Parquet, with a typed schema; made from the JSON Lines of rows, some thousand at a time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.exporting.rows import COLUMNS, Row, column_types

if TYPE_CHECKING:
    from pathlib import Path

ROWS_PER_GROUP = 20_000


def schema() -> Any:
    """Return the pyarrow schema of the table of events."""
    import pyarrow as pa

    kinds = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    return pa.schema([(name, kinds[kind]) for name, kind in column_types().items()])


def from_jsonl(source: Path, target: Path) -> None:
    """Write the rows of a JSON Lines file as Parquet. Memory does not grow with the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table_schema = schema()
    decoder = msgspec.json.Decoder(Row)
    with source.open("rb") as lines, pq.ParquetWriter(target, table_schema, compression="zstd") as writer:
        while batch := [decoder.decode(line) for line in itertools.islice(lines, ROWS_PER_GROUP)]:
            columns = {name: [getattr(row, name) for row in batch] for name in COLUMNS}
            writer.write_table(pa.table(columns, schema=table_schema))
