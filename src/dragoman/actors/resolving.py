"""Entities and mentions of an article: who is named, by name, title, kind or metonym."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from dragoman.actors.bare_bodies import settle_bare_bodies
from dragoman.actors.coreference import resolve_references
from dragoman.actors.gazetteer import Gazetteer, load_gazetteer, members_of, word_set, words
from dragoman.actors.idioms import is_no_agent
from dragoman.actors.items import Item, read_items
from dragoman.actors.known_persons import PersonReader
from dragoman.actors.naming import ACTING_SEGMENTS
from dragoman.actors.phrases import Reading, read_phrase
from dragoman.actors.registry import CAPITAL_AS_PLACE, Registry, as_gender
from dragoman.actors.strangers import ACRONYM, is_age, national
from dragoman.language import edges, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.draft import Draft, DraftEntity, NameHit
    from dragoman.syntax import Parse, Token

# What hangs on a noun as part of its phrase and so is no phrase of its own.
_INNER = frozenset({"compound", "amod", "nmod", "nummod", "predet", "quantmod", "det", "case", "punct"})
# What belongs to a name though the parser may leave it out: "-o-cha", " al-Marri", " Omondi".
_REST_OF_NAME = re.compile(
    r"(?!-(?:" + "|".join(words()["linking"] + words()["after_names"]) + r")\b)(?:-[^\W\d_]+)+(?!\w)"
)
_NEXT_OF_NAME = re.compile(r" ((?:(?:al|el)-|(?:bin|ibn|al|el) )?[A-ZÀ-ÖØ-ÞĀ-Ž][\w-]*)")
# Kinds of bodies that have short names.
_NAMED_SHORT = frozenset({"organization", "igo", "ngo", "armed_group"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class ActorStep:
    """Fills `entities` and `mentions`.

    Parsed sentences are read phrase by phrase; of the others only the names are taken.

    Args:
        gazetteer: who is known; None takes the gazetteer of the package.
    """

    needs = ("sentences", "names", "parse")
    gives = ("entities", "mentions")

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = load_gazetteer() if gazetteer is None else gazetteer

    def __call__(self, draft: Draft) -> None:
        """Read every sentence of headline and body, then resolve what refers back."""
        registry = Registry(draft)
        at = 0
        for sentence in draft.sentences:
            hits: list[NameHit] = []
            while at < len(draft.names) and draft.names[at].start < sentence.start:
                at += 1
            while at < len(draft.names) and draft.names[at].end <= sentence.end:
                hits.append(draft.names[at])
                at += 1
            if sentence.segment in ACTING_SEGMENTS:
                items = read_items(draft.text, hits, self.gazetteer, draft.article.date)
                SentenceReader(draft, sentence, items, registry, self.gazetteer).read()
        settle_bare_bodies(draft)
        resolve_references(draft, registry)
        registry.finish()


class SentenceReader(PersonReader):
    """Reads the mentions of one sentence into the registry."""

    def read(self) -> None:
        """Add the sentence's mentions."""
        if self.sentence.parse is not None:
            self._collectives()
            self._persons()
            for head in self._heads(self.sentence.parse):
                self._phrase(head)
            self._appositions()
        else:
            self._persons()
        self._left_over()

    # -- parsed sentences

    def _heads(self, parse: Parse) -> Iterator[Token]:
        for token in parse:
            if token.pos_ not in ("NOUN", "PROPN") and not (
                (token.pos_ in ("ADJ", "NUM", "VERB") and self._item_ends_at(token))
                or token.lower_ == "those"
                or is_age(token)
            ):
                continue
            if self._only_looks_like_agent(token) and not is_age(token):
                continue
            inner = token.dep_ in _INNER and token.head.i > token.i
            if inner and not (token.dep_ == "nmod" and token.head.pos_ not in ("NOUN", "PROPN")):
                continue
            if self._opens_a_name(token):
                continue  # "Women" in "Women's Defence Units"
            if token.dep_ == "npadvmod" and token.head.dep_ == "amod":
                continue  # "Taliban" in "Taliban-linked fighters"
            yield token

    def _item_ends_at(self, token: Token) -> bool:
        end = self.sentence.end_of(token)
        return any(i.end == end for i in self.items)

    def _only_looks_like_agent(self, token: Token) -> bool:
        """Tell whether a word that may be an agent is none here: a verb, an adjective, part of an idiom."""
        end = self.sentence.end_of(token)
        item = next((i for i in self.items if i.is_agent and i.end == end), None)
        return item is not None and is_no_agent(token, item)

    def _collectives(self) -> None:
        """Find the descriptions that stand for a collective: the five permanent members of ..."""
        for entry in words()["collectives"]:
            at = self.sentence.text.find(entry["phrase"])
            if at >= 0:
                start = self.sentence.start + at
                body = self.gazetteer.lookup(entry["is"])[0].entry
                reading = Reading(
                    body.name, "igo", None, body.sectors, ids=dict(body.ids), entry=body,
                    members=members_of(body.name, self.date), form="nominal", rule="collective",
                )  # fmt: skip
                self._add(reading, start, start + len(entry["phrase"]))
                return

    def _phrase(self, head: Token) -> None:
        first, _ = edges.noun_phrase(head)
        start, end = self.sentence.start_of(first), self.sentence.end_of(head)
        start = self._after_possessor(head, start)
        if first.dep_ == "det" and first.i < head.i and start == self.sentence.start_of(first):
            start = self.sentence.start_of(
                first.nbor(1)
            )  # The article of "the Women's Union" is no part of it.
        if is_age(head):
            start = self.sentence.start_of(next(c for c in head.subtree if c.pos_ == "NUM" or c == head))
        end = max(self._end_of_name(head, end), self._end_of_title(head))
        if self._is_date(start, end):
            return
        if any(s < end and start < e for s, e in self.covered):
            return
        longer = self._body_of_long_name(head, start, end)
        if longer is not None:
            self._add(longer[0], start, longer[1])
            return
        owner = self._owner_items(head)
        inside = [i for i in self.items if start <= i.start and i.end <= end]
        whole = next((i for i in self.items if i.end == end and i.start < start and not i.is_agent), None)
        if whole is not None and first.i > 0 and self.text[whole.start : start].lower() == "the ":
            start, inside = whole.start, [whole]  # "The New York Times" is named with its article.
        reading = read_phrase(self.text, start, end, [*owner, *inside], self.gazetteer, self.date) \
            if not owner else self._read_owned(start, end, owner, inside)  # fmt: skip
        if is_age(head):
            reading = self._whoever(head)
        if reading is None:
            short = self.registry.by_acronym(head.text)
            if short is not None:
                self._add_known(short, self.sentence.start_of(head), end, "acronym")
                return
            reading = self._stranger(head, start, end)
        if reading is None:
            return
        if reading.rule == "honorific" and " " not in reading.name:
            known = self.registry.called(reading.name, reading.gender)
            if known is not None:
                known.gender = known.gender or as_gender(reading.gender)
                self._add_known(known, start, end, "surname")
                return
        if reading.head in word_set("only_of_somebody") and not reading.country and not reading.ids:
            return
        if reading.head in word_set("only_speaking") and not reading.country and not self._tells(head):
            return
        if reading.kind == "state" and self._is_one_national(head, reading):
            reading = national(self.text[start:end], reading.country)
        if reading.kind == "other" or (reading.kind == "state" and reading.head and not reading.plural):
            return
        if reading.form == "nominal" and not reading.country:
            self._add_country_of(head, reading)
        if (
            reading.head in word_set("fighters")
            and reading.plural
            and not owner
            and start == inside[-1].start
        ):
            self._name_after_group(head, reading)
        reading.fresh = self._is_new(head, reading)
        reading.definite = any(c.lower_ in _DEFINITE or c.tag_ == "PRP$" for c in head.lefts)
        if reading.capital or reading.kind == "place":
            reading = self._acting_or_place(head, reading)
        if (
            reading.weak
            and self._is_described(head)
            and not self.registry.by_surname(reading.name.split()[-1])
        ):
            reading = Reading(self.text[start:end], "person", rule="name of one word")
        if reading.weak and not self._surname_is_sure(reading, start, end):
            known = self.registry.called(self.text[start:end].split()[-1])
            if known is not None:
                self._add_known(known, start, end, "surname")
            return
        if reading.entry is not None and reading.kind != "person":
            # Of a known name the mention is the name itself: "Syria" in "eastern Syria".
            start = max([start, *(i.start for i in inside if i.end == end)])
        self._add_acronym(self._add(reading, start, end), end)

    def _tells(self, head: Token) -> bool:
        """Tell whether a noun is whoever says, thinks or is quoted: "sources said", "according to sources"."""
        verb = head.head.lemma_.lower()
        if head.dep_ == "conj":
            first = grammar.first_conjunct(head)
            if first.lower_ in ("he", "she", "they", "we", "i", "you"):
                return True
            beside = self._mention_of(first)
            return beside is not None and beside.entity.kind in ("person", "people")
        if head.dep_ == "nsubj":
            return verb in word_set("speech") or verb in word_set("of_people")
        if head.dep_ == "dobj":
            return verb in word_set("quoting")
        return head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"

    def _add_acronym(self, entity: DraftEntity, end: int) -> None:
        """Read "(PWN)" after the name of a body: it is called so from now on."""
        match = ACRONYM.match(self.text, end, self.sentence.end)
        if match is None or entity.kind not in _NAMED_SHORT:
            return
        at = match.start(1), match.end(1)
        if not any(i.start < at[1] and at[0] < i.end for i in self.items):
            self.registry.call_also(entity, match.group(1))
            self._add_known(entity, *at, "acronym")

    def _end_of_name(self, head: Token, end: int) -> int:
        """Return where a name ends that the parser broke off: "chief Jonas" + "Omondi", "Chan" + "-o-cha"."""
        if head.pos_ != "PROPN" or head.i + 1 >= len(head.doc):
            return end
        rest = _REST_OF_NAME.match(self.text, end, self.sentence.end)
        if rest is not None and _is_capitalised(self.text, end):
            end = rest.end()
        titled = any(i.is_agent and i.entry.title and 0 < end - i.end < 30 for i in self.items)
        more = _NEXT_OF_NAME.match(self.text, end, self.sentence.end) if titled else None
        if more is None or any(i.start == more.start(1) for i in self.items):
            return end
        return more.end()

    def _end_of_title(self, head: Token) -> int:
        """Return where a kind or name of several words ends that a noun begins: "Minister of Trade"."""
        start = self.sentence.start_of(head)
        return max((i.end for i in self.items if _is_whole_name(i) and i.start <= start < i.end), default=0)

    def _acting_or_place(self, head: Token, reading: Reading) -> Reading:
        """Decide whether a capital acts for its government or is only where something is."""
        if reading.kind == "place" or self._locates(head):
            name = self.text[self.sentence.start_of(head) : self.sentence.end_of(head)]
            entry = reading.entry
            place = entry.name if entry is not None and entry.kind == "place" else None
            if place is None:
                ends = self.sentence.end_of(head)
                place = next((i.alias.text for i in self.items if i.end == ends), name)
            return Reading(place, "place", reading.country or self._city(head), rule=CAPITAL_AS_PLACE)
        return reading

    def _city(self, head: Token) -> str | None:
        """Return the state of a city whose name also stands for a body (Brussels)."""
        end = self.sentence.end_of(head)
        choices = [a for i in self.items if i.end == end for a in i.others if a.use == "place"]
        return choices[0].entry.country if choices else None

    def _locates(self, head: Token) -> bool:
        node = grammar.first_conjunct(head)
        if node.dep_ in _INNER or (node.dep_ == "appos" and node.head.pos_ == "PROPN"):
            return True
        if node.dep_ == "pobj":
            return node.head.lower_ in word_set("locating")
        if node.dep_ == "dobj" and node.head.lemma_.lower() in word_set("going"):
            return True
        if node.dep_ in ("npadvmod", "ROOT"):
            return True
        right = self.text[self.sentence.end_of(head) : self.sentence.end_of(head) + 2]
        if right.startswith(","):
            after = self.sentence.end_of(head) + 2
            return any(i.start == after and i.entry.kind in ("state", "place") for i in self.items)
        return False

    # -- what no phrase has taken

    def _left_over(self) -> None:
        """Add the names that no phrase has taken: all of an unparsed sentence, modifiers of a parsed one."""
        # Sorted, with the furthest end so far: a list of thousands of names must not take their square.
        covered = sorted(self.covered)
        reach = list(accumulate((end for _, end in covered), max))
        for item in self.items:
            before = bisect_right(covered, item.start, key=itemgetter(0))
            taken = before > 0 and reach[before - 1] >= item.end
            taken = taken or any(s <= item.start and item.end <= e for s, e in self.covered[-2:])
            if item.is_agent or item.is_person or taken or self._describes_a_thing(item):
                continue
            reading = read_phrase(self.text, item.start, item.end, [item], self.gazetteer, self.date)
            if reading is None or reading.kind == "other":
                continue
            if reading.capital or reading.kind == "place":
                city = next((a.entry.country for a in item.others if a.use == "place"), None)
                country = reading.country or city
                reading = Reading(item.alias.text, "place", country, rule="name as a place")
            self._add(reading, item.start, item.end)

    def _describes_a_thing(self, item: Item) -> bool:
        """Tell whether the name of a people only describes something: "the Kurdish enclave"."""
        if item.entry.kind != "people" or self.sentence.parse is None:
            return False
        tokens = self.sentence.tokens_in(item.start, item.end)
        return (
            bool(tokens) and tokens[-1].dep_ in ("amod", "compound") and tokens[-1].pos_ in ("ADJ", "PROPN")
        )


def _is_capitalised(text: str, end: int) -> bool:
    """Tell whether the word that ends at a place begins with a capital: "Chan" of "Chan-o-cha"."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start -= 1
    return text[start : start + 1].isupper()


def _is_whole_name(item: Item) -> bool:
    return item.is_agent or (item.is_body and " " in item.alias.text)
