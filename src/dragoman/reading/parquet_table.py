"""Parquet: one row, one article, read in small batches of only the columns that are used."""

from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING, Any

from dragoman.errors import ArticleError
from dragoman.reading.decoding import LineDecoder
from dragoman.reading.fields import ArticleMaker, Columns, no_text_column
from dragoman.reading.problem import Problem

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from dragoman.model import Article

_BATCH = 64


def read_parquet(stream: io.BufferedReader, name: str, make: ArticleMaker) -> Iterator[Article | Problem]:
    """Yield an article for each row; a faulty row is a problem with its number (from 1)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as copy:
        # The format is read from its end, so a stream that cannot turn back is copied first.
        shutil.copyfileobj(stream, copy, 1 << 20)
        if not copy.tell():
            yield Problem(name, "the file is empty")
            return
        copy.seek(0)
        try:
            table = pq.ParquetFile(copy)
        except pa.ArrowException as error:
            yield Problem(name, f"not a Parquet file: {_first_line(error)}")
            return
        columns = Columns.find(table.schema_arrow.names, make.text_field, make.id_field)
        if not columns.has_text:
            names = table.schema_arrow.names
            yield Problem(name, *no_text_column(names, wanted=make.text_field))
            return
        if not table.metadata.num_rows:
            yield Problem(name, "the file has no rows")
        number = 0
        decoder = LineDecoder()
        try:
            for batch in table.iter_batches(batch_size=_BATCH, columns=columns.used(), use_threads=False):
                for row in _rows(batch):
                    number += 1
                    yield _article(row, columns, f"{name}: row {number}", make, decoder)
        except (pa.ArrowException, OSError) as error:
            yield Problem(
                name, f"cannot be read after row {number}: {_first_line(error)}", "is the file complete?"
            )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _article(
    row: dict[str, object], columns: Columns, where: str, make: ArticleMaker, decoder: LineDecoder
) -> Article | Problem:
    warnings: list[str] = []
    try:
        for column, value in row.items():
            if isinstance(value, bytes):
                decoded = decoder.decode(value)
                row[column] = decoded.text
                warnings.extend(w for w in decoded.warnings if w not in warnings)
        return make.from_row(row, columns, where, warnings)
    except ArticleError as error:
        return Problem(where, error.message, error.advice or "")


def _rows(batch: Any) -> Iterator[dict[str, object]]:
    """Yield the rows of a batch. Strings come as bytes: writers put other encodings into string columns."""
    import pyarrow as pa

    values: dict[str, list[object]] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        kind = column.type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            column = column.cast(pa.large_binary())
        elif pa.types.is_timestamp(kind):
            # Nanoseconds would need pandas; a publication date needs none of them.
            column = column.cast(pa.timestamp("us", tz=kind.tz), safe=False)
        values[name] = column.to_pylist()
    for at in range(batch.num_rows):
        yield {name: column[at] for name, column in values.items()}
