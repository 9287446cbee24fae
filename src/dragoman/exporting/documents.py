"""Whole records as JSON Lines, one line an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import RecordError
from dragoman.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def line(document: Document) -> bytes:
    """Return a record as one line, ended by a newline."""
    return document.to_json() + b"\n"


def read(path: Path) -> Iterator[Document]:
    """Yield the records of a file that `dragoman code --documents` wrote.

    Lines that stand for articles that could not be coded (`{"id": ..., "error": ...}`) are passed over.
    Raises `RecordError` with file and line for anything else that is not a record.
    """
    with path.open("rb") as source:
        for number, data in enumerate(source, 1):
            if not data.strip() or _is_error(data):
                continue
            try:
                yield Document.from_json(data)
            except RecordError as error:
                raise RecordError(error.message, where=f"{path}:{number}", advice=error.advice) from error


def _is_error(data: bytes) -> bool:
    import msgspec

    try:
        found = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return False
    return isinstance(found, dict) and "error" in found and "text" not in found
