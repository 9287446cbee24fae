"""`dragoman corrections`: what people corrected in a corpus, out, in, listed and undone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exits import EPILOG, NOTHING_DONE, OK, SOME_PROBLEMS, guarded
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, epilog=EPILOG)
File = Annotated[Path, typer.Argument(metavar="CORPUS", help="The file of a corpus.")]


@app.callback()
def group() -> None:
    """Export, import, list and undo what was corrected in a corpus.

    Corrections are an overlay: nothing that was coded is changed by them, and they hold also when articles are
    coded anew.

    \b
    Examples:
      dragoman corrections list news.corpus
      dragoman corrections export news.corpus corrections.jsonl
      dragoman corrections import other.corpus corrections.jsonl
    """


@app.command("list", epilog=EPILOG)
@guarded
def listed(
    corpus: File,
    unmatched: Annotated[
        bool, typer.Option("--unmatched", help="Only those that find nothing in the latest run, and why.")
    ] = False,
    undone: Annotated[bool, typer.Option("--undone", help="Also those that were undone.")] = False,
) -> int:
    """List corrections, one a line: id, time, author, action, what it is about, and its new value."""
    from dragoman.cli.correcting import lines_of, unmatched_lines
    from dragoman.corpus import Corpus

    with Corpus(corpus, read_only=True) as opened:
        lines = unmatched_lines(opened.connection) if unmatched else lines_of(opened.connection, undone)
        for line in lines:
            print(line)
    return OK


@app.command("export", epilog=EPILOG)
@guarded
def export(
    corpus: File,
    out: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="File for the lines. Default: standard output.")
    ] = None,
    gold: Annotated[
        bool,
        typer.Option(
            "--gold", help="Judged codings as lines that `dragoman relate` takes, each with its label."
        ),
    ] = False,
) -> int:
    """Write corrections as JSON Lines, or with --gold the judged codings as data to train and measure with."""
    import msgspec

    from dragoman.corpus import Corpus, correction_files
    from dragoman.corpus.gold import gold as judged

    with Corpus(corpus, read_only=True) as opened:
        if not gold:
            return _save(correction_files.exported(opened.connection), out)
        found = judged(opened.connection)
        code = _save((msgspec.json.encode(line) + b"\n" for line in found.lines), out)
    if found.left_out:
        print(f"{found.left_out} pairs left out: their sentence does not name both sides", file=sys.stderr)
    return code


@app.command("import", epilog=EPILOG)
@guarded
def imported(
    corpus: File,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON Lines, as `dragoman corrections export` writes them.")
    ],
) -> int:
    """Read corrections into a corpus; those that it has already change nothing, faulty lines are listed."""
    from dragoman.corpus import Corpus, correction_files, corrections

    try:
        lines = file.open("rb")
    except OSError as error:
        raise ConfigError(
            f"can't be read: {error.strerror}", where=str(file), advice="check its name and rights"
        ) from error
    with lines, Corpus(corpus) as opened:
        number, problems = correction_files.imported(opened.connection, lines, str(file))
        lost = corrections.unmatched(opened.connection)
    print(f"{number:,} corrections taken in, {len(problems):,} problems", file=sys.stderr)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    if lost:
        print(
            f"  note: {len(lost):,} corrections find nothing in the latest run; "
            f"`dragoman corrections list {corpus} --unmatched` says why",
            file=sys.stderr,
        )
    return SOME_PROBLEMS if problems and number else NOTHING_DONE if problems else OK


@app.command("undo", epilog=EPILOG)
@guarded
def undo(
    corpus: File,
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of corrections, as `list` gives them.")],
) -> int:
    """Take corrections back. They stay in the corpus, marked as undone."""
    from dragoman.corpus import Corpus, corrections

    with Corpus(corpus) as opened:
        for name in ids:
            corrections.undo(opened.connection, name)
    return OK


def _save(lines: Iterable[bytes], out: Path | None) -> int:
    if out is None:
        sys.stdout.buffer.writelines(lines)
        return OK
    from dragoman.running.resuming import check_writable

    check_writable(out)
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as target:
            target.writelines(lines)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(out)
    return OK
