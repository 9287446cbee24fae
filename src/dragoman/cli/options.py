"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Pipeline = Annotated[
    str | None,
    typer.Option(
        "--pipeline",
        metavar="NAME",
        help="An installed English spaCy pipeline. Default: that of DRAGOMAN_SPACY_PIPELINE, else the one "
        "that comes with dragoman.",
    ),
]
Codebook = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="FOLDER", help="Folder of a codebook. Default: PLOVER."),
]

Date = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="Publication date of articles that have none."),
]
Workers = Annotated[int, typer.Option("--workers", metavar="N", help="Number of processes.")]
TextField = Annotated[
    str | None, typer.Option("--text-field", metavar="NAME", help="Column or key that holds the texts.")
]
IdField = Annotated[
    str | None, typer.Option("--id-field", metavar="NAME", help="Column or key that holds the ids.")
]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="No progress and no closing line; problems are still said.")
]


def _after_own(given: list[Path] | None) -> list[Path] | None:
    """Put the user's own actors file, where there is one, before the files that the command line names."""
    from dragoman.actors.own_store import own_file

    own = own_file()
    return [own, *(given or ())] if own.is_file() else given


Actors = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        callback=_after_own,
        help="An actors file of your own (CSV), whose names go first; may be repeated.",
    ),
]
Rows = Annotated[str, typer.Argument(metavar="FILE", help="JSON Lines file, or - for standard input.")]
Answers = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="OUT", help="File for the answers. Default: standard output."),
]
