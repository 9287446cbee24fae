"""Verbs that the parser coordinates with the wrong one, joined to the right one when a parse is copied.

A parser joins "and" to the nearest verb before it. What form the verbs have often says that it can't be that one: in
"want Chad to sign and have called a meeting" the second verb is finite and the infinitive is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.syntax import Token

_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "conj", "pcomp", "relcl"})


def rejoin(tokens: Sequence[Token], children: Sequence[list[Token]]) -> None:
    """Move coordinated verbs, and their "and", to the verb that they can be coordinated with, in place.

    Args:
        tokens: the tokens of a sentence, with their heads.
        children: the children of each, by index.
    """
    for verb in tokens:
        if verb.dep_ != "conj" or verb.pos_ not in ("VERB", "AUX") or verb.head.pos_ not in ("VERB", "AUX"):
            continue
        right = _beyond_infinitive(verb, children) or _of_like_tense(verb, children)
        if right is not None:
            _move(verb, right, children)


def _beyond_infinitive(verb: Token, children: Sequence[list[Token]]) -> Token | None:
    """Return the finite verb above an infinitive that a finite verb is joined to, or None."""
    if not _is_to_infinitive(verb.head, children) or not _is_finite(verb, children):
        return None
    node = verb.head
    while node.head is not node:
        node = node.head
        if node.pos_ in ("VERB", "AUX") and _is_finite(node, children):
            return node if node.i < verb.i else None
        if node.dep_ not in _CLAUSES and node.pos_ in ("VERB", "AUX"):
            return None
    return None


def _of_like_tense(verb: Token, children: Sequence[list[Token]]) -> Token | None:
    """Return the governor of a that-clause whose auxiliary the verb repeats: "has said that it is so and has told"."""
    clause = verb.head
    if clause.dep_ != "ccomp" or any(c.dep_ in ("nsubj", "nsubjpass") for c in children[verb.i]):
        return None
    governor = clause.head
    if governor.pos_ != "VERB" or governor.i > clause.i:
        return None
    own = _auxiliaries(verb, children)
    if not own or own != _auxiliaries(governor, children) or own == _auxiliaries(clause, children):
        return None
    return governor if verb.tag_ == governor.tag_ else None


def _auxiliaries(verb: Token, children: Sequence[list[Token]]) -> list[str]:
    return [c.lower_ for c in children[verb.i] if c.dep_ in _AUXILIARIES]


def _is_to_infinitive(verb: Token, children: Sequence[list[Token]]) -> bool:
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in children[verb.i])


def _is_finite(verb: Token, children: Sequence[list[Token]]) -> bool:
    if verb.tag_ in _FINITE:
        return True
    return any(c.dep_ in _AUXILIARIES and c.tag_ in _FINITE for c in children[verb.i])


def _move(verb: Token, right: Token, children: Sequence[list[Token]]) -> None:
    wrong = verb.head
    joins = [c for c in children[wrong.i] if c.dep_ == "cc" and wrong.i < c.i < verb.i]
    for token in (verb, *joins[-1:]):
        children[wrong.i].remove(token)
        token.head = right
        children[right.i].append(token)
    children[right.i].sort(key=_position)


def _position(token: Token) -> int:
    return token.i
