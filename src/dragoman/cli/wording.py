"""How parts of a record are worded for a person, in the view and in explanations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.model import Document, Event, EventTime, Party, Place, Span

SENTENCE_SHOWN = 600
# Articles can hold terminal commands and characters that reorder a line; neither may reach the terminal.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_BLANKS = re.compile(r"\s+")


def safe(words: str) -> str:
    """Return words on one line, with control and reordering characters replaced."""
    return _UNSAFE.sub("\ufffd", _BLANKS.sub(" ", words))


def words_of(document: Document, span: Span) -> str:
    """Return the words of a span, for display."""
    return safe(document.text[span.start : span.end])


def party(one: Party) -> str:
    """Return an actor with country and sectors: `Sergei Lavrov (RUS GOV)`."""
    code = " ".join(filter(None, (one.country, "/".join(one.sectors))))
    return safe(f"{one.name} ({code})" if code else one.name)


def parties(several: Iterable[Party], none: str = "nobody named") -> str:
    """Return several actors, or what stands for none."""
    return ", ".join(party(one) for one in several) or none


def type_of(event: Event) -> str:
    """Return type and mode: `CONSULT-phone`."""
    return f"{event.type}-{event.mode}" if event.mode else event.type


def status_of(event: Event) -> str:
    """Return status, the status of the content, and whether it is told as background."""
    parts: list[str] = [event.status]
    if event.content_status:
        parts.append(f"content {event.content_status}")
    if event.historical:
        parts.append("background")
    return ", ".join(parts)


def time_of(document: Document, time: EventTime | None) -> str:
    """Return a time with the words it comes from; empty when there is none."""
    if time is None:
        return ""
    when = _dates(time.value, time.earliest, time.latest)
    if time.from_ == "publication":
        return f"{when} (from the publication date)" if when else ""
    timex = document.times[time.from_]
    quoted = safe(document.text[timex.start : timex.end])
    return f"{when} (“{quoted}”)" if when else f"“{quoted}”"


def _dates(value: str | None, earliest: str | None, latest: str | None) -> str:
    if value and (value[:1].isdigit() or not (earliest or latest)):
        return "" if value.startswith("X") else value  # XXXX-WXX-1: a Monday, it is not known which
    if earliest and latest:
        return earliest if earliest == latest else f"{earliest} to {latest}"
    if latest:
        return f"by {latest}"
    return f"from {earliest} on" if earliest else ""


def place_of(place: Place | None) -> str:
    """Return a place with its country; empty when there is none."""
    if place is None:
        return ""
    return safe(f"{place.name} ({place.country})" if place.country else place.name)


def claim_of(document: Document, attribution: str | None) -> str:
    """Return who says so, from the innermost to the outermost: `Putin, according to State Department`."""
    said = {a.id: a for a in document.attributions}
    names = {entity.id: safe(entity.name) for entity in document.entities}
    parts: list[str] = []
    while attribution is not None:
        one = said[attribution]
        who = "somebody not named"
        if one.source:
            who = safe(document.text[one.source.start : one.source.end])
            name = names.get(one.source.entity or "", who)
            if name.lower() not in who.lower():
                who = f"{name} (“{who}”)"
        notes: list[str] = [] if one.stance == "asserts" else [one.stance]
        if one.kind != "indirect":
            notes.append(f"{one.kind} quote")
        parts.append(f"{who} ({', '.join(notes)})" if notes else who)
        attribution = one.parent
    return ", according to ".join(parts)


def around(document: Document, event: Event) -> tuple[str, str, str]:
    """Return the sentence of an event: what is before the trigger, the trigger, what is after it."""
    sentence = document.sentences[event.sentence]
    start, end = event.trigger.start, event.trigger.end
    first, last = min(sentence.start, start), max(sentence.end, end)
    before, after = safe(document.text[first:start]), safe(document.text[end:last])
    if len(before) + len(after) > SENTENCE_SHOWN:
        half = SENTENCE_SHOWN // 2
        before = "… " + before[-half:] if len(before) > half else before
        after = after[:half] + " …" if len(after) > half else after
    return before.lstrip(), safe(document.text[start:end]), after.rstrip()
