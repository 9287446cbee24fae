"""Discard dictionaries: phrases that stop the coding of their sentence, with `+` of the whole article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.petrarch.source import lines_of, plain

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.petrarch.report import Report


@dataclass(slots=True)
class DiscardLists:
    """The phrases of discard dictionaries, in lower case."""

    sentence: list[str] = field(default_factory=list)
    article: list[str] = field(default_factory=list)


def read_discards(path: Path, lists: DiscardLists, report: Report) -> None:
    """Add the phrases of a discard dictionary to lists. Raises `ConfigError`."""
    for number, text in lines_of(path):
        entry = text.partition("[")[0].strip()
        if not entry:
            continue
        whole = entry.startswith("+")
        phrase = plain(entry.removeprefix("+")).lower()
        if not phrase:
            report.lose(path, number, text.strip(), "the discard has no words")
            continue
        target = lists.article if whole else lists.sentence
        if phrase not in target:
            target.append(phrase)
        report.carry("discards of articles" if whole else "discards of sentences")
