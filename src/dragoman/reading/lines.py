"""Lines of a stream of any size, none of them longer than a limit in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line, numbered from 1; over the limit `data` is None and `quotes` counts its quotation marks."""

    number: int
    data: bytes | None
    size: int
    quotes: int = 0


def bounded_lines(stream: IO[bytes], limit: int) -> Iterator[Line]:
    """Yield the lines of a stream with their ends; a line over `limit` bytes is passed over, not held."""
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if len(data) <= limit or data.endswith(b"\n"):
            yield Line(number, data, len(data))
            continue
        size, quotes = len(data), data.count(b'"')
        del data
        while rest := stream.readline(_CHUNK):
            size += len(rest)
            quotes += rest.count(b'"')
            if rest.endswith(b"\n"):
                break
        yield Line(number, None, size, quotes)
