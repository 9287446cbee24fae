"""The tables `happenings`, `reports` and `disputes` of a run, made anew from its codings."""

from __future__ import annotations

import contextlib
import datetime
import gc
import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.corpus import inserting, linking
from dragoman.corpus.constraints import constraints, note_linked
from dragoman.corpus.linking_words import linking as settings
from dragoman.corpus.report_loading import reports_of
from dragoman.corpus.reports import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.reports import Party, Report, Site

TABLES = ("happenings", "reports", "disputes")
Row = dict[str, Any]
T = TypeVar("T")


def link(connection: DuckDBPyConnection, run: int) -> None:
    """Link the codings of a run to happenings and write its rows, in the transaction that is open.

    The result depends on what the tables hold, not on the order in which it came in. Corrections that merge or
    split happenings are kept.
    """
    with _without_collection():
        _link(connection, run)


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Millions of small objects without cycles: looking for cycles would take a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _link(connection: DuckDBPyConnection, run: int) -> None:
    note_linked(connection, run)
    reports, weights = reports_of(connection, run)
    together, apart = _by_number(connection, reports)
    linked = linking.link(reports, weights, together, apart)
    for table in TABLES:
        connection.execute(f'DELETE FROM "{table}" WHERE run = ?', [run])
    names = {group[0]: happening_id(reports[group[0]]) for group in linked.groups}
    told = {group[0]: [reports[i] for i in group] for group in linked.groups}
    inserting.insert(
        connection, "happenings", ({"run": run, **_happening(names[lead], told[lead])} for lead in told)
    )
    inserting.insert(
        connection,
        "reports",
        (
            _report(run, names[group[0]], reports, number, linked.links[number])
            for group in linked.groups
            for number in group
        ),
    )
    inserting.insert(
        connection,
        "disputes",
        (
            {
                "run": run,
                "happening": names[dispute.first],
                "other": names[dispute.second],
                "field": dispute.conflict.field,
                "reason": dispute.conflict.reason,
            }
            for dispute in linked.disputes
        ),
    )


def happening_id(lead: Report) -> str:
    """Return the id of the happening of which this is the first report: the same in any run that has it."""
    return "h" + hashlib.blake2b(lead.anchor.encode(), digest_size=8).hexdigest()


def _by_number(
    connection: DuckDBPyConnection, reports: Sequence[Report]
) -> tuple[list[list[int]], list[tuple[list[int], list[int]]]]:
    given = constraints(connection)
    named = {anchor for group in given.together for anchor in group}
    named.update(anchor for pair in given.apart for group in pair for anchor in group)
    numbers = {r.anchor: i for i, r in enumerate(reports) if r.anchor in named}

    def known(anchors: Iterable[str]) -> list[int]:
        return sorted(numbers[a] for a in anchors if a in numbers)

    together = [group for anchors in given.together if (group := known(anchors))]
    return together, [(known(some), known(others)) for some, others in given.apart]


def _report(run: int, name: str, reports: Sequence[Report], number: int, link: linking.Link) -> Row:
    report = reports[number]
    other = (
        "" if link.other is None else f" (with {reports[link.other].event} of {reports[link.other].article})"
    )
    return {
        "run": run,
        "article": report.article,
        "event": report.event,
        "happening": name,
        "score": round(link.score, 3),
        "reason": link.reason + other,
    }


def _happening(name: str, reports: Sequence[Report]) -> Row:
    fullest = max(
        reports, key=lambda r: (bool(r.actors) + bool(r.recipients or r.together), r.place is not None)
    )
    place = _place(reports)
    window = _window(reports)
    return {
        "happening": name,
        "type": _most_frequent([r.type for r in reports if r.standing == fullest.standing]),
        "mode": _most_frequent([r.mode for r in reports if r.mode]),
        "status": _status(reports),
        "title": _title(fullest),
        "earliest": _date(window.first) if window and window.stated else None,
        "latest": _date(window.last) if window else None,
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
        "reports": len(reports),
        "sources": len({r.source for r in reports}),
    }


def _title(report: Report) -> str:
    actors, recipients = _names(report.actors), _names(report.recipients)
    parties = f"{actors or '?'} → {recipients}" if recipients else actors or "?"
    return f"{parties}: {' '.join(report.trigger.split())}"


def _names(parties: Sequence[Party]) -> str:
    return ", ".join(p.name for p in parties)


def _status(reports: Sequence[Report]) -> str:
    """Return how far the happening has come, by the report that tells it furthest."""
    ladder = settings().status.ladder
    reached = [ladder.index(r.status) for r in reports if r.status in ladder and r.standing != "against"]
    return ladder[max(reached)] if reached else reports[0].status


def _window(reports: Sequence[Report]) -> Window | None:
    """Return the days on which all reports agree, those that state a time before all others."""
    windows = [r.window for r in reports if r.window]
    chosen = [w for w in windows if w.stated] or windows
    if not chosen:
        return None
    first, last = max(w.first for w in chosen), min(w.last for w in chosen)
    if first > last:
        # Put together by a correction though the times disagree: all that is said.
        first, last = min(w.first for w in chosen), max(w.last for w in chosen)
    return Window(first, last, chosen[0].stated)


def _place(reports: Sequence[Report]) -> Site | None:
    sites = [r.place for r in reports if r.place]
    exact = [s for s in sites if s.exact]
    return _most_frequent(exact or sites)


def _most_frequent(values: Sequence[T]) -> T | None:
    """Return the most frequent value, of several the one that came first."""
    return Counter(values).most_common(1)[0][0] if values else None


def _date(ordinal: int) -> datetime.date:
    return datetime.date.fromordinal(ordinal)
