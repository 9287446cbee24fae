"""`dragoman code`: articles in, events or whole records out."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import guarded


@guarded
def code(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files (.txt, .jsonl, .csv, .parquet, .html, also gzipped), folders, - for standard input.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="File for the result: .jsonl, .csv or .parquet."),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="jsonl, csv, parquet or documents; else by the ending of OUT."
        ),
    ] = None,
    documents: Annotated[
        bool, typer.Option("--documents", help="Write whole records, one line an article (JSON Lines).")
    ] = False,
    date: options.Date = None,
    workers: options.Workers = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run to the same OUT.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUT, and what an interrupted run left of it.")
    ] = False,
    input_format: Annotated[
        str | None,
        typer.Option(
            "--input-format", metavar="NAME", help="What the inputs are, when their names do not say."
        ),
    ] = None,
    text_field: options.TextField = None,
    id_field: options.IdField = None,
    pipeline: options.Pipeline = None,
    codebook: options.Codebook = None,
    actors: options.Actors = None,
    view: Annotated[
        bool, typer.Option("--view", help="Show the readable view also when output is not a terminal.")
    ] = False,
    why_none: Annotated[
        bool,
        typer.Option("--why-none", help="Show only the articles without an event, each with the reason."),
    ] = False,
    quiet: options.Quiet = False,
) -> int:
    """Code articles: who did what to whom, when, where, according to whom, and whether it happened.

    On a terminal without -o this shows a readable view. Into a pipe it writes events as JSON Lines (whole
    records with --documents). Into a file it writes the table of events, one row an event, in the format
    of its ending.

    Output is in input order and does not depend on the number of workers. A run that was interrupted goes
    on with --resume. Articles that could not be read or coded are listed at the end, with -o also in
    OUT.problems.jsonl.

    \b
    Examples:
      dragoman code article.txt --date 2020-07-14
      dragoman code news/ -o events.csv
      dragoman code news.jsonl.gz -o records.jsonl --documents --workers 4
      dragoman code news.jsonl.gz -o records.jsonl --documents --workers 4 --resume
      dragoman code news.jsonl --why-none
      cat article.txt | dragoman code - | jq .type
    """
    from dragoman.cli.coding import Request, run

    return run(
        Request(
            tuple(inputs),
            out,
            output_format,
            documents,
            date,
            workers,
            resume,
            overwrite,
            input_format,
            pipeline,
            codebook,
            view,
            why_none,
            quiet,
            text_field,
            id_field,
            tuple(actors or ()),
        )
    )
