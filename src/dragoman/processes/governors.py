"""Which words of a sentence govern a noun, and the place at which the noun stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.processes.lexicon import Cue, Lexicon
    from dragoman.syntax import Token


def places(token: Token, lexicon: Lexicon) -> list[tuple[Token, str]]:
    """Return the words that govern a noun, each with the place at which the noun stands."""
    found = list(_above(token, lexicon))
    found.extend(_below(token))
    unique: list[tuple[Token, str]] = []
    for item in found:
        if item not in unique:
            unique.append(item)
    return unique


def _above(token: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    node = grammar.first_conjunct(token)
    head, label = node.head, node.dep_
    if label in ("dobj", "nsubjpass"):
        yield head, "object"
        if label == "nsubjpass":
            yield from _raised(head)
    elif label == "nsubj":
        yield from _of_subject(head)
    elif label == "dative":
        yield head, "indirect"
    elif label in ("compound", "poss", "nmod") and head.pos_ in ("NOUN", "PROPN"):
        yield head, "of"
    elif label in ("appos", "attr") and head.pos_ in ("NOUN", "PROPN"):
        yield from _above(head, lexicon)
    elif label == "pobj":
        yield from _of_preposition(head, lexicon)


def _of_preposition(preposition: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    governor = attached(preposition, lexicon)
    word = preposition.lower_
    yield preposition, "of"
    if governor.dep_ in ("advmod", "prep", "mark") and governor.pos_ in ("ADV", "ADP", "SCONJ"):
        # "ahead of", "because of", "out of": the outer word governs.
        yield governor, "of"
        yield governor.head, word
        return
    yield governor, word
    if governor.pos_ == "NOUN" and governor.lemma_.lower() in lexicon.qualifiers.containers:
        yield from _above(governor, lexicon)
        yield from _below(governor)


def attached(preposition: Token, lexicon: Lexicon) -> Token:
    """Return what a prepositional phrase belongs to: its head, or the noun right before it that asks for it.

    Parsers hang "to host" in "expressed readiness to host talks" now on the noun, now on the verb.
    """
    head = preposition.head
    if head.pos_ != "VERB":
        return head
    # "accepted the invitation of Laos to the summit": it may stand some words further on.
    for noun in grammar.children(head, "dobj", "nsubjpass"):
        if noun.pos_ != "NOUN" or noun.i > preposition.i or not _reaches(noun, preposition):
            continue
        if any(preposition.lower_ in e.place for e in lexicon.cues_of("noun", noun.lemma_.lower())):
            return noun
    return head


def _reaches(noun: Token, preposition: Token) -> bool:
    """Tell whether nothing but the noun's own complement stands between it and a preposition."""
    return noun.right_edge.i + 1 == preposition.i


def _of_subject(head: Token) -> Iterator[tuple[Token, str]]:
    if head.lemma_.lower() in ("be", "remain", "seem", "appear", "look", "become"):
        for child in grammar.children(head, "acomp", "attr", "oprd"):
            yield child, "subject"
            yield from _raised(child)
        for child in head.children:
            if child.dep_ in ("prep", "advmod") and child.i > head.i:
                yield child, "subject"
    else:
        yield head, "object" if grammar.is_passive(head) else "subject"
    yield from _raised(head)


def _raised(head: Token) -> Iterator[tuple[Token, str]]:
    """Yield the further predicates of one subject: "is expected to be held", "was hosted and is over"."""
    for child in head.children:
        if child.dep_ in ("xcomp", "conj") and child.pos_ in ("VERB", "AUX"):
            if grammar.children(child, "nsubj", "nsubjpass", "expl"):
                continue
            yield child, "object" if grammar.is_passive(child) else "subject"
            yield from _raised(child)


def _below(token: Token) -> Iterator[tuple[Token, str]]:
    """Yield the words that stand below the noun: adjectives, participles and relative clauses."""
    for child in token.children:
        if child.dep_ in ("amod", "compound") and child.pos_ in ("ADJ", "VERB", "NOUN", "ADV"):
            yield child, "modifier"
        elif child.dep_ == "appos" and child.pos_ == "NOUN":
            yield child, "apposition"
    for noun in _nouns_of(token):
        for child in noun.children:
            if child.dep_ == "acl" and child.i > token.i:
                yield child, "object" if child.tag_ == "VBN" or grammar.is_passive(child) else "subject"
            elif child.dep_ == "relcl" and child.i > token.i:
                yield from _in_relative(child)
            elif child.dep_ == "appos" and child.pos_ == "NOUN" and noun != token:
                yield child, "apposition"


def _nouns_of(token: Token) -> list[Token]:
    """Return a noun and those of its prepositional phrases, to which clauses are often attached."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "prep":
            for obj in grammar.children(child, "pobj"):
                found.extend(n for part in grammar.conjuncts(obj) for n in _nouns_of(part))
    return found


def _in_relative(verb: Token) -> Iterator[tuple[Token, str]]:
    for child in verb.children:
        if child.dep_ == "nsubjpass" and child.tag_ in grammar.RELATIVES:
            yield verb, "object"
            yield from _raised(verb)
            return
        if child.dep_ == "nsubj" and child.tag_ in grammar.RELATIVES:
            yield from _of_subject(verb)
            return
        if child.dep_ == "dobj" and child.tag_ in grammar.RELATIVES:
            yield verb, "object"
            return
        if child.dep_ == "prep":
            for obj in grammar.children(child, "pobj"):
                if obj.tag_ in grammar.RELATIVES:
                    yield verb, "within"
                    return
        if child.dep_ == "advmod" and child.lower_ in ("where", "when"):
            yield verb, "within"
            return
    if grammar.children(verb, "nsubj"):
        yield verb, "object"


def is_verb(token: Token) -> bool:
    """Tell whether a word does the work of a verb: taggers take "to host" for a noun."""
    if token.pos_ in ("VERB", "AUX"):
        return True
    return (
        token.dep_ == "xcomp"
        and token.pos_ == "NOUN"
        and any(c.tag_ == "TO" and c.dep_ == "aux" for c in token.children)
    )


def words_of(token: Token) -> list[str]:
    """Return the names under which a governing word may be listed, the most specific first."""
    lemma = token.lemma_.lower()
    found: list[str] = []
    if token.dep_ in ("amod", "compound"):
        return [token.lower_, lemma] if token.lower_ != lemma else [lemma]
    if is_verb(token):
        for child in token.children:
            if child.dep_ in ("prt", "advmod", "dobj", "prep", "acomp") and child.i > token.i:
                found.append(f"{lemma} {child.lower_}")
            elif child.dep_ == "aux" and child.lower_ in ("would", "'d") and lemma == "like":
                found.append("would like")
        return [*found, lemma]
    for child in token.children:
        found.append(f"{token.lower_} {child.lower_}")
    return [*found, token.lower_, lemma] if token.lower_ != lemma else [*found, lemma]


def elliptical_cue(token: Token, lexicon: Lexicon) -> Cue | None:
    """Return the entry of a verb that may leave out the process ("he will attend")."""
    for words in words_of(token):
        for entry in lexicon.cues_of("verb", words):
            return entry if entry.elliptical else None
    return None
