"""What people correct in a corpus: an overlay of judgements that nothing else is changed by.

A correction names a coding by its anchor, an actor by its key, and happenings by the anchors of their
reports. All of these mean the same in every run, so corrections survive when articles are coded anew.
Each function writes one correction and brings the *_now views up to date, in one transaction.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from dragoman.corpus import happenings, overlay
from dragoman.corpus.constraints import Constraints, constraints, runs_linked_with
from dragoman.corpus.correction_values import EDITABLE, checked_value
from dragoman.corpus.statements import first_row, transaction
from dragoman.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

__all__ = ["EDITABLE", "Constraints", "Correction", "constraints", "edit", "listing", "undo", "unmatched"]

Action = Literal["accept", "reject", "edit", "merge", "split"]
Subject = Literal["event", "entity", "happening"]
ACTIONS: dict[str, tuple[Action, ...]] = {
    "event": ("accept", "reject", "edit"),
    "entity": ("merge", "split"),
    "happening": ("merge", "split"),
}


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One correction.

    `target` is the anchor of a coding, the key of an actor, or the happening as it was called when the
    correction was made. `value` is what an edited field becomes; for actors `{"into": key}`, with
    `articles` for a split; for happenings `{"anchors": [...], "others": [...]}`.
    """

    action: Action
    subject: Subject
    target: str
    field: str | None = None
    value: Any = None
    author: str | None = None
    note: str | None = None
    made: datetime.datetime | None = None
    correction: str = ""
    undone: bool = False


class Unmatched(NamedTuple):
    """A correction whose coding the latest run does not have, and what is known about it."""

    correction: Correction
    reason: str


def accept(
    connection: DuckDBPyConnection, anchor: str, author: str | None = None, note: str | None = None
) -> Correction:
    """Say that a coding is right. Raises `CorpusError` when no run has it."""
    return make(connection, Correction("accept", "event", anchor, author=author, note=note))


def reject(
    connection: DuckDBPyConnection, anchor: str, author: str | None = None, note: str | None = None
) -> Correction:
    """Say that a coding is wrong as a whole: the *_now views leave it out. Raises `CorpusError` as `accept`."""
    return make(connection, Correction("reject", "event", anchor, author=author, note=note))


def edit(
    connection: DuckDBPyConnection,
    anchor: str,
    field: str,
    value: Any,
    author: str | None = None,
    note: str | None = None,
) -> Correction:
    """Set one field of a coding (`EDITABLE` lists them with what they take).

    Raises `CorpusError` when the field is unknown, the value is not valid, or no run has the coding.
    """
    return make(connection, Correction("edit", "event", anchor, field, value, author, note))


def merge_entities(
    connection: DuckDBPyConnection, key: str, into: str, author: str | None = None, note: str | None = None
) -> Correction:
    """Say that an actor is the same as another: `key` is then read as `into` everywhere."""
    return make(connection, Correction("merge", "entity", key, None, {"into": into}, author, note))


def split_entity(
    connection: DuckDBPyConnection,
    key: str,
    articles: Sequence[str],
    new_key: str,
    author: str | None = None,
    note: str | None = None,
) -> Correction:
    """Say that `key` is another actor in some articles: there it is read as `new_key`."""
    value = {"articles": sorted(articles), "into": new_key}
    return make(connection, Correction("split", "entity", key, None, value, author, note))


def merge_happenings(
    connection: DuckDBPyConnection,
    happening: str,
    other: str,
    author: str | None = None,
    note: str | None = None,
) -> Correction:
    """Say that two happenings are one; it is then called `other`. Raises `CorpusError` for an unknown one."""
    value = {"anchors": reported(connection, happening), "others": reported(connection, other)}
    return make(connection, Correction("merge", "happening", happening, None, value, author, note))


def split_happening(
    connection: DuckDBPyConnection,
    happening: str,
    anchors: Sequence[str],
    author: str | None = None,
    note: str | None = None,
) -> Correction:
    """Say that some reports of a happening, by their anchors, tell another one.

    Raises `CorpusError` when the happening is unknown, or when these are none or all of its reports.
    """
    there = reported(connection, happening)
    moved = sorted(set(anchors))
    strange = [anchor for anchor in moved if anchor not in there]
    if strange:
        raise CorpusError(f"the happening {happening} has no report {strange[0]}")
    others = [anchor for anchor in there if anchor not in moved]
    if not moved or not others:
        raise CorpusError(
            f"a split of the happening {happening} must leave some reports on each side",
            advice="name some of its reports, not all",
        )
    value = {"anchors": moved, "others": others}
    return make(connection, Correction("split", "happening", happening, None, value, author, note))


def undo(connection: DuckDBPyConnection, correction: str) -> Correction:
    """Take a correction back; it stays listed as undone. Raises `CorpusError` when there is none of the id."""
    with transaction(connection):
        connection.execute("UPDATE corrections SET undone = true WHERE correction = ?", [correction])
        found = [c for c in listing(connection, undone=True) if c.correction == correction]
        if not found:
            raise CorpusError(
                f"no correction {correction!r}", advice="`dragoman corrections list CORPUS` lists them"
            )
        if found[0].subject == "happening":
            # What held when a run was linked is in its tables; what was made since only the views show.
            for run in runs_linked_with(connection, correction):
                happenings.link(connection, run)
        overlay.refresh(connection, _only(found[0]))
    return found[0]


def make(connection: DuckDBPyConnection, correction: Correction) -> Correction:
    """Check and write one correction; return it with its id and time."""
    with transaction(connection):
        # With its time it differs from the same one that was made, and perhaps undone, before.
        complete = write(connection, msgspec.structs.replace(correction, made=_later_than_all(connection)))
        overlay.refresh(connection, _only(complete))
    return complete


def _only(correction: Correction) -> list[str] | None:
    """Return the anchors of the codings that a correction touches, or None when they may be any."""
    return [correction.target] if correction.subject == "event" else None


def write(connection: DuckDBPyConnection, correction: Correction, *, known: bool = True) -> Correction:
    """Check and write a correction, without bringing the views up to date; one that is there stays.

    With `known` what it names must be in the corpus. Raises `CorpusError`.
    """
    complete = completed(connection, correction, known=known)
    connection.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (correction) DO UPDATE SET undone = undone OR excluded.undone",
        [
            complete.correction,
            complete.made,
            complete.author,
            complete.action,
            complete.subject,
            complete.target,
            complete.field,
            None if complete.value is None and complete.action != "edit" else _json(complete.value),
            complete.note,
            complete.undone,
        ],
    )
    return complete


def completed(connection: DuckDBPyConnection, correction: Correction, *, known: bool = True) -> Correction:
    """Check a correction and give it its time and id, where it has none. Raises `CorpusError`."""
    check(connection, correction, known=known)
    if correction.action == "edit":
        value = checked_value(connection, correction.field, correction.value)
        correction = msgspec.structs.replace(correction, value=value)
    made = correction.made
    if made is not None and made.tzinfo is not None:
        made = made.astimezone(datetime.UTC).replace(tzinfo=None)
    correction = msgspec.structs.replace(correction, made=made)
    content = msgspec.structs.replace(correction, undone=False, correction="")
    name = hashlib.blake2b(msgspec.json.encode(content, order="sorted"), digest_size=8).hexdigest()
    return msgspec.structs.replace(
        correction, made=made or _later_than_all(connection), correction=correction.correction or name
    )


def _later_than_all(connection: DuckDBPyConnection) -> datetime.datetime:
    """Return the time, later than that of any correction there is: the order of two decides which holds."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    (last,) = first_row(connection, "SELECT max(made) FROM corrections") or (None,)
    return now if last is None or now > last else last + datetime.timedelta(microseconds=1)


def check(connection: DuckDBPyConnection, correction: Correction, *, known: bool = True) -> None:
    """Check what a correction says, except the value of an edit. Raises `CorpusError`."""
    if correction.action not in ACTIONS[correction.subject]:
        raise CorpusError(
            f"no action {correction.action!r} for {correction.subject!r}",
            advice=f"one of {', '.join(ACTIONS[correction.subject])}",
        )
    if (correction.field is not None) != (correction.action == "edit"):
        raise CorpusError("a correction has a field when, and only when, it is an edit")
    if correction.subject == "event":
        if known:
            _require(connection, "SELECT 1 FROM events WHERE anchor = ?", correction.target, "coding")
        return
    value = correction.value
    if not isinstance(value, dict):
        raise CorpusError(f"the value of a {correction.action} is not an object")
    if correction.subject == "happening":
        for name in ("anchors", "others"):
            _texts(value, name)
        both = set(value["anchors"]) & set(value["others"])
        if both and correction.action == "split":
            raise CorpusError(f"the report {min(both)} is on both sides of the split")
        return
    into = value.get("into")
    if not isinstance(into, str) or not into.strip() or into == correction.target:
        raise CorpusError('an actor needs the key of another one in the value: {"into": "person:..."}')
    if known:
        _require(connection, "SELECT 1 FROM entities WHERE key = ?", correction.target, "actor")
    if correction.action == "split":
        _texts(value, "articles")
    elif correction.target in overlay.merged_along(connection, into):
        raise CorpusError(
            f"{into} is read as {correction.target} already; merging back would go round in circles",
            advice="undo that correction first",
        )


def _texts(value: dict[str, Any], name: str) -> None:
    given = value.get(name)
    if not isinstance(given, list) or not given or not all(isinstance(item, str) for item in given):
        raise CorpusError(f"the value needs {name!r}: a list of one or more texts")


def _require(connection: DuckDBPyConnection, sql: str, name: str, what: str) -> None:
    if first_row(connection, f"{sql} LIMIT 1", [name]) is None:
        raise CorpusError(f"no run of this corpus has the {what} {name!r}", advice="check the name")


def reported(connection: DuckDBPyConnection, happening: str) -> list[str]:
    """Return the anchors of the reports of a happening. Raises `CorpusError` when there is none of the id."""
    found = connection.execute(
        "SELECT DISTINCT anchor FROM reports_now JOIN events_now USING (run, article, event) "
        "WHERE happening = ? ORDER BY anchor",
        [happening],
    ).fetchall()
    if not found:
        raise CorpusError(f"the latest run has no happening {happening!r}", advice="check the name")
    return [anchor for (anchor,) in found]


def listing(connection: DuckDBPyConnection, *, undone: bool = False) -> list[Correction]:
    """Return the corrections in the order in which they were made; those undone only when asked for."""
    found = connection.execute(
        "SELECT action, subject, target, field, value, author, note, made, correction, undone "
        "FROM corrections WHERE NOT undone OR ? ORDER BY made, correction",
        [undone],
    ).fetchall()
    return [
        Correction(
            action, subject, target, field, None if value is None else msgspec.json.decode(value), *rest
        )
        for action, subject, target, field, value, *rest in found
    ]


def unmatched(connection: DuckDBPyConnection) -> list[Unmatched]:
    """Return the corrections that find no coding or actor in the latest run, with the reason.

    They are kept: they hold again as soon as a run has what they name.
    """
    (run,) = first_row(connection, "SELECT max(run) FILTER (latest) FROM runs") or (None,)
    given = listing(connection)
    anchors = _present(connection, "SELECT DISTINCT anchor FROM events WHERE run = ? AND anchor IN "
                       "(SELECT unnest(?::TEXT[]))", run, _anchors_named(given))  # fmt: skip
    keys = _present(connection, "SELECT DISTINCT key FROM entities WHERE run = ? AND key IN "
                    "(SELECT unnest(?::TEXT[]))", run, {c.target for c in given})  # fmt: skip
    found = []
    for correction in given:
        if correction.subject == "event" and correction.target not in anchors:
            found.append(Unmatched(correction, _why_unmatched(connection, correction.target, run)))
        elif correction.subject == "entity" and correction.target not in keys:
            found.append(Unmatched(correction, f"run {run} names no actor {correction.target}"))
        elif correction.subject == "happening" and not (
            anchors & set(correction.value["anchors"]) and anchors & set(correction.value["others"])
        ):
            found.append(Unmatched(correction, f"run {run} has no report on one side of it"))
    return found


def _anchors_named(given: list[Correction]) -> set[str]:
    named = {c.target for c in given if c.subject == "event"}
    for correction in given:
        if correction.subject == "happening":
            named.update(correction.value["anchors"], correction.value["others"])
    return named


def _present(connection: DuckDBPyConnection, sql: str, run: int | None, names: set[str]) -> set[str]:
    return {name for (name,) in connection.execute(sql, [run, sorted(names)]).fetchall()}


def _why_unmatched(connection: DuckDBPyConnection, anchor: str, run: int | None) -> str:
    """Say which coding an anchor named, and what the latest run has on the same words."""
    old = first_row(
        connection,
        'SELECT article, type, words, "start", "end", run FROM events WHERE anchor = ? ORDER BY run DESC LIMIT 1',
        [anchor],
    )
    if old is None:
        return "no run has this coding"
    article, type_, words, start, end, old_run = old
    if not first_row(connection, "SELECT 1 FROM records WHERE run = ? AND article = ?", [run, article]):
        return f"run {run} has not coded the article {article!r}"
    now = connection.execute(
        'SELECT DISTINCT type FROM events WHERE run = ? AND article = ? AND "start" < ? AND "end" > ? ORDER BY type',
        [run, article, end, start],
    ).fetchall()
    instead = " and ".join(name for (name,) in now)
    said = f"codes {instead} there" if instead else "codes nothing there"
    return f"{type_} on {words!r} in {article!r} is a coding of run {old_run}; run {run} {said}"


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
