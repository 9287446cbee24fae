"""What always holds of times and places, whatever the text and the day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from context.context_support import draft_with_event
from dragoman.context import PlaceStep, TimeStep, find_places, find_times
from dragoman.context.values import bounds, move, shift
from support import table

TIMED = [row["text"] for row in table("times")]
PLACED = [(row["text"], row["word"]) for row in table("places")]
DAYS = st.dates(min_value=datetime.date(1900, 2, 1), max_value=datetime.date(2099, 12, 1))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(TIMED), min_size=1, max_size=4),
    st.one_of(st.none(), DAYS),
    st.sampled_from([" ", "\n\n"]),
)
def test_bounds_are_ordered_and_words_are_exact(
    texts: list[str], day: datetime.date | None, glue: str
) -> None:
    text = glue.join(texts)
    reach = 0
    for timex in find_times(text, day.isoformat() if day else None):
        assert reach <= timex.start < timex.end <= len(text)
        words = text[timex.start : timex.end]
        assert words == words.strip()
        reach = timex.end
        assert not (timex.earliest and timex.latest) or timex.earliest <= timex.latest
        covered = bounds(timex.value)
        if (
            covered is not None
            and timex.type == "DATE"
            and timex.earliest
            and timex.latest
            and len(timex.value) > 4
        ):
            # What narrows a value ("earlier this month") stays inside it.
            assert covered[0].isoformat() <= timex.earliest <= timex.latest <= covered[1].isoformat()


@settings(max_examples=100, deadline=None)
@given(
    DAYS,
    st.sampled_from(
        ["He left on Monday.", "He left last Friday.", "He leaves next Sunday.", "He left yesterday."]
    ),
)
def test_a_week_later_the_same_words_mean_a_week_later(day: datetime.date, text: str) -> None:
    week = datetime.timedelta(days=7)
    (first,) = find_times(text, day.isoformat())
    (second,) = find_times(text, (day + week).isoformat())
    assert first.earliest is not None
    assert second.earliest == (datetime.date.fromisoformat(first.earliest) + week).isoformat()


@settings(max_examples=100, deadline=None)
@given(DAYS, st.integers(1, 400))
def test_days_ago_count_back_from_the_day(day: datetime.date, count: int) -> None:
    (found,) = find_times(f"He left {count} days ago.", day.isoformat())
    then = (day - datetime.timedelta(days=count)).isoformat()
    assert (found.value, found.earliest, found.latest) == (then, then, then)


@settings(max_examples=100, deadline=None)
@given(DAYS)
def test_what_is_behind_ends_by_the_day_and_what_is_ahead_begins_on_it(day: datetime.date) -> None:
    now = day.isoformat()
    for text in ("It fell earlier this year.", "It fell over the past three months.", "It fell recently."):
        for found in find_times(text, now):
            assert found.latest is not None
            assert found.latest <= now
    for text in ("It falls later this year.", "It will fall in the next three months.", "It falls soon."):
        for found in find_times(text, now):
            assert found.earliest is not None
            assert found.earliest >= now


@given(DAYS, st.sampled_from(["D", "W", "M", "Q", "Y", "DE"]), st.integers(-40, 40))
def test_a_shifted_value_covers_the_moved_day(day: datetime.date, unit: str, count: int) -> None:
    value, moved = shift(day, unit, count), move(day, unit, count)
    assert value is not None
    assert moved is not None
    covered = bounds(value)
    assert covered is not None
    assert covered[0] <= moved <= covered[1]


WORDS = sorted({word for text, _ in PLACED for word in text.split()})


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_places_are_found_in_words_of_any_order_without_a_fault(text: str) -> None:
    text = f"Gunmen {text}"
    draft, event = draft_with_event(text, "Gunmen")
    PlaceStep()(draft)
    for hit in find_places(event.sentence, draft):
        assert text[hit.start : hit.end].strip()


@pytest.mark.parametrize(("text", "word"), PLACED[::4])
def test_places_and_times_of_events_point_into_the_text(text: str, word: str) -> None:
    draft, event = draft_with_event(text, word)
    TimeStep()(draft)
    PlaceStep()(draft)
    if event.place is not None:
        assert draft.text[event.place.start : event.place.end].strip()
        assert (event.place.lat is None) == (event.place.lon is None)
        assert event.place.lat is None or (
            -90 <= event.place.lat <= 90 and -180 <= (event.place.lon or 0) <= 180
        )
    if event.time is not None and event.time.earliest and event.time.latest:
        assert event.time.earliest <= event.time.latest
