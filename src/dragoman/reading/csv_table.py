"""CSV and its kin (tab, semicolon, bar): one row, one article, read record by record."""

from __future__ import annotations

import csv
from collections import deque
from typing import IO, TYPE_CHECKING

from dragoman.errors import ArticleError
from dragoman.reading.decoding import LineDecoder, as_utf8
from dragoman.reading.fields import ArticleMaker, Columns, no_text_column
from dragoman.reading.limits import MOST_LINE_BYTES, too_large
from dragoman.reading.lines import Line, bounded_lines
from dragoman.reading.problem import Problem

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from dragoman.model import Article

_DELIMITERS = ",\t;|"
# A quotation mark that is never closed swallows what follows; so often the swallowed lines are read again.
_MOST_RETRIES = 50


class _TooLargeError(Exception):
    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(size)


class _RecordLines:
    """Feeds lines to the csv reader and remembers those of the present record."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines = bounded_lines(stream, MOST_LINE_BYTES)
        self._again: deque[Line] = deque()
        self._decoder = LineDecoder()
        self.record: list[Line] = []
        self.warnings: list[str] = []
        self.size = self.quotes = self.last = 0
        self.at_end = False

    def __iter__(self) -> _RecordLines:
        return self

    def begin(self) -> None:
        """Begin a new record."""
        self.record, self.warnings, self.size, self.quotes = [], [], 0, 0

    @property
    def first(self) -> int:
        """The number of the line on which the record begins."""
        return self.record[0].number if self.record else self.last + 1

    def _take(self) -> Line:
        try:
            line = self._again.popleft() if self._again else next(self._lines)
        except StopIteration:
            self.at_end = True
            raise
        self.last = line.number
        return line

    def __next__(self) -> str:
        line = self._take()
        self.record.append(line)
        self.size += line.size
        if line.data is None or self.size > MOST_LINE_BYTES:
            raise _TooLargeError(self._pass_over(line))
        self.quotes += line.data.count(b'"')
        decoded = self._decoder.decode(line.data)
        self.warnings.extend(w for w in decoded.warnings if w not in self.warnings)
        return decoded.text

    def _pass_over(self, line: Line) -> int:
        """Skip the rest of a record that is too large and return its size."""
        if line.data is not None:
            # Many lines in one record: a quotation mark was left open. Only its first line is given up.
            self.read_again()
            return self.size
        quotes = self.quotes + line.quotes
        while quotes % 2:
            try:
                more = self._take()
            except StopIteration:
                break
            self.size += more.size
            quotes += more.quotes if more.data is None else more.data.count(b'"')
        return self.size

    def read_again(self) -> None:
        """Put all lines of the record but the first back."""
        self._again.extendleft(reversed(self.record[1:]))
        self.at_end = False

    def swallowed(self) -> bool:
        """Tell whether the record ran to the end of the file because of an open quotation mark."""
        return self.at_end and self.quotes % 2 == 1 and len(self.record) > 1


def read_csv(stream: io.BufferedReader, name: str, make: ArticleMaker) -> Iterator[Article | Problem]:
    """Yield an article for each row; a faulty row is a problem with its line, the others still come."""
    csv.field_size_limit(max(csv.field_size_limit(), MOST_LINE_BYTES))
    utf8, warnings = as_utf8(stream)
    lines = _RecordLines(utf8)
    try:
        header, delimiter = _header(lines, make)
    except StopIteration:
        yield Problem(name, "the file is empty")
        return
    except _TooLargeError as error:
        yield Problem(
            f"{name}:1", f"the first line is too large: {error.size:,} bytes", "is this a CSV file?"
        )
        return
    except csv.Error as error:
        yield Problem(f"{name}:1", f"not a CSV header: {error}", "is this a CSV file?")
        return
    columns = Columns.find(header, make.text_field, make.id_field)
    if not columns.has_text:
        yield Problem(name, *no_text_column(header, wanted=make.text_field))
        return
    count = 0
    for found in _rows(lines, name, header, delimiter):
        count += 1
        if isinstance(found, Problem):
            yield found
            continue
        row, where, notes = found
        try:
            yield make.from_row(row, columns, where, (*warnings, *notes))
        except ArticleError as error:
            yield Problem(where, error.message, error.advice or "")
    if not count:
        yield Problem(name, "the file has a header but no rows")


def _header(lines: _RecordLines, make: ArticleMaker) -> tuple[list[str], str]:
    """Read the header; the delimiter is the one that makes most known columns of it."""
    first = ""
    while not first.strip():
        lines.begin()
        first = next(lines)
    best: tuple[tuple[int, int], list[str], str] | None = None
    for delimiter in _DELIMITERS:
        names = next(csv.reader([first], delimiter=delimiter), [])
        columns = Columns.find(names, make.text_field, make.id_field)
        merit = (int(columns.has_text), len(columns.used()))
        if best is None or merit > best[0]:
            best = (merit, names, delimiter)
    assert best is not None
    return best[1], best[2]


def _rows(
    lines: _RecordLines, name: str, header: list[str], delimiter: str
) -> Iterator[Problem | tuple[dict[str, object], str, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter)
    retries = 0
    while True:
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except _TooLargeError as error:
            yield Problem(f"{name}:{lines.first}", *too_large(error.size))
            retries += 1
            if retries > _MOST_RETRIES:
                yield Problem(f"{name}:{lines.first}", "too many faulty records; the rest was left out")
                return
            continue
        except (csv.Error, ArticleError) as error:
            yield Problem(f"{name}:{lines.first}", f"not a CSV record: {error}", "the record was left out")
            continue
        where = f"{name}:{lines.first}"
        if lines.swallowed() and retries < _MOST_RETRIES:
            retries += 1
            advice = "double quotation marks inside fields; the lines after it were read as rows of their own"
            yield Problem(where, "a quotation mark of this record is never closed", advice)
            lines.read_again()
            continue
        if not any(value.strip() for value in row):
            continue
        notes = list(lines.warnings)
        if len(row) > len(header):
            notes.append(f"the row has {len(row)} fields, the header {len(header)}: the last are not used")
        yield dict(zip(header, row, strict=False)), where, notes
