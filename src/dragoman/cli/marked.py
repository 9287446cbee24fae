"""Answering for words that somebody else marked: JSON Lines in, the same lines with fields added out."""

from __future__ import annotations

import contextlib
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import msgspec

from dragoman.cli.exits import NOTHING_DONE, OK, SOME_PROBLEMS
from dragoman.errors import ArticleError, ConfigError, DragomanError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a line must have, by question, and which of its fields mark words of `text`.
REQUIRED = {
    "relate": ("text",),
    "status": ("text", "event"),
    "actors": ("phrase",),
    "times": ("text",),
    "claims": ("text",),
}
# Lines that are answered together, where the layer can.
BATCH = 24
MARKED = {"relate": ("source", "target"), "status": ("event",)}


class Answerer(Protocol):
    """What answers one line."""

    def answer(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the fields to add."""
        ...


def answer_file(
    question: str,
    file: str,
    out: Path | None,
    pipeline: str | None = None,
    codebook: Path | None = None,
    actors: tuple[Path, ...] = (),
) -> int:
    """Answer a question for every line of a file; return the exit code.

    Raises `ConfigError` when the file can't be read or the output can't be written, before any work.
    """
    from dragoman.asking import answerer
    from dragoman.running.resuming import check_writable

    source = sys.stdin.buffer if file == "-" else _opened(Path(file))
    if out is not None:
        check_writable(out)
    with source:
        answering = answerer(
            question,
            pipeline=pipeline,
            codebook=str(codebook) if codebook else None,
            actors=tuple(map(str, actors)),
        )
        with _target(out) as target:
            answered, failed = answer_lines(question, answering, source, target)
    where = "standard input" if file == "-" else file
    if not answered:
        print(f"dragoman: {where}: no line could be answered ({failed} with an error)", file=sys.stderr)
        return NOTHING_DONE
    if failed:
        print(f"dragoman: {where}: {answered} lines answered, {failed} with an error", file=sys.stderr)
    return SOME_PROBLEMS if failed else OK


def answer_lines(question: str, answering: Answerer, source: BinaryIO, target: BinaryIO) -> tuple[int, int]:
    """Answer the lines of a stream in their order; return how many were answered and how many failed."""
    answered = failed = 0
    lines = ((number, line) for number, line in enumerate(source, 1) if line.strip())
    while batch := list(itertools.islice(lines, BATCH)):
        for answer in _answers(question, answering, batch):
            failed += "error" in answer
            answered += "error" not in answer
            target.write(msgspec.json.encode(answer) + b"\n")
        target.flush()
    return answered, failed


def _answers(question: str, answering: Answerer, batch: list[tuple[int, bytes]]) -> list[dict[str, Any]]:
    """Answer some lines: together where that is cheaper, each by itself where one of them is odd."""
    rows = [_row(question, line, number) for number, line in batch]
    good = [row for row in rows if "error" not in row]
    together = getattr(answering, "answer_all", None)
    answers: list[dict[str, Any]] | None = None
    if together is not None and good:
        # One odd line must not cost the answers to all others: they are then answered one by one.
        with contextlib.suppress(Exception):
            answers = together(good)
    each = iter([_answer(answering, row) for row in good] if answers is None else answers)
    return [row if "error" in row else {**row, **next(each)} for row in rows]


def _row(question: str, line: bytes, number: int) -> dict[str, Any]:
    """Read and check a line; the result has `error` when it can't be answered."""
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return {"error": f"not valid JSON: {error}", "line": number}
    if not isinstance(row, dict):
        return {"error": "the line is not a JSON object", "line": number}
    row.pop("error", None)
    try:
        check_row(question, row)
    except DragomanError as error:
        return {**row, "error": _said(error)}
    return row


def _answer(answering: Answerer, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return answering.answer(row)
    except DragomanError as error:
        return {"error": _said(error)}
    except Exception as error:
        return {"error": f"unexpected {type(error).__name__}: {error}"}


def _said(error: DragomanError) -> str:
    return f"{error.message} ({error.advice})" if error.advice else error.message


def check_row(question: str, row: dict[str, Any]) -> None:
    """Check that a line has what its question needs. Raises `ArticleError` that names the field."""
    for field in REQUIRED[question]:
        if row.get(field) is None:
            raise ArticleError(f"the field {field!r} is missing")
    for field in ("text", "phrase", "date", "context"):
        if row.get(field) is not None and not isinstance(row[field], str):
            raise ArticleError(f"the field {field!r} is not a string")
    for field in MARKED.get(question, ()):
        mark = row.get(field)
        if mark is None:
            continue
        offsets: list[Any] = [mark.get("start"), mark.get("end")] if isinstance(mark, dict) else []
        if len(offsets) != 2 or not all(_is_offset(offset) for offset in offsets):
            raise ArticleError(f"the field {field!r} is not {{start, end}} with two whole numbers")
        start, end = offsets
        size = len(row["text"])
        if not 0 <= start < end <= size:
            raise ArticleError(f"{field!r} marks [{start}, {end}), which is not inside the text 0..{size}")


def _is_offset(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise ConfigError(
            f"can't be read: {error.strerror}", where=str(file), advice="check its name and rights"
        ) from error


@contextlib.contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """Open the output: a file appears under its name only when it is whole."""
    if out is None:
        yield sys.stdout.buffer
    elif out.exists() and not out.is_file():
        with out.open("wb") as device:
            yield device
    else:
        part = out.with_name(out.name + ".part")
        try:
            with part.open("wb") as target:
                yield target
        except BaseException:
            part.unlink()
            raise
        part.replace(out)
