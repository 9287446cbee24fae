"""`dragoman codebook`: check one, show it, begin a new one."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import EPILOG, guarded
from dragoman.cli.import_petrarch import import_petrarch

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, epilog=EPILOG)


@app.callback()
def group() -> None:
    """Check a codebook, show what it says, begin a new one.

    A codebook says what an event is: types, modes, contexts, and the frames by which they are found. It is a
    folder of YAML files that you can read and change.

    \b
    Examples:
      dragoman codebook show
      dragoman codebook new my-codebook
      dragoman codebook check my-codebook
    """


@app.command("check", epilog=EPILOG, short_help="Check a codebook and code its examples.")
@guarded
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Folder of a codebook. Default: PLOVER.")
    ] = None,
    no_examples: Annotated[
        bool, typer.Option("--no-examples", help="Only look for faults; do not code the examples.")
    ] = False,
    pipeline: options.Pipeline = None,
) -> int:
    """Check a codebook: name every fault with its file and line, then code all its examples.

    An example is coded as if it were an article of 1 May 2024; those that are coded otherwise than they say
    are shown. Warnings name entries without an example, triggers that stand twice, and word lists that no
    frame uses.

    Exit code 2 when there are faults, 1 when examples fail, 0 when there are at most warnings.

    \b
    Examples:
      dragoman codebook check my-codebook
      dragoman codebook check my-codebook --no-examples
      dragoman codebook check
    """
    from dragoman.cli.codebook_check import run

    return run(folder, not no_examples, pipeline)


@app.command("show", epilog=EPILOG, short_help="Show the types, or one as a readable page.")
@guarded
def show(
    name: Annotated[
        str | None, typer.Argument(metavar="[TYPE]", help="A type, or one of its frames: TYPE/frame.")
    ] = None,
    codebook: options.Codebook = None,
) -> None:
    """Show a type as a page: definition, boundaries, modes, what it becomes, frames with their examples.

    Without TYPE: all types and contexts with their definitions. What stands in `why` of an event, such as
    TYPE/frame, shows that frame alone.

    \b
    Examples:
      dragoman codebook show
      dragoman codebook show CONSULT | less
      dragoman codebook show CONSULT/hold-talks
      dragoman codebook show --codebook my-codebook
    """
    from dragoman.cli.codebook_pages import show as show_page

    show_page(name, codebook)


@app.command("new", epilog=EPILOG, short_help="Begin a codebook of your own.")
@guarded
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to make; it must not hold files.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Name of the codebook. Default: FOLDER's.")
    ] = None,
) -> None:
    """Begin a codebook of your own: codebook.yaml, and an example type with comments, that pass `check`.

    \b
    Examples:
      dragoman codebook new my-codebook
      dragoman codebook new my-codebook --name access-2
    """
    from dragoman.cli.codebook_new import begin

    begin(folder, folder.resolve().name if name is None else name)


app.command("import-petrarch", epilog=EPILOG, short_help="Import dictionaries of PETRARCH.")(import_petrarch)
