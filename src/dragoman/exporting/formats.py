"""The table formats by name: how a record becomes bytes, and what is done to the file at the end."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003
from pathlib import Path  # noqa: TC003
from typing import NamedTuple

from dragoman.errors import ConfigError
from dragoman.exporting import csv, documents, jsonl, parquet
from dragoman.model import Document  # noqa: TC001 (NamedTuple fields are read at run time)

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".pq": "parquet"}


class Format(NamedTuple):
    """A format: its name, what a record gives, what the file starts with, what finishes it."""

    name: str
    lines: Callable[[Document], bytes]
    head: bytes = b""
    convert: Callable[[Path, Path], None] | None = None
    holds_errors: bool = False


def named(name: str) -> Format:
    """Return a format by its name: `documents`, `jsonl`, `csv` or `parquet`. Raises `ConfigError`."""
    formats = (
        Format("documents", documents.line, holds_errors=True),
        Format("jsonl", jsonl.lines),
        Format("csv", csv.lines, head=csv.header()),
        Format("parquet", jsonl.lines, convert=parquet.from_jsonl),
    )
    for known in formats:
        if known.name == name:
            return known
    raise ConfigError(f"no format {name!r}", advice=f"choose one of {', '.join(f.name for f in formats)}")


def chosen(out: Path | None, name: str | None, whole: bool = False) -> Format:
    """Return the format for an output, by option or by the ending of its name.

    `whole` asks for whole records, which only JSON Lines can hold. Raises `ConfigError`.
    """
    by_ending = ENDINGS.get(out.suffix.lower()) if out else "jsonl"
    wanted = name or by_ending
    if wanted is None:
        ending = out.suffix if out else ""
        raise ConfigError(
            f"the format can't be told from the ending {ending!r}" if ending else "the name has no ending",
            where=str(out),
            advice=f"end it in {', '.join(ENDINGS)}, or give --format",
        )
    if whole:
        if wanted not in ("jsonl", "documents"):
            raise ConfigError(
                f"whole records (--documents) can't be written as {wanted}",
                where=str(out) if out else None,
                advice="write them to a .jsonl file, or leave --documents away",
            )
        wanted = "documents"
    return named(wanted)
