"""Who says it: the words that name the source of a cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.asides import is_aside
from dragoman.claims.frames import late_agent
from dragoman.claims.lexicon import lexicon
from dragoman.claims.spans import is_relative, is_second_report, members, run_with, trim
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.syntax import Token

EXPLETIVES = frozenset({"it", "there", "what", "that", "this"})
NEVER = frozenset({"there"})
_DASHES = frozenset({"-", "--", "–", "—"})


def _issued(medium: Token) -> Token | None:
    """Return the verb that issues a medium ("released a series of tweets ..."), or None."""
    if medium.lemma_.lower() not in lexicon().media:
        return None
    if medium.dep_ == "pobj" and medium.head.lower_ == "of":
        medium = medium.head.head
    return medium.head if medium.dep_ == "dobj" else None


def surface_subject(verb: Token) -> Token | None:
    """Return the subject of a verb as written (a relative pronoun stays one), shared ones found; or None."""
    own = grammar.children(verb, "nsubj", "nsubjpass")
    if own:
        return own[-1]
    found = grammar.grammatical_subjects(verb)
    return found[0] if found else None


def verb_source(verb: Token) -> Token | None:
    """Return the head of the source of a verb of saying: its subject, in the passive the by-phrase."""
    reduced = (
        verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not grammar.children(verb, "aux", "nsubj")
    )
    if reduced or grammar.is_passive(verb):
        # "Asked to resign, the king ...": who asked is not said.
        agents = grammar.agents(verb)
        if agents:
            return agents[0]
        late = late_agent(verb)
        return late.children[0] if late is not None else None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        issued = _issued(verb.head)
        if issued is not None:
            # "issued a statement calling ...": who issues it speaks.
            issuer = verb_source(issued)
            if issuer is not None:
                return issuer
        return verb.head if verb.head.pos_ in ("NOUN", "PROPN", "PRON") else None
    if is_aside(verb):
        return verb.head
    parenthetic = _as_subject(verb)
    if parenthetic is not None:
        return parenthetic
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted
    subject = surface_subject(_speaker_verb(verb)) or _name_before(verb)
    if subject is None or subject.lower_ in NEVER:
        return None
    if subject.lower_ == "it" and subject.dep_ == "nsubjpass":
        return None
    return subject


def _as_subject(verb: Token) -> Token | None:
    """Return the subject in ", as one of the aides noted," where the parser took "as" for a preposition; or None."""
    for link in grammar.children(verb, "prep"):
        if link.lower_ == "as" and 0 < link.i < verb.i and link.nbor(-1).text == ",":
            for noun in grammar.children(link, "pobj"):
                if noun.right_edge.i == verb.i - 1:
                    return noun
    return None


def _name_before(verb: Token) -> Token | None:
    """Return the name or pronoun right before a finite verb that the parser gave no subject, or None."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ not in ("ROOT", "ccomp", "conj") or verb.i == 0:
        return None
    before = verb.nbor(-1)
    while before.dep_ == "advmod" and before.i > 0:
        before = before.nbor(-1)
    return before if before.pos_ in ("PROPN", "PRON") and before.tag_ != "PRP$" else None


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
    if is_second_report(verb):
        return verb.head.head
    head, first = verb.head, verb.left_edge
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or head.i > verb.i:
        return verb
    if first.i == 0 or first.nbor(-1).text != ",":
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
    named = [
        c for c in grammar.children(noun, "compound", "nsubj") if c.pos_ == "PROPN" and c.i == noun.i - 1
    ]
    if noun.tag_ == "NNS" and named and not grammar.children(noun, "det"):
        # "Costa charges that ...": the parser takes the verb for a noun.
        return named[0]
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


def _title_before(head: Token, refuses: Callable[[Token], bool]) -> list[Token]:
    """Return the noun right before a name that the parser took for a subject of its own ("the agency Interfax")."""
    if head.dep_ not in ("nsubj", "nsubjpass") or head.pos_ != "PROPN":
        return []
    for other in head.head.children:
        if other.dep_ == head.dep_ and other.right_edge.i == head.left_edge.i - 1 and other.pos_ == "NOUN":
            return members(other, refuses)
    return []


def source_tokens(head: Token, cue: Token | None) -> list[Token]:
    """Return the noun phrase of a source without relative clauses, additions after a comma and the cue."""
    if head.tag_ in grammar.RELATIVES:
        return [head]
    joined = any(c.dep_ == "conj" for c in head.children)
    # "the World Food Programme (WFP)"
    short = next(
        (
            c
            for c in grammar.children(head, "appos")
            if c.text.isupper() and c.i > 0 and c.nbor(-1).text == "("
        ),
        None,
    )

    def refuses(child: Token) -> bool:
        if cue is not None and child.i == cue.i:
            return True
        if short is not None and (child.i == short.i or child.text in ("(", ")")):
            return False
        if child.dep_ in ("relcl", "acl", "advcl", "parataxis") or is_relative(child):
            return True
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            return True
        return child.dep_ == "appos" or (child.dep_ == "punct" and not joined and child.i > head.i)

    words = run_with(head, [*_title_before(head, refuses), *members(head, refuses)])
    for at, token in enumerate(words):
        # "OSLO - European leaders": what stands before a dash is the dateline.
        if token.is_punct and token.text in _DASHES and 0 < token.i < head.i and token.nbor(-1).whitespace_:
            words = words[at + 1 :]
            break
    return trim(words)
