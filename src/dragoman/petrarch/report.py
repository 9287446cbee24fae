"""What an import carried over, what it changed on the way, and what it could not carry over and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = 5


class Note(NamedTuple):
    """One entry of a dictionary and what is said of it."""

    where: str
    entry: str
    why: str


@dataclass(slots=True)
class Report:
    """Collects what happens to the entries of dictionaries."""

    carried: Counter[str] = field(default_factory=Counter)
    changed: list[Note] = field(default_factory=list)
    lost: list[Note] = field(default_factory=list)

    def carry(self, what: str, count: int = 1) -> None:
        """Count entries that were carried over."""
        self.carried[what] += count

    def change(self, path: Path, line: int, entry: str, why: str) -> None:
        """Note an entry that was carried over, but not as it stands."""
        self.changed.append(Note(f"{path}:{line}", entry, why))

    def lose(self, path: Path, line: int, entry: str, why: str) -> None:
        """Note an entry that could not be carried over."""
        self.lost.append(Note(f"{path}:{line}", entry, why))

    def summary(self) -> list[str]:
        """Return the lines that say in short what became of the dictionaries."""
        lines = [f"carried over: {', '.join(f'{n} {what}' for what, n in self.carried.items()) or 'nothing'}"]
        for title, notes in (("carried over with a change", self.changed), ("not carried over", self.lost)):
            if not notes:
                continue
            lines.append(f"{title}: {len(notes)}")
            for why, count in Counter(note.why for note in notes).most_common(_SHOWN):
                lines.append(f"  {count} x {why}")
        return lines

    def text(self) -> str:
        """Return the whole report: the summary, then every entry with file and line."""
        lines = self.summary()
        for title, notes in (("Not carried over", self.lost), ("Carried over with a change", self.changed)):
            if notes:
                lines.extend(["", title, *(f"{n.where}: {n.entry}: {n.why}" for n in notes)])
        return "\n".join(lines) + "\n"
