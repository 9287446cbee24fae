"""The problems of a run: kept in a file beside the output, and said at the end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.running import ErrorRecord
from dragoman.running.records import encodable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from dragoman.reading.problem import Problem

SHOWN_BESIDE_FILE = 20


class Problems:
    """Collects problems. With an output file all are written to `OUT.problems.jsonl`, and some are shown."""

    def __init__(self, out: Path | None) -> None:
        self.number = 0
        self.path = out.with_name(out.name + ".problems.jsonl") if out else None
        self._shown: list[str] = []
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
