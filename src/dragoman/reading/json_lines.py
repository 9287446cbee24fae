"""JSON Lines: one object a line. A file that is one JSON list, or objects over several lines, is read too."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import ArticleError
from dragoman.reading.decoding import LineDecoder, as_utf8, decode
from dragoman.reading.fields import ArticleMaker, Columns
from dragoman.reading.limits import MOST_LINE_BYTES, too_large
from dragoman.reading.lines import Line, bounded_lines
from dragoman.reading.problem import Problem

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from dragoman.model import Article


def read_json_lines(stream: io.BufferedReader, name: str, make: ArticleMaker) -> Iterator[Article | Problem]:
    """Yield an article for each line; a faulty line is a problem with its number, the others still come."""
    utf8, warnings = as_utf8(stream)
    lines = bounded_lines(utf8, MOST_LINE_BYTES)
    decoder = LineDecoder()
    count = 0
    for line in lines:
        where = f"{name}:{line.number}"
        if line.data is None:
            count += 1
            message, advice = too_large(line.size)
            yield Problem(where, message, advice)
            continue
        stripped = line.data.strip()
        if not stripped:
            continue
        if not count and (stripped.startswith(b"[") or stripped == b"{"):
            yield from _whole_document(chain([line], lines), name, make, warnings)
            return
        count += 1
        try:
            decoded = decoder.decode(line.data)
            yield _article(_parse(decoded.text), where, make, (*warnings, *decoded.warnings))
        except ArticleError as error:
            yield Problem(where, error.message, error.advice or "")
    if not count:
        yield Problem(name, "the file is empty" if not warnings else "the file holds no line")


def _parse(text: str) -> Any:
    """Parse JSON; raises `ArticleError`. Slips that do no harm (a bare tab, NaN, half a surrogate) pass."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        pass
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg} at column {error.pos + 1}"
        raise ArticleError(message, advice="each line must be one JSON object") from None
    except (RecursionError, ValueError) as error:
        raise ArticleError(f"not valid JSON: {error}") from None


def _article(row: Any, where: str, make: ArticleMaker, warnings: tuple[str, ...]) -> Article:
    if not isinstance(row, dict):
        kind = {list: "a list", str: "a string", type(None): "null"}.get(type(row), "a number")
        raise ArticleError(f"the line is {kind}, not an object", advice='write {"text": "..."}')
    columns = Columns.find(row, make.text_field, make.id_field)
    return make.from_row(row, columns, where, warnings)


def _whole_document(
    lines: Iterator[Line], name: str, make: ArticleMaker, warnings: tuple[str, ...]
) -> Iterator[Article | Problem]:
    """Read a file that is JSON but not JSON Lines: a list of objects, or objects over several lines."""
    parts: list[bytes] = []
    size = 0
    for line in lines:
        size += line.size
        if line.data is None or size > MOST_LINE_BYTES:
            advice = "write one JSON object a line (JSON Lines), for instance with `jq -c '.[]'`"
            yield Problem(name, f"a JSON list of more than {MOST_LINE_BYTES:,} bytes cannot be read", advice)
            return
        parts.append(line.data)
    decoded = decode(b"".join(parts))
    items = _items(decoded.text)
    number = 0
    while True:
        try:
            item = next(items)
        except StopIteration:
            return
        except ArticleError as error:
            yield Problem(name, error.message, error.advice or "")
            return
        number += 1
        where = f"{name}: item {number}"
        try:
            yield _article(item, where, make, (*warnings, *decoded.warnings))
        except ArticleError as error:
            yield Problem(where, error.message, error.advice or "")


def _items(text: str) -> Iterator[Any]:
    reader = json.JSONDecoder(strict=False)
    at = len(text) - len(text.lstrip())
    while at < len(text):
        try:
            value, at = reader.raw_decode(text, at)
        except json.JSONDecodeError as error:
            message = f"not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}"
            raise ArticleError(message, advice="write one JSON object a line (JSON Lines)") from None
        except (RecursionError, ValueError) as error:
            raise ArticleError(f"not valid JSON: {error}") from None
        if isinstance(value, list):
            yield from value
        else:
            yield value
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
