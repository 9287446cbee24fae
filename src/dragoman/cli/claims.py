"""`dragoman claims`: who says what."""

from __future__ import annotations

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import guarded
from dragoman.cli.marked import answer_file


@guarded
def claims(
    file: options.Rows,
    out: options.Answers = None,
    pipeline: options.Pipeline = None,
) -> int:
    """Find who says what: attributions.

    Takes lines {id, text, date}.
    Writes the same lines in the same order; a line that can't be answered gets "error".

    \b
    Examples:
      dragoman claims texts.jsonl -o answers.jsonl
      echo '{"text": "Mali said that Chad had attacked."}' | dragoman claims -
    """
    return answer_file("claims", file, out, pipeline)
