"""Mistakes of the parser that the words themselves give away, mended when a parse is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.grammar import control_verbs
from dragoman.language.hanging import hang, position, take_as_act
from dragoman.language.rejoining import rejoin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.syntax import Token

_PASTS = frozenset({"VBD", "VBN"})


def repair(tokens: Sequence[Token], children: Sequence[list[Token]]) -> None:
    """Mend a parse in place.

    Args:
        tokens: the tokens of a sentence, with their heads.
        children: the children of each, by index.
    """
    for token in tokens[1:]:
        if token.dep_ == "amod" and token.tag_ in _PASTS:
            _make_a_clause(tokens[token.i - 1], token, children)
        elif token.dep_ == "amod" and token.tag_ == "VBG":
            _make_an_act(tokens[token.i - 1], token, children)
    rejoin(tokens, children)
    for dead in tokens[1:]:
        verb = tokens[dead.i - 1]
        if dead.dep_ != "amod" or dead.lower_ not in control_verbs()["so_left"]:
            continue
        if verb.lemma_.lower() in control_verbs()["leaves_so"]:
            # "shot dead six men": how it ended, and no dead men.
            dead.dep_ = "acomp"
            hang(dead, dead.head, verb, children)
    for token in tokens:
        _tell_objects_apart(token, children[token.i])


def _make_a_clause(name: Token, verb: Token, children: Sequence[list[Token]]) -> None:
    """Read "UNICEF suspended aid" as a clause where the parser takes the verb for what describes the aid."""
    thing = verb.head
    if name.i or not name.text.isupper() or len(name.text) < 3 or thing.i < verb.i:
        return
    if name.dep_ == "ROOT" and thing.dep_ == "dobj" and thing.head is name:
        children[name.i].remove(thing)
    elif thing.dep_ == "ROOT" and name.dep_ == "npadvmod" and name.head is verb:
        children[verb.i].remove(name)
    else:
        return
    old = name if name.dep_ == "ROOT" else thing
    children[thing.i].remove(verb)
    verb.dep_, verb.pos_, verb.tag_, verb.head = "ROOT", "VERB", "VBD", verb
    name.dep_, name.pos_, name.tag_, name.head = "nsubj", "PROPN", "NNP", verb
    thing.dep_, thing.head = "dobj", verb
    for token in [c for c in children[old.i] if c.dep_ == "punct" or (old is name and c.i > verb.i)]:
        hang(token, old, verb, children)
    children[verb.i].extend((name, thing))
    children[verb.i].sort(key=position)


def _make_an_act(before: Token, act: Token, children: Sequence[list[Token]]) -> None:
    """Read "denied arming rebels" as an act where the parser takes the arming for what the rebels do."""
    people = act.head
    governor = before.head if before.lower_ == "of" else before
    if governor.lemma_.lower() not in control_verbs()["before_acts"] or people.tag_ != "NNS":
        return
    if act.lemma_.lower() not in control_verbs()["acts_on_others"]:
        return
    if people.head is before and people.dep_ in ("dobj", "pobj") and children[people.i][0] is act:
        take_as_act(act, people, before, children)


def _tell_objects_apart(verb: Token, below: Sequence[Token]) -> None:
    """Read the first of two objects as whom something is given: "sent Ukraine more than 300 tanks"."""
    if verb.lemma_.lower() not in control_verbs()["two_objects"]:
        return
    things = [c for c in below if c.dep_ == "dobj" and c.i > verb.i]
    if len(things) == 2 and things[0].pos_ in ("PROPN", "PRON") and things[1].pos_ == "NOUN":
        things[0].dep_ = "dative"
