"""Descriptions that say what somebody is: "Weiss is a lawyer", "described him as a friend"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.clauses import Clausal
from dragoman.actors.gazetteer import word_set
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from dragoman.draft import DraftEntity
    from dragoman.syntax import Token

_BODIES = frozenset({"organization", "armed_group", "ngo", "igo"})
_ASKING = frozenset({"?"})


class Predicates(Clausal):
    """Gives the description in a predicate to whom it describes."""

    def _predicate(self, token: Token) -> bool:
        """Give a description to whom it is said of; tell whether it was one."""
        described = self._described(token)
        own = self._mention_headed(token) if described is not None else None
        if described is None or own is None or own.form != "nominal":
            return False
        of = self._mention_headed(grammar.resolve_relative(described)) or self._mention_headed(described)
        if of is None or of.entity is own.entity or not _may_be(of.entity, own.entity):
            return False
        said, entity = own.entity, of.entity
        entity.sectors = entity.sectors or said.sectors
        entity.gender = entity.gender or said.gender
        if entity.country is None and not entity.ids and not grammar.children(token, "prep", "poss"):
            entity.country = (
                said.country
            )  # "a British lawyer"; an officer "for the militia" need not be of its country.
        self.registry.labels.setdefault(id(entity), set()).update(self.registry.labels.get(id(said), ()))
        said.mentions.remove(own)
        own.entity = entity
        entity.mentions.append(own)
        return True

    def _described(self, token: Token) -> Token | None:
        """Return the word of whom a noun says what he is, or None where it says nothing of anybody."""
        if token.dep_ == "attr":
            verb = token.head
            if verb.lemma_.lower() not in word_set("being") or _is_unreal(verb):
                return None
            return next(iter(arguments.grammatical_subjects(verb)), None)
        if token.dep_ == "oprd":
            verb = token.head
            if verb.lemma_.lower() not in word_set("calling"):
                return None
            return _first(verb, "nsubjpass") if grammar.is_passive(verb) else _first(verb, "dobj")
        if token.dep_ != "pobj" or token.head.lower_ != "as" or token.head.head.pos_ != "VERB":
            return None
        if not any(c.lower_ in ("a", "an", "the") or c.tag_ == "PRP$" for c in token.lefts):
            return None
        verb = token.head.head
        if verb.lemma_.lower() in word_set("calling"):
            return _first(verb, "nsubjpass") if grammar.is_passive(verb) else _first(verb, "dobj")
        if verb.lemma_.lower() not in word_set("working_as"):
            return None
        return next(iter(arguments.grammatical_subjects(verb)), None)


def _first(verb: Token, label: str) -> Token | None:
    if label == "nsubjpass":
        return next(iter(arguments.grammatical_subjects(verb)), None)
    return next(iter(grammar.children(verb, label)), None)


def _is_unreal(verb: Token) -> bool:
    """Tell whether it is not said that somebody is something: denied, asked, wished, claimed, possible."""
    if grammar.is_negated(verb) or any(
        c.dep_ == "aux" and c.lower_ in word_set("unreal_before_be") for c in verb.children
    ):
        return True
    if verb.dep_ in ("xcomp", "ccomp") and grammar.is_infinitive(verb):
        return verb.head.lemma_.lower() not in word_set("held_to_be")
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in word_set("claimed_to_be"):
        return True
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children):
        return True
    return verb.dep_ == "ROOT" and list(verb.doc)[-1].text in _ASKING


def _may_be(entity: DraftEntity, said: DraftEntity) -> bool:
    if entity.plural != said.plural or entity.members is not None or said.members is not None:
        return False
    if entity.country and said.country and entity.country != said.country:
        return False
    if {entity.gender, said.gender} == {"male", "female"}:
        return False
    return entity.kind == said.kind or (entity.kind in _BODIES and said.kind in _BODIES)
