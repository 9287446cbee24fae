"""What `dragoman query` and `dragoman compare` do, apart from their options."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.cli.exits import OK
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}
FORMATS = ("table", "csv", "jsonl", "parquet")
ROWS_SHOWN = 200


def run(corpus: Path, sql: str, output_format: str | None, out: Path | None, seconds: float | None) -> int:
    """Answer a query; return the exit code. Raises `ConfigError` and `CorpusError`."""
    chosen = format_of(output_format, out)
    question = sys.stdin.read() if sql == "-" else sql
    if not question.strip():
        raise ConfigError("the query is empty", advice='for instance "select * from articles"')
    return answer(corpus, question, (), chosen, out, seconds)


def run_comparison(
    corpus: Path, old: int | None, new: int | None, output_format: str | None, out: Path | None
) -> int:
    """Compare two runs; return the exit code. Raises `ConfigError` and `CorpusError`."""
    from dragoman.corpus import Corpus, comparing

    chosen = format_of(output_format, out)
    with Corpus(corpus, read_only=True) as opened:
        pair = comparing.chosen_runs(opened.connection, old, new)
        counts = comparing.counts(opened.connection, *pair)
    code = answer(corpus, comparing.QUERY, list(pair), chosen, out, None)
    said = ", ".join(f"{number:,} {change}" for change, number in counts.items())
    print(f"run {pair[0]} to run {pair[1]}: {said}", file=sys.stderr)
    return code


def format_of(name: str | None, out: Path | None) -> str:
    """Return the format of the answer. Raises `ConfigError` for one that does not fit."""
    if name is not None and name not in FORMATS:
        raise ConfigError(f"no format {name!r}", advice=f"choose one of {', '.join(FORMATS)}")
    if out is None:
        if name == "parquet":
            raise ConfigError("parquet can't be written to standard output", advice="name a file by -o")
        return name or ("table" if sys.stdout.isatty() else "csv")
    chosen = name or ENDINGS.get(out.suffix.lower())
    if chosen is None:
        raise ConfigError(
            f"the format can't be told from the ending {out.suffix!r}",
            where=str(out),
            advice=f"end it in {', '.join(ENDINGS)}, or give --format",
        )
    if chosen == "table":
        raise ConfigError("a table is for reading, -o for files", advice="give one of the two")
    return chosen


def answer(
    path: Path, sql: str, parameters: Sequence[Any], chosen: str, out: Path | None, seconds: float | None
) -> int:
    """Ask and write the answer; a file appears under its name only when it is whole."""
    from dragoman.corpus import Corpus
    from dragoman.corpus.querying import clear_errors, time_limit
    from dragoman.running.resuming import check_writable

    if out is not None:
        check_writable(out)
    with Corpus(path, read_only=True) as corpus, clear_errors(), time_limit(corpus.connection, seconds):
        connection = corpus.connection
        if out is None and chosen == "table":
            show(connection.execute(sql, parameters or None))
        elif out is None:
            write(connection, sql, parameters, chosen, sys.stdout.buffer)
        else:
            part = out.with_name(out.name + ".part")
            try:
                with part.open("wb") as target:
                    write(connection, sql, parameters, chosen, target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            part.replace(out)
    return OK


def write(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any], chosen: str, target: BinaryIO
) -> None:
    """Ask, and write the answer in a format for files."""
    from dragoman.corpus import answers

    if chosen == "parquet":
        answers.write_parquet(connection, sql, parameters, target)
        return
    writers = {"csv": answers.write_csv, "jsonl": answers.write_jsonl}
    writers[chosen](connection.execute(sql, parameters or None), target)


def show(found: DuckDBPyConnection) -> None:
    """Show an answer as a table, not more rows than a person reads."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.corpus.answers import cell

    rows = found.fetchmany(ROWS_SHOWN + 1)
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for number, column in enumerate(found.description or ()):
        numbers = all(isinstance(row[number], int | float | None) for row in rows)
        table.add_column(Text(column[0]), justify="right" if numbers and rows else "left", overflow="fold")
    for row in rows[:ROWS_SHOWN]:
        table.add_row(*(Text(cell(value)) for value in row))
    Console().print(table)
    if len(rows) > ROWS_SHOWN:
        print(f"the first {ROWS_SHOWN} rows; -o FILE or --format csv gives all", file=sys.stderr)
    elif not rows:
        print("no rows", file=sys.stderr)
