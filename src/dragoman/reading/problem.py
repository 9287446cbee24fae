"""What could not be read: said once, with its place and what to do, while the run goes on."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """An input, or a part of one, that gave no article.

    `where` is the file, with its line or row where there is one (`reports.jsonl:7`).
    """

    where: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        """Return the whole on one line: where, what, and what to do."""
        text = f"{self.where}: {self.message}"
        return f"{text} ({self.advice})" if self.advice else text
