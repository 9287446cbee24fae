"""The phrase that names a process, and what it holds: parties, names, places, dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dragoman.actors import is_actor
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftEntity, DraftMention, Sentence
    from dragoman.syntax import Token

Reference = Literal["definite", "indefinite", "bare"]
# The prepositions that join what belongs to the name of a process.
JOINING = ("of", "between", "among", "with", "on", "by", "to", "in", "for", "from")
INSIDE = frozenset({"compound", "amod", "nmod", "nummod", "poss", "quantmod", "npadvmod", "dep"})


@dataclass(slots=True, eq=False)
class ProcessMention:
    """A place where a process is spoken of.

    `names` are the bodies or other proper names by which it is called, `title` is the name that follows the
    noun ("the exercise Coral Shield"), `sites` and `dates` those that
    stand in its noun phrase, `telling` the adjectives that tell it from others, `parties` the mentions of
    actors in its noun phrase. `kinds` holds more than one kind when the noun only refers back, and none for a
    pronoun.
    """

    sentence: Sentence
    token: Token
    kinds: tuple[str, ...]
    reference: Reference
    start: int
    end: int
    by_verb: bool = False
    elided: bool = False
    weak: bool = False
    head: str = ""
    fresh: bool = False
    headline: bool = False
    telling: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    title: tuple[int, int] | None = None
    sites: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    parties: list[DraftMention] = field(default_factory=list)

    @property
    def countries(self) -> frozenset[str]:
        """The parties in the noun phrase, by country, or by name where they have none."""
        return frozenset(_key(m.entity) for m in self.parties if m.entity.members is None and not is_vague(m))


def _key(entity: DraftEntity) -> str:
    return entity.country or entity.name.casefold()


def phrase_end(token: Token) -> Token:
    """Return the last token of a noun phrase with the complements that belong to its name."""
    last = token
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "between", "among", "with"):
            last = _end_without_clauses(child)
        elif child.dep_ not in ("prep", "punct"):
            break
    return last


def _end_without_clauses(token: Token) -> Token:
    """Return the last token of a phrase up to the first clause, comma or apposition after a comma."""
    members = sorted(_inside(token), key=lambda t: t.i)
    last = members[0]
    for member in members[1:]:
        if member.i != last.i + 1 and not all(t.is_punct and t.text in "()" for t in _between(last, member)):
            break
        last = member
    while last.is_punct and last.text not in ")”":
        last = last.nbor(-1)
    return last


def _between(first: Token, last: Token) -> list[Token]:
    return [first.doc[i] for i in range(first.i + 1, last.i)]


def _inside(token: Token) -> list[Token]:
    found = [token]
    for child in token.children:
        if child.dep_ in ("relcl", "acl", "advcl"):
            continue
        if child.dep_ == "appos" and any(t.text == "," for t in _between(token, child)):
            continue
        found.extend(_inside(child))
    return found


def premodifiers(token: Token) -> list[Token]:
    """Return the words before a noun that belong to it, without determiners."""
    found: list[Token] = []
    for child in token.lefts:
        if child.dep_ in INSIDE or (child.dep_ == "punct" and child.text == "-"):
            found.extend(
                t for t in child.subtree if t.i < token.i and t.dep_ not in ("det", "predet", "case")
            )
    return sorted(found, key=lambda t: t.i)


def given_name(token: Token, naming: frozenset[str]) -> list[Token]:
    """Return the proper name that follows a noun: "the exercise (called) Coral Shield", "it is called ..."."""
    for child in token.rights:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and child.left_edge.i == token.i + 1:
            return _name_up_to(child)
    verbs = [c for c in token.rights if c.dep_ in ("acl", "relcl")]
    if token.dep_ == "nsubjpass":
        verbs.append(token.head)
    for verb in verbs:
        if verb.lemma_.lower() in naming:
            for child in verb.rights:
                if child.dep_ == "oprd" and child.pos_ == "PROPN":
                    return _name_up_to(child)
    return []


def _name_up_to(head: Token) -> list[Token]:
    words = [t for t in head.lefts if t.dep_ in ("compound", "nmod") and t.text[0].isupper()]
    return [*words, head]


def complement_words(token: Token) -> list[Token]:
    """Return the words of the phrases that a joining preposition puts after the noun."""
    found: list[Token] = []
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in JOINING:
            found.extend(_inside(child))
    return sorted(found, key=lambda t: t.i)


def _within_party(draft: Draft, sentence: Sentence, token: Token, top: Token) -> bool:
    """Tell whether a word only tells more of a party ("the four partners (Quad) of the pact")."""
    own = draft.mention_at(sentence, token)
    node = token
    while own is not None and node != top and node.dep_ != "ROOT":
        parent = node.head
        if node.dep_ != "conj" and parent != top and parent.pos_ in ("NOUN", "PROPN"):
            named = [draft.mention_at(sentence, h) for h in (parent, *grammar.children(parent, "appos"))]
            if any(m is not None and m is not own and not is_vague(m) for m in named):
                return True
        node = parent
    return False


def is_vague(mention: DraftMention) -> bool:
    """Tell whether a mention is a plural without a name: those that its phrase names stand better."""
    entity = mention.entity
    return (
        mention.form == "nominal"
        and entity.members is None
        and (entity.kind == "people" or not entity.country)
    )


def add_names(draft: Draft, mention: ProcessMention, words: list[Token]) -> None:
    """Sort the names in the noun phrase into bodies, parties, places and dates."""
    names: set[str] = set()
    sites: set[str] = set()
    dates: set[str] = set()
    sentence = mention.sentence
    for token in words:
        start, end = sentence.start_of(token), sentence.end_of(token)
        year = len(token.text) == 4 and token.text.isdigit()
        if year or any(t.start <= start and end <= t.end for t in draft.times):
            if token.i < mention.token.i:
                dates.add(token.lower_)
            continue
        covering = draft.mention_at(sentence, token)
        if covering is not None and _within_party(draft, sentence, token, mention.token):
            continue
        if covering is not None and covering.entity.kind != "other":
            located = _preposition(token, mention.token) in ("in", "on", "at")
            if covering.entity.kind == "place" or located:
                sites.add(covering.entity.name.casefold())
            elif covering not in mention.parties:
                mention.parties.append(covering)
                names.update(names_of(covering, draft))
        elif _is_name(token):
            # A town that no list of actors knows is a place all the same.
            located = _preposition(token, mention.token) in ("in", "at")
            (sites if located else names).add(token.lower_)
    if any(not is_vague(m) for m in mention.parties):
        mention.parties = [m for m in mention.parties if not is_vague(m)]
    mention.names, mention.sites, mention.dates = frozenset(names), frozenset(sites), frozenset(dates)


def names_of(mention: DraftMention, draft: Draft) -> set[str]:
    """Return the names by which a body that takes part names the process; none for states and persons."""
    if mention.entity.members is None and mention.entity.kind in ("state", "person"):
        return set()
    if mention.entity.members is None and mention.entity.kind not in ("igo", "organization"):
        return _acronyms(mention, draft)
    return {mention.entity.name.casefold()} | _acronyms(mention, draft)


def _acronyms(mention: DraftMention, draft: Draft) -> set[str]:
    words = draft.text[mention.start : mention.end].replace("(", " ").replace(")", " ").split()
    return {w.casefold() for w in words if _looks_acronym(w)}


def _looks_acronym(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and all(c.isupper() or c.isdigit() for c in word)


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or _looks_acronym(token.text)


def _preposition(token: Token, head: Token) -> str | None:
    """Return the preposition under `head` in whose phrase a token stands."""
    node = token
    while node.dep_ != "ROOT" and node != head:
        if node.head == head:
            return node.lower_ if node.dep_ == "prep" else None
        if node.dep_ == "prep" and node.lower_ in ("in", "on", "at"):
            return node.lower_
        node = node.head
    return None


def actors_of(draft: Draft, sentence: Sentence, tokens: list[Token]) -> list[DraftMention]:
    """Return the actors that some noun phrases stand for or name, each once."""
    found: list[DraftMention] = []
    for token in tokens:
        for mention in mentions_in_phrase(draft, sentence, token):
            if mention not in found:
                found.append(mention)
    return found


def mentions_in_phrase(draft: Draft, sentence: Sentence, token: Token) -> list[DraftMention]:
    """Return the actor that a noun phrase stands for, or those that its modifiers and of-phrase name.

    "the French president" gives its own mention; "leaders of Chad and Niger", "P5 leaders" give the
    states or bodies named inside.
    """
    own = draft.mention_at(sentence, token)
    if own is not None and is_actor(own.entity) and not is_vague(own):
        return [own]
    found: list[DraftMention] = []
    for word in sorted([*premodifiers(token), *complement_words(token)], key=lambda t: t.i):
        mention = draft.mention_at(sentence, word)
        if mention is None or not is_actor(mention.entity) or mention in found or is_vague(mention):
            continue
        if not _within_party(draft, sentence, word, token):
            found.append(mention)
    if not found and own is not None and is_actor(own.entity):
        return [own]
    return found
