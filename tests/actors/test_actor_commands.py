"""The commands below `dragoman actors` say what they find, and end with the right exit code."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dragoman.actors.own_store import VARIABLE
from dragoman.cli.actors import app

FAULTY = "name,kind,country,sectors\nZubrowka,realm,ZUB,\n"
MINE = (
    "name,kind,country,sectors,title,start,end\n"
    "Agatha Benoit,person,ZUB,GOV,President,2001-01-01,2005-01-01\n"
    "Serge Lutz,person,ZUB,GOV,President,2004-01-01,\n"
)


@pytest.fixture
def actors(tmp_path, monkeypatch):
    """Run a command in an empty folder, without an own actors file."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.csv"))
    monkeypatch.chdir(tmp_path)

    def run(*words):
        return CliRunner().invoke(app, list(words))

    return run


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("lookup", "Lavrov", "--date", "2003-05-01"), 0, "office: Ambassador to the United Nations"),
        (("lookup", "EU", "--date", "2021-01-01", "--json"), 0, '"kind":"igo"'),
        (("lookup", "Lavrof"), 2, "close: Lavrov"),
        (("lookup", "Lavrov", "--date", "soon"), 2, "write YYYY-MM-DD"),
        (
            ("who", "--country", "KEN", "--date", "2020-07-14"),
            0,
            "President: Uhuru Kenyatta, 2013-04-09 to 2022-09-13",
        ),
        (("who", "--country", "KEN", "--date", "1900-01-01"), 1, ""),
        (("who", "--country", "Atlantis"), 2, "give a code (KEN)"),
        (("check",), 0, "0 odd"),
        (("check", "--all"), 0, "parliament elected nobody"),
        (("stale", "--as-of", "2027-01-01"), 0, "looked at more than 180 days before 2027-01-01"),
    ],
)
def test_questions_are_answered(actors, words, code, said):
    result = actors(*words)
    assert result.exit_code == code, result.output
    assert said in result.output


def test_answers_in_json_are_lines_of_json(actors):
    lines = actors("who", "--country", "NATO", "--date", "2012-01-01", "--json").output.splitlines()
    assert "Anders Fogh Rasmussen" in {json.loads(line)["name"] for line in lines}


def test_a_file_is_put_into_the_own_one_and_read_from_there(actors, tmp_path):
    (tmp_path / "mine.csv").write_text(MINE)
    assert "2 rows put into" in actors("add", "mine.csv").output
    assert "0 rows put into" in actors("add", "mine.csv").output
    assert "Serge Lutz" in actors("who", "--country", "ZUB", "--date", "2010-01-01").output


def test_what_is_odd_in_a_file_ends_with_one(actors, tmp_path):
    (tmp_path / "mine.csv").write_text(MINE)
    result = actors("check", "mine.csv")
    assert result.exit_code == 1
    assert (
        "overlap: ZUB: President: Agatha Benoit until 2005-01-01, Serge Lutz from 2004-01-01" in result.output
    )


def test_a_faulty_file_is_refused_with_its_line(actors, tmp_path):
    (tmp_path / "mine.csv").write_text(FAULTY)
    result = actors("add", "mine.csv")
    assert result.exit_code == 2
    assert "mine.csv:2: no kind 'realm'" in result.output


def test_dictionaries_of_petrarch_become_an_actors_file(actors, tmp_path):
    (tmp_path / "d.txt").write_text("ZUBROWKA_ [ZUB]\nLUTZ_\n\t[ZUBGOV <20050101]\n\t[ZUBELI >20050101]\n")
    result = actors("import-petrarch", "d.txt", "-o", "d.csv")
    assert result.exit_code == 0, result.output
    assert "ZUB" in (tmp_path / "d.csv").read_text()
    assert actors("import-petrarch", "d.txt", "-o", "d.csv").exit_code == 2


def test_an_answer_of_wikidata_becomes_an_actors_file(actors, tmp_path):
    (tmp_path / "q.csv").write_text(
        "personLabel,positionLabel,countryLabel,start\nErna Solberg,Prime Minister of Norway,Norway,2013-10-16\n"
        "Q1,Prime Minister of Norway,Norway,2013-10-16\n"
    )
    result = actors("import-wikidata", "q.csv", "-o", "w.csv")
    assert result.exit_code == 1
    assert "q.csv:3: the person 'Q1' has no name" in result.output
    assert "Erna Solberg" in (tmp_path / "w.csv").read_text()
