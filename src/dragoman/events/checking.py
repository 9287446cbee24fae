"""A whole codebook checked: every fault of every file, what looks odd, and the examples that are coded wrongly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dragoman.errors import CodebookError
from dragoman.events.codebook import assemble, expanded_type
from dragoman.events.codebook_files import HEAD, general_words, line_at, open_folder, type_files
from dragoman.events.consistency import Problem, head_problems, type_problems
from dragoman.events.entries import Codebook, CodebookFile, EventType
from dragoman.events.examples import mistakes
from dragoman.events.schema import Fault, Reading, read_part
from dragoman.events.word_lists import flatten, list_problems, reference_problems, references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dragoman.draft import DraftEvent
    from dragoman.events.entries import Example, Frame, Trigger
    from dragoman.events.examples import Mistake
    from dragoman.events.word_lists import WordLists

_HEADS = ("verb", "noun", "adjective")
_TYPE_LINE = re.compile(rb"^type:\s*[\"']?([^\s\"'#]+)", re.M)


class Sample(NamedTuple):
    """An example of a codebook, and where it stands; `entry` names its frame, `TYPE/frame`, or its type."""

    file: str
    line: int
    entry: str
    example: Example

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a codebook. `written` are the types as their files have them, `$name`s and all."""

    codebook: Codebook
    written: dict[str, EventType]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    samples: tuple[Sample, ...]


class _TypeFile(NamedTuple):
    """A file of a type: as written and with its word lists in place."""

    file: str
    reading: Reading[EventType]
    written: EventType
    expanded: EventType


def check(path: str | Path | None = None) -> Checked:
    """Read a codebook and gather every fault in it; a bad file does not hide the faults of the others.

    Args:
        path: a codebook's folder; None takes the one that ships.

    Raises:
        CodebookError: when there is no codebook at all: no folder, or a file that can't be read.
    """
    folder = open_folder(path)
    faults: list[Fault] = []
    try:
        head_reading = read_part(folder / HEAD, CodebookFile)
    except CodebookError as error:
        raise CodebookError(
            f"there is no {HEAD} here" if not (folder / HEAD).is_file() else error.message,
            where=str(folder),
            advice=f"a codebook is a folder with {HEAD} and types/; `dragoman codebook new` makes one",
        ) from error
    head_file = str(folder / HEAD)
    head = head_reading.part or CodebookFile(name="", version="")
    faults += head_reading.faults
    faults += _located(list_problems(head.words), head_file, head_reading)
    words = flatten(head.words)
    if head_reading.part is not None:
        found = reference_problems(head.contexts, words)
        faults += _located((p._replace(path=("contexts", *p.path)) for p in found), head_file, head_reading)
    files, unread, more = _read_types(path, words, whole=head_reading.part is not None)
    faults += more
    types = {held.written.type: held.expanded for held in files}
    codebook = assemble(head, words, types, "")
    # A file that is no YAML still has a name that others may refer to.
    known = msgspec.structs.replace(codebook, types=types | unread)
    if head_reading.part is not None:
        faults += _located(head_problems(known), head_file, head_reading)
        for held in files:
            problems = type_problems(held.expanded, known)
            faults += _located((p for p in problems if not _speaks_of(p, unread)), held.file, held.reading)
    warnings = [w for held in files for w in _without_examples(held)]
    warnings += _doubled(files)
    warnings += _unused_lists(head, files, head_file, head_reading)
    return Checked(
        codebook,
        {held.written.type: held.written for held in files},
        tuple(_in_order(faults)),
        tuple(_in_order(warnings)),
        tuple(s for held in files for s in _samples(held)),
    )


def compared(
    samples: Iterable[Sample], code: Callable[[str], Sequence[DraftEvent]]
) -> Iterator[tuple[Sample, Mistake | None]]:
    """Code examples one after the other; yield each with what is wrong with it, or None.

    Args:
        samples: the examples.
        code: returns the events of a sentence.
    """
    for sample in samples:
        yield sample, mistakes(sample.example, code(sample.example.text))


def _read_types(
    path: str | Path | None, words: WordLists, *, whole: bool
) -> tuple[list[_TypeFile], dict[str, EventType], list[Fault]]:
    """Return the types that can be read, stubs of those that can't, and the faults; `whole`: the lists are known."""
    folder = open_folder(path)
    faults: list[Fault] = []
    found: dict[str, _TypeFile] = {}
    unread: dict[str, EventType] = {}
    try:
        files = type_files(folder)
    except CodebookError as error:
        return [], {}, [Fault(error.where or str(folder), 1, error.message, error.advice or "")]
    for file in files:
        reading = read_part(file, EventType)
        faults += reading.faults
        if reading.part is None:
            name = _TYPE_LINE.search(reading.raw)
            if name is not None:
                stub = EventType(type=name.group(1).decode("utf-8", "replace"), definition="")
                unread[stub.type] = stub
            continue
        written = reading.part
        if not written.type:
            written = msgspec.structs.replace(written, type=file.name.rpartition(".")[0])
        if whole:
            faults += _located(reference_problems(written, words), str(file), reading)
        if written.type in found:
            other = found[written.type].file
            line = line_at(reading.node, ("type",))
            advice = f"give it another name: {other} has this one"
            faults.append(Fault(str(file), line, f"type {written.type!r} is defined twice", advice))
            continue
        expanded = expanded_type(written, words)
        found[written.type] = _TypeFile(str(file), reading, written, expanded)
    return list(found.values()), unread, faults


def _located(problems: Iterable[Problem], file: str, reading: Reading[Any]) -> list[Fault]:
    """Give problems their lines; leave out those of what was only put in for a missing part."""
    return [
        Fault(file, line_at(reading.node, p.path), p.message, p.advice)
        for p in problems
        if not reading.is_filler(p.path)
    ]


def _speaks_of(problem: Problem, unread: dict[str, EventType]) -> bool:
    """Tell whether a problem is only that a type that could not be read has no modes."""
    return any(problem.message.startswith(f"{name} has no mode") for name in unread)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(
        dict.fromkeys(faults), key=lambda fault: (not fault.file.endswith(HEAD), fault.file, fault.line)
    )


def _samples(held: _TypeFile) -> Iterator[Sample]:
    def sample(entry: str, example: Example, *path: str | int) -> Sample:
        return Sample(held.file, line_at(held.reading.node, path), entry, example)

    event_type = held.written
    for number, example in enumerate(event_type.examples):
        yield sample(event_type.type, example, "examples", number)
    for at, frame in enumerate(event_type.frames):
        for number, example in enumerate(frame.examples):
            yield sample(f"{event_type.type}/{frame.id}", example, "frames", at, "examples", number)


def _without_examples(held: _TypeFile) -> Iterator[Fault]:
    node = held.reading.node
    if not held.written.frames:
        line = line_at(node, ("type",))
        yield Fault(held.file, line, f"type {held.written.type!r} has no frame", "nothing is coded as it")
    for number, frame in enumerate(held.written.frames):
        if not frame.examples:
            line = line_at(node, ("frames", number))
            advice = "give a sentence and the events that it holds"
            yield Fault(held.file, line, f"frame {frame.id!r} has no example", advice)


def _doubled(files: Sequence[_TypeFile]) -> Iterator[Fault]:
    """Yield the frames whose head words and conditions another frame has too."""
    first: dict[tuple[object, ...], tuple[_TypeFile, int, Frame]] = {}
    for held in files:
        for number, frame in enumerate(held.expanded.frames):
            shared: dict[str, list[str]] = {}
            for kind, word in _head_words(frame.trigger):
                key = (kind, word, _conditions(frame))
                if key not in first:
                    first[key] = held, number, frame
                    continue
                other, at, before = first[key]
                if before is not frame:
                    line = line_at(other.reading.node, ("frames", at))
                    name = f"{other.written.type}/{before.id} ({other.file}:{line})"
                    shared.setdefault(name, []).append(word)
            for name, words in shared.items():
                message = f"frame {frame.id!r} has the trigger of {name}: {', '.join(words)}"
                line = line_at(held.reading.node, ("frames", number))
                yield Fault(
                    held.file, line, message, "take the words out of one, or narrow it by a condition"
                )


def _head_words(trigger: Trigger) -> Iterator[tuple[str, str]]:
    for kind in _HEADS:
        for word in getattr(trigger, kind):
            yield kind, word


def _conditions(frame: Frame) -> bytes:
    """Return what must hold besides the head, as a key; frames that may stand side by side differ in it."""
    held = {k: getattr(frame.trigger, k) for k in frame.trigger.__struct_fields__ if k not in _HEADS}
    held = {k: sorted(v) if isinstance(v, tuple) else v for k, v in held.items()}
    return msgspec.json.encode(
        (held, frame.weak, frame.besides, frame.yields, sorted(frame.requires)), order="sorted"
    )


def _unused_lists(
    head: CodebookFile, files: Sequence[_TypeFile], file: str, reading: Reading[CodebookFile]
) -> Iterator[Fault]:
    used = {name for held in files for name in references(held.written)} | set(references(head.contexts))
    used |= {word[1:] for name, items in head.words.items() for word in items if word != f"${name}"}
    for name in head.words:
        if name not in used and name not in general_words():
            line = line_at(reading.node, ("words", name))
            yield Fault(file, line, f"no frame uses the word list ${name}", "take it out, or mend its name")
