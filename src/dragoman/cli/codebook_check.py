"""What `dragoman codebook check` does: says every fault, codes the examples, sums up."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from dragoman.cli.exits import OK, SOME_PROBLEMS, WRONG_USE
from dragoman.events.checking import Checked, check, compared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from dragoman.draft import DraftEvent
    from dragoman.events.checking import Sample
    from dragoman.events.schema import Fault

# The examples are read as articles of this day: who holds which office depends on it.
EXAMPLE_DATE = "2024-05-01"
WIDEST = 100


def run(folder: Path | None, examples: bool, pipeline: str | None) -> int:
    """Check a codebook and print what is found; return the exit code."""
    checked = check(folder)
    for fault in checked.faults:
        say(fault)
    for warning in checked.warnings:
        say(warning, "warning: ")
    sys.stdout.flush()
    failed = None
    if examples and not checked.faults:
        failed = say_failing(checked.samples, example_coder(folder, pipeline))
    print(summary(checked, failed))
    if checked.faults:
        if examples and checked.samples:
            print("the examples are coded once the faults are mended")
        return WRONG_USE
    return SOME_PROBLEMS if failed else OK


def say(fault: Fault, kind: str = "") -> None:
    """Print a fault: where and what on one line, and below it what would be valid."""
    print(f"{fault.where}: {kind}{fault.message}")
    _below(fault.advice)


def _below(text: str, label: str = "") -> None:
    width = min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
    start = f"    {label}"
    if text:
        print(textwrap.fill(text, width, initial_indent=start, subsequent_indent=" " * len(start),
                            break_long_words=False, break_on_hyphens=False))  # fmt: skip


def example_coder(folder: Path | None, pipeline: str | None) -> Callable[[str], Sequence[DraftEvent]]:
    """Return what codes an example as `dragoman code` would."""
    from dragoman.coder import Coder
    from dragoman.model import Article

    coder = Coder(pipeline, folder)

    def code(text: str) -> Sequence[DraftEvent]:
        # The language is given: a few words can be anything.
        return coder.draft(Article(id="example", text=text, date=EXAMPLE_DATE, language="en")).events

    return code


def say_failing(samples: Sequence[Sample], code: Callable[[str], Sequence[DraftEvent]]) -> int:
    """Code examples, print those that are coded otherwise than they say, and return how many those are."""
    failed = 0
    for sample, mistake in compared(_watched(samples), code):
        if mistake is None:
            continue
        failed += 1
        print(f"{sample.where}: {sample.entry}: {sample.example.text}")
        _below(mistake.wanted, "wanted: ")
        _below(mistake.coded, "coded:  ")
    return failed


def _watched(samples: Sequence[Sample]) -> Iterable[Sample]:
    """Show how far the coding has come, where a terminal shows it."""
    if not sys.stderr.isatty():
        return samples
    from rich.console import Console
    from rich.progress import track

    return track(samples, "coding examples", console=Console(stderr=True), transient=True)


def summary(checked: Checked, failed: int | None) -> str:
    """Return one line: how much the codebook holds, and what is wrong with it."""
    book = checked.codebook
    held = (
        counted(len(book.types), "type"),
        counted(sum(len(t.modes) for t in book.types.values()), "mode"),
        counted(len(book.contexts), "context"),
        counted(sum(len(t.frames) for t in book.types.values()), "frame"),
        counted(len(checked.samples), "example"),
    )
    found = [counted(len(checked.faults), "fault"), counted(len(checked.warnings), "warning")]
    if failed is not None:
        found.append(f"{counted(failed, 'example')} failing")
    name = " ".join(part for part in (book.name, book.version) if part)
    return f"{name or 'this codebook'}: {', '.join(held)}; {', '.join(found)}"


def counted(number: int, what: str) -> str:
    """Return a number and what is counted: "no faults", "1 type", "8 types"."""
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
