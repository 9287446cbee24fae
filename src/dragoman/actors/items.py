"""The names in a stretch of text, each with what it most likely stands for here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.actors.entries import Alias, Entry
    from dragoman.actors.gazetteer import Gazetteer
    from dragoman.draft import NameHit

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)\s+$")
_WORD_AFTER = re.compile(r"\s+((?:(?:al|el|bin|ibn|ben|bint)[\s-])?[^\W\d_][\w'’-]*)")

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
        items.append(Item(hit.start, hit.end, fitting[0], fitting[1:]))
    return items


def _exists(entry: Entry, date: str | None) -> bool:
    if date is None:
        return not entry.end
    return (not entry.start or entry.start <= date) and (not entry.end or date < entry.end)


def _part_of_a_name(text: str, hit: NameHit, aliases: list[Alias], before: list[Item]) -> bool:
    """Tell whether a name is only a piece of a person's name: Michael Jordan, Bob Brown, Chad Smith."""
    word = text[hit.start : hit.end]
    if " " in word:
        return False
    surname = all(a.use == "surname" for a in aliases)
    also_person = word in word_set("also_person")
    if not surname and not also_person:
        return False
    left = _WORD_BEFORE.search(text, max(0, hit.start - 40), hit.start)
    if left is not None:
        name = left.group(1)
        titled = before and before[-1].end >= left.start() + len(name) and not before[-1].is_person
        if not titled and name.rstrip(".") not in word_set("honorifics"):
            if also_person and name in word_set("first_names"):
                return True
            opener = _begins_sentence(text, left.start()) and name in word_set("sentence_openers")
            if surname and name[:1].isupper() and not opener:
                return True
    right = _WORD_AFTER.match(text, hit.end)
    if right is None or not (surname or word in word_set("given_names")):
        return False
    return _looks_like_surname(right.group(1))


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return not before or before[-1] in ".!?\"“:;—-\n'‘("


def _looks_like_surname(word: str) -> bool:
    name = _PARTICLE.sub("", word)
    return name[:1].isupper() and not name.isupper() and name not in word_set("no_surnames")
