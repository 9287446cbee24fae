"""Two runs over the same articles: which codings were added, lost or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import CorpusError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHANGES = ("added", "lost", "changed")
QUERY = "SELECT * FROM compared(?, ?) ORDER BY article, start, change, type_old, type_new, anchor"


class Change(NamedTuple):
    """One coding that two runs do not have alike.

    `change` is `added`, `lost` or `changed`; `fields` names what differs in a changed one. `event_old` is
    None for an added coding, `event_new` for a lost one.
    """

    change: str
    article: str
    anchor: str
    fields: list[str]
    words: str
    start: int
    event_old: str | None
    event_new: str | None
    type_old: str | None
    type_new: str | None


def compare(connection: DuckDBPyConnection, old: int | None = None, new: int | None = None) -> list[Change]:
    """Return what differs between two runs, the last two when none are named, in the order of the texts.

    Only articles that both have coded are compared. Raises `CorpusError` when there are no such runs.
    """
    pair = chosen_runs(connection, old, new)
    return [Change(*row) for row in connection.execute(QUERY, list(pair)).fetchall()]


def counts(connection: DuckDBPyConnection, old: int, new: int) -> dict[str, int]:
    """Return how many codings were added, lost and changed from a run to another."""
    found = dict(
        connection.execute(
            "SELECT change, count(*) FROM compared(?, ?) GROUP BY change", [old, new]
        ).fetchall()
    )
    return {change: int(found.get(change, 0)) for change in CHANGES}


def chosen_runs(connection: DuckDBPyConnection, old: int | None, new: int | None) -> tuple[int, int]:
    """Return the two runs to compare. Raises `CorpusError` that lists the runs there are."""
    runs = [int(run) for (run,) in connection.execute("SELECT run FROM runs ORDER BY run").fetchall()]
    there = f"there are: {', '.join(map(str, runs)) or 'none'}"
    if len(runs) < 2:
        raise CorpusError(
            f"two runs are needed for a comparison; {there}",
            advice="`dragoman add CORPUS --recode` with another version or codebook makes another run",
        )
    second = runs[-1] if new is None else new
    first = max((run for run in runs if run < second), default=runs[0]) if old is None else old
    for run in (first, second):
        if run not in runs:
            raise CorpusError(f"there is no run {run}", advice=there)
    return first, second
