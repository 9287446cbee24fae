"""`dragoman times`: time expressions and what they mean."""

from __future__ import annotations

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import guarded
from dragoman.cli.marked import answer_file


@guarded
def times(
    file: options.Rows,
    out: options.Answers = None,
) -> int:
    """Find and resolve time expressions: times.

    Takes lines {id, text, date}.
    Writes the same lines in the same order; a line that can't be answered gets "error".

    \b
    Examples:
      dragoman times texts.jsonl -o answers.jsonl
      echo '{"text": "They met on Monday.", "date": "2020-07-14"}' | dragoman times -
    """
    return answer_file("times", file, out)
