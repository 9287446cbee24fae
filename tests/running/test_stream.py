from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import ConfigError
from dragoman.model import Document
from dragoman.running import ErrorRecord, encoded, stream
from running.fake import Fake, article, code

TESTS = str(Path(__file__).parent.parent)


def lines(articles, plan, workers):
    return [data if isinstance(data, bytes) else data.to_json() for _, data in
            encoded(plan, articles, Document.to_json, workers)]  # fmt: skip


def test_output_is_the_same_bytes_in_the_same_order_for_any_number_of_workers():
    articles = [article(n) for n in range(40)] + [article(40, "RAISE"), article(41, "PRINT")]
    alone = lines(articles, Fake(), 1)
    assert alone[7] == code(articles[7]).to_json()
    assert len(alone) == 42
    assert lines(articles, Fake(), 2) == alone
    assert lines(articles, Fake(), 3) == alone


def test_article_that_raises_becomes_an_error_record_and_the_run_goes_on():
    for workers in (1, 2):
        results = list(stream(Fake(), [article(1), article(2, "RAISE"), article(3)], workers))
        assert [r.id for r in results] == ["a1", "a2", "a3"]
        failed = results[1]
        assert isinstance(failed, ErrorRecord)
        assert failed.origin == "x.jsonl:2"
        assert failed.error.kind == "ValueError"
        assert "cannot bear a2" in failed.problem
        assert isinstance(results[2], Document)


def test_articles_of_a_killed_worker_are_done_again(tmp_path):
    texts = {3: "KILL-ONCE Mali met Chad.", 17: "KILL-ONCE Mali met Togo."}
    articles = [article(n, texts.get(n)) for n in range(25)]
    expected = [code(a).to_json() for a in articles]
    assert lines(articles, Fake(marks=str(tmp_path)), 2) == expected


def test_article_that_kills_its_worker_twice_becomes_an_error_record():
    results = list(stream(Fake(), [article(1), article(2, "KILL-ALWAYS"), article(3)], 2))
    assert [type(r) for r in results] == [Document, ErrorRecord, Document]
    assert results[1].error.kind == "WorkerDied"
    assert "SIGKILL" in results[1].error.message


def test_half_characters_do_not_stop_a_run():
    articles = [article(1), article(2, "Chad met \ud800Niger."), article(3, "RAISE \udfff"), article(4)]
    alone = lines(articles, Fake(), 1)
    assert b"UnicodeEncodeError" in alone[1]
    assert lines(articles, Fake(), 2) == alone
    strange = msgspec.structs.replace(article(5, "RAISE"), id="\ud800", origin="\ud800")
    assert b"ud800" in lines([strange], Fake(), 2)[0]


def test_coder_that_cannot_be_built_stops_the_run_with_its_own_error():
    for workers in (1, 2):
        with pytest.raises(ConfigError, match="no pipeline") as caught:
            list(stream(Fake(refuse=True), [article(1)], workers))
        assert caught.value.advice == "install one"


def test_number_of_workers_below_one_is_refused():
    with pytest.raises(ConfigError, match="workers"):
        list(stream(Fake(), [article(1)], 0))


def test_input_is_not_read_ahead_beyond_a_window():
    read = 0

    def endless():
        nonlocal read
        for number in itertools.count():
            read += 1
            yield article(number)

    results = stream(Fake(), endless(), 2)
    for _ in itertools.islice(results, 100):
        pass
    results.close()
    assert read <= 100 + 2 * 8 * 3


def test_workers_end_with_the_run():
    results = stream(Fake(), (article(n) for n in itertools.count()), 2)
    next(results)
    results.close()
    children = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    ).stdout
    assert "dragoman.running.worker" not in children


def test_script_without_main_guard_may_use_workers(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {TESTS!r})\n"
        "from running.fake import Fake, article\n"
        "from dragoman.running import stream\n"
        "print(len(list(stream(Fake(), [article(n) for n in range(5)], 2))))\n"
    )
    command = [sys.executable, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "5\n", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_workers_end_when_the_run_is_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, itertools\n"
        f"sys.path.insert(0, {TESTS!r})\n"
        "from running.fake import Fake, article\n"
        "from dragoman.running import stream\n"
        "for r in stream(Fake(delay=0.05), (article(n) for n in itertools.count()), 2):\n"
        "    print(r.id, flush=True)\n"
    )
    run = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert run.stdout
    run.stdout.readline()
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(run.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    run.kill()
    run.wait()
    run.stdout.close()
    assert children
    for _ in range(100):
        alive = [c for c in children if _state(c) != "Z"]
        if not alive:
            break
        time.sleep(0.05)
    assert not alive


def _state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"
