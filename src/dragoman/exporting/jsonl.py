"""Events as JSON Lines: one row an event, with every column in every line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.exporting.rows import rows

if TYPE_CHECKING:
    from dragoman.model import Document


def lines(document: Document) -> bytes:
    """Return the lines of a record's events, each ended by a newline; empty when it has none."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows(document))
