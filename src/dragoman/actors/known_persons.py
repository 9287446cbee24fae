"""Persons who are known, read by name, title and surname; and how a mention is added with whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.actors.appositions import AppositionReader
from dragoman.actors.gazetteer import members_of, word_set, words
from dragoman.actors.items import Item
from dragoman.actors.offices import terms_on
from dragoman.actors.phrases import Reading, gender_of_title, read_phrase
from dragoman.actors.sectors import sector_roles
from dragoman.actors.strangers import says

if TYPE_CHECKING:
    from dragoman.actors.entries import Entry
    from dragoman.draft import DraftEntity

# "India's Modi".
_POSSESSED = re.compile(r"['’]s? ")
# Between the parts of a title stand at most a word or two: "US Assistant Secretary", "Army chief General".
_TITLE_GAP = re.compile(r"(?:[ -](?:[A-Z][\w-]+|deputy|acting|former|foreign|senior|de facto|elect))?[ -]?")
_TITLE_WORDS = re.compile(
    r"(?<![\w-])((?:(?:" + "|".join(words()["former"] + ["acting", "deputy", "senior", "new", "outgoing"])
    + "|" + "|".join(words()["honorifics"]) + r")\.?[ -])+)$",
    re.IGNORECASE,
)  # fmt: skip


class PersonReader(AppositionReader):
    """Reads the persons of one sentence whom the gazetteer knows, and adds mentions to the registry."""

    def _persons(self) -> None:
        """Read known persons with what stands before the name, parse or no parse."""
        for at, item in enumerate(self.items):
            if not item.is_person or any(s <= item.start < e for s, e in self.covered):
                continue
            if self._is_date(item.start, item.end):
                continue
            if self._names_a_body(at):
                continue
            start, before = self._title_before(at)
            owner = [] if before else self._state_before(at)
            named = [*owner, *before, item]
            reading = read_phrase(self.text, start, item.end, named, self.gazetteer, self.date)
            if reading is None:
                continue
            if owner and self._is_in_office(reading, owner[0].entry.country):
                self._add(reading, start, item.end)
                continue
            if item.alias.use == "surname" and not (reading.entry and self._has_been_named(reading.entry)):
                titles = [b for b in before if b.is_agent]
                said = self._called_in_the_text(item.alias.text, titles, self.text[start : item.start])
                if said is not None:
                    self._add_known(said, start, item.end, "surname")
                    continue
            if reading.weak and not self._surname_is_sure(reading, item.start, item.end):
                continue
            self._add(reading, start, item.end)

    def _state_before(self, at: int) -> list[Item]:
        """Return the state whose person is named: "India's Modi"; none when nobody says so."""
        before = self.items[at - 1] if at else None
        if before is None or not before.is_state:
            return []
        return [before] if _POSSESSED.fullmatch(self.text[before.end : self.items[at].start]) else []

    def _is_in_office(self, reading: Reading, country: str) -> bool:
        """Tell whether a person holds an office of a country on the day."""
        entry = reading.entry
        if entry is None or self.date is None:
            return False
        return any(
            not t.rough and (t.country or entry.country) == country for t in terms_on(entry, self.date)
        )

    def _names_a_body(self, at: int) -> bool:
        """Tell whether a person's name only says whose body the next word means: "the Assad government"."""
        item = self.items[at]
        if self.sentence.parse is None or at + 1 == len(self.items):
            return False
        after = self.items[at + 1]
        body = after.is_agent and after.entry.kind in ("organization", "people")
        return body and self.text[item.end : after.start] == " " and self.text[after.start].islower()

    def _title_before(self, at: int) -> tuple[int, list[Item]]:
        """Return where a person's title starts ("former US president", "Mr") and the names in it."""
        item = self.items[at]
        start = item.start
        before: list[Item] = []
        for other in reversed(self.items[max(0, at - 4) : at]):
            between = self.text[other.end : start]
            titled = other.is_agent and other.entry.kind == "person" and other.alias.use == "agent"
            if not _TITLE_GAP.fullmatch(between) or not (titled or (before and not other.is_person)):
                break
            start = other.start
            before.insert(0, other)
        left = _TITLE_WORDS.search(self.text, max(self.sentence.start, start - 60), start)
        return (left.start(1) if left else start), before

    def _surname_is_sure(self, reading: Reading, start: int, end: int) -> bool:
        """Tell whether a bare surname names one known person: named before, or alone in high office."""
        entry = reading.entry
        if entry is None:
            return True
        surname = self.text[start:end].split()[-1]
        if surname.startswith(("Mr", "Ms")):
            return True
        item = next((i for i in self.items if i.end == end), None)
        choices = [a.entry for a in (item.alias, *item.others)] if item is not None else [entry]
        named = [c for c in choices if self._has_been_named(c)]
        if named:
            chosen = named[-1]
            reading.entry, reading.name = chosen, chosen.name
            return True
        if self.registry.by_surname(surname) or surname in word_set("ambiguous_surnames") or not self.date:
            return False
        date = self.date
        holders = [c for c in choices if any(not t.rough for t in terms_on(c, date))]
        if len(holders) != 1:
            return False
        if holders[0] is not entry:
            item_text = self.text[start:end]
            again = Item(start, end, type(item.alias)(item_text, holders[0], "surname"), []) if item else None
            fresh = read_phrase(self.text, start, end, [again], self.gazetteer, date) if again else None
            if fresh is None:
                return False
            for field in ("name", "country", "sectors", "office", "ids", "gender", "entry"):
                setattr(reading, field, getattr(fresh, field))
        return True

    def _called_in_the_text(self, surname: str, titles: list[Item], before: str) -> DraftEntity | None:
        """Return the person of the text whom a surname means, though others are known by it: "Ms Delgado"."""
        gender = "" if not before.split() else gender_of_title(before.split()[-1])
        known = self.registry.called(surname, gender)
        if known is None or not titles:
            return known
        title = titles[-1].alias.text.lower()
        return known if title in self.registry.labels.get(id(known), ()) else None

    def _is_date(self, start: int, end: int) -> bool:
        """Tell whether a word that is also a surname is a day or month here: "on Friday", "said Friday"."""
        name = self.text[start:end]
        if name not in word_set("calendar_names"):
            return False
        tokens = self.sentence.tokens_in(start, end) if self.sentence.parse is not None else []
        return not (tokens and says(tokens[0]) and self.registry.by_surname(name))

    def _has_been_named(self, entry: Entry) -> bool:
        return any(m.entity.name == entry.name and m.entity.kind == "person" for m in self.draft.mentions)

    def _add_known(self, entity: DraftEntity, start: int, end: int, rule: str) -> None:
        self.registry.add(entity, start, end, "name", self.sentence, rule)
        self.covered.append((start, end))

    def _add(self, reading: Reading, start: int, end: int) -> DraftEntity:
        while start < end and self.text[start] in " \"'“‘":
            start += 1
        entity = self.registry.entity_for(reading)
        self.registry.add(entity, start, end, reading.form, self.sentence, reading.rule)
        self.covered.append((start, end))
        self._imply(reading, start, end)
        return entity

    def _imply(self, reading: Reading, start: int, end: int) -> None:
        """Note whose somebody is, for "the group" after "a Hamas official", "the country" after "Turkish officials"."""
        for item in self.items:
            if item.start < start or item.end > end or item.entry is reading.entry:
                continue
            official = item.is_state and not sector_roles().official.isdisjoint(reading.sectors)
            if official or (item.is_body and item.entry.kind != "people"):
                entry = item.entry
                whose = Reading(
                    entry.name, entry.kind, entry.country or None, entry.sectors, ids=dict(entry.ids), entry=entry,
                    members=members_of(entry.name, self.date),
                )  # fmt: skip
                self.registry.implied.append((self.sentence, item.end, self.registry.entity_for(whose)))
