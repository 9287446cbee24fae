"""The files of a codebook: where they lie, how their YAML is read, and on which line something stands."""

from __future__ import annotations

import functools
import importlib.resources
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.errors import CodebookError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

DEFAULT_CODEBOOK = "plover"
HEAD = "codebook.yaml"
TYPES = "types"


class CodebookLoader(yaml.CSafeLoader):
    """YAML in which only true and false are booleans: `on`, `off`, `no` are English words here."""


CodebookLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
CodebookLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _data() -> Traversable:
    return importlib.resources.files("dragoman") / "data" / "codebooks"


def skeleton() -> Traversable:
    """Return the folder that a new codebook is a copy of."""
    return _data() / "skeleton"


def open_folder(path: str | Path | None) -> Traversable:
    """Return the folder of a codebook; None takes the one that ships. Raises `CodebookError` when it is none."""
    folder: Traversable = _data() / DEFAULT_CODEBOOK if path is None else Path(path)
    if not folder.is_dir():
        raise CodebookError(
            "this is not a folder",
            where=str(folder),
            advice=f"a codebook is a folder with {HEAD} and {TYPES}/; `dragoman codebook new` makes one",
        )
    return folder


def type_files(folder: Traversable) -> list[Traversable]:
    """Return the files of a codebook's types, by name. Raises `CodebookError` when there are none."""
    below = folder / TYPES
    files = [f for f in below.iterdir() if f.name.endswith((".yaml", ".yml"))] if below.is_dir() else []
    if not files:
        raise CodebookError("no event type", where=str(below), advice="put one YAML file a type there")
    return sorted(files, key=lambda f: f.name)


def read_bytes(file: Traversable) -> bytes:
    """Return a file's bytes. Raises `CodebookError` when it can't be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CodebookError(f"cannot be read: {error.strerror}", where=str(file)) from error


def parse_yaml(raw: bytes, file: object) -> Any:
    """Return what a YAML text says. Raises `CodebookError` with file and line when it is no YAML."""
    try:
        return yaml.load(raw, Loader=CodebookLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CodebookError(f"not valid YAML: {error.problem}", where=f"{file}:{line}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        raise CodebookError(
            f"not valid YAML: {said}", where=f"{file}:1", advice="save it as UTF-8"
        ) from error


def compose(raw: bytes) -> yaml.Node | None:
    """Return the tree of a YAML text that `parse_yaml` can read, in which every node knows its line."""
    node: yaml.Node | None = yaml.compose(raw, Loader=CodebookLoader)
    return node


def construct(node: yaml.Node | None) -> Any:
    """Return what a tree says."""
    return None if node is None else CodebookLoader(b"").construct_document(node)


def line_at(node: yaml.Node | None, path: Sequence[str | int]) -> int:
    """Return the line (from 1) of what a path of keys and indexes leads to; of its parent when it isn't there."""
    line = 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            # Of a key that stands twice, the last counts.
            pair = next(((k, v) for k, v in reversed(node.value) if k.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def steps_of(path: str) -> tuple[str | int, ...]:
    """Return the keys and indexes of a path as msgspec writes it, such as `$.frames[3].trigger`."""
    found = re.findall(r"\.([A-Za-z_-]+)|\[(\d+|\.\.\.)\]", path)
    return tuple(int(index) if index.isdigit() else name or index for name, index in found)


def line_of(raw: bytes, path: str) -> int:
    """Return the line (from 1) on which a path such as `$.frames[3].trigger` stands in a YAML text."""
    return line_at(compose(raw), steps_of(path))


@functools.cache
def general_words() -> dict[str, tuple[str, ...]]:
    """Return the lists of English words that every codebook has (`data/codebooks/words.yaml`)."""
    file = _data() / "words.yaml"
    return {name: tuple(items) for name, items in parse_yaml(read_bytes(file), file).items()}
