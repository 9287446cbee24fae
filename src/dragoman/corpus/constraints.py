"""What corrections say about which reports tell one happening."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


LINKED_WITH = "linked with corrections, run "


class Constraints(NamedTuple):
    """What corrections say about happenings, by anchors of reports.

    `together`: all reports of a set tell one happening. `apart`: no report of the first set shares a
    happening with one of the second.
    """

    together: tuple[frozenset[str], ...]
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...]


def constraints(connection: DuckDBPyConnection) -> Constraints:
    """Return what the corrections of happenings say; where two contradict each other the later one holds."""
    together: list[frozenset[str]] = []
    apart: list[tuple[frozenset[str], frozenset[str]]] = []
    found = connection.execute(
        "SELECT action, value FROM corrections WHERE subject = 'happening' AND NOT undone ORDER BY made, correction"
    ).fetchall()
    for action, data in found:
        value = msgspec.json.decode(data)
        one, other = frozenset(value["anchors"]), frozenset(value["others"])
        if action == "merge":
            whole = one | other
            apart = [pair for pair in apart if not (pair[0] & whole and pair[1] & whole)]
            together.append(whole)
            continue
        pieces: list[frozenset[str]] = []
        for group in together:
            pieces.extend((group - one, group & one) if group & one and group & other else (group,))
        together = [*pieces, one]
        apart.append((one, other))
    return Constraints(tuple(group for group in together if len(group) > 1), tuple(apart))


def note_linked(connection: DuckDBPyConnection, run: int) -> None:
    """Note which corrections of happenings a run is linked with, in the transaction that is open."""
    found = connection.execute(
        "SELECT correction FROM corrections WHERE subject = 'happening' AND NOT undone ORDER BY correction"
    ).fetchall()
    connection.execute("DELETE FROM meta WHERE name = ?", [f"{LINKED_WITH}{run}"])
    if found:
        names = msgspec.json.encode([name for (name,) in found]).decode()
        connection.execute("INSERT INTO meta VALUES (?, ?)", [f"{LINKED_WITH}{run}", names])


def runs_linked_with(connection: DuckDBPyConnection, correction: str) -> list[int]:
    """Return the runs that were linked when a correction held."""
    found = connection.execute(
        "SELECT name, value FROM meta WHERE starts_with(name, ?) ORDER BY name", [LINKED_WITH]
    ).fetchall()
    return [
        int(name.removeprefix(LINKED_WITH))
        for name, value in found
        if correction in msgspec.json.decode(value)
    ]
