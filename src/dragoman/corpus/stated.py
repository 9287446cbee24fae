"""Dates, places, purposes and topics that are stated, by whom, and which of them still stand."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from dragoman.corpus.claiming import DATE, FORMAT, PLACE
from dragoman.corpus.dossier_record import About, Question, Stated
from dragoman.corpus.dossier_words import dossier_words
from dragoman.corpus.keys import slug
from dragoman.corpus.naming import is_country_name

if TYPE_CHECKING:
    from dragoman.corpus.dossier_record import Claim, Quote, Rung, Standing

STOPS = frozenset({"postponed", "cancelled"})


def stated_of(claims: list[Claim], proposition: str, ladder: list[Rung], day: str) -> list[Stated]:
    """Return the dates or places stated, in order of first statement, each with everybody who states it.

    `day` is the day as of which they are looked at: a date before it on which nothing was held has passed. One
    is superseded when the process was put off after it was last stated, or when another that excludes it
    is stated firmly later; a date is refined by a later one that lies within it.
    """
    groups: dict[object, list[Claim]] = {}
    for claim in claims:
        if claim.proposition == proposition and not claim.denied and not claim.unknown:
            groups.setdefault(_key(claim), []).append(claim)
    found = []
    for group in groups.values():
        last = next((c for c in reversed(group) if not c.background), group[-1])
        firm = any(c.firm for c in group)
        found.append(
            Stated(
                value=group[0].value,
                firm=firm,
                standing=_standing(last, claims, ladder, day),
                quotes=tuple(c.quote for c in group),
                earliest=last.earliest,
                latest=last.latest,
                country=last.country,
                geonames=last.geonames,
            )
        )
    return found


def _key(claim: Claim) -> object:
    if claim.proposition == DATE:
        dated = claim.earliest is not None or claim.latest is not None
        return (claim.earliest, claim.latest) if dated else claim.value.casefold()
    return (slug(claim.value), claim.country)


def _standing(last: Claim, claims: list[Claim], ladder: list[Rung], day: str) -> Standing:
    stops = [r for r in ladder if r.status in STOPS]
    if last.proposition == DATE and any(_is_put_off(last, stop) for stop in stops):
        return "superseded"
    for other in claims:
        same = other.proposition == last.proposition and not other.denied
        if not same or other.background or not other.firm or other.date <= last.date:
            continue
        if excludes(last, other):
            return "superseded"
        if last.proposition == DATE and is_within(other, last):
            return "refined"
    held = bool(ladder) and ladder[-1].status == "held"
    passed = last.proposition == DATE and last.latest is not None and last.latest < day
    return "passed" if passed and not held else "current"


def _is_put_off(claim: Claim, stop: Rung) -> bool:
    """Tell whether a date was stated before the process was put off, or is the one from which it was."""
    if claim.date > stop.date:
        return False
    if claim.date < stop.date:
        return True
    return claim.background


def excludes(one: Claim, other: Claim) -> bool:
    """Tell whether two statements of one proposition cannot both be true."""
    if one.proposition != other.proposition:
        return False
    if one.proposition == DATE:
        if not (one.earliest and one.latest and other.earliest and other.latest):
            return bool(
                (one.latest and other.earliest and one.latest < other.earliest)
                or (other.latest and one.earliest and other.latest < one.earliest)
            )
        return one.latest < other.earliest or other.latest < one.earliest
    if one.proposition == PLACE:
        if _key(one) == _key(other):
            return False
        if one.country != other.country:
            return one.country is not None and other.country is not None
        # A country holds its towns.
        return not (is_country(one) or is_country(other))
    return one.proposition == FORMAT and one.value != other.value and one.firm and other.firm


def is_country(claim: Claim) -> bool:
    """Tell whether a place is a whole country."""
    return is_country_name(claim.value)


def is_within(inner: Claim, outer: Claim) -> bool:
    """Tell whether one stated date lies within another and is more exact."""
    if not (inner.earliest and inner.latest and outer.latest) or (inner.earliest, inner.latest) == (
        outer.earliest,
        outer.latest,
    ):
        return False
    return (outer.earliest is None or outer.earliest <= inner.earliest) and inner.latest <= outer.latest


def abouts_of(claims: list[Claim], proposition: str) -> list[About]:
    """Return purposes or topics, each once however often it is told; the longest wording stands."""
    groups: list[list[Claim]] = []
    for claim in claims:
        if claim.proposition != proposition or claim.unknown:
            continue
        own = set(slug(claim.value).split("-"))
        for group in groups:
            known = set(slug(group[0].value).split("-"))
            if own <= known or known <= own:
                group.append(claim)
                break
        else:
            groups.append([claim])
    return [
        About(max((c.value for c in group), key=lambda v: (len(v), v)), tuple(c.quote for c in group))
        for group in groups
    ]


def questions_of(claims: list[Claim], ladder: list[Rung]) -> list[Question]:
    """Return what articles say is not known, in the order in which it was first said.

    A question is closed by the first later article that answers it; said to be open again after that, it
    is a new one.
    """
    found: list[Question] = []
    asked = [c for c in claims if c.unknown]
    open_: dict[str, list[Claim]] = {}
    for claim in asked:
        proposition = claim.proposition
        group = open_.get(proposition)
        if group is not None:
            answer = _answer(group, proposition, claims, ladder)
            if answer is None or answer.date >= claim.date:
                group.append(claim)
                continue
            found.append(_question(group, proposition, answer))
        open_[proposition] = [claim]
    for proposition, group in open_.items():
        found.append(_question(group, proposition, _answer(group, proposition, claims, ladder)))
    return sorted(found, key=lambda q: (q.opened, q.field, q.party or ""))


def _question(group: list[Claim], proposition: str, answer: Quote | None) -> Question:
    party = proposition.partition(":")[2] or None
    return Question(
        field=group[0].label,
        party=party,
        opened=group[0].date,
        quotes=tuple(c.quote for c in group),
        closed=answer.date if answer else None,
        answer=answer,
    )


def _answer(group: list[Claim], proposition: str, claims: list[Claim], ladder: list[Rung]) -> Quote | None:
    """Return the first statement after the last time the question was said to be open that answers it."""
    last = group[-1].date
    held = next((r.quote for r in ladder if r.status == "held" and r.date > last), None)
    if proposition == "course":
        moves = [r for r in ladder if r.date > last and r.status not in ("possible", "proposed")]
        return moves[0].quote if moves else held
    for claim in claims:
        if claim.date > last and claim.proposition == proposition and not claim.unknown and _answers(claim):
            return claim.quote
    return held


def _answers(claim: Claim) -> bool:
    if claim.denied or claim.background or not claim.firm:
        return not claim.firm and claim.proposition in ("purpose", "topic") and not claim.denied
    if claim.proposition != DATE:
        return True
    if claim.earliest is None or claim.latest is None:
        return False
    days = datetime.date.fromisoformat(claim.latest[:10]) - datetime.date.fromisoformat(claim.earliest[:10])
    return days.days <= dossier_words().answers_when
