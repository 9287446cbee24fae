"""Whose a noun phrase is: by what possesses it and by what follows it ("Guyana's minister", "police in Kenya")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import members_of, word_set
from dragoman.actors.peoples import people_words
from dragoman.actors.phrases import Reading, organization_head, read_phrase
from dragoman.actors.strangers import StrangerReader
from dragoman.language import edges, grammar

if TYPE_CHECKING:
    from dragoman.actors.items import Item
    from dragoman.syntax import Token


# Before somebody who is none of those told of before.
# "Other Chadians", "any rebels": not those of before.
_OTHERS = frozenset({"any", "other", "another", "more", "further", "fresh", "no", "few", "many", "most"})
_ANYONE = frozenset({"a", "an", "another", "any", "every", "each", "no"})


class PossessionReader(StrangerReader):
    """Reads to whom what a phrase of the sentence names belongs."""

    def _read_owned(self, start: int, end: int, owner: list[Item], inside: list[Item]) -> Reading | None:
        """Read a phrase together with what possesses it: "Guyana's energy minister", "Russia's Duma"."""
        reading = read_phrase(self.text, start, end, inside, self.gazetteer, self.date)
        if reading is None or reading.kind in ("state", "place") or reading.entry is not None:
            return reading
        possessor = owner[-1]
        if not reading.country and not is_related(reading.head, of_person=not possessor.is_state):
            named = next((m for m in reversed(self.draft.mentions) if m.end == possessor.end), None)
            reading.country = (named.entity.country if named else possessor.entry.country) or None
            if not reading.country and possessor.entry.ids.get("plover"):
                reading.ids["plover"] = possessor.entry.ids["plover"]
            if reading.office is not None and reading.office.country is None:
                reading.office = type(reading.office)(reading.office.title, None, reading.country)
        return reading

    def _after_possessor(self, head: Token, start: int) -> int:
        """Return where the phrase starts when its possessor is left out (it is a phrase of its own)."""
        for child in grammar.children(head, "poss"):
            if self._opens_a_name(child):
                continue
            if child.tag_ != "PRP$":
                last = child.right_edge
                after = self.sentence.end_of(last)
                while after < self.sentence.end and self.text[after] in " '’s":
                    if self.text[after] == "s" and self.text[after - 1] not in "'’":
                        break
                    after += 1
                return max(start, after)
            return max(start, self.sentence.end_of(child) + 1)
        return start

    def _owner_items(self, head: Token) -> list[Item]:
        owners = [c for c in grammar.children(head, "poss") if c.tag_ != "PRP$"]
        for child in head.lefts:
            owners.extend(c for c in grammar.children(child, "poss") if child.dep_ == "compound")
        if not owners:
            return []
        ends = {self.sentence.end_of(o) for o in owners}
        named = {m.end for m in self.draft.mentions if m.entity.kind == "person"}
        # A surname alone that nobody in the text is known to bear says nothing of the country.
        return [
            i
            for i in self.items
            if i.end in ends
            and not i.is_agent
            and not (i.is_person and i.alias.use == "surname" and i.end not in named)
        ]

    def _opens_a_name(self, token: Token) -> bool:
        """Tell whether a possessor is the first word of a name: "Women" in "Women's Defence Units"."""
        if token.dep_ != "poss" or not token.text[:1].isupper() or token.head.tag_ not in ("NNP", "NNPS"):
            return False
        end = self.sentence.end_of(token)
        owned = self.text[self.sentence.start_of(token.head) : self.sentence.end_of(token.head)]
        return any(i.is_agent and i.end == end for i in self.items) and bool(organization_head(owned))

    @staticmethod
    def _is_new(head: Token, reading: Reading) -> bool:
        """Tell whether a description is of somebody not told of by the same words before: "a soldier", "his wife"."""
        if reading.form != "nominal":
            return False
        if reading.kind == "person" and any(c.lower_ in _ANYONE for c in head.lefts):
            return True
        if any(c.lower_ in _OTHERS and c.dep_ in ("det", "amod") for c in head.lefts):
            return True
        return (
            not reading.country
            and is_related(reading.head, of_person=True)
            and bool(grammar.children(head, "poss"))
        )

    def _add_country_of(self, head: Token, reading: Reading) -> None:
        """Take the country from what follows: "police in Kenya", "the government of Chad"."""
        # "Kurdish forces in Syria" are the Kurds'; where they are does not say whose.
        of_a_people = not people_words().isdisjoint(reading.name.replace("-", " ").split())
        for preposition, noun in grammar.all_prepositions(head):
            if preposition.lower_ not in word_set("belongs") or preposition.lower_ == "to":
                continue
            if preposition.lower_ in ("in", "at") and (of_a_people or _may_be_abroad(reading)):
                continue
            if preposition.lower_ == "for" and reading.head.split()[-1] in word_set("about_others"):
                continue
            end = self.sentence.end_of(noun)
            of_state = any(i.end == end and i.is_state for i in self.items)
            if preposition.lower_ in ("of", "for") and is_related(reading.head, of_person=not of_state):
                continue
            states = self._states_joined(noun) if reading.plural and preposition.lower_ == "of" else []
            if len(states) > 1:
                reading.members = states
                return
            if reading.kind == "state" and reading.plural and preposition.lower_ == "of":
                reading.members = self._members_of(noun)
            for item in self.items:
                if item.end != end:
                    continue
                if item.is_agent:
                    if preposition.lower_ in ("of", "for"):
                        self._take_country(reading, noun, end)
                    continue
                reading.country = item.entry.country or None
                plover = item.entry.ids.get("plover")
                if not reading.country and plover:
                    reading.ids["plover"] = plover
                belongs = reading.head.split()[-1] in word_set("of_their_body")
                if belongs and item.is_body and item.entry.sectors:
                    reading.sectors = item.entry.sectors
                return

    def _members_of(self, noun: Token) -> list[str] | None:
        """Return the states of the body that a phrase names: "countries of the ECOWAS bloc"."""
        first, _ = edges.noun_phrase(noun)
        start, end = self.sentence.start_of(first), self.sentence.end_of(noun)
        bodies = [i for i in self.items if start <= i.start and i.end <= end and i.is_body]
        return members_of(bodies[0].entry.name, self.date) if len(bodies) == 1 else None

    def _states_joined(self, noun: Token) -> list[str]:
        """Return the states of "Kazakhstan, Russia and Iran"; nothing when one of the words is no state."""
        ends = {self.sentence.end_of(token): None for token in grammar.conjuncts(noun)}
        named = {i.end: i.entry.country for i in self.items if i.is_state and i.end in ends}
        return [named[end] for end in ends] if len(named) == len(ends) else []

    def _name_after_group(self, head: Token, reading: Reading) -> None:
        """Call "rebels of the Bluewater Front" as "Bluewater Front rebels" are called."""
        for preposition, noun in grammar.all_prepositions(head):
            if preposition.lower_ not in ("of", "from"):
                continue
            end = self.sentence.end_of(noun)
            item = next((i for i in self.items if i.end == end), None)
            name = item.alias.text if item is not None and item.is_body else ""
            if item is None:
                first, _ = edges.noun_phrase(noun)
                name = self.text[self.sentence.start_of(first) : end]
            if name and (item is not None or organization_head(name)):
                reading.name = f"{name} {reading.name[:1].lower()}{reading.name[1:]}"
                return

    def _take_country(self, reading: Reading, noun: Token, end: int) -> None:
        """Give a description the country of the body that it belongs to: "a spokesman for the Kenyan ministry"."""
        first, _ = edges.noun_phrase(noun)
        start = self.sentence.start_of(first)
        inside = [i for i in self.items if start <= i.start and i.end <= end]
        body = read_phrase(self.text, start, end, inside, self.gazetteer, self.date)
        if body is not None and body.country:
            reading.country = body.country


def is_related(head: str, *, of_person: bool) -> bool:
    """Tell whether whoever a noun names need not be of the country of whose friend, critic or brother it is."""
    word = head.split()[-1] if head else ""
    return word in word_set("related") or (of_person and word in word_set("kin"))


def _may_be_abroad(reading: Reading) -> bool:
    """Tell whether where somebody is says nothing of the country: "troops in Mali", "a reporter in Moscow"."""
    if reading.kind == "organization" and not reading.plural and reading.head not in word_set("abroad"):
        return False
    return (
        not word_set("sectors_abroad").isdisjoint(reading.sectors[:1])
        or reading.head in word_set("abroad")
        or reading.head.split()[-1] in word_set("abroad")
    )
