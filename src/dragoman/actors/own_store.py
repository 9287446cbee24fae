"""The user's own actors file: where it is, and how rows get into it."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.actors.own_files import COLUMNS, read_actors
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VARIABLE = "DRAGOMAN_ACTORS"


def own_file() -> Path:
    """Return where the user's own actors file is, or would be: `DRAGOMAN_ACTORS`, else in the configuration folder."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    base = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA") or str(Path.home() / ".config")
    return Path(base) / "dragoman" / "actors.csv"


def install(path: Path, into: Path) -> tuple[int, int]:
    """Put the rows of an actors file into another, which is made when there is none.

    A row that the file has word for word is not put in again.

    Returns:
        how many rows were put in, and how many the file has now.

    Raises:
        ConfigError: when one of the files has faults (file and line), or the file cannot be written.
    """
    rows = read_actors(path)
    known = read_actors(into) if into.exists() else []
    new = [row for row in rows if row not in known]
    write_actors_file(into, [*known, *new])
    return len(new), len(known) + len(new)


def write_actors_file(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write an actors file; it is there whole or not at all. Raises `ConfigError` when it cannot be written."""
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        beside.replace(path)
    except OSError as error:
        raise ConfigError(
            f"cannot be written: {error.strerror}", where=str(path), advice="name another file"
        ) from error
