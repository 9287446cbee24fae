"""`dragoman codebook import-petrarch`: dictionaries of PETRARCH in, a codebook and an actors file out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.exits import guarded
from dragoman.errors import ConfigError

Files = list[Path]


@guarded
def import_petrarch(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to make for what is written.")],
    verbs: Annotated[
        Files | None, typer.Option("--verbs", metavar="FILE", help="A verb dictionary; may be repeated.")
    ] = None,
    actors: Annotated[
        Files | None, typer.Option("--actors", metavar="FILE", help="An actor dictionary; may be repeated.")
    ] = None,
    agents: Annotated[
        Files | None, typer.Option("--agents", metavar="FILE", help="An agent dictionary; may be repeated.")
    ] = None,
    discards: Annotated[
        Files | None, typer.Option("--discards", metavar="FILE", help="A discard list; may be repeated.")
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Only what the dictionaries say, without the frames of PLOVER.")
    ] = False,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Name of the codebook. Default: FOLDER's.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write also into a folder that holds files.")
    ] = False,
) -> None:
    """Import dictionaries of PETRARCH: actors, agents, verbs, discards.

    Writes FOLDER/codebook (verbs and discards) and FOLDER/actors.csv (actors and agents), and prints what
    was carried over. FOLDER/report.txt lists every entry that could not be, with file, line and reason.

    Event codes of CAMEO become types and modes of PLOVER. The codebook holds all frames of the PLOVER
    codebook besides; with --alone only the imported ones, and no type that changes when it is planned or
    denied, as in PETRARCH.

    \b
    Examples:
      dragoman codebook import-petrarch mine --verbs CAMEO.verbs.txt --discards discards.txt
      dragoman codebook import-petrarch mine --actors countries.txt --actors groups.txt --agents agents.txt
      dragoman code news.jsonl --codebook mine/codebook --actors mine/actors.csv
    """
    from dragoman.petrarch.importing import ACTORS, CODEBOOK, REPORT, Dictionaries, import_dictionaries

    if not overwrite and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError("holds files already", where=str(out), advice="name a new folder, or --overwrite")
    files = Dictionaries(verbs or (), actors or (), agents or (), discards or ())
    report = import_dictionaries(files, out, name or out.resolve().name, alone=alone)
    print("\n".join(report.summary()))
    for made in (CODEBOOK, ACTORS, REPORT):
        if (out / made).exists():
            print(f"wrote {out / made}")
