"""The time of a happening that an article tells more than once: what one telling says holds for all.

Tellings are linked before times are known. Two that turn out to speak of different days are two happenings;
where one has a date or a tighter bound and another has not, the other takes it over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import DraftEvent

# What has happened and what is ahead are bounded from different sides.
_AHEAD = frozenset({"planned", "proposed", "possible", "conditional", "hypothetical"})


def settle(events: Sequence[DraftEvent]) -> None:
    """Unlink tellings whose times exclude each other, then share times among those that stay linked."""
    for event in events:
        for other in list(event.duplicates):
            if _exclude(event.time, other.time):
                _unlink(event, other)
    # Twice: the fullest telling learns from the others, then they from it.
    for _ in range(2):
        before = {id(e): e.time for e in events}
        for event in events:
            for other in event.duplicates:
                if (event.status in _AHEAD) == (other.status in _AHEAD):
                    _learn(event, other, before[id(other)])


def _exclude(one: model.EventTime | None, other: model.EventTime | None) -> bool:
    """Tell whether two stated times have no day in common."""
    if one is None or other is None or one.value is None or other.value is None:
        return False
    if one.earliest and other.latest and one.earliest > other.latest:
        return True
    return bool(other.earliest and one.latest and other.earliest > one.latest)


def _unlink(event: DraftEvent, other: DraftEvent) -> None:
    event.duplicates = [e for e in event.duplicates if e is not other]
    other.duplicates = [e for e in other.duplicates if e is not event]
    for one in (event, other):
        if not one.duplicates:
            one.reasons.pop("duplicates", None)


def _learn(event: DraftEvent, other: DraftEvent, time: model.EventTime | None) -> None:
    """Take over the time of another telling where it says more."""
    known = event.time
    if time is None or time == known or (known is not None and known.value is not None):
        return
    tighter = known is None or time.value is not None or _within(time, known)
    if tighter:
        event.time = time
        event.reasons["time"] = model.Reason(
            "inferred", "time: as another telling of the same has it", (model.Span(*other.trigger),)
        )


def _within(time: model.EventTime, known: model.EventTime) -> bool:
    """Tell whether bounds lie inside others and are not the same."""
    later = (time.earliest or "") >= (known.earliest or "")
    sooner = time.latest is not None and (known.latest is None or time.latest <= known.latest)
    same = (time.earliest, time.latest) == (known.earliest, known.latest)
    return later and (sooner or time.latest == known.latest) and not same
