"""Who an event's parties are together: each of them once, and those one by one that a word for several stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.draft import DraftEntity, DraftMention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def parties(actors: Iterable[DraftMention], recipients: Iterable[DraftMention]) -> list[DraftMention]:
    """Return the parties of both sides in the order of the words, each once."""
    found: list[DraftMention] = []
    for mention in (*actors, *recipients):
        if all(mention.entity is not other.entity for other in found):
            found.append(mention)
    return sorted(found, key=lambda m: (m.start, m.end))


def several(mentions: Sequence[DraftMention]) -> bool:
    """Tell whether mentions are of two parties, or of one that is many."""
    if len(mentions) > 1:
        return True
    return any(m.entity.plural or m.entity.members is not None for m in mentions)


def each_of(mentions: Iterable[DraftMention]) -> list[DraftMention]:
    """Return the parties with those one by one that a word for several stands for: "they" for Spain and Ireland."""
    found: dict[int, DraftMention] = {}
    for mention in mentions:
        members = mention.entity.members or []
        named = [m for m in members if isinstance(m, DraftEntity)]
        if not named or len(named) < len(members):
            found.setdefault(id(mention.entity), mention)
            continue
        for member in named:
            own = DraftMention(
                mention.start, mention.end, mention.form, member, mention.sentence, mention.rule
            )
            found.setdefault(id(member), own)
    return list(found.values())
