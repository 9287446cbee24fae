"""One act told by several words of a sentence: "met and held talks", "the attack by X killed Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.draft import DraftEvent


def told_once(events: list[DraftEvent]) -> list[DraftEvent]:
    """Leave out an event that another of the same sentence tells as well: "met and held talks"."""
    kept: list[DraftEvent] = []
    _join_subjects(events)
    for event in sorted(events, key=_telling_rank):
        twin = next((k for k in kept if _told_by(event, k)), None)
        if twin is None:
            kept.append(event)
            continue
        twin.mode = twin.mode or event.mode
        twin.topics.extend(
            t for t in event.topics if all((t.start, t.end) != (o.start, o.end) for o in twin.topics)
        )
        twin.medium = twin.medium or event.medium
    return sorted(kept, key=lambda e: e.trigger)


def _telling_rank(event: DraftEvent) -> tuple[int, bool, float, tuple[int, int]]:
    """Rank tellings of one sentence: more parties first, then verbs before nouns, then the surer frame."""
    parties = len(event.actors) + len(event.recipients)
    return -parties, event.token.pos_ not in ("VERB", "AUX"), -event.score, event.trigger


def _join_subjects(events: list[DraftEvent]) -> None:
    """Give a verb the parties of its subject noun when both tell one act: "the attack by X killed Y"."""
    for event in events:
        for other in events:
            if other is event or other.token.i != event.token.i or other.type != event.type:
                continue
            for mine, theirs in ((event.actors, other.actors), (event.recipients, other.recipients)):
                if not mine:
                    mine.extend(m for m in theirs if m not in (*event.actors, *event.recipients))


def _told_by(event: DraftEvent, other: DraftEvent) -> bool:
    if event.type != other.type or event.reciprocal != other.reciprocal or event.speech_act:
        return False
    if event.mode and other.mode and event.mode != other.mode:
        return False
    theirs = {id(m.entity) for m in other.actors}, {id(m.entity) for m in other.recipients}
    return {id(m.entity) for m in event.actors} <= theirs[0] and {
        id(m.entity) for m in event.recipients
    } <= theirs[1]
