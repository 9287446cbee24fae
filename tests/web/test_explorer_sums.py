"""What the corpus keeps summed up is what counting everything gives, with corrections and without."""

from __future__ import annotations

import shutil

import duckdb
import pytest
from asking import database, rows, tree

from dragoman.corpus import Corpus, corrections, sums
from dragoman.web import dyads, paging
from dragoman.web.app import build
from dragoman.web.filters import Filters

EVERYTHING = Filters()


def site_of(path):
    return build(path).state.site


def found(site):
    """Return what pages read of the sums, all of it."""
    keys = [one.key for one in dyads.often(site, EVERYTHING, 100_000, "/search")]
    return (
        dyads.often(site, EVERYTHING, 100_000, "/search"),
        dyads.counted(site, EVERYTHING),
        dyads.names_of(site, keys),
    )


def nothing_summed(path):
    """Make a corpus as an older version left it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "DROP TABLE actor_names; DROP TABLE actor_pairs; DELETE FROM meta WHERE name = 'sums'"
        )


def correct(path, name):
    with Corpus(path) as corpus:
        connection = corpus.connection
        ask = connection.execute
        if name == "rejected":
            (anchor,) = ask("SELECT anchor FROM events ORDER BY anchor LIMIT 1").fetchone()
            corrections.make(connection, corrections.Correction("reject", "event", anchor))
        elif name == "other parties":
            parties = [{"key": "state:PER", "name": "Peru", "country": "PER", "sectors": ["GOV"]}]
            for (anchor,) in ask("SELECT anchor FROM events ORDER BY anchor DESC LIMIT 3").fetchall():
                edit = corrections.Correction("edit", "event", anchor, "actors", parties)
                corrections.make(connection, edit)
        elif name == "other type, reciprocal":
            (anchor,) = ask(
                "SELECT anchor FROM events SEMI JOIN (FROM participants WHERE side = 'actor' AND position = 1) "
                "USING (run, article, event) ORDER BY anchor LIMIT 1"
            ).fetchone()
            corrections.make(connection, corrections.Correction("edit", "event", anchor, "type", "CONSULT"))
            corrections.make(connection, corrections.Correction("edit", "event", anchor, "reciprocal", True))
        elif name == "merged actors":
            into = {"into": "state:UGA"}
            corrections.make(connection, corrections.Correction("merge", "entity", "state:KEN", None, into))


@pytest.mark.parametrize(
    "name", ["none", "rejected", "other parties", "other type, reciprocal", "merged actors"]
)
def test_sums_are_what_counting_everything_gives(made, tmp_path, name):
    summed, counted = tmp_path / "summed.duckdb", tmp_path / "counted.duckdb"
    shutil.copy(made, summed)
    correct(summed, name)
    shutil.copy(summed, counted)
    nothing_summed(counted)
    quick, slow = site_of(summed), site_of(counted)
    assert quick.database.tuples(sums.READY) == [(name != "none",)]
    assert slow.database.tuples(sums.READY) == []
    assert found(quick) == found(slow)
    assert found(quick)[1]


def test_a_corpus_without_sums_gets_them_when_it_is_written_to(made, tmp_path):
    path = tmp_path / "old.duckdb"
    shutil.copy(made, path)
    nothing_summed(path)
    old = site_of(path)
    before = found(old)
    assert not old.database.tuples(sums.READY)
    old.database.close()
    Corpus(path).close()
    new = site_of(path)
    assert new.database.tuples(sums.READY) == [(False,)]
    assert found(new) == before


def test_an_addition_that_was_cut_off_is_counted_the_slow_way(made, tmp_path):
    path = tmp_path / "cut.duckdb"
    shutil.copy(made, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO meta SELECT 'unfinished', '[' || run || ']' FROM runs WHERE latest"
        )
    assert site_of(path).database.tuples(sums.READY) == []


@pytest.mark.parametrize(
    "page", ["/search", "/search?sort=oldest", "/search?sort=latest", "/search?sort=surest", "/search?actor=KEN",
             "/timeline", "/timeline?sort=oldest", "/timeline?actor=KEN"],
)  # fmt: skip
def test_pages_far_behind_are_the_same_as_when_all_is_sorted(shared, monkeypatch, page):
    monkeypatch.setattr(paging, "SIZE", 7)
    address = page + ("&" if "?" in page else "?") + "page="
    for number in (1, 2, 3, 5, 900):
        texts = []
        for far in (10**9, 0):
            monkeypatch.setattr(paging, "FAR", far)
            database(shared).forget()
            texts.append(tree(shared, f"{address}{number}").xpath("string(//main)"))
        assert texts[0] == texts[1]


def test_a_stretch_covers_the_page_and_says_what_comes_before_it(monkeypatch):
    monkeypatch.setattr(paging, "SIZE", 3)
    days = [("2020-01-04", 2), ("2020-01-03", 4), ("2020-01-01", 1), (None, 5)]
    assert paging.stretch("d", days, 0) == ("(d BETWEEN ? AND ?)", ["2020-01-03", "2020-01-04"], 0)
    assert paging.stretch("d", days, 3) == ("(d BETWEEN ? AND ?)", ["2020-01-03", "2020-01-03"], 1)
    assert paging.stretch("d", days, 6) == (
        "(d BETWEEN ? AND ? OR d IS NULL)",
        ["2020-01-01", "2020-01-01"],
        0,
    )
    assert paging.stretch("d", days, 9) == ("(d IS NULL)", [], 2)
    assert paging.stretch("d", days, 12) == ("FALSE", [], 0)


@pytest.mark.parametrize(
    "only", ["actor=KEN", "recipient=UGA", "actor=KEN&recipient=UGA&both=1", "actor=kenya&again=1"]
)
def test_happenings_of_parties_are_those_of_the_codings_found(shared, only):
    condition = "&sure=0.0001"  # asks for nothing, but for the codings to be read
    texts = [tree(shared, f"/timeline?{only}{more}").xpath("//main//li//a/@href") for more in ("", condition)]
    happenings = [[href for href in hrefs if href.startswith("/happening")] for hrefs in texts]
    assert happenings[0] == happenings[1]


@pytest.mark.parametrize("words", ["expelled two", "TWO Expelled", "2020", "\u202e", "él 7*7"])
def test_words_are_found_whatever_their_capitals(shared, words):
    chosen = " AND ".join("contains(lower(sentence), ?)" for _ in words.split())
    sql = f"SELECT count(*) FROM events_now WHERE duplicate_of IS NULL AND {chosen}"
    condition = Filters(text=words).condition(shared.app.state.site.ontology)
    quick = rows(shared, f"SELECT count(*) FROM events_now AS e WHERE {condition.sql}", *condition.values)
    assert quick == rows(shared, sql, *words.casefold().split())
