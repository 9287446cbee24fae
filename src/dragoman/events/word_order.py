"""Patterns of words in order around the head of a trigger, as event dictionaries have them.

A pattern is a line of lower-case words with one `*`, the head: `said would * attack`. A space allows other
words in between, `_` does not (`has * no_wish`). `$name` is a word list of the codebook (one without `_`
in its name). `{actor}`,
`{recipient}` and `{parties}` stand for the party named there, which then fills that role; `{any}` for a
noun that counts for nothing. Words match the form or the lemma of a token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from dragoman.syntax import Parse, Token

HEAD = "*"
ACTOR, RECIPIENT, PARTIES, OTHER = "{actor}", "{recipient}", "{parties}", "{any}"
SLOTS = (ACTOR, RECIPIENT, PARTIES, OTHER)
_PIECE = re.compile(r"\s+|_|[^\s_]+")
_LIST = re.compile(r"\$([a-z0-9-]*)")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a pattern: ways to say it (each one or more words), or a slot.

    `near`: it stands right beside the element that is nearer to the head.
    """

    ways: tuple[tuple[str, ...], ...]
    slot: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class WordOrder:
    """A pattern read: the elements before the head, nearest first, and those after it."""

    before: tuple[Element, ...]
    after: tuple[Element, ...]

    @property
    def size(self) -> int:
        """How many elements it asks for besides its head."""
        return len(self.before) + len(self.after)

    def may_stand_among(self, words: frozenset[str]) -> bool:
        """Tell whether some way of every element has all its words among those of a sentence."""
        return all(
            e.slot or any(words.issuperset(way) for way in e.ways) for e in (*self.before, *self.after)
        )

    @property
    def slots(self) -> frozenset[str]:
        """The slots it fills."""
        return frozenset(e.slot for e in (*self.before, *self.after) if e.slot)


@dataclass(slots=True)
class Found:
    """Where a pattern was found: its words, and the parties that its slots name."""

    tokens: list[Token] = field(default_factory=list)
    slots: dict[str, list[Token]] = field(default_factory=dict)
    size: int = 0


def list_names(pattern: str) -> list[str]:
    """Return the names of the word lists that a pattern refers to."""
    return _LIST.findall(pattern)


def problem_of(pattern: str) -> str | None:
    """Say what is wrong with the writing of a pattern, or return None."""
    pieces = [p for p in _PIECE.findall(pattern) if not p.isspace() and p != "_"]
    if pieces.count(HEAD) != 1:
        return "a pattern has one * for the head of its trigger"
    wrong = next((p for p in pieces if p.startswith("{") and p not in SLOTS), None)
    if wrong is not None:
        return f"{wrong} is no slot; slots: {', '.join(SLOTS)}"
    return None


def read_pattern(pattern: str, lists: Mapping[str, Sequence[str]]) -> WordOrder:
    """Read a pattern that `problem_of` finds nothing wrong with; `lists` are the word lists by name."""
    before: list[Element] = []
    after: list[Element] = []
    near = False
    seen_head = False
    for piece in _PIECE.findall(pattern.strip()):
        if piece.isspace():
            near = False
        elif piece == "_":
            near = True
        elif piece == HEAD:
            seen_head = True
            before = [*before, Element((), near=near)]
        else:
            target = after if seen_head else before
            target.append(_element(piece, lists, near=near))
            near = False
            continue
        if piece == HEAD:
            near = False
    # Before the head an element is near to the one that follows it, so the marks move one to the left.
    marks = [e.near for e in before[1:]]
    elements = [Element(e.ways, e.slot, near=mark) for e, mark in zip(before, marks, strict=False)]
    return WordOrder(tuple(reversed(elements)), tuple(after))


def _element(piece: str, lists: Mapping[str, Sequence[str]], *, near: bool) -> Element:
    if piece in SLOTS:
        return Element((), piece, near)
    if piece.startswith("$"):
        items = lists.get(piece[1:], ())
        return Element(tuple(tuple(i.replace("-", " - ").split()) for i in items), near=near)
    return Element((tuple(piece.replace("-", " - ").split()),), near=near)


def read_patterns(patterns: Iterable[str], lists: Mapping[str, Sequence[str]]) -> tuple[WordOrder, ...]:
    """Return patterns read, the longest first, so that the one that asks for most is found."""
    read = [read_pattern(pattern, lists) for pattern in patterns]
    return tuple(sorted(read, key=lambda order: -order.size))


def find(orders: Sequence[WordOrder], head: Token, parties: AbstractSet[int] = frozenset()) -> Found | None:
    """Return where the first of several patterns stands around a head; `parties` are tokens that name one."""
    words = head.doc.vocabulary
    for order in orders:
        if not order.may_stand_among(words):
            continue
        found = Found(size=order.size)
        clause = _reach(head)
        if _walk(order.before, 0, head, -1, (0, head.i), parties, found) and _walk(
            order.after, 0, head, 1, (head.i + 1, clause), parties, found
        ):
            return found
    return None


def _reach(head: Token) -> int:
    """Return where the words that belong to a head end."""
    return max(head.right_edge.i, grammar.first_conjunct(head).right_edge.i) + 1


def _walk(
    elements: Sequence[Element],
    at: int,
    from_: Token,
    way: int,
    limits: tuple[int, int],
    parties: AbstractSet[int],
    found: Found,
) -> bool:
    """Place the elements from `at` on, walking away from the head; undo what leads nowhere."""
    if at == len(elements):
        return True
    element = elements[at]
    doc = from_.doc
    position = from_.i + way
    while limits[0] <= position < limits[1]:
        for span in _spans(element, doc, position, way, limits, parties):
            edge = span[-1] if way > 0 else span[0]
            tokens, slots = len(found.tokens), dict(found.slots)
            if element.slot:
                found.slots = {**found.slots, element.slot: [*found.slots.get(element.slot, []), span[-1]]}
            else:
                found.tokens.extend(span)
            if _walk(elements, at + 1, edge, way, limits, parties, found):
                return True
            del found.tokens[tokens:]
            found.slots = slots
        if element.near:
            return False
        position += way
    return False


def _spans(
    element: Element,
    doc: Parse,
    position: int,
    way: int,
    limits: tuple[int, int],
    parties: AbstractSet[int],
) -> list[list[Token]]:
    """Return the tokens that an element may take, the first of them (by the way walked) at a position."""
    if element.slot:
        token = doc[position]
        fits = token.pos_ in _NOUNS if element.slot == OTHER else token.i in parties
        return [[token]] if fits else []
    spans: list[list[Token]] = []
    for words in element.ways:
        start = position if way > 0 else position - len(words) + 1
        if start < limits[0] or start + len(words) > limits[1]:
            continue
        span = [doc[i] for i in range(start, start + len(words))]
        if all(w in (t.lower_, t.lemma_.lower()) for w, t in zip(words, span, strict=True)):
            spans.append(span)
    return spans
