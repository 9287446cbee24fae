"""The problems of a run: kept in a file beside the output, and said at the end; and what was only odd."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.reading.fields import NO_DATE
from dragoman.running import ErrorRecord
from dragoman.running.records import encodable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from dragoman.model import Article
    from dragoman.reading.problem import Problem

SHOWN_BESIDE_FILE = 20
NOTES_SHOWN = 20


class Problems:
    """Collects problems. With an output file all are written to `OUT.problems.jsonl`, and some are shown."""

    def __init__(self, out: Path | None) -> None:
        self.number = 0
        self.path = out.with_name(out.name + ".problems.jsonl") if out else None
        self._shown: list[str] = []
        self._notes: list[str] = []
        self._odd = self._undated = 0
        self._file: BinaryIO | None = None
        if self.path is not None:
            self.path.unlink(missing_ok=True)  # those of an earlier run

    def add(self, problem: ErrorRecord | Problem) -> None:
        """Take in a problem."""
        self.number += 1
        if self.path is None or len(self._shown) < SHOWN_BESIDE_FILE:
            self._shown.append(problem.problem if isinstance(problem, ErrorRecord) else str(problem))
        if self.path is not None:
            if self._file is None:
                self._file = self.path.open("wb")
            self._file.write(msgspec.json.encode(_fields(problem)) + b"\n")

    def add_all(self, problems: Iterable[ErrorRecord]) -> None:
        """Take in several problems."""
        for problem in problems:
            self.add(problem)

    def note(self, article: Article) -> None:
        """Take in what was odd about an article that was read all the same; its record says so too."""
        for warning in article.warnings:
            if warning == NO_DATE:
                self._undated += 1
                continue
            self._odd += 1
            if len(self._notes) < NOTES_SHOWN:
                self._notes.append(f"{article.origin or article.id}: {warning}")

    def show_notes(self) -> None:
        """Say on standard error what was odd."""
        for line in self._notes:
            print(f"  note: {encodable(line)}", file=sys.stderr)
        if self._odd > len(self._notes):
            more = self._odd - len(self._notes)
            print(f"  note: {more:,} more are in the warnings of the records (--documents)", file=sys.stderr)
        if self._undated:
            articles = "1 article has" if self._undated == 1 else f"{self._undated:,} articles have"
            print(f"  note: {articles} {NO_DATE}", file=sys.stderr)

    def close(self) -> None:
        """Bring the file to disk."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def show(self) -> None:
        """Say the problems on standard error."""
        for line in self._shown:
            print(f"  {line}", file=sys.stderr)
        if self.number > len(self._shown):
            print(f"  and {self.number - len(self._shown):,} more", file=sys.stderr)
        if self.number and self.path is not None:
            print(f"  all of them: {self.path}", file=sys.stderr)


def _fields(problem: ErrorRecord | Problem) -> Any:
    if isinstance(problem, ErrorRecord):
        return problem
    message, advice = encodable(problem.message), encodable(problem.advice) or None
    detail = {"kind": "ReadingProblem", "message": message, "advice": advice}
    return {"id": None, "origin": encodable(problem.where), "error": detail}
