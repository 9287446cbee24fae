"""Which sentences can hold an event at all, told from their words alone, before any parse.

A frame can only fit a sentence that has a form of its head and, where the frame asks for certain objects,
particles, modifiers or complements, a form of one of those as well. "Hold" alone says nothing; "hold" and
"talks" do. Every sentence that a frame fits passes; some pass that none fits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.events.word_order import read_patterns
from dragoman.events.wordsets import NAMES
from dragoman.language.inflection import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.events.codebook import Codebook, Trigger

# Items that any word, or any name, can fill.
_OPEN = frozenset({"*", NAMES})
# Before a parse these may be hidden in a contraction: "won't", "they've", "it's".
_SHORTENED = frozenset(
    {
        "am",
        "are",
        "be",
        "been",
        "being",
        "can",
        "do",
        "had",
        "has",
        "have",
        "is",
        "not",
        "was",
        "were",
        "will",
    }
    | {"would", "us", "let", "n't"}
)
_PARTS = re.compile(r"[\s-]+")


class Prefilter:
    """Tells whether any frame of a codebook may fit the words of a sentence.

    Args:
        codebook: whose frames.
    """

    def __init__(self, codebook: Codebook) -> None:
        asked: dict[str, dict[tuple[frozenset[str], ...], None]] = {}
        shared: dict[frozenset[str], frozenset[str]] = {}
        for _, frame in codebook.frames():
            conditions = tuple(
                shared.setdefault(forms, forms) for forms in conditions_of(frame.trigger, codebook.words)
            )
            for head in frame.trigger.heads:
                if head in _OPEN:
                    continue
                rarest, *others = sorted((_forms([word]) for word in _PARTS.split(head)), key=_rarity)
                for form in rarest:
                    asked.setdefault(form, {})[(*others, *conditions)] = None
        self._asked = {form: tuple(ways) for form, ways in asked.items()}

    def may_hold_event(self, words: set[str]) -> bool:
        """Tell whether some frame's head is among the lower-case words of a sentence with all it asks for."""
        for word in words:
            for conditions in self._asked.get(word, ()):
                if all(not words.isdisjoint(forms) for forms in conditions):
                    return True
        return False


def _rarity(forms: frozenset[str]) -> int:
    """Rank the words of a multi-word head: the longest is the least common."""
    return -max(len(form) for form in forms)


def conditions_of(trigger: Trigger, words: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    """Return sets of forms of which the sentence must have one each."""
    found: list[frozenset[str]] = []
    for lemmas in (trigger.object, trigger.subject, trigger.modifier, trigger.scene):
        if lemmas and _OPEN.isdisjoint(lemmas):
            found.append(_forms(lemmas))
    if trigger.particle:
        found.append(frozenset(word.lower() for word in trigger.particle))
    # A trigger that names several prepositions or complements asks for one of them.
    for options in (trigger.prep, trigger.complement):
        wanted = [(items,) if isinstance(items, str) else items for items in options.values()]
        if wanted and all(_OPEN.isdisjoint(items) for items in wanted):
            found.append(_forms(word for items in wanted for word in items))
    found.extend(_asked_by_patterns(trigger.patterns, words))
    if trigger.prep:
        found.append(frozenset(preposition.lower().split()[0] for preposition in trigger.prep))
    return found


def _asked_by_patterns(patterns: Sequence[str], words: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    """Return sets of forms that patterns ask for: each element of a single one, some word of several."""
    asked: list[list[frozenset[str]]] = []
    for order in read_patterns(patterns, words):
        ways = [e.ways for e in (*order.before, *order.after) if not e.slot]
        plain = [
            [word for way in w for word in way if word.isalpha() and word not in _SHORTENED] for w in ways
        ]
        asked.append([_forms(p) for w, p in zip(ways, plain, strict=True) if len(p) == sum(map(len, w))])
    if len(asked) == 1:
        return asked[0]
    return [frozenset().union(*(form for forms in asked for form in forms))] if asked and all(asked) else []


def _forms(lemmas: Iterable[str]) -> frozenset[str]:
    """Return the forms of the words of lemmas; of a lemma of several words, those of any of them."""
    parts = sorted({part for lemma in lemmas for part in _PARTS.split(lemma.lower()) if part})
    return frozenset(form for part in parts for form in word_forms(part))
