from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from typer.testing import CliRunner

from cli import fake_corpus

TESTS = str(Path(__file__).parent.parent)


class Done(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command line with a fake coder in this process."""
    monkeypatch.chdir(tmp_path)

    def call(*args, stdin=b"", coder="0", delay=0.0):
        fake_corpus.put_in(monkeypatch.setattr, coder, str(tmp_path), delay)
        done = CliRunner().invoke(fake_corpus.app(), list(map(str, args)), input=stdin, env={"NO_COLOR": "1"})
        return Done(done.exit_code, done.stdout_bytes, done.stderr_bytes)

    return call


def started(tmp_path, *args, **environment):
    """Start the command line with a fake coder in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "cli.fake_corpus", *args],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": TESTS, "NO_COLOR": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def rows(path, sql):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def dump(path):
    names = [name for (name,) in rows(path, "SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    return {n: sorted(map(repr, rows(path, f'FROM "{n}"'))) for n in names if n != "runs"}


STORIES = [f"Chad met Niger{'abcdefghijkl'[n]}. Mali attacked Togo." for n in range(12)]


def test_add_codes_stores_and_says_what_it_did(run, news, tmp_path):
    done = run("add", "c", news("Chad met Niger.", "Nobody came.", "Mali attacked Togo."))
    assert done.returncode == 0, done.stderr
    assert b"3 articles added, 0 unchanged, 2 events, 1 article without events, 0 problems" in done.stderr
    assert rows(tmp_path / "c", "SELECT article, origin FROM articles ORDER BY 1")[0] == (
        "a0", str(tmp_path / "news.jsonl") + ":1",
    )  # fmt: skip
    before = dump(tmp_path / "c")
    again = run("add", "c", "news.jsonl")
    assert again.returncode == 0
    assert b"0 articles added, 3 unchanged, 0 events" in again.stderr
    assert dump(tmp_path / "c") == before


def test_an_article_that_is_there_is_not_coded_again(run, news, tmp_path):
    run("add", "c", news(*STORIES))
    begun = time.monotonic()
    assert run("add", "c", "news.jsonl", delay=5.0).returncode == 0
    assert time.monotonic() - begun < 40


def test_the_same_id_with_other_content_is_listed(run, news, tmp_path):
    run("add", "c", news("Chad met Niger."))
    done = run("add", "c", news("Chad attacked Niger.", "Mali met Togo.", name="other.jsonl"))
    assert done.returncode == 1
    assert b"other.jsonl:1: the corpus holds another article with the id 'a0'" in done.stderr
    assert b"1 article added" in done.stderr
    [problem] = map(json.loads, (tmp_path / "c.problems.jsonl").read_text().splitlines())
    assert (problem["id"], problem["error"]["kind"]) == ("a0", "CorpusError")
    assert rows(tmp_path / "c", "SELECT text FROM articles WHERE article = 'a0'") == [("Chad met Niger.",)]


def test_the_same_article_twice_in_the_inputs_is_one_article(run, news, tmp_path):
    news("Chad met Niger.", name="one.jsonl")
    news("Chad met Niger.", name="two.jsonl")
    done = run("add", "c", "one.jsonl", "two.jsonl", "one.jsonl")
    assert done.returncode == 0
    assert b"1 article added, 2 unchanged" in done.stderr


def test_problems_of_reading_and_coding_are_listed(run, news, tmp_path):
    news("RAISE", "Chad met Niger.")
    with (tmp_path / "news.jsonl").open("a") as file:
        file.write("not json\n")
    done = run("add", "c", "news.jsonl", "missing.jsonl")
    assert done.returncode == 1
    for words in (b"cannot bear a0", b"news.jsonl:3: not valid JSON", b"missing.jsonl: no such file"):
        assert words in done.stderr
    assert b"1 article added" in done.stderr
    assert len((tmp_path / "c.problems.jsonl").read_text().splitlines()) == 3


def test_nothing_found_is_said(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("add", "c", "empty").returncode == 3
    assert run("add", "c").returncode == 2
    assert run("add", "c", "empty", "--workers", "0").returncode == 2
    assert run("add", "c", "empty", "--date", "yesterday").returncode == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_records_of_coded_articles_are_added_without_coding(run, news, tmp_path, workers):
    run("code", news(*STORIES, "RAISE"), "-o", "records.jsonl", "--documents")
    assert run("add", "one", "records.jsonl", "-q").returncode == 1, "one line says that coding failed"
    assert run("add", "two", "news.jsonl", "--workers", workers).returncode == 1
    columns = "SELECT * EXCLUDE (origin) FROM articles ORDER BY article"
    assert rows(tmp_path / "one", columns) == rows(tmp_path / "two", columns)
    one, two = dump(tmp_path / "one"), dump(tmp_path / "two")
    del one["articles"], two["articles"]
    assert one == two
    assert run("add", "two", "records.jsonl").stderr.startswith(b"0 articles added, 12 unchanged")


def test_records_come_also_from_standard_input_and_from_gzip(run, news, tmp_path):
    import gzip

    run("code", news("Chad met Niger.", "Mali met Togo."), "-o", "records.jsonl", "--documents")
    data = (tmp_path / "records.jsonl").read_bytes()
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(data))
    assert run("add", "c", "-", "--input-format", "records", stdin=data).stderr.startswith(
        b"2 articles added"
    )
    assert run("add", "c", "r.jsonl.gz").stderr.startswith(b"0 articles added, 2 unchanged")
    faulty = run("add", "c", "-", "--input-format", "records", stdin=b'{"id": 1}\n' + data)
    assert faulty.returncode == 1
    assert b"standard input:1: this is no record" in faulty.stderr


def test_another_coder_version_codes_into_a_run_of_its_own(run, news, tmp_path):
    run("add", "c", news(*STORIES[:4]))
    news(*STORIES[:2], "Peru met Cuba.", name="more.jsonl")
    (tmp_path / "more.jsonl").write_text((tmp_path / "more.jsonl").read_text().replace('"a2"', '"b2"'))
    done = run("add", "c", "more.jsonl", coder="1")
    assert b"1 article added, 2 coded anew, 0 unchanged" in done.stderr
    assert b"run 2 (dragoman 1, fake) holds 3 of 5 articles, and run 1 is shown; --recode" in done.stderr
    done = run("add", "c", "--recode", coder="1")
    assert done.returncode == 0, done.stderr
    assert b"0 articles added, 2 coded anew" in done.stderr
    assert rows(tmp_path / "c", "SELECT run, latest FROM runs ORDER BY 1") == [(1, False), (2, True)]
    assert rows(tmp_path / "c", "SELECT run, count(*) FROM records GROUP BY 1 ORDER BY 1") == [(1, 4), (2, 5)]
    done = run("compare", "c")
    assert done.returncode == 0
    assert b"run 1 to run 2: 0 added, 0 lost, 0 changed" in done.stderr


def test_a_killed_addition_loses_nothing_and_doubles_nothing(run, news, tmp_path):
    news(*STORIES[:6], f"PRINT {STORIES[6]}", *STORIES[7:])
    process = started(tmp_path, "add", "killed", "news.jsonl", DELAY="0.2", BATCH="2")
    assert process.stdout is not None
    assert process.stdout.readline() == b"noise on standard output\n"  # the seventh article is being coded
    process.kill()
    process.communicate()
    run("query", "killed", "select 1")
    with duckdb.connect(str(tmp_path / "killed")) as connection:
        number = connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]
        assert connection.execute("SELECT count(DISTINCT article) FROM records").fetchall() == [(number,)]
    assert number == 6
    done = run("add", "killed", "news.jsonl")
    assert done.stderr.startswith(f"{12 - number} articles added, {number} unchanged".encode())
    run("add", "whole", "news.jsonl")
    assert dump(tmp_path / "killed") == dump(tmp_path / "whole")


def test_an_interrupted_addition_says_how_to_go_on(run, news, tmp_path):
    news(*STORIES[:3], f"PRINT {STORIES[3]}", *STORIES[4:])
    process = started(tmp_path, "add", "c", "news.jsonl", DELAY="0.2")
    assert process.stdout is not None
    assert process.stdout.readline() == b"noise on standard output\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"dragoman: interrupted after " in said
    assert b"; the same command goes on from there" in said
    assert run("add", "c", "news.jsonl").returncode == 0
    run("add", "whole", "news.jsonl")
    assert dump(tmp_path / "c") == dump(tmp_path / "whole")


def test_a_corpus_in_use_is_refused_with_advice(run, news, tmp_path):
    run("add", "c", news("Chad met Niger."))
    with duckdb.connect(str(tmp_path / "c")):
        process = started(tmp_path, "query", "c", "select 1")
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert b"another process has the corpus open" in said


@pytest.fixture
def filled(run, news, tmp_path):
    run("add", "c", news('Chad met Niger, "at last".', "Mali attacked Togo."))
    return tmp_path / "c"


def test_query_writes_csv_into_a_pipe(run, filled):
    done = run(
        "query",
        "c",
        "select article, text, null as empty, contexts from events_now join articles using (article) order by 1",
    )
    assert done.returncode == 0
    assert list(csv.reader(io.StringIO(done.stdout.decode()))) == [
        ["article", "text", "empty", "contexts"],
        ["a0", 'Chad met Niger, "at last".', "", '["military"]'],
        ["a1", "Mali attacked Togo.", "", '["military"]'],
    ]


def test_query_writes_jsonl_and_reads_standard_input(run, filled):
    done = run(
        "query",
        "c",
        "-",
        "--format",
        "jsonl",
        stdin=b"select type, date, contexts from events_now order by 1",
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"type": "ASSAULT", "date": "2020-07-14", "contexts": ["military"]},
        {"type": "CONSULT", "date": "2020-07-14", "contexts": ["military"]},
    ]


def test_query_writes_files_by_their_ending(run, filled, tmp_path):
    import pyarrow.parquet as pq

    for name in ("e.parquet", "e.csv", "e.jsonl"):
        assert run("query", "c", "from events_now", "-o", name).returncode == 0
    table = pq.read_table(tmp_path / "e.parquet")
    assert table.num_rows == 2
    assert str(table.schema.field("date").type) == "date32[day]"
    assert len((tmp_path / "e.csv").read_text().splitlines()) == 3
    assert len((tmp_path / "e.jsonl").read_text().splitlines()) == 2
    assert run("query", "c", "from events_now", "-o", "e.xlsx").returncode == 2
    assert run("query", "c", "from events_now", "--format", "parquet").returncode == 2


def test_query_shows_a_table(run, filled):
    done = run("query", "c", "select type, confidence from events_now order by 1", "--format", "table")
    lines = done.stdout.decode().splitlines()
    assert lines[0].split() == ["type", "┃", "confidence"] or "type" in lines[0]
    assert any("ASSAULT" in line and "0.9" in line for line in lines)
    assert b"no rows" in run("query", "c", "from disputes", "--format", "table").stderr


def test_a_faulty_query_is_an_error_with_the_message_of_the_database(run, filled, tmp_path):
    done = run("query", "c", "select colour from events_now", "-o", "x.csv")
    assert done.returncode == 2
    assert b"colour" in done.stderr
    assert b"docs/corpus.md" in done.stderr
    assert not list(tmp_path.glob("x.csv*"))
    assert run("query", "c", "delete from articles").returncode == 2
    assert run("query", "c", "  ").returncode == 2
    assert run("query", "none", "select 1").returncode == 2


def test_a_query_is_stopped_after_its_time(run, filled):
    sql = "select sum(hash(a.range + b.range)) from range(1000000) a, range(1000000) b"
    done = run("query", "c", sql, "--time-limit", "0.3")
    assert done.returncode == 2
    assert b"longer than 0.3 seconds" in done.stderr


def test_corrections_are_listed_exported_imported_and_undone(run, filled, tmp_path):
    target = rows(filled, "SELECT anchor FROM events WHERE article = 'a1'")[0][0]
    lines = [{"action": "reject", "subject": "event", "target": target, "author": "ada", "note": "no\nattack"},
             {"action": "edit", "subject": "event", "target": target, "field": "status", "value": "denied"},
             {"action": "shout", "subject": "event", "target": target}]  # fmt: skip
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = run("corrections", "import", "c", "in.jsonl")
    assert done.returncode == 1
    assert b"2 corrections taken in, 1 problems" in done.stderr
    assert b"in.jsonl:3" in done.stderr
    listed = run("corrections", "list", "c").stdout.decode().splitlines()
    assert len(listed) == 2
    assert "ada  reject  ASSAULT on 'attacked' in 'a1'  (no attack)" in listed[0]
    assert 'status = "denied"' in listed[1]
    assert run("query", "c", "select count(*) from events_now").stdout == b"count_star()\n1\n"
    assert run("corrections", "export", "c", "out.jsonl").returncode == 0
    assert run("corrections", "export", "c").stdout == (tmp_path / "out.jsonl").read_bytes()
    [gold] = map(json.loads, run("corrections", "export", "c", "--gold").stdout.splitlines())
    assert gold["label"]["type"] is None
    assert run("corrections", "undo", "c", listed[0].split()[0]).returncode == 0
    assert len(run("corrections", "list", "c").stdout.splitlines()) == 1
    assert len(run("corrections", "list", "c", "--undone").stdout.splitlines()) == 2
    [gold] = map(json.loads, run("corrections", "export", "c", "--gold").stdout.splitlines())
    assert (gold["label"]["type"], gold["label"]["status"]) == ("ASSAULT", "denied")
    assert run("corrections", "undo", "c", "nothing").returncode == 2
    assert run("corrections", "import", "c", "missing.jsonl").returncode == 2


def test_gold_data_can_be_asked_about_again(run, filled, tmp_path):
    target = rows(filled, "SELECT anchor FROM events WHERE article = 'a1'")[0][0]
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"action": "accept", "subject": "event", "target": target}) + "\n"
    )
    run("corrections", "import", "c", "in.jsonl")
    [line] = map(json.loads, run("corrections", "export", "c", "--gold").stdout.splitlines())
    from dragoman.cli.marked import check_row

    check_row("relate", line)
    assert line["text"][line["source"]["start"] : line["source"]["end"]] == "Mali"


def test_corrections_that_find_nothing_are_said_after_coding_anew(run, filled, news, tmp_path):
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"action": "accept", "subject": "event", "target": "gone"}) + "\n"
    )
    done = run("corrections", "import", "c", "in.jsonl")
    assert b"1 corrections find nothing" in done.stderr
    done = run("add", "c", "--recode", coder="1")
    assert b"finds nothing: no run has this coding" in done.stderr
    assert b"no run has this coding" in run("corrections", "list", "c", "--unmatched").stdout
