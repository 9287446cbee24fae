"""Two phrases for one: "his deputy, Ana Reyes", "her brother, a taxi driver", "a Dane called Holm"."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import word_set
from dragoman.actors.possession import PossessionReader

if TYPE_CHECKING:
    from dragoman.draft import DraftMention
    from dragoman.syntax import Token

# After a name between commas, and before a description that it may belong to.
_CLOSED = re.compile(r",(?! and\b| or\b)|[.;:]")
_CERTAIN = re.compile(r"(?:\b(?:the|his|her|its|their|my|our)|['’]s?) $", re.IGNORECASE)
# Bodies of which a description beside the name says what they are: "a charity, Santé Partout".
_BODIES = frozenset({"organization", "armed_group", "ngo", "igo"})
_ONE = frozenset({"person", *_BODIES})


class AppositionReader(PossessionReader):
    """Unites what stands beside each other and means the same."""

    def _appositions(self) -> None:
        """Unite the two of every apposition: what is said of one holds of the other."""
        assert self.sentence.parse is not None
        for token in self.sentence.parse:
            if token.dep_ == "appos":
                self._unite(self._mention_of(token.head), self._mention_of(token))
            elif (
                token.dep_ == "oprd" and token.head.dep_ == "acl" and token.head.lower_ in word_set("naming")
            ):
                self._unite(self._mention_of(token.head.head), self._mention_of(token))
        self._beside_commas()

    def _beside_commas(self) -> None:
        """Unite what the parser left apart: "by Marsh's lawyer, Andrew Lowe, she said"."""
        here = sorted((m for m in self.draft.mentions if m.sentence is self.sentence), key=lambda m: m.start)
        for one, two in itertools.pairwise(here):
            if one.form != "nominal" or two.form != "name" or self.text[one.end : two.start] != ", ":
                continue
            single = one.entity.kind == two.entity.kind == "person" and not one.entity.plural
            if single and _CLOSED.match(self.text, two.end) and _is_certain(self.text, one.start):
                self._unite(one, two)

    def _unite(self, one: DraftMention | None, two: DraftMention | None) -> None:
        if one is None or two is None or one.entity is two.entity:
            return
        if one.form == two.form == "nominal":
            self._unite_descriptions(one, two)
            return
        named, other = (one, two) if one.form == "name" else (two, one)
        if named.form != "name" or other.form != "nominal" or not _same_kind(named, other):
            return
        known, description = named.entity, other.entity
        if description.plural or (len(description.mentions) > 1 and not self._named_late(other)):
            return
        if not known.sectors:
            known.sectors = description.sectors
        known.country = known.country or description.country
        known.gender = description.gender or known.gender
        self.registry.merge(description, known)
        for mention in (*(m for m in description.mentions if m is not other), other):
            mention.entity = known
            known.mentions.append(mention)

    def _named_late(self, mention: DraftMention) -> bool:
        """Tell whether a body was only described before: "the bloc ... the bloc ECOWAS"."""
        entity = mention.entity
        if entity.kind not in _BODIES or not _is_certain(self.text, mention.start):
            return False
        return all(m.form == "nominal" for m in entity.mentions)

    def _unite_descriptions(self, one: DraftMention, two: DraftMention) -> None:
        """Let "her brother, a taxi driver" be one person."""
        first, second = one.entity, two.entity
        if first.kind != second.kind or first.kind not in _ONE or first.plural or second.plural:
            return
        if len(second.mentions) > 1 or (first.country and second.country and first.country != second.country):
            return
        first.sectors = first.sectors or second.sectors
        first.country = first.country or second.country
        first.gender = first.gender or second.gender
        self.registry.merge(second, first)
        second.mentions.remove(two)
        two.entity = first
        first.mentions.append(two)

    def _mention_of(self, head: Token) -> DraftMention | None:
        end = self.sentence.end_of(head)
        return next((m for m in reversed(self.draft.mentions) if m.end == end), None)


def _is_certain(text: str, start: int) -> bool:
    """Tell whether an article or possessor stands before a description, so that it is no one of a list."""
    return _CERTAIN.search(text, max(0, start - 12), start) is not None


def _same_kind(named: DraftMention, other: DraftMention) -> bool:
    one, two = named.entity.kind, other.entity.kind
    return one == two or (one in _BODIES and two in _BODIES)
