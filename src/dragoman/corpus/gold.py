"""Judged codings as gold data: lines that `dragoman relate` takes, with the label beside them."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.corpus.statements import dicts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.rows import Row


class Gold(NamedTuple):
    """The lines, and how many pairs of actors were left out because the sentence does not name them."""

    lines: list[dict[str, Any]]
    left_out: int


def gold(connection: DuckDBPyConnection) -> Gold:
    """Return every judged coding of the latest run, one line a pair of actor and recipient.

    `{id, text, date, source, target, label, judgement, article, anchor}`: `text` is the sentence, `source` and
    `target` are offsets into it or null where there is no such side. `label` has the corrected type, mode,
    status, content_status and historical; its type is null for a coding that was rejected.
    """
    events = dicts(
        connection.execute(
            "SELECT * FROM corrected_events WHERE judgement IS NOT NULL "
            'ORDER BY article, sentence_start, "start", anchor'
        )
    )
    parties: dict[tuple[str, str, str], list[Row]] = {}
    for row in dicts(
        connection.execute(
            "SELECT * FROM corrected_participants UNION ALL SELECT p.* FROM participants AS p "
            "SEMI JOIN (SELECT * FROM corrected_events WHERE judgement = 'rejected') AS c USING (run, article, event) "
            "ORDER BY article, event, side, position"
        )
    ):
        parties.setdefault((row["article"], row["event"], row["side"]), []).append(row)
    lines: list[dict[str, Any]] = []
    left_out = 0
    for event in events:
        actors, recipients = (
            [_span(event, party) for party in parties.get((event["article"], event["event"], side), ())]
            for side in ("actor", "recipient")
        )
        for number, (source, target) in enumerate(_pairs(actors, recipients, event["reciprocal"])):
            if source == {} or target == {}:
                left_out += 1
            else:
                lines.append(_line(event, number, source, target))
    return Gold(lines, left_out)


def _pairs(
    actors: list[dict[str, int]], recipients: list[dict[str, int]], reciprocal: bool
) -> Iterable[tuple[dict[str, int] | None, dict[str, int] | None]]:
    """Yield the pairs of sides; None where there is no such side."""
    if reciprocal and len(actors) > 1 and not recipients:
        return itertools.combinations(actors, 2)
    one: list[dict[str, int] | None] = [*actors] or [None]
    other: list[dict[str, int] | None] = [*recipients] or [None]
    return itertools.product(one, other)


def _span(event: Row, party: Row) -> dict[str, int]:
    """Return where the sentence names a party; empty when it does not."""
    offset, sentence = event["sentence_start"], event["sentence"]
    if party["start"] is not None and offset <= party["start"] < party["end"] <= event["sentence_end"]:
        return {"start": party["start"] - offset, "end": party["end"] - offset}
    found = re.search(rf"(?<!\w){re.escape(party['name'])}(?!\w)", sentence, re.I)
    return {"start": found.start(), "end": found.end()} if found else {}


def _line(event: Row, number: int, source: Any, target: Any) -> dict[str, Any]:
    wrong = event["judgement"] == "rejected"
    fields = ("type", "mode", "status", "content_status", "historical")
    return {
        "id": f"{event['anchor']}-{number + 1}",
        "text": event["sentence"],
        "date": None if event["date"] is None else event["date"].isoformat(),
        "source": source,
        "target": target,
        "label": {name: None if wrong else event[name] for name in fields},
        "judgement": event["judgement"],
        "article": event["article"],
        "anchor": event["anchor"],
    }
