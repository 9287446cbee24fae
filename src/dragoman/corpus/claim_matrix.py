"""The claim matrix: who says what about a process or a happening, when, and what contradicts what."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dragoman.corpus.claiming import ATTENDS, COURSE, DATE, EVENT, LABELS, NOT_SETTLED, PLACE
from dragoman.corpus.dossier_record import Claim, Contradiction, Matrix, Quote
from dragoman.corpus.dossier_words import dossier_words
from dragoman.corpus.naming import state_name
from dragoman.corpus.stated import excludes
from dragoman.errors import CorpusError
from dragoman.exporting import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.corpus.dossier_record import Rung
    from dragoman.corpus.store import Corpus

HAPPENED = "happened"
# Statuses of a process by what they say: that it comes about, or that it does not.
COMES = frozenset({"agreed", "scheduled", "ongoing", "held"})
FAILS = frozenset({"cancelled", "rejected"})
DID = frozenset({"occurred", "ongoing"})
STOPS = frozenset({"postponed", "cancelled"})
# Days: a stated period no longer than this is an exact date.
EXACT = 7


def matrix_of_dossier(corpus: Corpus, name: str, as_of: str | None = None) -> Matrix:
    """Return the claim matrix of a dossier; raises `CorpusError` as `dossiers.find` does."""
    from dragoman.corpus.dossiers import find

    return find(corpus, name, as_of).matrix


def matrix_of(claims: list[Claim], ladder: list[Rung] | None = None) -> Matrix:
    """Return a matrix of claims, which are in order of date, with their contradictions."""
    return Matrix(tuple(claims), tuple(contradictions_of(claims, ladder or [])))


def contradictions_of(claims: list[Claim], ladder: list[Rung]) -> list[Contradiction]:
    """Return the pairs of claims that cannot both be true, in order of the later one.

    Only firm statements of two speakers contradict each other. Of one side (a state and those who act for
    it) a later statement replaces an earlier one; on the same day both stand against each other.
    """
    by_proposition: dict[str, dict[tuple[str, str, bool], Claim]] = defaultdict(dict)
    for claim in claims:
        if not claim.background:
            # What one side says twice on one day is looked at once.
            by_proposition[claim.proposition].setdefault((claim.date, _stand(claim), claim.unknown), claim)
    pairs: dict[tuple[str, ...], tuple[int, Claim, Claim, str]] = {}
    for group in by_proposition.values():
        for first, second in _near_pairs(list(group.values())):
            reason = _reason(first, second)
            if reason is None or not _within_reach(first, second):
                continue
            key = (first.proposition, *sorted(map(_stand, (first, second))))
            gap = _gap(first, second)
            if key not in pairs or gap < pairs[key][0]:
                pairs[key] = gap, first, second, reason
    found = [
        Contradiction(
            first.proposition, first.label, first, second, reason, _settled(first, second, claims, ladder)
        )
        for _, first, second, reason in pairs.values()
    ]
    return sorted(found, key=lambda c: (c.second.date, c.proposition, c.reason))


def _near_pairs(group: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims, which are in order of date, that lie within the days of a dispute."""
    for number, first in enumerate(group):
        for second in group[number + 1 :]:
            if _gap(first, second) > dossier_words().days.dispute:
                break
            yield first, second


def _within_reach(first: Claim, second: Claim) -> bool:
    if first.quote.claimant_key == second.quote.claimant_key:
        return False
    unsettled = first.unknown or second.unknown
    days = dossier_words().days
    gap = _gap(first, second)
    if gap > (days.unsettled if unsettled else days.dispute):
        return False
    own, other = first.quote.speaker_country, second.quote.speaker_country
    same_side = own is not None and own == other
    outlet = first.quote.speaker is None or second.quote.speaker is None
    # An article's own later word, like that of the same side, tells what is new; on one day they differ.
    return gap == 0 or not (same_side or outlet)


def _gap(first: Claim, second: Claim) -> int:
    return 0 if first.date == second.date else abs(_day(second) - _day(first)).days


def _stand(claim: Claim) -> str:
    """Return who holds what: one entry for a state and all who speak for it."""
    return f"{claim.quote.speaker_country or claim.quote.claimant_key} {claim.value} {claim.denied}"


def _day(claim: Claim) -> datetime.date:
    return datetime.date.fromisoformat(claim.date[:10])


def _reason(first: Claim, second: Claim) -> str | None:
    """Return why two claims on one proposition exclude each other, or None when they do not."""
    if first.unknown or second.unknown:
        return _unsettled(first, second) if first.unknown != second.unknown else None
    if first.denied != second.denied:
        return f"one says {first.value}, the other denies it" if first.value == second.value else None
    if first.denied or not (first.firm or second.firm):
        return None
    kind = first.proposition
    if kind == COURSE:
        pair = (first.value in COMES and second.value in FAILS) or (
            first.value in FAILS and second.value in COMES
        )
        return f"{first.value} against {second.value}" if pair else None
    if kind.startswith(ATTENDS):
        pair = {first.value, second.value} == {"agreed", "declined"}
        return f"{first.value} against {second.value}" if pair else None
    if kind in (DATE, PLACE):
        both = first.firm and second.firm
        return f"{first.value} against {second.value}" if both and excludes(first, second) else None
    if kind == HAPPENED or kind.startswith(EVENT):
        pair = (first.value in DID) != (second.value in DID) and "denied" in (first.value, second.value)
        return f"{first.value} against {second.value}" if pair else None
    return None


def _unsettled(first: Claim, second: Claim) -> str | None:
    """A named speaker says that it is not settled, another states it firmly."""
    unknown, stated = (first, second) if first.unknown else (second, first)
    if unknown.value != NOT_SETTLED or unknown.quote.speaker is None or stated.quote.speaker is None:
        return None
    if not stated.firm or stated.denied or stated.proposition not in (DATE, PLACE):
        return None
    if stated.proposition == DATE and not _is_exact(stated):
        return None  # "In November" and "the exact date has not been set" agree.
    return f"{stated.value} against not settled"


def _is_exact(claim: Claim) -> bool:
    if claim.earliest is None or claim.latest is None:
        return False
    first, last = (datetime.date.fromisoformat(d[:10]) for d in (claim.earliest, claim.latest))
    return (last - first).days < EXACT


def _settled(first: Claim, second: Claim, claims: list[Claim], ladder: list[Rung]) -> str | None:
    """Return the day from which a contradiction is over: put off, held, or one of the two says otherwise."""
    since = max(first.date, second.date)
    ends = [r.date for r in ladder if r.date > since and (r.status in STOPS or r.status == "held")]
    for one, other in ((first, second), (second, first)):
        for claim in claims:
            if claim.date <= since or claim.proposition != one.proposition or claim.background:
                continue
            speaks = claim.quote.claimant_key == one.quote.claimant_key or (
                one.quote.speaker_country is not None
                and claim.quote.speaker_country == one.quote.speaker_country
            )
            if speaks and claim.firm and _reason(claim, other) is None:
                ends.append(claim.date)
                break
    return min(ends, default=None)


def matrix_of_happening(corpus: Corpus, happening: str, run: int | None = None) -> Matrix:
    """Return the claim matrix of a happening: its reports, and those of happenings in dispute with it.

    Propositions are that it happened, its date and place, and each party on its side. Without a run it is the
    latest with all corrections. Raises `CorpusError` when there is no such happening.
    """
    chosen = corpus.latest_run() if run is None else run
    sql = _REPORTS.format(
        **{
            table: f"{table}_now" if run is None else f"(SELECT * FROM {table} WHERE run = {int(run)})"
            for table in ("reports", "events", "participants")
        }
    )
    found = list(corpus.query(sql, [happening, happening, chosen, happening]).dicts())
    if not found:
        raise CorpusError(f"no happening {happening!r} in run {chosen}", where=str(corpus.path))
    claims = [claim for row in found for claim in _claims_of_report(row)]
    return matrix_of(claims)


# The articles are named first, so that no more of the large tables is read than those of a few articles.
_REPORTS = """
WITH wanted AS (
  SELECT ? AS happening
  UNION
  SELECT CASE WHEN happening = ? THEN other ELSE happening END FROM disputes
  WHERE run = ? AND ? IN (happening, other)
),
told AS (SELECT article, event FROM {reports} AS r WHERE happening IN (SELECT happening FROM wanted)),
parties AS (
  SELECT article, event, list({{'side': side, 'key': key, 'name': name}} ORDER BY side, position) AS parties
  FROM {participants} AS p WHERE article IN (SELECT article FROM told) GROUP BY article, event
),
codings AS (SELECT * FROM {events} AS e WHERE article IN (SELECT article FROM told))
SELECT e.article, e.event, coalesce(e.date, a.date) AS day, a.source, a.title, e.type, e.mode, e.status,
  e.sentence, e.sentence_start, e.start, e."end", e.time_value, e.earliest, e.latest, e.time_stated,
  e.place, e.place_country, e.geonames, e.claimant, e.claimant_key, e.claimant_country, e.stance,
  e.historical, p.parties
FROM told JOIN codings AS e USING (article, event) JOIN articles AS a USING (article)
LEFT JOIN parties AS p USING (article, event)
ORDER BY day, e.article, e.start, e.event
"""


def _claims_of_report(row: dict[str, object]) -> list[Claim]:
    day = str(row["day"] or "")
    if not day:
        return []
    text: dict[str, str | None] = {k: None if v is None else str(v) for k, v in row.items()}
    start, end = int(str(row["start"])), int(str(row["end"]))
    quote = Quote(
        article=str(row["article"]),
        date=day,
        source=text["source"],
        title=text["title"],
        sentence=wording.safe(str(row["sentence"])).strip(),
        sentence_start=int(str(row["sentence_start"])),
        start=start,
        end=end,
        speaker=text["claimant"],
        speaker_key=text["claimant_key"],
        speaker_country=text["claimant_country"],
    )
    background = bool(row["historical"])
    denies = row["stance"] == "denies"
    status = str(row["status"])
    kind = f"{row['type']}-{row['mode']}" if row["mode"] else str(row["type"])
    firm = status in DID or status in ("denied", "planned")
    told = "denied" if denies else status

    def claim(proposition: str, label: str, value: str, **more: Any) -> Claim:
        return Claim(proposition, label, value, day, quote, firm=firm, background=background, **more)

    if told == "denied":
        return [claim(HAPPENED, HAPPENED, told)]  # Who denies it says nothing of when and where.
    claims = [claim(HAPPENED, HAPPENED, told), claim("type", "type", kind)]
    if row["time_stated"] and (row["earliest"] or row["latest"]):
        value = wording.dates(text["time_value"], text["earliest"], text["latest"])
        claims.append(claim(DATE, LABELS[DATE], value, earliest=text["earliest"], latest=text["latest"]))
    if row["place"]:
        where = str(row["place"])
        country, identity = text["place_country"], text["geonames"]
        claims.append(claim(PLACE, LABELS[PLACE], where, country=country, geonames=identity))
    parties = row["parties"] or []
    assert isinstance(parties, list)
    for party in parties:
        key = str(party["key"])
        name = state_name(key.removeprefix("state:")) if key.startswith("state:") else str(party["name"])
        claims.append(claim(f"party:{key}", f"{wording.safe(name)} takes part", str(party["side"])))
    return claims
