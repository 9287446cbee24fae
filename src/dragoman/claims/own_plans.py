"""Whether "would" is a promise: "Scholz said Germany would send arms", told by one who speaks for Germany."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.sectors import sector_roles
from dragoman.claims.factuality import factuality
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import DraftEntity, DraftEvent

# What may follow on "would" without taking the promise back.
_HARMLESS = ("under:", "aspect-")


def is_own_plan(event: DraftEvent, rules: Sequence[str]) -> bool:
    """Tell whether a source said in the past what its own side would do, and neither warned nor feared it.

    Args:
        event: with its actors and its attribution.
        rules: what decided the status, innermost first (`StatusReading.rules`).
    """
    claim = event.attribution
    if not rules or rules[0] != "modal:would" or claim is None or claim.cue_token is None:
        return False
    cue = claim.cue_token
    if grammar.verb_form(cue).tense != "past" or not all(r.startswith(_HARMLESS) for r in rules[1:]):
        return False
    if any(s.id == "threaten" for s in factuality().verbs.get(cue.lemma_.lower(), ())):
        return False
    source = claim.source_entity
    if source is None or not event.actors:
        return False
    # What several do together is planned by each of them: "said that Xi and Biden would meet".
    enough = any if event.reciprocal else all
    return enough(_speaks_for(source, m.entity) for m in event.actors)


def _speaks_for(source: DraftEntity, actor: DraftEntity) -> bool:
    if source is actor:
        return True
    same = source.country is not None and source.country == actor.country
    return same and _is_of_the_state(source) and _is_of_the_state(actor)


def _is_of_the_state(entity: DraftEntity) -> bool:
    return entity.kind == "state" or not sector_roles().official.isdisjoint(entity.sectors)
