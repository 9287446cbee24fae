"""The server: on the loopback interface only, with an address that is told, beside other readers."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
import time

import duckdb
import httpx
import pytest
import uvicorn

from dragoman.corpus import Corpus
from dragoman.errors import ConfigError, CorpusError
from dragoman.web.app import build
from dragoman.web.database import Database
from dragoman.web.errors import BusyError
from dragoman.web.serving import HOST, listening


def test_a_port_that_is_taken_is_said_to_be():
    with contextlib.closing(listening(0)) as opened:
        assert opened.getsockname()[0] == "127.0.0.1"
        with pytest.raises(ConfigError, match="can't be used"):
            listening(opened.getsockname()[1])


def test_the_command_serves_the_corpus_on_this_machine_only(made, tmp_path):
    path = tmp_path / "news.duckdb"
    shutil.copy(made, path)
    command = "from dragoman.cli.explore import explore; import typer; typer.run(explore)"
    with subprocess.Popen(
        [sys.executable, "-c", command, str(path), "--no-browser", "--port", str(free_port())],
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            address = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
            assert "Often named" in ask(address)
            port = int(address.rstrip("/").rsplit(":", 1)[1])
            for other in addresses_of_this_machine():
                with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
                    socket.create_connection((other, port), timeout=1)
        finally:
            process.terminate()
            process.wait(10)


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind((HOST, 0))
        return int(opened.getsockname()[1])


def ask(address: str) -> str:
    for _ in range(100):
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(address, timeout=20).text
        time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def addresses_of_this_machine() -> set[str]:
    with contextlib.suppress(OSError):
        found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        return {address for address in found if not address.startswith("127.")}
    return set()


@pytest.mark.parametrize("content", [None, b"no database", b""])
def test_what_is_no_corpus_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "x.duckdb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError):
        Database(path)


def test_others_can_read_while_the_pages_are_served(made, tmp_path):
    path = tmp_path / "news.duckdb"
    shutil.copy(made, path)
    database = Database(path)
    with contextlib.closing(database):
        code = "import sys; from dragoman.corpus import Corpus; print(Corpus(sys.argv[1], read_only=True).latest_run())"
        read = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
        )
        assert read.stdout.strip() == "1", read.stderr


def test_readers_wait_while_a_correction_is_written(made, tmp_path):
    path = tmp_path / "news.duckdb"
    shutil.copy(made, path)
    database = Database(path)
    with contextlib.closing(database):
        kept = database.remembered("x", lambda: 1)
        counted: list[int] = []
        with database.writing() as corpus:
            reader = threading.Thread(
                target=lambda: counted.append(database.number("SELECT count(*) FROM articles"))
            )
            reader.start()
            corpus.connection.execute("INSERT INTO meta VALUES ('test', 'x')")
            with pytest.raises(BusyError), database.writing():
                pass
        reader.join(10)
        assert counted
        assert counted[0] > 0
        assert database.number("SELECT count(*) FROM meta WHERE name = 'test'") == 1
        assert kept == 1
        assert database.remembered("x", lambda: 2) == 2


def test_the_file_is_open_for_reading_again_after_a_correction_failed(made, tmp_path):
    path = tmp_path / "news.duckdb"
    shutil.copy(made, path)
    database = Database(path)
    with contextlib.closing(database):
        with pytest.raises(duckdb.Error), database.writing() as corpus:
            corpus.connection.execute("SELECT nonsense")
        assert database.number("SELECT count(*) FROM articles") > 0


def test_several_readers_at_once_get_their_own_answers(made):
    app = build(made)
    with contextlib.closing(app.state.site.database), contextlib.closing(listening(0)) as opened:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        address = f"http://{HOST}:{opened.getsockname()[1]}"
        ask(address)
        types = ("ACCUSE", "REQUEST", "SANCTION", "SUPPORT") * 3
        wanted = {name: ask(f"{address}/search?type={name}") for name in set(types)}
        found: list[tuple[str, str]] = []
        asking = [
            threading.Thread(
                target=lambda name=name: found.append((name, ask(f"{address}/search?type={name}")))
            )
            for name in types
        ]
        for one in asking:
            one.start()
        for one in asking:
            one.join(30)
        server.should_exit = True
        thread.join(10)
    assert len(found) == len(types)
    assert all(wanted[name] == page for name, page in found)
    assert Corpus(made, read_only=True).latest_run() == 1
