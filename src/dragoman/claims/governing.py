"""What governs a predicate, and with which signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.factuality import Signature, factuality, signature_of
from dragoman.claims.spans import lemma_of
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.syntax import Token


def particles(verb: Token) -> frozenset[str]:
    """Return the particles, adverbs and prepositions that stand with a verb."""
    return frozenset(c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep"))


def signature_for(kind: str, governor: Token, links: tuple[str, ...]) -> Signature | None:
    """Return the signature of a governing word for the first link that has one, or None."""
    lemmas = dict.fromkeys((lemma_of(governor, factuality().verbs), governor.lower_))
    for link in links:
        for lemma in lemmas:
            found = signature_of(kind, lemma, link, particles(governor) if kind == "verb" else frozenset())
            if found is not None:
                return found
    return None


def governor_of(preposition: Token) -> Token:
    """Return what a preposition hangs on; in "voiced openness to" the noun, whatever the parser says."""
    governor = preposition.head
    before = preposition.nbor(-1) if preposition.i > 0 else preposition
    if before.lower_ in ("instead", "rather", "ahead"):
        return before
    if governor.pos_ == "VERB":
        for noun in grammar.children(governor, "dobj"):
            if noun.i == preposition.i - 1 and signature_for("noun", noun, (preposition.lower_,)) is not None:
                return noun
    return governor


def first_of_form(verb: Token) -> Token:
    """Return the first of coordinated verbs of one form: what governs it governs them all."""
    node = verb
    while node.dep_ == "conj" and node.head.pos_ in ("VERB", "AUX") and node.head.tag_ == node.tag_:
        node = node.head
    return node
