"""The status ladder of a dossier, each step with the sentence behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.corpus.claiming import Claiming
from dragoman.corpus.dossier_record import Rung
from dragoman.corpus.rungs import steps_of
from dragoman.corpus.telling import FIRM, says_resumed

if TYPE_CHECKING:
    from dragoman.corpus.claiming import Part
    from dragoman.corpus.dossier_record import Quote


def ladder_of(parts: list[Part]) -> list[Rung]:
    """Return the steps of some parts in order of report, each with the sentence behind it."""
    return [
        Rung(parts[n].date, status, move, _quote(parts[n]))
        for n, status, move in steps_of(p.joined.telling for p in parts)
    ]


def _quote(part: Part) -> Quote:
    """Return the sentence that says the status: its own words, or a date that implies it, or the first."""
    reading = Claiming(part)
    quotes = [
        (s.background, s.weak, not says_resumed(quote.sentence), quote)
        for s in part.process.stages
        if s.status == part.process.status
        for quote in [reading.quote(s.start, s.end, s.attribution)]
    ]
    if quotes:
        return min(quotes, key=lambda item: item[:3])[3]
    dated = [t for t in part.process.timings if t.status in FIRM]
    if dated:
        return reading.quote(dated[0].start, dated[0].end, dated[0].attribution)
    first = part.process.evidence[0]
    return reading.quote(first.start, first.end, None)
