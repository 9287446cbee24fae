"""`dragoman add`: articles, or records of them, into a corpus."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import guarded


@guarded
def add(
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="The file of the corpus; made when it is not there.")
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="What `dragoman code` reads, and records that it wrote with --documents.",
        ),
    ] = None,
    date: options.Date = None,
    workers: options.Workers = 1,
    recode: Annotated[
        bool,
        typer.Option("--recode", help="Code all articles of the corpus that this coder has not coded yet."),
    ] = False,
    input_format: Annotated[
        str | None,
        typer.Option(
            "--input-format",
            metavar="NAME",
            help="What the inputs are, when their names do not say; `records` for coded ones.",
        ),
    ] = None,
    text_field: options.TextField = None,
    id_field: options.IdField = None,
    pipeline: options.Pipeline = None,
    codebook: options.Codebook = None,
    actors: options.Actors = None,
    quiet: options.Quiet = False,
) -> int:
    """Code articles and keep them in a corpus, one DuckDB file, with what links their reports.

    An article that is there already changes nothing, so that the same command may be given again: after an
    interruption it goes on where it stopped. Another article under the same id is a problem; the one that is
    there stays. Another coder (version, codebook, actors) codes into a run of its own beside the old ones;
    --recode brings that run to all articles of the corpus. Problems are also in CORPUS.problems.jsonl.

    \b
    Examples:
      dragoman add news.corpus articles/
      dragoman add news.corpus news.jsonl.gz --workers 4
      dragoman add news.corpus records.jsonl
      dragoman add news.corpus --recode
    """
    from dragoman.cli.adding import run
    from dragoman.cli.coding import Request

    request = Request(
        tuple(inputs or ()),
        date=date,
        workers=workers,
        input_format=input_format,
        pipeline=pipeline,
        codebook=codebook,
        quiet=quiet,
        text_field=text_field,
        id_field=id_field,
        actors=tuple(actors or ()),
    )
    return run(corpus, request, recode)
