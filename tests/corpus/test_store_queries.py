from __future__ import annotations

import time

import pytest

from corpus.test_store import records
from dragoman.corpus import Corpus
from dragoman.corpus.querying import ask
from dragoman.errors import CorpusError


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("query") / "c"
    with Corpus(path, create=True) as corpus:
        corpus.add(records())
    return path


@pytest.fixture
def corpus(path):
    with Corpus(path, read_only=True) as opened:
        yield opened


def test_a_query_gives_columns_and_rows(corpus):
    found = corpus.query(
        "SELECT type, count(*) AS n FROM events_now WHERE status = ? GROUP BY 1 ORDER BY 1", ["occurred"]
    )
    assert found.columns == ("type", "n")
    assert found.rows == [("ASSAULT", 3), ("CONSULT", 1)]
    assert found.dicts()[0] == {"type": "ASSAULT", "n": 3}
    assert corpus.query("SELECT $a", {"a": 1}).rows == [(1,)]
    assert len(corpus.query("FROM events", limit=2).rows) == 2
    assert len(corpus.query("FROM events").rows) == 4, "a limit leaves the connection usable"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "COPY articles TO '/tmp/articles-of-a-test.csv'",
        "EXPORT DATABASE '/tmp/export-of-a-test'",
        "ATTACH '/tmp/attached-by-a-test.db'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "INSTALL httpfs",
        "LOAD httpfs",
        "DELETE FROM articles",
        "DROP VIEW events_now",
        "INSERT INTO corrections SELECT * FROM corrections",
        "CREATE TABLE more (x INTEGER)",
    ],
)
def test_sql_can_neither_change_a_corpus_nor_reach_files(corpus, sql):
    with pytest.raises(CorpusError):
        corpus.query(sql)


def test_files_are_out_of_reach_also_where_a_corpus_may_be_written(tmp_path):
    with Corpus(tmp_path / "c", create=True) as corpus, pytest.raises(CorpusError, match="disabled"):
        corpus.query("SELECT * FROM read_csv('/etc/passwd')")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT nothing FROM events_now", "nothing"),
        ("SELEC 1", "syntax error"),
        ("FROM event_now", "events_now"),
    ],
)
def test_errors_give_the_message_of_the_database(corpus, sql, message):
    with pytest.raises(CorpusError, match=message):
        corpus.query(sql)


def test_a_query_that_takes_too_long_is_stopped(corpus):
    begun = time.monotonic()
    with pytest.raises(CorpusError, match=r"longer than 0\.2 seconds"):
        ask(corpus.connection, "SELECT sum(hash(a.range + b.range)) FROM range(1000000) AS a, range(1000000) AS b",
            seconds=0.2)  # fmt: skip
    assert time.monotonic() - begun < 20
    assert corpus.query("SELECT 1").rows == [(1,)], "the connection is usable afterwards"
