"""Records into the tables: each article once, each coding of it once, in batches that are whole or not there."""

from __future__ import annotations

import datetime
import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.corpus import dossiers, happenings, overlay, sums, wire_copies
from dragoman.corpus.inserting import insert
from dragoman.corpus.rows import CODED, article_row, coded_rows, coder_json, content_hash
from dragoman.corpus.statements import first_row, transaction
from dragoman.model import Article, CoderInfo, Document
from dragoman.running import ErrorDetail, ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from duckdb import DuckDBPyConnection

    from dragoman.corpus.rows import Row

BATCH_ARTICLES = 500
CHUNK_ARTICLES = 32
BATCH_SECONDS = 10.0
UNFINISHED = "unfinished"


class Coded(NamedTuple):
    """A record and where its article was read (`news.jsonl:7`)."""

    document: Document
    origin: str | None = None


@dataclass
class AddReport:
    """What an addition did.

    `added` counts articles that the corpus did not hold, `coded` records that their run did not hold,
    `unchanged` what it held already; `problems` lists what could not be stored, and why.
    """

    added: int = 0
    coded: int = 0
    unchanged: int = 0
    events: int = 0
    without_events: int = 0
    problems: list[ErrorRecord] = field(default_factory=list)
    runs: set[int] = field(default_factory=set)


def run_of(connection: DuckDBPyConnection, coder: CoderInfo) -> int | None:
    """Return the number of the run of a coder, or None when it has coded nothing here."""
    found = first_row(connection, "SELECT run FROM runs WHERE coder = ?", [coder_json(coder)])
    return None if found is None else int(found[0])


def add(
    connection: DuckDBPyConnection,
    documents: Iterable[bytes | Document | ErrorRecord | Coded],
    report: AddReport | None = None,
) -> AddReport:
    """Store records, then link what they tell; return what was done.

    A record that is there already (same run, same content) is passed over. The same id with other content
    is a problem: the article that is there stays. Records are committed in batches, so that a crash loses
    only what the next addition of the same articles brings back.
    """
    report = report or AddReport()
    batch: list[Coded] = []
    begun = time.monotonic()
    try:
        for item in documents:
            if isinstance(item, ErrorRecord):
                report.problems.append(item)
                continue
            batch.append(_coded(item))
            if len(batch) >= BATCH_ARTICLES or time.monotonic() - begun > BATCH_SECONDS:
                full, batch = batch, []
                store_batch(connection, full, report)
                begun = time.monotonic()
    finally:  # also when the run is interrupted: what was coded is kept
        if batch:
            store_batch(connection, batch, report)
    finish(connection)
    return report


def fresh(
    connection: DuckDBPyConnection,
    articles: Iterable[Article],
    run: int | None,
    report: AddReport,
    on_problem: Callable[[ErrorRecord], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles that a run has still to code; the others are counted in the report.

    Looks over a connection of its own, so that it may run between the statements of an addition.
    """
    say = report.problems.append if on_problem is None else on_problem
    looking = connection.cursor()
    stream = iter(articles)
    while chunk := list(itertools.islice(stream, CHUNK_ARTICLES)):
        ids = [article.id for article in chunk]
        contents = stored_contents(looking, ids)
        coded = stored_codings(looking, ids)
        for article in chunk:
            known = contents.get(article.id)
            if known is not None and known != content_hash(article):
                say(conflict(article.id, article.origin))
            elif run is not None and (run, article.id) in coded:
                report.unchanged += 1
            else:
                yield article


def stored(connection: DuckDBPyConnection, run: int | None) -> Iterator[Article]:
    """Yield the articles of the corpus that a run has not coded, by date and id."""
    looking = connection.cursor()
    ids = looking.execute(
        "SELECT article FROM articles WHERE article NOT IN (SELECT article FROM records WHERE run = ?) "
        "ORDER BY date, article",
        [-1 if run is None else run],
    ).fetchall()
    for at in range(0, len(ids), CHUNK_ARTICLES):
        found = looking.execute(
            "SELECT article, text, strftime(date, '%Y-%m-%d'), source, title, url, language, origin FROM articles "
            "WHERE article IN (SELECT unnest(?::TEXT[])) ORDER BY date, article",
            [[name for (name,) in ids[at : at + CHUNK_ARTICLES]]],
        )
        for row in found.fetchall():
            yield Article(*row)


def _coded(item: bytes | Document | Coded) -> Coded:
    if isinstance(item, Coded):
        return item
    return Coded(item if isinstance(item, Document) else Document.from_json(item))


def store_batch(connection: DuckDBPyConnection, batch: list[Coded], report: AddReport) -> None:
    """Store some records in one transaction."""
    with transaction(connection):
        _store(connection, batch, report)


def _store(connection: DuckDBPyConnection, batch: list[Coded], report: AddReport) -> None:
    ids = list(dict.fromkeys(item.document.id for item in batch))
    contents = stored_contents(connection, ids)
    coded = stored_codings(connection, ids)
    runs: dict[str, int] = {}
    tables: dict[str, list[Row]] = {name: [] for name in ("articles", "fingerprints", *CODED)}
    for document, origin in batch:
        name = coder_json(document.coder)
        if name not in runs:
            runs[name] = _run(connection, document.coder)
        run = runs[name]
        content = content_hash(document)
        known = contents.get(document.id)
        if known is not None and known != content:
            report.problems.append(conflict(document.id, origin))
            continue
        if (run, document.id) in coded:
            report.unchanged += 1
            continue
        if known is None:
            contents[document.id] = content
            row = article_row(document, origin)
            tables["articles"].append(row)
            tables["fingerprints"].append(wire_copies.fingerprint_row(document, row["date"]))
            report.added += 1
        coded.add((run, document.id))
        report.coded += 1
        report.events += len(document.events)
        report.without_events += not document.events
        report.runs.add(run)
        for table, rows in coded_rows(document, run).items():
            tables[table].extend(rows)
    for table, rows in tables.items():
        insert(connection, table, rows)
    touched = {run for run in runs.values() if run in report.runs}
    if touched:
        _mark_unfinished(connection, unfinished(connection) | touched)


def conflict(article: str, origin: str | None) -> ErrorRecord:
    """Return the problem of an article whose id is taken by another one."""
    return ErrorRecord(
        article,
        origin,
        ErrorDetail(
            "CorpusError",
            f"the corpus holds another article with the id {article!r} (other date, source, title or text); "
            "that one stays as it is, this one was not added",
            "give this one another id, or leave ids away: they are then made from the content",
        ),
    )


def stored_contents(connection: DuckDBPyConnection, ids: list[str]) -> dict[str, str]:
    """Return the content hash of each of these articles that is there."""
    found = connection.execute(
        "SELECT article, content FROM articles WHERE article IN (SELECT unnest(?::TEXT[]))", [ids]
    )
    return dict(found.fetchall())


def stored_codings(connection: DuckDBPyConnection, ids: list[str]) -> set[tuple[int, str]]:
    """Return run and article of each record of these articles that is there."""
    found = connection.execute(
        "SELECT run, article FROM records WHERE article IN (SELECT unnest(?::TEXT[]))", [ids]
    )
    return {(int(run), article) for run, article in found.fetchall()}


def _run(connection: DuckDBPyConnection, coder: CoderInfo) -> int:
    known = run_of(connection, coder)
    if known is not None:
        return known
    (number,) = first_row(connection, "SELECT coalesce(max(run), 0) + 1 FROM runs") or (1,)
    models = msgspec.json.encode(coder.models, order="sorted").decode()
    started = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)",
        [number, coder_json(coder), coder.version, coder.codebook, models, started, False],
    )
    return int(number)


def unfinished(connection: DuckDBPyConnection) -> set[int]:
    """Return the runs whose records are stored but not linked yet (an addition was cut off)."""
    found = first_row(connection, "SELECT value FROM meta WHERE name = ?", [UNFINISHED])
    return set(msgspec.json.decode(found[0])) if found else set()


def _mark_unfinished(connection: DuckDBPyConnection, runs: set[int]) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", [UNFINISHED, msgspec.json.encode(sorted(runs)).decode()]
    )


def finish(connection: DuckDBPyConnection) -> None:
    """Link what was stored since the last time, also by an addition that was cut off; in one transaction."""
    runs = unfinished(connection)
    if not runs:
        return
    with transaction(connection):
        _choose_latest(connection)
        wire_copies.mark(connection)
        for run in sorted(runs):
            happenings.link(connection, run)
            dossiers.join(connection, run)
        _recount_sources(connection, runs)
        overlay.refresh(connection)
        sums.refresh(connection, runs)
        _mark_unfinished(connection, set())


def _recount_sources(connection: DuckDBPyConnection, linked: set[int]) -> None:
    """Count the independent sources anew in runs that were not linked: new articles may have made wire groups."""
    connection.execute(
        "UPDATE happenings SET sources = counted.sources FROM ("
        "  SELECT r.run, r.happening, count(DISTINCT coalesce(a.wire, a.article)) AS sources "
        "  FROM reports AS r JOIN articles AS a USING (article) "
        "  WHERE r.run NOT IN (SELECT unnest(?::BIGINT[])) GROUP BY ALL) AS counted "
        "WHERE happenings.run = counted.run AND happenings.happening = counted.happening "
        "AND happenings.sources <> counted.sources",
        [sorted(linked)],
    )


def _choose_latest(connection: DuckDBPyConnection) -> None:
    """Mark the run that the *_now views show: the one that holds most articles, of several the newest."""
    connection.execute(
        "UPDATE runs SET latest = (run = (SELECT run FROM records GROUP BY run "
        "ORDER BY count(*) DESC, run DESC LIMIT 1))"
    )
