"""The entity that a source stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftEntity, Sentence
    from dragoman.syntax import Token


def entity_of(draft: Draft, sentence: Sentence, head: Token) -> DraftEntity | None:
    """Return the entity that a source stands for; of a document, its owner."""
    head = grammar.resolve_relative(head)
    if head.lemma_.lower() in lexicon().media:
        owners = grammar.children(head, "poss")
        for preposition in ("by", "from", "of"):
            owners.extend(grammar.prepositional_objects(head, preposition))
        owners.extend(grammar.children(head, "compound", "amod", "nmod"))
        for verb in grammar.children(head, "acl"):
            owners.extend(arguments.agents(verb))
        for owner in owners:
            mention = draft.mention_at(sentence, owner)
            if mention is not None and mention.entity.kind != "place":
                return mention.entity
        return None
    mention = draft.mention_at(sentence, head)
    return mention.entity if mention is not None else None
