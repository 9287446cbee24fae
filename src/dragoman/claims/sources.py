"""Who says it: the words that name the source of a cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon
from dragoman.claims.spans import is_relative, members, run_with, trim
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.syntax import Token

EXPLETIVES = frozenset({"it", "there", "what", "that", "this"})
NEVER = frozenset({"there"})


def surface_subject(verb: Token) -> Token | None:
    """Return the subject of a verb as written (a relative pronoun stays one), shared ones found; or None."""
    own = grammar.children(verb, "nsubj", "nsubjpass")
    if own:
        return own[-1]
    found = grammar.grammatical_subjects(verb)
    return found[0] if found else None


def verb_source(verb: Token) -> Token | None:
    """Return the head of the source of a verb of saying: its subject, in the passive the by-phrase."""
    if grammar.is_passive(verb):
        agents = grammar.agents(verb)
        return agents[0] if agents else None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        if verb.head.dep_ == "dobj" and verb.head.lemma_.lower() in lexicon().media:
            # "issued a statement calling ...": who issues it speaks.
            issuer = verb_source(verb.head.head)
            if issuer is not None:
                return issuer
        return verb.head if verb.head.pos_ in ("NOUN", "PROPN", "PRON") else None
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted
    subject = surface_subject(_speaker_verb(verb))
    if subject is None or subject.lower_ in NEVER:
        return None
    if subject.lower_ == "it" and subject.dep_ == "nsubjpass":
        return None
    return subject


def _quoted_as(verb: Token) -> Token | None:
    """Return who is quoted in "quoted X as saying", or None."""
    if verb.dep_ not in ("pcomp", "advcl") or verb.tag_ != "VBG":
        return None
    outer = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if outer.lemma_.lower() not in ("quote", "cite") or grammar.is_passive(outer):
        return None
    objects = grammar.children(outer, "dobj")
    return objects[0] if objects else None


def _speaker_verb(verb: Token) -> Token:
    """Return the verb whose subject speaks in a participle ("said it was low, adding that ...": said)."""
    head, first = verb.head, verb.left_edge
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or head.i > verb.i or first.nbor(-1).text != ",":
        return verb
    while head.dep_ in ("ccomp", "conj", "advcl") and head.head.i < verb.i:
        head = head.head
        if head.lemma_.lower() in lexicon().verbs and grammar.children(head, "nsubj"):
            return head
    return verb


def noun_source(noun: Token, *, own: bool) -> Token | None:
    """Return the head of the source of a noun of saying.

    Its owner ("Mali's claim"), a by- or from-phrase, the subject of the verb that lends it one ("made the
    claim that"), or with `own` the noun itself ("reports that ...").
    """
    owners = grammar.children(noun, "poss")
    if owners:
        return owners[0]
    for preposition in ("by", "from"):
        found = grammar.prepositional_objects(noun, preposition)
        if found:
            return found[0]
    if noun.dep_ in ("dobj", "pobj") and not own:
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        if verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon().support_verbs:
            subject = verb_source(verb)
            if subject is not None:
                return subject
    if noun.dep_ == "nsubjpass" and not own:
        agents = grammar.agents(noun.head)
        if agents:
            return agents[0]
    return noun if own else None


def source_tokens(head: Token, cue: Token | None) -> list[Token]:
    """Return the noun phrase of a source without relative clauses, additions after a comma and the cue."""
    if head.tag_ in grammar.RELATIVES:
        return [head]
    joined = any(c.dep_ == "conj" for c in head.children)

    def refuses(child: Token) -> bool:
        if cue is not None and child.i == cue.i:
            return True
        if child.dep_ in ("relcl", "acl", "advcl", "parataxis") or is_relative(child):
            return True
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            return True
        return child.dep_ == "appos" or (child.dep_ == "punct" and not joined and child.i > head.i)

    return trim(run_with(head, members(head, refuses)))
