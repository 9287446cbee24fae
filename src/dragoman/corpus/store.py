"""A corpus: one DuckDB file of coded articles."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb

from dragoman import __version__
from dragoman.corpus import adding, querying, sums
from dragoman.corpus.adding import AddReport
from dragoman.corpus.statements import first_row, transaction
from dragoman.errors import CorpusError
from dragoman.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.corpus.adding import Coded
    from dragoman.corpus.querying import Parameters, QueryResult
    from dragoman.running import ErrorRecord

SCHEMA = "1"
# SQL can neither read nor write files, load extensions, or lift this.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
}


class Corpus:
    """A corpus, open until `close()` or the end of its `with` block.

    Args:
        path: the file.
        create: make the file when it is not there.
        read_only: several processes may read at once, one alone may write.

    Attributes:
        connection: the DuckDB connection. SQL over it can reach no file.
        path: the file.

    Raises `CorpusError` when the file is missing, is no corpus, is of another version, or is in use.
    """

    def __init__(self, path: str | Path, create: bool = False, *, read_only: bool = False) -> None:
        self.path = Path(path)
        new = not self.path.exists()
        if new and (read_only or not create):
            raise CorpusError(
                "there is no such corpus", where=str(path), advice="`dragoman add CORPUS INPUT` makes one"
            )
        self.connection = _connect(self.path, read_only)
        try:
            if new:
                _make_tables(self.connection)
            _check(self.connection, self.path)
            if not read_only:
                _renew_views(self.connection)
                sums.prepare(self.connection)
        except BaseException:
            self.connection.close()
            if new:
                self.path.unlink(missing_ok=True)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; everything that was committed is on disk."""
        self.connection.close()

    def add(self, documents: Iterable[bytes | Document | ErrorRecord | Coded]) -> AddReport:
        """Store records and link what they tell; what is there already changes nothing.

        Takes records, their JSON as bytes, and what stands for articles that could not be coded; all of
        these and whatever could not be stored are in the report's `problems`. Raises `CorpusError` when the
        file can't be written.
        """
        return self.add_to(AddReport(), documents)

    def add_to(
        self, report: AddReport, documents: Iterable[bytes | Document | ErrorRecord | Coded]
    ) -> AddReport:
        """Add as `add` does, and count in a report that the caller can read meanwhile."""
        with querying.clear_errors(
            str(self.path), "check space and rights; the same addition goes on from there"
        ):
            return adding.add(self.connection, documents, report)

    def latest_run(self) -> int | None:
        """Return the run that the *_now views show; None while the corpus is empty."""
        found = first_row(self.connection, "SELECT run FROM runs WHERE latest")
        return None if found is None else int(found[0])

    def query(self, sql: str, parameters: Parameters = (), limit: int | None = None) -> QueryResult:
        """Ask in SQL; return columns and rows, at most `limit`. Raises `CorpusError` for a faulty query."""
        return querying.ask(self.connection, sql, parameters, limit)

    def document(self, article: str, run: int | None = None) -> Document:
        """Return the record of an article, of the latest run unless one is named.

        Raises `CorpusError` when there is none.
        """
        chosen = self.latest_run() if run is None else run
        found = first_row(
            self.connection, "SELECT record FROM records WHERE run = ? AND article = ?", [chosen, article]
        )
        if found is None:
            raise CorpusError(f"no article {article!r} in run {chosen}", where=str(self.path))
        return Document.from_json(found[0])

    def articles(self) -> Iterator[dict[str, Any]]:
        """Yield the articles without their texts, by date and id."""
        answer = self.query("SELECT * EXCLUDE (text) FROM articles ORDER BY date, article")
        yield from answer.dicts()


def _connect(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=read_only, config=SETTINGS)
    except duckdb.IOException as error:
        message = str(error)
        if "lock" in message.lower():
            raise CorpusError(
                "another process has the corpus open",
                where=str(path),
                advice="wait until it is done, or close it; only readers can share a corpus",
            ) from error
        raise CorpusError(f"cannot be opened: {message}", where=str(path)) from error
    except duckdb.Error as error:
        raise CorpusError(f"cannot be opened: {error}", where=str(path)) from error


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    with transaction(connection):
        connection.execute(script("tables.sql"))
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)", [["schema", SCHEMA], ["dragoman", __version__]]
        )


def _renew_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the views of this version into a corpus that was made by another one."""
    text = script("views.sql")
    found = first_row(connection, "SELECT value FROM meta WHERE name = 'views'")
    name = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    if found is None or found[0] != name:
        with transaction(connection):
            connection.execute(text)
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('views', ?)", [name])


def script(name: str) -> str:
    """Return one of the SQL files beside this module."""
    return (resources.files("dragoman.corpus") / name).read_text("utf-8")


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        found = first_row(connection, "SELECT value FROM meta WHERE name = 'schema'")
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise CorpusError(
            "this DuckDB file is no corpus", where=str(path), advice="name a new file, or a corpus"
        ) from error
    if found is None or found[0] != SCHEMA:
        raise CorpusError(
            f"the corpus has layout {found[0] if found else 'unknown'}; this dragoman reads {SCHEMA}",
            where=str(path),
            advice="open it with the version that made it, or add the articles to a new corpus",
        )
