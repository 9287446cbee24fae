"""Files of records that `dragoman code --documents` wrote, gzipped or not."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import msgspec

from dragoman.corpus.adding import Coded
from dragoman.errors import RecordError
from dragoman.model import Document
from dragoman.reading.problem import Problem
from dragoman.reading.sources import open_source
from dragoman.running import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.reading.sources import Source

# What a record has and no article has.
_MARKS = frozenset({"coder", "sentences", "events", "attributions"})
_HEAD_LINES = 20


def holds_records(source: Source) -> bool:
    """Tell whether a JSON Lines file holds records and not articles, by its first lines."""
    if source.path is None or source.format not in ("jsonl", None):
        return False
    try:
        with open_source(source) as stream:
            for _ in range(_HEAD_LINES):
                line = stream.readline()
                if not line:
                    return False
                found = msgspec.json.decode(line) if line.strip() else None
                if isinstance(found, dict) and found.keys() >= _MARKS:
                    return True
    except (OSError, EOFError, zlib.error, msgspec.DecodeError, UnicodeDecodeError):
        return False  # reading it as articles will say what is wrong
    return False


def read_records(source: Source) -> Iterator[Coded | ErrorRecord | Problem]:
    """Yield the records of a file with file and line; lines that are none are problems, the others still come."""
    decoder = msgspec.json.Decoder(Document)
    try:
        with open_source(source) as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _record(line, f"{source.name}:{number}", decoder)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield Problem(
            source.name, f"the gzip data is damaged: {error}", "records before the damage were read"
        )
    except OSError as error:
        yield Problem(
            source.name, f"cannot be read: {error.strerror or error}", "check the file and its rights"
        )


def _record(
    line: bytes, where: str, decoder: msgspec.json.Decoder[Document]
) -> Coded | ErrorRecord | Problem:
    try:
        return Coded(decoder.decode(line), where)
    except RecordError as error:
        return Problem(where, f"the record breaks a rule: {error}", "code the article again")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        try:
            return msgspec.json.decode(line, type=ErrorRecord)
        except (msgspec.DecodeError, UnicodeDecodeError):
            advice = "records are written by `dragoman code --documents`"
            return Problem(where, f"this is no record: {error}", advice)
