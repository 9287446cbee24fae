"""Dossiers in a corpus: joined at each addition, found by name, read as of a day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec

from dragoman.corpus import building
from dragoman.corpus.claiming import Part
from dragoman.corpus.dossier_record import Dossier, ListedDossier
from dragoman.corpus.inserting import insert
from dragoman.corpus.joining import Joined
from dragoman.corpus.joining import join as joined_of
from dragoman.corpus.keys import slug
from dragoman.corpus.naming import dossier_name, is_mere_kind
from dragoman.corpus.rows import Row, day
from dragoman.corpus.rungs import steps_of
from dragoman.corpus.telling import Telling, telling_of
from dragoman.errors import CorpusError
from dragoman.model import Document, Entity, Process, Span
from dragoman.processes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.store import Corpus

BATCH = 500
MOST_NAMED = 12


class _Told(msgspec.Struct, frozen=True):
    """The parts of a stored record that joining reads; the rest is passed over."""

    id: str
    date: str | None
    text: str
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    processes: tuple[Process, ...]


def join(connection: DuckDBPyConnection, run: int) -> None:
    """Join the processes of a run into dossiers and write the tables `dossiers` and `dossier_reports` anew.

    Runs inside the caller's transaction. The result depends on what the run holds, not on when it came in.
    """
    groups = joined_of(_tellings(connection, run))
    for table in ("dossiers", "dossier_reports"):
        connection.execute(f"DELETE FROM {table} WHERE run = ?", [run])
    dossiers: list[Row] = []
    reports: list[Row] = []
    for group in groups:
        identity = building.id_of(group)
        dates = sorted(j.telling.date for j in group if j.telling.date)
        dossiers.append(
            {
                "run": run,
                "dossier": identity,
                "kind": building.kind_of(group),
                "name": dossier_name([j.telling for j in group]),
                "first": day(dates[0]) if dates else None,
                "last": day(dates[-1]) if dates else None,
                "status": steps_of(j.telling for j in group)[-1][1],
                "articles": len({j.telling.article for j in group}),
            }
        )
        reports.extend(
            {
                "run": run,
                "dossier": identity,
                "article": j.telling.article,
                "process": j.telling.process,
                "score": j.score,
                "reason": j.reason,
            }
            for j in group
        )
    insert(connection, "dossiers", sorted(dossiers, key=lambda row: str(row["dossier"])))
    insert(connection, "dossier_reports", reports)


def _tellings(connection: DuckDBPyConnection, run: int) -> Iterator[Telling]:
    rows = connection.execute(
        "SELECT record FROM records WHERE run = ? AND article IN (SELECT article FROM processes WHERE run = ?) "
        "ORDER BY article",
        [run, run],
    )
    decoder = msgspec.json.Decoder(_Told)
    while batch := rows.fetchmany(BATCH):
        for (record,) in batch:
            told = decoder.decode(record)
            entities = {e.id: e for e in told.entities}
            for process in told.processes:
                yield telling_of(told, process, entities)


def listed(corpus: Corpus) -> list[ListedDossier]:
    """Return the dossiers of the latest run: those of most articles first, then those that have a name of their
    own before mere "talks", then by date and name."""
    rows = corpus.connection.execute(
        "SELECT dossier, kind, name, first, last, status, articles FROM dossiers WHERE run = ? "
        "ORDER BY articles DESC, first, name, dossier",
        [corpus.latest_run()],
    ).fetchall()
    found = [
        ListedDossier(identity, kind, name, _iso(first), _iso(last), status, articles)
        for identity, kind, name, first, last, status, articles in rows
    ]
    return sorted(found, key=lambda d: (-d.articles, is_mere_kind(d.name)))


def _iso(value: datetime.date | None) -> str | None:
    return None if value is None else value.isoformat()


def matching(corpus: Corpus, name: str) -> list[ListedDossier]:
    """Return the dossiers that a name means: one by its id, else those that are called so by an article,
    else those in whose names all its words stand."""
    known = listed(corpus)
    exact = [d for d in known if d.id == name]
    if exact:
        return exact
    wanted = slug(name)
    called = _names(corpus)
    words = set(wanted.split("-"))
    # "summit" alone names none: it means all that are called so.
    bare = lexicon().noun(wanted.rstrip("s")) is not None
    same = [d for d in known if not bare and (wanted in called.get(d.id, set()) or wanted == slug(d.name))]
    if same:
        own = [d for d in same if wanted == slug(d.name)]
        return own or same
    return [
        d
        for d in known
        if any(words <= set(n.split("-")) for n in (*called.get(d.id, ()), slug(f"{d.name} {d.kind}")))
    ]


def _names(corpus: Corpus) -> dict[str, set[str]]:
    rows = corpus.connection.execute(
        "SELECT DISTINCT r.dossier, p.name FROM dossier_reports AS r JOIN processes AS p "
        "USING (run, article, process) WHERE run = ?",
        [corpus.latest_run()],
    ).fetchall()
    found: dict[str, set[str]] = {}
    for identity, name in rows:
        found.setdefault(identity, set()).add(slug(name))
    return found


def find(corpus: Corpus, name: str, as_of: str | None = None) -> Dossier:
    """Return the dossier that a name or id means, of the articles dated `as_of` or before.

    Raises `CorpusError` when no dossier or several are called so, or none of its articles is that early.
    """
    if as_of is not None:
        as_of = _checked(as_of)
    found = matching(corpus, name)
    if not found:
        raise CorpusError(
            f"no dossier is called {name!r}",
            where=str(corpus.path),
            advice="`dragoman dossier CORPUS` lists the dossiers",
        )
    if len(found) > 1:
        several = "; ".join(f"{d.name} ({d.id})" for d in found[:MOST_NAMED])
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        raise CorpusError(
            f"{len(found)} dossiers are called {name!r}: {several}{more}",
            where=str(corpus.path),
            advice="name one by its id",
        )
    parts = parts_of(corpus, found[0].id)
    try:
        return building.build(parts, as_of)
    except ValueError as error:
        raise CorpusError(
            f"no article of {found[0].name!r} is dated {as_of} or before",
            where=str(corpus.path),
            advice=f"its first article is of {found[0].first}",
        ) from error


def _checked(value: str) -> str:
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise CorpusError(f"{value!r} is no date", advice="write it as 2020-07-15") from error


def parts_of(corpus: Corpus, identity: str) -> list[Part]:
    """Return the parts of a dossier of the latest run, by date."""
    rows = corpus.connection.execute(
        "SELECT d.record, r.process, r.score, r.reason, a.wire, a.copy_of FROM dossier_reports AS r "
        "JOIN records AS d USING (run, article) JOIN articles AS a USING (article) "
        "WHERE run = ? AND r.dossier = ?",
        [corpus.latest_run(), identity],
    ).fetchall()
    parts = []
    for record, process, score, reason, wire, copy_of in rows:
        document = Document.from_json(record)
        told = next(p for p in document.processes if p.id == process)
        entities = {e.id: e for e in document.entities}
        joined = Joined(telling_of(document, told, entities), score, reason)
        parts.append(Part(document, told, joined, wire or document.id, copy_of))
    return sorted(parts, key=lambda p: (p.date or "9999", p.document.id, p.process.id))


def parts_of_documents(documents: Sequence[Document]) -> list[list[Part]]:
    """Return the dossiers of some records, without a corpus, as lists of parts by date."""
    by_id = {d.id: d for d in documents}
    entities = {d.id: {e.id: e for e in d.entities} for d in documents}
    processes = {(d.id, p.id): p for d in documents for p in d.processes}
    groups = joined_of(telling_of(d, p, entities[d.id]) for d in documents for p in d.processes)
    return [
        [
            Part(
                by_id[j.telling.article],
                processes[j.telling.article, j.telling.process],
                j,
                j.telling.article,
            )
            for j in group
        ]
        for group in groups
    ]
