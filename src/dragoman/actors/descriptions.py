"""Descriptions that refer back: "the two", "both leaders", "the Republican", "the president"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.actors.epithets import Epithets
from dragoman.actors.gazetteer import word_set, words
from dragoman.actors.sectors import sector_roles
from dragoman.language import edges, grammar

if TYPE_CHECKING:
    from dragoman.draft import DraftEntity, DraftMention
    from dragoman.syntax import Token

_BODIES = frozenset({"state", "organization", "igo", "ngo", "armed_group"})
_PAIRS = re.compile(
    r"^(?:the two|both)(?: (leaders|men|women|presidents|ministers|officials|diplomats|politicians|premiers|"
    r"countries|nations|states|sides|parties|governments|powers|neighbours|neighbors|allies|armies))?$",
    re.IGNORECASE,
)
_OF_PERSONS = frozenset(
    {
        "leaders",
        "men",
        "women",
        "presidents",
        "ministers",
        "officials",
        "diplomats",
        "politicians",
        "premiers",
    }
)
_SIDES = frozenset({"sides", "parties"})
# Kinds that "the two" may stand for, whatever noun follows.
_PAIRED = frozenset({"person", "state"})
# So many sentences back another two make "both sides" unclear.
_FAR = 5


class Describer(Epithets):
    """Links the descriptions of one sentence to entities mentioned before."""

    def _description(self, token: Token) -> None:
        first, _ = edges.noun_phrase(token, determiner=True)
        if token.dep_ in ("compound", "amod", "nummod", "det") and token.head.i > token.i:
            return
        start, end = self.sentence.start_of(first), self.sentence.end_of(token)
        phrase = self.draft.text[start:end]
        if _PAIRS.match(phrase) and not (
            token.lower_ == "both" and token.dep_ in ("preconj", "cc", "advmod")
        ):
            self._pair(token, phrase, start, end)
            return
        if first.lower_ not in ("the", "this", "that"):
            return
        after = self.draft.text[self.sentence.end_of(first) : end].strip()
        own = self._mention_headed(token)
        if after in words()["state_descriptions"] or after in ("country", "nation"):
            self._state_by_form(token, after, own, end)
        elif own is not None and own.form == "nominal" and self._may_refer_back(own.entity):
            self._definite(token, after.lower(), own)

    @staticmethod
    def _may_refer_back(entity: DraftEntity) -> bool:
        """Tell whether a description may mean somebody told of by other words.

        One whose country is known and that is said more than once ("the Kenyan police") stands for itself.
        """
        return not entity.country or len(entity.mentions) == 1

    def _pair(self, token: Token, phrase: str, start: int, end: int) -> None:
        match = _PAIRS.match(phrase)
        assert match is not None
        noun = (match.group(1) or "").lower()
        kinds = {"person"} if noun in _OF_PERSONS else {"person", "state"} if not noun else {"state"}
        if noun in _SIDES:
            kinds = set(_BODIES) | {"person"}
        sided = noun in _SIDES
        if sided:
            kinds |= {"people", "armed_group"}
        near = sorted(
            (m for m in self.draft.mentions if self._is_near(m, start) and m.entity.kind in _PAIRED | kinds),
            key=lambda m: m.start,
        )
        for back in range(0, 3):
            found = {id(m.entity): m.entity for m in near if self._back(m) == back}
            singles = [e for e in found.values() if sided or not e.plural]
            chosen = _pair_among([e for e in singles if self._may_be(e, noun)], kinds, sided)
            if chosen is not None:
                if ("person" in kinds and not sided) or self._is_the_pair(chosen, near, kinds):
                    self._replace(token, self._group(chosen), start, end)
                return
            if len(singles) > 2:
                return

    def _back(self, mention: DraftMention) -> int:
        assert mention.sentence is not None
        return self.sentence.index - mention.sentence.index

    def _is_near(self, mention: DraftMention, start: int) -> bool:
        source = mention.sentence
        return source is not None and 0 <= self.sentence.index - source.index <= _FAR and mention.end <= start

    def _may_be(self, entity: DraftEntity, noun: str) -> bool:
        """Tell whether a person may be one of "the two presidents", "both leaders"."""
        labels = self.registry.labels.get(id(entity), set())
        if noun in words()["called_alike"]:
            return entity.kind != "person" or not labels.isdisjoint(words()["called_alike"][noun])
        return noun != "leaders" or labels.isdisjoint(words()["no_leaders"])

    def _is_the_pair(self, chosen: list[DraftEntity], near: list[DraftMention], kinds: set[str]) -> bool:
        """Tell whether others were spoken of together less often; if not, nobody can tell who is meant."""
        pair = {id(e) for e in chosen}
        margin = 0
        for back in range(_FAR + 1):
            here = {id(m.entity) for m in near if self._back(m) == back and m.entity.kind in kinds}
            if len(here) > 1:
                margin += 1 if pair <= here else -1
        return margin > 0

    def _partisan(self, token: Token, party: str, own: DraftMention | None, end: int) -> None:
        weighed = [
            (m, w) for m, w in self._earlier(token)
            if m.entity.kind == "person" and self.registry.party.get(id(m.entity)) == party
        ]  # fmt: skip
        entity = self._best(weighed)
        start = own.start if own is not None else self.sentence.start_of(token)
        if own is not None:
            self._drop(own)
        if entity is not None:
            self.registry.add(entity, start, end, "nominal", self.sentence, "coreference:party")

    def _state_by_form(self, token: Token, word: str, own: DraftMention | None, end: int) -> None:
        known = words()["state_descriptions"].get(word)
        weighed = [
            (m, w) for m, w in self._earlier(token)
            if m.entity.kind == "state" and not m.entity.plural and (known is None or m.entity.country in known)
        ]  # fmt: skip
        entity = self._implied(
            token, weighed, lambda e: e.kind == "state" and (known is None or e.country in known)
        ) or self._best(weighed)
        if entity is not None:
            self._replace(token, entity, self.sentence.start_of(token), end)

    def _definite(self, token: Token, phrase: str, own: DraftMention) -> None:
        """Resolve "the president", "the ministry" to the last one so called, when only one was."""
        weighed = [
            (m, w) for m, w in self._earlier(token)
            if m.entity is not own.entity
            and m.entity.kind == own.entity.kind
            and m.entity.plural == own.entity.plural
            and self._is_called(m.entity, phrase)
        ]  # fmt: skip
        weighed = weighed if not own.entity.country else []
        entity = self._best(weighed)
        if entity is None and not weighed:
            entity = (
                self._only_bearer(token, own)
                or self._person_meant(token, own)
                or self._body_meant(token, phrase, own)
            )
        if entity is not None:
            self._replace(token, entity, own.start, own.end)
        elif not weighed and not own.entity.country and len(own.entity.mentions) == 1:
            own.entity.country = self._country_of_speaker(token, own.entity)

    def _country_of_speaker(self, token: Token, told: DraftEntity) -> str | None:
        """Return the state of the official who tells of "the government", "the army": it is his own."""
        official = sector_roles().official
        clause = grammar.first_conjunct(grammar.clause_of(token))
        if official.isdisjoint(told.sectors) or clause.dep_ != "ccomp":
            return None
        if clause.head.lemma_.lower() not in word_set("of_speakers"):
            return None
        for subject in grammar.children(clause.head, "nsubj"):
            speaker = self._mention_headed(subject)
            if speaker is not None and not official.isdisjoint(speaker.entity.sectors):
                return speaker.entity.country
        return None

    def _is_called(self, entity: DraftEntity, phrase: str) -> bool:
        return phrase in self.registry.labels.get(id(entity), set())


def _pair_among(found: list[DraftEntity], kinds: set[str], sided: bool) -> list[DraftEntity] | None:
    """Return the two that "the two" means among those of one sentence, or None when that is not clear."""
    fitting = [e for e in found if e.kind in kinds]
    persons = [e for e in fitting if e.kind == "person"]
    if len(persons) >= 2:
        return persons if len(persons) == 2 else None
    alike = sided or len({e.kind for e in fitting}) == 1
    return fitting if len(fitting) == 2 and alike else None


def stands_alone(token: Token) -> bool:
    """Tell whether "the Republican" is a person, not the modifier of a noun ("the Republican primary")."""
    if token.i == 0 or token.nbor(-1).lower_ not in ("the", "this"):
        return False
    if token.i + 1 == len(token.doc):
        return True
    after = token.nbor(1)
    return after.pos_ not in ("NOUN", "PROPN", "ADJ") or after.lower_ in words()["plain_verbs"]
