"""Errors: each says what is wrong, where, what would be valid, and what to do."""

from __future__ import annotations


class DragomanError(Exception):
    """Base of every error that dragoman raises on purpose.

    Attributes:
        message: what is wrong, in one sentence.
        where: file (and line) or article id, when known.
        advice: what would be valid, or what to do about it.
    """

    def __init__(self, message: str, *, where: str | None = None, advice: str | None = None) -> None:
        self.message = message
        self.where = where
        self.advice = advice
        super().__init__(self.render())

    def render(self) -> str:
        """Return the whole message on one line: where, what, and what to do."""
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} ({self.advice})" if self.advice else text

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive a process boundary by themselves.
        return _rebuild, (type(self), self.message, self.where, self.advice)


def _rebuild(kind: type[DragomanError], message: str, where: str | None, advice: str | None) -> DragomanError:
    return kind(message, where=where, advice=advice)


class ConfigError(DragomanError):
    """The installation or the options do not fit: a missing pipeline, a bad option, an unwritable path."""


class CodebookError(DragomanError):
    """A codebook file is faulty."""


class ArticleError(DragomanError):
    """One article cannot be read or coded; the run goes on without it."""


class RecordError(DragomanError):
    """A record breaks an invariant: an offset outside the text, an id that does not resolve."""


class CorpusError(DragomanError):
    """A corpus cannot be opened, read, or written."""
