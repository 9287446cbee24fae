from __future__ import annotations

import datetime
import json
import re

import pytest
import typer
from typer.testing import CliRunner

from dragoman.cli import adding, coding, demonstrating
from dragoman.cli.demo import demo
from dragoman.corpus import Corpus
from dragoman.model import Article
from support import coder

ARTICLES = [json.loads(line) for line in demonstrating.ARTICLES.read_text(encoding="utf-8").splitlines()]
BY_ID = {article["id"]: article for article in ARTICLES}
STORIES = sorted({name.rpartition("-")[0] for name in BY_ID})
# Two outlets on each of six days.
TWELVE = [
    "chaco-01", "chaco-02", "chaco-03", "chaco-13", "chaco-14", "chaco-15", "cyber-06", "cyber-07",
    "hostages-01", "hostages-02", "trade-11", "trade-12",
]  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command over twelve of the articles, with the coder that all tests share."""
    few = tmp_path / "few.jsonl"
    few.write_text("".join(json.dumps(BY_ID[name]) + "\n" for name in TWELVE), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(demonstrating, "ARTICLES", few)
    monkeypatch.setattr(demonstrating, "workers", lambda: 1)
    monkeypatch.setattr(coding, "prepared", lambda request: (coder().plan, coder()))
    app = typer.Typer()
    app.command("demo")(demo)
    return lambda *args: CliRunner().invoke(app, [*args], env={"NO_COLOR": "1"})


def test_every_article_is_valid_and_short():
    assert len(ARTICLES) >= 200
    assert len(demonstrating.ARTICLES.read_bytes()) < 300_000
    for article in ARTICLES:
        assert list(article) == ["id", "date", "source", "title", "text"], article["id"]
        assert all(value.strip() == value and value for value in article.values()), article["id"]
        assert 50 <= len(article["text"].split()) <= 160, article["id"]
        assert re.fullmatch(r"[a-z]+-\d\d", article["id"])


def test_ids_are_unique_and_dates_in_order():
    assert len(BY_ID) == len(ARTICLES)
    dates = [datetime.date.fromisoformat(article["date"]) for article in ARTICLES]
    assert dates == sorted(dates)
    assert 365 <= (dates[-1] - dates[0]).days <= 450


def test_stories_are_told_by_several_outlets():
    assert 8 <= len(STORIES) <= 12
    assert 8 <= len({article["source"] for article in ARTICLES}) <= 12
    told = {(article["id"].rpartition("-")[0], article["source"]) for article in ARTICLES}
    assert all(len([1 for story, _ in told if story == name]) >= 2 for name in STORIES)


@pytest.mark.parametrize("story", STORIES)
def test_every_story_gives_events(story):
    some = [article for article in ARTICLES if article["id"].startswith(f"{story}-")][:3]
    assert sum(len(coder().code(Article(language="en", **article)).events) for article in some) >= 3


def test_the_command_makes_a_corpus_with_what_several_sources_tell(run, tmp_path):
    done = run("--no-explore")
    assert done.exit_code == 0, done.stderr
    assert "invented" in done.stderr
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["dossier", "query", "explore"]
    with Corpus(tmp_path / "dragoman-demo.duckdb", read_only=True) as corpus:
        shared = corpus.query("SELECT title FROM happenings_now WHERE sources > 1").rows
        disputes = corpus.query("SELECT field FROM disputes").rows
        copies = corpus.query(
            "SELECT count(*) FROM articles GROUP BY wire HAVING count(*) > 1 AND wire IS NOT NULL"
        )
    assert any("expelled" in title for (title,) in shared)
    assert disputes
    assert copies.rows == [(2,)]  # an agency's text and the paper that printed it
    again = run()  # no terminal: nothing is served
    assert again.exit_code == 0
    assert "12 unchanged" in again.stderr


def test_overwriting_makes_it_anew(run, tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(
        adding, "run", lambda path, request, recode: made.append((path.exists(), request)) or 0
    )
    Corpus(tmp_path / "tour", create=True).close()
    assert run("tour", "--overwrite").exit_code == 0
    assert run("tour", "--no-explore").exit_code == 0
    assert [there for there, _ in made] == [False, False]
    assert made[0][1].inputs == (str(tmp_path / "few.jsonl"),)


def test_a_corpus_with_other_articles_is_not_touched(run, tmp_path):
    with Corpus(tmp_path / "mine", create=True) as corpus:
        corpus.add([coder().code(Article(id="mine", text="Chad met Niger.", date="2020-07-14"))])
    for options in ([], ["--overwrite"]):
        done = run("mine", *options)
        assert done.exit_code == 2
        assert "holds 1 article of your own" in done.stderr
    with Corpus(tmp_path / "mine", read_only=True) as corpus:
        assert len(list(corpus.articles())) == 1


def test_what_is_no_corpus_is_not_touched(run, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    assert run("notes.txt", "--overwrite").exit_code == 2
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_on_a_terminal_the_explorer_opens_at_the_end(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(adding, "run", lambda path, request, recode: 0)
    monkeypatch.setattr(demonstrating, "_explore", shown.append)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert demonstrating.run(tmp_path / "tour", False, True) == 0
    assert demonstrating.run(tmp_path / "tour", False, False) == 0
    assert shown == [tmp_path / "tour"]
