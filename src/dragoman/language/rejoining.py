"""What the parser coordinates with the wrong word, joined to the right one when a parse is copied.

A parser joins "and" to the nearest verb before it. What form the verbs have often says that it can't be that one: in
"want Chad to sign and have called a meeting" the second verb is finite and the infinitive is not.
Of "North and South Korea" it makes one name with "North and South" before it; they are two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.grammar import control_verbs
from dragoman.language.hanging import hang, position, take_as_act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.syntax import Token

_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
# The words that two names may have before the one that they share.
DIRECTIONS = frozenset({"North", "South", "East", "West"})
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "conj", "pcomp", "relcl"})


def rejoin(tokens: Sequence[Token], children: Sequence[list[Token]]) -> None:
    """Join coordinated verbs to the verb that they can be coordinated with, and names that share a word, in place.

    Args:
        tokens: the tokens of a sentence, with their heads.
        children: the children of each, by index.
    """
    for verb in tokens:
        if verb.dep_ != "conj" or verb.pos_ not in ("VERB", "AUX") or verb.head.pos_ not in ("VERB", "AUX"):
            continue
        right = (
            _beyond_infinitive(verb, children)
            or _of_like_tense(verb, children)
            or _whoever_said(verb, children)
            or _gerund_before(verb, children)
        )
        if right is not None:
            _move(verb, right, children)
    for verb in tokens:
        if verb.tag_ == "VBN" and verb.lemma_.lower() in control_verbs()["tolls"]:
            _share_circumstance(verb, children)
    for name in tokens:
        if name.dep_ == "appos" and _ends_a_list(name, children[name.i]):
            name.dep_ = "conj"
    for first in tokens[:-3]:
        if first.text in DIRECTIONS:
            _split_name(tokens[first.i : first.i + 4], children)


def _split_name(words: Sequence[Token], children: Sequence[list[Token]]) -> None:
    """Make two names of "North and South Korea" where the parser made one, whose head is the last word."""
    first, joint, second, last = words
    if joint.lower_ not in ("and", "or") or second.text not in DIRECTIONS or last.tag_ not in ("NNP", "NNPS"):
        return
    if first.head is not last or second.head is not first:
        return
    first.dep_, first.pos_, first.tag_ = last.dep_, last.pos_, last.tag_
    last.dep_, second.dep_ = "conj", "compound"
    children[last.i].remove(first)
    hang(second, first, last, children)
    if last.head is last:
        first.head, last.head = first, first
    else:
        first.head = last.head
        children[first.head.i].append(first)
        children[first.head.i].remove(last)
        children[first.head.i].sort(key=position)
        last.head = first
    for token in [c for c in children[last.i] if c.i < first.i]:
        hang(token, last, first, children)
    children[first.i].append(last)
    children[first.i].sort(key=position)


def _ends_a_list(name: Token, below: Sequence[Token]) -> bool:
    """Tell whether a name is no apposition but goes on with a list: "Mali, Burkina Faso and Niger left the bloc"."""
    if name.pos_ != "PROPN" or name.head.pos_ != "PROPN" or name.i < name.head.i:
        return False
    last = next((c for c in below if c.dep_ == "conj" and c.pos_ == "PROPN"), None)
    if last is None or not any(c.dep_ == "cc" and name.i < c.i < last.i for c in below):
        return False
    return last.i + 1 < len(last.doc) and last.doc[last.i + 1].text != ","


def _share_circumstance(verb: Token, children: Sequence[list[Token]]) -> None:
    """Give the first verb of a toll what tells how all came to harm: "one was killed and two wounded in an attack"."""
    if any(c.dep_ in ("prep", "agent") and c.i > verb.i for c in children[verb.i]):
        return
    others = [c for c in children[verb.i] if c.dep_ == "conj" and c.i > verb.i]
    others += [c for other in others for c in children[other.i] if c.dep_ == "acl"]
    for other in others:
        if other.tag_ != "VBN" or other.lemma_.lower() not in control_verbs()["tolls"]:
            continue
        for token in [c for c in children[other.i] if _is_circumstance(c, children)]:
            hang(token, other, verb, children)


def _is_circumstance(token: Token, children: Sequence[list[Token]]) -> bool:
    if token.dep_ == "advcl":
        return any(c.lower_ == "when" for c in children[token.i])
    return token.dep_ == "prep" and token.lower_ in ("in", "during")


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


def _whoever_said(verb: Token, children: Sequence[list[Token]]) -> Token | None:
    """Return the governor of a that-clause that tells what was before: "said it had waited and urged Chad to act"."""
    clause, governor = verb.head, verb.head.head
    if clause.dep_ != "ccomp" or governor.tag_ != "VBD" or verb.tag_ != "VBD" or governor.i > clause.i:
        return None
    if verb.lemma_.lower() not in control_verbs()["goes_on_to"] or "had" not in _auxiliaries(
        clause, children
    ):
        return None
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in children[verb.i])
    return None if own else governor


def _gerund_before(verb: Token, children: Sequence[list[Token]]) -> Token | None:
    """Return the gerund that another goes on from: "accused the army of occupying clinics and using patients"."""
    head = verb.head
    if verb.tag_ != "VBG" or head.tag_ == "VBG" or _auxiliaries(verb, children):
        return None
    for token in reversed(head.doc[head.i + 1 : verb.i]):
        if token.tag_ != "VBG" or token.i == verb.i:
            continue
        above = token.head
        if token.dep_ == "pcomp" and above.dep_ == "prep":
            return token
        if token.dep_ == "amod" and above.dep_ == "pobj" and above.head.i == token.i - 1:
            # "of occupying clinics": what looks like clinics that occupy.
            take_as_act(token, above, above.head, children)
            return token
    return None


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
        hang(token, wrong, right, children)
