"""The part of a sentence that tells one act, where it tells several: the encoder is to read that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import Sentence
    from dragoman.syntax import Token

Span = tuple[int, int]


def without_other_acts(
    sentence: Sentence, verb: Token, sides: Sequence[Sequence[Span]]
) -> tuple[str, list[list[Span]]]:
    """Return a sentence without the predicates that are coordinated with a verb, and the marked parties in it.

    Of "The minister visited Kyiv and offered to help Moscow" the visit is "The minister visited Kyiv".

    Args:
        sentence: the parsed sentence.
        verb: the verb of the act.
        sides: spans of the parties, by side, counted from the beginning of the sentence.

    Returns:
        the text, and the spans in it; the whole sentence where a party stands in what would be left out.
    """
    left_out = {t.i for other in _others(verb) for t in other}
    whole = sentence.text, [list(side) for side in sides]
    if not left_out:
        return whole
    text, moved = "", {}
    for token in verb.doc:
        if token.i not in left_out:
            moved[token.idx] = len(text)
            text += token.text + token.whitespace_
    found: list[list[Span]] = []
    for side in sides:
        found.append([])
        for start, end in side:
            if start not in moved or any(start <= t.idx < end and t.i in left_out for t in verb.doc):
                return whole
            found[-1].append((moved[start], moved[start] + end - start))
    return text, found


def _others(verb: Token) -> list[list[Token]]:
    """Return the words of each predicate beside a verb, with the "and" that joins it."""
    found: list[list[Token]] = []
    for other in grammar.children(verb, "conj"):
        if other.pos_ in ("VERB", "AUX") and other.i > verb.i:
            joints = [c for c in grammar.children(verb, "cc", "punct") if verb.i < c.i < other.left_edge.i]
            found.append([*joints[-1:], *other.subtree])
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and verb.head.i < verb.i:
        first = verb.head
        own = {t.i for t in verb.subtree}
        shared = grammar.children(first, "nsubj", "nsubjpass")
        keeps = (
            set()
            if grammar.children(verb, "nsubj", "nsubjpass")
            else {t.i for s in shared for t in s.subtree}
        )
        found.append([t for t in first.subtree if t.i not in own and t.i not in keeps and t.i < verb.i])
    return found
