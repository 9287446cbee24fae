from __future__ import annotations

import io
import json
import sys

import pytest
import typer

from dragoman import asking
from dragoman.cli import marked, relate
from dragoman.errors import ArticleError, ConfigError


class Echo:
    """Answers with the length of the text; cannot bear some words."""

    def answer(self, row):
        if "refuse" in row["text"]:
            raise ArticleError("cannot be answered", advice="write less")
        if "break" in row["text"]:
            raise RuntimeError("broke")
        return {"size": len(row["text"])}


def answered(question, *lines):
    out = io.BytesIO()
    source = io.BytesIO(b"".join(line + b"\n" for line in lines))
    counts = marked.answer_lines(question, Echo(), source, out)
    return [json.loads(line) for line in out.getvalue().splitlines()], counts


def test_same_lines_come_back_in_order_with_fields_added():
    lines = [json.dumps({"id": n, "text": "x" * n, "own": [n]}).encode() for n in range(1, 5)]
    rows, counts = answered("times", *lines)
    assert rows == [{"id": n, "text": "x" * n, "own": [n], "size": n} for n in range(1, 5)]
    assert list(rows[0]) == ["id", "text", "own", "size"]
    assert counts == (4, 0)


def test_line_that_cannot_be_answered_keeps_its_fields_and_its_place():
    rows, counts = answered(
        "claims",
        b'{"id": 1, "text": "refuse"}',
        b'{"id": 2, "text": "break"}',
        b"",
        b'{"id": 3, "text"',
        b"[1]",
        b'\xff\xfe"',
        b'{"id": 4}',
        b'{"id": 5, "text": 5}',
        b'{"id": 6, "text": "good"}',
    )
    assert [row.get("id") for row in rows] == [1, 2, None, None, None, 4, 5, 6]
    assert rows[0]["error"] == "cannot be answered (write less)"
    assert "RuntimeError" in rows[1]["error"]
    assert [row["line"] for row in rows[2:5]] == [4, 5, 6]
    assert rows[5]["error"] == "the field 'text' is missing"
    assert "not a string" in rows[6]["error"]
    assert rows[7] == {"id": 6, "text": "good", "size": 4}
    assert counts == (1, 7)


@pytest.mark.parametrize(
    "event",
    [None, 3, {}, {"start": 0}, {"start": 2, "end": 1}, {"start": 0, "end": 9}, {"start": -1, "end": 2},
     {"start": "0", "end": "2"}, {"start": True, "end": 2}],
)  # fmt: skip
def test_marks_outside_the_text_are_refused(event):
    rows, _ = answered("status", json.dumps({"text": "word", "event": event}).encode())
    assert "event" in rows[0]["error"]


def test_relation_with_one_side_null_is_answered():
    line = json.dumps({"text": "word", "source": {"start": 0, "end": 2}, "target": None}).encode()
    assert answered("relate", line)[0][0]["size"] == 4


@pytest.fixture
def echo(monkeypatch):
    monkeypatch.setattr(asking, "answerer", lambda *_, **__: Echo())


def test_answers_are_written_whole_to_a_file(echo, tmp_path, capsys):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"text": "ab"}\n')
    assert marked.answer_file("times", str(source), out) == 0
    assert out.read_text() == '{"text":"ab","size":2}\n'
    source.write_text('{"text": "ab"}\nnonsense\n')
    assert marked.answer_file("times", str(source), out) == 1
    assert "1 with an error" in capsys.readouterr().err
    source.write_text("nonsense\n")
    assert marked.answer_file("times", str(source), out) == 3


def test_standard_input_is_answered(echo, monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "ab"}\n')))
    assert marked.answer_file("times", "-", None) == 0


def test_missing_file_and_unwritable_output_are_refused(echo, tmp_path):
    with pytest.raises(ConfigError, match=r"gone\.jsonl"):
        marked.answer_file("times", str(tmp_path / "gone.jsonl"), None)
    source = tmp_path / "in.jsonl"
    source.write_text("{}\n")
    with pytest.raises(ConfigError, match="mkdir"):
        marked.answer_file("times", str(source), tmp_path / "no" / "out.jsonl")


def test_command_ends_with_the_exit_code(echo, tmp_path, capsys):
    with pytest.raises(typer.Exit) as ended:
        relate.relate(str(tmp_path / "gone.jsonl"))
    assert ended.value.exit_code == 2
    said = capsys.readouterr().err
    assert "gone.jsonl: can't be read: No such file" in said
    assert "what to do: check its name" in said
