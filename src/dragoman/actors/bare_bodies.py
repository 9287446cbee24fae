"""Bodies by a name that many states use: "Congress" in a text about Paraguay is not that of the US."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import words

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftEntity

# So many times as often as the state that the gazetteer gives must another be named.
_OFTENER = 3


def settle_bare_bodies(draft: Draft) -> None:
    """Give a body that is only named by such a name the state that the text is about.

    It stays what the gazetteer says unless the text speaks far more of a state that has such a body too; of
    several of those, nothing tells which.
    """
    usual = words()["bare_bodies"]
    found = {id(e): (e, name) for m in draft.mentions if (name := draft.text[m.start : m.end]) in usual
             for e in (m.entity,) if e.kind == "organization" and e.country}  # fmt: skip
    for entity, name in found.values():
        if any(draft.text[m.start : m.end] != name for m in entity.mentions):
            continue
        counts = Counter(m.entity.country for m in draft.mentions if m.entity is not entity)
        own = counts[entity.country]
        others = [c for c in usual[name] if counts[c] and counts[c] >= _OFTENER * own]
        if others:
            _move(entity, name, others[0] if len(others) == 1 else None)


def _move(entity: DraftEntity, name: str, country: str | None) -> None:
    entity.name, entity.country = name, country
    entity.ids = {}
    entity.confidence = 0.7
