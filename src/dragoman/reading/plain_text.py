"""Plain text: one file, one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import ArticleError
from dragoman.reading.decoding import decode
from dragoman.reading.limits import MOST_BYTES, too_large

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from dragoman.model import Article
    from dragoman.reading.fields import ArticleMaker


def read_text(stream: io.BufferedReader, name: str, make: ArticleMaker) -> Iterator[Article]:
    """Yield the one article of a text. Raises `ArticleError` when there is none."""
    data = read_all(stream, name)
    decoded = decode(data)
    yield make.make(decoded.text, name, decoded.warnings)


def read_all(stream: io.BufferedReader, name: str) -> bytes:
    """Return all bytes of a stream. Raises `ArticleError` when it is empty or over the limit."""
    data = stream.read(MOST_BYTES + 1)
    if not data:
        raise ArticleError("the file is empty", where=name)
    if len(data) > MOST_BYTES:
        size = len(data)
        del data
        while chunk := stream.read(1 << 20):
            size += len(chunk)
        message, advice = too_large(size)
        raise ArticleError(message, where=name, advice=advice)
    return data
