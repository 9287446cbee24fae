"""When events took place: by their own words, bounded by the report's day or by the publication date."""

from __future__ import annotations

from typing import Any

import pytest

from context.context_support import draft_with_event
from dragoman.context import TimeStep, time_of
from support import table


@pytest.mark.parametrize("row", table("event_times"), ids=lambda row: f"{row['word']}: {row['text']}")
def test_table(row: dict[str, Any]) -> None:
    draft, event = draft_with_event(row["text"], row["word"], status=row["status"])
    TimeStep()(draft)
    time = event.time
    assert time is not None
    origin = time.from_
    if isinstance(origin, int):
        origin = draft.text[draft.times[origin].start : draft.times[origin].end]  # type: ignore[assignment]
    assert [time.value, time.earliest, time.latest, origin] == [
        row[k] for k in ("value", "earliest", "latest", "from")
    ]
    assert event.reasons["time"].rule


def test_without_a_publication_date_nothing_is_guessed() -> None:
    draft, event = draft_with_event("The king met the envoy.", "met", date=None)
    TimeStep()(draft)
    assert event.time is None
    draft, event = draft_with_event("The king met the envoy in June.", "met", date=None)
    TimeStep()(draft)
    assert event.time is not None
    assert (event.time.value, event.time.earliest, event.time.latest, event.time.from_) == (
        "XXXX-06",
        None,
        None,
        0,
    )


def test_captions_give_no_times() -> None:
    from dragoman.model import Segment

    text = "The king on Friday.\nThe king met the envoy on Monday."
    draft, _ = draft_with_event(text, "met")
    draft.segments = [Segment("caption", 0, 19), Segment("body", 20, len(text))]
    TimeStep()(draft)
    assert [text[t.start : t.end] for t in draft.times] == ["Monday"]


def test_the_time_of_any_word() -> None:
    draft, event = draft_with_event(
        "A summit in Oslo in November will draw critics.", "summit", status="planned"
    )
    TimeStep()(draft)
    found = time_of(event.sentence, event.token, draft, "planned")
    assert found is not None
    assert found.value == "2020-11"
