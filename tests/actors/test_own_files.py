from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman import Coder
from dragoman.actors import load_gazetteer
from dragoman.actors.asking import ActorAnswerer
from dragoman.actors.own_files import COLUMNS, KINDS, OPTIONAL, REQUIRED, fingerprint_of, read_actors
from dragoman.cli.coding import Request, coder_settings
from dragoman.cli.main import app
from dragoman.errors import ConfigError

ROOT = Path(__file__).parents[2]
HEAD = "name,aliases,kind,country,sectors,use,plural,start,end,title,organization,plover,source\n"
ROWS = HEAD + (
    "Zubrowka,Zubrowkan|Lutz,state,ZUB,,,,,,,,,made up\n"
    "Zubrowka Guard,,organization,ZUB,MIL,,,,,,,,\n"
    "Agatha Benoit,Benoit,person,ZUB,OPP,,,,2019-03-01,,,,\n"
    "Agatha Benoit,Benoit,person,ZUB,GOV,,,2019-03-01,2022-01-01,,,,\n"
    "Karl Fenn,,person,NEB,GOV,,,2015-01-01,2018-01-01,foreign minister,Ministry,,\n"
    "Nebelsbad,Nebelsbader,state,NEB,,,,,,,,,\n"
    "Twin Cities,,organization,ZUB|NEB,,,,,,,,,\n"
    "Desgoffe Front,,armed_group,,REB,,,,,,,IMG,\n"
    "lobby boy,,person,,LAB,agent,lobby boys,,,,,,\n"
    "keeper of keys,,person,,GOV,agent,keepers of keys,,,,,,\n"
    "Madame D.,,other,,,,,,,,,,\n"
    "European Union,,igo,,PAC,,,,,,,IGO,\n"
    "Kenya,,organization,ZUB,BUS,,,,,,,,\n"
)


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("actors") / "mine.csv"
    path.write_text(ROWS, "utf-8")
    return path


@pytest.fixture(scope="module")
def coder(file) -> Coder:
    return Coder(actors=[file])


@pytest.fixture(scope="module")
def who(file):
    answerer = ActorAnswerer(load_gazetteer(str(file)))

    def answer(
        phrase: str, date: str | None = "2020-06-01"
    ) -> tuple[str | None, tuple[str, ...], str | None]:
        found = answerer.answer({"phrase": phrase, "date": date})
        return found["country"], tuple(found["sectors"]), found["kind"]

    return answer


# -- names


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Zubrowka", ("ZUB", (), "state")),
        ("Lutz", ("ZUB", (), "state")),
        ("the Zubrowka Guard", ("ZUB", ("MIL",), "organization")),
        ("Desgoffe Front", (None, ("REB",), "armed_group")),
        ("Kenya", ("ZUB", ("BUS",), "organization")),
    ],
)
def test_names_and_aliases_mean_what_the_file_says(who, phrase, expected):
    assert who(phrase) == expected


def test_what_the_file_does_not_name_stays_as_it_was(who):
    assert who("Uganda") == ("UGA", (), "state")


def test_other_names_of_an_entry_that_the_file_redefines_go_with_it(who):
    assert who("European Union")[1] == who("the EU")[1] == ("PAC",)


def test_what_is_other_is_nobody(coder):
    document = coder.code("Madame D. met the president of Uganda.", date="2020-06-01")
    assert all(e.name != "Madame D." for e in document.entities)


def test_of_several_files_the_last_wins(file, tmp_path):
    second = tmp_path / "second.csv"
    second.write_text("name,kind,country,sectors\nLutz,person,NEB,CVL\n", "utf-8")
    gazetteer = load_gazetteer(str(file), str(second))
    assert [a.entry.country for a in gazetteer.lookup("Lutz")] == ["NEB"]
    assert [a.entry.country for a in gazetteer.lookup("Zubrowka")] == ["ZUB"]


# -- dates


@pytest.mark.parametrize(
    ("date", "sectors"),
    [("2010-01-01", ("OPP",)), ("2019-02-28", ("OPP",)), ("2019-03-01", ("GOV",)), ("2021-12-31", ("GOV",))],
)
def test_the_row_of_the_day_counts(coder, date, sectors):
    document = coder.code("Agatha Benoit accused Uganda of fraud.", date=date)
    (benoit,) = [e for e in document.entities if e.name == "Agatha Benoit"]
    assert (benoit.country, benoit.sectors) == ("ZUB", sectors)
    assert [p.country for e in document.events for p in e.actors] == ["ZUB"]


def test_on_a_day_of_no_row_the_name_is_nobodys(coder):
    document = coder.code("Agatha Benoit accused Uganda of fraud.", date="2022-01-01")
    assert all(e.country != "ZUB" for e in document.entities)


def test_an_office_with_dates_is_given_on_its_days(coder):
    def fenn(date: str):
        document = coder.code("Karl Fenn accused Uganda of fraud.", date=date)
        (found,) = [e for e in document.entities if e.name == "Karl Fenn"]
        return found

    during, after = fenn("2016-05-05"), fenn("2019-05-05")
    assert during.office is not None
    assert (during.office.title, during.office.country) == ("foreign minister", "NEB")
    assert during.sectors == ("GOV",)
    assert (after.office, after.sectors) == (None, ("ELI",))


# -- collectives and agents


def test_a_collective_has_its_countries_for_members(coder):
    document = coder.code("The Twin Cities accused Uganda of fraud.", date="2020-06-01")
    (cities,) = [e for e in document.entities if e.name == "Twin Cities"]
    assert (cities.country, cities.members) == (None, ("ZUB", "NEB"))
    assert document.events


@pytest.mark.parametrize(
    "phrase",
    ["Zubrowkan lobby boys", "Lobby boys from Zubrowka", "Zubrowka's lobby boy", "the Lutz lobby boy"],
)
def test_agents_take_the_country_they_stand_with(who, phrase):
    assert who(phrase)[:2] == ("ZUB", ("LAB",))


def test_an_agent_of_several_words_is_one_title(coder):
    document = coder.code("The Nebelsbader Keeper of Keys condemned Zubrowka on Monday.", date="2020-06-01")
    (event,) = document.events
    assert [(p.country, p.sectors) for p in event.actors] == [("NEB", ("GOV",))]
    assert [p.country for p in event.recipients] == ["ZUB"]


def test_names_of_the_file_are_coded(coder):
    document = coder.code("Zubrowkan troops shelled Nebelsbad on Monday.", date="2020-06-01")
    (event,) = document.events
    assert event.type == "ASSAULT"
    assert [(p.country, p.sectors) for p in event.actors] == [("ZUB", ("MIL",))]
    assert [p.country for p in event.recipients] == ["NEB"]


# -- faults


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,state,ZUB,", "the name is empty"),
        ("A,,planet,ZUB,", "no kind 'planet'; kinds: state, person"),
        ("A,,state,ZB,", "the country 'ZB' is not a code of three capital letters"),
        ("A,,state,ZUB,gov", "the sector 'gov' is not a code"),
        ("A,,state,ZUB,GOV,verb", "no use 'verb'; uses: name, agent"),
        ("A,,state,ZUB,,,,2019-02-30", "the start '2019-02-30' is no day"),
        ("A,,state,ZUB,,,,,1.1.2019", "the end '1.1.2019' is no day"),
        ("A,,state,ZUB,,,,2019-01-01,2018-01-01", "it ends (2018-01-01) before it starts"),
        ("A" + "," * 14, "more cells than columns"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path, row, said):
    path = tmp_path / "faulty.csv"
    path.write_text(HEAD + "Fine,,state,FIN,,,,,,,,,\n" + row + "\n", "utf-8")
    with pytest.raises(ConfigError) as raised:
        read_actors(path)
    assert f"{path}:3: {said}" in str(raised.value)


def test_all_faults_are_named_at_once_up_to_ten(tmp_path):
    path = tmp_path / "faulty.csv"
    path.write_text("name,kind,country,sectors\n" + "A,planet,ZUB,\n" * 12, "utf-8")
    with pytest.raises(ConfigError, match="and 2 more") as raised:
        read_actors(path)
    assert f"{path}:11:" in str(raised.value)
    assert f"{path}:12:" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,kind,country\nA,state,ZUB\n", "no column sectors"),
        ("name,kind,country,sectors,colour\n", "unknown column colour"),
        ("", "no column name"),
        ('name,kind,country,sectors\n"A,state,ZUB,\n', "not valid CSV"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path, text, said):
    path = tmp_path / "other.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said):
        read_actors(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.csv"):
        Coder(actors=[tmp_path / "none.csv"])


# -- fingerprints and commands


def test_the_fingerprint_of_the_files_is_in_record_and_settings(file, coder, tmp_path):
    document = coder.code("Zubrowka accused Uganda of fraud.", date="2020-06-01")
    assert document.coder.models["actors"] == fingerprint_of([str(file)])
    other = tmp_path / "other.csv"
    other.write_text(ROWS.replace("OPP", "CVL"), "utf-8")
    settings = [coder_settings(Request(("x",), actors=paths)) for paths in ((), (file,), (other,))]
    assert len({s["actors"] for s in settings}) == 3


def test_the_commands_take_actors_files(file, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("Zubrowka accused Nebelsbad of fraud.", "utf-8")
    runner = CliRunner()
    done = runner.invoke(app, ["code", str(article), "--actors", str(file), "-o", str(tmp_path / "o.jsonl")])
    assert done.exit_code == 0, done.output
    (row,) = map(json.loads, (tmp_path / "o.jsonl").read_text("utf-8").splitlines())
    assert (row["actor_countries"], row["recipient_countries"]) == ("ZUB", "NEB")
    done = runner.invoke(app, ["explain", str(article), "1", "--actors", str(file)])
    assert done.exit_code == 0, done.output
    phrases = tmp_path / "phrases.jsonl"
    phrases.write_text('{"phrase": "Zubrowkan lobby boys"}\n', "utf-8")
    answers = tmp_path / "answers.jsonl"
    done = runner.invoke(app, ["actors", "code", str(phrases), "--actors", str(file), "-o", str(answers)])
    assert done.exit_code == 0, done.output
    assert json.loads(answers.read_text("utf-8"))["country"] == "ZUB"


def test_every_column_and_kind_is_documented():
    page = (ROOT / "docs" / "actors.md").read_text("utf-8")
    assert set(COLUMNS) == {*REQUIRED, *OPTIONAL}
    assert [name for name in (*COLUMNS, *KINDS) if f"`{name}`" not in page] == []
