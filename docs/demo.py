"""Writes the piece of the readable view that the README shows: `make readme`, or `python docs/demo.py`.

A test compares the README with what this gives, so that it shows what dragoman says today.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from dragoman import Coder
from dragoman.cli.view import View
from dragoman.model import Article
from dragoman.reading import read

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
MARK = "<!-- demo -->"
ARTICLES = "examples/articles.jsonl"
WIDTH = 92
MOST_LINES = 40


def excerpt(coder: Coder) -> str:
    """Return the command, and of its first article the first and last event and the process, fenced."""
    article = next(a for a in read([str(ROOT / ARTICLES)]) if isinstance(a, Article))
    out = io.StringIO()
    view = View(Console(file=out, width=WIDTH, highlight=False, emoji=False, markup=False))
    view.document(coder.code(article), f"{ARTICLES}:1")
    blocks = out.getvalue().strip("\n").split("\n\n")
    heading, *rest = (block.splitlines() for block in blocks)
    events = [block for block in rest if block[0][0] == "e" and block[0][1].isdigit()]
    process = next(block for block in rest if block not in events)
    lines = [
        f"$ dragoman code {ARTICLES}",
        *heading,
        "",
        *events[0],
        "",
        "[...]",
        "",
        *events[-1],
        "",
        *process,
    ]
    return "\n".join(["```text", *lines[:MOST_LINES], "```"])


def with_demo(readme: str, demo: str) -> str:
    """Return the README with this demo between the first and the second mark."""
    before, *others = readme.split(MARK)
    if len(others) != 2:
        raise SystemExit(f"README.md must hold {MARK} twice, around the demo")
    return f"{before}{MARK}\n{demo}\n{MARK}{others[1]}"


if __name__ == "__main__":
    README.write_text(with_demo(README.read_text("utf-8"), excerpt(Coder())), encoding="utf-8")
