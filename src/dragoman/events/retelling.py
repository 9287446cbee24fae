"""One act told by several words of a sentence: "met and held talks", "the attack by X killed Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.roles import is_anchored
from dragoman.language import grammar

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
        if _joined(event, twin):
            known = {id(m.entity) for m in (*twin.actors, *twin.recipients)}
            twin.recipients.extend(m for m in event.recipients if id(m.entity) not in known)
        twin.mode = twin.mode or event.mode
        twin.topics.extend(
            t for t in event.topics if all((t.start, t.end) != (o.start, o.end) for o in twin.topics)
        )
        twin.medium = twin.medium or event.medium
    return sorted(kept, key=lambda e: e.trigger)


def _telling_rank(event: DraftEvent) -> tuple[int, int, bool, float, tuple[int, int]]:
    """Rank tellings of one sentence: more parties first, more of them named, verbs before nouns, the surer frame."""
    parties = [*event.actors, *event.recipients]
    named = sum(map(is_anchored, parties))
    return -len(parties), -named, event.token.pos_ not in ("VERB", "AUX"), -event.score, event.trigger


def _join_subjects(events: list[DraftEvent]) -> None:
    """Give a verb the parties of its subject noun when both tell one act: "the attack by X killed Y"."""
    for event in events:
        for other in events:
            if other is event or other.type != event.type:
                continue
            if other.token.i != event.token.i and not _says_more_of_subject(other, event):
                continue
            for mine, theirs in ((event.actors, other.actors), (event.recipients, other.recipients)):
                if not mine:
                    mine.extend(m for m in theirs if m not in (*event.actors, *event.recipients))


def _says_more_of_subject(event: DraftEvent, other: DraftEvent) -> bool:
    """Tell whether one event says where the subject of another comes from: "a bomb planted by rebels killed two"."""
    noun = event.token.head
    return event.token.dep_ == "acl" and noun.dep_ == "nsubj" and noun.head.i == other.token.i


def _told_by(event: DraftEvent, other: DraftEvent) -> bool:
    if event.type != other.type or event.reciprocal != other.reciprocal or event.speech_act:
        return False
    if event.mode and other.mode and event.mode != other.mode and event.token.i != other.token.i:
        return False
    if _joined(event, other) or _of_one_stroke(event, other):
        return True
    theirs = {id(m.entity) for m in other.actors}, {id(m.entity) for m in other.recipients}
    # "The attack on Chadian villagers killed nine people": the nine are some of the villagers.
    one = event.token.i == other.token.i and bool(other.recipients)
    recipients = [m for m in event.recipients if not one or is_anchored(m)]
    return {id(m.entity) for m in event.actors} <= theirs[0] and {id(m.entity) for m in recipients} <= theirs[
        1
    ]


def _joined(event: DraftEvent, other: DraftEvent) -> bool:
    """Tell whether two verbs of a clause tell one act done to people of no name: "killed two and wounded nine"."""
    first, second = grammar.first_conjunct(event.token), grammar.first_conjunct(other.token)
    return (
        event.entry == other.entry
        and first.i == second.i
        and {id(m.entity) for m in event.actors} == {id(m.entity) for m in other.actors}
        and not any(is_anchored(m) for m in (*event.recipients, *other.recipients))
    )


def _of_one_stroke(event: DraftEvent, other: DraftEvent) -> bool:
    """Tell whether one verb says what came of the other: "a missile hit a car, killing two men"."""
    for result, cause in ((event.token, other.token), (other.token, event.token)):
        if (
            result.dep_ == "advcl"
            and result.tag_ == "VBG"
            and grammar.first_conjunct(result).head.i == cause.i
        ):
            return {id(m.entity) for m in event.actors} == {id(m.entity) for m in other.actors}
    return False
