"""A dossier out of the articles that tell of one process."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dragoman.corpus import claim_matrix, commitments, ladder, stated
from dragoman.corpus.claiming import DATE, FORMAT, PLACE, PURPOSE, TOPIC, claims_of
from dragoman.corpus.dossier_record import Dossier, DossierReport, Moment
from dragoman.corpus.naming import dossier_name
from dragoman.processes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.corpus.claiming import Part
    from dragoman.corpus.dossier_record import (
        Claim,
        Contradiction,
        DossierParty,
        Question,
        Rung,
        Stated,
    )
    from dragoman.corpus.joining import Joined

# What the timeline tells, in the order in which one sentence is read.
FIELDS = ("status", "party", "date", "place", "format", "unknown", "answered", "contradiction")
_NEW_RUNGS = ("agreed", "scheduled", "ongoing")


def id_of(joined: Sequence[Joined]) -> str:
    """Return the id of a dossier: a hash of its first report, so that what comes later does not change it."""
    first = joined[0].telling
    data = "\x1f".join((first.article, first.process, first.kind, first.name)).encode()
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def kind_of(joined: Sequence[Joined]) -> str:
    """Return the kind that most articles give, of equals the one told first."""
    kinds = [j.telling.kind for j in joined]
    return max(dict.fromkeys(kinds), key=kinds.count)


def build(parts: list[Part], as_of: str | None = None) -> Dossier:
    """Return the dossier of some parts, which are in order of date; `as_of` leaves out later articles.

    Copies of a text count as reports but say nothing of their own. Raises `ValueError` without parts.
    """
    told = [p for p in parts if as_of is None or (p.date and p.date <= as_of)]
    if not told:
        raise ValueError("a dossier needs at least one article")
    own = [p for p in told if p.copy_of is None] or told
    joined = [p.joined for p in told]
    claims = claims_of(own)
    steps = ladder.ladder_of(own)
    matrix = claim_matrix.matrix_of(claims, steps)
    last = max(p.date for p in told)
    day = as_of or last
    dates = stated.stated_of(claims, DATE, steps, day)
    places = stated.stated_of(claims, PLACE, steps, day)
    parties = commitments.parties_of(own, claims, places)
    unknowns = stated.questions_of(claims, steps)
    return Dossier(
        id=id_of(joined),
        kind=kind_of(joined),
        name=dossier_name([j.telling for j in joined]),
        as_of=as_of,
        first=min(p.date for p in told) or None,
        last=last or None,
        sources=len({p.wire for p in told}),
        status=steps[-1].status,
        resumed=_is_resumed(steps),
        overdue=_is_overdue(steps, dates),
        ladder=tuple(steps),
        parties=tuple(parties),
        dates=tuple(dates),
        places=tuple(places),
        purposes=tuple(stated.abouts_of(claims, PURPOSE)),
        topics=tuple(stated.abouts_of(claims, TOPIC)),
        unknowns=tuple(unknowns),
        contradictions=matrix.contradictions,
        timeline=tuple(_timeline(steps, parties, dates, places, claims, unknowns, matrix.contradictions)),
        reports=tuple(_report(p) for p in told),
        matrix=matrix,
    )


def _report(part: Part) -> DossierReport:
    document, process, joined = part.document, part.process, part.joined
    return DossierReport(
        document.id,
        process.id,
        part.date,
        document.source,
        document.title,
        process.name,
        process.status,
        joined.score,
        joined.reason,
        part.copy_of,
    )


def _is_resumed(steps: list[Rung]) -> bool:
    """Tell whether it was taken up again after its last stop."""
    ends = lexicon().ends
    stops = [n for n, step in enumerate(steps) if step.status in ends]
    return bool(stops) and stops[-1] < len(steps) - 1


def _is_overdue(steps: list[Rung], dates: list[Stated]) -> bool:
    """Tell whether the firm dates that were not put off have all passed, and nobody says what came of it."""
    standing = [d.standing for d in dates if d.firm and d.standing in ("current", "passed")]
    return steps[-1].status in _NEW_RUNGS and bool(standing) and set(standing) == {"passed"}


def _timeline(
    steps: list[Rung],
    parties: list[DossierParty],
    dates: list[Stated],
    places: list[Stated],
    claims: list[Claim],
    unknowns: list[Question],
    contradictions: tuple[Contradiction, ...],
) -> list[Moment]:
    """Return what changed or was stated for the first time, by date, then in the order of the text."""
    found = [
        Moment(s.date, "status", f"resumed: {s.status}" if s.move == "resumed" else s.status, s.quote)
        for s in steps
    ]
    for party in parties:
        found.extend(
            Moment(c.date, "party", f"{party.name}: {c.role}, {c.commitment}", c.quote) for c in party.history
        )
    for field, several in (("date", dates), ("place", places)):
        found.extend(
            Moment(s.quotes[0].date, field, s.value if s.firm else f"{s.value} (not firm)", s.quotes[0])
            for s in several
        )
    formats: set[tuple[str, bool]] = set()
    for claim in claims:
        if claim.proposition == FORMAT and (claim.value, claim.denied) not in formats:
            formats.add((claim.value, claim.denied))
            found.append(
                Moment(
                    claim.date, "format", f"not {claim.value}" if claim.denied else claim.value, claim.quote
                )
            )
    for question in unknowns:
        found.append(Moment(question.opened, "unknown", question.field, question.quotes[0]))
        if question.closed and question.answer:
            found.append(Moment(question.closed, "answered", question.field, question.answer))
    found.extend(
        Moment(c.second.date, "contradiction", f"{c.label}: {c.reason}", c.second.quote)
        for c in contradictions
    )
    return sorted(
        found, key=lambda m: (m.date, m.quote.article, m.quote.sentence_start, FIELDS.index(m.field), m.what)
    )
