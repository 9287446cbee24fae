"""The import as a whole: dictionaries in, a codebook, an actors file and a report out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import ConfigError
from dragoman.events.codebook import load_codebook
from dragoman.petrarch.actors import actor_rows, read_actors
from dragoman.petrarch.agents import agent_rows
from dragoman.petrarch.codebook import write_actors, write_codebook
from dragoman.petrarch.discards import DiscardLists, read_discards
from dragoman.petrarch.frames import NEAREST_ACTOR, Frames, add_blocks
from dragoman.petrarch.patterns import UnknownSet, list_name, set_items
from dragoman.petrarch.report import Report
from dragoman.petrarch.verbs import read_verbs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.petrarch.verbs import VerbDictionary

CODEBOOK, ACTORS, REPORT = "codebook", "actors.csv", "report.txt"
# Imported frames stand beside those of the codebook that ships; their ids say where they are from.
PREFIX = "petrarch-"


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """The files to import, of each kind any number."""

    verbs: Sequence[Path] = ()
    actors: Sequence[Path] = ()
    agents: Sequence[Path] = ()
    discards: Sequence[Path] = ()


def import_dictionaries(files: Dictionaries, out: Path, name: str, *, alone: bool = False) -> Report:
    """Write what dictionaries hold below a folder, and say what became of it.

    Verbs and discards become `codebook/`, actors and agents `actors.csv`; all that could not be carried over
    is listed in `report.txt`.

    Raises:
        ConfigError: when there is nothing to import or a file can't be read.
        CodebookError: when the codebook written has a fault (a fault of dragoman; please report).
    """
    if not (files.verbs or files.actors or files.agents or files.discards):
        raise ConfigError("nothing to import", advice="give --verbs, --actors, --agents or --discards")
    report = Report()
    out.mkdir(parents=True, exist_ok=True)
    if files.verbs or files.discards:
        _write_codebook(files, out, name, report, alone=alone)
    if files.actors or files.agents:
        rows: list[dict[str, str]] = []
        for path in files.actors:
            rows.extend(actor_rows(path, read_actors(path, report), report))
        for path in files.agents:
            rows.extend(agent_rows(path, report))
        write_actors(out / ACTORS, rows)
    (out / REPORT).write_text(report.text(), "utf-8")
    return report


def _write_codebook(files: Dictionaries, out: Path, name: str, report: Report, *, alone: bool) -> None:
    frames = Frames("", NEAREST_ACTOR) if alone else Frames(PREFIX)
    words: dict[str, list[str]] = {}
    discards = DiscardLists()
    for path in files.verbs:
        read = read_verbs(path, report)
        words |= _lists(read, report)
        add_blocks(read, frames, report)
    for path in files.discards:
        read_discards(path, discards, report)
    write_codebook(out / CODEBOOK, name, frames.by_type, words, discards, alone=alone)
    load_codebook(out / CODEBOOK)


def _lists(read: VerbDictionary, report: Report) -> dict[str, list[str]]:
    """Return the sets of synonyms as word lists; one that refers to none is left out, with its references."""
    lists: dict[str, list[str]] = {}
    for name, items in list(read.sets.items()):
        kept: list[str] = []
        for item in items:
            try:
                kept.extend(set_items([item], read.sets))
            except UnknownSet as error:
                report.lose(read.path, read.set_lines[name], f"&{name}", str(error))
        lists[list_name(name)] = list(dict.fromkeys(kept))
        report.carry("sets of synonyms")
    return lists
