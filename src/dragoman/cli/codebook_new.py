"""What `dragoman codebook new` does: copies the skeleton of a codebook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dragoman.errors import ConfigError
from dragoman.events.codebook_files import HEAD, TYPES, skeleton

if TYPE_CHECKING:
    from pathlib import Path

_NAME_LINE = "name: NAME\n"


def begin(folder: Path, name: str) -> None:
    """Write a new codebook into a folder that is empty or not there yet.

    Raises:
        ConfigError: when there is something already, or the name can't be one.
    """
    if not name.strip() or not name.isprintable():
        raise ConfigError(f"{name!r} is no name", where="--name", advice="give a word, such as access-2")
    if folder.exists() and not folder.is_dir():
        raise ConfigError("there is a file of this name", where=str(folder), advice="name another folder")
    if folder.is_dir() and any(folder.iterdir()):
        advice = "name a new or an empty folder; nothing is overwritten"
        raise ConfigError("the folder holds files already", where=str(folder), advice=advice)
    source = skeleton()
    (folder / TYPES).mkdir(parents=True)
    head = (source / HEAD).read_text("utf-8").replace(_NAME_LINE, f"name: {_quoted(name)}\n")
    (folder / HEAD).write_text(head, encoding="utf-8")
    made = [folder / HEAD]
    for file in sorted((source / TYPES).iterdir(), key=lambda file: file.name):
        made.append(folder / TYPES / file.name)
        made[-1].write_bytes(file.read_bytes())
    for path in made:
        print(f"wrote {path}")
    print(f"next: dragoman codebook check {folder}")


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
