"""The commands of a corpus with a fake coder: in this process, or as a program of its own.

As a program: `CODER` is the version of the coder, `BATCH` the number of articles that are committed
together, `DELAY` how long an article takes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dragoman import model
from dragoman.cli import add, coding, corrections, main, query
from dragoman.cli import adding as adding_command
from dragoman.corpus import adding
from running import fake

if TYPE_CHECKING:
    import typer


def app() -> typer.Typer:
    """Return the command line, with the commands of a corpus."""
    known = {command.name for command in main.app.registered_commands}
    for name, command in (("add", add.add), ("query", query.query), ("compare", query.compare)):
        if name not in known:
            main.app.command(name)(command)
    if "corrections" not in {group.name for group in main.app.registered_groups}:
        main.app.add_typer(corrections.app, name="corrections")
    return main.app


def put_in(set_attribute: Any, version: str = "0", marks: str = "", delay: float = 0.0) -> None:
    """Let a fake coder of some version code; `set_attribute` sets an attribute of a module."""
    plan = fake.Fake(marks=marks, delay=delay)
    info = model.CoderInfo(version=version, codebook="fake", models={})
    set_attribute(fake, "INFO", info)
    set_attribute(coding, "prepared", lambda request: (plan, plan.build() if request.workers == 1 else None))
    set_attribute(coding, "coder_settings", lambda request: {"codebook": "fake"})
    set_attribute(adding_command, "info_of", lambda coder, plan: info)


if __name__ == "__main__":
    put_in(setattr, os.environ.get("CODER", "0"), delay=float(os.environ.get("DELAY", "0")))
    adding.BATCH_ARTICLES = int(os.environ.get("BATCH", adding.BATCH_ARTICLES))
    app()(prog_name="dragoman")
