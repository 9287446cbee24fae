from __future__ import annotations

import contextlib
import csv
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dragoman.model import Document

TESTS = str(Path(__file__).parent.parent)
MET = "Chad met Niger on the border today and they talked of trade."
NONE = "The weather was fine in the whole of the country for many days."


def table(data):
    return [json.loads(line) for line in data.splitlines()]


def test_events_go_to_a_pipe_as_json_lines(dragoman, news):
    done = dragoman("code", news(MET, NONE))
    assert done.returncode == 0
    assert [(r["article_id"], r["type"], r["actors"]) for r in table(done.stdout)] == [
        ("a0", "CONSULT", "Chad; Niger")
    ]
    assert done.stderr.decode().strip() == "2 articles, 1 event, 1 article without events, 0 problems"


def test_whole_records_go_to_a_pipe_when_asked(dragoman, news):
    done = dragoman("code", news(MET, NONE), "--documents")
    assert [Document.from_json(line).id for line in done.stdout.splitlines()] == ["a0", "a1"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_table_is_written_in_the_format_of_its_ending(dragoman, news, tmp_path, name):
    done = dragoman("code", news(MET, MET, NONE), "-o", name)
    assert done.returncode == 0, done.stderr
    out = tmp_path / name
    if name.endswith("csv"):
        with out.open(newline="") as cells:
            rows = list(csv.DictReader(cells))
    else:
        rows = pq.read_table(out).to_pylist() if name.endswith("parquet") else table(out.read_bytes())
    assert [row["article_id"] for row in rows] == ["a0", "a1"]
    assert {row["trigger"] for row in rows} == {"met"}
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["news.jsonl", name])


def test_output_is_the_same_for_any_number_of_workers(dragoman, news, tmp_path):
    inputs = news(*[f"Chad met Niger{n} today to talk about trade." for n in range(20)], "RAISE this one")
    for workers in (1, 2, 3):
        done = dragoman("code", inputs, "-o", f"{workers}.jsonl", "--documents", "--workers", workers)
        assert done.returncode == 1
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "3.jsonl").read_bytes()


def test_article_that_fails_has_its_place_in_the_records_and_in_the_problems(dragoman, news, tmp_path):
    done = dragoman("code", news(MET, "RAISE this one", MET), "-o", "out.jsonl", "--documents")
    assert done.returncode == 1
    lines = table((tmp_path / "out.jsonl").read_bytes())
    assert [line["id"] for line in lines] == ["a0", "a1", "a2"]
    assert lines[1]["error"]["kind"] == "ValueError"
    problems = table((tmp_path / "out.jsonl.problems.jsonl").read_bytes())
    assert [(p["id"], p["origin"]) for p in problems] == [("a1", f"{tmp_path}/news.jsonl:2")]
    assert b"news.jsonl:2: ValueError: cannot bear a1" in done.stderr


def test_broken_line_is_named_and_the_others_are_coded(dragoman, news, tmp_path):
    inputs = news(*[MET] * 9)
    lines = inputs.read_text().splitlines()
    inputs.write_text("\n".join([*lines[:6], '{"id": "broken', *lines[6:]]) + "\n")
    done = dragoman("code", inputs)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 9
    assert b"news.jsonl:7" in done.stderr
    assert b"1 problem" in done.stderr


def test_killed_worker_loses_nothing(dragoman, news):
    done = dragoman("code", news(MET, f"KILL-ONCE {MET}", MET), "--workers", 2)
    assert done.returncode == 0
    assert [row["article_id"] for row in table(done.stdout)] == ["a0", "a1", "a2"]


def test_nothing_readable_is_exit_code_3(dragoman, news, tmp_path):
    (tmp_path / "folder").mkdir()
    for inputs in ("missing.txt", "folder"):
        done = dragoman("code", inputs)
        assert done.returncode == 3
        assert inputs.encode() in done.stderr
        assert b"Traceback" not in done.stderr
    assert dragoman("code", news("RAISE this")).returncode == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--date", "Tuesday"], "YYYY-MM-DD"),
        (["--workers", "0"], "1 or more"),
        (["--format", "xml"], "choose one of"),
        (["--format", "parquet"], "-o"),
        (["--resume"], "-o"),
        (["-o", "out.txt"], "--format"),
        (["-o", "out.csv", "--documents"], ".jsonl"),
        (["-o", "missing/out.csv"], "mkdir -p missing"),
        (["-o", ".", "--format", "csv"], "a file in it"),
        (["-o", "out.csv", "--view"], "one of the two"),
        (["-o", "out.csv", "--resume", "--overwrite"], "one of the two"),
        (["--input-format", "docx"], "parquet"),
        (["--no-such-option"], "No such option"),
    ],
)
def test_wrong_use_is_said_with_advice_before_any_work(dragoman, news, tmp_path, options, said):
    done = dragoman("code", news(MET), *options)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    assert [p.name for p in tmp_path.iterdir()] == ["news.jsonl"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission_is_refused(dragoman, news, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = dragoman("code", news(MET), "-o", "closed/out.csv")
    assert done.returncode == 2
    assert b"Permission denied" in done.stderr


def test_existing_output_is_kept_until_told_otherwise(dragoman, news, tmp_path):
    inputs, out = news(MET), tmp_path / "out.csv"
    out.write_text("precious")
    done = dragoman("code", inputs, "-o", "out.csv")
    assert done.returncode == 2
    assert b"--overwrite" in done.stderr
    assert out.read_text() == "precious"
    assert dragoman("code", inputs, "-o", "out.csv", "--overwrite").returncode == 0
    assert out.read_text().startswith("article_id,")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_killed_run_resumes_to_the_same_bytes(dragoman, news, tmp_path, how, name):
    texts = [f"Chad met Niger{n} today to talk about trade." for n in range(60)]
    texts[3] = "RAISE this one"
    inputs = news(*texts)
    whole = "whole" + Path(name).suffix
    dragoman("code", inputs, "-o", whole)
    run = subprocess.Popen(
        [sys.executable, "-m", "cli.fake_dragoman", "code", str(inputs), "-o", name, "--workers", "2"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": TESTS, "DELAY": "0.05"},
        stderr=subprocess.PIPE,
    )
    journal = tmp_path / f"{name}.part.journal"
    for _ in range(1000):
        if journal.exists() and journal.read_bytes().count(b"\n") >= 4:
            break
        time.sleep(0.01)
    run.send_signal(how)
    said = run.communicate()[1]
    if how == signal.SIGINT:
        assert run.returncode == 130
        assert b"--resume" in said
        assert b"Traceback" not in said
    refused = dragoman("code", inputs, "-o", name)
    assert refused.returncode == 2
    assert b"--resume" in refused.stderr
    done = dragoman("code", inputs, "-o", name, "--resume")
    assert done.returncode == 1
    assert b"60 articles, 59 events" in done.stderr
    assert (tmp_path / name).read_bytes() == (tmp_path / whole).read_bytes()
    assert len((tmp_path / f"{name}.problems.jsonl").read_bytes().splitlines()) == 1
    assert dragoman("code", inputs, "-o", name, "--resume").returncode == 0


def test_resuming_on_other_inputs_is_refused(dragoman, news, tmp_path):
    inputs = news(*[MET] * 30)
    run = subprocess.Popen(
        [sys.executable, "-m", "cli.fake_dragoman", "code", str(inputs), "-o", "out.csv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": TESTS, "DELAY": "0.05"},
    )
    journal = tmp_path / "out.csv.part.journal"
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 3):
        time.sleep(0.01)
    run.kill()
    run.wait()
    news(NONE, *[MET] * 29)
    done = dragoman("code", inputs, "-o", "out.csv", "--resume")
    assert done.returncode == 2
    assert b"not the ones" in done.stderr
    done = dragoman("code", inputs, "-o", "out.csv", "--resume", "--date", "2020-01-01")
    assert done.returncode == 2
    assert b"date was" in done.stderr


def test_reasons_of_articles_without_events_are_shown(dragoman, news):
    done = dragoman("code", news(MET, NONE), "--why-none")
    assert done.stdout.decode().endswith("news.jsonl:2: no event: nobody met\n")
    assert len(done.stdout.splitlines()) == 1


def test_standard_input_is_read(dragoman):
    done = dragoman("code", "-", "--input-format", "txt", stdin=MET.encode())
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


def test_quiet_run_says_only_problems(dragoman, news):
    assert dragoman("code", news(MET), "--quiet").stderr == b""
    assert b"cannot bear" in dragoman("code", news(MET, "RAISE it"), "--quiet").stderr


def test_reader_that_goes_away_ends_the_run_quietly(news, tmp_path):
    inputs = news(*[MET] * 3000)
    command = f"{sys.executable} -m cli.fake_dragoman code {inputs} | head -1"
    done = subprocess.run(
        ["bash", "-c", command + "; exit ${PIPESTATUS[0]}"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": TESTS},
        cwd=tmp_path,
        check=False,
        timeout=60,
    )
    assert len(done.stdout.splitlines()) == 1
    assert b"Traceback" not in done.stderr
    assert done.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_only(news, tmp_path):
    import pty

    leader, follower = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "cli.fake_dragoman", "code", str(news(*[MET] * 30)), "-o", "out.csv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": TESTS, "DELAY": "0.02", "TERM": "xterm", "COLUMNS": "80"},
        stderr=follower,
    )
    os.close(follower)
    said = b""
    with contextlib.suppress(OSError):  # the terminal is gone when the run ends
        while piece := os.read(leader, 4096):
            said += piece
    os.close(leader)
    assert run.wait() == 0
    assert b"/30" in said
    assert b"articles/s" in said
    assert b"left" in said
    assert b"30 articles, 30 events" in said


def test_coder_that_cannot_be_built_leaves_nothing_behind(dragoman, news, tmp_path):
    for workers in (1, 2):
        done = dragoman("code", news(MET), "-o", "out.csv", "--workers", workers, REFUSE="1")
        assert done.returncode == 2
        assert b"what to do: install one" in done.stderr
        assert [p.name for p in tmp_path.iterdir()] == ["news.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_full_disk_is_said_without_a_traceback(dragoman, news):
    done = dragoman("code", news(MET), "-o", "/dev/full", "--format", "csv")
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_device_as_output_is_written_straight(dragoman, news):
    assert dragoman("code", news(MET), "-o", "/dev/null", "--format", "csv", "--quiet").returncode == 0
