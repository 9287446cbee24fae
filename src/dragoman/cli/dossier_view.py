"""What `dragoman dossier` does: the readable view of a dossier, its page, its JSON, and the list."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.cli.exits import OK, WRONG_USE
from dragoman.cli.view import View
from dragoman.errors import ConfigError
from dragoman.exporting.wording import safe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console, RenderableType

    from dragoman.corpus.dossier_record import Dossier, DossierParty, ListedDossier, Matrix, Quote, Stated

STYLES = {"agreed": "green", "declined": "red", "open": "yellow", "held": "green", "scheduled": "green"}
STYLES |= {"postponed": "yellow", "cancelled": "red", "rejected": "red", "ongoing": "green"}
PUBLISHERS = 3


def run(
    path: Path, name: str | None, as_of: str | None, matrix: bool, html: Path | None, as_json: bool
) -> int:
    """Show a dossier or the list; return the exit code. Raises `ConfigError` and `CorpusError`."""
    from dragoman.corpus import Corpus, dossiers

    if html is not None and (name is None or as_json):
        raise ConfigError("--html needs the NAME of a dossier, and goes without --json")
    with Corpus(path, read_only=True) as corpus:
        found = dossiers.listed(corpus) if name is None else dossiers.matching(corpus, name)
        if name is None or len(found) > 1:
            if as_json:
                sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
            else:
                DossierView().listing(found)
            if name is not None:
                print(
                    f"dragoman: {len(found)} dossiers are called {name!r}; name one by its id",
                    file=sys.stderr,
                )
            return OK if name is None else WRONG_USE
        dossier = dossiers.find(corpus, name, as_of)
    if as_json:
        sys.stdout.buffer.write(dossier.to_json() + b"\n")
    elif html is not None:
        from dragoman.corpus.dossier_pages import page

        html.write_text(page(dossier), encoding="utf-8")
        print(f"wrote {html}", file=sys.stderr)
    else:
        DossierView().dossier(dossier, matrix=matrix)
    return OK


class DossierView:
    """Shows dossiers on a terminal, as `View` shows records."""

    def __init__(self, console: Console | None = None) -> None:
        self._view = View(console)

    def listing(self, found: Sequence[ListedDossier]) -> None:
        """Show dossiers as a table."""
        if not found:
            self._view.print(Text("no dossiers: no article tells of a summit, talks, visit or vote"))
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("id", "kind", "status", "last"):
            table.add_column(column, no_wrap=True)
        table.add_column("articles", justify="right")
        table.add_column("name", overflow="fold")
        for one in found:
            status = Text(one.status, style=STYLES.get(one.status, ""))
            table.add_row(one.id, one.kind, status, one.last or "", str(one.articles), Text(safe(one.name)))
        self._view.print(table)

    def dossier(self, dossier: Dossier, *, matrix: bool = False) -> None:
        """Show a dossier, section by section."""
        show = self._view.print
        show(self._heading(dossier))
        self._section(
            "status ladder", [self._entry(r.date, _step(r.move, r.status), r.quote) for r in dossier.ladder]
        )
        self._section(
            "parties",
            [self._entry(p.since, _party(p), p.quote) for p in dossier.parties],
        )
        self._section(
            "dates", [self._entry(s.quotes[0].date, _stated(s), s.quotes[-1]) for s in dossier.dates]
        )
        self._section(
            "places", [self._entry(s.quotes[0].date, _stated(s), s.quotes[-1]) for s in dossier.places]
        )
        for title, abouts in (("purpose", dossier.purposes), ("topics", dossier.topics)):
            self._section(
                title,
                [self._entry(a.quotes[0].date, Text(f"“{safe(a.words)}”"), a.quotes[0]) for a in abouts],
            )
        open_ = [q for q in dossier.unknowns if q.closed is None]
        self._section(
            "not known",
            [self._entry(q.opened, Text(safe(q.field), style="yellow"), q.quotes[-1]) for q in open_],
        )
        contradictions: list[RenderableType] = []
        for one in dossier.contradictions:
            settled = f" (until {one.settled})" if one.settled else ""
            head = Text(f"{safe(one.label)}: {safe(one.reason)}{settled}", style="red" if not settled else "")
            contradictions.append(head)
            for claim in (one.first, one.second):
                contradictions.append(
                    Padding(self._entry(claim.date, Text(safe(claim.words)), claim.quote), (0, 0, 0, 2))
                )
        self._section("contradictions", contradictions)
        if matrix:
            self.matrix(dossier.matrix)
        self._section(
            "articles",
            [
                Text.assemble(
                    (f"{r.date} ", "dim"),
                    safe(" · ".join(filter(None, (r.title, r.source, r.article)))),
                    (f"  {r.score:.2f} {safe(r.reason)}", "dim"),
                )
                for r in dossier.reports
            ],
        )

    def matrix(self, matrix: Matrix) -> None:
        """Show who says what of each proposition; what is contradicted is marked with an exclamation mark."""
        rows: list[RenderableType] = []
        for key, label in matrix.propositions:
            rows.append(Text(safe(label), style="bold"))
            for claim in matrix.claims:
                if claim.proposition != key:
                    continue
                mark = "! " if matrix.is_contradicted(claim) else "  "
                rows.append(
                    Text.assemble(
                        (mark, "bold red"),
                        (f"{claim.date} ", "dim"),
                        safe(claim.quote.claimant),
                        ": ",
                        safe(claim.words),
                    )
                )
        self._section("claims", rows)

    def _heading(self, dossier: Dossier) -> Text:
        day = f"as of {dossier.as_of}" if dossier.as_of else f"up to {dossier.last or 'an unknown day'}"
        status = (
            f"{dossier.status}, resumed" if dossier.resumed and dossier.status != "held" else dossier.status
        )
        line = Text(safe(dossier.name), style="bold")
        line.append(f"  {dossier.kind}  ", style="bold cyan")
        line.append(status, style=STYLES.get(dossier.status, "yellow"))
        articles = "1 article" if len(dossier.reports) == 1 else f"{len(dossier.reports)} articles"
        sources = "1 source" if dossier.sources == 1 else f"{dossier.sources} independent sources"
        line.append(
            f"\n{day} · {articles}, {sources} · since {dossier.first or 'an unknown day'} · {dossier.id}",
            style="dim",
        )
        if dossier.overdue:
            line.append(
                "\nThe date stated last has passed; no article says what became of it.", style="yellow"
            )
        return line

    def _section(self, title: str, rows: Sequence[RenderableType]) -> None:
        if not rows:
            return
        self._view.print()
        self._view.print(Text(title, style="bold underline"))
        for row in rows:
            self._view.print(row)

    def _entry(self, date: str, what: Text, quote: Quote) -> Table:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=10, no_wrap=True, style="dim")
        grid.add_column(overflow="fold")
        said = "" if quote.speaker is None else f"{quote.speaker}, "
        by = safe(f"{said}in {quote.source or quote.article}, {quote.date}")
        grid.add_row(date, Text.assemble(what, "\n", safe(quote.sentence), (f"  [{by}]", "dim")))
        return grid


def _step(move: str, status: str) -> Text:
    words = f"resumed: {status}" if move == "resumed" else status
    return Text(words, style=f"bold {STYLES.get(status, 'yellow')}")


def _party(party: DossierParty) -> Text:
    who = ", ".join(map(str, party.delegates))
    line = Text(safe(party.name), style="bold")
    line.append(safe(f"{f' ({who})' if who else ''}  {party.role}, "), style="not bold")
    line.append(party.commitment, style=f"not bold {STYLES.get(party.commitment, 'dim')}")
    for interest in party.interests:
        line.append(f"\n“{safe(interest.words)}”", style="not bold")
    return line


def _stated(stated: Stated) -> Text:
    notes = [] if stated.firm else ["not firm"]
    if stated.standing != "current":
        notes.append(stated.standing)
    speakers = list(dict.fromkeys(q.claimant for q in stated.quotes))
    who = ", ".join(speakers[:PUBLISHERS]) + (" and others" if len(speakers) > PUBLISHERS else "")
    country = f" ({stated.country})" if stated.country else ""
    line = Text(safe(f"{stated.value}{country}"), style="bold")
    return line.append(safe(f"  {', '.join((*notes, f'stated by {who}'))}"), style="not bold dim")
