"""A sentence with its source and target marked, as the token numbers that the encoder reads.

The markers are entries that the vocabulary of BERT leaves unused; the sentence encoder is trained with them.
Following Baldini Soares et al. (2019), "Matching the Blanks", the state at each side's opening marker stands for
that side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]

# The longest input, in tokens; sentences of news rarely reach it.
LIMIT = 128
# What `shortened` keeps: of a party's words the first and the last ones, and so many tokens before the first party and
# after the last one.
KEPT_FIRST, KEPT_LAST = 1, 3
KEPT_BEFORE, KEPT_AFTER = 12, 14
CLS, SEP = 101, 102
# [unused1] ... [unused4] in the vocabulary: source opens, closes; target opens, closes.
SOURCE_OPENS, SOURCE_CLOSES, TARGET_OPENS, TARGET_CLOSES = 2, 3, 4, 5


class Encoding(Protocol):
    """What a tokenizer of the `tokenizers` library returns."""

    @property
    def ids(self) -> list[int]:
        """The numbers of the tokens."""
        ...


class Tokenizer(Protocol):
    """The part of a `tokenizers.Tokenizer` that is used."""

    def encode_batch(self, input: list[str], *, add_special_tokens: bool = True) -> Sequence[Encoding]:
        """Encode several texts."""
        ...


@dataclass(frozen=True, slots=True)
class Marked:
    """Token numbers, and the places of the source's and the target's first opening marker (0 where there is none)."""

    tokens: list[int]
    source: int
    target: int


def mark(
    tokenizer: Tokenizer, sentences: Sequence[tuple[str, Sequence[Span], Sequence[Span]]], limit: int = LIMIT
) -> list[Marked]:
    """Mark and encode sentences.

    Args:
        tokenizer: the encoder's tokenizer.
        sentences: for each the text, the spans of the source and the spans of the target (character offsets).
        limit: the longest result, in tokens; of a longer sentence the part around the marks is kept.
    """
    pieces: list[str] = []
    plans: list[list[int | None]] = []
    for text, source, target in sentences:
        plan: list[int | None] = []
        at = 0
        for offset, marker in _markers(source, target):
            if offset > at:
                pieces.append(text[at:offset])
                plan.append(None)
                at = offset
            plan.append(marker)
        if at < len(text):
            pieces.append(text[at:])
            plan.append(None)
        plans.append(plan)
    encoded = iter(tokenizer.encode_batch(pieces, add_special_tokens=False))
    return [_joined(plan, encoded, limit) for plan in plans]


def _markers(source: Sequence[Span], target: Sequence[Span]) -> list[tuple[int, int]]:
    """Return where which marker stands; what closes at an offset comes before what opens there."""
    found = []
    for spans, opens, closes in (
        (source, SOURCE_OPENS, SOURCE_CLOSES),
        (target, TARGET_OPENS, TARGET_CLOSES),
    ):
        for start, end in spans:
            found.append((start, 1, -end, opens))
            found.append((end, 0, -start, closes))
    return [(offset, marker) for offset, _, _, marker in sorted(found)]


def _joined(plan: Sequence[int | None], encoded: object, limit: int) -> Marked:
    tokens = [CLS]
    for marker in plan:
        tokens += next(encoded).ids if marker is None else [marker]  # type: ignore[call-overload]
    tokens.append(SEP)
    if len(tokens) > limit:
        marks = [i for i, t in enumerate(tokens) if SOURCE_OPENS <= t <= TARGET_CLOSES]
        middle = (marks[0] + marks[-1]) // 2 if marks else 0
        start = max(1, min(middle - limit // 2, len(tokens) - 1 - (limit - 2)))
        tokens = [CLS, *tokens[start : start + limit - 2], SEP]
    return Marked(tokens, _first(tokens, SOURCE_OPENS), _first(tokens, TARGET_OPENS))


def shortened(marked: Marked) -> Marked:
    """Return what the encoder needs of a marked sentence, for speed: long names cut in the middle, far words left out.

    What is done between two parties is told between and close to them, and the ends of a name say what kind of party
    it is ("Ukrainian ... troops").
    """
    tokens: list[int] = []
    at = 0
    while at < len(marked.tokens):
        token = marked.tokens[at]
        closes = {SOURCE_OPENS: SOURCE_CLOSES, TARGET_OPENS: TARGET_CLOSES}.get(token)
        if closes is None or closes not in marked.tokens[at:]:
            tokens.append(token)
            at += 1
            continue
        end = marked.tokens.index(closes, at)
        inside = marked.tokens[at + 1 : end]
        nested = any(SOURCE_OPENS <= t <= TARGET_CLOSES for t in inside)
        if len(inside) > KEPT_FIRST + KEPT_LAST and not nested:
            inside = [*inside[:KEPT_FIRST], *inside[-KEPT_LAST:]]
        tokens += [token, *inside, closes]
        at = end + 1
    marks = [i for i, t in enumerate(tokens) if SOURCE_OPENS <= t <= TARGET_CLOSES]
    if marks:
        start, stop = max(1, marks[0] - KEPT_BEFORE), min(len(tokens) - 1, marks[-1] + 1 + KEPT_AFTER)
        tokens = [CLS, *tokens[start:stop], SEP]
    return Marked(tokens, _first(tokens, SOURCE_OPENS), _first(tokens, TARGET_OPENS))


def _first(tokens: Sequence[int], marker: int) -> int:
    return tokens.index(marker) if marker in tokens else 0
