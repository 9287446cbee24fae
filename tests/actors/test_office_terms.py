"""Every holder of office holds it on the days of the term, and on no other day."""

from __future__ import annotations

import datetime
import functools
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.actors import load_gazetteer
from dragoman.actors.asking import ActorAnswerer
from dragoman.actors.offices import standing

if TYPE_CHECKING:
    from dragoman.actors.entries import Entry, Term


@functools.cache
def holders() -> list[tuple[Entry, Term]]:
    """Return every office known to be held between two days, with its holder."""
    return [(e, t) for e in load_gazetteer().entries if e.kind == "person" for t in e.terms if not t.rough]


def moved(day: str, by: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(by)).isoformat()


def days_inside(term: Term) -> list[str]:
    """Return the first, a middle and the last day of a term."""
    last = moved(term.end, -1) if term.end else "2026-06-01"
    first = datetime.date.fromisoformat(term.start)
    half = (datetime.date.fromisoformat(last) - first).days // 2
    return [term.start, moved(term.start, max(half, 0)), last if last >= term.start else term.start]


def days_outside(term: Term) -> list[str]:
    """Return the day before a term, the day after it and one ten years before."""
    return [moved(term.start, -1), moved(term.start, -3650), *([term.end] if term.end else [])]


def test_an_office_is_held_on_the_days_of_its_term():
    gazetteer = load_gazetteer()
    assert len(holders()) > 4000
    for entry, term in holders():
        for day in days_inside(term):
            now = standing(entry, day, gazetteer, title=term.title)
            held = {t.title for t in entry.terms if t.covers(day)}
            assert now.office is not None, (entry.name, term)
            assert now.office.title in held, (entry.name, day)


def test_no_office_is_held_on_a_day_outside_of_its_term():
    gazetteer = load_gazetteer()
    for entry, term in holders():
        for day in days_outside(term):
            now = standing(entry, day, gazetteer, title=term.title)
            held = {t.title for t in entry.terms if t.covers(day)}
            assert now.office is None or now.office.title in held, (entry.name, day)


@functools.cache
def answerer() -> ActorAnswerer:
    return ActorAnswerer()


@functools.cache
def names_of_one() -> list[tuple[Entry, Term]]:
    """Return the holders whose full name is nobody else's."""
    gazetteer = load_gazetteer()
    return [(e, t) for e, t in holders() if " " in e.name and len(gazetteer.lookup(e.name)) == 1]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_name_in_a_text_has_the_office_of_the_date(data):
    entry, term = data.draw(st.sampled_from(names_of_one()))
    for day in (*days_inside(term), *days_outside(term)):
        reading = answerer().read(entry.name, day)
        held = {t.title for t in entry.terms if t.covers(day)}
        assert reading is not None
        if held:
            assert reading.office is not None, (entry.name, day)
            assert reading.office.title in held, (entry.name, day)
        else:
            assert reading.office is None, (entry.name, day)
