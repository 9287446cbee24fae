from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import dragoman
from dragoman.cli import checkup
from dragoman.cli.main import COMMANDS, app
from dragoman.errors import ConfigError

NAMES = [(name,) for name, _, _ in COMMANDS] + [(), ("actors",), ("actors", "code")]
NAMES += [("codebook",), *(("codebook", name) for name in ("check", "show", "new"))]


@pytest.mark.parametrize("command", NAMES, ids=" ".join)
def test_help_of_every_command_has_examples_and_exit_codes(command):
    done = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "80"})
    assert done.exit_code == 0
    assert "Examples:\n" in done.output
    assert f"    dragoman {' '.join(command)}".rstrip() in done.output
    assert "Exit codes: 0 all went well" in done.output
    examples = done.output.split("Examples:")[1].split("\n\n")[0]
    assert max(len(line) for line in done.output.replace(examples, "").splitlines()) <= 80


def test_version_is_shown():
    assert CliRunner().invoke(app, ["--version"]).output == f"dragoman {dragoman.__version__}\n"


def test_schema_is_json_schema_of_the_record():
    done = CliRunner().invoke(app, ["schema"])
    assert done.exit_code == 0
    schema = json.loads(done.output)
    assert schema["$ref"] == "#/$defs/Document"


def loaded_after(statement):
    code = f"import sys\n{statement}\nprint(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


HEAVY = {"spacy", "numpy", "thinc", "pyarrow", "pandas", "polars", "trafilatura", "lxml", "yaml"}


@pytest.mark.parametrize(
    ("statement", "besides"),
    [
        ("import dragoman", {"typer", "rich"}),
        ("from dragoman import Article, Document", {"typer", "rich"}),
        ("import dragoman.running, dragoman.exporting.formats", {"typer", "rich"}),
        ("import dragoman.running.worker", {"typer", "rich"}),
        ("import dragoman.cli.main", {"rich"}),
    ],
)
def test_importing_loads_nothing_heavy(statement, besides):
    assert not (HEAVY | besides) & loaded_after(statement)


def test_fault_of_our_own_is_said_without_a_traceback(monkeypatch):
    monkeypatch.setattr("dragoman.model.schema", lambda: 1 / 0)
    done = CliRunner().invoke(app, ["schema"])
    assert done.exit_code == 70
    assert "ZeroDivisionError" in done.output
    assert "please report" in done.output
    monkeypatch.setenv("DRAGOMAN_TRACEBACK", "1")
    assert isinstance(CliRunner().invoke(app, ["schema"]).exception, ZeroDivisionError)


def test_checkup_goes_on_after_a_fault_and_says_what_to_do(monkeypatch):
    def fails(*_):
        raise ConfigError("no pipeline", advice="install one")

    monkeypatch.setattr(checkup, "check_pipeline", fails)
    monkeypatch.setattr(checkup, "check_codebook", lambda _: 1 / 0)
    monkeypatch.setattr(checkup, "check_coding", lambda *_: checkup.Finding(True, "fine"))
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 2
    assert "FAULT pipeline   no pipeline\n      what to do: install one" in done.output
    assert "FAULT codebook   ZeroDivisionError" in done.output
    assert "ok    memory" in done.output
    assert "2 to mend" in done.output


def test_checkup_without_faults_ends_well(monkeypatch):
    for name in ("check_pipeline", "check_codebook", "check_coding"):
        monkeypatch.setattr(checkup, name, lambda *_: checkup.Finding(True, "fine"))
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 0, done.output
    assert "everything is in order" in done.output
