"""Events of parties that nobody names: what kind they are may say enough of them ("gunmen", "the army")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import DraftMention
    from dragoman.events.matching import Match
    from dragoman.events.roles import Filled, RoleFiller


def enough_by_kind(match: Match, actors: Filled, recipients: Filled, filler: RoleFiller) -> bool:
    """Tell whether parties known only by their kind are enough: "gunmen in Peru", "the army shelled the village".

    What is told in the simple present without anybody's name is a rule or a plot, not news.
    """
    both = [*actors.mentions, *recipients.mentions]
    if not both:
        return False
    if match.type.located and (filler.is_located(match.verb) or filler.are_placed(both, match.head.doc)):
        return True
    if not match.frame.unnamed and not _known_kinds(match, actors.mentions, recipients.mentions):
        return False
    form = grammar.verb_form(match.verb) if match.verb.pos_ in ("VERB", "AUX") else None
    return form is None or (
        form.modal is None
        and not form.infinitive
        and not (form.tense == "none" and match.verb.tag_ == "VB")
        and (form.tense != "present" or form.perfect or form.progressive)
    )


def _known_kinds(match: Match, actors: Sequence[DraftMention], recipients: Sequence[DraftMention]) -> bool:
    """Tell whether what kind the parties are says enough of them: "residents accused the army", "met the rebels"."""
    event_type = match.type
    if any(_is_of(m, event_type.acting_by_kind) for m in actors):
        return True
    if any(_is_of(m, event_type.towards_kind) for m in recipients):
        return True
    both = [*actors, *recipients]
    return len({id(m.entity) for m in both}) > 1 and all(_is_of(m, event_type.between_kinds) for m in both)


def _is_of(mention: DraftMention, sectors: Sequence[str]) -> bool:
    return not set(sectors).isdisjoint(mention.entity.sectors)


def is_one_of(mention: DraftMention, kinds: Sequence[str]) -> bool:
    """Tell whether a party is of one of some sectors or kinds of entities."""
    return mention.entity.kind in kinds or _is_of(mention, kinds)
