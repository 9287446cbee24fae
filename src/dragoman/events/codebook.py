"""The codebook: event types, modes, contexts and frames as data, read and checked.

A codebook is a folder with `codebook.yaml` (contexts, sectors, word lists) and `types/*.yaml` (one event
type a file). Nothing here knows any particular ontology; PLOVER is the folder that ships.
"""

from __future__ import annotations

import functools
import hashlib
import re
from typing import TYPE_CHECKING, Any, TypeVar

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
    read_bytes,
    type_files,
)
from dragoman.events.consistency import head_problems, type_problems
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
from dragoman.events.schema import read_part
from dragoman.events.word_lists import WordLists, expand, flatten, list_problems, reference_problems
from dragoman.language.inflection import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from dragoman.events.consistency import Problem

P = TypeVar("P", bound=Part)

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
]
ANY = "*"


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
    head = _read(head_file, CodebookFile, digest)
    _raise_first(list_problems(head.words), head_file)
    words = flatten(head.words)
    _raise_first(reference_problems(head.contexts, words), head_file, "contexts")
    types: dict[str, EventType] = {}
    files = type_files(folder)
    for file in files:
        raw = _read(file, EventType, digest)
        if raw.type in types:
            raise CodebookError(f"type {raw.type!r} is defined twice", where=str(file))
        _raise_first(reference_problems(raw, words), file)
        types[raw.type] = expanded_type(raw, words)
    codebook = assemble(head, words, types, digest.hexdigest())
    _raise_first(head_problems(codebook), head_file)
    for event_type, file in zip(types.values(), files, strict=True):
        _raise_first(type_problems(event_type, codebook), file)
    return codebook


def assemble(head: CodebookFile, words: WordLists, types: dict[str, EventType], digest: str) -> Codebook:
    """Put a codebook together from its parts, whose word lists are already in place."""
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
            n: msgspec.structs.replace(c, cues=expand(c.cues, words)) for n, c in head.contexts.items()
        },
        words=words,
        types=types,
        classifier=head.classifier,
        marked_acts=head.marked_acts,
        discards=head.discards,
    )


def _read(file: Traversable, kind: type[P], digest: Any) -> P:
    reading = read_part(file, kind)
    digest.update(file.name.encode() + b"\0" + reading.raw)
    for fault in reading.faults:
        raise CodebookError(fault.message, where=fault.where, advice=fault.advice or None)
    assert reading.part is not None
    return reading.part


def expanded_type(raw: EventType, words: Mapping[str, tuple[str, ...]]) -> EventType:
    """Return a type with the words of its lists in place of their names."""
    related = RelatedWords(
        *(expand(getattr(raw.related_words, kind), words) for kind in RelatedWords.__struct_fields__)
    )
    by_word = {status: expand(items, words) for status, items in raw.content_status.by_word.items()}
    return msgspec.structs.replace(
        raw,
        modes={n: msgspec.structs.replace(m, cues=expand(m.cues, words)) for n, m in raw.modes.items()},
        frames=tuple(_expanded_frame(frame, words) for frame in raw.frames),
        related_words=related,
        content_status=msgspec.structs.replace(raw.content_status, by_word=by_word),
    )


def _expanded_frame(frame: Frame, words: Mapping[str, tuple[str, ...]]) -> Frame:
    changed: dict[str, Any] = {}
    for name in Trigger.__struct_fields__:
        value = getattr(frame.trigger, name)
        if name == "patterns":
            continue  # they name lists in their own way: `events.word_order`
        if isinstance(value, tuple):
            changed[name] = expand(value, words)
        elif isinstance(value, dict):
            changed[name] = {
                key: expand((items,) if isinstance(items, str) else items, words)
                for key, items in value.items()
            }
    requires = frame.requires
    if frame.recipient_required and "recipient" not in requires:
        requires = (*requires, "recipient")
    return msgspec.structs.replace(
        frame, trigger=msgspec.structs.replace(frame.trigger, **changed), requires=requires
    )


def _raise_first(problems: Iterable[Problem], file: Traversable, *before: str) -> None:
    """Raise `CodebookError` for the first thing that does not fit together."""
    for problem in problems:
        line = line_at(compose(read_bytes(file)), (*before, *problem.path))
        raise CodebookError(problem.message, where=f"{file}:{line}", advice=problem.advice)


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
