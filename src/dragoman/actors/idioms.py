"""Words for people and bodies that stand for nobody where they stand: verbs, adjectives, set phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import word_set, words
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.actors.items import Item
    from dragoman.syntax import Token

_FINITE = frozenset({"VBZ", "VBP", "VBD", "VBG"})
_OF_A_VERB = frozenset({"nsubj", "nsubjpass", "dobj", "aux", "auxpass", "ccomp", "xcomp", "prt", "advmod"})
_OF_A_NOUN = frozenset({"det", "poss", "amod", "compound", "nummod", "nmod"})
_PERSONS = frozenset({"person", "people"})


def is_no_agent(token: Token, item: Item) -> bool:
    """Tell whether a word that names a kind of agent is none here.

    "To force a sale", "Qatar hosts talks" are verbs; "must be military" is an adjective, while "the wounded" are
    people; "in general", "on guard" are set phrases, as is "use force"; "the driver of growth" is a thing.
    """
    if item.entry.name in word_set("nominal_adjectives"):
        return not _is_nominal(token)
    if token.tag_ == "VB":
        return True
    if token.tag_ == "JJ":
        return token.dep_ in ("acomp", "amod", "conj")
    if token.tag_ in _FINITE:
        return any(c.dep_ in _OF_A_VERB for c in token.children)
    if token.lower_ in word_set("agents_with_a_determiner") and not any(
        c.dep_ in _OF_A_NOUN for c in token.children
    ):
        return True
    return _is_bare_after_preposition(token, item) or _is_of_a_thing(token, item)


def _is_nominal(token: Token) -> bool:
    """Tell whether an adjective stands for people: "the wounded", not "was wounded", "the wounded soldier"."""
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") or token.tag_ not in (
        "JJ",
        "NN",
        "NNS",
        "VBN",
    ):
        return False
    return any(c.lower_ == "the" for c in token.lefts) and not any(c.dep_ == "compound" for c in token.lefts)


def _is_bare_after_preposition(token: Token, item: Item) -> bool:
    """Tell whether a singular noun without any word of its own follows a preposition: "in general", "on board"."""
    return (
        token.tag_ == "NN"
        and token.dep_ == "pobj"
        and token.head.lower_ in word_set("before_set_phrases")
        and item.alias.text.islower()
        and item.alias.text == token.text
        and token.head.head.lemma_ not in word_set("verbs_before_parties")
        and not any(c.dep_ in _OF_A_NOUN for c in token.children)
    )


def _is_of_a_thing(token: Token, item: Item) -> bool:
    """Tell whether what follows says that no person is meant: "opposition to the plan", "a driver of growth"."""
    after = words()["no_agents_before"].get(item.entry.name)
    if after is None or not item.alias.text.islower():
        return False
    persons = words()["persons_before"].get(item.entry.name, ())
    return any(
        preposition.lower_ in after and noun.lemma_.lower() not in persons
        for preposition, noun in grammar.all_prepositions(token)
    )
