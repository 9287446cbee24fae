"""`dragoman relate`: what a marked source does to a marked target."""

from __future__ import annotations

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import guarded
from dragoman.cli.marked import answer_file


@guarded
def relate(
    file: options.Rows,
    out: options.Answers = None,
    pipeline: options.Pipeline = None,
    codebook: options.Codebook = None,
) -> int:
    """Say what a marked source does to a marked target: type, mode, status, confidence, why, ranking.

    Takes lines {id, text, source: {start, end}, target: {start, end}}; source or target may be null.
    Writes the same lines in the same order; a line that can't be answered gets "error".

    \b
    Examples:
      dragoman relate pairs.jsonl -o answers.jsonl
      echo '{"text": "Chad thanked Mali.", "source": {"start": 0, "end": 4}}' | dragoman relate -
    """
    return answer_file("relate", file, out, pipeline, codebook)
