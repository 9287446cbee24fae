"""The status of event nouns: by their modifiers, and by what they are the subject, object or complement of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.composition import HELD, apply
from dragoman.claims.factuality import factuality
from dragoman.claims.governing import governor_of, signature_for
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.claims.clauses import Read
    from dragoman.claims.composition import Reader
    from dragoman.draft import Sentence
    from dragoman.syntax import Token

_AFTER = frozenset(
    {"after", "following", "since", "during", "amid", "despite", "over", "because", "in", "by"}
)
_AHEAD = frozenset({"ahead", "pending"})


def read_noun(sentence: Sentence, noun: Token, depth: int, read: Reader) -> Read:
    """Return status, confidence and rules of an event noun; `read` reads the words that govern it."""
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod", "advmod", "poss") and child.i < noun.i:
            status = factuality().modifiers.get(child.lower_)
            if status is not None:
                return status, 0.8, (f"modifier:{child.lower_}",)
    if any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "not") for c in noun.children):
        return "denied", 0.8, ("negated",)
    head, label = noun.head, noun.dep_
    base: Read = ("occurred", 0.6, ("noun",))
    if label in ("conj", "appos"):
        return read(sentence, head, depth + 1)
    if label in ("compound", "nmod", "amod") and head.pos_ in ("NOUN", "PROPN"):
        found = next((s for s in factuality().nouns.get(head.lemma_.lower(), ())), None)
        return (
            apply(sentence, base, head, found, depth, read)
            if found is not None
            else read(sentence, head, depth + 1)
        )
    if label == "pobj":
        return _after_preposition(sentence, base, head, depth, read)
    if label == "dobj" and head.pos_ == "VERB" and noun.lemma_.lower() in factuality().nouns:
        dropped = signature_for("verb", head, ("plan",))
        if dropped is not None:
            return apply(sentence, base, head, dropped, depth, read)
    if label in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
        return _argument(sentence, base, head, ("object",), depth, read)
    if label == "nsubj" and head.lemma_.lower() == "be":
        said = _said_of(sentence, base, head, depth, read)
        if said is not None:
            return said
    if label == "nsubj" and head.pos_ in ("VERB", "AUX"):
        return _argument(sentence, base, head, ("subject",), depth, read)
    return base


def _said_of(sentence: Sentence, base: Read, copula: Token, depth: int, read: Reader) -> Read | None:
    """Read an event noun by what a copula says of it: "The vote is due in May", "The talks are under way"."""
    for word in grammar.children(copula, "acomp", "advmod", "prep"):
        if word.i < copula.i:
            continue
        under_way = word.lower_ == "under" and any(o.lower_ == "way" for o in word.children)
        if under_way or word.lower_ in ("underway", "ongoing"):
            outer, sure, rules = read(sentence, copula, depth + 1)
            return outer, sure * 0.9, (*rules, "under-way")
        if word.pos_ != "ADJ":
            continue
        status = factuality().modifiers.get(word.lower_)
        if status is not None and not grammar.is_negated(copula):
            return status, 0.75, (f"said-of:{word.lower_}",)
        for signature in factuality().adjectives.get(word.lemma_.lower(), ()):
            if signature.affirmed not in ("keep", "same", "base"):
                return apply(sentence, base, word, signature, depth, read)
    return None


def _argument(
    sentence: Sentence, base: Read, verb: Token, links: tuple[str, ...], depth: int, read: Reader
) -> Read:
    if verb.pos_ not in ("VERB", "AUX"):
        return base
    if links == ("subject",) and grammar.is_passive(verb):
        links = ("object",)
    found = signature_for("verb", verb, links)
    if found is not None:
        return apply(sentence, base, verb, found, depth, read)
    outer, sure, rules = read(sentence, verb, depth + 1)
    if outer in ("planned", "proposed", "possible", "conditional", "hypothetical"):
        return outer, sure * 0.8, (*rules, "with-verb")
    return base


def _after_preposition(sentence: Sentence, base: Read, preposition: Token, depth: int, read: Reader) -> Read:
    governor, word = governor_of(preposition), preposition.lower_
    if preposition.dep_ == "prep" and (governor.dep_ == "prep" or governor.lower_ in _AHEAD):
        word, governor = governor.lower_, governor.head
    if word in _AHEAD:
        return "planned", 0.65, (f"preposition:{word}",)
    if word == "without":
        return "denied", 0.65, ("preposition:without",)
    if governor.pos_ in ("VERB", "AUX") and word in ("until", "till"):
        outer, sure, rules = read(sentence, governor, depth + 1)
        return (
            ("planned" if outer in ("ongoing", "planned") else outer),
            sure * 0.7,
            (*rules, f"preposition:{word}"),
        )
    if governor.pos_ == "VERB" and word == "for" and governor.lemma_.lower() in factuality().travels:
        outer, sure, rules = read(sentence, governor, depth + 1)
        return ("planned" if outer in HELD else outer), sure * 0.65, (*rules, "purpose")
    if governor.pos_ in ("NOUN", "PROPN"):
        if word == "of" and governor.lemma_.lower() in factuality().containers:
            return read(sentence, governor, depth + 1)
        found = signature_for("noun", governor, (word,))
        if found is not None:
            return apply(sentence, base, governor, found, depth, read)
    if governor.pos_ in ("VERB", "AUX"):
        found = signature_for("verb", governor, (word,))
        if found is not None:
            return apply(sentence, base, governor, found, depth, read)
        if word not in _AFTER:
            outer, sure, rules = read(sentence, governor, depth + 1)
            if outer in ("planned", "proposed", "possible", "conditional"):
                return outer, sure * 0.7, (*rules, "with-verb")
    if governor.pos_ == "ADJ":
        found = signature_for("adjective", governor, (word,))
        if found is not None:
            return apply(sentence, base, governor, found, depth, read)
    return base
