"""What a corpus adds up to, so that nobody counts everything anew: names of actors and pairs of actors.

The tables `actor_names` and `actor_pairs` hold the counts of each run as it was coded. Corrections change few
codings: what these add up to before and after is taken off and put on when the counts are asked for.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.corpus.statements import first_row, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duckdb import DuckDBPyConnection

SUMMED = "sums"

_NAMES = """SELECT p.key, p.name, p.country, count(*) AS told, count(*) FILTER (e.duplicate_of IS NULL) AS events
  FROM {participants} AS p JOIN {events} AS e ON p.article = e.article AND p.event = e.event GROUP BY ALL"""
_PAIRS = """SELECT actor, recipient, type, count(*) AS events FROM (
    SELECT DISTINCT a.article, a.event, a.key AS actor, b.key AS recipient, e.type FROM {participants} AS a
      JOIN {participants} AS b ON a.article = b.article AND a.event = b.event
      JOIN {events} AS e ON e.article = a.article AND e.event = a.event
      WHERE a.side = 'actor' AND b.side = 'recipient' AND a.key <> b.key AND e.duplicate_of IS NULL
    UNION ALL
    SELECT DISTINCT a.article, a.event, a.key AS actor, b.key AS recipient, e.type
      FROM (SELECT article, event, type FROM {events} WHERE reciprocal AND duplicate_of IS NULL) AS e
      JOIN {participants} AS a ON e.article = a.article AND e.event = a.event
      JOIN {participants} AS b ON e.article = b.article AND e.event = b.event
      WHERE a.side = 'actor' AND b.side = 'actor' AND a.key < b.key) GROUP BY ALL"""

_LATEST = "(SELECT run FROM runs WHERE latest)"
_BEFORE = (
    "(SELECT t.* FROM {table} AS t SEMI JOIN corrected_events AS c "
    "ON t.run = c.run AND t.article = c.article AND t.event = c.event WHERE t.run = " + _LATEST + ")"
)
# The codings that corrections touch, as they were coded and as they are now.
_CODED = {name: _BEFORE.format(table=name) for name in ("events", "participants")}
_CORRECTED = {
    "events": "(SELECT * FROM corrected_events WHERE judgement IS DISTINCT FROM 'rejected')",
    "participants": "corrected_participants",
}

_BASE = {
    "actor_names": "(SELECT key, name, country, told, events FROM actor_names WHERE run = " + _LATEST + ")",
    "actor_pairs": "(SELECT actor, recipient, type, events FROM actor_pairs WHERE run = " + _LATEST + ")",
}
_NAMES_CORRECTED = f"""(SELECT key, name, country,
    CAST(sum(told) AS BIGINT) AS told, CAST(sum(events) AS BIGINT) AS events
  FROM (FROM {_BASE["actor_names"]}
    UNION ALL SELECT key, name, country, -told, -events FROM ({_NAMES.format(**_CODED)})
    UNION ALL SELECT key, name, country, told, events FROM ({_NAMES.format(**_CORRECTED)}))
  GROUP BY ALL HAVING sum(told) > 0)"""
_PAIRS_CORRECTED = f"""(SELECT actor, recipient, type, CAST(sum(events) AS BIGINT) AS events
  FROM (FROM {_BASE["actor_pairs"]}
    UNION ALL SELECT actor, recipient, type, -events FROM ({_PAIRS.format(**_CODED)})
    UNION ALL SELECT actor, recipient, type, events FROM ({_PAIRS.format(**_CORRECTED)}))
  GROUP BY ALL HAVING sum(events) > 0)"""

# One row when the latest run is summed up as it stands: whether any coding of it is corrected. A corpus of an older
# version gives none until it is opened for writing, one whose addition was cut off none until the addition has gone on.
READY = """SELECT EXISTS (SELECT 1 FROM corrected_events) FROM runs WHERE latest
  AND list_contains(CAST((SELECT value FROM meta WHERE name = 'sums') AS INTEGER[]), run)
  AND NOT coalesce(list_contains(CAST((SELECT value FROM meta WHERE name = 'unfinished') AS INTEGER[]), run), FALSE)"""


class Sums(NamedTuple):
    """Queries in brackets for what holds now.

    `names`: columns `key, name, country, told, events`; `pairs`: `actor, recipient, type, events`.
    """

    names: str
    pairs: str


def sums(corrected: bool) -> Sums:
    """Return the queries; without any corrected coding the tables are asked as they are, which is quicker."""
    if corrected:
        return Sums(_NAMES_CORRECTED, _PAIRS_CORRECTED)
    return Sums(_BASE["actor_names"], _BASE["actor_pairs"])


def prepare(connection: DuckDBPyConnection) -> None:
    """Make the tables in a corpus that has none yet, and sum up the runs that it has."""
    if first_row(connection, "SELECT value FROM meta WHERE name = ?", [SUMMED]) is None:
        with transaction(connection):
            connection.execute((resources.files("dragoman.corpus") / "sums.sql").read_text("utf-8"))
            refresh(connection, [run for (run,) in connection.execute("SELECT run FROM runs").fetchall()])


def refresh(connection: DuckDBPyConnection, runs: Iterable[int]) -> None:
    """Sum up some runs anew. Runs inside the caller's transaction."""
    found = first_row(connection, "SELECT value FROM meta WHERE name = ?", [SUMMED])
    done = set(msgspec.json.decode(found[0])) if found else set()
    for run in sorted(runs):
        rows = {name: f"(SELECT * FROM {name} WHERE run = {int(run)})" for name in ("events", "participants")}
        for table, sql in (("actor_names", _NAMES), ("actor_pairs", _PAIRS)):
            connection.execute(f"DELETE FROM {table} WHERE run = ?", [run])
            connection.execute(
                f"INSERT INTO {table} SELECT {int(run)}, * FROM ({sql.format(**rows)}) ORDER BY ALL"
            )
        done.add(run)
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", [SUMMED, msgspec.json.encode(sorted(done)).decode()]
    )
