"""The codebook: event types, modes, contexts and frames as data, read and checked.

A codebook is a folder with `codebook.yaml` (contexts, sectors, word lists) and `types/*.yaml` (one event
type a file). Nothing here knows any particular ontology; PLOVER is the folder that ships.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from dragoman.errors import CodebookError
from dragoman.events.entries import (
    Boundary,
    Codebook,
    CodebookFile,
    Context,
    EventType,
    Example,
    ExampleEvent,
    Frame,
    Mode,
    Part,
    RelatedWords,
    Trigger,
)
from dragoman.events.places import PREPOSITIONS, STEPS
from dragoman.language.inflection import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

__all__ = [
    "Boundary",
    "Codebook",
    "Context",
    "EventType",
    "Example",
    "ExampleEvent",
    "Frame",
    "Mode",
    "Trigger",
    "line_of",
    "load_codebook",
    "trigger_forms",
]
DEFAULT_CODEBOOK = "plover"
ANY = "*"


class _Loader(yaml.CSafeLoader):
    """YAML in which only true and false are booleans: `on`, `off`, `no` are English words here."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read and check a codebook, once a process.

    Args:
        path: a codebook's folder; None takes the one that ships.

    Raises:
        CodebookError: with file and line, and what would be valid.
    """
    return _load(None if path is None else str(path))


@functools.cache
def _load(path: str | None) -> Codebook:
    folder: Traversable
    if path is None:
        folder = importlib.resources.files("dragoman") / "data" / "codebooks" / DEFAULT_CODEBOOK
    else:
        folder = Path(path)
    if not folder.is_dir():
        raise CodebookError(
            "this is not a folder",
            where=str(folder),
            advice="a codebook is a folder with codebook.yaml and types/",
        )
    head_file = folder / "codebook.yaml"
    digest = hashlib.sha256()
    head = _read(head_file, CodebookFile, digest)
    words = _flatten_words(head.words, head_file)
    types: dict[str, EventType] = {}
    files = sorted(
        (f for f in (folder / "types").iterdir() if f.name.endswith((".yaml", ".yml"))), key=lambda f: f.name
    )
    if not files:
        raise CodebookError(
            "no event type", where=str(folder / "types"), advice="put one YAML file a type there"
        )
    for file in files:
        raw = _read(file, EventType, digest)
        if raw.type in types:
            raise CodebookError(f"type {raw.type!r} is defined twice", where=str(file))
        types[raw.type] = _expand_type(raw, words, file)
    codebook = Codebook(
        name=head.name,
        version=head.version,
        source=head.source,
        fingerprint=f"{head.name}-{head.version}+{digest.hexdigest()[:8]}",
        quads=head.quads,
        sectors=head.sectors,
        international=head.international,
        contexts={
            n: msgspec.structs.replace(c, cues=_expand(c.cues, words, head_file))
            for n, c in head.contexts.items()
        },
        words=words,
        types=types,
    )
    _check(codebook, dict(zip(types, files, strict=True)))
    return codebook


def _read(file: Traversable, kind: type[Any], digest: Any) -> Any:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CodebookError(f"cannot be read: {error.strerror}", where=str(file)) from error
    digest.update(file.name.encode() + b"\0" + raw)
    try:
        data = yaml.load(raw, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CodebookError(f"not valid YAML: {error.problem}", where=f"{file}:{line}") from error
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        message = str(error)
        path = message.rsplit(" - at `", 1)[1].rstrip("`") if " - at `" in message else "$"
        advice = _advice(message, path, kind)
        raise CodebookError(message, where=f"{file}:{line_of(raw, path)}", advice=advice) from error


def _advice(message: str, path: str, kind: type[Any]) -> str | None:
    """Return the keys that are valid where an unknown one stands."""
    if "unknown field" not in message:
        return None
    structs: dict[str, type[Part]] = {
        "trigger": Trigger,
        "frames": Frame,
        "related_words": RelatedWords,
        "modes": Mode,
        "boundaries": Boundary,
        "contexts": Context,
        "events": ExampleEvent,
        "examples": Example,
    }
    keys = re.findall(r"[a-z_]+", path)
    found = next((structs[k] for k in reversed(keys) if k in structs), kind)
    return "valid keys: " + ", ".join(f.encode_name for f in msgspec.structs.fields(found))


def line_of(raw: bytes, path: str) -> int:
    """Return the line (from 1) on which a path such as `$.frames[3].trigger` stands in a YAML text."""
    node: Any = yaml.compose(raw, Loader=_Loader)
    line = 1
    for name, index in re.findall(r"\.([A-Za-z_-]+)|\[(\d+|\.\.\.)\]", path):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == name), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and index.isdigit() and int(index) < len(node.value):
            node = node.value[int(index)]
            line = node.start_mark.line + 1
        else:
            break
    return line


def line_of_frame(file: Traversable, frame_id: str) -> int:
    """Return the line on which a frame's id stands."""
    pattern = re.compile(rf"\bid:\s*['\"]?{re.escape(frame_id)}['\"]?\s*(?:[,}}#]|$)")
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if pattern.search(line):
            return number
    return 1


def _flatten_words(words: dict[str, tuple[str, ...]], file: Traversable) -> dict[str, tuple[str, ...]]:
    flat: dict[str, tuple[str, ...]] = {}

    def flatten(name: str, seen: tuple[str, ...]) -> tuple[str, ...]:
        if name in flat:
            return flat[name]
        if name in seen:
            raise CodebookError(f"word list {name!r} contains itself", where=str(file))
        items: dict[str, None] = {}
        for word in words[name]:
            if word.startswith("$") and len(word) > 1:
                if word[1:] not in words:
                    raise _unknown_list(
                        word, words, f"{file}:{line_of(file.read_bytes(), f'$.words.{name}')}"
                    )
                items.update(dict.fromkeys(flatten(word[1:], (*seen, name))))
            else:
                items[word.lower()] = None
        flat[name] = tuple(items)
        return flat[name]

    for name in words:
        flatten(name, ())
    return flat


def _unknown_list(word: str, words: Iterable[str], where: str) -> CodebookError:
    return CodebookError(
        f"no word list {word!r}", where=where, advice="word lists: " + ", ".join(sorted(words))
    )


def _expand(items: Iterable[str], words: dict[str, tuple[str, ...]], where: object) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in items:
        if item.startswith("$") and len(item) > 1:
            if item[1:] not in words:
                raise _unknown_list(item, words, str(where))
            found.update(dict.fromkeys(words[item[1:]]))
        else:
            found[item.lower()] = None
    return tuple(found)


def _expand_type(raw: EventType, words: dict[str, tuple[str, ...]], file: Traversable) -> EventType:
    modes = {
        n: msgspec.structs.replace(m, cues=_expand(m.cues, words, f"{file} (mode {n})"))
        for n, m in raw.modes.items()
    }
    frames = tuple(_expand_frame(frame, words, file) for frame in raw.frames)
    related = RelatedWords(
        *(
            _expand(getattr(raw.related_words, kind), words, f"{file} (related_words)")
            for kind in RelatedWords.__struct_fields__
        )
    )
    return msgspec.structs.replace(raw, modes=modes, frames=frames, related_words=related)


def _expand_frame(frame: Frame, words: dict[str, tuple[str, ...]], file: Traversable) -> Frame:
    changed: dict[str, Any] = {}
    try:
        for name in Trigger.__struct_fields__:
            value = getattr(frame.trigger, name)
            if isinstance(value, tuple):
                changed[name] = _expand(value, words, file)
            elif isinstance(value, dict):
                changed[name] = {
                    key: _expand((items,) if isinstance(items, str) else items, words, file)
                    for key, items in value.items()
                }
    except CodebookError as error:
        raise CodebookError(
            error.message, where=f"{file}:{line_of_frame(file, frame.id)}", advice=error.advice
        ) from error
    requires = frame.requires
    if frame.recipient_required and "recipient" not in requires:
        requires = (*requires, "recipient")
    return msgspec.structs.replace(
        frame, trigger=msgspec.structs.replace(frame.trigger, **changed), requires=requires
    )


def _check(codebook: Codebook, files: dict[str, Traversable]) -> None:
    """Check what types alone cannot say: names that must resolve, one head, valid places, unique ids."""
    for event_type in codebook.types.values():
        file = files[event_type.type]
        for other in (
            event_type.when_planned,
            event_type.when_hypothetical,
            event_type.when_refused,
            event_type.when_vowed,
            event_type.when_alleged,
            event_type.when_urged,
        ):
            if other is not None and other not in codebook.types:
                raise CodebookError(
                    f"no type {other!r}", where=str(file), advice="types: " + ", ".join(codebook.types)
                )
        if codebook.quads and event_type.quad not in codebook.quads:
            raise CodebookError(
                f"no quad {event_type.quad}", where=str(file), advice=f"quads: {sorted(codebook.quads)}"
            )
        seen: set[str] = set()
        for frame in event_type.frames:
            problem = _frame_problem(frame, event_type, codebook, seen)
            if problem is not None:
                raise CodebookError(
                    f"frame {frame.id!r}: {problem[0]}",
                    where=f"{file}:{line_of_frame(file, frame.id)}",
                    advice=problem[1],
                )
            seen.add(frame.id)


def _frame_problem(
    frame: Frame, event_type: EventType, codebook: Codebook, seen: set[str]
) -> tuple[str, str] | None:
    """Return what is wrong with a frame and what would be valid, or None."""
    trigger = frame.trigger
    if frame.id in seen:
        return "the id is used twice", "ids are unique within a type"
    if sum(map(bool, (trigger.verb, trigger.noun, trigger.adjective))) != 1:
        return "the trigger has no head or several", "give one of verb, noun, adjective"
    if frame.mode is not None and frame.mode not in event_type.modes:
        return f"no mode {frame.mode!r}", "modes: " + (", ".join(event_type.modes) or "none")
    for context in frame.contexts:
        if context not in codebook.contexts:
            return f"no context {context!r}", "contexts: " + ", ".join(codebook.contexts)
    if not 0.0 < frame.score <= 1.0:
        return f"score {frame.score} is out of range", "above 0, at most 1"
    for place in (*frame.actor, *frame.recipient, *frame.content, *frame.topic):
        for step in place.split("."):
            if step not in STEPS and step.replace("_", " ") not in PREPOSITIONS:
                return f"no role place {place!r}", "places: " + ", ".join(STEPS) + ", or a preposition"
    return None


def trigger_forms(codebook: Codebook) -> frozenset[str]:
    """Return lower-case forms one of which stands in every sentence that a frame can match.

    Where a frame's verb is a light one ("hold talks"), the forms are those of its object.
    """
    light = frozenset(codebook.words.get("light_verbs", ()))
    lemmas: set[str] = set()
    for _, frame in codebook.frames():
        trigger = frame.trigger
        if trigger.verb and trigger.object and ANY not in trigger.object and light.issuperset(trigger.verb):
            heads = trigger.object
        else:
            heads = trigger.heads
        # The last word of a noun phrase and the first of a verb with particle is the one that inflects.
        last = bool(trigger.noun) or heads is trigger.object
        lemmas.update(re.split(r"[\s-]+", h)[-1 if last else 0] for h in heads if h != ANY)
    return frozenset(form for lemma in sorted(lemmas) for form in word_forms(lemma))
