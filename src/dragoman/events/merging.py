"""Tellings of one happening: events of a document with one type, like parties and like time are linked.

Every telling stays an event; the fullest one comes first in its own eyes: it lists the others, they list
it. Nothing is lost, and whoever counts happenings counts the fullest telling only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import model
from dragoman.actors.sectors import sector_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import DraftEntity, DraftEvent, DraftMention

_VAGUE = frozenset({"state"})


def link_duplicates(events: Sequence[DraftEvent]) -> None:
    """Link the tellings of one happening by `duplicates`, with the reason in `reasons["duplicates"]`.

    Two events tell one happening when type and mode do not conflict, both have the same standing (denied
    or not), and their parties are compatible on both sides: the same entity, a member of a collective, or
    a state and one of its officials. Chains are followed: what is told alike by a third is one happening.
    """
    groups: list[list[DraftEvent]] = []
    for event in events:
        home = next((g for g in groups if all(same_happening(event, other) for other in g)), None)
        if home is None:
            groups.append([event])
        else:
            home.append(event)
    for group in groups:
        if len(group) < 2:
            continue
        main = max(group, key=lambda e: (fullness(e), -e.trigger[0]))
        others = [e for e in group if e is not main]
        _link(main, others)


def _link(main: DraftEvent, others: list[DraftEvent]) -> None:
    main.duplicates = list(others)
    spans = tuple(model.Span(*e.trigger) for e in others)
    main.reasons["duplicates"] = model.Reason("inferred", "fullest telling of one happening", spans)
    for other in others:
        other.duplicates = [main]
        other.reasons["duplicates"] = model.Reason(
            "inferred",
            f"same type, compatible parties ({_how(main, other)})",
            (model.Span(*main.trigger),),
        )
        # What only another telling says belongs to the happening, and so to its fullest telling.
        main.mode = main.mode or other.mode
        main.topics.extend(
            t for t in other.topics if all((t.start, t.end) != (o.start, o.end) for o in main.topics)
        )
    main.topics.sort(key=lambda t: (t.start, t.end))


def fullness(event: DraftEvent) -> float:
    """Return how much a telling says: named persons before states, both sides, mode, directness."""
    parties = [*event.actors, *event.recipients]
    named = sum(1.0 for m in parties if m.entity.kind not in _VAGUE and m.form == "name")
    weak = sum(0.5 for m in parties if m.form == "pronoun")
    return 2 * named + len(parties) - weak + (1.5 if event.mode else 0) + event.score


def same_happening(first: DraftEvent, second: DraftEvent) -> bool:
    """Tell whether two events of a document tell one happening."""
    if first.type != second.type or first.reciprocal != second.reciprocal:
        return False
    if first.mode and second.mode and first.mode != second.mode:
        return False
    if first.sentence is second.sentence and first.token.i == second.token.i:
        return False
    if (first.status == "denied") != (second.status == "denied") or first.historical != second.historical:
        return False
    if not _times_agree(first, second) or not _contents_agree(first, second):
        return False
    # One named party is too little to go by: the words must be the same too.
    one_sided = not (first.reciprocal or first.recipients or second.recipients)
    if one_sided and not _same_words(first, second):
        return False
    return _sides_agree(first.actors, second.actors) and _sides_agree(first.recipients, second.recipients)


def _same_words(first: DraftEvent, second: DraftEvent) -> bool:
    has_content = first.content_token is not None, second.content_token is not None
    return first.token.lemma_ == second.token.lemma_ and has_content[0] == has_content[1]


def _times_agree(first: DraftEvent, second: DraftEvent) -> bool:
    """Tell whether the times do not exclude each other; unknown ones agree with all."""
    a, b = first.time, second.time
    if a is None or b is None or not (a.earliest and a.latest and b.earliest and b.latest):
        return True
    return a.earliest <= b.latest and b.earliest <= a.latest


def _contents_agree(first: DraftEvent, second: DraftEvent) -> bool:
    """Acts of speech are one only when what they are about begins with the same word, or one says nothing."""
    a, b = first.content_token, second.content_token
    if not first.speech_act or a is None or b is None:
        return True
    return a.lemma_.lower() == b.lemma_.lower()


def _sides_agree(first: Sequence[DraftMention], second: Sequence[DraftMention]) -> bool:
    if not first or not second:
        return not first and not second
    return all(any(compatible(a.entity, b.entity) for b in second) for a in first) and all(
        any(compatible(a.entity, b.entity) for a in first) for b in second
    )


def compatible(first: DraftEntity, second: DraftEntity) -> bool:
    """Tell whether two entities may be one party: the same, member and collective, or state and official."""
    if first is second:
        return True
    for whole, part in ((first, second), (second, first)):
        if whole.members is not None:
            for member in whole.members:
                if isinstance(member, str):
                    if member == part.country:
                        return True
                elif member is part or (member is not whole and compatible(member, part)):
                    return True
        if (
            whole.kind == "state"
            and whole.country
            and whole.country == part.country
            and _acts_for_state(part)
        ):
            return True
    return False


def _acts_for_state(entity: DraftEntity) -> bool:
    """Tell whether an entity is a state, or an official who may stand for it and it for him."""
    return entity.kind == "state" or bool(sector_roles().official.intersection(entity.sectors[:1]))


def _how(first: DraftEvent, second: DraftEvent) -> str:
    same = all(any(m.entity is o.entity for o in first.actors) for m in second.actors)
    return "the same" if same else "a state and its officials, or a group and its members"
