"""`dragoman explore`: the pages over a corpus, on this machine only."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import OK, guarded


@guarded
def explore(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="A corpus made by `dragoman add`.")],
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="N", min=1, max=65535, help="Port. Default: 8470, or any that is free."
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser; the address is printed.")
    ] = False,
    codebook: options.Codebook = None,
) -> int:
    """Show a corpus in the browser: overview, search, articles, happenings, dossiers, timeline, actors, map.

    Served on 127.0.0.1 only; nothing is fetched from anywhere. Corrections are kept in the corpus.

    \b
    Examples:
      dragoman explore news.duckdb
      dragoman explore news.duckdb --port 9000 --no-browser
    """
    from dragoman.web.serving import serve

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    serve(corpus, codebook, port, not no_browser, say)
    return OK
