"""Who is who and who held what; what is odd in the data; terms that nobody follows."""

from __future__ import annotations

import pytest

from dragoman.actors import load_gazetteer
from dragoman.actors.checking import check_holders, open_terms
from dragoman.actors.gazetteer import data_rows
from dragoman.actors.spellings import spellings_of
from dragoman.actors.who import holders, look_up
from dragoman.errors import ConfigError


def row(person, start, end, title="President", country="ZUB", **more):
    blank = {"aliases": "", "organization": "", "sectors": "", "source": ""}
    return {**blank, "person": person, "country": country, "title": title, "start": start, "end": end, **more}


def test_a_name_is_looked_up_as_of_the_date():
    then, later = (look_up(load_gazetteer(), "Sergei Lavrov", d)[0] for d in ("2003-05-01", "2010-05-01"))
    assert (then["office"]["title"], later["office"]["title"]) == (
        "Ambassador to the United Nations",
        "Foreign Minister",
    )
    assert "Sergey Lavrov" in then["names"]


def test_a_collective_is_looked_up_with_its_members_of_the_date():
    assert "GBR" in look_up(load_gazetteer(), "EU", "2010-01-01")[0]["members"]
    assert "GBR" not in look_up(load_gazetteer(), "EU", "2021-01-01")[0]["members"]


def test_an_unknown_name_is_answered_with_those_that_are_close():
    with pytest.raises(ConfigError, match="close: Lavrov"):
        look_up(load_gazetteer(), "Lavrof", None)


@pytest.mark.parametrize(
    ("where", "day", "office", "names"),
    [
        ("KEN", "2020-07-14", "president", ["William Ruto", "Uhuru Kenyatta"]),
        ("France", "1995-06-20", "prime minister", ["Alain Juppé"]),
        ("NATO", "2012-01-01", "secretary general", ["Anders Fogh Rasmussen"]),
        ("JPN", "2007-10-01", "foreign minister", ["Masahiko Komura"]),
        ("KEN", "1900-01-01", "", []),
    ],
)
def test_holders_are_those_of_the_day(where, day, office, names):
    assert [h["name"] for h in holders(load_gazetteer(), where, day, office)] == names


def test_an_unknown_country_is_refused_with_what_is_valid():
    with pytest.raises(ConfigError, match=r"no country or organization 'Kenia'.*KEN.*Kenya"):
        holders(load_gazetteer(), "Kenia", "2020-01-01")


def test_every_state_has_a_head_on_the_first_of_every_year_since_1992():
    states = [
        s
        for s in data_rows("states.csv")
        if s["cow"] and s["iso3"] not in {"MCO", "SMR", "AND", "SOM", "AFG", "LBY"}
    ]
    terms = {}
    for r in data_rows("holders.csv"):
        if r["start"] and r["source"].startswith("succession"):
            terms.setdefault(r["country"], []).append(r)
    missing = []
    for year in range(1992, 2026):
        day = f"{year}-03-01"
        for state in states:
            alive = (not state["start"] or state["start"] <= day) and (not state["end"] or day < state["end"])
            held = any(
                r["start"] <= day and (not r["end"] or day < r["end"]) for r in terms.get(state["iso3"], ())
            )
            if alive and not held:
                missing.append((state["iso3"], year))
    assert len(missing) < 25, missing


def test_the_data_of_the_package_are_in_order():
    assert [str(f) for f in check_holders(data_rows("holders.csv")) if not f.reason] == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("A", "2001-01-01", "2005-01-01"), row("B", "2004-06-01", "")],
         ["overlap: ZUB: President: A until 2005-01-01, B from 2004-06-01"]),
        ([row("A", "2001-01-01", "2003-01-01"), row("B", "2006-06-01", "")],
         ["gap: ZUB: President: nobody from 2003-01-01 to 2006-06-01"]),
        ([row("A", "2001-01-01", "2003-01-01"), row("B", "2003-01-01", "")], []),
        ([row("Agatha Benoit", "2001-01-01", "", "Mayor of A"),
          row("B B", "2001-01-01", "", "Mayor of B", aliases="Agatha Benoit")],
         ["name: ZUB: 'Agatha Benoit' means Agatha Benoit and B B"]),
        ([row("A", "2001-01-01", "", "Senator"), row("B", "2001-01-01", "", "Senator")], []),
    ],
)  # fmt: skip
def test_what_is_odd_is_found(rows, said):
    assert [str(f) for f in check_holders(rows)] == said


def test_open_terms_are_stale_when_nobody_has_looked_for_long():
    rows = [
        row("A", "2001-01-01", "", source="list, followed to 2020-01-01"),
        row("B", "2001-01-01", "", "Premier", source="list, followed to 2020-12-01"),
        row("C", "2001-01-01", "2005-01-01", "King"),
        row("D", "2020-11-01", "", "Emir"),
    ]
    assert [t.person for t in open_terms(rows, "2021-01-01", 90)] == ["A"]
    assert [t.person for t in open_terms(rows, "2021-01-01", 10)] == ["D", "A", "B"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Mohammed bin Salman", "Muhammad bin Salman"),
        ("Bashar al-Assad", "Bashar el-Assad"),
        ("Janez Janša", "Janez Jansa"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Binali Yıldırım", "Binali Yildirim"),
    ],
)
def test_a_name_has_the_spellings_of_other_newspapers(name, other):
    assert other in spellings_of(name)
