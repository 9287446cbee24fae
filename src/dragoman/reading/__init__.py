"""Files and feeds to articles: one module a format; and `segmenting`, the parts of a text.

`read` takes files, folders and standard input and yields articles as they come, and a `Problem` for what
could not be read. It never stops at one bad input, and holds one article in memory at a time.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import ArticleError, ConfigError
from dragoman.reading.csv_table import read_csv
from dragoman.reading.dates import read_date
from dragoman.reading.decoding import binary_kind
from dragoman.reading.fields import ArticleMaker
from dragoman.reading.html_page import read_html
from dragoman.reading.json_lines import read_json_lines
from dragoman.reading.limits import MOST_BYTES, too_large
from dragoman.reading.parquet_table import read_parquet
from dragoman.reading.plain_text import read_text
from dragoman.reading.problem import Problem
from dragoman.reading.sources import (
    ENDINGS,
    FORMATS,
    READABLE,
    Format,
    Source,
    find_sources,
    open_source,
    sniff,
)

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator, Sequence

    from dragoman.model import Article

    Reader = Callable[[io.BufferedReader, str, ArticleMaker], Iterator[Article | Problem]]

__all__ = ["ENDINGS", "FORMATS", "READABLE", "Format", "Problem", "make_article", "read"]

_HEAD = 8192


def read(
    inputs: str | Path | Sequence[str | Path],
    *,
    date: str | None = None,
    stdin: BinaryIO | None = None,
    input_format: Format | None = None,
    text_field: str | None = None,
    id_field: str | None = None,
    unique_ids: bool = True,
) -> Iterator[Article | Problem]:
    """Yield the articles of files, folders and standard input (`-`), in order, and what could not be read.

    Args:
        inputs: one path or several, of files and folders, or `-`. Folders are read with all below them.
        date: publication date (YYYY-MM-DD) of articles that have none of their own, or none that can be
            read; it never replaces one that the input gives.
        stdin: what `-` stands for; the process's standard input when None.
        input_format: the format of standard input and of files named directly, whatever their ending. When
            None, the ending says it, and the first bytes where there is no telling ending.
        text_field: the column or key that holds the texts, when its name is none of the known ones.
        id_field: likewise for ids.
        unique_ids: give an id that comes again in the same call a number (`x-2`), and the article a warning.

    Ids are the inputs' own or a hash of text, date and address.

    Raises `ConfigError` at once when `date` or `input_format` is not valid. Everything else that goes wrong
    is yielded as a `Problem`.
    """
    if date is not None:
        day, why_not = read_date(date)
        if day is None:
            raise ConfigError(why_not or "the date is blank", where="--date", advice="write YYYY-MM-DD")
        date = day
    if input_format is not None and input_format not in FORMATS:
        raise ConfigError(
            f"no input format is called {input_format!r}", where="--input-format", advice=", ".join(FORMATS)
        )
    several = [inputs] if isinstance(inputs, (str, Path)) else inputs
    return _read(several, ArticleMaker(date, text_field, id_field, unique_ids), stdin, input_format)


def make_article(
    text: str, *, date: str | None = None, id: str | None = None, origin: str = "text"
) -> Article:
    """Make an article of a text in memory, as if it had been read. Raises `ArticleError` when it is blank."""
    return ArticleMaker().make(text, origin, given={"id": id}, date=date)


def _read(
    inputs: Sequence[str | Path], make: ArticleMaker, stdin: BinaryIO | None, input_format: Format | None
) -> Iterator[Article | Problem]:
    for source in find_sources(inputs, stdin, input_format):
        if isinstance(source, Problem):
            yield source
        else:
            yield from _read_source(source, make)


def _read_source(source: Source, make: ArticleMaker) -> Iterator[Article | Problem]:
    """Yield what one source holds; whatever goes wrong below is named with the source."""
    try:
        if (found := _oversized(source)) is not None:
            yield found
            return
        with open_source(source) as stream:
            head = stream.peek(_HEAD)[:_HEAD]
            form = source.format or sniff(head)
            if not head:
                yield Problem(
                    source.name, "the input is empty" if source.path is None else "the file is empty"
                )
                return
            if form in ("jsonl", "csv") and (kind := binary_kind(head)) is not None:
                advice = f"readable endings: {READABLE}"
                yield Problem(source.name, f"this is {kind}, not a text", advice)
                return
            yield from _READERS[form](stream, source.name, make)
    except ArticleError as error:
        yield Problem(error.where or source.name, error.message, error.advice or "")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield Problem(
            source.name, f"the gzip data is damaged: {error}", "articles before the damage were read"
        )
    except OSError as error:
        yield Problem(
            source.name, f"cannot be read: {error.strerror or error}", "check the file and its rights"
        )


def _oversized(source: Source) -> Problem | None:
    """Name a file that holds one article and is too large, without opening it."""
    if source.path is None or source.format not in ("txt", "html"):
        return None
    size = source.path.stat().st_size
    return Problem(source.name, *too_large(size)) if size > MOST_BYTES else None


_READERS: dict[Format, Reader] = {
    "txt": read_text,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "parquet": read_parquet,
    "html": read_html,
}
