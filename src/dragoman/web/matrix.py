"""Claim matrices as tables: who says what of which question, and where two of them cannot both be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.web.rendering import address

if TYPE_CHECKING:
    from dragoman.corpus.dossier_record import Claim, Matrix, Quote


class Said(msgspec.Struct, frozen=True):
    """One claim in a cell."""

    value: str
    date: str
    sentence: str
    source: str
    firm: bool
    denied: bool
    contradicted: bool
    href: str


class Cell(msgspec.Struct, frozen=True):
    """What one speaker says of one proposition, by date."""

    claims: tuple[Said, ...]


class Row(msgspec.Struct, frozen=True):
    """A speaker, and what is said of each proposition."""

    speaker: str
    cells: tuple[Cell, ...]


class Clash(msgspec.Struct, frozen=True):
    """Two claims that contradict each other, and why."""

    label: str
    first: Said
    second: Said
    first_speaker: str
    second_speaker: str
    reason: str
    settled: str | None


class Grid(msgspec.Struct, frozen=True):
    """A claim matrix as it is shown."""

    propositions: tuple[str, ...]
    rows: tuple[Row, ...]
    clashes: tuple[Clash, ...]


def href_of(quote: Quote) -> str:
    """Return the address of the article that a quote is from."""
    return address("/article", id=quote.article)


def grid(matrix: Matrix) -> Grid:
    """Return a matrix as a table: speakers down, in order of first statement, propositions across."""
    torn = {id(side) for clash in matrix.contradictions for side in (clash.first, clash.second)}
    contradicted = [one for one in matrix.claims if id(one) in torn or matrix.is_contradicted(one)]
    marked = {id(one) for one in contradicted}
    speakers: dict[str, set[str]] = {}
    for claim in matrix.claims:
        speakers.setdefault(claim.proposition, set()).add(claim.quote.claimant_key)
    # What many speak about comes first; the sort keeps the order of first statement among equals.
    propositions = sorted(matrix.propositions, key=lambda pair: -len(speakers[pair[0]]))
    cells: dict[tuple[str, str], list[Said]] = {}
    for claim in matrix.claims:
        said = _said(claim, id(claim) in marked)
        cells.setdefault((claim.quote.claimant_key, claim.proposition), []).append(said)
    return Grid(
        propositions=tuple(label for _, label in propositions),
        rows=tuple(
            Row(name, tuple(Cell(tuple(cells.get((key, proposition), ()))) for proposition, _ in propositions))
            for key, name in matrix.speakers
        ),
        clashes=tuple(
            Clash(
                clash.label, _said(clash.first, True), _said(clash.second, True),
                clash.first.quote.claimant, clash.second.quote.claimant, clash.reason, clash.settled,
            )
            for clash in matrix.contradictions
        ),
    )  # fmt: skip


def _said(claim: Claim, contradicted: bool) -> Said:
    return Said(
        value=claim.value,
        date=claim.date,
        sentence=claim.quote.sentence,
        source=claim.quote.source or claim.quote.article,
        firm=claim.firm,
        denied=claim.denied,
        contradicted=contradicted,
        href=href_of(claim.quote),
    )
