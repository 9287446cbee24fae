from __future__ import annotations

import re
from pathlib import Path

from dragoman.cli import exits
from dragoman.cli.main import COMMANDS
from dragoman.exporting.rows import COLUMNS

DOCS = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_column_and_no_other_is_documented():
    table = DOCS.split("| column | meaning |")[1].split("\n\n")[0]
    named = [name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert tuple(named) == COLUMNS


def test_every_exit_code_is_documented():
    codes = {exits.OK, exits.SOME_PROBLEMS, exits.WRONG_USE, exits.NOTHING_DONE, exits.OUR_FAULT,
             exits.INTERRUPTED, exits.READER_GONE}  # fmt: skip
    table = DOCS.split("| code | meaning |")[1]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.M)} == codes
    assert {int(code) for code in re.findall(r"\b\d+\b", exits.EPILOG)} == codes


def test_every_command_is_documented():
    for name, _, _ in COMMANDS:
        assert f"`{name}`" in DOCS or f"dragoman {name}" in DOCS
