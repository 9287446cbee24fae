"""The corrections applied to the latest run: whole rows that the *_now views put in the place of others."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

import msgspec

from dragoman.corpus import overlay_happenings
from dragoman.corpus.inserting import insert
from dragoman.corpus.overlay_edits import Judgement, edit_event, edited_parties
from dragoman.corpus.overlay_happenings import split_name
from dragoman.corpus.statements import dicts, first_row, rows_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.rows import Row

__all__ = ["merged_along", "refresh", "split_name"]

Name = tuple[str, str]  # article and event


def refresh(connection: DuckDBPyConnection, anchors: Sequence[str] | None = None) -> None:
    """Make the corrected rows anew, for the latest run and the corrections as they are.

    With `anchors` only those of these codings, and of the happenings that they report: what a correction of
    a coding can change. Runs inside the caller's transaction.
    """
    run = first_row(connection, "SELECT run FROM runs WHERE latest")
    if run is None:
        return
    _Overlay(connection, int(run[0])).refresh(anchors)


def merged_along(connection: DuckDBPyConnection, key: str) -> list[str]:
    """Return a key and the keys that it is read as, by the merges of actors that hold, to the last."""
    found = connection.execute(
        "SELECT target, json_extract_string(value, '$.into') FROM corrections "
        "WHERE subject = 'entity' AND action = 'merge' AND NOT undone ORDER BY made, correction"
    ).fetchall()
    return _chain(key, dict(found))


def _chain(key: str, into: dict[str, str]) -> list[str]:
    chain = [key]
    while chain[-1] in into and into[chain[-1]] not in chain:
        chain.append(into[chain[-1]])
    return chain


class _Overlay:
    """The corrections that hold, and what they make of the rows of one run."""

    def __init__(self, connection: DuckDBPyConnection, run: int) -> None:
        self.connection = connection
        self.run = run
        self.judgements: dict[str, Judgement] = {}
        self.moves: list[tuple[str, dict[str, list[str]], str]] = []
        merged: dict[str, str] = {}
        split: dict[Name, str] = {}
        found = connection.execute(
            "SELECT action, subject, target, field, value, correction FROM corrections WHERE NOT undone "
            "ORDER BY made, correction"
        ).fetchall()
        for action, subject, target, field, data, name in found:
            value = msgspec.json.decode(data or "null")
            if subject == "event":
                self.judgements.setdefault(target, Judgement()).take(action, field, value)
            elif subject == "happening":
                self.moves.append((action, value, name))
            elif action == "merge":
                merged[target] = value["into"]
            else:
                split.update({(target, article): value["into"] for article in value["articles"]})
        self.everywhere = {key: _chain(key, merged)[-1] for key in merged}
        self.here = {name: _chain(key, merged)[-1] for name, key in split.items()}

    def refresh(self, anchors: Sequence[str] | None) -> None:
        """Make the corrected rows anew: all, or those that some codings touch."""
        if anchors is None:
            self._write_keys()
            events = self._touched(sorted(self.judgements))
            self._clear("corrected_events")
            self._clear("corrected_participants")
        else:
            events = rows_in(self.connection, "events", "anchor", anchors, run=self.run)
            events = self._families(events, events)
            for event in events:
                self._clear("corrected_events", event)
                self._clear("corrected_participants", event)
        names = None if anchors is None else [(e["article"], e["event"]) for e in events]
        stand_ins = self._stand_ins(events)
        self._write_events(events, stand_ins)
        if anchors is not None and self.moves:  # then all reports are looked at anew
            rejected = sorted(a for a, j in self.judgements.items() if j.name == "rejected")
            judged = rows_in(self.connection, "events", "anchor", rejected, run=self.run)
            stand_ins = self._stand_ins(self._families(judged, judged))
        overlay_happenings.refresh(
            self.connection,
            self.run,
            self.moves,
            stand_ins,
            names,
        )

    def _clear(self, table: str, event: Row | None = None) -> None:
        if event is None:
            self.connection.execute(f'DELETE FROM "{table}"')
        else:
            self.connection.execute(
                f'DELETE FROM "{table}" WHERE article = ? AND event = ?', [event["article"], event["event"]]
            )

    def _key_now(self, key: str | None, article: str) -> str | None:
        if key is None:
            return None
        return self.here.get((key, article)) or self.everywhere.get(key) or key

    def _write_keys(self) -> None:
        self._clear("corrected_keys")
        rows: list[Row] = [
            {"key": key, "article": None, "key_now": now} for key, now in sorted(self.everywhere.items())
        ]
        rows += [
            {"key": key, "article": article, "key_now": now}
            for (key, article), now in sorted(self.here.items())
        ]
        insert(self.connection, "corrected_keys", rows)

    def _touched(self, anchors: Sequence[str]) -> list[Row]:
        """Return the codings that any correction touches: by their anchors, or by the keys of actors."""
        events = {
            (e["article"], e["event"]): e
            for e in rows_in(self.connection, "events", "anchor", anchors, run=self.run)
        }
        if self.everywhere or self.here:
            found = self.connection.execute(
                "WITH touched AS ("
                "  SELECT p.article, p.event FROM participants AS p JOIN corrected_keys AS k ON k.key = p.key "
                "  AND coalesce(k.article, p.article) = p.article WHERE p.run = $run UNION "
                "  SELECT e.article, e.event FROM events AS e JOIN corrected_keys AS k ON k.key = e.claimant_key "
                "  AND coalesce(k.article, e.article) = e.article WHERE e.run = $run) "
                "SELECT e.* FROM events AS e SEMI JOIN touched USING (article, event) WHERE e.run = $run",
                {"run": self.run},
            )
            events.update({(e["article"], e["event"]): e for e in dicts(found)})
        found_all = [events[name] for name in sorted(events)]
        return self._families(found_all, [e for e in found_all if self._rejected(e)])

    def _families(self, events: list[Row], of: list[Row]) -> list[Row]:
        """Return codings, and for some of them all tellings of the same: when one is rejected, another stands."""
        leads = {(e["article"], e["duplicate_of"] or e["event"]) for e in of}
        found = {(e["article"], e["event"]): e for e in events}
        for event in rows_in(
            self.connection, "events", "article", sorted({a for a, _ in leads}), run=self.run
        ):
            if (event["article"], event["duplicate_of"]) in leads or (
                event["article"],
                event["event"],
            ) in leads:
                found.setdefault((event["article"], event["event"]), event)
        return [found[name] for name in sorted(found)]

    def _rejected(self, event: Row) -> bool:
        judgement = self.judgements.get(event["anchor"])
        return judgement is not None and judgement.name == "rejected"

    def _stand_ins(self, events: list[Row]) -> dict[Name, str]:
        """Return for each rejected coding that stood for others the first of these that is not rejected."""
        rejected = {(e["article"], e["event"]) for e in events if self._rejected(e)}
        found: dict[Name, str] = {}
        for event in sorted(events, key=lambda e: (e["article"], e["start"], e["event"])):
            lead = (event["article"], event["duplicate_of"])
            if lead in rejected and not self._rejected(event):
                found.setdefault(lead, event["event"])
        return found

    def _write_events(self, events: list[Row], stand_ins: dict[Name, str]) -> None:
        """Write those of these codings that a correction touches, with their actors and recipients."""
        parties = self._parties(events)
        corrected: list[Row] = []
        rows: list[Row] = []
        for event in events:
            judgement = self.judgements.get(event["anchor"], Judgement())
            told = parties[event["article"], event["event"]]
            stand_in = stand_ins.get((event["article"], event["duplicate_of"]))
            if (
                event["anchor"] not in self.judgements
                and stand_in is None
                and not self._names_other(event, told)
            ):
                continue
            if stand_in is not None:
                event["duplicate_of"] = None if stand_in == event["event"] else stand_in
            edit_event(event, judgement)
            self._score_anew(event, judgement)
            event["claimant_key"] = self._key_now(event["claimant_key"], event["article"])
            corrected.append(event)
            if event["judgement"] != "rejected":
                for row in edited_parties(event, told, judgement):
                    rows.append({**row, "key": self._key_now(row["key"], row["article"])})
        insert(self.connection, "corrected_events", corrected)
        insert(self.connection, "corrected_participants", rows)

    def _names_other(self, event: Row, parties: list[Row]) -> bool:
        """Tell whether merges and splits of actors change a key of a coding."""
        keys = [event["claimant_key"], *(row["key"] for row in parties)]
        return any(key is not None and self._key_now(key, event["article"]) != key for key in keys)

    def _parties(self, events: list[Row]) -> dict[Name, list[Row]]:
        wanted = {(e["article"], e["event"]) for e in events}
        parties: dict[Name, list[Row]] = collections.defaultdict(list)
        articles = sorted({article for article, _ in wanted})
        for row in rows_in(self.connection, "participants", "article", articles, run=self.run):
            name = (row["article"], row["event"])
            if name in wanted:
                parties[name].append(row)
        for rows in parties.values():
            rows.sort(key=lambda row: (row["side"], row["position"]))
        return parties

    def _score_anew(self, event: Row, judgement: Judgement) -> None:
        """Give a coding of another type or mode the intensity and CAMEO code that these have in the run."""
        if not judgement.fields.keys() & {"type", "mode"}:
            return
        known = first_row(
            self.connection,
            "SELECT mode(intensity), mode(cameo) FROM events WHERE run = ? AND type = ? "
            "AND mode IS NOT DISTINCT FROM ?",
            [self.run, event["type"], event["mode"]],
        ) or (None, None)
        for name, value in zip(("intensity", "cameo"), known, strict=True):
            if name not in judgement.fields:
                event[name] = value
