"""How parts of a record are worded for a person, in the view and in explanations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.model import (
        Document,
        Event,
        EventTime,
        Participant,
        Party,
        Place,
        Process,
        Purpose,
        Span,
        Timing,
        Topic,
        Unknown,
    )

SENTENCE_SHOWN = 600
AROUND_UNKNOWN = 60
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
    """Return an actor with country and sectors: `Sergei Lavrov (RUS:GOV)`."""
    code = ":".join(filter(None, (one.country, "/".join(one.sectors))))
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
    if event.content_status and event.content_status != event.status:
        parts.append(f"content {event.content_status}")
    if event.historical:
        parts.append("background")
    return ", ".join(parts)


def title_of(document: Document) -> str:
    """Return the title; where the article's data give none, its headline; empty when there is none."""
    if document.title:
        return safe(document.title)
    headline = next((s for s in document.segments if s.kind == "headline"), None)
    return safe(document.text[headline.start : headline.end]) if headline else ""


def time_of(document: Document, time: EventTime | None) -> str:
    """Return a time with the words it comes from; empty when there is none."""
    if time is None:
        return ""
    when = dates(time.value, time.earliest, time.latest)
    if time.from_ == "publication":
        return f"{when} (from the publication date)" if when else ""
    timex = document.times[time.from_]
    quoted = safe(document.text[timex.start : timex.end])
    return f"{when} (“{quoted}”)" if when else f"“{quoted}”"


def dates(value: str | None, earliest: str | None, latest: str | None) -> str:
    """Return a day, period or bound as words: `2020-07-13`, `by 2020-07-13`; empty when nothing is known."""
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
        who = "a source not named"
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


def participant(name: str, one: Participant) -> str:
    """Return a participant of a process with role and commitment: `Kenya (host, agreed)`."""
    commitment = "" if one.commitment == "unknown" else f", {one.commitment}"
    return safe(f"{name} ({one.role}{commitment})")


def timings_of(document: Document, process: Process) -> list[str]:
    """Return when a process takes place: the best time, unless a statement says it, and every statement."""
    told = [_timing(document, timing) for timing in process.timings]
    time = process.time
    if time is not None:
        spans = [(t.start, t.end) for t in process.timings]
        timex = None if time.from_ == "publication" else document.times[time.from_]
        if timex is None or not any(s < timex.end and timex.start < e for s, e in spans):
            told.insert(0, time_of(document, time))
    return [words for words in told if words]


def _timing(document: Document, timing: Timing) -> str:
    when = dates(timing.value, timing.earliest, timing.latest)
    words = f"“{safe(document.text[timing.start : timing.end])}”"
    said = claim_of(document, timing.attribution)
    when = f"{when} ({words})" if when else words
    return f"{when}, {timing.status}" + (f", says {said}" if said else "")


def statement_of(document: Document, one: Purpose | Topic) -> str:
    """Return words that tell a purpose, topic or outcome of a process, with who says so."""
    said = claim_of(document, one.attribution)
    return f"“{safe(document.text[one.start : one.end])}”" + (f", says {said}" if said else "")


def unknown_of(document: Document, unknown: Unknown) -> str:
    """Return what the text says is not known: the field, and its words with some of their sentence."""
    start, end = unknown.start, unknown.end
    sentence = next((s for s in document.sentences if s.start <= start < s.end), unknown)
    first, last = min(sentence.start, start), max(sentence.end, end)
    before, after = document.text[first:start], document.text[end:last]
    if len(before) > AROUND_UNKNOWN:
        before = "… " + before[-AROUND_UNKNOWN:].partition(" ")[2]
    if len(after) > AROUND_UNKNOWN:
        after = after[:AROUND_UNKNOWN].rpartition(" ")[0] + " …"
    return f"{unknown.field}: “{safe(before + document.text[start:end] + after).strip()}”"


def rule(name: str) -> str:
    """Return the name of a rule as words: `modal:would+commitment` is `modal “would”, commitment`."""
    if " " in name or "/" in name:
        return safe(name)
    parts = (part.partition(":") for part in name.split("+"))
    return safe(", ".join(f"{kind} “{word}”" if word else kind for kind, _, word in parts))


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
