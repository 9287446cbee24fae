"""A happening: who reports it, how independent they are, and on what they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.corpus import claim_matrix
from dragoman.web import codings
from dragoman.web.errors import NotFoundError
from dragoman.web.filters import Filters
from dragoman.web.happenings import COLUMNS, Happening
from dragoman.web.matrix import Grid, grid
from dragoman.web.rendering import address, span_of_days

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from dragoman.web.codings import Coding
    from dragoman.web.site import Site

REPORTS = 200


class Report(msgspec.Struct, frozen=True):
    """A report of the happening; `anchor` names it in corrections."""

    coding: Coding
    anchor: str


class Voice(msgspec.Struct, frozen=True):
    """An independent source: an article, or several that are copies of one another."""

    reports: tuple[Report, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The sources that carry it, each once."""
        return tuple(dict.fromkeys(report.coding.source or report.coding.article for report in self.reports))


class Difference(msgspec.Struct, frozen=True):
    """A field on which reports differ: each value, and who gives it."""

    field: str
    values: tuple[tuple[str, tuple[Coding, ...]], ...]


class Dispute(msgspec.Struct, frozen=True):
    """Another happening that tells the same in a way that contradicts this one."""

    other: str
    title: str
    status: str
    field: str
    reason: str

    @property
    def href(self) -> str:
        """The address of its page."""
        return address("/happening", id=self.other)


class Context(msgspec.Struct, frozen=True):
    """What happening.html shows."""

    title: str
    happening: Happening
    voices: tuple[Voice, ...]
    left_out: int
    differences: tuple[Difference, ...]
    disputes: tuple[Dispute, ...]
    grid: Grid
    filters: Filters


def build(site: Site, request: Request) -> Context:
    """Build the page of a happening.

    Raises:
        NotFoundError: when there is none of that id.
    """
    name = request.query_params.get("id", "")
    found = site.database.one(
        Happening, f"SELECT {COLUMNS} FROM happenings_now AS h WHERE h.happening = ?", [name]
    )
    if found is None:
        raise NotFoundError(
            f"there is no happening {name[:80]!r}",
            advice="it may have been merged with another; look for it on the timeline",
        )
    rows = site.database.tuples(
        """SELECT r.article, r.event, e.anchor, coalesce(a.wire, a.article) AS wire
        FROM (SELECT * FROM reports_now WHERE happening = ?) AS r
        JOIN events_now AS e ON e.article = r.article AND e.event = r.event
        JOIN articles AS a ON a.article = r.article
        ORDER BY a.date NULLS LAST, a.copy_of IS NOT NULL, r.article, e."start" """,
        [name],
    )
    groups = {(article, event): (anchor, wire) for article, event, anchor, wire in rows}
    told = codings.named(site.database, [row[:2] for row in rows[:REPORTS]])
    voices: dict[str, list[Report]] = {}
    for one in told:
        anchor, wire = groups[(one.article, one.event)]
        voices.setdefault(wire, []).append(Report(one, anchor))
    with site.database.corpus() as corpus:
        claims = claim_matrix.matrix_of_happening(corpus, name)
    return Context(
        title=found.title,
        happening=found,
        voices=tuple(Voice(tuple(several)) for several in voices.values()),
        left_out=max(len(rows) - REPORTS, 0),
        differences=differences(told),
        disputes=_disputes(site, name),
        grid=grid(claims),
        filters=Filters(),
    )


def differences(told: list[Coding]) -> tuple[Difference, ...]:
    """Return the fields on which reports differ, with who gives which value; silence is no difference."""
    fields: dict[str, Callable[[Coding], str]] = {
        "what was done": lambda one: f"{one.type} {one.mode or ''}".strip(),
        "status": lambda one: one.status,
        "actors": lambda one: ", ".join(sorted({who.name for who in one.actors})),
        "recipients": lambda one: ", ".join(sorted({who.name for who in one.recipients})),
        "day": lambda one: span_of_days(one.earliest, one.latest) if one.time_stated else "",
        "place": lambda one: one.place or "",
        "who says so": lambda one: (one.claimant or "") if one.claim else "the article itself",
    }
    found = []
    for name, value_of in fields.items():
        values: dict[str, list[Coding]] = {}
        for one in told:
            if value := value_of(one):
                values.setdefault(value, []).append(one)
        if len(values) > 1:
            found.append(Difference(name, tuple((value, tuple(ones)) for value, ones in values.items())))
    return tuple(found)


def _disputes(site: Site, name: str) -> tuple[Dispute, ...]:
    found = site.database.rows(
        Dispute,
        """SELECT h.happening, h.title, h.status, d.field, d.reason FROM (
          SELECT happening AS one, other, field, reason FROM disputes JOIN runs USING (run) WHERE latest
          UNION SELECT other, happening, field, reason FROM disputes JOIN runs USING (run) WHERE latest) AS d
        JOIN happenings_now AS h ON h.happening = d.other WHERE d.one = ? ORDER BY ALL LIMIT 100""",
        [name],
    )
    return tuple(found)
