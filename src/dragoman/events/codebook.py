"""The codebook: event types, modes, contexts and frames as data, read and checked.

A codebook is a folder with `codebook.yaml` (contexts, sectors, word lists) and `types/*.yaml` (one event
type a file). Nothing here knows any particular ontology; PLOVER is the folder that ships.
"""

from __future__ import annotations

import functools
import hashlib
import re
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import CodebookError
from dragoman.events.codebook_files import (
    DEFAULT_CODEBOOK,
    HEAD,
    compose,
    general_words,
    line_at,
    line_of,
    open_folder,
    parse_yaml,
    read_bytes,
    steps_of,
    type_files,
)
from dragoman.events.consistency import head_problems, type_problems
from dragoman.events.entries import (
    Boundary,
    Codebook,
    CodebookFile,
    ContentStatus,
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
from dragoman.events.word_lists import WordLists, expand, flatten
from dragoman.language.inflection import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from dragoman.events.consistency import Problem

__all__ = [
    "DEFAULT_CODEBOOK",
    "Boundary",
    "Codebook",
    "Context",
    "EventType",
    "Example",
    "ExampleEvent",
    "Frame",
    "Mode",
    "Trigger",
    "assemble",
    "expanded_type",
    "line_of",
    "load_codebook",
    "trigger_forms",
    "valid_keys",
]
ANY = "*"
# What stands under a key of a codebook's files, to say which keys are valid there.
_PARTS: dict[str, type[Part]] = {
    "trigger": Trigger,
    "frames": Frame,
    "related_words": RelatedWords,
    "content_status": ContentStatus,
    "modes": Mode,
    "boundaries": Boundary,
    "contexts": Context,
    "events": ExampleEvent,
    "examples": Example,
}


def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read and check a codebook, once a process.

    Args:
        path: a codebook's folder; None takes the one that ships.

    Raises:
        CodebookError: for the first fault, with file and line, and what would be valid; `events.checking`
            finds them all.
    """
    return _load(None if path is None else str(path))


@functools.cache
def _load(path: str | None) -> Codebook:
    folder = open_folder(path)
    head_file = folder / HEAD
    digest = hashlib.sha256()
    digest.update(repr(sorted(general_words().items())).encode())
    head: CodebookFile = _read(head_file, CodebookFile, digest)
    words = flatten(head.words, head_file)
    types: dict[str, EventType] = {}
    files = type_files(folder)
    for file in files:
        raw: EventType = _read(file, EventType, digest)
        if raw.type in types:
            raise CodebookError(f"type {raw.type!r} is defined twice", where=str(file))
        types[raw.type] = expanded_type(raw, words, file)
    codebook = assemble(head, words, types, head_file, digest.hexdigest())
    _check(codebook, head_file, dict(zip(types, files, strict=True)))
    return codebook


def assemble(
    head: CodebookFile, words: WordLists, types: dict[str, EventType], file: Traversable, digest: str
) -> Codebook:
    """Put a codebook together from its parts, whose word lists are already in place. Raises `CodebookError`."""
    return Codebook(
        name=head.name,
        version=head.version,
        source=head.source,
        fingerprint=f"{head.name}-{head.version}+{digest[:8]}",
        quads=head.quads,
        cooperative_quads=head.cooperative_quads,
        sectors=head.sectors,
        international=head.international,
        contexts={
            n: msgspec.structs.replace(c, cues=expand(c.cues, words, file)) for n, c in head.contexts.items()
        },
        words=words,
        types=types,
    )


def _read(file: Traversable, kind: type[Any], digest: Any) -> Any:
    raw = read_bytes(file)
    digest.update(file.name.encode() + b"\0" + raw)
    data = parse_yaml(raw, file)
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        message = str(error)
        path = message.rsplit(" - at `", 1)[1].rstrip("`") if " - at `" in message else "$"
        steps = steps_of(path)
        unknown = re.search(r"unknown field `([^`]+)`", message)
        if unknown:
            advice: str | None = valid_keys(steps, kind)
            steps = (*steps, unknown.group(1))
        else:
            advice = None
        where = f"{file}:{line_at(compose(raw), steps)}"
        raise CodebookError(message, where=where, advice=advice) from error


def valid_keys(path: Iterable[str | int], kind: type[Part]) -> str:
    """Say which keys are valid at a path of a file that holds a `kind`."""
    found = next((_PARTS[k] for k in reversed(list(path)) if isinstance(k, str) and k in _PARTS), kind)
    return "valid keys: " + ", ".join(f.encode_name for f in msgspec.structs.fields(found))


def expanded_type(raw: EventType, words: Mapping[str, tuple[str, ...]], file: Traversable) -> EventType:
    """Return a type with the words of its lists in place of their names. Raises `CodebookError`."""

    def where(*path: str | int) -> str:
        return f"{file}:{line_at(compose(read_bytes(file)), path)}"

    try:
        modes = {
            n: msgspec.structs.replace(m, cues=expand(m.cues, words, f"modes/{n}"))
            for n, m in raw.modes.items()
        }
        frames = tuple(
            _expanded_frame(frame, words, f"frames/{number}") for number, frame in enumerate(raw.frames)
        )
        kinds = RelatedWords.__struct_fields__
        related = RelatedWords(
            *(expand(getattr(raw.related_words, k), words, f"related_words/{k}") for k in kinds)
        )
        by_word = {
            s: expand(items, words, f"content_status/by_word/{s}")
            for s, items in raw.content_status.by_word.items()
        }
    except CodebookError as error:
        steps = [int(step) if step.isdigit() else step for step in (error.where or "").split("/")]
        raise CodebookError(error.message, where=where(*steps), advice=error.advice) from error
    content = msgspec.structs.replace(raw.content_status, by_word=by_word)
    return msgspec.structs.replace(
        raw, modes=modes, frames=frames, related_words=related, content_status=content
    )


def _expanded_frame(frame: Frame, words: Mapping[str, tuple[str, ...]], where: str) -> Frame:
    changed: dict[str, Any] = {}
    for name in Trigger.__struct_fields__:
        value = getattr(frame.trigger, name)
        at = f"{where}/trigger/{name}"
        if isinstance(value, tuple):
            changed[name] = expand(value, words, at)
        elif isinstance(value, dict):
            changed[name] = {
                key: expand((items,) if isinstance(items, str) else items, words, f"{at}/{key}")
                for key, items in value.items()
            }
    requires = frame.requires
    if frame.recipient_required and "recipient" not in requires:
        requires = (*requires, "recipient")
    return msgspec.structs.replace(
        frame, trigger=msgspec.structs.replace(frame.trigger, **changed), requires=requires
    )


def _check(codebook: Codebook, head_file: Traversable, files: Mapping[str, Traversable]) -> None:
    """Raise `CodebookError` for the first thing that does not fit together."""
    for problem in head_problems(codebook):
        raise _error(problem, head_file)
    for event_type in codebook.types.values():
        for problem in type_problems(event_type, codebook):
            raise _error(problem, files[event_type.type])


def _error(problem: Problem, file: Traversable) -> CodebookError:
    line = line_at(compose(read_bytes(file)), problem.path)
    return CodebookError(problem.message, where=f"{file}:{line}", advice=problem.advice)


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
