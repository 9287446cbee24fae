"""Inputs: files, folders and standard input, opened as streams of bytes whatever they are packed in."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, cast

from dragoman.reading.decoding import binary_kind
from dragoman.reading.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Format = Literal["txt", "jsonl", "csv", "parquet", "html"]
FORMATS: tuple[Format, ...] = ("txt", "jsonl", "csv", "parquet", "html")
ENDINGS: dict[str, Format] = {
    ".txt": "txt",
    ".text": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
READABLE = ", ".join(ENDINGS) + ", each also with .gz"
STANDARD_INPUT = "-"
_GZIP = b"\x1f\x8b"
_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Source:
    """One input that holds articles.

    `path` is None for standard input; `format` is None when it is sniffed.
    """

    name: str
    path: Path | None
    format: Format | None
    stdin: BinaryIO | None = None


def format_of(path: Path) -> Format | None:
    """Return the format that a file's ending stands for, or None."""
    suffixes = [s.lower() for s in path.suffixes]
    if suffixes and suffixes[-1] in (".gz", ".gzip"):
        suffixes.pop()
    return ENDINGS.get(suffixes[-1]) if suffixes else None


def find_sources(
    inputs: Sequence[str | Path], stdin: BinaryIO | None, input_format: Format | None
) -> Iterator[Source | Problem]:
    """Yield the files of the inputs in order: as given, folders by name.

    In a folder only readable endings count, and names that begin with a dot are passed over.
    `input_format` holds for standard input and for files that are named themselves.
    """
    for given in inputs:
        path = Path(given)
        if str(given) == STANDARD_INPUT:
            yield Source("standard input", None, input_format, stdin)
        elif path.is_dir():
            yield from _in_folder(path)
        elif "://" in str(given):
            what = "this is an address; only files are read, and nothing goes over a network"
            yield Problem(str(given), what, "download it, and give the file")
        elif not path.exists():
            yield Problem(str(path), "no such file or folder", "check the path")
        else:
            yield Source(str(path), path, input_format or format_of(path))


def _in_folder(folder: Path) -> Iterator[Source | Problem]:
    found = 0
    refused: list[Problem] = []

    def refuse(error: OSError) -> None:
        reason = error.strerror or str(error)
        refused.append(
            Problem(str(error.filename or folder), f"cannot be listed: {reason}", "check the rights")
        )

    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place) / name
            kind = format_of(path)
            if kind is not None and not name.startswith("."):
                found += 1
                yield Source(str(path), path, kind)
    yield from refused
    if not found and not refused:
        yield Problem(
            str(folder), "the folder holds no file that can be read", f"readable endings: {READABLE}"
        )


@contextlib.contextmanager
def open_source(source: Source) -> Iterator[io.BufferedReader]:
    """Open an input as bytes, unpacked when it is gzip (told by its first bytes). Raises `OSError`."""
    with contextlib.ExitStack() as stack:
        if source.path is not None:
            raw: IO[bytes] = stack.enter_context(source.path.open("rb"))
        else:
            raw = _standard_input(source.stdin)
        # detach() instead of close(): standard input is not ours to close.
        plain = _buffered(raw)
        stack.callback(_detach, plain)
        if plain.peek(2)[:2] != _GZIP:
            yield plain
            return
        unpacked = gzip.GzipFile(fileobj=plain)
        stack.enter_context(unpacked)
        yield _buffered(unpacked)


def _standard_input(given: BinaryIO | None) -> IO[bytes]:
    if given is not None:
        return given
    import sys

    return sys.stdin.buffer


def _buffered(stream: Any) -> io.BufferedReader:
    return cast("io.BufferedReader", io.BufferedReader(stream, _HEAD))


def _detach(stream: io.BufferedReader) -> None:
    with contextlib.suppress(ValueError):
        stream.detach()


def sniff(head: bytes) -> Format:
    """Tell the format of an input without a telling name by how it begins."""
    if head.startswith(b"PAR1"):
        return "parquet"
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:400].lower().replace(b"\x00", b"")
    if start.startswith((b"{", b"[{")) and binary_kind(head) is None:
        return "jsonl"
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return "html"
    return "txt"
