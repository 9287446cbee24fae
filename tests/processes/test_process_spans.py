"""From when to when a process lasts, and that a town where it takes place has coordinates."""

from __future__ import annotations

import pytest

from support import draft_of


@pytest.mark.parametrize(
    ("days", "earliest", "latest"),
    [
        ("from March 28 to April 2", "2022-03-28", "2022-04-02"),
        ("from 28 March to 31 March", "2022-03-28", "2022-03-31"),
        ("from 28 to 31 March", "2022-03-28", "2022-03-31"),
    ],
)
def test_a_process_lasts_from_the_first_day_to_the_last(days: str, earliest: str, latest: str) -> None:
    draft = draft_of(f"Kenya and Chad will hold joint military exercises {days}.", date="2022-03-20")
    (process,) = draft.processes
    assert process.time is not None
    assert (process.time.earliest, process.time.latest) == (earliest, latest)


@pytest.mark.parametrize("town", ["Nairobi", "Mombasa", "Paris"])
def test_a_town_where_a_process_takes_place_has_coordinates(town: str) -> None:
    draft = draft_of(f"Kenya and Chad will hold a summit in {town} on Friday.", date="2022-03-20")
    (process,) = draft.processes
    assert process.place is not None
    assert process.place.name == town
    assert process.place.lat is not None
    assert process.place.geonames is not None
