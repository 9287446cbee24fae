"""A record as one piece of HTML for notebooks: the text with its marks, and a table of the events.

Articles are data, never markup: every word of an article is escaped, nothing is loaded from anywhere, and
there is no script. Characters that would reorder what one sees are shown by their number instead.
"""

from __future__ import annotations

import html
import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.exporting import wording
from dragoman.exporting.rows import duplicate_heads, happenings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.model import Document, Event, Party, Process

SHOWN = 200_000
# Translucent colours with the text's own colour on them can be read on light and on dark pages.
COLOURS = {
    "trigger": "background:rgba(230,120,0,.35);font-weight:600",
    "actor": "background:rgba(50,120,220,.28)",
    "recipient": "background:rgba(150,80,200,.28)",
    "time": "background:rgba(0,150,110,.25)",
    "place": "background:rgba(120,140,30,.28)",
    "source": "border-bottom:2px dotted rgba(200,40,90,.9)",
}
CELL = "text-align:left;vertical-align:top;padding:.25em .6em;border-bottom:1px solid rgba(128,128,128,.35)"
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Mark(NamedTuple):
    """A stretch of the text to be marked, why, and what its tooltip says."""

    start: int
    end: int
    kind: str
    title: str


def page(document: Document) -> str:
    """Return a record as self-contained HTML: heading, marked text, events, warnings."""
    shown = min(len(document.text), SHOWN)
    told = len(happenings(document))
    facts = [document.date, document.source, f"{told} event" if told == 1 else f"{told} events"]
    parts = [
        '<div class="dragoman" style="max-width:60em;line-height:1.5">',
        f'<p style="margin:.3em 0"><strong>{text(wording.title_of(document) or document.id)}</strong><br>'
        f'<span style="opacity:.75">{text(" · ".join(f for f in facts if f))}</span></p>',
        f'<p style="margin:.3em 0;font-size:.85em">{_legend()}</p>',
        '<div style="white-space:pre-wrap;unicode-bidi:isolate;overflow-wrap:anywhere">',
        _marked(document, shown),
        "</div>",
    ]
    if shown < len(document.text):
        parts.append(f"<p><em>{len(document.text) - shown} more characters are not shown.</em></p>")
    parts.append(_table(document))
    parts.extend(_process(document, process) for process in document.processes)
    if document.warnings:
        parts.append('<ul style="font-size:.9em">')
        parts.extend(f"<li>{text(warning)}</li>" for warning in document.warnings)
        parts.append("</ul>")
    parts.append("</div>")
    return "".join(parts)


def text(words: str) -> str:
    """Return words as HTML text: escaped, and with reordering and control characters made visible."""
    escaped = html.escape(words, quote=True)
    escaped = _REORDERING.sub(lambda m: f'<code style="opacity:.6">U+{ord(m[0]):04X}</code>', escaped)
    return _CONTROL.sub("\ufffd", escaped)


def attribute(words: str) -> str:
    """Return words for a double-quoted attribute."""
    return html.escape(_CONTROL.sub("\ufffd", _REORDERING.sub("\ufffd", words)), quote=True)


def marks(document: Document) -> list[Mark]:
    """Return what is to be marked in the text, in no particular order; marks may overlap."""
    found: list[Mark] = []
    for event in document.events:
        name = wording.type_of(event)
        found.append(
            Mark(event.trigger.start, event.trigger.end, "trigger", f"{event.id}: {name}, {event.status}")
        )
        found.extend(_parties(event, event.actors, "actor"))
        found.extend(_parties(event, event.recipients, "recipient"))
        if event.place:
            title = f"{event.id}: place {event.place.name} {event.place.country or ''}".strip()
            found.append(Mark(event.place.start, event.place.end, "place", title))
    for timex in document.times:
        found.append(Mark(timex.start, timex.end, "time", f"{timex.type} {timex.value}"))
    names = {entity.id: entity.name for entity in document.entities}
    for said in document.attributions:
        if said.source:
            who = names.get(said.source.entity or "", "unknown entity")
            title = f"{said.id}: {who} {said.stance} ({said.kind})"
            found.append(Mark(said.source.start, said.source.end, "source", title))
    return found


def _parties(event: Event, parties: Iterable[Party], kind: str) -> Iterable[Mark]:
    for party in parties:
        code = ":".join(filter(None, (party.country, ",".join(party.sectors))))
        yield Mark(party.start, party.end, kind, f"{event.id}: {kind} {party.name} {code}".strip())


def _marked(document: Document, shown: int) -> str:
    """Cut the text at every edge of a mark, and mark each piece by what covers it."""
    found = [m for m in marks(document) if m.start < m.end and m.start < shown]
    dim = [s for s in document.segments if s.kind not in ("body", "headline") and s.start < shown]
    edges = {0, shown}
    edges.update(min(edge, shown) for m in found for edge in (m.start, m.end))
    edges.update(min(edge, shown) for s in dim for edge in (s.start, s.end))
    opening: dict[int, list[Mark]] = {}
    for mark in found:
        opening.setdefault(mark.start, []).append(mark)
    places = sorted(edges)
    live: list[Mark] = []
    parts: list[str] = []
    for start, end in itertools.pairwise(places):
        live = [m for m in live if m.end > start] + opening.get(start, [])
        piece = text(document.text[start:end])
        if any(s.start <= start < s.end for s in dim):
            piece = f'<span style="opacity:.55">{piece}</span>'
        parts.append(_span(live, piece) if live else piece)
    return "".join(parts)


def _span(live: list[Mark], piece: str) -> str:
    kinds = [kind for kind in COLOURS if any(m.kind == kind for m in live)]
    # One background only: the first kind of COLOURS wins; a source's underline goes with any of them.
    style = ";".join(dict.fromkeys([COLOURS[kinds[0]], *(COLOURS[k] for k in kinds if k == "source")]))
    title = "\n".join(dict.fromkeys(m.title for m in live))
    return (
        f'<span class="dragoman-{kinds[0]}" style="{style};border-radius:.2em" '
        f'title="{attribute(title)}">{piece}</span>'
    )


def _legend() -> str:
    return " ".join(f'<span style="{style};padding:0 .3em">{kind}</span>' for kind, style in COLOURS.items())


def _table(document: Document) -> str:
    shown = happenings(document)
    if not shown:
        return "<p><em>No event.</em></p>"
    told_again: dict[str, int] = {}
    for head in duplicate_heads(document.events).values():
        told_again[head] = told_again.get(head, 0) + 1
    heads = ("", "actors", "type", "recipients", "status", "when", "where", "says who", "confidence")
    parts = [
        '<div style="overflow-x:auto;margin:1em 0">',
        '<table style="border-collapse:collapse;font-size:.92em"><thead><tr>',
        *(f'<th style="{CELL}">{name}</th>' for name in heads),
        "</tr></thead><tbody>",
    ]
    for event in shown:
        again = told_again.get(event.id, 0)
        cells = (
            event.id,
            wording.parties(event.actors),
            wording.type_of(event) + (f" (told {again + 1} times)" if again else ""),
            "each other"
            if event.reciprocal and not event.recipients
            else wording.parties(event.recipients, none=""),
            wording.status_of(event),
            _when(event),
            wording.place_of(event.place),
            wording.claim_of(document, event.attribution) or "the article itself",
            f"{event.confidence:.2f}",
        )
        parts.append("<tr>")
        parts.extend(f'<td style="{CELL};unicode-bidi:isolate">{text(cell)}</td>' for cell in cells)
        parts.append("</tr>")
    parts.append("</tbody></table></div>")
    return "".join(parts)


def _when(event: Event) -> str:
    time = event.time
    # Hyphens that do not break keep a date on one line.
    return wording.dates(time.value, time.earliest, time.latest).replace("-", "\u2011") if time else ""


def _process(document: Document, process: Process) -> str:
    names = {entity.id: entity.name for entity in document.entities}
    facts = [("who", wording.participant(names[p.entity], p)) for p in process.participants]
    facts += [("when", when) for when in wording.timings_of(document, process)]
    facts += [("where", wording.place_of(process.place))] if process.place else []
    about = (("about", topic) for topic in process.topics)
    told = (("for", process.purpose), ("outcome", process.outcome), *about)
    facts += [(name, wording.statement_of(document, one)) for name, one in told if one]
    facts += [("not known", wording.unknown_of(document, unknown)) for unknown in process.unknowns]
    facts += [("events", ", ".join(process.events))] if process.events else []
    head = f"{process.kind}: {wording.safe(process.name)} ({process.status})"
    gathered: dict[str, list[str]] = {}
    for name, words in facts:
        gathered.setdefault(name, []).append(words)
    lines = "".join(f"<li>{name}: {text('; '.join(words))}</li>" for name, words in gathered.items())
    return f'<div style="font-size:.92em"><strong>{text(head)}</strong><ul>{lines}</ul></div>'
