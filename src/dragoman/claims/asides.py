"""Cues that stand aside: amid or behind the clause that is their content ("The plan, officials said, is dead")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.spans import bridge_but, members, run_with, trim
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.syntax import Token

_ASIDES = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj", "relcl", "acl"})


def is_aside(verb: Token) -> bool:
    """Tell whether "Goma, an envoy said, is calm" was parsed as an apposition with a participle."""
    noun = verb.head
    return (
        verb.dep_ == "acl"
        and verb.tag_ == "VBD"
        and noun.dep_ == "appos"
        and noun.left_edge.i > 0
        and noun.left_edge.nbor(-1).text == ","
        and verb.right_edge.i + 1 < len(verb.doc)
        and (verb.right_edge.text == "," or verb.doc[verb.right_edge.i + 1].text == ",")
        and not grammar.agents_of(verb)
        and not grammar.children(verb, "dobj")
    )


def _around_aside(verb: Token) -> list[Token]:
    named = verb.head.head
    clause = grammar.clause_of(named)
    low, high = verb.head.left_edge.i, verb.right_edge.i
    if clause.i <= high:
        return []
    return trim(
        run_with(clause, bridge_but([t for t in members(clause) if not low <= t.i <= high], low, high))
    )


def interrupted(token: Token) -> list[Token]:
    """Content that stands around the cue: "The plan, officials said, is dead"; "..., officials said"."""
    if token.dep_ not in _ASIDES or token.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
        return []
    if is_aside(token):
        return _around_aside(token)
    if token.tag_ == "VB" and grammar.children(token, "aux"):
        return []
    opened = [c for c in token.children if c.dep_ == "mark" or (c.dep_ == "advmod" and c.lower_ == "as")]
    if not grammar.children(token, "nsubj") or any(c.lower_ != "as" for c in opened):
        return []
    if opened and any(o.lower_ != "it" for o in grammar.children(token, "dobj")):
        # "as the minister told the council": an object of its own is what it is about.
        return []
    subject = grammar.children(token, "nsubj")[-1]
    # "If it fails, he argues, ...": what stands before the subject and its comma belongs to the content.
    own = members(
        token, lambda c: c.right_edge.i < subject.left_edge.i and c.dep_ in ("advcl", "prep", "npadvmod")
    )
    low, high = own[0].i, own[-1].i
    doc = token.doc
    before = low > 0 and doc[low - 1].text in (",", "--", "—", "-", "–", "”", '"', "?", "!")
    first_inside = doc[low].is_punct
    if not (before or first_inside or (opened and low == 0)) or high - low > 25:
        return []
    closed = high + 1 >= len(doc) or doc[high + 1].is_punct or doc[high].is_punct
    if not closed or (
        token.dep_ in ("relcl", "acl") and any(t.lower_ in ("who", "which", "that") for t in own[:3])
    ):
        return []
    head = token.head
    if head.dep_ in ("aux", "auxpass") or (
        head.pos_ in ("NOUN", "PROPN", "PRON") and head.dep_ == "nsubj" and head.i < low
    ):
        head = head.head
    amid = high + 1 < len(doc) - 1
    while head.dep_ in ("advcl", "dep", "parataxis") and head.i < low and (head.head.i < low or amid):
        head = head.head
    if head.pos_ not in ("VERB", "AUX"):
        return []
    span = [t for t in members(head) if t.i < low or t.i > high]
    return trim(run_with(head, bridge_but(span, low, high)))
