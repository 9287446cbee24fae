"""The readable view: one block an event, then the processes, then what was odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.exporting import wording
from dragoman.exporting.rows import duplicate_heads, happenings

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dragoman.model import Document, Event, Process

WIDEST = 100
STATUS_STYLES = {"occurred": "green", "ongoing": "green", "denied": "red"}
UNSURE = "yellow"


class View:
    """Shows records on a terminal. Colours follow NO_COLOR; without styles the trigger stands in brackets."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, emoji=False, markup=False, soft_wrap=False)
        self.console.width = min(self.console.width, WIDEST)
        self._plain = not self.console.is_terminal
        encoding = self.console.encoding.lower()
        self._arrow, self._both = ("→", "↔") if "utf" in encoding else ("->", "<->")
        self._shown = 0

    def document(self, document: Document, origin: str | None = None) -> None:
        """Show a record; `origin` says where the article was read."""
        if self._shown:
            self.print()
            self.print(Text("─" * 8 if self._arrow == "→" else "-" * 8, style="dim"))
            self.print()
        self._shown += 1
        self.print(self._heading(document, origin))
        for event in happenings(document):
            self.print()
            self.print(self.event(document, event))
        for process in document.processes:
            self.print()
            self.print(self._process(document, process))
        if document.warnings:
            self.print()
        for warning in document.warnings:
            self.print(Text(f"note: {wording.safe(warning)}", style="dim"))
        self.console.file.flush()

    def print(self, part: RenderableType = "") -> None:
        """Print a part; without styles also without the blanks that fill its lines."""
        if not self._plain:
            self.console.print(part)
            return
        with self.console.capture() as captured:
            self.console.print(part)
        lines = [line.rstrip() for line in captured.get().rstrip("\n").split("\n")]
        self.console.file.write("\n".join(lines) + "\n")

    def reason(self, document: Document, origin: str | None = None) -> None:
        """Show why an article has no event, on one line."""
        reasons = [w for w in document.warnings if w.startswith("no event")] or ["no event"]
        title = wording.title_of(document)
        name = f"{origin}: {title}" if origin and title else origin
        line = Text(wording.safe(name or title or document.id), style="bold")
        for reason in reasons:
            line.append(f": {wording.safe(reason)}", style="not bold")
        self.console.print(line, soft_wrap=True)

    def event(self, document: Document, event: Event) -> RenderableType:
        """Return the block of one event."""
        mark = Text(f"{event.id} ", style="bold")
        head = Text.assemble((wording.parties(event.actors), "bold"), f" {self._arrow} ")
        head.append(wording.type_of(event), style="bold cyan")
        if event.reciprocal and not event.recipients:
            head.append(f" {self._both} each other")
        elif event.recipients:
            head.append(f" {self._arrow} ")
            head.append(wording.parties(event.recipients), style="bold")
        facts = _grid()
        facts.add_row("status", Text(wording.status_of(event), style=_status_style(event.status)))
        _fact(facts, "when", wording.time_of(document, event.time))
        _fact(facts, "where", wording.place_of(event.place))
        said = wording.claim_of(document, event.attribution)
        _fact(facts, "says", said or "the article itself")
        topics = "; ".join(f"“{wording.safe(document.text[t.start : t.end])}”" for t in event.topics)
        _fact(facts, "about", topics)
        facts.add_row("text", self._sentence(document, event))
        again = [name for name, head in duplicate_heads(document.events).items() if head == event.id]
        _fact(facts, "also", f"told again as {', '.join(again)}" if again else "")
        block = Table.grid(padding=0)
        block.add_column(min_width=4, no_wrap=True)
        block.add_column()
        block.add_row(mark, head)
        block.add_row("", facts)
        return block

    def _heading(self, document: Document, origin: str | None) -> RenderableType:
        facts = [f for f in (document.date or "no date", document.source, origin or document.id) if f]
        title = wording.title_of(document)
        line = Text(wording.safe(" · ".join(facts)), style="dim" if title else "")
        return Group(Text(title, style="bold"), line) if title else line

    def _sentence(self, document: Document, event: Event) -> Text:
        before, trigger, after = wording.around(document, event)
        line = Text(before)
        line.append(f"[{trigger}]" if self._plain else trigger, style="bold underline")
        line.append(after)
        return line

    def _process(self, document: Document, process: Process) -> RenderableType:
        names = {entity.id: entity.name for entity in document.entities}
        head = Text(process.kind, style="bold cyan")
        if process.name != process.kind:
            head.append(f": {wording.safe(process.name)}", style="bold not dim")
        head.append(f"  ({process.status})", style="not bold")
        facts = _grid()
        who = ", ".join(wording.participant(names[p.entity], p) for p in process.participants)
        _fact(facts, "who", who)
        for when in wording.timings_of(document, process):
            _fact(facts, "when", when)
        _fact(facts, "where", wording.place_of(process.place))
        about = (("about", topic) for topic in process.topics)
        for name, one in (("for", process.purpose), ("outcome", process.outcome), *about):
            _fact(facts, name, wording.statement_of(document, one) if one else "")
        for unknown in process.unknowns:
            _fact(facts, "unknown", wording.unknown_of(document, unknown))
        _fact(facts, "events", ", ".join(process.events))
        return Group(head, Padding(facts, (0, 0, 0, 4)))


def _grid() -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=7, no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    return grid


def _fact(grid: Table, name: str, words: str) -> None:
    if words:
        grid.add_row(name, Text(words))


def _status_style(status: str) -> str:
    return STATUS_STYLES.get(status, UNSURE)
