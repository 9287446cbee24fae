"""What `dragoman explain` does: finds the event, and shows each field with what decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from rich.padding import Padding
from rich.text import Text

from dragoman.cli.view import View
from dragoman.errors import ArticleError, ConfigError, RecordError
from dragoman.exporting import documents, wording
from dragoman.exporting.reasons import BASES, FROM_ENTRY, fields_of, value_of

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from dragoman.model import Document, Event, Reason


def chosen_document(
    file: Path,
    article: str | None,
    date: str | None,
    pipeline: str | None,
    codebook: Path | None,
    actors: tuple[Path, ...] = (),
) -> Document:
    """Return the record of an article of a file: read, or coded now.

    Raises `ConfigError` when the file holds several articles and none, or an unknown one, is named, and
    `ArticleError` when it holds none that can be read.
    """
    from dragoman.model import Article

    if holds_records(file):
        found: list[Document | Article] = list(documents.read(file))
        trouble = ""
    else:
        from dragoman.reading import read

        items = list(read([str(file)], date=date))
        found = [item for item in items if isinstance(item, Article)]
        trouble = next((str(item) for item in items if not isinstance(item, Article)), "")
    if not found:
        raise ArticleError(trouble or "no article was found", where=None if trouble else str(file))
    if article is None and len(found) == 1:
        one = found[0]
    else:
        matching = [item for item in found if item.id == article]
        if not matching:
            ids = ", ".join(item.id for item in found[:10]) + (", ..." if len(found) > 10 else "")
            what = f"no article {article!r} in it" if article else f"it holds {len(found)} articles"
            raise ConfigError(what, where=str(file), advice=f"name one by --article ID: {ids}")
        one = matching[0]
    if isinstance(one, Article):
        from dragoman.coder import Coder

        return Coder(pipeline, codebook, actors).code(one)
    return one


def holds_records(file: Path) -> bool:
    """Say whether a file holds records of `dragoman code --documents`, by its first line."""
    if file.is_dir():
        raise ConfigError("is a folder", where=str(file), advice="name one file in it")
    try:
        with file.open("rb") as source:
            first = source.readline(1_000_000)
    except OSError as error:
        raise ConfigError(
            f"can't be read: {error.strerror}", where=str(file), advice="check its name and rights"
        ) from error
    if not first.startswith(b"{") or b'"' not in first:
        return False
    if first.endswith(b"\n"):
        try:
            record = msgspec.json.decode(first)
        except msgspec.DecodeError:
            return False
        return isinstance(record, dict) and (
            {"coder", "events", "sentences"} <= record.keys() or _failed(record)
        )
    return b'"segments"' in first and b'"text"' in first


def _failed(record: dict[str, object]) -> bool:
    return "error" in record and "text" not in record


def chosen_event(document: Document, name: str) -> Event:
    """Return an event by its id or the number in it. Raises `ConfigError` with the choices."""
    for event in document.events:
        if name in (event.id, event.id.lstrip("e")):
            return event
    if not document.events:
        reasons = [w for w in document.warnings if w.startswith("no event")]
        raise RecordError(f"article {document.id!r} has no event", advice="; ".join(reasons) or None)
    ids = ", ".join(e.id for e in document.events)
    raise ConfigError(f"no event {name!r}", advice=f"choose one of {ids}")


def show(document: Document, event: Event, console: Console | None = None) -> None:
    """Show an event, and each of its fields with what decided it."""
    view = View(console)
    view.print(view.event(document, event))
    view.print()
    how = "codebook entry" if event.why.decided_by == "frame" else "model"
    view.print(Text.assemble(("decided by ", "dim"), f"{how} {event.why.entry}, score {event.why.score:g}"))
    for name in fields_of(event):
        value, reason = value_of(document, event, name), event.why.fields.get(name)
        if value is None and reason is None:
            continue
        view.print()
        view.print(Text.assemble((f"{name:<14} ", "bold"), value if value is not None else "-"))
        for line in _because(document, name, reason):
            view.print(Padding(line, (0, 0, 0, 15)))


def _because(document: Document, name: str, reason: Reason | None) -> list[Text]:
    if reason is None:
        return [Text("from the codebook entry", style="dim")] if name in FROM_ENTRY else []
    lines = [Text.assemble((BASES[reason.basis], "dim"), f": {wording.rule(reason.rule)}")]
    words = ", ".join(f"“{wording.words_of(document, span)}”" for span in reason.evidence)
    if words:
        lines.append(Text.assemble(("words: ", "dim"), words))
    return lines
