"""`dragoman query`: questions in SQL to a corpus."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from dragoman.cli.exits import guarded


@guarded
def query(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The file of a corpus.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="The query, or - for standard input.")],
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="table, csv, jsonl or parquet; else by the ending of OUT."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="File for the answer: .csv, .jsonl or .parquet."),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", help="Stop a query that takes longer; 0: never."),
    ] = 60.0,
) -> int:
    """Ask a corpus in SQL (DuckDB's). Nothing can be changed, and no file can be read or written by SQL.

    On a terminal this shows a table of at most 200 rows; into a pipe it writes all as CSV. docs/corpus.md
    lists the tables and their columns. The views that end in _now have the latest run, with corrections.

    \b
    Examples:
      dragoman query news.corpus "select type, count(*) from events_now group by type order by 2 desc"
      dragoman query news.corpus "from happenings_now" -o happenings.parquet
      dragoman query news.corpus - --format jsonl < question.sql
    """
    from dragoman.cli.querying import run

    return run(corpus, sql, output_format, out, time_limit or None)


@guarded
def compare(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The file of a corpus.")],
    old: Annotated[int | None, typer.Argument(metavar="OLD", help="Number of a run.")] = None,
    new: Annotated[int | None, typer.Argument(metavar="NEW", help="Number of another run.")] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="table, csv, jsonl or parquet; else by the ending of OUT."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="File for the answer: .csv, .jsonl or .parquet."),
    ] = None,
) -> int:
    """Compare two runs of a corpus: which codings were added, lost or changed; by default the last two.

    Only articles that both runs have coded are compared. A coding is the same when its type stands on the same
    words; one of another type on words that overlap counts as changed.

    \b
    Examples:
      dragoman compare news.corpus
      dragoman compare news.corpus 1 3 -o changes.csv
    """
    from dragoman.cli.querying import run_comparison

    return run_comparison(corpus, old, new, output_format, out)
