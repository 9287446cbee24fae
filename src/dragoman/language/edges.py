"""Where phrases begin and end in a dependency tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.grammar import MODIFIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dragoman.syntax import Token


def noun_phrase(head: Token, *, determiner: bool = False, complements: bool = False) -> tuple[Token, Token]:
    """Return the first and last token of a noun phrase.

    Left modifiers are taken ("Russian Foreign Minister Sergei Lavrov"), determiners only when asked for;
    of what follows the head nothing, or with `complements` its prepositional phrases.
    """
    first, last = head, head
    for child in head.lefts:
        if child.dep_ in MODIFIERS or (child.dep_ == "det" and determiner):
            left = child.left_edge
            if left.i < first.i:
                first = left
        elif child.dep_ == "punct" and child.text in "-–":
            first = child if child.i < first.i else first
    if not determiner:
        while first.i < head.i and first.dep_ in ("det", "predet") and first.head.i >= head.i:
            first = first.nbor(1)
    if complements:
        for child in head.rights:
            if child.dep_ == "prep" and child.i == last.i + 1:
                last = child.right_edge
    return first, last


def subtree_edges(token: Token, drop: Callable[[Token], bool] | None = None) -> tuple[Token, Token]:
    """Return the first and last token of a subtree, less edge punctuation and what `drop` refuses."""
    members = sorted(_members(token, drop), key=lambda t: t.i)
    while len(members) > 1 and members[-1].is_punct and members[-1].text not in ')”"':
        members.pop()
    while len(members) > 1 and members[0].is_punct and members[0].text not in '(“"':
        members.pop(0)
    return members[0], members[-1]


def _members(token: Token, drop: Callable[[Token], bool] | None) -> Iterable[Token]:
    yield token
    for child in token.children:
        if drop is None or not drop(child):
            yield from _members(child, drop)
