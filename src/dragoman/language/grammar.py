"""What a dependency parse says, in terms that the layers ask for.

All functions take spaCy tokens of one parsed sentence (ClearNLP labels, as in `en_core_web_*`) and return
tokens of the same sentence, in text order. None of them changes anything.
"""

from __future__ import annotations

import functools
import importlib.resources
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.syntax import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
RELATIVES = frozenset({"WDT", "WP", "WP$", "WRB"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "poss", "predet", "quantmod", "case"})

# What stands below these says when or how, and completes no verb: "agreed to talk after trading strikes".
_ADVERBIAL = frozenset({"after", "before", "besides", "by", "despite", "since", "while"})


@functools.cache
def control_verbs() -> dict[str, frozenset[str]]:
    """Return the verbs of `control_verbs.yaml` by what is so with them."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "control_verbs.yaml"
    raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {name: frozenset(verbs) for name, verbs in raw.items()}


def object_control() -> frozenset[str]:
    """Return the verbs whose object is the understood subject of their infinitive ("urged Iran to sign")."""
    return control_verbs()["object_control"]


def with_bare_infinitive() -> frozenset[str]:
    """Return the verbs after which an infinitive stands without "to" ("let Iran sign")."""
    return control_verbs()["bare_infinitive"]


def saying_whose() -> frozenset[str]:
    """Return the participles that only say whose something is ("the offer made by Iran")."""
    return control_verbs()["says_whose"]


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children of a token that bear one of the labels."""
    return [child for child in token.children if child.dep_ in labels]


def conjuncts(token: Token) -> list[Token]:
    """Return a token and all that are coordinated with it below it ("A, B and C" → A, B, C)."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return found


def first_conjunct(token: Token) -> Token:
    """Return the head of the coordination that a token belongs to, itself when there is none."""
    while token.dep_ == "conj":
        token = token.head
    return token


def is_passive(token: Token) -> bool:
    """Tell whether a verb is passive: "was expelled", "got arrested", the reduced relative "troops sent"."""
    if any(c.dep_ in ("nsubjpass", "auxpass", "csubjpass") for c in token.children):
        return True
    if token.tag_ == "VBN" and token.dep_ == "acl":
        return not (_misread_clause(token) or listed_after(token) is not None or _has_lost_subject(token))
    if token.tag_ == "VBN" and token.dep_ == "advcl" and children(token, "agent"):
        # "Deserted by Chad, Niger withdrew": what the sentence is about was deserted.
        return not children(token, "nsubj", "aux", "dobj")
    if token.dep_ == "conj" and token.tag_ == "VBN" and not children(token, "nsubj", "aux", "dobj"):
        return is_passive(token.head)
    return False


def _has_lost_subject(verb: Token) -> bool:
    """Tell whether a "reduced relative" is a clause of its own: "after a bomb killed nine people"."""
    if verb.lemma_.lower() in control_verbs()["two_objects"] or agents_of(verb):
        return False
    return any(c.i > verb.i and c.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for c in children(verb, "dobj"))


def _misread_clause(verb: Token) -> bool:
    """Tell whether a "reduced relative" is the sentence's only clause: "Rebels attacked a town" misread.

    A sentence whose root is a noun that nothing is said of, with an object below its participle, has that
    participle for its verb.
    """
    root = verb.head
    if root.dep_ != "ROOT" or root.pos_ not in ("NOUN", "PROPN") or agents_of(verb):
        return False
    return bool(children(verb, "dobj")) or not any(
        c.pos_ in ("VERB", "AUX") and c.i != verb.i for c in root.children
    )


def listed_after(verb: Token) -> Token | None:
    """Return the first verb of a list whose middle one is misread: "condemned the raid, called for calm and left".

    Parsers hang the middle verb on the noun before the comma, as a participle; but a past tense is joined to it. A
    comma that closes it ("the sailors, detained in May, and thanked") says that it is one.
    """
    if verb.dep_ != "acl" or verb.i == 0 or verb.doc[verb.i - 1].text != "," or agents_of(verb):
        return None
    joins = [c for c in children(verb, "cc") if verb.doc[c.i - 1].text != ","]
    if not joins or all(c.tag_ != "VBD" for c in children(verb, "conj")):
        return None
    first = governing_verb(verb)
    told = first is not None and first.tag_ == "VBD" and children(first, "nsubj")
    return first if told else None


def agents_of(verb: Token) -> bool:
    """Tell whether a verb has a by-phrase of its own."""
    return any(c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by") for c in verb.children)


def antecedent(token: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for, or None.

    The noun is what the relative clause modifies: the ancestor that the `relcl` hangs on.
    """
    if token.tag_ not in RELATIVES:
        return None
    node = token
    while node.dep_ != "ROOT":
        if node.dep_ == "relcl":
            return node.head
        if node.dep_ == "ccomp" and node.head.lemma_ == "be":
            # "It was Chad that paid": the parser hangs the clause on the verb.
            cleft = [c for c in node.head.children if c.dep_ == "nsubj" and c.lower_ == "it"]
            said = children(node.head, "attr")
            return said[0] if cleft and said else None
        node = node.head
    return None


def resolve_relative(token: Token) -> Token:
    """Return the antecedent of a relative pronoun, any other token as it is."""
    return antecedent(token) or token


def governing_verb(token: Token) -> Token | None:
    """Return the nearest verb above a token, or None."""
    node = token
    while node.dep_ != "ROOT":
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node
    return None


def indirect_objects(verb: Token) -> list[Token]:
    """Return the dative: "gave Kenya a loan", "handed the letter to Kenya"."""
    found: list[Token] = []
    for child in children(verb, "dative"):
        if child.pos_ == "ADP":
            found.extend(t for o in children(child, "pobj") for t in conjuncts(o))
        else:
            found.extend(conjuncts(resolve_relative(child)))
    return found


def prepositional_objects(token: Token, preposition: str) -> list[Token]:
    """Return the objects of a preposition under a token ("talks with A and B" → A, B), as tokens.

    Two-word prepositions are written with a space ("ahead of", "because of").
    """
    words = preposition.split()
    found: list[Token] = []
    for child in token.children:
        if child.lower_ != words[0] or child.dep_ not in ("prep", "agent", "dative", "advmod", "prt", "mark"):
            continue
        nodes = [child]
        for word in words[1:]:
            nodes = [c for n in nodes for c in n.children if c.lower_ == word]
        for node in nodes:
            found.extend(t for o in children(node, "pobj") for t in conjuncts(resolve_relative(o)))
            found.extend(children(node, "pcomp"))
    return found


def all_prepositions(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield (preposition, object) for every prepositional phrase under a token."""
    for child in token.children:
        if child.dep_ in ("prep", "agent") or (child.dep_ == "dative" and child.pos_ == "ADP"):
            for obj in children(child, "pobj"):
                for item in conjuncts(resolve_relative(obj)):
                    yield child, item


def complements(verb: Token) -> list[Token]:
    """Return the heads of the clauses that complete a verb or noun: that-clause, infinitive, gerund."""
    found = children(verb, "ccomp", "xcomp")
    found.extend(c for c in children(verb, "acl") if verb.pos_ in ("NOUN", "PROPN"))
    for preposition in children(verb, "prep"):
        if preposition.lower_ not in _ADVERBIAL:
            found.extend(children(preposition, "pcomp"))
    return sorted(found, key=lambda t: t.i)


def is_infinitive(verb: Token) -> bool:
    """Tell whether a verb stands in the to-infinitive."""
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def is_negated(token: Token) -> bool:
    """Tell whether a predicate is negated by its own words: not, never, no longer; "no agreement"."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in ("never", "neither", "nor", "hardly", "scarcely"):
            return True
        if child.dep_ in ("det", "preconj") and child.lower_ in ("no", "neither"):
            return True
        if child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("nobody", "none", "neither", "nothing"):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and any(
            c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children
        ):
            # "held no talks", "no troops were sent"
            return True
    return False


@dataclass(frozen=True, slots=True)
class VerbForm:
    """Tense, aspect and modality of a verb group.

    `tense` is of the finite verb; `modal` is the modal's lemma (will and shall included) or None.
    """

    tense: Literal["past", "present", "none"]
    perfect: bool
    progressive: bool
    modal: str | None
    infinitive: bool

    @property
    def future(self) -> bool:
        """Whether the group is a plain future (will, shall, 'll)."""
        return self.modal in ("will", "shall")


_MODALS = {
    "'ll": "will",
    "wo": "will",
    "ca": "can",
    "'d": "would",
    "’ll": "will",
    "’d": "would",
    "sha": "shall",
}


def verb_form(verb: Token) -> VerbForm:
    """Read tense, aspect and modality off a verb and its auxiliaries.

    A coordinated verb without auxiliaries of its own shares those of the first ("has met and praised").
    """
    auxiliaries = children(verb, "aux", "auxpass")
    if not auxiliaries and verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN", "VBG"):
        head = verb.head
        if (
            head.pos_ in ("VERB", "AUX")
            and head.tag_ == verb.tag_
            and not children(verb, "nsubj", "nsubjpass")
        ):
            return verb_form(head)
    if not auxiliaries and verb.pos_ not in ("VERB", "AUX"):
        copulas = children(verb, "cop")
        if copulas:
            return verb_form(copulas[0])
    tags = {a.tag_ for a in auxiliaries}
    modal = next((_MODALS.get(a.lower_, a.lower_) for a in auxiliaries if a.tag_ == "MD"), None)
    lemmas = [a.lemma_.lower() for a in auxiliaries]
    perfect = "have" in lemmas and verb.tag_ in ("VBN", "VBD", "VBG", "JJ")
    be = "be" in lemmas
    progressive = (be and verb.tag_ == "VBG") or any(a.lower_ == "being" for a in auxiliaries)
    finite = next((a for a in auxiliaries if a.tag_ in ("VBD", "VBZ", "VBP")), None) or verb
    tense: Literal["past", "present", "none"]
    if modal is not None or "TO" in tags:
        tense = "none"
    elif finite.tag_ == "VBD" or (finite is verb and verb.tag_ == "VBN" and not auxiliaries):
        tense = "past"
    elif finite.tag_ in ("VBZ", "VBP"):
        tense = "present"
    else:
        tense = "none"
    return VerbForm(tense, perfect, progressive, modal, "TO" in tags)


def governors(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield (governor, link) from a predicate outwards to the root.

    `link` is the child of the governor on whose branch the predicate stands, so that `link.dep_` says how.
    """
    link = token
    while link.dep_ != "ROOT":
        yield link.head, link
        link = link.head


def clause_of(token: Token) -> Token:
    """Return the verb (or copular predicate) whose clause a token belongs to; the root when there is none."""
    node = token
    while node.dep_ != "ROOT":
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("aux", "auxpass", "cop"):
            return node
        node = node.head
    return node
