"""Compose what a governing word says with what it governs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.claims.clauses import Read
    from dragoman.claims.factuality import Signature
    from dragoman.draft import Sentence
    from dragoman.model import Status
    from dragoman.syntax import Token

    # Reads any token of a sentence; the last argument counts how deep the reading has gone.
    Reader = Callable[[Sentence, Token, int], Read]

HELD = ("occurred", "ongoing")


def apply(
    sentence: Sentence, inner: Read, governor: Token, signature: Signature, depth: int, read: Reader
) -> Read:
    """Return the reading of a governed predicate; the governing word is read only when it matters."""
    if signature.affirmed == "keep" and signature.negated == "keep":
        marked = (*inner[2], f"under:{governor.lemma_.lower()}") if signature.speech else inner[2]
        return inner[0], inner[1], marked
    return compose(inner, governor, signature, read(sentence, governor, depth + 1))


def compose(inner: Read, governor: Token, signature: Signature, outside: Read) -> Read:
    """Return the reading of a governed predicate.

    Args:
        inner: the predicate read by itself.
        governor: the word that governs it, with its `signature`.
        outside: the governing word's own reading, everything above it included.
    """
    outer, sure, rules = outside
    mark = (*rules, f"{signature.id}:{governor.lemma_.lower()}")
    operator = signature.negated if outer == "denied" else signature.affirmed
    if operator == "keep":
        return inner[0], inner[1] * 0.95, (*inner[2], *mark)
    if operator == "base":
        held = inner if outer in HELD or outer == "denied" else (outer, sure, rules)
        return held[0], held[1] * 0.9, (*inner[2], *mark)
    if operator == "aspect":
        return ("ongoing" if outer in HELD else outer), sure * 0.9, mark
    if operator == "obligation":
        past = grammar.verb_form(governor).tense == "past"
        return ("occurred" if past and outer == "occurred" else "proposed"), sure * 0.9, mark
    if operator == "same":
        if inner[0] == "denied":
            return "denied", sure * 0.8, (*inner[2], *mark)
        return outer, sure * 0.95, mark
    status = cast("Status", operator)
    if inner[0] == "denied":
        status = "denied" if status in ("planned", "occurred", "proposed") else status
    if outer not in (*HELD, "denied"):
        status = weaker(outer, status)
    return status, sure * 0.9, mark


_STRENGTH: tuple[Status, ...] = (
    "occurred",
    "ongoing",
    "planned",
    "proposed",
    "possible",
    "conditional",
    "hypothetical",
)


def weaker(outer: Status, inner: Status) -> Status:
    """Return the less certain of two readings: what may be planned is possible."""
    if inner == "denied":
        return "possible" if outer in ("possible", "conditional", "hypothetical") else "denied"
    return max(outer, inner, key=_STRENGTH.index)
