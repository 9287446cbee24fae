from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dragoman.actors import load_gazetteer
from dragoman.actors.asking import ActorAnswerer
from dragoman.errors import ArticleError

if TYPE_CHECKING:
    from dragoman.actors.gazetteer import Entry


def answer(phrase: str, date: str | None = None, context: str | None = None) -> dict[str, Any]:
    return ActorAnswerer().answer({"id": "1", "phrase": phrase, "date": date, "context": context})


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Kenyan police officers", "KEN", "COP"),
        ("the police in Nairobi", "KEN", "COP"),
        ("Peru's foreign minister", "PER", "GOV"),
        ("a former Bolivian senator", "BOL", "ELI"),
        ("the president of Chad", "TCD", "GOV"),
        ("a spokesman for the Taliban", "AFG", "REB"),
        ("members of Hezbollah", "LBN", "REB"),
        ("a Danish frigate", "DNK", "MIL"),
        ("the Swiss", "CHE", None),
        ("five Ghanaian women", "GHA", "CVL"),
        ("Norway", "NOR", None),
        ("the Chilean Ministry of Mines", "CHL", "GOV"),
        ("the Peruvian Farmers Union", "PER", "LAB"),
        ("yesterday", None, None),
    ],
)
def test_phrase_gives_country_and_main_sector(phrase: str, country: str | None, sector: str | None) -> None:
    got = answer(phrase)
    assert got["country"] == country
    assert (got["sectors"] or [None])[0] == sector


def test_one_name_on_three_dates_is_three_things() -> None:
    offices = [answer("Mike Pompeo", d) for d in ("2017-06-01", "2020-06-01", "2023-06-01")]
    assert [o["office"] and o["office"]["title"] for o in offices] == [
        "Director of the CIA",
        "Secretary of State",
        None,
    ]
    assert offices[2]["sectors"] == ["ELI"]


def test_context_gives_what_the_phrase_leaves_out() -> None:
    got = answer("Otieno", context="The Kenyan trade minister Amina Otieno signed. Otieno left.")
    assert (got["country"], got["sectors"]) == ("KEN", ["GOV"])


def test_row_keeps_its_own_fields() -> None:
    row = {"id": "x", "phrase": "NATO", "date": None, "context": None, "mine": 1}
    got = ActorAnswerer().answer(row)
    assert got["mine"] == 1
    assert got["ids"]["plover"] == "IGO"


@pytest.mark.parametrize("row", [{"id": "1"}, {"id": "1", "phrase": " "}, {"phrase": "x", "date": "soon"}])
def test_bad_row_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ArticleError):
        ActorAnswerer().answer(row)


AGENTS = [
    e for e in load_gazetteer().entries if any(a.use == "agent" for a in load_gazetteer().lookup(e.name))
]


@pytest.mark.parametrize("entry", AGENTS, ids=lambda e: e.name)
def test_every_kind_of_agent_has_its_sector_and_takes_the_country_beside_it(entry: Entry) -> None:
    reading = ActorAnswerer().read(f"the Kenyan {entry.name}", None)
    assert reading is not None
    assert reading.country == "KEN"
    assert reading.sectors == entry.sectors
