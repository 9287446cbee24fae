"""A pool of worker processes that loses nothing when one of them dies.

`concurrent.futures.ProcessPoolExecutor` gives up the whole run when one worker is killed. Here a dead
worker is replaced, the articles it had not answered are done again, and an article during which a worker
died twice is answered by an error record.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import ConfigError
from dragoman.running import wire
from dragoman.running.records import ErrorRecord, death_of, error_record
from dragoman.running.threads import single_threaded
from dragoman.running.worker import BOOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.model import Article

    Work = Callable[[], Callable[[Article], bytes]]
    Result = tuple[Article, bytes | ErrorRecord]

CHUNK_ARTICLES = 8
CHUNK_CHARACTERS = 200_000
CHUNKS_PER_WORKER = 3  # in flight or waiting to be given out in order
DEATHS_OF_ARTICLE = 2
DEATHS_AT_START = 3


class _Chunk(NamedTuple):
    number: int
    articles: list[Article]


def chunks_of(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Cut a stream into chunks: single articles first, so that all workers start at once, then more."""
    chunk: list[Article] = []
    size, number = 0, 0
    for article in articles:
        chunk.append(article)
        size += len(article.text)
        if len(chunk) >= min(CHUNK_ARTICLES, 1 + number // 8) or size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size, number = [], 0, number + 1
    if chunk:
        yield chunk


def pooled(articles: Iterable[Article], work: Work, workers: int) -> Iterator[Result]:
    """Yield each article with its result, in input order, from `workers` processes.

    `work` is picklable; called in a worker it gives the function that codes one article to bytes.
    At most `workers * CHUNKS_PER_WORKER` chunks are held at a time, however long the input is.
    Raises what `work()` raises, and `ConfigError` when workers die before they are ready.
    """
    with Pool(work, workers) as pool:
        yield from pool.run(articles)


class Pool:
    """Threads that each own one worker process, a queue of chunks to them and one of results back.

    Processes start with the first articles and end with the `with` block; `run` may be called again after
    its results were all taken.
    """

    def __init__(self, work: Work, workers: int) -> None:
        self._tasks: queue.SimpleQueue[_Chunk | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[int, list[Result]] | BaseException] = queue.SimpleQueue()
        plan = pickle.dumps(work)
        self._owners = [_Owner(plan, self._tasks, self._results) for _ in range(workers)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, articles: Iterable[Article]) -> Iterator[Result]:
        """Yield each article with its result, in input order."""
        chunks = (_Chunk(number, chunk) for number, chunk in enumerate(chunks_of(articles)))
        done: dict[int, list[Result]] = {}
        given = wanted = 0
        more = True
        while more or wanted < given:
            while more and given - wanted < len(self._owners) * CHUNKS_PER_WORKER:
                chunk = next(chunks, None)
                if chunk is None:
                    more = False
                    break
                self._give(chunk)
                given += 1
            if wanted >= given:
                break
            while wanted not in done:
                result = self._results.get()
                if isinstance(result, BaseException):
                    raise result
                done[result[0]] = result[1]
            yield from done.pop(wanted)
            wanted += 1

    def _give(self, chunk: _Chunk) -> None:
        if chunk.number < len(self._owners):
            self._owners[chunk.number].start()  # no more processes than there are chunks
        self._tasks.put(chunk)

    def stop(self) -> None:
        """End the processes now, whatever they are doing."""
        for _ in self._owners:
            self._tasks.put(None)
        for owner in self._owners:
            owner.kill()


class _Owner:
    """A thread that owns one worker process and replaces it when it dies."""

    def __init__(
        self,
        work: bytes,
        tasks: queue.SimpleQueue[_Chunk | None],
        results: queue.SimpleQueue[tuple[int, list[Result]] | BaseException],
    ) -> None:
        self._work = work
        self._tasks = tasks
        self._results = results
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self._thread = threading.Thread(target=self._loop, daemon=True)

    def start(self) -> None:
        """Start the thread, which starts the process, unless it runs."""
        if not self._thread.is_alive():
            self._thread.start()

    def kill(self) -> None:
        """End the worker now, whatever it is doing."""
        with self._lock:
            self._stopped = True
            process = self._process
            if process is not None:
                process.kill()
        if process is not None:
            process.wait()
            if self._thread.is_alive():
                self._thread.join()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)

    def _loop(self) -> None:
        try:
            while (chunk := self._tasks.get()) is not None and not self._stopped:
                self._results.put((chunk.number, self._code(chunk.articles)))
        except BaseException as error:
            if not self._stopped:
                self._results.put(error)

    def _code(self, articles: list[Article]) -> list[Result]:
        """Code a chunk, in as many processes as it takes."""
        results: list[Result] = []
        waiting = deque(articles)
        deaths = 0
        while waiting:
            process = self._running()
            before = len(waiting)
            try:
                self._exchange(process, waiting, results)
            except (EOFError, OSError):
                if self._stopped:
                    raise
                exit_code = self._discard(process)
                deaths = 1 if len(waiting) < before else deaths + 1
                if deaths >= DEATHS_OF_ARTICLE:
                    article = waiting.popleft()
                    results.append((article, error_record(article, death_of(exit_code))))
                    deaths = 0
        return results

    def _exchange(
        self, process: subprocess.Popen[bytes], waiting: deque[Article], results: list[Result]
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        wire.send_articles(process.stdin, list(waiting))  # type: ignore[arg-type]
        while waiting:
            reply = wire.receive_reply(process.stdout)  # type: ignore[arg-type]
            article = waiting.popleft()
            if reply.error is not None:
                results.append((article, error_record(article, reply.error)))
            else:
                results.append((article, reply.data))

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the worker, started and ready. Raises what its start raised."""
        for _ in range(DEATHS_AT_START):
            if self._process is not None:
                return self._process
            process = self._started()
            try:
                wire.send(process.stdin, self._work)  # type: ignore[arg-type]
                reply = wire.receive_reply(process.stdout)  # type: ignore[arg-type]
            except (EOFError, OSError):
                if self._stopped:
                    raise
                self._discard(process)
                continue
            if reply.kind == "refused":
                self._discard(process)
                raise pickle.loads(reply.data)
            return process
        raise ConfigError(
            f"a worker process died {DEATHS_AT_START} times before it was ready",
            advice="is there enough memory? Try fewer workers, and `dragoman doctor`",
        )

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise EOFError("the run was stopped")
            # A process group of its own: Ctrl-C reaches the run only, which then ends its workers.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", BOOT, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=single_threaded(),
                process_group=0 if sys.platform != "win32" else None,
            )
            return self._process

    def _discard(self, process: subprocess.Popen[bytes]) -> int:
        with self._lock:
            self._process = None
        process.kill()
        exit_code = process.wait()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        return exit_code


def _close(pipe: object) -> None:
    # What was not flushed to a dead worker is sent again to the next.
    with contextlib.suppress(OSError):
        pipe.close()  # type: ignore[attr-defined]
