"""What `dragoman demo` does: codes and adds the articles that ship, says what to try, opens the explorer."""

from __future__ import annotations

import importlib.resources
import json
import os
import shlex
import sys
from typing import TYPE_CHECKING

from dragoman.cli import adding
from dragoman.cli.coding import Request, counted
from dragoman.cli.exits import OK
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = importlib.resources.files("dragoman") / "data" / "demo" / "articles.jsonl"
MOST_WORKERS = 4  # each reads the models first; for so few articles more of them cost more than they save
# What is worth a look: a dossier with a long history, and what several sources tell.
DOSSIER = "Caspian summit"
QUERY = "select title, earliest, place, sources from happenings_now where sources > 1 order by earliest"


def run(corpus: Path, overwrite: bool, explore: bool) -> int:
    """Make the demonstration, or go on with it; return the exit code.

    Args:
        corpus: its file.
        overwrite: make it anew when it is there.
        explore: open the explorer at the end, if there is a terminal.

    Raises:
        ConfigError: when the file is a corpus with other articles.
        CorpusError: when it is no corpus, or is in use.
    """
    if corpus.exists():
        _check(corpus)
        if overwrite:
            _remove(corpus)
    number = len(ids())
    print(f"{counted(number, 'article')} about invented events in real places", file=sys.stderr)
    with importlib.resources.as_file(ARTICLES) as path:
        code = adding.run(corpus, Request((str(path),), workers=workers()), recode=False)
    if code != OK:
        return code
    print("what to try next:", file=sys.stderr, flush=True)
    for line in advice(corpus):
        print(line)
    if explore and sys.stdout.isatty():
        sys.stdout.flush()
        _explore(corpus)
    return OK


def ids() -> frozenset[str]:
    """Return the ids of the articles that ship."""
    lines = ARTICLES.read_text(encoding="utf-8").splitlines()
    return frozenset(json.loads(line)["id"] for line in lines)


def workers() -> int:
    """Return how many processes are to code: one for each processor, up to a limit."""
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1))


def advice(corpus: Path) -> tuple[str, str, str]:
    """Return what to try next, as three commands."""
    name = shlex.quote(str(corpus))
    return (
        f'dragoman dossier {name} "{DOSSIER}"',
        f'dragoman query {name} "{QUERY}"',
        f"dragoman explore {name}",
    )


def _check(corpus: Path) -> None:
    """Refuse a corpus in which somebody keeps articles of their own."""
    from dragoman.corpus import Corpus

    with Corpus(corpus, read_only=True) as opened:
        others = {row[0] for row in opened.query("SELECT article FROM articles").rows} - ids()
    if others:
        raise ConfigError(
            f"holds {counted(len(others), 'article')} of your own",
            where=str(corpus),
            advice="name another file: dragoman demo CORPUS",
        )


def _remove(corpus: Path) -> None:
    for path in (corpus, corpus.with_name(corpus.name + ".wal")):
        path.unlink(missing_ok=True)


def _explore(corpus: Path) -> None:
    from dragoman.web.serving import serve

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    serve(corpus, None, None, True, say)
