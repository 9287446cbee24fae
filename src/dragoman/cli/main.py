"""The `dragoman` command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import dragoman
from dragoman.cli import (
    actors,
    add,
    claims,
    code,
    codebook,
    corrections,
    demo,
    doctor,
    dossier,
    explain,
    explore,
    query,
    relate,
    schema,
    status,
    times,
)
from dragoman.cli.exits import EPILOG
from dragoman.running.threads import hold_to_one_thread

app = typer.Typer(
    name="dragoman",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

COMMANDS = (
    ("code", code.code, "Code articles: events or whole records out of news."),
    ("explain", explain.explain, "Show what decided each field of an event."),
    ("add", add.add, "Add articles to a corpus: one file, coded and linked."),
    ("dossier", dossier.dossier, "Show what all articles say of one summit, talks, visit or vote."),
    ("explore", explore.explore, "Open a corpus in the browser: events, happenings, dossiers, map."),
    ("demo", demo.demo, "Make a corpus of invented articles, and look around in it."),
    ("query", query.query, "Ask a corpus in SQL."),
    ("compare", query.compare, "Show what two runs of a corpus code differently."),
    ("relate", relate.relate, "Ask what a marked source does to a marked target."),
    ("status", status.status, "Ask whether a marked event happened."),
    ("times", times.times, "Ask what the time expressions of a text mean."),
    ("claims", claims.claims, "Ask who says what in a text."),
    ("schema", schema.schema, "Print the JSON Schema of the document record."),
    ("doctor", doctor.doctor, "Check the installation; say what to do."),
)
for name, command, summary in COMMANDS:
    app.command(name, epilog=EPILOG, short_help=summary)(command)
app.add_typer(actors.app, name="actors")
app.add_typer(corrections.app, name="corrections")
app.add_typer(codebook.app, name="codebook")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"dragoman {dragoman.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """News articles in, a sourced record of diplomacy and conflict out.

    Who did what to whom, when, where, according to whom, and whether it happened. Nothing leaves this
    machine.

    \b
    Examples:
      dragoman code article.txt --date 2020-07-14
      dragoman code news.jsonl -o events.csv --workers 2
      dragoman explain article.txt 1
      dragoman doctor
    """


def main() -> None:
    """Run the command line; the entry point of the `dragoman` script."""
    hold_to_one_thread()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a substitute; output is never lost for it.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="dragoman")


if __name__ == "__main__":
    main()
