"""Who does what a verb says, and to whom it is done: subjects, by-phrases and objects, understood ones too.

As in `language.grammar`, tokens of one parsed sentence go in and come out, and nothing is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.grammar import (
    NOUN_TAGS,
    RELATIVES,
    children,
    conjuncts,
    control_verbs,
    governing_verb,
    is_infinitive,
    is_passive,
    listed_after,
    object_control,
    prepositional_objects,
    resolve_relative,
    verb_form,
)

if TYPE_CHECKING:
    from dragoman.syntax import Token

_TIMES = frozenset(
    {"day", "week", "month", "year", "night", "morning", "evening", "summer", "winter", "spring", "autumn"}
)
_WHICH_TIME = frozenset({"last", "this", "next", "that", "later", "earlier"})
_RANKS = frozenset({"first", "second", "third", "last", "latest", "only", "next"})


def grammatical_subjects(verb: Token) -> list[Token]:
    """Return the surface subjects of a verb, coordinated ones included, shared ones found.

    Looks through verb coordination, control and raising, participles and gerunds.
    """
    return [t for s in _subject_heads(verb, 0) for t in conjuncts(resolve_relative(s))]


def _subject_heads(verb: Token, depth: int) -> list[Token]:
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj") and not _says_when(c)]
    if not own:
        # The parser hangs some subjects on the auxiliary ("Chad is opposed").
        own = [s for a in children(verb, "aux", "auxpass") for s in children(a, "nsubj", "nsubjpass")]
    if own or depth > 8:
        return own
    if verb.tag_ in ("VBZ", "VBP", "VBD") and verb.dep_ in ("ROOT", "ccomp", "conj", "relcl", "advcl"):
        # Parsers take "police plan to arrest" and "Sweden voiced" for one name: a noun cannot modify a verb.
        before = [c for c in children(verb, "compound", "nmod", "npadvmod") if c.i == verb.i - 1]
        if before and before[0].tag_ in NOUN_TAGS:
            return before
    head, label = verb.head, verb.dep_
    if label == "conj":
        return _subject_heads(head, depth + 1)
    if label == "ccomp" and verb_form(verb).tense != "none":
        # "said troops loyal to the president had looted": the subject hangs on the adjective after it.
        before = [c for c in children(head, "ccomp") if head.i < c.i < verb.i and c.pos_ == "ADJ"]
        hanging = [
            s for c in before[-1:] if not children(c, "cc", "aux", "cop") for s in children(c, "nsubj")
        ]
        if hanging:
            return hanging
    if label in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        objects = children(head, "dobj", "dative")
        if objects and head.lemma_.lower() in object_control() and verb.tag_ in ("VB", "VBG"):
            return objects
        if objects and verb.tag_ == "VBG" and head.lemma_.lower() not in control_verbs()["object_is_time"]:
            # "hailed Oman releasing the crew": the object does it; "spent a week talking": the subject.
            return objects
        return _subject_heads(head, depth + 1)
    if label == "acl":
        first = listed_after(verb)
        if first is not None:
            return _subject_heads(first, depth + 1)
        if verb.tag_ in ("VBG", "VBN", "VBD"):
            return (_makers(head, depth) if verb.tag_ == "VBG" else []) or [head]
        if head.dep_ == "pobj" and head.head.lower_ == "for" and is_infinitive(verb):
            # "paid for guards to watch": the noun after "for" does it.
            return [head]
        # "her plan to resign", "Iran's decision to leave": the possessor does it.
        owners = children(head, "poss") or prepositional_objects(head, "by")
        if owners:
            return owners
        governor = governing_verb(head)
        return _subject_heads(governor, depth + 1) if governor is not None else []
    if label in ("advcl", "xcomp") and is_infinitive(verb):
        beneficiary = doer_after_for(verb)
        if beneficiary is not None:
            return [beneficiary]
    if label in ("acomp", "attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        return _subject_heads(head, depth + 1)
    if label == "pcomp" and verb.tag_ == "VBG" and head.lower_ == "for" and head.head.pos_ == "VERB":
        # "jailed two men for throwing stones": those who are jailed threw them.
        objects = [] if is_passive(head.head) else children(head.head, "dobj")
        if objects:
            return objects
    if label in ("advcl", "pcomp", "prep", "dep", "parataxis"):
        governor = head if head.pos_ in ("VERB", "AUX") else governing_verb(verb)
        return _subject_heads(governor, depth + 1) if governor is not None else []
    if label == "relcl":
        if is_ranked(verb):
            # "Peru was the first country to recognise Chad": whoever is said to be so does it.
            governor = governing_verb(head)
            return (_subject_heads(governor, depth + 1) if governor is not None else []) or [head]
        # A relative clause without its pronoun ("the letter he sent") has its subject; without any, the noun.
        return [head]
    return []


def _makers(text: Token, depth: int) -> list[Token]:
    """Return who does what a law or a letter does: "Chad passed a bill banning imports", "Chad's order closing"."""
    if text.lemma_.lower() not in control_verbs()["does_for_its_maker"]:
        return []
    owners = children(text, "poss")
    if owners:
        return owners
    verb = text.head
    if verb.lemma_.lower() not in control_verbs()["made_by"]:
        return []
    if text.dep_ == "nsubjpass":
        return agents(verb)
    if text.dep_ == "dobj":
        return _subject_heads(verb, depth + 1)
    return agents(verb) if text.dep_ == "nsubj" and is_passive(verb) else []


def is_ranked(verb: Token) -> bool:
    """Tell whether an infinitive tells what somebody was the first, last or only one to do."""
    if not is_infinitive(verb) or verb.dep_ not in ("relcl", "acl", "advcl"):
        return False
    clause = governing_verb(verb)
    if clause is None or clause.lemma_ not in ("be", "become", "remain") or clause.i > verb.i:
        return False
    return any(t.lower_ in _RANKS for t in verb.doc[clause.i : verb.i])


def _says_when(subject: Token) -> bool:
    """Tell whether a "subject" only says when: "spoke to the king and last year asked him", misread."""
    return (
        subject.head.dep_ == "conj"
        and subject.lemma_ in _TIMES
        and any(c.lower_ in _WHICH_TIME for c in subject.children)
    )


def doer_after_for(infinitive: Token) -> Token | None:
    """Return the noun of "for rebels to attack" that does what the infinitive says, or None."""
    start = infinitive.left_edge.i
    if start == 0:
        return None
    node = infinitive.doc[start - 1]
    while node.dep_ in ("conj", "pobj", "appos") or node.pos_ in ("NOUN", "PROPN"):
        if node.dep_ == "pobj" and node.head.lower_ == "for" and node.right_edge.i == start - 1:
            return node
        if node.dep_ == "ROOT":
            break
        node = node.head
    return None


def agents(verb: Token) -> list[Token]:
    """Return the doers of a passive verb named by a by-phrase."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and is_passive(verb)):
            found.extend(t for o in children(child, "pobj") for t in conjuncts(resolve_relative(o)))
    if not found and is_passive(verb):
        # "trained and paid for by Chad": the by-phrase of the last participle serves them all.
        for later in children(verb, "conj"):
            if later.tag_ == "VBN" and not children(later, "nsubj", "nsubjpass", "dobj"):
                return agents(later)
    return found


def logical_subjects(verb: Token) -> list[Token]:
    """Return who does what a verb says: the subject, or in the passive the by-phrase."""
    return agents(verb) if is_passive(verb) else grammatical_subjects(verb)


def logical_objects(verb: Token) -> list[Token]:
    """Return what is acted upon: the direct object, or in the passive the subject."""
    if is_passive(verb):
        if verb.dep_ == "acl" and not children(verb, "nsubjpass"):
            return conjuncts(verb.head)
        return grammatical_subjects(verb)
    found = [t for o in children(verb, "dobj") for t in conjuncts(resolve_relative(o))]
    if not found and verb.dep_ == "relcl":
        subjects = children(verb, "nsubj")
        # "the letter he sent": the noun is the object when the clause has its own subject.
        if subjects and all(s.tag_ not in RELATIVES for s in subjects) and not _stranded(verb):
            return [verb.head]
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.i - verb.head.i <= 3:
        return []
    if not found:
        # "condemned and sanctioned Iran": the object of the last verb serves them all.
        later = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"]
        if later and not children(verb, "prep", "ccomp", "xcomp") and not children(later[0], "nsubj"):
            return logical_objects(later[0])
    return found


def _stranded(verb: Token) -> bool:
    return any(c.dep_ == "prep" and not list(c.children) for c in verb.children)
