"""`dragoman actors code`: who a phrase stands for."""

from __future__ import annotations

import typer

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import EPILOG, guarded
from dragoman.cli.marked import answer_file

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, epilog=EPILOG)


@app.callback()
def group() -> None:
    """Ask who a phrase stands for.

    \b
    Examples:
      dragoman actors code phrases.jsonl
    """


@app.command("code", epilog=EPILOG)
@guarded
def code(file: options.Rows, out: options.Answers = None, actors: options.Actors = None) -> int:
    """Say who phrases stand for: name, kind, country, sectors, office, ids, why.

    Takes lines {id, phrase, date, context}; date and context (a text around the phrase) may be null.
    Writes the same lines in the same order; a line that can't be answered gets "error".

    \b
    Examples:
      dragoman actors code phrases.jsonl -o answers.jsonl
      dragoman actors code phrases.jsonl --actors my-actors.csv
      echo '{"phrase": "the French foreign minister", "date": "2020-07-14"}' | dragoman actors code -
    """
    return answer_file("actors", file, out, actors=tuple(actors or ()))
