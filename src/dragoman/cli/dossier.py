"""`dragoman dossier`: a summit, negotiation, visit or vote as all articles of a corpus tell it."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from dragoman.cli.exits import guarded


@guarded
def dossier(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The file of a corpus.")],
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="What it is called, or its id; without it: a list.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="Only what articles up to this day say."),
    ] = None,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Also who says what of each question, by date.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page that opens offline.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The dossier, or the list, as JSON.")] = False,
) -> int:
    """Show what the articles of a corpus say of one process: parties, status, dates, places, what is open.

    Every statement stands with its sentence, its article and who says so. NAME is any name that an article
    uses ("P5 summit"); a name that several dossiers bear lists them. Without NAME all dossiers are listed.

    \b
    Examples:
      dragoman dossier news.corpus
      dragoman dossier news.corpus "P5 summit" --as-of 2020-07-15
      dragoman dossier news.corpus "P5 summit" --html p5.html
    """
    from dragoman.cli.dossier_view import run

    return run(corpus, name, as_of, matrix, html, as_json)
