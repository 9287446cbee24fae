"""Where events are set: a table of sentences, the gazetteer, and what always holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from context.context_support import draft_with_event
from dragoman.context import PlaceStep, TimeStep, find_places, place_of
from dragoman.context.gazetteer import cities_named, countries, regions
from dragoman.draft import DraftEntity, DraftMention
from support import table


@pytest.mark.parametrize("row", table("places"), ids=lambda row: f"{row['word']}: {row['text']}")
def test_table(row: dict[str, Any]) -> None:
    draft, event = draft_with_event(row["text"], row["word"])
    TimeStep()(draft)
    PlaceStep()(draft)
    place = event.place
    assert ((place.name, place.country) if place else (None, None)) == (row["place"], row["country"])
    assert event.reasons["place"].rule
    if place is not None:
        assert draft.text[place.start : place.end][:1].isupper()


def test_a_country_has_no_coordinates_and_a_town_has() -> None:
    draft, event = draft_with_event("Aid workers delivered food in Yemen.", "delivered")
    place = place_of(event.sentence, event.token, draft)
    assert place is not None
    assert (place.lat, place.lon, place.country) == (None, None, "YEM")
    draft, event = draft_with_event("Ministers met in Geneva.", "met")
    place = place_of(event.sentence, event.token, draft)
    assert place is not None
    assert place.geonames == "2660646"
    assert place.lat == pytest.approx(46.2, abs=0.05)


def test_a_name_that_acts_is_no_place() -> None:
    text = "Ministers met in Geneva."
    draft, event = draft_with_event(text, "met")
    entity = DraftEntity("Geneva", "organization")
    draft.mentions.append(DraftMention(17, 23, "name", entity, event.sentence))
    assert find_places(event.sentence, draft) == []


def test_the_countries_of_the_text_decide_between_towns_of_one_name() -> None:
    draft, event = draft_with_event("Protesters marched in Tripoli.", "marched")
    entity = DraftEntity("Lebanon", "state", country="LBN")
    draft.mentions += [
        DraftMention(0, 10, "name", entity, event.sentence),
        DraftMention(99, 106, "name", entity, None),
    ]
    place = place_of(event.sentence, event.token, draft)
    assert place is not None
    assert place.country == "LBN"


def test_old_names_and_names_without_accents_are_known() -> None:
    assert cities_named("Kiev")[0].name == "Kyiv"
    assert cities_named("Bogota")[0].name == "Bogotá"
    assert countries()["Ivory Coast"].country == "CIV"
    assert regions()["Texas"].geonames == "4736286"


def test_towns_of_a_name_come_largest_first() -> None:
    populations = [entry.population for entry in cities_named("Paris")]
    assert populations == sorted(populations, reverse=True)
    assert len(populations) > 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_any_name_can_be_looked_up(name: str) -> None:
    assert all(entry.country for entry in cities_named(name))
