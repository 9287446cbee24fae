"""What belongs to somebody of the text: "its foreign ministry", "his office", "the press service of Tokayev"."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.actors.descriptions import Describer
from dragoman.actors.gazetteer import word_set
from dragoman.actors.peoples import people_words
from dragoman.actors.possession import is_related
from dragoman.draft import DraftEntity
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import DraftMention
    from dragoman.syntax import Token

_OWNED_KINDS = frozenset({"organization", "people", "person"})


class Owner(Describer):
    """Gives what belongs to somebody the country of whom it belongs to."""

    def _possess(self, pronoun: Token, owner: DraftEntity) -> None:
        """Tell of what a "his", "its" or "their" stands before that it is of the owner's country."""
        noun = pronoun.head
        if self._works_for(noun, owner):
            return
        mention = self._mention_headed(noun)
        if mention is not None and self._is_relative_of(noun, mention, owner):
            return
        if mention is None or owner.plural or owner.members is not None:
            return
        owned = mention.entity
        if owned is owner or mention.form != "nominal" or owned.kind not in _OWNED_KINDS:
            return
        if owned.country or owned.ids or owned.members is not None:
            return
        if not people_words().isdisjoint(owned.name.replace("-", " ").split()):
            return  # "her Kurdish commanders" are not of her country.
        if len(owned.mentions) > 1 and all(m.form == "nominal" for m in owned.mentions):
            # Elsewhere the same words stand for somebody else: "its envoy" is not every envoy.
            owned = self._of_its_own(mention)
        owned.country = owner.country
        owned.ids = {k: v for k, v in owner.ids.items() if k == "plover"}
        if owned.office is not None:
            owned.office = model.Office(owned.office.title, owned.office.organization, owner.country)

    def _relative_of_somebody(self, token: Token) -> None:
        """Let "Weiss's wife" be the wife of whom the text has told before."""
        mention = self._mention_headed(token) if is_related(token.lemma_.lower(), of_person=True) else None
        for child in grammar.children(token, "poss") if mention is not None else ():
            owner = self._mention_headed(child) if child.tag_ != "PRP$" else None
            if owner is not None and mention is not None:
                self._is_relative_of(token, mention, owner.entity)

    def _is_relative_of(self, noun: Token, mention: DraftMention, owner: DraftEntity) -> bool:
        """Let all mentions of somebody's wife, friends or rival be one; tell whether the noun is of that sort."""
        word = noun.lemma_.lower()
        if mention.form != "nominal" or not is_related(word, of_person=owner.kind == "person"):
            return False
        known = self.registry.relatives.setdefault((id(owner), word, mention.entity.plural), mention.entity)
        own = mention.entity
        if known is not own and known is not owner and len(own.mentions) == 1:
            own.mentions.remove(mention)
            mention.entity = known
            known.mentions.append(mention)
        return True

    def _of_its_own(self, mention: DraftMention) -> DraftEntity:
        """Give a mention an entity like that of the same words, apart from it."""
        like = mention.entity
        made = DraftEntity(like.name, like.kind, sectors=like.sectors, gender=like.gender, plural=like.plural)
        made.confidence = like.confidence
        like.mentions.remove(mention)
        made.mentions.append(mention)
        mention.entity = made
        self.registry.labels[id(made)] = set(self.registry.labels.get(id(like), ()))
        return made

    def _office_of_somebody(self, token: Token) -> bool:
        """Read "Macron's office" and "the press service of President Tokayev"; tell whether it was one."""
        if token.lemma_.lower() not in _last_words() or self._mention_headed(token) is not None:
            return False
        owners = [c for c in grammar.children(token, "poss") if c.tag_ != "PRP$"]
        owners += grammar.prepositional_objects(token, "of")
        for owner in owners:
            mention = self._mention_headed(owner)
            if mention is not None and self._works_for(token, mention.entity):
                return True
        return False

    def _works_for(self, noun: Token, owner: DraftEntity) -> bool:
        """Add a body that works for a person or state: "office", "press service"."""
        if noun.lemma_.lower() not in _last_words() or noun.tag_ not in ("NN", "NNP"):
            return False
        if owner.kind != "person" or owner.plural or not (owner.country or owner.sectors):
            return False
        if self._mention_headed(noun) is not None or not _acts(noun):
            return False
        first = min((c for c in noun.lefts if c.dep_ in ("compound", "amod")), key=_place, default=noun)
        for start in (first, noun):
            at, end = self.sentence.start_of(start), self.sentence.end_of(noun)
            words = self.draft.text[at:end]
            if words.lower() in word_set("works_for_somebody"):
                body = DraftEntity(f"office of {owner.name}", "organization", owner.country, owner.sectors)
                known = [e for m in self.draft.mentions if (e := m.entity).name == body.name]
                entity = known[0] if known else body
                entity.confidence = 0.7
                self.registry.labels.setdefault(id(entity), {words.lower()})
                self.registry.add(entity, at, end, "nominal", self.sentence, "body of a person")
                return True
        return False


@functools.cache
def _last_words() -> frozenset[str]:
    return frozenset(words.rsplit(" ", 1)[-1] for words in word_set("works_for_somebody"))


def _place(token: Token) -> int:
    return token.i


def _acts(noun: Token) -> bool:
    """Tell whether an office does something, is spoken to or said to: not "was sworn into his office"."""
    first = grammar.first_conjunct(noun)
    if first.dep_ in ("nsubj", "nsubjpass", "conj"):
        return True
    return first.dep_ == "pobj" and first.head.lower_ in ("by", "with", "from", "to")
