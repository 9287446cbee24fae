"""What `dragoman codebook show` does: pages of plain text, wrapped to the terminal, headings bold where it can."""

from __future__ import annotations

import difflib
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

import typer

from dragoman.cli import frame_words
from dragoman.cli.codebook_check import counted
from dragoman.errors import CodebookError, ConfigError
from dragoman.events.checking import check
from dragoman.events.word_lists import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dragoman.events.entries import Codebook, EventType, Example, Frame

WIDEST = 100
LABEL = 10
ROLES = ("actor", "recipient", "content", "topic")
# Word lists are shown with so many words; the rest is counted.
MOST_WORDS = 16
BECOMES = {
    "when_planned": "planned by its own actor",
    "when_hypothetical": "only supposed",
    "when_refused": "refused by its own actor",
    "when_vowed": "vowed, between marked parties",
    "when_alleged": "alleged, between marked parties",
    "when_urged": "urged, between marked parties",
}


def show(name: str | None, folder: Path | None) -> None:
    """Print a page: all types, one type, or one frame (`TYPE/frame`). Of a faulty codebook, what can be read.

    Raises:
        CodebookError: when there is no codebook, or none of its types can be read.
        ConfigError: when it has no such type or frame.
    """
    checked = check(folder)
    codebook = checked.codebook
    if checked.faults:
        told = f"dragoman codebook check{'' if folder is None else f' {folder}'}"
        if not codebook.types:
            first = checked.faults[0]
            raise CodebookError(first.message, where=first.where, advice=f"`{told}` names every fault")
        found = counted(len(checked.faults), "fault")
        print(f"note: {found} in this codebook; `{told}` names them", file=sys.stderr)
    page = Page()
    if name is None:
        overview(page, codebook)
        return
    wanted, _, frame_id = name.partition("/")
    by_upper = {known.upper(): known for known in codebook.types}
    if wanted.upper() not in by_upper:
        raise _unknown("type", wanted, codebook.types)
    written = checked.written[by_upper[wanted.upper()]]
    if not frame_id:
        type_page(page, written, codebook)
        return
    frames = {frame.id: frame for frame in written.frames}
    if frame_id not in frames:
        raise _unknown(f"frame of {written.type}", frame_id, frames)
    frame_block(page, frames[frame_id], written)
    lists_block(page, references({"trigger": frames[frame_id].trigger}), codebook)


def _unknown(what: str, wrong: str, known: Iterable[str]) -> ConfigError:
    by_upper = {name.upper(): name for name in known}
    close = difflib.get_close_matches(wrong.upper(), by_upper, 1)
    meant = f"perhaps {by_upper[close[0]]!r}; " if close else ""
    return ConfigError(f"there is no {what} {wrong!r}", advice=f"{meant}choose one of {', '.join(known)}")


class Page:
    """Prints paragraphs, wrapped; bold only on a terminal."""

    def __init__(self, width: int | None = None) -> None:
        self.width = min(WIDEST, width or shutil.get_terminal_size((80, 24)).columns)

    def heading(self, text: str, indent: int = 0) -> None:
        """Print a heading below a blank line."""
        typer.echo()
        self.text(text, indent, bold=True)

    def text(self, text: str, indent: int = 0, hanging: int = 0, *, bold: bool = False) -> None:
        """Print a paragraph; its further lines are indented by `hanging` more."""
        lines = textwrap.wrap(
            text, max(self.width, indent + hanging + 20), initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging), break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        for line in lines:
            typer.echo(typer.style(line, bold=True) if bold else line)

    def fact(self, label: str, text: str, indent: int = 0, width: int = LABEL) -> None:
        """Print a labelled paragraph, the label in a column of its own."""
        self.text(f"{label:<{width}} {text}", indent, width + 1)


def overview(page: Page, codebook: Codebook) -> None:
    """Print the types and contexts of a codebook with their definitions."""
    page.text(f"{codebook.name} {codebook.version}", bold=True)
    if codebook.source:
        page.text(codebook.source)
    page.heading(counted(len(codebook.types), "type"))
    for event_type in codebook.types.values():
        quad = codebook.quads.get(event_type.quad) if event_type.quad is not None else None
        held = [quad or "", counted(len(event_type.modes), "mode"), counted(len(event_type.frames), "frame")]
        page.text(f"{event_type.type}  ({', '.join(part for part in held if part)})", 2, 4, bold=True)
        page.text(event_type.definition, 4)
    if codebook.contexts:
        page.heading(counted(len(codebook.contexts), "context"))
        for name, context in codebook.contexts.items():
            page.text(f"{name}: {context.definition}", 2, 4)
    typer.echo()
    first = next(iter(codebook.types))
    page.text(f"`dragoman codebook show {first}` shows a type with its frames and examples.")


def type_page(page: Page, event_type: EventType, codebook: Codebook) -> None:
    """Print the page of a type."""
    page.text(event_type.type, bold=True)
    page.text(event_type.definition)
    facts = _facts(event_type, codebook)
    if facts:
        page.text(". ".join(fact[0].upper() + fact[1:] for fact in facts) + ".")
    if event_type.boundaries:
        page.heading("Not this type")
        for boundary in event_type.boundaries:
            page.text(f"if {boundary.unless}: {boundary.then}", 2, 4)
    becomes = [(said, getattr(event_type, key)) for key, said in BECOMES.items() if getattr(event_type, key)]
    if becomes:
        page.heading("What it becomes")
        for said, other in becomes:
            page.text(f"{said}: {other}", 2, 4)
    if event_type.modes:
        page.heading("Modes")
        for name, mode in event_type.modes.items():
            scores = _scores(mode.intensity, mode.cameo)
            page.text(f"{name}: {mode.definition}{f' ({scores})' if scores else ''}", 2, 4)
            if mode.cues:
                page.text(f"cues: {frame_words.words_of(mode.cues)}", 6, 6)
    _related(page, event_type)
    if event_type.examples:
        page.heading("Examples")
        _examples(page, event_type.examples, 2)
    page.heading(counted(len(event_type.frames), "frame"))
    for frame in event_type.frames:
        typer.echo()
        frame_block(page, frame, event_type)
    lists_block(page, references(event_type), codebook)


def _facts(event_type: EventType, codebook: Codebook) -> list[str]:
    quad = codebook.quads.get(event_type.quad) if event_type.quad is not None else None
    facts = [quad or "", _scores(event_type.intensity, event_type.cameo)]
    if event_type.speech_act:
        status = event_type.content_status.default
        facts.append("an act of speech" + (f", whose content is {status}" if status else ""))
    if event_type.reciprocal:
        facts.append("done together: all sides are actors")
    facts.append("a recipient is required" if event_type.recipient == "required" else "")
    if event_type.located:
        facts.append("parties known only by their kind are enough where the clause names its place")
    if event_type.acting_by_kind:
        kinds = ", ".join(event_type.acting_by_kind)
        facts.append(f"doers of these sectors need no name: {kinds}")
    if event_type.towards_kind:
        kinds = ", ".join(event_type.towards_kind)
        facts.append(f"nor does anybody where it is done to these: {kinds}")
    if event_type.between_kinds:
        kinds = ", ".join(event_type.between_kinds)
        facts.append(f"nor do parties that are all of these: {kinds}")
    if event_type.towns_at:
        facts.append("a town or region may stand for the recipient at: " + ", ".join(event_type.towns_at))
    if event_type.purpose_is_content:
        facts.append("what it is meant to bring about is no event of its own")
    return [fact for fact in facts if fact]


def _scores(intensity: float | None, cameo: str | None) -> str:
    scores = [f"intensity {intensity:g}"] if intensity is not None else []
    return ", ".join([*scores, f"CAMEO {cameo}"] if cameo else scores)


def _related(page: Page, event_type: EventType) -> None:
    kinds = [(kind, getattr(event_type.related_words, kind)) for kind in frame_words.HEADS]
    if not any(words for _, words in kinds):
        return
    page.heading("Words that speak for it where two parties are marked")
    for kind, words in kinds:
        if words:
            page.fact(kind, _shortened(words), 2)


def frame_block(page: Page, frame: Frame, event_type: EventType) -> None:
    """Print a frame: its trigger, roles, marks and examples."""
    page.text(f"{event_type.type}/{frame.id}", 2, bold=True)
    facts = [frame_words.head_of(frame.trigger)]
    facts += [(f"+ {label}", said) for label, said in frame_words.conditions_of(frame.trigger)]
    for role in ROLES:
        places = getattr(frame, role)
        if places:
            facts.append((role, frame_words.places_of(places)))
    width = max(LABEL, *(len(label) for label, _ in facts))
    for label, said in facts:
        page.fact(label, said, 4, width)
    page.text("; ".join(frame_words.marks_of(frame)), 4, 2)
    _examples(page, frame.examples, 4)


def _examples(page: Page, examples: Sequence[Example], indent: int) -> None:
    for example in examples:
        page.text(f"“{example.text}”", indent, 2)
        for line in frame_words.expected(example):
            page.text(f"= {line}", indent + 4, 2)


def lists_block(page: Page, names: Iterable[str], codebook: Codebook) -> None:
    """Print the word lists that were named, the first words of each."""
    named = [name for name in dict.fromkeys(names) if name in codebook.words]
    if not named:
        return
    page.heading("Word lists")
    for name in named:
        page.text(f"${name}: {_shortened(codebook.words[name])}", 2, 4)


def _shortened(words: Sequence[str]) -> str:
    shown = frame_words.words_of(words[:MOST_WORDS])
    more = len(words) - MOST_WORDS
    return f"{shown} and {more} more" if more > 0 else shown
