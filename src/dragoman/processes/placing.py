"""Where a process takes place or is to take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import model
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftMention, Sentence
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.status import Evidence
    from dragoman.syntax import Token

LOCATING = ("in", "at")
# Of these the process is what one travels for: where one travels to is where it takes place.
TRAVELLED_FOR = frozenset({"for", "to", "infinitive"})


def place_of(draft: Draft, evidence: list[Evidence], kind: str, lexicon: Lexicon) -> model.Place | None:
    """Return the first stated place of a process, or None."""
    for item in evidence:
        mention = item.mention
        heads: list[Token] = []
        for preposition in LOCATING:
            heads.extend(grammar.prepositional_objects(mention.token, preposition))
            heads.extend(_nested(mention.token, preposition))
        if kind == "visit":
            heads.extend(grammar.prepositional_objects(mention.token, "to"))
            if mention.by_verb:
                heads.extend(grammar.children(mention.token, "dobj"))
        if not mention.by_verb:
            heads.extend(c for c in mention.token.lefts if c.dep_ in ("compound", "nmod"))
        heads.extend(_of_governors(item, lexicon))
        for head in heads:
            found = _place(draft, mention.sentence, head, compound=head.dep_ in ("compound", "nmod"))
            if found is not None:
                return found
    return None


def _nested(noun: Token, preposition: str) -> list[Token]:
    """Return the objects of "in" below a joined noun ("a summit with Kenya in Nairobi")."""
    found: list[Token] = []
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "with", "between", "on", "by", "to"):
            for obj in grammar.children(child, "pobj"):
                for part in grammar.conjuncts(obj):
                    found.extend(grammar.prepositional_objects(part, preposition))
    return found


def _of_governors(item: Evidence, lexicon: Lexicon) -> list[Token]:
    heads: list[Token] = []
    for link in item.verdict.links:
        cue = link.cue
        if cue is None and link.place not in ("self",):
            continue
        taking_place = (
            cue is None or cue.status in ("tense", "scheduled", "ongoing") or cue.status in lexicon.ends
        )
        verb = link.token.head if link.token.pos_ in ("ADP", "ADJ", "ADV") else link.token
        for preposition in LOCATING if taking_place else ():
            heads.extend(grammar.prepositional_objects(verb, preposition))
            if verb != link.token and link.place == "subject":
                heads.extend(_nested_below(link.token, preposition))
            for child in grammar.children(link.token, "dobj", "npadvmod", "prep"):
                heads.extend(_nested_below(child, preposition))
        if link.place in TRAVELLED_FOR and cue is not None and cue.pos == "verb":
            objects = grammar.prepositional_objects(link.token, "to")
            heads.extend(o for o in objects if o != item.mention.token)
            for child in grammar.children(link.token, "dobj"):
                heads.extend(grammar.prepositional_objects(child, "to"))
    return heads


def _nested_below(token: Token, preposition: str) -> list[Token]:
    found = grammar.prepositional_objects(token, preposition)
    if token.dep_ == "prep":
        for obj in grammar.children(token, "pobj"):
            found.extend(grammar.prepositional_objects(obj, preposition))
    return found


def _place(draft: Draft, sentence: Sentence, head: Token, *, compound: bool) -> model.Place | None:
    covering = draft.mention_at(sentence, head)
    if covering is None or covering.entity.kind not in ("place", "state"):
        return None
    if compound and covering.entity.kind == "state":
        return None
    return of_mention(draft, covering)


def of_mention(draft: Draft, mention: DraftMention) -> model.Place:
    """Return the place that a mention of a place or state names."""
    entity = mention.entity
    return model.Place(
        name=entity.name,
        country=entity.country,
        lat=None,
        lon=None,
        geonames=entity.ids.get("geonames"),
        start=mention.start,
        end=mention.end,
    )
