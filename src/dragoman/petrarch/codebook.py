"""Writing what was read: a codebook's folder, and an actors file."""

from __future__ import annotations

import csv
import importlib.resources
import io
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.actors.own_files import COLUMNS
from dragoman.events.codebook_files import DEFAULT_CODEBOOK, HEAD, TYPES, compose, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from dragoman.petrarch.discards import DiscardLists

# What of a type is kept when the imported frames stand alone: what it is, not how it is told.
_KEPT = ("type", "quad", "definition", "boundaries", "intensity", "cameo")
_KEPT_OF_MODE = ("definition", "intensity", "cameo")
_KEPT_OF_HEAD = ("quads", "sectors", "international")
_WIDTH = 4000


def _shipped() -> Traversable:
    return importlib.resources.files("dragoman") / "data" / "codebooks" / DEFAULT_CODEBOOK


def write_codebook(
    folder: Path,
    name: str,
    frames: Mapping[str, list[dict[str, Any]]],
    words: Mapping[str, list[str]],
    discards: DiscardLists,
    *,
    alone: bool,
) -> None:
    """Write a codebook with imported frames, word lists and discards.

    Args:
        folder: where; made when it is not there.
        name: of the codebook.
        frames: by type.
        words: lists of words by name.
        discards: phrases that stop coding.
        alone: with the types of the codebook that ships but none of its frames; else with all of it.
    """
    (folder / TYPES).mkdir(parents=True, exist_ok=True)
    shipped = _shipped()
    head = (shipped / HEAD).read_text("utf-8")
    make = _head_alone if alone else _head_extended
    (folder / HEAD).write_text(make(head, name, words, discards), "utf-8")
    for file in sorted((shipped / TYPES).iterdir(), key=lambda f: f.name):
        text = file.read_text("utf-8")
        own = frames.get(parse_yaml(text.encode(), file)["type"], [])
        written = _type_alone(text, own) if alone else _type_extended(text, own)
        (folder / TYPES / file.name).write_text(written, "utf-8")


def _dumped(data: Any, *, flow: bool | None = False) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=flow)


def _words(words: Mapping[str, list[str]]) -> str:
    return "".join(f"  {name}: {_dumped(items, flow=True)}" for name, items in words.items())


def _discards(discards: DiscardLists) -> str:
    lists = (("sentence", discards.sentence), ("article", discards.article))
    filled = [(kind, items) for kind, items in lists if items]
    if not filled:
        return ""
    return "\ndiscards:\n" + "".join(f"  {kind}: {_dumped(items, flow=True)}" for kind, items in filled)


def _head_alone(text: str, name: str, words: Mapping[str, list[str]], discards: DiscardLists) -> str:
    data = parse_yaml(text.encode(), HEAD)
    kept = {key: data[key] for key in _KEPT_OF_HEAD}
    contexts = {n: {"definition": c["definition"]} for n, c in data["contexts"].items()}
    first = {"name": name, "version": "1", "source": "dictionaries of PETRARCH; types of PLOVER"}
    listed = f"\nwords:\n{_words(words)}" if words else ""
    return _dumped({**first, **kept, "contexts": contexts}) + listed + _discards(discards)


def _head_extended(text: str, name: str, words: Mapping[str, list[str]], discards: DiscardLists) -> str:
    lines = text.split("\n")
    if words:
        lines.insert(_end_of(text, "words"), _words(words).rstrip("\n"))
    text = "\n".join(lines)
    old = parse_yaml(text.encode(), HEAD)["name"]
    return text.replace(f"name: {old}", f"name: {name}", 1).rstrip("\n") + "\n" + _discards(discards)


def _end_of(text: str, key: str) -> int:
    """Return the line (from 0) that follows the last entry under a key of a file."""
    root = compose(text.encode())
    assert isinstance(root, yaml.MappingNode)
    node = next(value for known, value in root.value if known.value == key)
    last = node.value[-1]
    end: yaml.Mark = (last[1] if isinstance(last, tuple) else last).end_mark
    number: int = end.line if end.column == 0 else end.line + 1
    lines = text.split("\n")
    while number > 0 and not lines[number - 1].strip():
        number -= 1
    return number


def _frame_lines(frames: Iterable[Mapping[str, Any]]) -> str:
    """Return frames as the items of a list, a key a line, each value on its line."""
    text = ""
    for frame in frames:
        for number, (key, value) in enumerate(frame.items()):
            shown = _dumped(value, flow=True).removesuffix("...\n").strip()
            text += f"  {'- ' if number == 0 else '  '}{key}: {shown}\n"
    return text


def _type_alone(text: str, frames: list[dict[str, Any]]) -> str:
    data = parse_yaml(text.encode(), TYPES)
    kept = {key: data[key] for key in _KEPT if key in data}
    modes = {n: {key: m[key] for key in _KEPT_OF_MODE if key in m} for n, m in data.get("modes", {}).items()}
    head = _dumped({**kept, **({"modes": modes} if modes else {})})
    return head + (f"frames:\n{_frame_lines(frames)}" if frames else "")


def _type_extended(text: str, frames: list[dict[str, Any]]) -> str:
    if not frames:
        return text
    lines = text.split("\n")
    lines.insert(
        _end_of(text, "frames"),
        "  # imported from dictionaries of PETRARCH\n" + _frame_lines(frames).rstrip("\n"),
    )
    return "\n".join(lines)


def write_actors(file: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write an actors file."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(buffer.getvalue(), "utf-8")
