"""How well two marked spans fill the two sides of a frame, graded, for `relating`.

Coding an event asks who fills a role; here the two parties are given, and the question is how well a frame
agrees with them: named by the very word at the place, inside its phrase ("a court in Chad"), by a pronoun
("Chad said it would"), left open, or held by somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.events.matching import Match
    from dragoman.syntax import Token

# Links within a phrase, over which what is said of its head is said of its parts too.
_PHRASE_LINKS = frozenset(
    {"poss", "compound", "amod", "nmod", "prep", "pobj", "appos", "conj", "nummod", "case", "det", "agent"}
)
_PRONOUNS = frozenset({"it", "he", "she", "they", "him", "them", "her", "who", "which", "that", "itself"})
_POSSESSIVE_PRONOUNS = frozenset({"its", "his", "her", "their"})
# Grades of agreement; set by reasoning.
_STEP_DOWN = 0.85
_INSIDE_MOST = 0.75
_PRONOUN = 0.6
_OPEN = 0.3
_BELOW = 0.4


class Party:
    """One marked span in a sentence: its tokens, and the phrases that it is a part of.

    Args:
        tokens: the tokens of the span, in order; none when the span is not in the sentence.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.inside = frozenset(t.i for t in tokens)
        self.head: Token | None = None
        self._grades: dict[int, float] = {}
        heads = [t for t in tokens if t.dep_ == "ROOT" or t.head.i not in self.inside]
        if heads:
            self.head = next((t for t in reversed(heads) if t.pos_ in ("NOUN", "PROPN", "PRON")), heads[-1])
            grade, node = _INSIDE_MOST, self.head
            while node.dep_ in _PHRASE_LINKS and node.head.i != node.i:
                node = node.head
                if node.pos_ in ("VERB", "AUX"):
                    break
                self._grades.setdefault(node.i, grade)
                if node.pos_ != "ADP":
                    grade *= _STEP_DOWN

    def at(self, token: Token) -> float:
        """Return how well the word at a place names the party: 1 itself, less within its phrase, 0 not."""
        return 1.0 if token.i in self.inside else self._grades.get(token.i, 0.0)

    def referred_by(self, token: Token) -> bool:
        """Tell whether a pronoun may stand for the party: one that comes after it."""
        return (
            self.head is not None
            and token.i > self.head.i
            and (token.lower_ in _PRONOUNS or token.lower_ in _POSSESSIVE_PRONOUNS)
        )


def agreement(match: Match, places: Iterable[str], party: Party, other: Party) -> float:
    """Return how well a party agrees with a side of a frame, from 0 (held by somebody else) to 1."""
    best, filled = 0.0, False
    for place in places:
        for token in match.places.find(place):
            grade = party.at(token)
            if grade == 0.0 and other.at(token) == 0.0 and party.referred_by(token):
                grade = _PRONOUN
            best = max(best, grade)
            filled = filled or token.pos_ in ("NOUN", "PROPN", "PRON")
        if best == 1.0:
            break
    if best == 0.0 and not filled:
        best = _OPEN
    return best


def below(match: Match, party: Party) -> float:
    """Return what it is worth that a party stands somewhere below the head of a trigger."""
    if party.head is None:
        return 0.0
    return _BELOW if match.head.is_ancestor(party.head) else 0.0
