"""Whether the words at the places around a trigger are those that a frame asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.places import Places, step
from dragoman.events.wordsets import words
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from dragoman.syntax import Token

_OUGHT = frozenset({"should", "must", "ought", "shall", "be"})


def prep_holds(head: Token, preposition: str, items: Iterable[str], moments: AbstractSet[str]) -> bool:
    """Tell whether a preposition stands with one of some words, not under another preposition's object."""
    wanted = words(tuple(items))
    passed = moments if "*" in items else ()
    return any(wanted.matches(t) and t.lower_ not in passed for t in step(head, preposition))


def prep_words(
    places: Places, preposition: str, items: Iterable[str], moments: AbstractSet[str]
) -> list[Token]:
    """Return the first object of a preposition that is among words, in a list; empty when there is none.

    Any word is no moment: "called Minsk on Monday" does not say on whom.
    """
    wanted = words(tuple(items))
    passed = moments if "*" in items else ()
    return [t for t in places.find(preposition) if wanted.matches(t) and t.lower_ not in passed][:1]


def holds(places: Places, kind: str, items: Iterable[str], extra: list[Token]) -> bool:
    """Tell whether a complement of a kind (infinitive, clause, noun, ...) is among words; a noun goes into `extra`."""
    wanted = words(tuple(items))
    if kind in ("noun", "adjective"):
        tags = ("NOUN", "PROPN") if kind == "noun" else ("ADJ", "VERB", "ADV")
        near = [t for c in places.head.children for t in (c, *c.children) if t.pos_ in tags]
        fitting = [t for t in near if wanted.matches(t)]
        extra.extend(fitting[:1])
        return bool(fitting)
    return any(wanted.matches(t) for t in places.find(kind))


def is_future(places: Places) -> bool:
    """Tell whether a clause that completes the trigger is about the future: "said it would leave"."""
    forms = [grammar.verb_form(t) for t in places.find("clause")]
    return any(f.modal in ("will", "would", "shall") for f in forms)


def is_demanded(verb: Token) -> bool:
    """Tell whether a clause says what ought to be: "that Chad withdraw"; not "that Chad withdrew", "if"."""
    form = grammar.verb_form(verb)
    if any(c.lower_ in ("if", "whether") for c in grammar.children(verb, "mark")):
        return False
    if form.modal is not None:
        return form.modal in _OUGHT
    return all(c.tag_ not in ("VBZ", "VBD") for c in (verb, *grammar.children(verb, "aux", "auxpass")))


def first_filled(places: Places, names: Iterable[str]) -> list[Token]:
    """Return the tokens at the first of some places that holds any besides the head."""
    for name in names:
        found = [t for t in places.find(name) if t.i != places.head.i]
        if found:
            return found
    return []
