from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.errors import ConfigError
from dragoman.running import resuming
from running.fake import article
from running.interrupted import write

TESTS = str(Path(__file__).parent.parent)


def killed(out, how, articles=60):
    """Start a run in another process and end it by a signal somewhere in the middle."""
    run = subprocess.Popen(
        [sys.executable, "-m", "running.interrupted", str(out), "0.02", str(articles)],
        env={**os.environ, "PYTHONPATH": TESTS},
        stderr=subprocess.DEVNULL,
    )
    journal = resuming.journal_of(out)
    for _ in range(1000):
        if journal.exists() and journal.read_bytes().count(b"\n") >= 4:
            break
        time.sleep(0.01)
    run.send_signal(how)
    run.wait()
    assert not out.exists()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_killed_run_resumes_without_loss_or_doubles(tmp_path, how):
    articles = [article(n) for n in range(60)]
    whole = tmp_path / "whole.jsonl"
    write(whole, articles)
    out = tmp_path / "out.jsonl"
    killed(out, how)
    counts = write(out, articles, again=True)
    assert out.read_bytes() == whole.read_bytes()
    assert counts.articles == 60
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "whole.jsonl"]


def stopped(out, articles, after):
    part = resuming.begin(out, {"format": "documents"})
    for done in articles[:after]:
        part.write(done, done.id.encode() + b"\n", events=1)
    return part


def test_everything_after_the_last_checkpoint_is_cut_off(tmp_path):
    out = tmp_path / "out.jsonl"
    articles = [article(n) for n in range(20)]
    part = stopped(out, articles, 11)
    part._stream.flush()  # three articles are in the file that the journal does not know
    part._stream.close()
    part._journal.write(b'{"done": 11, "off')  # and the journal has a torn line
    part._journal.close()
    again = resuming.resume(out, {"format": "documents"})
    for left in again.skip_done(articles):
        again.write(left, left.id.encode() + b"\n", events=1)
    again.finish()
    assert out.read_text().split() == [a.id for a in articles]


def test_unfinished_output_is_not_touched_without_being_told(tmp_path):
    out = tmp_path / "out.jsonl"
    stopped(out, [article(1)], 1).close()
    with pytest.raises(ConfigError, match="--resume"):
        resuming.begin(out, {})
    resuming.begin(out, {}, overwrite=True).finish()
    assert out.read_bytes() == b""
    with pytest.raises(ConfigError, match="--overwrite"):
        resuming.begin(out, {})


def test_other_inputs_are_not_mixed_into_an_unfinished_output(tmp_path):
    out = tmp_path / "out.jsonl"
    stopped(out, [article(n) for n in range(10)], 10).close()
    again = resuming.resume(out, {"format": "documents"})
    with pytest.raises(ConfigError, match="'a9'"):
        list(again.skip_done([article(n) for n in range(1, 12)]))


def test_other_settings_are_refused_and_named(tmp_path):
    out = tmp_path / "out.jsonl"
    stopped(out, [article(1)], 1).close()
    with pytest.raises(ConfigError, match="format was 'documents', is 'csv'"):
        resuming.resume(out, {"format": "csv"})


def test_two_runs_never_write_one_output(tmp_path):
    out = tmp_path / "out.jsonl"
    part = stopped(out, [article(1)], 1)
    with pytest.raises(ConfigError, match="another run"):
        resuming.begin(out, {"format": "documents"}, overwrite=True)
    part.close()
    assert resuming.read_journal(resuming.journal_of(out))[1].done == 1


@pytest.mark.parametrize("name", ["missing/out.jsonl", "folder", "file.txt/out.jsonl"])
def test_output_that_cannot_be_written_is_refused_before_any_work(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").touch()
    with pytest.raises(ConfigError) as caught:
        resuming.check_writable(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
