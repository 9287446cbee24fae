"""Rows of others become an actors file: of Wikidata, and of a user's file put into the own one."""

from __future__ import annotations

import json

import pytest

from dragoman.actors import load_gazetteer
from dragoman.actors.own_files import read_actors
from dragoman.actors.own_store import VARIABLE, install, own_file, write_actors_file
from dragoman.actors.wikidata import read_wikidata
from dragoman.errors import ConfigError

HEAD = "personLabel,positionLabel,countryLabel,start,end\n"
TERM = {"name": "Erna Solberg", "country": "NOR", "sectors": "GOV", "title": "Prime Minister", "start": "2013-10-16",
        "end": "2021-10-14"}  # fmt: skip


def imported(tmp_path, text, name="query.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_wikidata(path, load_gazetteer())


def picked(row):
    return {key: row[key] for key in TERM}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", HEAD + "Erna Solberg,Prime Minister of Norway,Norway,2013-10-16T00:00:00Z,2021-10-14T00:00:00Z\n"),
        ("a.tsv", "?person\t?office\t?country\t?start\t?end\n"
         "Erna Solberg\tNorwegian prime minister\tNOR\t2013-10-16\t2021-10-14\n"),
        ("a.json", json.dumps([{"person": "Erna Solberg", "office": "Prime Minister", "country": "Norway",
                                "start": "2013-10-16", "end": "2021-10-14"}])),
        ("b.json", json.dumps({"results": {"bindings": [{"personLabel": {"value": "Erna Solberg"},
                                                         "officeLabel": {"value": "Prime Minister of Norway"},
                                                         "country": {"value": "NOR"}, "start": {"value": "2013-10-16"},
                                                         "end": {"value": "2021-10-14"}}]}})),
    ],
)  # fmt: skip
def test_a_term_is_read_from_every_form_of_download(tmp_path, name, text):
    made = imported(tmp_path, text, name)
    assert [picked(r) for r in made.rows] in ([TERM], [{**TERM, "title": "Prime minister"}])
    assert made.left_out == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Q1,Prime Minister of Norway,Norway,2013-10-16,", "the person 'Q1' has no name in English"),
        ("Ana,Q2,Norway,2013-10-16,", "the office 'Q2' has no name in English"),
        ("Ana,prime minister,Atlantis,2013-10-16,", "the country 'Atlantis' is not known"),
        ("Ana,prime minister,Norway,soon,", "the start 'soon' is no date"),
        (
            "Ana,prime minister,Norway,2013-10-16,2012-01-01",
            "the end '2012-01-01' is no date after 2013-10-16",
        ),
        ("Ana,something,Norway,2013-10-16,", "the office 'something' is of no kind that is known"),
    ],
)
def test_what_cannot_be_used_is_left_out_with_file_and_line(tmp_path, line, why):
    good = "Erna Solberg,Prime Minister of Norway,Norway,2013-10-16,2021-10-14\n"
    made = imported(tmp_path, HEAD + good + line + "\n")
    assert len(made.rows) == 1
    assert [why in reason and "query.csv:3" in reason for reason in made.left_out] == [True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("person,office,start\nA,B,2001-01-01\n", "no column for country"),
        ("[1]", "neither a list of objects nor SPARQL results"),
        ("{", "not valid JSON"),
        (HEAD, "holds no term"),
    ],
)
def test_a_download_of_another_form_is_refused(tmp_path, text, said):
    with pytest.raises(ConfigError, match=said):
        imported(tmp_path, text)


def test_rows_go_into_the_own_file_once(tmp_path):
    path, own = tmp_path / "mine.csv", tmp_path / "deep" / "own.csv"
    path.write_text("name,kind,country,sectors\nZubrowka,state,ZUB,\nLutz,state,ZUB,\n")
    assert install(path, own) == (2, 2)
    path.write_text("name,kind,country,sectors\nLutz,state,ZUB,\nNebelsbad,place,ZUB,\n")
    assert install(path, own) == (1, 3)
    assert [r["name"] for r in read_actors(own)] == ["Zubrowka", "Lutz", "Nebelsbad"]


def test_a_file_with_a_fault_is_not_put_in(tmp_path):
    path, own = tmp_path / "mine.csv", tmp_path / "own.csv"
    path.write_text("name,kind,country,sectors\nZubrowka,realm,ZUB,\n")
    with pytest.raises(ConfigError, match=r"mine.csv:2: no kind 'realm'"):
        install(path, own)
    assert not own.exists()


def test_the_own_file_is_where_the_variable_says(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "x.csv"))
    assert own_file() == tmp_path / "x.csv"
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert own_file() == tmp_path / "dragoman" / "actors.csv"


def test_what_was_imported_is_an_actors_file(tmp_path):
    made = imported(tmp_path, HEAD + "Erna Solberg,Prime Minister of Norway,Norway,2013-10-16,2021-10-14\n")
    write_actors_file(tmp_path / "holders.csv", made.rows)
    known = load_gazetteer(str(tmp_path / "holders.csv")).lookup("Erna Solberg")
    assert known[0].entry.own
    assert known[0].entry.terms[0].title == "Prime Minister"
