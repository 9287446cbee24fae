"""What a definite description means that is no title of anybody: "the 24-year-old", "the old poet", "the group".

A description of which the text has one bearer is that one's, however far back; else an epithet means the person
whom the sentence before is about, and a word for a kind of body the last body of that kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.candidates import Candidates
from dragoman.actors.gazetteer import word_set, words
from dragoman.actors.strangers import is_age
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import DraftEntity, DraftMention
    from dragoman.syntax import Token

_NEAR = 1
# How much surer one body must be than the next to be "the group".
_MARGIN = 12.0
# A person named is rather meant than one described.
_NAMED = 20.0


class Epithets(Candidates):
    """Finds whom the text has spoken of so far a description means."""

    def _only_bearer(self, token: Token, own: DraftMention) -> DraftEntity | None:
        """Return the one whom the text has called so, when it is one and nothing says that another is meant."""
        if self._narrowed(token) or grammar.children(token, "compound", "nmod", "poss"):
            return None
        if own.entity.kind != "person" and grammar.children(token, "amod"):
            return None
        word, at = token.lower_, own.start
        found = {
            id(m.entity): m.entity
            for m in self.draft.mentions
            if m.end <= at
            and m.entity is not own.entity
            and m.entity.kind == own.entity.kind
            and m.entity.plural == own.entity.plural
            and word in self.registry.labels.get(id(m.entity), ())
        }
        only = next(iter(found.values())) if len(found) == 1 else None
        return only if only is not None and _agree(only, own.entity) else None

    def _person_meant(self, token: Token, own: DraftMention) -> DraftEntity | None:
        """Return the person whom an age, a nationality or a word such as "pensioner" stands for."""
        said = own.entity
        aged = is_age(token) or "-year-old" in self.draft.text[own.start : own.end]
        demonym = own.rule == "demonym"
        if said.kind != "person" or not (aged or demonym or token.lower_ in word_set("epithets")):
            return None
        if self._narrowed(token) or grammar.children(token, "poss"):
            return None
        quoted = self._quoted_by(token)
        weighed = [
            (m, w + (_NAMED if m.form == "name" else 0))
            for m, w in self._earlier(token)
            if m.entity is not said
            and m.entity.kind == "person"
            and not m.entity.plural
            and m.sentence is not None
            and self.sentence.index - m.sentence.index <= _NEAR
            and not self._coargument(token, m)
            and id(m.entity) not in quoted
            and _agree(m.entity, said)
            and (not demonym or m.form != "nominal" or m.entity.country)
        ]
        found = self._best(weighed)
        return self._only_one_named(own) if found is None and aged and not weighed else found

    def _only_one_named(self, own: DraftMention) -> DraftEntity | None:
        """Return the one person whom the text has named so far, whose age then follows."""
        named = {
            id(m.entity): m.entity
            for m in self.draft.mentions
            if m.end <= own.start and m.entity.kind == "person" and m.form == "name"
        }
        only = next(iter(named.values())) if len(named) == 1 else None
        return only if only is not None and _agree(only, own.entity) else None

    def _body_meant(self, token: Token, phrase: str, own: DraftMention) -> DraftEntity | None:
        """Return the body whose kind a word tells: "the group", "the agency", "the charity"."""
        kinds = words()["kinds_of_bodies"].get(token.lower_)
        if (
            kinds is None
            or self._narrowed(token)
            or grammar.children(token, "amod", "compound", "poss", "nmod")
        ):
            return None
        weighed = [
            (m, w)
            for m, w in self._earlier(token)
            if m.entity is not own.entity
            and m.entity.kind in kinds["kinds"]
            and not m.entity.plural
            and _agree(m.entity, own.entity)
            and self._is_of_the_sort(m.entity, kinds)
        ]
        whose = self._implied(
            token, weighed, lambda e: e.kind in kinds["kinds"] and self._has_sectors(e, kinds)
        )
        return whose or self._best(weighed, _MARGIN)

    def _is_of_the_sort(self, entity: DraftEntity, kinds: dict[str, list[str]]) -> bool:
        named = any(m.form in ("name", "metonym") for m in entity.mentions)
        if not named and not self.registry.labels.get(id(entity), set()) & set(kinds.get("called", ())):
            return False
        return self._has_sectors(entity, kinds)

    @staticmethod
    def _has_sectors(entity: DraftEntity, kinds: dict[str, list[str]]) -> bool:
        sectors = kinds.get("sectors")
        return entity.kind != "organization" or not sectors or not set(sectors).isdisjoint(entity.sectors)

    @staticmethod
    def _narrowed(token: Token) -> bool:
        """Tell whether words around a noun set whom it names apart: "the other judge", "the judge who freed him"."""
        if grammar.children(token, "prep", "acl", "nummod"):
            return True
        if any(
            c.left_edge.i > 0 and c.left_edge.nbor(-1).text != "," for c in grammar.children(token, "relcl")
        ):
            return True
        return any(c.lower_ in word_set("setting_apart") for c in token.lefts)


def _agree(one: DraftEntity, other: DraftEntity) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    return {one.gender, other.gender} != {"male", "female"}
