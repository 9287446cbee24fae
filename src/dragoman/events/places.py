"""Where a role stands: the places that codebook frames name, looked up in the dependency parse.

A place is one or more steps from the head of the trigger, `object.of` for the of-phrase of its object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.prepositions import PREPOSITIONS
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.syntax import Token

STEPS = (
    "subject",
    "object",
    "indirect_object",
    "agent",
    "possessive",
    "modifier",
    "complement",
    "content",
    "clause",
    "infinitive",
    "gerund",
    "occasion",
    "preceding",
    "following",
)
# Places that are filled by whichever party stands nearest in the words: see `events.roles`.
NEAREST = ("preceding", "following")
# Particles and adverbs under which a prepositional phrase hangs: "pull out of", "meet together with".
_PARTICLES = ("prt", "advmod", "prep")
# What stands below these is a matter of its own: "blocked the road, according to Chad".
_OTHER_WORDS = frozenset({"according", "due", "owing", "because", "thanks"})


_PARTIES = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})


class Places:
    """Looks up places from one trigger head.

    Args:
        head: the token that heads the trigger.
        light: the light verb that carries a noun trigger ("launched an attack"), or None.
        content: tokens already found to head the content.
        predicative: the head is an adjective in its use, whatever its tag.
        particle: the particle of a phrasal verb, whose object the parser may take for that of a preposition.

    `slots` are the parties that a pattern of words names (see `events.word_order`).
    """

    def __init__(
        self,
        head: Token,
        light: Token | None = None,
        content: Sequence[Token] = (),
        particle: Token | None = None,
        *,
        predicative: bool = False,
    ) -> None:
        self.head = head
        self.light = light
        self.content = content
        self.particle = particle
        self.slots: dict[str, list[Token]] = {}
        self.pattern_size = 0
        # A participle as an adjective ("is opposed to"): the surface subject is whom it is said of.
        self.predicative = predicative

    def objects(self) -> list[Token]:
        """Return what the verb acts upon; "called in the army" has the army for object."""
        found = objects(self.head)
        if not found and self.particle is not None:
            found = [t for o in grammar.children(self.particle, "pobj") for t in grammar.conjuncts(o)]
        return found

    def _subjects(self) -> list[Token]:
        if self.predicative:
            return arguments.grammatical_subjects(self.head)
        found = arguments.logical_subjects(self.head)
        if not found and grammar.is_passive(self.head):
            # "was warned of sanctions by Chad", "were denied entry by Chad": the by-phrase hangs too deep.
            things = [*objects(self.head), *(t for _, t in grammar.all_prepositions(self.head))]
            found = [
                t
                for thing in things
                if thing.i > self.head.i
                for t in grammar.prepositional_objects(thing, "by")
            ]
        return found

    def find(self, place: str) -> list[Token]:
        """Return the tokens at a place, in text order of discovery, without repetition."""
        first, *rest = place.split(".")
        tokens = self._first(first.replace("_", " ") if first not in STEPS else first)
        for name in rest:
            tokens = [t for token in tokens for t in step(token, name)]
        return list(dict.fromkeys(tokens))

    def _first(self, name: str) -> list[Token]:
        head, light = self.head, self.light
        if name == "content":
            return list(self.content)
        if name == "preceding":
            return [t for t in reversed(head.doc[: head.i]) if t.pos_ in _PARTIES]
        if name == "following":
            return [t for t in head.doc[head.i + 1 : _end_of_clause(head) + 1] if t.pos_ in _PARTIES]
        if head.pos_ in ("VERB", "AUX") and light is None:
            if name == "object":
                return self.objects()
            if name == "subject":
                return self._subjects()
            return step(head, name) or (_nested(head, name) if name in PREPOSITIONS else [])
        if name == "subject":
            return _subjects_of_predicate(head, light)
        found = step(head, name)
        if light is not None and name not in ("possessive", "modifier", "object"):
            if name in ("infinitive", "clause", "complement", "gerund"):
                found = found or [t for t in step(light, name) if t.i != head.i]
            elif name == "indirect_object":
                found = grammar.indirect_objects(light)
            elif name == "agent":
                found = arguments.agents(light)
            else:
                found = [*found, *(t for t in _prepositional(light, name) if t.i not in {f.i for f in found})]
        return found or (_nested(head, name) if name in PREPOSITIONS else [])


def _end_of_clause(head: Token) -> int:
    """Return the last token of the clause of a head, through the verbs that it completes: "was heard to threaten"."""
    node = head
    while node.dep_ == "xcomp":
        node = node.head
    return max(head.right_edge.i, node.right_edge.i)


def _nested(head: Token, name: str) -> list[Token]:
    """Return objects of a preposition that hangs too deep: "the attack by militias on villagers".

    Parsers attach a second prepositional phrase to the noun of the first more often than to its head.
    """
    return [
        t
        for first, thing in grammar.all_prepositions(head)
        if first.lower_ != name
        for t in grammar.prepositional_objects(thing, name)
    ]


def _subjects_of_predicate(head: Token, light: Token | None) -> list[Token]:
    """Return who an adjective is said of, or who does a noun through its light verb."""
    if light is not None:
        return arguments.logical_subjects(light)
    if head.dep_ in (
        "acomp",
        "attr",
        "oprd",
        "xcomp",
        "conj",
        "advcl",
        "ccomp",
        "relcl",
        "ROOT",
        "amod",
        "acl",
    ):
        node = grammar.first_conjunct(head)
        own = grammar.children(node, "nsubj", "nsubjpass")
        if own:
            return [t for s in own for t in grammar.conjuncts(grammar.resolve_relative(s))]
        if node.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp") and node.head.pos_ in ("AUX", "VERB"):
            return arguments.grammatical_subjects(node.head)
    return []


def step(token: Token, name: str) -> list[Token]:
    """Return the tokens one step away from a token."""
    plain = _PLAIN.get(name)
    if plain is not None:
        return plain(token)
    return _prepositional(token, name.replace("_", " "))


def _prepositional(token: Token, name: str) -> list[Token]:
    found = [*grammar.prepositional_objects(token, name)]
    if name == "by" and token.pos_ == "NOUN":
        # "the claims made by Peru": the participle adds nothing.
        for child in grammar.children(token, "acl"):
            if child.tag_ == "VBN" and child.lower_ in grammar.saying_whose():
                found.extend(arguments.agents(child))
        if not found and token.dep_ == "dobj" and not grammar.is_passive(token.head):
            # "rejected the proposal by Peru": the parser hangs on the verb what stands behind its object.
            behind = [c for c in grammar.children(token.head, "prep") if c.i == token.right_edge.i + 1]
            if any(c.lower_ == "by" for c in behind):
                found.extend(grammar.prepositional_objects(token.head, "by"))
    if token.pos_ in ("VERB", "AUX"):
        for child in grammar.children(token, *_PARTICLES):
            if child.lower_ != name and child.lower_ not in _OTHER_WORDS:
                found.extend(grammar.prepositional_objects(child, name))
        if name == "by" and grammar.is_passive(token):
            found.extend(arguments.agents(token))
        for thing in objects(token):
            if thing.i != token.i and not _is_ancestor(thing, token):
                found.extend(grammar.prepositional_objects(thing, name))
        for dative in grammar.children(token, "dative"):
            if dative.lower_ == name:
                found.extend(t for o in grammar.children(dative, "pobj") for t in grammar.conjuncts(o))
        found.extend(_of_shared(token, name))
    return list(dict.fromkeys(found))


def _of_shared(verb: Token, name: str) -> list[Token]:
    """Return objects of a preposition that a relative clause strands: "the group it fought against"."""
    if verb.dep_ != "relcl":
        return []
    stranded = [c for c in grammar.children(verb, "prep") if c.lower_ == name and not list(c.children)]
    return [verb.head] if stranded else []


def objects(verb: Token) -> list[Token]:
    """Return what is acted upon; in a passive that keeps its object ("was denied a visa") that object."""
    kept = grammar.children(verb, "dobj") if grammar.is_passive(verb) else []
    # "was jailed pending trial": nothing is done to the trial.
    kept = [t for t in kept if not any(c.lower_ == "pending" for c in t.children)]
    if kept and grammar.children(verb, "nsubjpass"):
        return [t for k in kept for t in grammar.conjuncts(k)]
    return arguments.logical_objects(verb) or _small_clause_subjects(verb) or _lone_predicates(verb)


def _lone_predicates(verb: Token) -> list[Token]:
    """Return a noun that the parser takes for a predicate of an object that is not there: "called a strike"."""
    if grammar.is_passive(verb) or grammar.children(verb, "dobj", "ccomp", "xcomp"):
        return []
    return [t for t in grammar.children(verb, "oprd") if t.pos_ == "NOUN" and t.i > verb.i]


def _small_clause_subjects(verb: Token) -> list[Token]:
    """Return the subject of a clause without tense below a verb: "held Chad responsible", "let them go"."""
    if grammar.is_passive(verb):
        return []
    for child in grammar.children(verb, "ccomp"):
        tensed = child.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
            c.dep_ in ("mark", "cop") or (c.dep_ in ("aux", "auxpass") and c.tag_ != "TO")
            for c in child.children
        )
        own = grammar.children(child, "nsubj")
        if own and not tensed and child.i > verb.i:
            return [t for o in own for t in grammar.conjuncts(grammar.resolve_relative(o))]
    return []


def _indirect_objects(verb: Token) -> list[Token]:
    found = grammar.indirect_objects(verb)
    if not found and grammar.is_passive(verb) and grammar.children(verb, "dobj"):
        found = arguments.grammatical_subjects(verb)
    return found


def _occasions(token: Token) -> list[Token]:
    """Return the verb of a clause that tells on what occasion: "were killed when rebels **attacked**"."""
    return [
        verb
        for verb in grammar.children(token, "advcl")
        if any(
            c.lower_ in ("when", "after") and c.i < verb.i for c in grammar.children(verb, "advmod", "mark")
        )
        and not any(c.pos_ == "PRON" for c in grammar.children(verb, "nsubj", "nsubjpass"))
    ]


def _is_ancestor(above: Token, below: Token) -> bool:
    return above.i != below.i and above.is_ancestor(below)


def _possessives(token: Token) -> list[Token]:
    return [t for p in grammar.children(token, "poss") for t in grammar.conjuncts(p)]


def _modifiers(token: Token) -> list[Token]:
    found: list[Token] = []
    for child in grammar.children(token, "compound", "amod", "nmod", "nummod"):
        found.extend(grammar.conjuncts(child))
        found.extend(grammar.children(child, "compound", "amod", "nmod"))
    return found


def _infinitives(token: Token) -> list[Token]:
    found = [t for t in grammar.complements(token) if _to_infinitive(t)]
    if not found:
        found = [t for t in grammar.children(token, "advcl", "acl", "relcl") if _to_infinitive(t)]
    if not found:
        # "an offer to withdraw", "called on Iran to stop": the infinitive may hang on the object.
        things = [*grammar.children(token, "dobj", "attr", "acomp")]
        for preposition in grammar.children(token, "prep", "dative"):
            things.extend(grammar.children(preposition, "pobj"))
        found = [v for t in things for v in grammar.children(t, "acl", "relcl") if _to_infinitive(v)]
    return found


def _to_infinitive(verb: Token) -> bool:
    if any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children):
        return True
    # "let the inspectors visit"; in "demanded Chad withdraw" the bare verb is that of a that-clause.
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ccomp"
        and verb.head.lemma_ in grammar.with_bare_infinitive()
        and not grammar.children(verb, "aux", "mark")
    )


def _clauses(token: Token) -> list[Token]:
    found = [
        t
        for t in grammar.complements(token)
        if t.dep_ == "ccomp" or (t.dep_ == "acl" and any(c.dep_ == "mark" for c in t.children))
        if not _to_infinitive(t)
    ]
    if not found and token.pos_ in ("VERB", "AUX"):
        # "urged in a letter that", "told the court that": the clause may hang on the noun before it.
        nouns = grammar.children(token, "dobj")
        for preposition in grammar.children(token, "prep", "dative"):
            nouns.extend(grammar.children(preposition, "pobj"))
        # "promised the families of the victims that": or on the noun of its of-phrase.
        nouns.extend([t for noun in nouns for t in grammar.prepositional_objects(noun, "of")])
        found = [v for noun in nouns for v in grammar.children(noun, "acl", "relcl") if _that_clause(v)]
    return found


def _that_clause(verb: Token) -> bool:
    """Tell whether "that" opens a clause of its own; parsers take many for relative ones ("a note that Chad left")."""
    objects_ = grammar.children(verb, "dobj")
    return any(
        c.lower_ == "that"
        and (c.dep_ == "mark" or (c.dep_ == "dobj" and (c.tag_ == "IN" or len(objects_) > 1)))
        for c in verb.children
    )


def _gerunds(token: Token) -> list[Token]:
    return [
        t for t in grammar.complements(token) if t.tag_ == "VBG" and t.dep_ in ("xcomp", "pcomp", "ccomp")
    ]


def _complements(token: Token) -> list[Token]:
    return [*_infinitives(token), *_clauses(token), *_gerunds(token)]


_PLAIN: dict[str, Callable[[Token], list[Token]]] = {
    "subject": lambda t: arguments.logical_subjects(t) if t.pos_ in ("VERB", "AUX") else [],
    "object": lambda t: objects(t) if t.pos_ in ("VERB", "AUX") else [],
    "indirect_object": lambda t: _indirect_objects(t),
    "agent": lambda t: arguments.agents(t),
    "possessive": _possessives,
    "modifier": _modifiers,
    "complement": _complements,
    "infinitive": _infinitives,
    "clause": _clauses,
    "gerund": _gerunds,
    "occasion": _occasions,
}
