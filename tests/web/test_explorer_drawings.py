"""Charts, network and map: the same each time, inside their frame, and no more exact than what is known."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.events import load_codebook
from dragoman.web import basemap, charts, network, projection
from dragoman.web.filters import Filters
from dragoman.web.ontology import Ontology
from dragoman.web.pages.map import VIEWS
from web.asking import database, rows

DATES = st.dates(datetime.date(1800, 1, 1), datetime.date(2100, 1, 1))


@given(DATES, st.sampled_from(["day", "week", "month", "year"]))
def test_units_follow_one_another_without_gap(day, unit):
    begin = charts.begin_of(day, unit)
    after = charts.next_of(begin, unit)
    assert begin <= day < after
    assert charts.begin_of(after, unit) == after
    assert charts.begin_of(after - datetime.timedelta(days=1), unit) == begin


@given(DATES, DATES)
def test_there_are_never_too_many_bars(one, other):
    first, last = sorted((one, other))
    unit = charts.unit_for(first, last)
    drawn = charts.draw({}, unit, first, last, 0, [1, 2], Filters(), "/search")
    assert drawn.bars == ()
    assert len(drawn.across) <= 13


@given(st.integers(0, 10**9))
def test_the_top_of_an_axis_holds_the_highest_bar(number):
    top = charts.nice(number)
    assert top >= number
    assert top % 2 == 0
    assert top <= max(4 * number, 2)


def test_bars_count_what_their_links_find(shared):
    ontology = Ontology(load_codebook())
    filters = Filters(type=("SANCTION",))
    chart = charts.over_time(database(shared), ontology, filters, filters.condition(ontology), "/search")
    (total,) = rows(
        shared, "SELECT count(*) FROM events_now WHERE type = 'SANCTION' AND duplicate_of IS NULL"
    )[0]
    assert chart is not None
    assert sum(bar.total for bar in chart.bars) + chart.vague <= total
    for bar in chart.bars:
        assert all(piece.y >= 0 and piece.y + piece.height <= charts.HEIGHT + 0.1 for piece in bar.pieces)
        assert "type=SANCTION" in bar.href
        assert "since=" in bar.href


NAMES = st.lists(st.text(min_size=1, max_size=5), min_size=0, max_size=25, unique=True)


@given(NAMES, st.data())
def test_a_network_is_drawn_the_same_each_time_and_inside_its_frame(names, data):
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)) if names else st.nothing()
    weights = data.draw(st.dictionaries(pairs, st.integers(1, 50), max_size=20)) if names else {}
    one, other = network.layout(names, weights), network.layout(names, weights)
    assert one == other
    assert set(one) == set(names)
    assert all(0 <= x <= network.WIDTH and 0 <= y <= network.HEIGHT for x, y in one.values())
    assert len(set(one.values())) == len(names)


def test_actors_that_have_to_do_with_each_other_stand_closer():
    names = list("abcdefgh")
    spots = network.layout(names, {("a", "b"): 9, ("c", "d"): 9, ("e", "f"): 9, ("g", "h"): 9})

    def apart(one, other):
        return ((spots[one][0] - spots[other][0]) ** 2 + (spots[one][1] - spots[other][1]) ** 2) ** 0.5

    others = [apart(one, other) for one in names for other in names if one != other]
    assert apart("a", "b") < sum(others) / len(others)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_place_lies_on_the_map(longitude, latitude):
    x, y = projection.project(longitude, latitude)
    assert -0.1 <= x <= projection.WIDTH + 0.1
    assert -0.1 <= y <= projection.HEIGHT + 0.1


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [("KEN", 37.9, 0.2), ("RUS", 96.7, 61.9), ("BRA", -53.1, -10.8), ("FJI", 178.0, -17.8), ("XKX", 20.9, 42.6),
     ("NZL", 171.0, -43.5)],
)  # fmt: skip
def test_countries_lie_where_they_are(code, longitude, latitude):
    shape = basemap.world().largest(code)
    x, y = projection.project(longitude, latitude)
    assert shape is not None
    assert abs(shape.x - x) < 60
    assert abs(shape.y - y) < 60


def test_outlines_stay_on_the_map_and_do_not_cross_it():
    for shape in basemap.world().countries:
        for ring in shape.path.split("M")[1:]:
            numbers = [float(n) for n in re.findall(r"-?\d+", ring)]
            steps = list(zip(numbers[2::2], numbers[3::2], strict=True))
            assert all(abs(dx) < 400 for dx, _ in steps), shape.name  # the 180th meridian is no border
            x, y = numbers[:2]
            for dx, dy in steps:
                x, y = x + dx, y + dy
                assert -1 <= x <= projection.WIDTH + 1, shape.name
                assert -1 <= y <= projection.HEIGHT + 1, shape.name


def test_nearly_every_country_of_the_gazetteer_is_on_the_map():
    from dragoman.context import gazetteer

    codes = {entry.country for entry in gazetteer.countries().values() if entry.country}
    missing = {code for code in codes if basemap.world().largest(code) is None}
    assert len(missing) < 25
    assert not missing & {"USA", "RUS", "CHN", "IND", "SSD", "PSE", "TWN", "XKX", "VAT", "MLT", "SGP", "ESH"}


def test_views_lie_on_the_map():
    for left, top, width in (window for _, window in VIEWS.values()):
        assert left >= 0
        assert left + width <= projection.WIDTH
        assert top >= 0
        assert top + width * 0.43 <= projection.HEIGHT
