"""What a worker sends back for the file: the lines of one article, and how many events they hold."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from dragoman.exporting import formats

if TYPE_CHECKING:
    from dragoman.model import Document

_COUNT = struct.Struct(">I")


class Lines:
    """Turns a record into the lines of a format, with the number of its events before them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._format = formats.named(name)

    def __call__(self, document: Document) -> bytes:
        """Return the number of events and the lines as one piece of bytes."""
        return _COUNT.pack(len(document.events)) + self._format.lines(document)

    def __reduce__(self) -> tuple[type[Lines], tuple[str]]:
        return Lines, (self.name,)


def unpacked(data: bytes) -> tuple[bytes, int]:
    """Return the lines and the number of events."""
    return data[_COUNT.size :], _COUNT.unpack_from(data)[0]
