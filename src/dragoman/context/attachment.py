"""To what word of a parsed sentence a time or place expression belongs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from dragoman.context.lexicon import read_yaml
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.draft import Sentence
    from dragoman.syntax import Token

_VERBAL = ("VERB", "AUX")
_INNER = ("nmod", "compound", "amod", "nummod", "det", "quantmod", "advmod", "conj")
# Words inside an expression on which the parser may hang the rest of it.
_PARTS = frozenset(
    ["late", "early", "morning", "night", "evening", "afternoon", "end", "beginning", "start", "middle"]
)
# First words of prepositions of two words: "ahead of", "prior to", "out of".
_BEFORE_OF = frozenset({"ahead", "prior", "out", "outside", "inside"})


@functools.cache
def anchoring_words() -> dict[str, frozenset[str]]:
    """Return the word lists of `data/lexicons/anchoring.yaml`; prepositions as `before`, `after`, `at`."""
    data: dict[str, Any] = read_yaml("lexicons", "anchoring.yaml")
    lists = {**{k: v for k, v in data.items() if k != "prepositions"}, **data["prepositions"]}
    return {name: frozenset(str(w) for w in words) for name, words in lists.items()}


def head_in(sentence: Sentence, start: int, end: int) -> Token | None:
    """Return the token of a span whose governor stands outside it, or None when the sentence is not
    parsed."""
    tokens = sentence.tokens_in(start, end)
    for token in tokens:
        if token.head.i == token.i or not any(token.head.i == other.i for other in tokens):
            return token
    return tokens[0] if tokens else None


def link_of(head: Token) -> tuple[Token, str]:
    """Return the word that an expression modifies, and the preposition (lower case, or empty) between them.

    Looks past "late", "just" and the like, and reads "ahead of", "prior to" as one preposition.
    """
    preposition = ""
    node = head
    while node.dep_ in _INNER and node.head.lower_ in _PARTS:
        node = node.head
    if node.dep_ in ("pobj", "pcomp") and node.head.pos_ in ("ADP", "SCONJ", "ADV", "PART"):
        preposition = node.head.lower_
        node = node.head
        if node.dep_ in ("prep", "pcomp") and node.head.lower_ in _BEFORE_OF and preposition in ("of", "to"):
            preposition = f"{node.head.lower_} {preposition}"
            node = node.head
    governor = node.head if node.dep_ != "ROOT" else node
    if preposition and governor.dep_ == "prep" and governor.pos_ == "ADP":
        governor = governor.head
    return governor, preposition


def after_report(sentence: Sentence, start: int) -> Token | None:
    """Return the reporting verb right before an expression ("said late Monday"), or None."""
    words = anchoring_words()
    before = [t for t in sentence.tokens_in(sentence.start, start) if sentence.end_of(t) <= start]
    while before and (
        before[-1].lower_ in ("on", "late", "early", "in", "earlier", "here") or before[-1].is_space
    ):
        before.pop()
    if before and before[-1].lemma_.lower() in words["reporting"] and before[-1].pos_ in _VERBAL:
        return before[-1]
    # "told reporters Monday", "said in a statement on Monday", "told the BBC on Monday"
    for token in reversed(before[-7:]):
        if (
            token.lemma_.lower() in words["reporting"]
            and token.pos_ in _VERBAL
            and token.dep_ not in ("amod", "acl")
        ):
            between = [t for t in before if t.i > token.i]
            if all(t.pos_ in ("NOUN", "PROPN", "DET", "ADP", "ADJ", "PRON") for t in between) and _inside(
                between, token
            ):
                return token
        if token.pos_ in _VERBAL or token.is_punct:
            break
    return None


def _inside(tokens: list[Token], verb: Token) -> bool:
    """Tell whether all tokens are complements of a verb, none of them subject of what follows."""
    return all(any(a.i == verb.i for a in t.ancestors) and t.dep_ not in grammar.SUBJECTS for t in tokens)


def family(token: Token) -> list[tuple[Token, str]]:
    """Return the words whose time and place are those of a predicate, nearest first, with the reason.

    For a verb its direct object ("held talks on Monday"), for a noun the verb it is the object or subject of.
    """
    words = anchoring_words()
    found = [(token, "own")]
    if token.pos_ in _VERBAL:
        if token.lemma_.lower() not in words["judging"]:
            objects = grammar.children(token, "dobj", "attr")
            found += [(o, "object") for o in objects if o.pos_ in ("NOUN", "PROPN")]
        particles = grammar.children(token, "prt", "acomp", "advmod")
        found += [(o, "particle") for o in particles if o.pos_ != "SCONJ"]
        return found
    head = grammar.first_conjunct(token)
    if head.i != token.i:
        found.append((head, "coordination"))
    verb = head.head
    judged = verb.lemma_.lower() in words["judging"]
    if head.dep_ in ("dobj", "attr", "nsubjpass", "oprd") and verb.pos_ in _VERBAL and not judged:
        found.append((verb, "verb"))
        found += [(o, "object") for o in grammar.children(verb, "attr") if o.i != token.i]
    elif head.dep_ == "nsubj" and verb.pos_ in _VERBAL and verb.lemma_.lower() in words["taking_place"]:
        found.append((verb, "verb"))
        found += [(o, "object") for o in grammar.children(verb, "dobj", "attr")]
    elif (
        head.dep_ in ("pobj", "pcomp")
        and verb.lower_ in ("at", "in", "during", "for", "into", "on", "to")
        and verb.head.pos_ in _VERBAL
    ):
        found.append((verb.head, "clause"))
    elif head.dep_ in ("compound", "amod", "nmod"):
        found.append((verb, "modified"))
    return found
