"""Answer for single texts: `dragoman times`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.context.times import find_times
from dragoman.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping


class TimesAnswerer:
    """Finds and normalises the time expressions of a text; needs no parse."""

    def answer(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return `{times}` for `{id, text, date}`, each as in the contract. `date` may be null or missing.

        Raises:
            ArticleError: when the row has no text, or a date that is no ISO date.
        """
        where = f"row {row['id']!r}" if isinstance(row.get("id"), str | int) else None
        text, date = row.get("text"), row.get("date")
        if not isinstance(text, str) or not text.strip():
            raise ArticleError("no text", where=where, advice='each row needs "text", a non-empty string')
        if date is not None and not isinstance(date, str):
            raise ArticleError("date is not a string", where=where, advice="write it YYYY-MM-DD, or null")
        try:
            found = find_times(text, date or None)
        except ArticleError as error:
            raise ArticleError(error.message, where=where, advice=error.advice) from error
        return {"times": [msgspec.to_builtins(t) for t in found]}
