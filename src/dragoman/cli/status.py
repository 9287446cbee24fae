"""`dragoman status`: whether marked events happened."""

from __future__ import annotations

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import guarded
from dragoman.cli.marked import answer_file


@guarded
def status(
    file: options.Rows,
    out: options.Answers = None,
    pipeline: options.Pipeline = None,
) -> int:
    """Say whether a marked event happened: status, historical, confidence, why.

    Takes lines {id, text, date, event: {start, end}}, for any predicate.
    Writes the same lines in the same order; a line that can't be answered gets "error".

    \b
    Examples:
      dragoman status events.jsonl -o answers.jsonl
      echo '{"text": "Chad may attack.", "event": {"start": 9, "end": 15}}' | dragoman status -
    """
    return answer_file("status", file, out, pipeline)
