"""The names in a stretch of text, each with what it most likely stands for here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import word_set
from dragoman.language.rejoining import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.actors.entries import Alias, Entry
    from dragoman.actors.gazetteer import Gazetteer
    from dragoman.draft import NameHit

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)\s+$")
_WORD_AFTER = re.compile(r"\s+((?:(?:al|el|bin|ibn|ben|bint)[\s-])?[^\W\d_][\w'’-]*)")

_DIRECTION_BEFORE = re.compile(rf"\b({'|'.join(sorted(DIRECTIONS))}) (?:and|or) $")
# "India's Modi" is no name of two words.
_POSSESSIVES = ("'s", "’s", "s'", "s’")

_PARTICLE = re.compile(r"^(?:al|el|bin|ibn|ben|bint)[\s-]")


@dataclass(slots=True)
class Item:
    """A name at [start, end); `alias` is the reading chosen, `others` what else the name may stand for."""

    start: int
    end: int
    alias: Alias
    others: list[Alias]

    @property
    def entry(self) -> Entry:
        """The entry of the reading chosen."""
        return self.alias.entry

    @property
    def is_state(self) -> bool:
        """Whether this names a state itself or by its adjective."""
        return self.entry.kind == "state" and self.alias.use in ("name", "adjective", "capital")

    @property
    def is_agent(self) -> bool:
        """Whether this is a kind of agent (president, troops), not a name."""
        return self.alias.use in ("agent", "agents")

    @property
    def is_person(self) -> bool:
        """Whether this names a known person."""
        return self.entry.kind == "person" and self.alias.use in ("name", "surname")

    @property
    def is_body(self) -> bool:
        """Whether this names an organization, group or people."""
        return self.alias.use == "name" and self.entry.kind not in ("state", "person", "place")


def read_items(text: str, hits: Iterable[NameHit], gazetteer: Gazetteer, date: str | None) -> list[Item]:
    """Choose a reading for every hit; hits that are part of an unknown person's name are left out."""
    items: list[Item] = []
    for hit in hits:
        aliases = gazetteer.aliases[hit.key]
        if _part_of_a_name(text, hit, aliases, items):
            continue
        fitting = [a for a in aliases if _exists(a.entry, date)]
        if not fitting and date is not None and aliases[0].entry.own:
            continue  # On that day the user's file knows nobody of this name.
        fitting = fitting or list(aliases)
        partner = _name_that_shares(text, hit, gazetteer, date)
        if partner is not None and not (items and items[-1].end > partner.start):
            items.append(partner)
        items.append(Item(hit.start, hit.end, fitting[0], fitting[1:]))
    return items


def _name_that_shares(text: str, hit: NameHit, gazetteer: Gazetteer, date: str | None) -> Item | None:
    """Return the name that leaves out its last word for the one after it: "North" in "North and South Korea"."""
    own, _, shared = text[hit.start : hit.end].partition(" ")
    before = _DIRECTION_BEFORE.search(text, max(0, hit.start - 10), hit.start) if own in DIRECTIONS else None
    if before is None:
        return None
    aliases = gazetteer.lookup(f"{before.group(1)} {shared}")
    fitting = [a for a in aliases if _exists(a.entry, date)] or aliases
    return Item(before.start(1), before.end(1), fitting[0], fitting[1:]) if fitting else None


def _exists(entry: Entry, date: str | None) -> bool:
    if date is None:
        return not entry.end
    return (not entry.start or entry.start <= date) and (not entry.end or date < entry.end)


def _part_of_a_name(text: str, hit: NameHit, aliases: list[Alias], before: list[Item]) -> bool:
    """Tell whether a name is only a piece of a person's name: Michael Jordan, Bob Brown, Chad Smith."""
    word = text[hit.start : hit.end]
    if " " in word:
        return False
    if aliases[0].use in ("agent", "agents"):
        return word[:1].isupper() and _agent_in_a_name(text, hit, aliases[0].entry, before)
    surname = all(a.use == "surname" for a in aliases)
    also_person = word in word_set("also_person")
    if not surname and not also_person:
        return False
    left = _WORD_BEFORE.search(text, max(0, hit.start - 40), hit.start)
    if left is not None and not left.group(1).endswith(_POSSESSIVES):
        name = left.group(1)
        titled = before and before[-1].end >= left.start() + len(name) and not before[-1].is_person
        if not titled and name.rstrip(".") not in word_set("honorifics"):
            if also_person and name in word_set("first_names"):
                return True
            opener = _begins_sentence(text, left.start()) and name in word_set("sentence_openers")
            if surname and name[:1].isupper() and not opener:
                return True
    right = _WORD_AFTER.match(text, hit.end)
    if surname and word in word_set("surnames_that_are_words") and _is_just_a_word(text, hit, right):
        return True
    if right is None or not (surname or word in word_set("given_names")):
        return False
    return _looks_like_surname(right.group(1))


def _is_just_a_word(text: str, hit: NameHit, after: re.Match[str] | None) -> bool:
    """Tell whether a surname that opens a sentence is an ordinary word there: "Rice prices rose", not "Rice said"."""
    follower = after.group(1) if after is not None else ""
    return (
        _begins_sentence(text, hit.start)
        and follower[:1].islower()
        and follower not in word_set("verbs_after_a_name")
    )


def _agent_in_a_name(text: str, hit: NameHit, entry: Entry, before: list[Item]) -> bool:
    """Tell whether a kind of person with a capital is a piece of somebody's name: Lisa Baker, Guy Verhofstadt."""
    word = text[hit.start : hit.end]
    right = _WORD_AFTER.match(text, hit.end)
    if (
        word in word_set("agents_as_given_names")
        and right is not None
        and _looks_like_surname(right.group(1))
    ):
        return True
    if entry.kind not in ("person", "people") or (entry.title and word not in word_set("agents_as_surnames")):
        return False
    left = _WORD_BEFORE.search(text, max(0, hit.start - 40), hit.start)
    if left is None or not left.group(1)[:1].isupper() or left.group(1).isupper():
        return False
    if left.group(1).endswith(".") or _begins_sentence(text, hit.start):
        return False
    if before and before[-1].end >= left.start() + len(left.group(1)):
        return False
    return not (_begins_sentence(text, left.start()) and left.group(1) in word_set("sentence_openers"))


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return not before or before[-1] in ".!?\"“:;—-\n'‘("


def _looks_like_surname(word: str) -> bool:
    name = _PARTICLE.sub("", word)
    return name[:1].isupper() and not name.isupper() and name not in word_set("no_surnames")
