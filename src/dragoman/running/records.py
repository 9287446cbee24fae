"""What a run says about an article that could not be coded."""

from __future__ import annotations

import signal
import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.model import Article


class ErrorDetail(msgspec.Struct, frozen=True):
    """What went wrong: the kind of error (a class name), what it says, and what to do about it."""

    kind: str
    message: str
    advice: str | None = None


class ErrorRecord(msgspec.Struct, frozen=True):
    """Stands in the output for an article that could not be coded.

    `id` is the article's, `origin` its file and line. As JSON:
    `{"id": ..., "origin": ..., "error": {"kind": ..., "message": ..., "advice": ...}}`.
    """

    id: str
    origin: str | None
    error: ErrorDetail

    def to_json(self) -> bytes:
        """Return the record as one line of JSON (UTF-8, no newline)."""
        return msgspec.json.encode(self)

    @property
    def problem(self) -> str:
        """The record as one line for a person: where, what, and what to do."""
        text = f"{self.origin or self.id}: {self.error.message}"
        return f"{text} ({self.error.advice})" if self.error.advice else text


def detail_of(error: Exception) -> ErrorDetail:
    """Describe an exception that the coding of an article raised.

    The description is the same in every process, so that outputs do not depend on the number of workers.
    """
    if isinstance(error, DragomanError):
        return ErrorDetail(type(error).__name__, encodable(error.message), error.advice)
    message = encodable(" ".join(str(error).split())) or "no message"
    kind = type(error).__name__
    return ErrorDetail(
        kind,
        f"{kind}: {message[:500]}",
        f"unexpected error in {_place(error)}; please report it, with the text if you may",
    )


def _place(error: Exception) -> str:
    """Return the last place in the code, without the directories of this machine."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "unknown code"
    ours = [frame for frame in frames if "dragoman" in PurePath(frame.filename).parts] or frames
    parts = PurePath(ours[-1].filename).parts
    start = len(parts) - parts[::-1].index("dragoman") if "dragoman" in parts else len(parts) - 1
    return f"{'/'.join(parts[start:])}:{ours[-1].lineno}"


def error_record(article: Article, detail: ErrorDetail) -> ErrorRecord:
    """Return the record for an article that failed."""
    origin = None if article.origin is None else encodable(article.origin)
    return ErrorRecord(encodable(article.id), origin, detail)


def encodable(words: str) -> str:
    """Return words with lone surrogates (half characters, as broken JSON has them) written out."""
    return words.encode("utf-8", "backslashreplace").decode()


def death_of(exit_code: int | None) -> ErrorDetail:
    """Describe the death of the worker process that was coding an article, the second time."""
    how = "ended unexpectedly"
    if exit_code is not None and exit_code < 0:
        try:
            how = f"was killed by {signal.Signals(-exit_code).name}"
        except ValueError:
            how = f"was killed by signal {-exit_code}"
    elif exit_code is not None:
        how = f"ended with exit code {exit_code}"
    return ErrorDetail(
        "WorkerDied",
        f"the worker process {how} twice while coding this article",
        "too little memory for it? Try fewer workers, or code the article alone",
    )
