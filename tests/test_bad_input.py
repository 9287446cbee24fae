"""Bad input through the real command and coder: said with file and line, and nothing else is lost."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import coding
from dragoman.cli.main import app
from support import coder

GOOD = "Kenya expelled two Ugandan diplomats on Monday."
ARABIC = "التقى وزير خارجية مصر نظيره السوداني في القاهرة يوم الاثنين وبحثا مسألة سد النهضة والحدود."
CHINESE = "中国外交部长星期一在北京会见了法国外交部长，双方讨论了贸易问题和气候变化问题。"
HUGE = b"a" * 50_000_000


def line(number: int, text: str = GOOD, **more: str) -> str:
    return json.dumps({"id": f"a{number}", "date": "2021-03-03", "text": text, **more})


def ten_lines(seventh: str) -> bytes:
    lines = [line(n) for n in range(1, 11)]
    lines[6] = seventh
    return "\n".join(lines).encode()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command in a folder that holds a good article; one coder serves all tests."""
    monkeypatch.setattr(coding, "prepared", lambda request: (coder().plan, coder()))
    monkeypatch.chdir(tmp_path)
    Path("good.jsonl").write_text(line(0) + "\n")

    def command(*args: object):
        done = CliRunner().invoke(app, list(map(str, args)), env={"COLUMNS": "100"})
        assert "Traceback" not in done.output
        return done

    return command


def records(path: str = "out.jsonl") -> list[dict]:
    return [json.loads(row) for row in Path(path).read_text("utf-8").splitlines()]


# What can't be read: file, content, the place that the message names, some of its words, other articles.
UNREADABLE = [
    ("empty.txt", b"", "empty.txt", "the file is empty", 0),
    ("empty.parquet", b"", "empty.parquet", "the file is empty", 0),
    ("binary.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary.txt", "not a text", 0),
    ("binary.jsonl", bytes(range(256)) * 8, "binary.jsonl", "not a text", 0),
    ("huge.txt", HUGE, "huge.txt", "50,000,000", 0),
    ("huge.jsonl", b'{"text":"' + HUGE + b'"}\n' + line(1).encode(), "huge.jsonl:1", "50,000,0", 1),
    ("broken.jsonl", ten_lines('{"id": "a7", "text": "Kenya'), "broken.jsonl:7", "not valid JSON", 9),
    ("empty-text.jsonl", ten_lines(line(7, " ")), "empty-text.jsonl:7", "empty", 9),
    ("words.csv", b"id,when,words\n1,2020-07-14,hello\n", "words.csv", "no column", 0),
    ("empty.html", b"<html><body><script>var a = 1;</script></body></html>", "empty.html", "main text", 0),
    ("folder/a.docx", b"PK\x03\x04", "folder", "no file that can be read", 0),
]


@pytest.mark.parametrize(("name", "data", "place", "words", "others"), UNREADABLE, ids=lambda v: str(v)[:20])
def test_unreadable_input_is_named_and_the_other_articles_come(run, name, data, place, words, others):
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    done = run("code", path.parts[0], "good.jsonl", "-o", "out.jsonl", "--documents")
    assert done.exit_code == 1, done.output
    said = [row for row in done.stderr.splitlines() if row.startswith(f"  {place}: ")]
    assert len(said) == 1, done.stderr
    assert words in said[0]
    found = records()
    assert len(found) == others + 1
    assert found[-1]["id"] == "a0"
    assert all(record["events"] for record in found)
    assert [row["origin"] for row in records("out.jsonl.problems.jsonl")] == [place]


# What can be read but is odd: file, content, the place that the note names, some of its words.
ODD = [
    ("dates.jsonl", ten_lines(line(7, date="Blursday")), "dates.jsonl:7", "'Blursday' is not understood"),
    ("dates.csv", f'text,date\n"{GOOD}",2021-02-31\n'.encode(), "dates.csv:2", "2021-02-31"),
    ("ids.jsonl", ten_lines(line(3)), "ids.jsonl:7", "this article is a3-2"),
    ("latin.txt", f"{GOOD} “Adiós, señor”, dijo él a José.".encode("cp1252"), "latin.txt", "not UTF-8"),
    ("bell.txt", f"{GOOD}\x07\x00 It rang.".encode(), "bell.txt", "2 control character(s)"),
]


@pytest.mark.parametrize(("name", "data", "place", "words"), ODD, ids=lambda value: str(value)[:20])
def test_odd_input_is_coded_and_the_oddity_is_noted_with_its_place(run, name, data, place, words):
    Path(name).write_bytes(data)
    done = run("code", name, "good.jsonl", "-o", "out.jsonl", "--documents")
    assert done.exit_code == 0, done.output
    said = [row for row in done.stderr.splitlines() if row.startswith(f"  note: {place}: ")]
    assert len(said) == 1, done.stderr
    assert words in said[0]
    found = records()
    assert len(found) == (11 if name.endswith("jsonl") else 2)
    assert all(record["events"] for record in found)
    assert sum(words in " ".join(record["warnings"]) for record in found) == 1


def test_articles_without_a_date_are_counted_in_one_note(run):
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(GOOD)
    done = run("code", "a.txt", "b.txt", "good.jsonl", "-o", "out.csv")
    assert "  note: 2 articles have no publication date" in done.stderr
    assert "note" not in run("code", "a.txt", "b.txt", "--overwrite", "-o", "out.csv", "--quiet").stderr


@pytest.mark.parametrize("out", ["missing/out.jsonl", "folder", "good.jsonl/out.jsonl"])
def test_output_that_cannot_be_written_is_said_before_any_work(run, out):
    Path("folder").mkdir()
    done = run("code", "good.jsonl", "-o", out, "--format", "jsonl")
    assert done.exit_code == 2
    assert out.partition("/")[0] in done.stderr
    assert "what to do: " in done.stderr
    assert done.stdout == ""


def test_only_unreadable_input_is_exit_code_3(run):
    Path("empty.txt").write_bytes(b"")
    assert run("code", "empty.txt").exit_code == 3
    done = run("code", "nowhere.txt")
    assert (done.exit_code, "nowhere.txt: no such file" in done.stderr) == (3, True)


def test_address_is_refused_because_nothing_goes_over_a_network(run):
    done = run("code", "https://example.org/a.html", "good.jsonl")
    assert done.exit_code == 1
    assert "  https://example.org/a.html: this is an address" in done.stderr


@pytest.mark.parametrize(("name", "place"), [("rows.csv", "rows.csv"), ("rows.jsonl", "rows.jsonl:1")])
def test_named_field_that_is_not_there_is_said(run, name, place):
    Path("rows.csv").write_text(f"text,key\n{GOOD},k1\n")
    Path("rows.jsonl").write_text(line(1) + "\n")
    done = run("code", name, "--text-field", "body")
    assert done.exit_code == 3
    assert f"  {place}: there is no " in done.stderr
    assert "'body'" in done.stderr
    done = run("code", name, "--id-field", "number")
    assert done.exit_code == 0
    assert "there is no field 'number'; the id is a hash of the content" in done.stderr


# ---- why there is no event ---------------------------------------------------------------------------------

WHY_NONE = [
    ("ar.txt", ARABIC, "the text is in another language (ar); dragoman reads English"),
    ("zh.txt", CHINESE, "the text is in another language (zh); dragoman reads English"),
    ("cake.txt", "The cake was sweet and the weather was fine all day long.", "no known actor is named"),
    ("words.txt", "Kenya is a country by the sea. Many animals live in it.", "no sentence has both"),
    ("opinion.txt", "Kenya said that the world was a dangerous place.", "only statements and opinions"),
]


@pytest.mark.parametrize(("name", "text", "reason"), WHY_NONE, ids=lambda value: str(value)[:20])
def test_articles_without_an_event_say_why(run, name, text, reason):
    Path(name).write_text(text, encoding="utf-8")
    done = run("code", name, "good.jsonl", "--why-none", "--date", "2021-03-03")
    assert done.exit_code == 0, done.output
    (said,) = done.stdout.splitlines()
    assert said.startswith(f"{name}: no event: ")
    assert reason in said


# ---- odd texts through the coder ---------------------------------------------------------------------------


def test_sentence_of_five_thousand_tokens_is_coded_and_costs_nothing_else(run):
    endless = "Kenya met Uganda and " + "the very old and quite " * 1000 + "tired envoy slept"
    Path("long.jsonl").write_text(line(1, f"{endless}.\n\n{GOOD}") + "\n")
    done = run("code", "long.jsonl", "good.jsonl", "-o", "out.jsonl", "--documents")
    assert done.exit_code == 0, done.output
    long, good = records()
    assert "was not parsed" in " ".join(long["warnings"])
    assert "expelled" in {words(long, event["trigger"]) for event in long["events"]}
    assert good["events"]


def words(record: dict, span: dict) -> str:
    return record["text"][span["start"] : span["end"]]


MARKS = [
    "😀🚀 ",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} ",
    "e\u0301e\u0301 ",
    "\U0001f1f0\U0001f1ea ",
    "\ufeff\u200b ",
    "\u202edesrever\u202c. ",
]


@pytest.mark.parametrize("before", MARKS, ids=lambda v: "+".join(unicodedata.name(c, "?") for c in v[:2]))
def test_offsets_count_code_points_after_emoji_and_combining_characters(before):
    text = f"{before}It rained.\r\n\r\n{before}\n\n{GOOD} {before}"
    record = coder().code(text, date="2021-03-03").to_dict()
    assert record["text"] == text
    (event,) = record["events"]
    assert words(record, event["trigger"]) == "expelled"
    assert [words(record, party) for party in event["actors"]] == ["Kenya"]
    assert "Ugandan" in words(record, event["recipients"][0])
    assert "Monday" in [words(record, timex) for timex in record["times"]]
