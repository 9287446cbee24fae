"""A file of a codebook held against its schema: the typed part that it holds, and every fault in it.

A fault takes away only the smallest piece of the file that holds it, so that the rest is still read and checked.
"""

from __future__ import annotations

import copy
import difflib
import re
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import msgspec
import yaml
from msgspec import inspect

from dragoman.errors import CodebookError
from dragoman.events.codebook_files import compose, construct, line_at, parse_yaml, read_bytes, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from dragoman.events.entries import Part

Path = tuple[str | int, ...]
P = TypeVar("P", bound="Part")

# A file with more faults than this is something else than a codebook.
_MOST = 200
# A key of a mapping whose value msgspec finds fault with, but which it does not name.
_SOME_KEY: str | int = "..."
_FIELD = re.compile(r"(unknown|missing required) field `([^`]+)`")
_NAMES = {"array": "a list", "object": "keys with values", "str": "text", "bool": "true or false", "null": "nothing",
          "int": "a number", "float": "a number"}  # fmt: skip
_TAG = "tag:yaml.org,2002:"


class Fault(NamedTuple):
    """Something wrong with a codebook: the file and line, what, and what would be valid."""

    file: str
    line: int
    message: str
    advice: str = ""

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


class Reading(NamedTuple, Generic[P]):
    """What was read of a file: its typed part (None when hardly anything holds), its tree, its faults."""

    part: P | None
    node: yaml.Node | None
    faults: tuple[Fault, ...]
    raw: bytes
    fillers: tuple[yaml.Node, ...] = ()

    def is_filler(self, path: Path) -> bool:
        """Tell whether a path leads into what was put in for a missing key: its faults are no faults of the file."""
        nodes = [_node_at(self.node, path[:number]) for number in range(1, len(path) + 1)]
        return any(node is filler for node in nodes for filler in self.fillers)


def read_part(file: Traversable, kind: type[P]) -> Reading[P]:
    """Read a file of a codebook as a `kind` and gather every fault, in the order of the lines.

    Raises:
        CodebookError: when the file can't be read at all.
    """
    raw = read_bytes(file)
    try:
        node = compose(raw)
        doubled = [Fault(str(file), *found) for found in _doubled(node)]
        mending = _Mending(node, kind, str(file))
        part, faults = mending.mended()
    except (yaml.YAMLError, UnicodeDecodeError):
        return Reading(None, None, (_yaml_fault(raw, file),), raw)
    found = sorted((*doubled, *faults), key=lambda fault: fault.line)
    return Reading(part, node, tuple(found), raw, tuple(mending.fillers))


def _yaml_fault(raw: bytes, file: Traversable) -> Fault:
    try:
        parse_yaml(raw, file)
    except CodebookError as error:
        line = (error.where or "").rpartition(":")[2]
        advice = "quote what holds : # [ ] { } or quotation marks, and close every bracket and quote"
        number = int(line) if line.isdigit() else 1
        return Fault(str(file), number, error.message, error.advice or advice)
    return Fault(str(file), 1, "not valid YAML", "save it as one document of keys and values")


def _doubled(node: yaml.Node | None) -> Iterator[tuple[int, str, str]]:
    """Yield line, message and advice for keys that stand twice in one mapping: YAML keeps only the last."""
    todo = [node] if node is not None else []
    done: set[int] = set()
    while todo:
        at = todo.pop()
        if id(at) in done:
            continue
        done.add(id(at))
        if isinstance(at, yaml.SequenceNode):
            todo.extend(at.value)
        elif isinstance(at, yaml.MappingNode):
            first: dict[str, int] = {}
            for key, value in at.value:
                todo.append(value)
                name, line = str(key.value), key.start_mark.line + 1
                if name in first:
                    message = f"the key {name!r} stands twice, first on line {first[name]}"
                    yield line, message, "put the two together: only the last one counts"
                first.setdefault(name, line)


class _Mending(Generic[P]):
    """Takes out of a tree what does not fit a schema, piece by piece, until the rest does."""

    def __init__(self, node: yaml.Node | None, kind: type[P], file: str) -> None:
        self._node = node
        self._kind = kind
        self._file = file
        self._faults: list[Fault] = []
        self.fillers: list[yaml.Node] = []
        # Required keys whose value was taken out: they are not missing as well.
        self._taken: set[tuple[int, str]] = set()

    def mended(self) -> tuple[P | None, list[Fault]]:
        """Return the part that is left and the faults that were in it."""
        for _ in range(_MOST):
            data = construct(self._node)
            try:
                return msgspec.convert(data, self._kind, strict=True), self._faults
            except msgspec.ValidationError as error:
                if not self._mend(str(error), data):
                    break
        return None, self._faults

    def _mend(self, error: str, data: Any) -> bool:
        """Note one fault and take its piece out; return False when nothing would be left."""
        message, _, at = error.partition(" - at ")
        path = resolved(steps_of(at), data, self._kind, error)
        of_key = at.startswith("`key`")
        field = _FIELD.search(message)
        holder = _node_at(self._node, path)
        if field is not None and isinstance(holder, yaml.MappingNode):
            name = field.group(2)
            if field.group(1) == "unknown":
                self._note((*path, name), f"there is no key {name!r} here", _keys(self._kind, path, name))
                _take(holder, name)
            else:
                if (id(holder), name) not in self._taken:
                    wanted = described(type_at(self._kind, (*path, name)))
                    self._note(path, f"the key {name!r} is missing", f"{name}: {wanted}")
                self.fillers.append(_fill(holder, name, type_at(self._kind, (*path, name))))
            return True
        expected = type_at(self._kind, path if not of_key else path[:-1])
        self._note(path, _said(message, path, of_key=of_key), _wanted(expected, message, of_key=of_key))
        above = _node_at(self._node, path[:-1])
        if not path or above is None:
            return False
        if not _put_right(above, path[-1], expected, of_key=of_key):
            self._taken.add((id(above), str(path[-1])))
            _take(above, path[-1])
        return True

    def _note(self, path: Path, message: str, advice: str) -> None:
        self._faults.append(Fault(self._file, line_at(self._node, path), message, advice))


def resolved(path: Sequence[str | int], data: Any, kind: type[Any], error: str) -> Path:
    """Return a path with the keys that msgspec leaves open in it: those with which alone the error comes again."""
    steps = list(path)
    if "`key` in " in error:
        steps.append(_SOME_KEY)
    for number, step in enumerate(steps):
        if step != _SOME_KEY:
            continue
        keys = list(_value_at(data, steps[:number]))
        for key in keys:
            trial = copy.deepcopy(data)
            held = _value_at(trial, steps[:number])
            for other in keys:
                if other != key:
                    del held[other]
            try:
                msgspec.convert(trial, kind, strict=True)
            except msgspec.ValidationError as again:
                if str(again) == error:
                    steps[number] = key
                    break
    return tuple(steps)


def _value_at(data: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        data = data[step]
    return data


def _node_at(node: yaml.Node | None, path: Sequence[str | int]) -> yaml.Node | None:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            # Of a key that stands twice, the last counts.
            node = next((v for k, v in reversed(node.value) if k.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def _take(holder: yaml.Node, step: str | int) -> None:
    if isinstance(holder, yaml.MappingNode):
        holder.value = [pair for pair in holder.value if pair[0].value != str(step)]
    elif isinstance(step, int):
        del holder.value[step]


def _put_right(holder: yaml.Node, step: str | int, kind: inspect.Type | None, *, of_key: bool) -> bool:
    """Read one word as a list of one, and a number as text, so that this fault makes no others."""
    node = _node_at(holder, [step])
    if isinstance(kind, inspect.UnionType):
        kind = kind.types[0]
    if of_key and isinstance(kind, inspect.DictType) and isinstance(holder, yaml.MappingNode):
        keys = [key for key, _ in holder.value if key.value == str(step) and not key.tag.endswith("str")]
        for key in keys:
            key.tag = f"{_TAG}str"
        return bool(keys)
    if isinstance(kind, inspect.VarTupleType) and isinstance(node, yaml.ScalarNode) and node.value:
        one = yaml.ScalarNode(node.tag, node.value, node.start_mark, node.end_mark)
        listed = yaml.SequenceNode(f"{_TAG}seq", [one], node.start_mark, node.end_mark)
        if isinstance(holder, yaml.MappingNode):
            holder.value = [(k, listed if v is node else v) for k, v in holder.value]
        elif isinstance(step, int):
            holder.value[step] = listed
        return True
    if isinstance(kind, inspect.StrType) and isinstance(node, yaml.ScalarNode) and node.value:
        node.tag = f"{_TAG}str"
        return True
    return False


def _fill(holder: yaml.MappingNode, name: str, kind: inspect.Type | None) -> yaml.Node:
    """Put something empty under a key that must be there, so that the rest can be read."""
    marks = (holder.start_mark, holder.end_mark)
    value: yaml.Node = yaml.ScalarNode(f"{_TAG}str", "", *marks)
    if isinstance(kind, inspect.StructType | inspect.DictType):
        value = yaml.MappingNode(f"{_TAG}map", [], *marks)
    elif isinstance(kind, inspect.VarTupleType):
        value = yaml.SequenceNode(f"{_TAG}seq", [], *marks)
    holder.value.append((yaml.ScalarNode(f"{_TAG}str", name, *marks), value))
    return value


def type_at(kind: type[Any], path: Sequence[str | int]) -> inspect.Type | None:
    """Return what the schema wants at a path, or None when it knows no such path."""
    at: inspect.Type | None = inspect.type_info(kind)
    for step in path:
        if isinstance(at, inspect.UnionType):
            at = next((t for t in at.types if not isinstance(t, inspect.NoneType)), None)
        if isinstance(at, inspect.StructType):
            at = next((f.type for f in at.fields if f.encode_name == step), None)
        elif isinstance(at, inspect.DictType):
            at = at.value_type
        elif isinstance(at, inspect.VarTupleType):
            at = at.item_type
        else:
            return None
    return at


def described(kind: inspect.Type | None) -> str:
    """Say in words what a type of the schema takes."""
    match kind:
        case inspect.StructType():
            return "keys: " + ", ".join(f.encode_name for f in kind.fields)
        case inspect.DictType():
            inner = f", each with {described(kind.value_type)}"
            if isinstance(kind.key_type, inspect.LiteralType):
                return described(kind.key_type).replace("one of", "keys") + inner
            return "names" + inner
        case inspect.VarTupleType():
            item = described(kind.item_type)
            return "a list of words: [one, two]" if item == "text" else f"a list (- ...), of {item}"
        case inspect.LiteralType():
            return "one of: " + ", ".join(map(str, kind.values))
        case inspect.UnionType():
            known = [described(t) for t in kind.types if not isinstance(t, inspect.NoneType)]
            return " or ".join(dict.fromkeys(known))
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType() | inspect.FloatType():
            return "a number"
        case _:
            return "text"


def _wanted(kind: inspect.Type | None, message: str, *, of_key: bool) -> str:
    if of_key and isinstance(kind, inspect.DictType) and not isinstance(kind.key_type, inspect.StrType):
        return described(kind.key_type)
    if "Expected `str`" in message and "got `null`" not in message:
        return "put it between quotes"
    return f"wanted: {described(kind)}"


def _keys(kind: type[Any], path: Path, name: str) -> str:
    """Return which keys are valid at a path, first the one that was perhaps meant."""
    at = type_at(kind, path)
    if isinstance(at, inspect.UnionType):
        at = next(t for t in at.types if not isinstance(t, inspect.NoneType))
    known = [f.encode_name for f in at.fields] if isinstance(at, inspect.StructType) else []
    close = difflib.get_close_matches(name, known, 1)
    meant = f"perhaps {close[0]!r}; " if close else ""
    return f"{meant}valid keys: {', '.join(known)}"


def _said(message: str, path: Path, *, of_key: bool) -> str:
    """Put what msgspec says into words."""
    named = path[:-1] if of_key else path
    where = next((repr(step) for step in reversed(named) if isinstance(step, str)), "the file")
    wrong = re.match(r"Invalid enum value (.+)", message)
    if wrong:
        return f"{wrong.group(1)} is not valid in {where}"
    types = re.match(r"Expected `([^`]+)`, got `([^`]+)`", message)
    if types is None:
        return f"{where}: {message}"
    got = types.group(2)
    if got == "null":
        return f"{where} is empty" if path else "the file is empty"
    wanted = " or ".join(dict.fromkeys(_NAMES.get(t, t) for t in types.group(1).split(" | ") if t != "null"))
    inside = "in " if path and isinstance(path[-1], int) else ""
    return f"{inside}{where}: {wanted} is wanted, and {_NAMES.get(got, got)} stands there"
