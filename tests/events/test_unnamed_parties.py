"""Acts of parties that nobody names, and acts that several words tell once."""

from __future__ import annotations

import pytest

import support


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("A car bomb killed two policemen and wounded a nurse.", ["two policemen", "nurse"]),
        ("An Israeli missile hit a car in Lebanon, killing two men.", ["Lebanon"]),
        ("The attack by Sudanese militias on Chadian villagers killed nine people.", ["Chadian villagers"]),
        ("A bomb planted by separatists killed three policemen.", ["three policemen"]),
    ],
)
def test_what_came_of_an_act_is_no_act_of_its_own(text: str, recipients: list[str]) -> None:
    (event,) = [e for e in support.draft_of(text, upto="StatusStep").events if e.type == "ASSAULT"]
    assert [m.entity.name for m in event.recipients] == recipients


@pytest.mark.parametrize(
    "text",
    [
        "The army shelled the village on Sunday.",
        "Air strikes killed at least nine civilians.",
        "At least nine people died when a bomb exploded at a market.",
    ],
)
def test_an_act_of_a_power_or_weapon_needs_no_name(text: str) -> None:
    assert [e.type for e in support.draft_of(text, upto="StatusStep").events] == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "The army shells the village and the boy flees.",
        "At least nine people died when a boiler exploded at a laundry.",
        "He was accused of beating prisoners.",
    ],
)
def test_plots_and_accidents_of_nobody_named_are_no_acts(text: str) -> None:
    events = support.draft_of(text, upto="StatusStep").events
    assert all(e.type != "ASSAULT" for e in events)


def test_what_is_said_besides_of_somebody_in_a_demand_has_happened() -> None:
    draft = support.draft_of(
        "Peru urged Chile to free the sailors, whom it seized in May.", upto="StatusStep"
    )
    assert {e.type for e in draft.events} >= {"REQUEST", "ASSAULT"}
