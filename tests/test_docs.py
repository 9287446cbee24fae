"""The documents say what is: their Python runs, their commands and options exist, and none is left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from docs.demo import MARK, README, excerpt, with_demo
from typer.main import get_command

from dragoman import coder as coder_module
from dragoman.cli import exits
from dragoman.cli.main import app
from dragoman.exporting.rows import COLUMNS
from support import coder

ROOT = Path(__file__).parent.parent
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def commands(group: Any, before: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Return every command by its words: ("actors", "code")."""
    found: dict[tuple[str, ...], Any] = {}
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= commands(command, (*before, name))
        else:
            found[(*before, name)] = command
    return found


COMMANDS = commands(get_command(app))


def options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name[0] == "-"} | {"--help"}


ALL_OPTIONS = {"--version"}.union(*(options(command) for command in COMMANDS.values()))


def one_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every `Coder()` of the snippets be the one of all tests: building one takes a second."""
    built = coder()
    monkeypatch.setattr(coder_module, "Coder", lambda: built)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_of_the_documents_runs(page, monkeypatch, capsys):
    pieces = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    monkeypatch.chdir(ROOT)
    one_coder(monkeypatch)
    shared: dict[str, object] = {}
    for piece in pieces:  # as a reader would run them, one after the other
        exec(compile(piece, str(page), "exec"), shared)
    assert bool(pieces) == (page.name in {"README.md", "python.md"})
    assert "failed" not in capsys.readouterr().out


def test_comments_on_what_is_printed_are_true(monkeypatch, capsys):
    pieces = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/python.md").read_text("utf-8"), re.M | re.S)
    one_coder(monkeypatch)
    exec(pieces[0], {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["SANCTION expel occurred", "['KEN']", "expelled"]


def code_of(page: Path) -> str:
    """Return what stands in shell blocks, in indented blocks, and between backticks on one line."""
    text = page.read_text("utf-8")
    blocks = [body for kind, body in re.findall(r"^```(\w*)\n(.*?)^```", text, re.M | re.S) if kind == "sh"]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    indented = re.findall(r"^    .+$", prose, re.M)
    return "\n".join([*blocks, *indented, *re.findall(r"`([^`\n]+)`", prose)])


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_and_options_of_the_documents_exist(page):
    code = code_of(page)
    for line in re.findall(r"(?<![\w-])dragoman ([a-z][^\n|#]*)", code):
        words = line.split()
        name = tuple(words[:2]) if words[0] in ("actors", "codebook", "corrections") else (words[0],)
        assert name in COMMANDS, line
        used = {word.partition("=")[0] for word in words if re.fullmatch(r"-\w|--[a-z-]+(=.*)?", word)}
        assert used <= options(COMMANDS[name]), line
    if page.name == "commands.md":
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", code)) <= ALL_OPTIONS


def test_every_command_and_every_option_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"dragoman {' '.join(name)}" not in text] == []
    assert sorted(name for name in ALL_OPTIONS if not re.search(rf"(?<![\w-]){name}(?![\w-])", text)) == []


def table_under(head: str) -> str:
    return (ROOT / "docs" / "commands.md").read_text("utf-8").split(head)[1].split("\n\n")[0]


def test_every_column_and_no_other_is_documented():
    rows = table_under("| column | meaning |").splitlines()[2:]
    assert tuple(name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])) == COLUMNS


def test_every_exit_code_is_documented():
    codes = {exits.OK, exits.SOME_PROBLEMS, exits.WRONG_USE, exits.NOTHING_DONE, exits.OUR_FAULT,
             exits.INTERRUPTED, exits.READER_GONE}  # fmt: skip
    table = table_under("| code | meaning |")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.M)} == codes
    assert {int(code) for code in re.findall(r"\b\d+\b", exits.EPILOG)} == codes


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_between_documents_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_the_readme_shows_what_the_view_says_today():
    readme = README.read_text("utf-8")
    assert readme == with_demo(readme, excerpt(coder())), "run `make readme`"
    assert len(readme.split(MARK)[1].strip().splitlines()) <= 40
