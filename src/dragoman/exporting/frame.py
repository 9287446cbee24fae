"""Events as a data frame of pandas or polars; neither is needed until asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from dragoman.errors import ConfigError
from dragoman.exporting.rows import COLUMNS, column_types, rows
from dragoman.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable


def frame(documents: Iterable[object], library: Literal["pandas", "polars"] = "pandas") -> Any:
    """Return one row an event of these records; anything that is not a record (an error) is passed over.

    Raises `ConfigError` when the library is not installed or is not one of the two.
    """
    found = [row for document in documents if isinstance(document, Document) for row in rows(document)]
    columns = {name: [getattr(row, name) for row in found] for name in COLUMNS}
    try:
        if library == "pandas":
            import pandas as pd

            kinds = {str: "object", bool: "bool", int: "int64", float: "float64"}
            return pd.DataFrame(
                {name: pd.Series(columns[name], dtype=kinds[kind]) for name, kind in column_types().items()}
            )
        if library == "polars":
            import polars as pl

            types = {str: pl.String, bool: pl.Boolean, int: pl.Int64, float: pl.Float64}
            return pl.DataFrame(columns, schema={name: types[k] for name, k in column_types().items()})
    except ImportError as error:
        raise ConfigError(
            f"{library} is not installed", advice=f"pip install 'dragoman[{library}]'"
        ) from error
    raise ConfigError(f"no data frame library {library!r}", advice="it is 'pandas' or 'polars'")
