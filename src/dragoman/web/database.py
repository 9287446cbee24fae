"""Asking the corpus: read-only, parameters apart from SQL, and never longer than the time limit."""

from __future__ import annotations

import copy
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import duckdb
import msgspec

from dragoman.corpus import Corpus
from dragoman.web.errors import BusyError, TooSlowError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pyarrow

T = TypeVar("T")
SECONDS = 5.0
MOST_REMEMBERED = 100


class Asked(NamedTuple):
    """A query that was asked, how long it took, and how much processor time this process used meanwhile."""

    sql: str
    seconds: float
    processor: float


class Database:
    """A corpus opened for reading, shared by the threads that answer requests.

    For a correction `writing` closes the file and opens it again afterwards, because DuckDB has a file open
    either for reading or for writing.

    Args:
        path: the corpus.
        seconds: how long one query may take.

    Attributes:
        log: None, or the list to which every query is added with its time.
        version: grows with each correction; what was remembered of an earlier one no longer holds.

    Raises:
        CorpusError: when the file is missing or no corpus, or another process writes to it.
    """

    def __init__(self, path: Path, seconds: float = SECONDS) -> None:
        self.path = path
        self.seconds = seconds
        self.log: list[Asked] | None = None
        self.version = 0
        self._opened: Corpus | None = Corpus(path, read_only=True)
        self._readers = 0
        self._writing = False
        self._state = threading.Condition()
        self._remembered: dict[object, Any] = {}

    @contextmanager
    def corpus(self) -> Iterator[Corpus]:
        """Give the corpus inside the block, with a connection that no other thread uses and the time limit.

        In the log the whole block counts as one query.
        """
        began, used = time.perf_counter(), time.process_time()
        with self._reading() as own, self._limited(own.connection, self.seconds):
            yield own
        if self.log is not None:
            self.log.append(Asked("corpus", time.perf_counter() - began, time.process_time() - used))

    @contextmanager
    def writing(self) -> Iterator[Corpus]:
        """Give the corpus inside the block, open for writing; readers wait.

        Raises:
            CorpusError: when another process has it open.
        """
        with self._state:
            if self._writing:
                raise BusyError("another correction is being written", advice="send it again")
            self._writing = True
        try:
            with self._state:
                if not self._state.wait_for(lambda: self._readers == 0, timeout=self.seconds):
                    raise BusyError(
                        "a file is still being made or a page looked up", advice="send it again later"
                    )
                if self._opened is not None:
                    self._opened.close()
                    self._opened = None
            with Corpus(self.path) as corpus:
                yield corpus
        finally:
            with self._state:
                self._writing = False
                self.version += 1
                self._remembered.clear()
                self._state.notify_all()

    @contextmanager
    def result(
        self, sql: str, values: Sequence[Any] = (), seconds: float | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Run a query and give its result inside the block, for reading in pieces.

        Raises:
            TooSlowError: when it takes longer than allowed; it is stopped.
        """
        with self._reading() as own, self._limited(own.connection, seconds or self.seconds):
            yield own.connection.execute(sql, list(values))

    @contextmanager
    def batches(
        self, sql: str, values: Sequence[Any], size: int, seconds: float
    ) -> Iterator[pyarrow.RecordBatchReader]:
        """Run a query and give its result inside the block as Arrow batches of a number of rows.

        Raises:
            TooSlowError: when it takes longer than allowed; it is stopped.
        """
        with self._reading() as own, self._limited(own.connection, seconds):
            yield own.connection.sql(sql, params=list(values)).to_arrow_reader(size)

    def tuples(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        began, used = time.perf_counter(), time.process_time()
        with self.result(sql, values) as result:
            found: list[tuple[Any, ...]] = result.fetchall()
        if self.log is not None:
            self.log.append(Asked(sql, time.perf_counter() - began, time.process_time() - used))
        return found

    def rows(self, kind: type[T], sql: str, values: Sequence[Any] = ()) -> list[T]:
        """Return all rows of a query as structs whose first fields are the columns, in order."""
        columns = [field.encode_name for field in msgspec.structs.fields(kind)]  # type: ignore[arg-type]
        return [
            msgspec.convert(dict(zip(columns, row, strict=False)), kind) for row in self.tuples(sql, values)
        ]

    def one(self, kind: type[T], sql: str, values: Sequence[Any] = ()) -> T | None:
        """Return the first row of a query as a struct, or None."""
        return next(iter(self.rows(kind, sql, values)), None)

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Return the one number that a query counts."""
        return int(self.tuples(sql, values)[0][0] or 0)

    def remembered(self, key: object, made: Callable[[], T]) -> T:
        """Return what was made for a key before, or make it now; a correction makes everything forgotten.

        Nobody else can write to the file while it is open here, so what was read stays true.
        """
        full = (self.version, key)
        if full not in self._remembered:
            value = made()
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[full] = value
        found: T = self._remembered[full]
        return found

    def forget(self) -> None:
        """Forget what is remembered."""
        self._remembered.clear()

    def close(self) -> None:
        """Close the corpus."""
        with self._state:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    @contextmanager
    def _reading(self) -> Iterator[Corpus]:
        with self._state:
            if not self._state.wait_for(lambda: not self._writing, timeout=self.seconds):
                raise BusyError("a correction is being written", advice="load the page again")
            if self._opened is None:
                self._opened = Corpus(self.path, read_only=True)
            own = copy.copy(self._opened)
            own.connection = self._opened.connection.cursor()
            self._readers += 1
        try:
            yield own
        finally:
            own.connection.close()
            with self._state:
                self._readers -= 1
                self._state.notify_all()

    @contextmanager
    def _limited(self, connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            raise TooSlowError(
                f"the query was stopped after {seconds:g} seconds",
                advice="narrow the filters: a period, a type, an actor",
            ) from error
        finally:
            timer.cancel()
