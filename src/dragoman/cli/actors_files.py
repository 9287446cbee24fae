"""`dragoman actors add`, `import-petrarch`, `import-wikidata`: rows into an actors file of the user."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.exits import SOME_PROBLEMS, guarded
from dragoman.errors import ConfigError

Into = Annotated[
    Path | None,
    typer.Option("--into", metavar="FILE", help="The file to put rows into. Default: your own actors file."),
]
Out = Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The actors file to write.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write also over a file that is there.")]
# What could not be imported, shown at once; the rest is counted.
_SHOWN = 20


@guarded
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An actors file (CSV).")],
    into: Into = None,
) -> None:
    """Check an actors file and put its rows into your own actors file, which goes before the data of dragoman.

    Your own actors file is the one that DRAGOMAN_ACTORS names, else dragoman/actors.csv in the
    configuration folder (~/.config). It is read by every command that has --actors.

    \b
    Examples:
      dragoman actors add my-actors.csv
      dragoman actors add my-actors.csv --into shared.csv
    """
    from dragoman.actors.own_store import install, own_file

    target = into or own_file()
    if target.exists() and target.resolve() == file.resolve():
        raise ConfigError("is your own actors file itself", where=str(file), advice="give another file")
    new, whole = install(file, target)
    print(f"{new} rows put into {target}, which has {whole}")


@guarded
def import_petrarch(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Actor dictionaries of PETRARCH.")],
    out: Out,
    agents: Annotated[
        list[Path] | None,
        typer.Option("--agents", metavar="FILE", help="An agent dictionary; may be repeated."),
    ] = None,
    overwrite: Overwrite = False,
) -> int:
    """Make an actors file of actor dictionaries of PETRARCH, with their dates.

    What could not be carried over is listed with file, line and reason, and makes the exit code 1.

    \b
    Examples:
      dragoman actors import-petrarch Phoenix.Countries.actors.txt -o countries.csv
      dragoman actors import-petrarch groups.txt --agents agents.txt -o actors.csv
    """
    from dragoman.actors.own_store import write_actors_file
    from dragoman.petrarch.actors import actor_rows, read_actors
    from dragoman.petrarch.agents import agent_rows
    from dragoman.petrarch.report import Report

    _free(out, overwrite)
    report = Report()
    rows = [row for path in files for row in actor_rows(path, read_actors(path, report), report)]
    rows.extend(row for path in agents or () for row in agent_rows(path, report))
    write_actors_file(out, rows)
    print(f"wrote {out}: {len(rows)} rows")
    return _left_out([f"{note.where}: {note.entry}: {note.why}" for note in report.lost])


@guarded
def import_wikidata(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A download of query.wikidata.org: CSV, TSV or JSON.")
    ],
    out: Out,
    overwrite: Overwrite = False,
) -> int:
    """Make an actors file of offices and their holders that Wikidata's query service gave.

    Each row is a term: person, office, country, start, end (columns may end in Label). What could not be
    used is listed with file, line and reason, and makes the exit code 1.

    \b
    Examples:
      dragoman actors import-wikidata query.csv -o holders.csv
      dragoman actors add holders.csv
    """
    from dragoman.actors import load_gazetteer
    from dragoman.actors.own_store import write_actors_file
    from dragoman.actors.wikidata import read_wikidata

    _free(out, overwrite)
    made = read_wikidata(file, load_gazetteer())
    write_actors_file(out, made.rows)
    print(f"wrote {out}: {len(made.rows)} rows")
    return _left_out(made.left_out)


def _free(out: Path, overwrite: bool) -> None:
    if out.exists() and not overwrite:
        raise ConfigError("is there already", where=str(out), advice="name another file, or --overwrite")


def _left_out(reasons: list[str]) -> int:
    for reason in reasons[:_SHOWN]:
        print(f"  left out: {reason}")
    if len(reasons) > _SHOWN:
        print(f"  and {len(reasons) - _SHOWN} more")
    return SOME_PROBLEMS if reasons else 0
