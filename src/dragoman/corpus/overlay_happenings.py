"""Happenings with the corrections applied: reports that move, codings that are rejected or edited."""

from __future__ import annotations

import collections
import hashlib
from typing import TYPE_CHECKING, Any

from dragoman.corpus.inserting import insert
from dragoman.corpus.statements import dicts, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.rows import Row

Name = tuple[str, str]  # article and event
Move = tuple[str, dict[str, list[str]], str]  # action, anchors on both sides, id of the correction
# The earlier one tells more: what came about over what is only intended.
STATUS_ORDER = (
    "occurred", "ongoing", "planned", "proposed", "possible", "conditional", "hypothetical", "denied",
)  # fmt: skip


def refresh(
    connection: DuckDBPyConnection,
    run: int,
    moves: Sequence[Move],
    stand_ins: dict[Name, str],
    events: Sequence[Name] | None,
) -> None:
    """Make the corrected reports and happenings anew, for corrected events that are written already.

    `stand_ins` names for a rejected coding another of its article that tells the same and reports it instead.
    With `events` only those of some codings, as long as no report is moved. Runs inside the caller's
    transaction.
    """
    partly = events is not None and not moves
    there = dicts(connection.execute("SELECT * FROM corrected_reports"))
    corrected = dicts(
        connection.execute("SELECT * FROM corrected_events WHERE judgement IN ('edited', 'rejected')")
    )
    judged = {(e["article"], e["event"]): e for e in corrected}
    articles = {article for article, _ in judged}
    if partly:
        articles = {article for article, _ in events or ()}
    wanted = set(events or ()) if partly else set(judged)
    touched = [
        r
        for r in rows_in(connection, "reports", "article", sorted(articles), run=run)
        if (r["article"], r["event"]) in wanted
    ]
    moved = _moved(connection, run, moves) if moves else {}
    corrections = {
        (r["article"], r["event"]): {**r, "happening": None, "reason": "rejected"}
        for r in touched
        if judged.get((r["article"], r["event"]), {}).get("judgement") == "rejected"
    }
    for name, (_, report) in moved.items():
        corrections.setdefault(name, report)
    for report in touched:
        name = report["article"], report["event"]
        if name in stand_ins and corrections.get(name, report)["happening"] is None:
            instead = moved[name][1] if name in moved else report
            corrections[name[0], stand_ins[name]] = {**instead, "event": stand_ins[name]}
    affected = {r["happening"] for r in touched}
    for before, report in moved.values():
        affected |= {before, report["happening"]}
    if partly:
        kept = [r for r in there if (r["article"], r["event"]) not in wanted]
    else:
        kept = []
        connection.execute("DELETE FROM corrected_happenings")
    connection.execute("DELETE FROM corrected_reports")
    insert(connection, "corrected_reports", [*kept, *(corrections[name] for name in sorted(corrections))])
    if affected:
        _write_happenings(connection, run, sorted(affected), judged)


def _moved(connection: DuckDBPyConnection, run: int, moves: Sequence[Move]) -> dict[Name, tuple[str, Row]]:
    """Apply merges and splits one after the other; return each report that moves with its happening before."""
    named = sorted({a for _, value, _ in moves for a in (*value["anchors"], *value["others"])})
    reports = dicts(
        connection.execute(
            "WITH named AS (SELECT article, event FROM events WHERE run = $run "
            "AND anchor IN (SELECT unnest($named::TEXT[]))), "
            "reached AS (SELECT DISTINCT happening FROM reports SEMI JOIN named USING (article, event) "
            "WHERE run = $run) "
            "SELECT r.*, e.anchor FROM reports AS r SEMI JOIN reached USING (happening) "
            "JOIN events AS e USING (run, article, event) WHERE r.run = $run ORDER BY r.article, r.event",
            {"run": run, "named": named},
        )
    )
    before = {(r["article"], r["event"]): r["happening"] for r in reports}
    for action, value, name in moves:
        one, other = set(value["anchors"]), set(value["others"])
        there = [r["happening"] for r in reports if r["anchor"] in other]
        blocks = {r["happening"] for r in reports if r["anchor"] in one}
        if not there or not blocks:
            continue
        if action == "merge":
            goal, going = min(there), [r for r in reports if r["happening"] in blocks | set(there)]
        else:
            goal = split_name(one)
            going = [r for r in reports if r["anchor"] in one and r["happening"] in there]
        for report in going:
            if report["happening"] != goal:
                report.update(happening=goal, score=1.0, reason=f"by correction {name}")
    changed = {}
    for report in reports:
        report.pop("anchor")
        place = (report["article"], report["event"])
        if before[place] != report["happening"]:
            changed[place] = (before[place], report)
    return changed


def split_name(anchors: Iterable[str]) -> str:
    """Return the id of a happening that a correction made of these reports."""
    return "h" + hashlib.blake2b("\n".join(sorted(anchors)).encode(), digest_size=8).hexdigest()


def _write_happenings(
    connection: DuckDBPyConnection, run: int, names: Sequence[str], judged: dict[Name, Row]
) -> None:
    """Sum up happenings anew, as far as corrections change them; the others are as linking made them."""
    base = {row["happening"]: row for row in rows_in(connection, "happenings", "happening", names, run=run)}
    first = rows_in(connection, "reports", "happening", names, run=run)
    changes = {
        (r["article"], r["event"]): r for r in dicts(connection.execute("SELECT * FROM corrected_reports"))
    }
    at_first: dict[str, set[Name]] = {name: set() for name in names}
    members: dict[str, set[Name]] = {name: set() for name in names}
    for report in first:
        at_first[report["happening"]].add((report["article"], report["event"]))
        if (report["article"], report["event"]) not in changes:
            members[report["happening"]].add((report["article"], report["event"]))
    for event, report in changes.items():
        if report["happening"] in members:
            members[report["happening"]].add(event)
    corrected = [
        name
        for name in names
        if at_first[name] != members[name] or any(event in judged for event in members[name])
    ]
    connection.execute(
        "DELETE FROM corrected_happenings WHERE happening IN (SELECT unnest(?::TEXT[]))", [list(names)]
    )
    events = _events(connection, run, {event for name in corrected for event in members[name]}, judged)
    rows = []
    for name in corrected:
        told = sorted(
            (events[event] for event in members[name]),
            key=lambda e: (str(e["date"] or ""), e["article"], e["start"], e["event"]),
        )
        rows.append(_happening(run, name, base.get(name), told))
    _title(connection, [row for row in rows if row["title"] is None and row["reports"]])
    insert(connection, "corrected_happenings", [row for row in rows if row["title"] is not None])


def _events(
    connection: DuckDBPyConnection, run: int, names: set[Name], judged: dict[Name, Row]
) -> dict[Name, Row]:
    """Return the codings of these names as corrected, each with its independent source."""
    articles = sorted({article for article, _ in names})
    found = {
        (e["article"], e["event"]): e for e in rows_in(connection, "events", "article", articles, run=run)
    }
    wires = {
        row["article"]: row["wire"] or row["article"]
        for row in rows_in(connection, "articles", "article", articles, columns="article, wire")
    }
    return {name: {**(judged.get(name) or found[name]), "independent": wires[name[0]]} for name in names}


def _happening(run: int, name: str, base: Row | None, events: list[Row]) -> Row:
    """Sum up the reports of a happening."""
    known: Row = base or {}
    if not events:
        columns = (
            "type",
            "mode",
            "status",
            "title",
            "earliest",
            "latest",
            "place",
            "place_country",
            "lat",
            "lon",
        )
        return {
            **{c: known.get(c) for c in columns},
            "run": run,
            "happening": name,
            "reports": 0,
            "sources": 0,
        }
    placed = [(e["place"], e["place_country"], e["lat"], e["lon"]) for e in events if e["place"]]
    exact = [place for place in placed if place[2] is not None]
    place, country, lat, lon = _commonest(exact or placed) or (None, None, None, None)
    type_, mode = _commonest([(e["type"], e["mode"]) for e in events])
    earliest = max((e["earliest"] for e in events if e["earliest"]), default=None)
    latest = min((e["latest"] for e in events if e["latest"]), default=None)
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    return {
        "run": run,
        "happening": name,
        "type": type_,
        "mode": mode,
        "status": min((e["status"] for e in events), key=STATUS_ORDER.index),
        "title": known.get("title"),
        "earliest": earliest,
        "latest": latest,
        "place": place,
        "place_country": country,
        "lat": lat,
        "lon": lon,
        "reports": len(events),
        "sources": len({e["independent"] for e in events}),
        "first": events[0],
    }


def _title(connection: DuckDBPyConnection, rows: list[Row]) -> None:
    """Give happenings that a correction made a title, of their first report: who, to whom, and its words."""
    for row in rows:
        first = row["first"]
        found = connection.execute(
            "SELECT side, name FROM participants_now WHERE article = ? AND event = ? ORDER BY side, position",
            [first["article"], first["event"]],
        ).fetchall()
        sides = [", ".join(name for s, name in found if s == side) for side in ("actor", "recipient")]
        named = " → ".join(side for side in sides if side)
        row["title"] = f"{named}: {first['words']}" if named else first["words"]


def _commonest(values: list[Any]) -> Any:
    """Return the value that comes most often; of several the first. None of none."""
    counts = collections.Counter(values)
    return max(values, key=lambda v: counts[v]) if values else None
