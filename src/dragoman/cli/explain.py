"""`dragoman explain`: what decided each field of an event."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import guarded


@guarded
def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An article, or records of --documents.")],
    event: Annotated[str, typer.Argument(metavar="EVENT", help="Id of an event: e2, or just 2.")],
    article: Annotated[
        str | None, typer.Option("--article", metavar="ID", help="Which article, when FILE holds several.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Publication date, when FILE has none.")
    ] = None,
    pipeline: options.Pipeline = None,
    codebook: options.Codebook = None,
    actors: options.Actors = None,
) -> None:
    """Show what decided each field of an event: its value, on what basis, by which rule, on which words.

    FILE is an article, which is coded now, or a file that `dragoman code --documents` wrote. EVENT is an
    id as in the view of `dragoman code`.

    \b
    Examples:
      dragoman explain article.txt 1 --date 2020-07-14
      dragoman explain records.jsonl e3 --article guardian-7
    """
    from dragoman.cli.explaining import chosen_document, chosen_event, show

    document = chosen_document(file, article, date, pipeline, codebook, tuple(actors or ()))
    show(document, chosen_event(document, event))
