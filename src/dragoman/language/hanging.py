"""Moves within a parse that is being copied: a token, with all below it, from one head to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.syntax import Token


def hang(token: Token, old: Token, new: Token, children: Sequence[list[Token]]) -> None:
    """Take a token from its old head to a new one; the children of each stay in the order of the words."""
    children[old.i].remove(token)
    token.head = new
    children[new.i].append(token)
    children[new.i].sort(key=position)


def take_as_act(act: Token, thing: Token, governor: Token, children: Sequence[list[Token]]) -> None:
    """Read what describes a thing ("arming rebels") as an act upon it, below what governs the thing."""
    hang(act, thing, governor, children)
    hang(thing, governor, act, children)
    act.dep_, act.pos_ = "pcomp" if thing.dep_ == "pobj" else "xcomp", "VERB"
    thing.dep_ = "dobj"


def position(token: Token) -> int:
    """Return where in its sentence a token stands."""
    return token.i
