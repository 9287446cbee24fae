"""What an act of speech is about, and what another act is done for: the acts inside are not told for themselves.

"Accused Chad of breaking the truce" tells an accusation and no broken truce.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.events.matching import Match
    from dragoman.syntax import Token


def is_purpose(match: Match) -> bool:
    """Tell whether a match is only what another act is done for: "intervened to support", "met to discuss".

    With a doer of its own ("paid guards to watch", "for rebels to attack") it is told for itself.
    """
    verb = match.verb
    if verb.dep_ != "advcl" or not grammar.is_infinitive(verb) or verb.head.pos_ not in ("VERB", "AUX"):
        return False
    if arguments.is_ranked(verb):
        return False
    return not grammar.children(verb, "nsubj", "nsubjpass") and arguments.doer_after_for(verb) is None


def alleged(match: Match) -> list[Token]:
    """Return what an act of speech is about: "accused of breaking", "praised for freeing", "alleged that it broke".

    A clause is when its subject is the one spoken against.
    """
    if not match.type.speech_act:
        return []
    said = match.frame.recipient[:1] == ("complement.subject",)
    # "suspects Chad of breaking": the parser may hang on Chad what is said of it.
    above = [match.head, *(match.places.find("object") if match.head.pos_ == "VERB" else ())]
    return [
        *(match.places.find("clause") if said else ()),
        *(
            gerund
            for token in above
            for preposition in grammar.children(token, "prep")
            for gerund in grammar.children(preposition, "pcomp")
        ),
    ]


def purposes(match: Match) -> list[Token]:
    """Return the infinitives of purpose of an act whose purpose is no act: "marched to demand ..."."""
    if not match.type.purpose_is_content:
        return []
    below = grammar.children(match.verb, "advcl", "xcomp", "acl")
    return [verb for verb in below if grammar.is_infinitive(verb)]


def inside_content(match: Match, contents: Iterable[Token]) -> bool:
    """Tell whether a match stands below what another one is about (and is not that one itself)."""
    own = {t.i for t in match.words}
    for content in contents:
        if content.i in own and match.content and content in match.content:
            continue
        if any(c.i == content.i for c in (*match.content, *match.topics)):
            continue
        if match.head.i == content.i or (content.is_ancestor(match.head) and not _aside(match.verb, content)):
            return True
    return False


def _aside(verb: Token, content: Token) -> bool:
    """Tell whether a verb only says more about somebody in a content: "free the sailors whom it seized in May"."""
    node = verb
    while node.i != content.i and node.dep_ != "ROOT":
        told = grammar.verb_form(node) if node.pos_ in ("VERB", "AUX") else None
        if (
            node.dep_ == "relcl"
            and told is not None
            and told.modal is None
            and (told.tense == "past" or told.perfect)
        ):
            return True
        if node.dep_ == "acl" and node.tag_ == "VBN" and node.i > 0 and node.doc[node.i - 1].text == ",":
            return True
        node = node.head
    return False
