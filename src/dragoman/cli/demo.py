"""`dragoman demo`: a corpus of invented articles, made in a minute, to look around in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.exits import guarded


@guarded
def demo(
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="The file of the corpus; made when it is not there.")
    ] = Path("dragoman-demo.duckdb"),
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Make it anew; corrections that were made in it are lost.")
    ] = False,
    no_explore: Annotated[bool, typer.Option("--no-explore", help="Do not open the explorer.")] = False,
) -> int:
    """Make a corpus of some two hundred invented articles, and open it in the explorer.

    The articles ship with dragoman: a summit that is put off, a border clash with two accounts, sanctions, a
    cease-fire, strikes, a contested vote. Places are real, all else in them is made up. A demonstration that
    is there already is only opened. A corpus that holds other articles is never touched.

    \b
    Examples:
      dragoman demo
      dragoman demo tour.duckdb --no-explore
    """
    from dragoman.cli.demonstrating import run

    return run(corpus, overwrite, not no_explore)
