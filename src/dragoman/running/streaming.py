"""The stream of articles through the coder: the same results in the same order for any number of workers."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Protocol, TypeVar

from dragoman.errors import ConfigError
from dragoman.model import Document
from dragoman.running.records import ErrorRecord, detail_of, error_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.model import Article

T = TypeVar("T")


class Codes(Protocol):
    """Anything that codes an article into a record."""

    def code(self, article: Article, /) -> Document:
        """Return the record of an article."""
        ...


class Plan(Protocol):
    """Picklable: what a worker needs to build the same coder."""

    def build(self) -> Codes:
        """Build the coder."""
        ...


def stream(
    plan: Plan, articles: Iterable[Article], workers: int = 1, coder: Codes | None = None
) -> Iterator[Document | ErrorRecord]:
    """Code articles and yield their records in input order.

    Args:
        plan: how to build the coder; each worker builds its own.
        articles: what to code; read as the results are taken, never all at once.
        workers: number of processes; with 1 everything happens in this one.
        coder: what the plan gave already in this process, used when `workers` is 1.

    Yields a `Document` for each article, or an `ErrorRecord` for one that could not be coded.
    Raises `ConfigError` for a number of workers below 1, and whatever `plan.build()` raises.
    """
    check_workers(workers)
    if workers == 1:
        for article, result in _here(articles, (coder or plan.build()).code):
            yield result if not isinstance(result, Exception) else error_record(article, detail_of(result))
        return
    for _, data in encoded(plan, articles, Document.to_json, workers):
        yield data if isinstance(data, ErrorRecord) else Document.from_json(data)


def encoded(
    plan: Plan,
    articles: Iterable[Article],
    encode: Callable[[Document], bytes],
    workers: int = 1,
    coder: Codes | None = None,
) -> Iterator[tuple[Article, bytes | ErrorRecord]]:
    """Code articles and yield each with its record as bytes, encoded where it was coded.

    `encode` is picklable. Records never cross a process boundary as objects: that costs more than coding.
    Raises as `stream` does.
    """
    check_workers(workers)
    if workers == 1:
        for article, result in _here(articles, _work(coder or plan.build(), encode)):
            if isinstance(result, Exception):
                yield article, error_record(article, detail_of(result))
            else:
                yield article, result
        return
    from dragoman.running.pool import pooled

    yield from pooled(articles, work_of(plan, encode), workers)


def check_workers(workers: int) -> None:
    """Raise `ConfigError` for a number of workers that is not possible."""
    if workers < 1:
        raise ConfigError(f"{workers} workers are not possible", advice="give a number of 1 or more")


def work_of(plan: Plan, encode: Callable[[Document], bytes]) -> Callable[[], Callable[[Article], bytes]]:
    """Return what a worker runs: picklable, and when called gives the function from article to bytes."""
    return functools.partial(_build_and_work, plan, encode)


def _build_and_work(plan: Plan, encode: Callable[[Document], bytes]) -> Callable[[Article], bytes]:
    return _work(plan.build(), encode)


def _work(coder: Codes, encode: Callable[[Document], bytes]) -> Callable[[Article], bytes]:
    return lambda article: encode(coder.code(article))


def _here(
    articles: Iterable[Article], code: Callable[[Article], T]
) -> Iterator[tuple[Article, T | Exception]]:
    for article in articles:
        try:
            result: T | Exception = code(article)
        except Exception as error:
            result = error
        yield article, result
