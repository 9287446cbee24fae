"""The fields of an event in the order in which they are explained, each as words, and what their bases mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.exporting import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.model import Document, Event

FIELDS = (
    "type", "mode", "contexts", "actors", "recipients", "reciprocal", "status", "content_status",
    "historical", "time", "place", "attribution", "medium", "topics", "intensity", "cameo", "confidence",
    "duplicates",
)  # fmt: skip
# What the codebook entry itself says, unless a reason says otherwise.
FROM_ENTRY = ("type", "mode", "contexts", "reciprocal", "intensity", "cameo")
BASES = {
    "stated": "stated in the text",
    "inferred": "inferred",
    "metadata": "from the article's data",
    "absent": "not in the text",
}


def fields_of(event: Event) -> list[str]:
    """Return the names of an event's fields: the usual ones in order, then those that its reasons add."""
    return [*FIELDS, *sorted(set(event.why.fields) - set(FIELDS))]


def value_of(document: Document, event: Event, name: str) -> str | None:
    """Return the value of a field as words; None when it has none."""
    special: dict[str, Callable[[], str]] = {
        "type": lambda: event.type,
        "contexts": lambda: ", ".join(event.contexts),
        "actors": lambda: wording.parties(event.actors, none=""),
        "recipients": lambda: wording.parties(event.recipients, none=""),
        "reciprocal": lambda: "yes" if event.reciprocal else "",
        "historical": lambda: "yes" if event.historical else "no",
        "time": lambda: wording.time_of(document, event.time),
        "place": lambda: wording.place_of(event.place),
        "attribution": lambda: wording.claim_of(document, event.attribution) or "the article itself",
        "medium": lambda: wording.words_of(document, event.medium) if event.medium else "",
        "topics": lambda: "; ".join(wording.safe(document.text[t.start : t.end]) for t in event.topics),
        "duplicates": lambda: ", ".join(event.duplicates),
        "confidence": lambda: f"{event.confidence:.2f}",
    }
    if name in special:
        return special[name]() or None
    value = getattr(event, name, None)
    return None if value is None else str(value)
