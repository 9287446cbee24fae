"""Events as CSV: UTF-8, a header line, one row an event, quoted as in RFC 4180, lines ended by a newline.

Cells hold the words of the articles exactly. Nothing is put before cells that begin with "=", "+", "-" or
"@": a spreadsheet program may take such a cell for a formula, so import the file there with these columns
set to text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dragoman.exporting.rows import COLUMNS, as_dict, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.model import Document

# Python's csv module leaves a lone carriage return unquoted when lines end in "\n"; readers then break there.
_QUOTED = re.compile('[",\r\n]')


def header() -> bytes:
    """Return the header line."""
    return _line(COLUMNS)


def lines(document: Document) -> bytes:
    """Return the rows of a record's events; empty when it has none. Null is an empty cell."""
    return b"".join(_line(as_dict(row).values()) for row in rows(document))


def _line(values: Iterable[Any]) -> bytes:
    return (",".join(_cell(value) for value in values) + "\n").encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    words = str(value)
    return '"' + words.replace('"', '""') + '"' if _QUOTED.search(words) else words
