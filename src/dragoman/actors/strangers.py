"""Persons and bodies of whom nothing is known: strangers by the form of the name and by what is said of them."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, cast

from dragoman.actors.gazetteer import word_set, words
from dragoman.actors.phrases import (
    NAME_RUN,
    Reading,
    organization_head,
    organization_heads,
    read_phrase,
)
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.actors.gazetteer import Gazetteer
    from dragoman.actors.items import Item
    from dragoman.actors.registry import Registry
    from dragoman.draft import Draft, DraftEntity, Sentence
    from dragoman.model import EntityKind
    from dragoman.syntax import Token

# What may follow a name: ", who", ", a 34-year-old teacher".
_WHO = re.compile(r", (?:who|whom|whose) ")
_DESCRIBED = re.compile(r", (?:an?|the|his|her|their) (?:[\w'’-]+ ){0,4}[\w'’-]+")
_AFTER_NOUN = re.compile(r"[,.;:)]| (?:from|of|in|at|with|who|whose|for|based|aged)\b")
_BODIES = frozenset({"organization", "armed_group", "ngo", "igo"})
# What an adjective stands before.
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
# The rest of a body's name: "Movement" + " for a Free North", "University" + " of Toronto".
_REST_OF_BODY = re.compile(r"(?: (?:of|for|against) (?:the |an? )?[A-Z][\w’'-]*(?: [A-Z][\w-]+)*)+")
# What stands for the name before it from now on: " (PWN)".
ACRONYM = re.compile(r"\s\(([A-Z][A-Za-z&-]{0,6}[A-Z])\)")
# A name after a word in small letters: "German coach Thomas Paulsen".
_NAME_AT_END = re.compile(rf"(?<=[a-z] )({NAME_RUN.pattern})$")


class StrangerReader:
    """Reads the names of one sentence that the gazetteer does not tell whose they are."""

    def __init__(
        self, draft: Draft, sentence: Sentence, items: list[Item], registry: Registry, gazetteer: Gazetteer
    ) -> None:
        self.draft = draft
        self.text = draft.text
        self.date = draft.article.date
        self.sentence = sentence
        self.items = items
        self.registry = registry
        self.gazetteer = gazetteer
        self.covered: list[tuple[int, int]] = []

    def _stranger(self, head: Token, start: int, end: int) -> Reading | None:
        """Read a phrase that nothing is known of by its form."""
        return (
            (None if is_age(head) else self._speaking_name(head, start, end))
            or self._person_noun(head, start, end)
            or self._whoever(head)
        )

    def _speaking_name(self, head: Token, start: int, end: int) -> Reading | None:
        """Read an unknown capitalised name as a person when it speaks or thinks."""
        words_ = self.text[start:end]
        match = NAME_RUN.fullmatch(words_)
        run = _NAME_AT_END.search(words_)
        if match is None and run is not None and head.pos_ == "PROPN" and not organization_head(run.group(1)):
            return self._person_by_form(head, run.group(1), start + run.start(1))
        known = self.registry.by_surname(words_.split()[-1])
        if not known and " " not in words_ and (head.pos_ == "PROPN" or says(head)):
            known = self.registry.by_first_name(words_)
        if match is None or organization_head(words_) or (head.pos_ != "PROPN" and not known):
            return None
        if " " not in words_:
            called = known[0] if len(known) == 1 else self.registry.called(words_)
            return self._same_as(called) if called is not None else self._single_name(head, words_)
        if self._spells_out(words_, end):
            return Reading(words_, "organization", self._nationality(head, start), rule="acronym")
        described = self._is_described(head)
        if _speaks(head) or described or known:
            return Reading(words_, "person", rule="name described" if described else "name that speaks")
        body = self._kind_of_body(head)
        if body is not None:
            return Reading(words_, body, rule="name described")
        if _lives(head) or _has_age(head) or self._is_person_after(end):
            return Reading(words_, "person", rule="name of whom something is told")
        return self._person_by_form(head, words_, start)

    def _single_name(self, head: Token, name: str) -> Reading | None:
        """Read a name of one word, nobody's so far: "her husband, Ferhad", "Ayub, seven", "Metropol said"."""
        if head.tag_ != "NNP" or not name[:1].isupper() or name in word_set("no_surnames"):
            return None
        if self._is_described(head) or _has_age(head) or self._is_person_after(self.sentence.end_of(head)):
            return Reading(name, "person", rule="name of one word")
        body = self._kind_of_body(head)
        if body is not None:
            return Reading(name, body, rule="name described")
        if not _speaks(head) and not _lives(head):
            return None
        if not name.isupper() and self.gazetteer.is_given_name(name):
            return Reading(name, "person", rule="name of one word")
        return Reading(name, "organization", rule="name of one word") if _says_something(head) else None

    def _is_described(self, head: Token) -> bool:
        """Tell whether a name stands beside a noun for a person: "Omar Haddad, a lawyer", "the lawyer, Haddad"."""
        beside = [c for c in head.children if c.dep_ == "appos"]
        if head.dep_ == "appos":
            beside.append(head.head)
        if head.dep_ == "oprd" and head.head.dep_ == "acl" and head.head.lower_ in word_set("naming"):
            beside.append(head.head.head)  # "a Dane called Lise Holm"
        if head.dep_ == "nsubj" and head.head.lemma_ == "be":
            beside.extend(c for c in head.head.children if c.dep_ == "attr")
        return any(self._is_person_noun(t) for t in beside)

    def _kind_of_body(self, head: Token) -> EntityKind | None:
        """Return what kind of body a noun beside a name says it is: "a charity, Santé Partout"."""
        if head.dep_ == "appos":
            noun = head.head
        elif head.dep_ == "oprd" and head.head.dep_ == "acl" and head.head.lower_ in word_set("naming"):
            noun = head.head.head
        else:
            return None
        end = self.sentence.end_of(noun)
        for item in self.items:
            if item.end == end and item.alias.use == "agent" and item.entry.kind in _BODIES:
                return item.entry.kind
        return None

    def _body_of_long_name(self, head: Token, start: int, end: int) -> tuple[Reading, int] | None:
        """Read a body whose name goes on after its first noun: "University of Toronto"; return where it ends too."""
        if not head.text[:1].isupper() or not self.text[start : start + 1].isupper():
            return None
        name = self.text[start:end]
        head_noun = organization_head(name)
        rest = _REST_OF_BODY.match(self.text, end, self.sentence.end)
        if head_noun is None or rest is None or any(i.start <= start and i.end > end for i in self.items):
            return None
        inside = [i for i in self.items if start <= i.start and i.end <= rest.end()]
        short = [i for i in inside if i.end <= end]
        reading = read_phrase(self.text, start, end, short, self.gazetteer, self.date)
        if reading is None or reading.kind not in _BODIES:
            sectors, kind = organization_heads()[head_noun]
            named = kind if kind in ("ngo", "armed_group") else "organization"
            reading = Reading(name, cast("EntityKind", named), None, sectors, head=head_noun.lower())
        country = next((i.entry.country for i in inside if i.entry.kind in ("state", "place")), None)
        reading = dataclasses.replace(
            reading,
            name=self.text[start : rest.end()],
            country=country or reading.country,
            form="name",
            rule=f"organization head:{head_noun}",
            entry=None,
        )
        return reading, rest.end()

    def _is_person_after(self, end: int) -> bool:
        """Tell whether what follows a name says that it is a person's: ", who", ", a 34-year-old teacher"."""
        if _WHO.match(self.text, end, self.sentence.end):
            return True
        return any(
            (match := _DESCRIBED.match(self.text, end, item.end)) is not None
            and match.end() == item.end
            and _AFTER_NOUN.match(self.text, item.end) is not None
            for item in self.items
            if item.start > end and item.alias.use == "agent" and item.entry.kind in ("person", "people")
        )

    def _spells_out(self, name: str, end: int) -> bool:
        """Tell whether initials in brackets follow a name: "Partiya Welat Nu (PWN)"."""
        match = ACRONYM.match(self.text, end, self.sentence.end)
        if match is None:
            return False
        initials = "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper())
        return initials.endswith(match.group(1).upper())

    def _whoever(self, head: Token) -> Reading | None:
        """Read "a 22-year-old", "the 30-year-olds" and "those who fled", "those fleeing": people by no noun."""
        many = head.lower_ in ("those", "olds")
        if head.lower_ == "those":
            followed = [
                c for c in head.children if c.i == head.i + 1 and (c.dep_ == "acl" and c.tag_ == "VBG")
            ]
            relative = head.i + 1 < len(head.doc) and head.nbor(1).lower_ in ("who", "whose", "whom")
            if not followed and not relative:
                return None
        elif not is_age(head):
            return None
        return Reading(
            head.text if many else "person of an age",
            "people" if many else "person",
            plural=many,
            form="nominal",
            rule="bystander:by form",
            head="people" if many else "person",
        )

    def _is_one_national(self, head: Token, reading: Reading) -> bool:
        """Tell whether the adjective of a state is somebody: "a Russian was killed"."""
        if head.text not in self.gazetteer.singular_demonyms or reading.form != "name":
            return False
        before = [c.lower_ for c in head.lefts if c.dep_ in ("det", "nummod")]
        after = head.nbor(1) if head.i + 1 < len(head.doc) else None
        if not before or (after is not None and (after.pos_ in _NAMING or after.text in ("-", "–"))):
            return False
        return before[0] in ("a", "an", "one", "another") or (
            before[0] in ("the", "this", "that")
            and head.dep_ in ("nsubj", "nsubjpass", "dobj")
            and (after is None or after.text not in ("and", ",", "or"))
        )

    def _person_noun(self, head: Token, start: int, end: int) -> Reading | None:
        """Read a noun that is no known agent as a person's by what is said of it: "the owners, who", "lobbyists"."""
        if head.pos_ != "NOUN" or head.tag_ not in ("NN", "NNS") or not self._means_persons(head):
            return None
        if head.tag_ == "NN" and head.dep_ == "pobj" and self._are_persons(head.head.head):
            return None  # "students at an institute who died"
        many = head.tag_ == "NNS"
        states = [i for i in self.items if start <= i.start and i.end <= end and i.is_state]
        return Reading(
            self.text[start:end],
            "people" if many else "person",
            states[-1].entry.country or None if states else None,
            plural=many,
            form="nominal",
            rule="bystander:by form",
            head=head.lemma_.lower(),
        )

    @staticmethod
    def _means_persons(head: Token) -> bool:
        relatives = [
            g for c in head.children if c.dep_ == "relcl" for g in c.children if g.lower_ in ("who", "whom")
        ]
        if relatives:
            between = list(head.doc)[head.i + 1 : relatives[0].i]
            return not any(t.pos_ in ("NOUN", "PROPN") for t in between)
        word = head.lower_
        if word in word_set("no_persons"):
            return False
        if word.endswith(_endings("person_endings")):
            return True
        acts = head.dep_ == "nsubj" and head.head.lemma_.lower() in word_set("of_people")
        return acts and head.tag_ == "NNS" and word.endswith(_endings("doer_endings"))

    def _person_by_form(self, head: Token, name: str, start: int) -> Reading | None:
        """Read a name that nothing is said of as a person's when it begins with a given name."""
        parts = name.split()
        if len(parts) < 2 or parts[-1] in word_set("no_surnames"):
            return None
        if not self.gazetteer.is_given_name(parts[0]) and not self._ends_in_surname(parts):
            return None
        return Reading(name, "person", self._nationality(head, start), rule="given name")

    def _ends_in_surname(self, parts: list[str]) -> bool:
        """Tell whether a name is a word that nothing is called by, and a surname: "Reyaad Khan"."""
        if len(parts) != 2 or self.gazetteer.lookup(parts[0]) or not parts[0].isalpha() or parts[0].isupper():
            return False
        return parts[1] not in word_set("surnames_that_are_words") and self.gazetteer.is_surname(parts[1])

    def _nationality(self, head: Token, start: int) -> str | None:
        """Return the country that an adjective before an unknown person's name tells: "the German coach Roger ..."."""
        noun = head.head if head.dep_ == "appos" and self.sentence.end_of(head.head) + 1 == start else head
        beside = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod")]
        beside.extend(inner for c in list(beside) for inner in c.lefts if inner.dep_ in ("amod", "compound"))
        ends = {self.sentence.end_of(token) for token in beside}
        for item in self.items:
            if item.end in ends and item.end <= start and item.is_state:
                self.covered.append((item.start, item.end))
                return item.entry.country or None
        return None

    def _is_person_noun(self, token: Token) -> bool:
        end = self.sentence.end_of(token)
        return any(
            i.end == end
            and (
                i.alias.use == "demonym" or (i.alias.use == "agent" and i.entry.kind in ("person", "people"))
            )
            for i in self.items
        )

    def _are_persons(self, token: Token) -> bool:
        end = self.sentence.end_of(token)
        return any(i.end == end and i.is_agent and i.entry.kind in ("person", "people") for i in self.items)

    @staticmethod
    def _same_as(entity: DraftEntity) -> Reading:
        return Reading(entity.name, "person", entity.country, entity.sectors, entity.office, rule="surname")


def national(words_: str, country: str | None) -> Reading:
    """Return the reading of one who is only called by the nationality: "a Somali"."""
    return Reading(words_, "person", country, form="nominal", rule="demonym", head="national")


def is_age(token: Token) -> bool:
    """Tell whether a word ends an age that stands for somebody: "a 22-year-old", not "a 22-year-old nurse"."""
    if token.lower_ not in ("old", "olds") or token.dep_ in ("amod", "acomp", "npadvmod", "compound", "nmod"):
        return False
    before = "".join(t.text for t in list(token.doc)[max(0, token.i - 5) : token.i])
    return before.lower().endswith(("-year-", "-month-", "-day-"))


@functools.cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(words()[name])


def _speaks(head: Token) -> bool:
    """Tell whether a name speaks, or has done to it what is done to persons."""
    first = grammar.first_conjunct(head)  # "Weiss and Brandt said"
    return first.dep_ in ("nsubj", "nsubjpass") and first.head.lemma_.lower() in word_set("speech")


def _lives(head: Token) -> bool:
    """Tell whether a name does what only persons do, or is told or quoted: resigns, weeps, "according to Weiss"."""
    if head.dep_ in ("dobj", "dative"):
        return head.head.lemma_.lower() == "tell"
    if head.dep_ == "pobj":
        return head.head.lower_ == "to" and head.head.head.lower_ == "according"
    if head.dep_ == "poss":
        return head.head.lemma_.lower() in word_set("generic_people")  # "Brekke's daughter"
    first = grammar.first_conjunct(head)
    return first.dep_ == "nsubj" and first.head.lemma_.lower() in word_set("of_people")


def _says_something(head: Token) -> bool:
    if head.dep_ == "pobj":
        return _lives(head)
    return head.dep_ == "nsubj" and head.head.lemma_.lower() in word_set("of_speakers")


def _has_age(head: Token) -> bool:
    """Tell whether an age follows a name: "Ayub, seven, loves cricket"."""
    after = list(head.doc)[head.i + 1 : head.i + 4]
    return (
        len(after) == 3
        and after[0].text == ","
        and after[1].tag_ == "CD"
        and after[2].text in (",", ".", ";", ")")
    )


def says(token: Token) -> bool:
    """Tell whether a word stands right before a verb of speech that has no other subject."""
    if token.i + 1 == len(token.doc):
        return False
    verb = token.nbor(1)
    if verb.lemma_.lower() not in word_set("speech") or token.head != verb:
        return False
    return all(c == token for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass"))
