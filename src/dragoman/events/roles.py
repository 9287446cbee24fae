"""Who fills a role: from the tokens at a place to the mentions of actors there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.actors import CAPITAL_AS_PLACE, FOUND_BY_FORM, is_bystander
from dragoman.actors.peoples import people_words
from dragoman.events.places import NEAREST, step
from dragoman.events.word_order import ACTOR, PARTIES, RECIPIENT
from dragoman.language import grammar
from dragoman.language.first_person import speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.draft import DraftMention, Sentence
    from dragoman.events.matching import Match
    from dragoman.syntax import Parse, Token

ACTOR_KINDS = frozenset({"state", "person", "organization", "igo", "ngo", "armed_group", "people"})
# How much surer a role is that its own words name than one found inside a longer phrase.
_INSIDE = 0.9
_LOCATED = 0.75
# What stands after these only says where a party is, or whom it deals with.
# Where a town or region may stand that is acted upon: "attacked Karachi", "air strikes on Aleppo".
_STRUCK = frozenset({"object", "subject", "of", "on", "against", "in", "into"})
# Where the phrase of a thing that is struck says what place it is: "a market in Karachi", "the suburbs of Damascus".
_SITES = ("possessive", "modifier", "of", "in", "near", "outside")
_LOOSE = frozenset({"in", "on", "with", "to", "across", "throughout"})
# Where one goes in a place: "took to the streets of Lima".
_WHITHER = frozenset({"to", "onto", "into"})
_WHERE = frozenset(
    {"in", "near", "at", "across", "outside", "inside", "around", "throughout", "along", "through", "within"}
)


@dataclass(slots=True)
class Filled:
    """The mentions that fill a role, the place they were found at, and how sure that is."""

    mentions: list[DraftMention] = field(default_factory=list)
    place: str | None = None
    certainty: float = 1.0
    direct: bool = True


def is_anchored(mention: DraftMention) -> bool:
    """Tell whether a mention says who it is: by country, people or name, or as a known kind of body."""
    entity = mention.entity
    return bool(
        entity.country
        or entity.members is not None
        or entity.kind in ("igo", "ngo", "armed_group", "state")
        or any(m.form == "name" and m.rule not in FOUND_BY_FORM for m in entity.mentions)
        or not people_words().isdisjoint(entity.name.replace("-", " ").split())
    )


class RoleFiller:
    """Fills the roles of matches in one sentence.

    Args:
        mentions: the mentions of the sentence.
        sentence: the parsed sentence.
        collectives: lemmas of nouns that act for whom they belong to ("the government of", "troops from").
    """

    def __init__(
        self, mentions: Sequence[DraftMention], sentence: Sentence, collectives: frozenset[str]
    ) -> None:
        self._collectives = collectives
        self._by_head: dict[int, DraftMention] = {}
        self._covering: dict[int, DraftMention] = {}
        # Words of names of several words, which may look like verbs ("Save the Children").
        self.named: set[int] = set()
        self._places: dict[int, DraftMention] = {}
        for mention in mentions:
            if mention.end <= sentence.start or mention.start >= sentence.end:
                continue
            tokens = sentence.tokens_in(mention.start, mention.end)
            if mention.form == "name" and len(tokens) > 1:
                self.named.update(t.i for t in tokens)
            if tokens and mention.entity.country and mention.entity.kind in ("place", "state"):
                self._places[tokens[-1].i] = mention
            if not tokens or mention.entity.kind not in ACTOR_KINDS:
                continue
            inside = {t.i for t in tokens}
            heads = [t for t in tokens if t.dep_ == "ROOT" or t.head.i not in inside]
            if is_bystander(mention.entity):
                # A poet is no party; that he is Irish still says whose poet is meant.
                if mention.entity.country:
                    self._covering.update((t.i, mention) for t in tokens if t not in heads[-1:])
                continue
            for head in heads[-1:]:
                held = self._by_head.get(head.i)
                if held is None or (held.end - held.start) < (mention.end - mention.start):
                    self._by_head[head.i] = mention
            for token in tokens:
                known = self._covering.get(token.i)
                if known is None or (mention.end - mention.start) < (known.end - known.start):
                    self._covering[token.i] = mention

    @property
    def heads(self) -> frozenset[int]:
        """The indices of the tokens that head a mention of an actor."""
        return frozenset(self._by_head)

    @property
    def mentions(self) -> list[DraftMention]:
        """All mentions of actors in the sentence, in text order."""
        return sorted(
            dict.fromkeys((*self._by_head.values(), *self._covering.values())), key=lambda m: (m.start, m.end)
        )

    def is_located(self, verb: Token) -> bool:
        """Tell whether a clause says where: "in Peru", "outside a shop in Lima"."""
        node = grammar.first_conjunct(verb)
        if (
            node.dep_ == "relcl"
            and any(c.lower_ == "where" for c in node.children)
            and any(t.i in self._places or t.i in self._by_head for t in grammar.conjuncts(node.head))
        ):
            # "Kashmir, where leaders are held"
            return True
        clauses = {verb.i, grammar.first_conjunct(verb).i}
        if verb.dep_ == "advcl" and verb.tag_ == "VBG":
            # "went from door to door in Geneina, killing men and boys"
            clauses.add(verb.head.i)
        for place in sorted(self._places):
            node = verb.doc[place]
            inside = False
            while node.dep_ in ("pobj", "conj", "compound"):
                above = node.head
                if above.dep_ != "prep":
                    node = above
                    continue
                if above.lower_ == "of" and above.head.dep_ == "pobj":
                    # "to the streets of Lima", "in the centre of Lima".
                    node, inside = above.head, True
                    continue
                if (above.lower_ in _WHERE or (inside and above.lower_ in _WHITHER)) and (
                    above.head.i in clauses
                    or (above.head.head.i in clauses and above.head.dep_ in ("dobj", "pobj"))
                    or (above.head.dep_ in ("dobj", "pobj") and above.head.head.head.i in clauses)
                ):
                    return True
                node = above.head
        return False

    def are_placed(self, mentions: Sequence[DraftMention], doc: Parse) -> bool:
        """Tell whether the phrase of a mention says where it is: "students at a university in Dhaka"."""
        wanted = {id(m) for m in mentions}
        for place in self._places:
            node = doc[place]
            while node.dep_ in ("pobj", "conj", "compound", "prep", "appos"):
                node = node.head
                held = self._by_head.get(node.i)
                if held is not None and id(held) in wanted:
                    return True
        return False

    def at(self, token: Token) -> DraftMention | None:
        """Return the mention whose words a token heads, or that covers it; of "I" and "we" that of the speaker."""
        mention = self._by_head.get(token.i) or self._covering.get(token.i)
        if mention is None:
            said_by = speaker(token)
            if said_by is not None:
                mention = self._by_head.get(said_by.i) or self._covering.get(said_by.i)
        return mention

    def fill(
        self, match: Match, places: Sequence[str], *, acting: bool, without: Sequence[DraftMention] = ()
    ) -> Filled:
        """Return who fills a role: the first place that holds a mention of an actor wins.

        Entities of `without`, the other side's, are passed over: nobody acts upon himself.
        """
        slot = match.places.slots.get(ACTOR if acting else RECIPIENT)
        if slot is None and acting:
            slot = match.places.slots.get(PARTIES)
        if slot is not None:
            tokens = grammar.conjuncts(grammar.first_conjunct(slot[0]))
            filled = self.fill_tokens(tokens, acting=acting, without=without)
            filled.place = "pattern"
            return filled
        spare = Filled()
        for place in places:
            if place in NEAREST:
                filled = self._nearest(match, place, without)
                if filled.mentions:
                    return filled
                continue
            last = place.split(".")[-1]
            filled = self.fill_tokens(
                match.places.find(place),
                acting=acting,
                last=last,
                without=without,
                located=acting and match.type.located,
                struck=not acting
                and ((match.type.located and last in _STRUCK) or last in match.type.towns_at),
            )
            if not filled.mentions:
                continue
            filled.place = place
            if any(is_anchored(m) for m in filled.mentions):
                return filled
            # Somebody is named, but not whose: a later place may say ("seized hostages from Chad").
            spare = spare if spare.mentions else filled
        if not acting and match.frame.towns and not spare.mentions:
            return self._towns(match, places)
        return spare

    def _towns(self, match: Match, places: Sequence[str]) -> Filled:
        """Return the capitals at the places of a recipient: "flew to Cairo"."""
        for place in places:
            found = [self._places.get(t.i) for t in match.places.find(place)]
            capitals = [m for m in found if m is not None and m.rule == CAPITAL_AS_PLACE]
            if capitals:
                return Filled(capitals, place, _LOCATED, direct=False)
        return Filled()

    def _nearest(self, match: Match, place: str, without: Sequence[DraftMention]) -> Filled:
        """Return the parties of the noun phrase nearest to the head on one side of it."""
        barred = {id(m.entity) for m in without}
        own = {t.i for t in match.words}
        for token in match.places.find(place):
            mention = self._by_head.get(token.i)
            if mention is None or token.i in own or id(mention.entity) in barred or not is_anchored(mention):
                continue
            filled = self.fill_tokens(
                grammar.conjuncts(grammar.first_conjunct(token)), acting=place == "preceding", without=without
            )
            if filled.mentions:
                filled.place, filled.direct = place, False
                filled.certainty *= _INSIDE
                return filled
        return Filled()

    def fill_tokens(
        self,
        tokens: Iterable[Token],
        *,
        acting: bool,
        last: str = "",
        without: Sequence[DraftMention] = (),
        struck: bool = False,
        located: bool = False,
    ) -> Filled:
        """Return the actors that tokens name, themselves or inside their phrase.

        `struck`: towns and regions too; `located`: a state before the noun is where it took place ("Niger ambush").
        """
        filled = Filled()
        barred = {id(m.entity) for m in without}
        for token in tokens:
            direct = self._direct(token)
            if direct is None and struck:
                direct = self._places.get(token.i)
            if direct is not None and located and last == "modifier" and _is_only_where(token, direct):
                continue
            if direct is not None:
                others = self._others(token, direct)
                # "The presidents of Kenya and Chad" are no party besides the two states.
                together = direct.entity.members is not None and (
                    direct.entity.members == [m.entity.country for m in others]
                )
                found, certainty = others if together else [direct, *others], 1.0
                if not is_anchored(direct) and token.pos_ == "NOUN":
                    # "the king of Jordan" known only as a king: the country says whose he is.
                    inner, sure = self._inside(token, acting=True, barred=barred, able=True)
                    if any(is_anchored(m) for m in inner):
                        found, certainty = inner, sure
            elif last == "modifier":
                continue
            else:
                found, certainty = self._inside(token, acting=acting, barred=barred)
                if not found and struck:
                    found, certainty = self._sites(token), _INSIDE
                filled.direct = False
            found = [m for m in found if not _is_among(m, barred)]
            if found:
                filled.certainty = min(filled.certainty, certainty)
            # "Pelosi and her family": whoever is named is not named again by "her".
            named = {id(m.entity) for m in filled.mentions}
            filled.mentions.extend(
                m
                for m in found
                if m not in filled.mentions and (id(m.entity) not in named or m.form != "pronoun")
            )
        filled.mentions.sort(key=lambda m: (m.start, m.end))
        return filled

    def _sites(self, thing: Token) -> list[DraftMention]:
        """Return the places that the phrase of a thing names: "a market in Karachi"."""
        if thing.pos_ not in ("NOUN", "PROPN"):
            return []
        for name in _SITES:
            tokens = [*step(thing, name), *(_after(thing, name) if name == "in" else ())]
            found = [self._places[t.i] for t in tokens if t.i in self._places]
            if found:
                return found
        return []

    def _direct(self, token: Token) -> DraftMention | None:
        mention = self.at(token)
        if mention is not None:
            return mention
        for child in grammar.children(token, "appos"):
            mention = self.at(child)
            if mention is not None:
                return mention
        if token.dep_ == "appos":
            return self._by_head.get(token.head.i)
        return None

    def _others(self, token: Token, mention: DraftMention) -> list[DraftMention]:
        """Return parties that share a noun with a mention: "Thai and Cambodian soldiers".

        So do states that a list names between commas, which the parser takes for an apposition: "Chad, Mali
        and Niger".
        """
        found: list[DraftMention] = []
        if mention.entity.kind == "state" and mention.form == "name" and grammar.children(token, "cc"):
            listed = [self._by_head.get(t.i) for t in grammar.children(token, "appos")]
            found.extend(
                m
                for m in listed
                if m is not None and m.entity.kind == "state" and m.form == "name"
                if m.entity.country != mention.entity.country
            )
        if token.pos_ != "NOUN":
            return found
        for name in ("modifier", "of", "from"):
            owners = [self.at(t) for t in step(token, name)]
            if len(owners) > 1:
                found.extend(
                    m
                    for m in owners
                    if m is not None and m is not mention and m.entity.country != mention.entity.country
                )
        return found

    def _inside(
        self, token: Token, *, acting: bool, barred: set[int], able: bool = False
    ) -> tuple[list[DraftMention], float]:
        """Look for actors inside a phrase: "Ankara's decision", "troops from Syria", "Libyan oil".

        A doer is only looked for inside phrases whose head can act for its owner.
        """
        if token.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ", "VERB", "DET", "PRON"):
            return [], 1.0
        if token.pos_ == "VERB" and (acting or token.tag_ != "VBG"):
            return [], 1.0
        able = able or token.lemma_.lower() in self._collectives or token.lower_ in self._collectives
        if acting and not able:
            return [], 1.0
        for name in (
            "possessive",
            "modifier",
            "of",
            "from",
            "by",
            "against",
            "between",
            "to",
            "with",
            "in",
            "on",
            "across",
            "throughout",
        ):
            if acting and name not in ("possessive", "modifier", "of", "from", "across", "throughout"):
                continue
            found = [self.at(t) for t in step(token, name)]
            if (name == "in" and not acting) or (name == "from" and token.dep_ == "pobj"):
                found.extend(self.at(t) for t in _after(token, name))
            known = [m for m in found if m is not None and id(m.entity) not in barred]
            if known:
                return known, _LOCATED if name in _LOOSE else _INSIDE
        if not acting:
            for name in ("of", "by", "against", "on"):
                for below in step(token, name):
                    if below.i <= token.i:
                        continue
                    found_below, certainty = self._inside(below, acting=False, barred=barred)
                    if found_below:
                        return found_below, certainty * _INSIDE
        return [], 1.0


def _is_among(mention: DraftMention, barred: set[int]) -> bool:
    """Tell whether a mention is of a barred entity, or of several all of which are: "their meeting"."""
    members = mention.entity.members
    if id(mention.entity) in barred:
        return True
    return bool(members) and all(id(m) in barred for m in members or ())


def _after(noun: Token, preposition: str) -> list[Token]:
    """Return the object of a preposition right behind a noun, wherever the parser hung it.

    "attacked villages in Sudan": it is the villages of Sudan that were attacked.
    """
    end = noun.right_edge.i + 1
    if end >= len(noun.doc) or noun.head.i == noun.i:
        return []
    follower = noun.doc[end]
    if follower.lower_ != preposition or follower.head.i not in (noun.head.i, noun.head.head.i):
        return []
    return [t for o in grammar.children(follower, "pobj") for t in grammar.conjuncts(o)]


def _is_only_where(token: Token, mention: DraftMention) -> bool:
    """Tell whether a state's name before a noun says where: "Niger ambush", not "Israeli raid" or "US strike"."""
    return mention.entity.kind == "state" and token.text == mention.entity.name and token.tag_ == "NNP"
