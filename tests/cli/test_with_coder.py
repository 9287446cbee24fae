"""The commands with the real coder: a few sentences through each."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app

TEXT = (
    "Kenya's foreign minister met Ugandan officials in Kampala on Monday. "
    "On Friday, Tanzania condemned the talks, saying that Kenya had not been asked to mediate.\n"
)


def run(*args, stdin=None):
    return CliRunner().invoke(app, list(map(str, args)), input=stdin, env={"COLUMNS": "80"})


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "talks.txt"
    path.write_text(TEXT)
    return path


def test_article_is_viewed_and_explained(article):
    viewed = run("code", article, "--date", "2021-03-03", "--view")
    assert viewed.exit_code == 0, viewed.output
    assert "CONSULT" in viewed.output
    assert "Kenya" in viewed.output
    assert max(map(len, viewed.stdout.splitlines())) <= 80
    explained = run("explain", article, "1", "--date", "2021-03-03")
    assert explained.exit_code == 0, explained.output
    assert "decided by" in explained.output
    assert "words: “" in explained.output


def test_records_of_a_run_can_be_explained(article, tmp_path):
    out = tmp_path / "records.jsonl"
    assert run("code", article, "--date", "2021-03-03", "-o", out, "--documents").exit_code == 0
    explained = run("explain", out, "1")
    assert explained.exit_code == 0, explained.output
    assert "decided by" in explained.output
    assert run("explain", out, "99").exit_code == 2


def test_two_workers_give_the_bytes_of_one(article, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Peru and Chile signed a border treaty on 3 May 2019.\n")
    for workers in (1, 2):
        out = tmp_path / f"{workers}.jsonl"
        done = run("code", article, other, "--date", "2021-03-03", "-o", out, "--documents",
                   "--workers", workers)  # fmt: skip
        assert done.exit_code == 0, done.output
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_missing_pipeline_is_said_with_advice(article):
    done = run("code", article, "--pipeline", "xx_no_such")
    assert done.exit_code == 2
    assert "what to do" in done.output


@pytest.mark.parametrize(
    ("command", "row", "field"),
    [
        (["relate"], {"text": "Kenya thanked Uganda.", "source": {"start": 0, "end": 5},
                      "target": {"start": 14, "end": 20}}, "ranking"),
        (["status"], {"text": "Kenya may attack.", "event": {"start": 10, "end": 16}}, "status"),
        (["times"], {"text": "They met on Monday.", "date": "2021-03-03"}, "times"),
        (["claims"], {"text": "Kenya said that Uganda had attacked.", "date": None}, "attributions"),
        (["actors", "code"], {"phrase": "Kenya's foreign minister", "context": None}, "country"),
    ],
)  # fmt: skip
def test_marked_words_are_answered(command, row, field):
    done = run(*command, "-", stdin=json.dumps({"id": 1, **row}) + "\n")
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert field in answer
    assert {key: answer[key] for key in row if key != "date"} == {k: v for k, v in row.items() if k != "date"}


def test_installation_is_in_order():
    done = run("doctor")
    assert done.exit_code == 0, done.output
