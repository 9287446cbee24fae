"""Filters: what an address asks for is what is found, whatever is typed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from dragoman.events import load_codebook
from dragoman.web import codings
from dragoman.web.choices import STATUSES
from dragoman.web.filters import Filters, read
from dragoman.web.ontology import Ontology
from web.asking import database, rows

ONTOLOGY = Ontology(load_codebook())
SIDE = "EXISTS (FROM participants_now p WHERE p.article = e.article AND p.event = e.event AND {})"
DAY = "coalesce(latest, earliest, date)"


@pytest.mark.parametrize(
    ("query", "sql"),
    [
        ("", "TRUE"),
        ("actor=state:KEN", SIDE.format("side = 'actor' AND key = 'state:KEN'")),
        ("actor=KEN", SIDE.format("side = 'actor' AND country = 'KEN'")),
        ("actor=ken", SIDE.format("side = 'actor' AND lower(name) LIKE '%ken%'")),
        ("recipient=UGA", SIDE.format("side = 'recipient' AND country = 'UGA'")),
        ("actor=KEN&both=1", SIDE.format("country = 'KEN'")),
        ("actor=UGA&recipient=KEN&both=1", SIDE.format("country = 'UGA'") + " AND " + SIDE.format("country = 'KEN'")),
        ("type=ACCUSE", "type = 'ACCUSE'"),
        ("type=ACCUSE&type=REQUEST", "type IN ('ACCUSE', 'REQUEST')"),
        ("quad=4", "type IN ('ASSAULT', 'COERCE', 'MOBILIZE', 'PROTEST', 'SANCTION')"),
        ("quad=4&type=SANCTION&type=ACCUSE", "type = 'SANCTION'"),
        ("status=planned&status=denied", "status IN ('planned', 'denied')"),
        ("claimant=article", "claim IS NULL"),
        ("claimant=MINISTRY", "lower(claimant) LIKE '%ministry%'"),
        ("place=nairobi", "lower(place) LIKE '%nairobi%'"),
        ("place=MLI", "place_country = 'MLI'"),
        ("source=Lake+Post", "article IN (SELECT article FROM articles WHERE source = 'Lake Post')"),
        ("since=2021-01-01", f"{DAY} >= DATE '2021-01-01'"),
        ("until=2019-12-31", "coalesce(earliest, latest, date) <= DATE '2019-12-31'"),
        ("text=DIPLOMATS+kenya", "lower(sentence) LIKE '%diplomats%' AND lower(sentence) LIKE '%kenya%'"),
        ("text=100%25", "contains(sentence, '100%')"),
        ("sure=0.9", "confidence >= .9"),
        ("news=1", "NOT historical"),
    ],
)  # fmt: skip
def test_filters_find_what_they_say(shared, query, sql):
    asked = read(QueryParams(query), ONTOLOGY, STATUSES)
    assert asked.problems == ()
    condition = asked.filters.condition(ONTOLOGY)
    found = {(one.article, one.event) for one in codings.find(database(shared), condition, limit=10_000)}
    wanted = rows(shared, f"SELECT article, event FROM events_now AS e WHERE duplicate_of IS NULL AND {sql}")
    assert found == set(wanted)
    assert codings.count(database(shared), condition) == len(found)


@pytest.mark.parametrize("order", codings.ORDERS)
def test_orders_are_total(shared, order):
    condition = Filters(again=True).condition(ONTOLOGY)
    whole = codings.find(database(shared), condition, order, limit=1000)
    parts = [
        one
        for at in range(0, len(whole), 7)
        for one in codings.find(database(shared), condition, order, 7, at)
    ]
    assert parts == whole


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since=2021-13-01", "is no date"),
        ("until=yesterday", "is no date"),
        ("since=2022-01-01&until=2021-01-01", "nothing can be found"),
        ("status=maybe", "there is no 'maybe'"),
        ("quad=9", "there is no '9'"),
        ("sure=much", "is no number"),
        ("sure=nan", "is no number"),
        ("text=" + "x" * 300, "longer than"),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(shared, query, words):
    asked = read(QueryParams(query), ONTOLOGY, STATUSES)
    assert words in " ".join(asked.problems)
    answer = shared.get("/search?" + query)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text


FILTERS = st.builds(
    Filters,
    actor=st.text(max_size=20).map(lambda words: " ".join(words.split())),
    both=st.booleans(),
    quad=st.sets(st.integers(1, 4)).map(lambda chosen: tuple(sorted(chosen))),
    status=st.sets(st.sampled_from(STATUSES)).map(lambda chosen: tuple(sorted(chosen))),
    text=st.text(max_size=20).map(lambda words: " ".join(words.split())),
    since=st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 1, 1)),
    sure=st.sampled_from([0.0, 0.5, 0.75]),
    news=st.booleans(),
    again=st.booleans(),
)


@given(FILTERS)
def test_an_address_gives_back_its_filters(filters):
    query = filters.href("/search").partition("?")[2]
    assert read(QueryParams(query), ONTOLOGY, STATUSES).filters == filters


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(Filters.__struct_fields__), st.text(max_size=30), max_size=4))
def test_nothing_that_is_typed_breaks_the_search(shared, typed):
    answer = shared.get("/search", params=typed)
    assert answer.status_code == 200
    assert rows(shared, "SELECT count(*) FROM events_now")[0][0] > 0


def test_changing_one_filter_keeps_the_others():
    filters = Filters(actor="KEN", type=("ACCUSE",))
    assert filters.href("/map", type=None, view="africa") == "/map?actor=KEN&view=africa"
    assert filters.href("/search", actor=None, type=()) == "/search"
