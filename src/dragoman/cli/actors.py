"""`dragoman actors`: who a phrase, a name or an office stands for, and whether the data are in order."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import actors_files, options
from dragoman.cli.exits import EPILOG, SOME_PROBLEMS, guarded
from dragoman.cli.marked import answer_file
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.actors import Gazetteer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, epilog=EPILOG)
app.command("add", epilog=EPILOG)(actors_files.add)
app.command("import-petrarch", epilog=EPILOG)(actors_files.import_petrarch)
app.command("import-wikidata", epilog=EPILOG)(actors_files.import_wikidata)

Date = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day. Default: today.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]
# Longer than this, and a term without an end should be looked at again.
STALE_DAYS = 180


@app.callback()
def group() -> None:
    """Ask who is who, and manage actors files of your own.

    \b
    Examples:
      dragoman actors lookup Lavrov --date 2003-05-01
      dragoman actors who --country KEN --date 2020-07-14
      dragoman actors add my-actors.csv
      dragoman actors code phrases.jsonl
    """


@app.command("code", epilog=EPILOG)
@guarded
def code(file: options.Rows, out: options.Answers = None, actors: options.Actors = None) -> int:
    """Say who phrases stand for: name, kind, country, sectors, office, ids, why.

    Takes lines {id, phrase, date, context}; date and context (a text around it) may be null.
    Writes the same lines in the same order; a line that can't be answered gets "error".

    \b
    Examples:
      dragoman actors code phrases.jsonl -o answers.jsonl
      dragoman actors code phrases.jsonl --actors my-actors.csv
      echo '{"phrase": "the French foreign minister", "date": "2020-07-14"}' | dragoman actors code -
    """
    return answer_file("actors", file, out, actors=tuple(actors or ()))


@app.command("lookup", epilog=EPILOG)
@guarded
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as it is written in running text.")],
    date: Date = None,
    actors: options.Actors = None,
    as_json: Json = False,
) -> None:
    """Say whom a name stands for on a day, with offices, other names and source.

    \b
    Examples:
      dragoman actors lookup "Sergei Lavrov" --date 2003-05-01
      dragoman actors lookup Burma
    """
    from dragoman.actors.who import look_up

    for answer in look_up(_gazetteer(actors), name, _day(date)):
        if as_json:
            _print_json([answer])
            continue
        sectors = "|".join(answer["sectors"])
        print("  ".join(filter(None, (answer["name"], answer["kind"], answer["country"], sectors))))
        if answer["office"]:
            print(f"  office: {_titled(answer['office'])}")
        for office in answer["offices"]:
            print(f"  {office['start']} to {office['end'] or 'now':10}  {_titled(office)}")
        if answer["start"] or answer["end"]:
            print(f"  from {answer['start'] or 'of old'} to {answer['end'] or 'now'}")
        for label, value in (("members", answer["members"]), ("other names", answer["names"])):
            if value:
                print(f"  {label}: {', '.join(value)}")
        if answer["ids"]:
            print("  " + ", ".join(f"{key} {value}" for key, value in answer["ids"].items()))


@app.command("who", epilog=EPILOG)
@guarded
def who(
    country: Annotated[
        str,
        typer.Option("--country", metavar="NAME", help="A code (KEN), a state, or an organization (NATO)."),
    ],
    date: Date = None,
    office: Annotated[
        str, typer.Option("--office", metavar="WORDS", help="Words of the title: 'foreign minister'.")
    ] = "",
    actors: options.Actors = None,
    as_json: Json = False,
) -> int:
    """Say who held office in a country or organization on a day.

    \b
    Examples:
      dragoman actors who --country KEN --date 2020-07-14
      dragoman actors who --country NATO --date 2012-01-01
      dragoman actors who --country France --date 1995-06-01 --office "prime minister"
    """
    from dragoman.actors.who import holders

    found = holders(_gazetteer(actors), country, _day(date), office)
    if as_json:
        _print_json(found)
    for one in found if not as_json else ():
        rough = "  (dates of a list)" if one["dates"] == "of a list" else ""
        print(f"{_titled(one)}: {one['name']}, {one['start']} to {one['end'] or 'now'}{rough}")
    return 0 if found else SOME_PROBLEMS


@app.command("check", epilog=EPILOG)
@guarded
def check(
    file: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Actors files. Default: the data that come with dragoman."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List also what is odd for a reason that is written down.")
    ] = False,
) -> int:
    """Look for holders of one office on one day, for gaps, and for names that mean two persons.

    Exits with 1 when something is odd and no reason for it is written down.

    \b
    Examples:
      dragoman actors check
      dragoman actors check my-actors.csv
    """
    from dragoman.actors.checking import check_holders

    findings = check_holders(_holder_rows(file))
    unexplained = [f for f in findings if not f.reason]
    for finding in findings if everything else unexplained:
        print(finding)
    print(f"{len(unexplained)} odd, {len(findings) - len(unexplained)} odd for a known reason")
    return SOME_PROBLEMS if unexplained else 0


@app.command("stale", epilog=EPILOG)
@guarded
def stale(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day. Default: today.")
    ] = None,
    days: Annotated[
        int, typer.Option("--days", metavar="N", help="Looked at longer ago than this.", min=0)
    ] = STALE_DAYS,
    file: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Actors files. Default: the data that come with dragoman."),
    ] = None,
) -> None:
    """List the offices whose holder has no end and that nobody has looked at for some time.

    \b
    Examples:
      dragoman actors stale --as-of 2027-01-01
      dragoman actors stale my-actors.csv --days 30
    """
    from dragoman.actors.checking import open_terms

    day = _day(as_of)
    found = open_terms(_holder_rows(file), day, days)
    for term in found:
        print(
            f"{term.country}: {term.title}: {term.person} since {term.start}, looked at {term.followed or 'never'}"
        )
    print(f"{len(found)} terms without an end, looked at more than {days} days before {day}")


def _gazetteer(actors: options.Actors) -> Gazetteer:
    from dragoman.actors import load_gazetteer

    return load_gazetteer(*(str(path) for path in actors or ()))


def _day(given: str | None) -> str:
    """Return a day, today where none is given. Raises `ConfigError` for what is no day."""
    if given is None:
        return datetime.date.today().isoformat()
    try:
        return datetime.date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise ConfigError(f"{given!r} is no day", advice="write YYYY-MM-DD") from error


def _titled(office: dict[str, Any]) -> str:
    body = office.get("organization")
    return f"{office['title']} ({body})" if body and body not in office["title"] else str(office["title"])


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    import msgspec

    for row in rows:
        print(msgspec.json.encode(row).decode())


def _holder_rows(files: list[str] | None) -> list[dict[str, str]]:
    """Return the rows of holders of office: of files of the user, or of the package."""
    from pathlib import Path

    from dragoman.actors.gazetteer import data_rows
    from dragoman.actors.own_files import read_actors

    if not files:
        return list(data_rows("holders.csv"))
    rows = [row for file in files for row in read_actors(Path(file)) if row["kind"] == "person"]
    return [row | {"person": row["name"]} for row in rows]
