"""The text of an article cut into pieces, so that every field of a coding can be shown on the words it came from."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Protocol

import msgspec

from dragoman.exporting import reasons, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.model import Document, Event, Reason

# Longer texts are cut: a browser cannot show them well, and nobody reads them here.
SHOWN = 200_000
# The colour of a field. Of several on the same words the first of this order is seen.
KINDS = {
    "type": "trigger", "mode": "trigger", "actors": "actor", "recipients": "recipient", "reciprocal": "actor",
    "time": "time", "place": "place", "attribution": "claim", "medium": "claim",
}  # fmt: skip
ORDER = ("trigger", "actor", "recipient", "time", "place", "claim", "other")


class Marked(Protocol):
    """A part of the record that lies on words of the text."""

    @property
    def start(self) -> int:
        """Where the words begin."""

    @property
    def end(self) -> int:
        """Where the words end."""


class Field(msgspec.Struct, frozen=True):
    """A field of a coding: its value, what decided it, and the words (start, end) it came from."""

    name: str
    value: str | None
    kind: str
    basis: str
    rule: str
    spans: tuple[tuple[int, int], ...]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the text on which the same marks lie.

    `kind`: the colour, empty for none; `fields`: what the words decide, by name; `number`: counts the marked pieces;
    `first_of`: fields whose first words these are (links lead here); `coding`: the coding whose trigger the words are;
    `dim`: no part of the report (byline, agency, boilerplate).
    """

    text: str
    kind: str = ""
    fields: tuple[str, ...] = ()
    first_of: tuple[str, ...] = ()
    coding: str = ""
    dim: bool = False


def fields(document: Document, event: Event) -> tuple[Field, ...]:
    """Return the fields of a coding that have a value or a reason, in their usual order."""
    found = []
    for name in reasons.fields_of(event):
        reason = event.why.fields.get(name)
        value = reasons.value_of(document, event, name)
        if value is None and reason is None:
            continue
        basis, rule = _because(name, reason)
        spans = sorted({(s.start, s.end) for s in _words(document, event, name, reason) if s.start < s.end})
        found.append(Field(name, value, KINDS.get(name, "other"), basis, rule, tuple(spans)))
    return tuple(found)


def _because(name: str, reason: Reason | None) -> tuple[str, str]:
    if reason is not None:
        return reasons.BASES[reason.basis], wording.rule(reason.rule)
    return ("", "from the codebook entry") if name in reasons.FROM_ENTRY else ("", "")


def _words(document: Document, event: Event, name: str, reason: Reason | None) -> Iterator[Marked]:
    """Yield the words of a field: those that its reason names, and those that the record gives it."""
    if reason is not None:
        yield from reason.evidence
    if name == "type":
        yield event.trigger
    elif name in ("actors", "recipients"):
        yield from getattr(event, name)
    elif name == "time" and event.time is not None and event.time.from_ != "publication":
        yield document.times[event.time.from_]
    elif name == "place" and event.place is not None:
        yield event.place
    elif name == "attribution":
        yield from _claim(document, event.attribution)
    elif name == "medium" and event.medium is not None:
        yield event.medium
    elif name == "topics":
        yield from event.topics


def _claim(document: Document, attribution: str | None) -> Iterator[Marked]:
    """Yield who says it and the words that say that, from the innermost to the outermost."""
    by_id = {one.id: one for one in document.attributions}
    while attribution is not None:
        one = by_id[attribution]
        if one.source is not None:
            yield one.source
        if one.cue is not None:
            yield one.cue
        attribution = one.parent


def pieces(document: Document, chosen: Iterable[Field], codings: Iterable[Event]) -> tuple[Piece, ...]:
    """Cut the text at every edge of a mark.

    Args:
        document: the record.
        chosen: the fields of the coding that is shown.
        codings: all codings, whose triggers lead to them.
    """
    shown = min(len(document.text), SHOWN)
    shown_fields = tuple(chosen)
    marks = [(start, end, field) for field in shown_fields for start, end in field.spans if start < shown]
    triggers = [(e.trigger.start, e.trigger.end, e.id) for e in codings if e.trigger.start < shown]
    dim = [(s.start, s.end) for s in document.segments if s.kind not in ("body", "headline")]
    edges = {0, shown}
    for start, end in (*(mark[:2] for mark in marks), *(trigger[:2] for trigger in triggers), *dim):
        edges.update((min(start, shown), min(end, shown)))
    seen: set[str] = set()
    found: list[Piece] = []
    for start, end in itertools.pairwise(sorted(edges)):
        over = [field for first, last, field in marks if first < end and start < last]
        names = tuple(dict.fromkeys(field.name for field in over))
        kinds = {field.kind for field in over}
        found.append(
            Piece(
                text=document.text[start:end],
                kind=next((kind for kind in ORDER if kind in kinds), ""),
                fields=names,
                first_of=tuple(name for name in names if name not in seen),
                coding=next((name for first, last, name in triggers if first < end and start < last), ""),
                dim=any(first <= start < last for first, last in dim),
            )
        )
        seen.update(names)
    return tuple(found)
