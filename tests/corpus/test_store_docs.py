"""docs/corpus.md says what is: every table and column, and its queries run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.corpus import Corpus, corrections
from dragoman.model import Article
from dragoman.reading import read
from support import coder

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "corpus.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### ([\w]+).*?\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S))
# These have the columns of the table before the underscore.
VIEWS_OF = {f"{name}_now": name for name in ("events", "participants", "entities", "happenings", "reports")}
CORRECTED = ("corrected_events", "corrected_participants", "corrected_reports", "corrected_happenings")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("docs") / "news.corpus"
    articles = [a for a in read(ROOT / "examples" / "articles.jsonl") if isinstance(a, Article)]
    with Corpus(path, create=True) as made:
        made.add(coder().code(article) for article in articles)
        yield made


def columns(corpus, name):
    return corpus.query(f"FROM {name} LIMIT 0").columns


def documented(section):
    rows = section.split("| --- | --- |")[1].split("\n\n")[0]
    return tuple(
        name
        for row in rows.splitlines()
        for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    )


def tables(corpus):
    found = corpus.query(
        "SELECT table_name FROM duckdb_tables() UNION ALL "
        "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1"
    ).rows
    return [name for (name,) in found]


def test_every_table_and_column_and_no_other_is_documented(corpus):
    for name in tables(corpus):
        if name in VIEWS_OF:
            assert f"`{name}`" in SECTIONS[VIEWS_OF[name]], name
        elif name in CORRECTED:
            assert f"`{name}`" in SECTIONS["corrected_events"], name
        else:
            assert sorted(documented(SECTIONS[name])) == sorted(columns(corpus, name)), name
    known = {*tables(corpus), "compared"}
    assert set(SECTIONS) <= known


def test_the_views_have_the_columns_of_their_tables(corpus):
    for view, table in VIEWS_OF.items():
        more = ("judgement",) if table == "events" else ()
        assert columns(corpus, view) == (*columns(corpus, table), *more)


def test_the_columns_of_a_comparison_are_documented(corpus):
    assert sorted(documented(SECTIONS["compared"])) == sorted(columns(corpus, "compared(1, 1)"))


@pytest.mark.parametrize("sql", re.findall(r"^```sql\n(.*?)^```", PAGE, re.M | re.S))
def test_the_queries_run(corpus, sql):
    found = corpus.query(sql)
    assert found.columns
    if "copy_of" not in sql and "denies" not in sql:
        assert found.rows


def test_what_can_be_edited_is_documented():
    table = PAGE.split("| field | takes |")[1].split("\n\n")[0]
    names = [name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(names) == sorted(corrections.EDITABLE)


def test_actions_and_subjects_of_corrections_are_documented():
    table = PAGE.split("| subject | action | target | value |")[1].split("\n\n")[0]
    found = {}
    for row in table.splitlines()[2:]:
        subject, actions = (re.findall(r"`(\w+)`", cell) for cell in row.split("|")[1:3])
        found.setdefault(subject[0], set()).update(actions)
    assert found == {subject: set(actions) for subject, actions in corrections.ACTIONS.items()}
