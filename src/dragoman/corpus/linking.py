"""Which reports tell one happening: pairs are scored, contradictory ones set apart, the rest clustered.

Everything is decided on the content of the reports in an order of their own, so that the result does not
depend on the order in which articles came in.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dragoman.corpus import blocking, similarity
from dragoman.corpus.disputes import Conflict, conflict, exchanged
from dragoman.corpus.linking_words import linking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.corpus.reports import Report
    from dragoman.corpus.similarity import PartyMatch, TimeMatch

_CHUNK = 100_000


class Comparison(NamedTuple):
    """How two reports compare: the score, the reason in words, and where they contradict each other."""

    score: float
    reason: str
    linked: bool
    conflict: Conflict | None = None


class Link(NamedTuple):
    """Why a report belongs to its happening: the report it was linked with, score and reason."""

    other: int | None
    score: float
    reason: str


class Dispute(NamedTuple):
    """Two groups of reports that tell one thing in contradictory ways, by their numbers."""

    first: int
    second: int
    conflict: Conflict


@dataclass
class Linked:
    """Groups of report numbers, the link of each report, and the disputes between groups."""

    groups: list[list[int]] = field(default_factory=list)
    links: dict[int, Link] = field(default_factory=dict)
    disputes: list[Dispute] = field(default_factory=list)


def compare(first: Report, second: Report, weights: Sequence[float]) -> Comparison | None:
    """Compare two reports; None when they cannot tell one happening.

    Args:
        first, second: the reports.
        weights: the weight of each stem, rare ones heavier.
    """
    settings = linking()
    near = first.type != second.type
    if near and not settings.near(first.type, second.type):
        return None
    if first.article == second.article and first.sentence == second.sentence:
        if (same := _of_one_sentence(first, second)) is not None:
            return same
        if first.type not in settings.types.mutual:
            return None
    time = similarity.times(first, second)
    if time is None or not _stages_agree(first, second, time):
        return None
    crossed = exchanged(first, second)
    match = similarity.parties(first, second)
    if not match.enough and crossed is None:
        return None
    place = similarity.places(first.place, second.place)
    if place == 0.0 and (first.type in settings.types.placed or second.type in settings.types.placed):
        return None
    words = similarity.wording(first, second, weights)
    score = _score(match.score if match.enough else settings.parties.enough, time.score, words, place)
    score -= settings.types.near_price if near else 0.0
    against = crossed if not match.enough else conflict(first, second, words)
    if against is not None:
        if score < settings.score.dispute_threshold:
            return None
        return Comparison(score, _reason(first, second, match, time, place, words), False, against)
    if not _modes_agree(first, second) or (first.standing == "against") != (second.standing == "against"):
        return None
    linked = score >= settings.score.threshold and words >= _wording_needed(first, second, match, time)
    return Comparison(score, _reason(first, second, match, time, place, words) if linked else "", linked)


def _of_one_sentence(first: Report, second: Report) -> Comparison | None:
    """Harm that a sentence adds to an act is that act: "shelled posts, killing two", "killed when they shelled"."""
    settings = linking()
    if first.type != second.type or first.type not in settings.types.harming:
        return None
    if first.actors and second.actors and first.actors != second.actors:
        return None
    harm = settings.tolls.killed | settings.tolls.wounded
    words = [not harm.isdisjoint(r.trigger.lower().split()) for r in (first, second)]
    if words[0] == words[1] or first.standing != second.standing:
        return None
    return Comparison(settings.score.same_sentence, "the act and its harm in one sentence", True)


def _score(parties: float, time: float, words: float, place: float | None) -> float:
    weights = linking().score.weights
    total = weights.parties + weights.time + weights.wording
    score = weights.parties * parties + weights.time * time + weights.wording * words
    if place is not None:
        total += weights.place
        score += weights.place * place
    return score / total


def _stages_agree(first: Report, second: Report, time: TimeMatch) -> bool:
    """What is ahead and what was done are one only when both state the time closely."""
    if {first.standing, second.standing} != {"ahead", "done"}:
        return True
    a, b = first.window, second.window
    if a is None or b is None or not (a.stated and b.stated):
        return False
    return max(a.days, b.days) <= linking().status.stage_days


def _modes_agree(first: Report, second: Report) -> bool:
    a, b = first.mode, second.mode
    if a is None or b is None or a == b or first.type != second.type:
        return True
    return any(a in group and b in group for group in linking().types.near_modes)


def _wording_needed(first: Report, second: Report, match: PartyMatch, time: TimeMatch) -> float:
    settings = linking()
    speech = first.type in settings.types.speech and second.type in settings.types.speech
    needed = settings.wording.speech if speech else settings.wording.act
    least = {"day": needed.day, "span": needed.span, "open": needed.open}[time.certainty]
    if match.sides != "one":
        return least
    if time.certainty == "open" and first.published != second.published:
        # One party, no day: what is told alike on two days was done twice more often than told twice.
        return math.inf if first.type in settings.types.placed else settings.wording.other_day
    return least + settings.wording.one_sided


def _reason(
    first: Report, second: Report, match: PartyMatch, time: TimeMatch, place: float | None, words: float
) -> str:
    types = "same type" if first.type == second.type else f"types {first.type} and {second.type}"
    sides = {"both": "both parties", "together": "same parties", "one": "one party known"}[match.sides]
    days = {"day": "same day", "span": "times overlap", "open": "no time excludes it"}[time.certainty]
    parts = [types, sides, days]
    if place and first.place and second.place:
        a, b = first.place.name, second.place.name
        parts.append(f"place {a}" if a == b else f"places {a} and {b}")
    if first.standing != second.standing:
        parts.append(f"{first.status} and {second.status}")
    return f"{', '.join(parts)}; wording {words:.2f}".replace("wording 0.", "wording .")


# ------------------------------------------------------------------ clusters


class _Clusters:
    """Groups that grow by links, as long as nothing in them contradicts anything else."""

    def __init__(
        self, reports: Sequence[Report], weights: Sequence[float], apart: dict[int, set[int]]
    ) -> None:
        self.reports = reports
        self.weights = weights
        self.apart = apart
        self.home = list(range(len(reports)))
        self.members: dict[int, list[int]] = {}

    def of(self, report: int) -> list[int]:
        return self.members.get(self.home[report], [self.home[report]])

    def join(self, first: int, second: int) -> None:
        a, b = self.home[first], self.home[second]
        if a == b:
            return
        low, high = min(a, b), max(a, b)
        joined = sorted((*self.of(low), *self.of(high)))
        for member in self.of(high):
            self.home[member] = low
        self.members.pop(high, None)
        self.members[low] = joined

    def may_join(self, first: int, second: int) -> bool:
        """Tell whether the groups of two reports agree: no pair excludes or contradicts the other."""
        if self.home[first] == self.home[second]:
            return False
        a, b = self.of(first), self.of(second)
        if self.apart and any(not self.apart[i].isdisjoint(b) for i in a if i in self.apart):
            return False
        if len(a) == len(b) == 1:
            return True
        scores: list[float] = []
        for i in self._representatives(a, first):
            for j in self._representatives(b, second):
                compared = compare(self.reports[i], self.reports[j], self.weights)
                if compared is None or compared.conflict is not None:
                    return False
                scores.append(compared.score)
        settings = linking().score
        return sum(scores) / len(scores) >= settings.threshold - settings.cluster_slack

    def _representatives(self, group: list[int], besides: int) -> list[int]:
        most = linking().score.representatives
        if len(group) <= most:
            return group
        step = len(group) / most
        return sorted({besides, *(group[int(i * step)] for i in range(most))})


def link(
    reports: Sequence[Report],
    weights: Sequence[float],
    together: Iterable[Sequence[int]] = (),
    apart: Iterable[tuple[Sequence[int], Sequence[int]]] = (),
) -> Linked:
    """Group reports into happenings.

    Args:
        reports: in an order that depends on their content alone.
        weights: the weight of each stem.
        together: groups of reports that a person said are one happening.
        apart: pairs of groups that a person said are two.
    """
    against: dict[int, set[int]] = {}
    for some, others in apart:
        for i in some:
            against.setdefault(i, set()).update(others)
        for j in others:
            against.setdefault(j, set()).update(some)
    clusters = _Clusters(reports, weights, against)
    forced: set[int] = set()
    for group in together:
        for member in group[1:]:
            clusters.join(group[0], member)
        forced.update(group)
    pairs, conflicts = _compare_all(reports, weights)
    for first, second in pairs.best_first():
        if clusters.may_join(first, second):
            clusters.join(first, second)
    return _result(clusters, pairs, conflicts, forced)


class _Pairs:
    """Linked pairs and their scores, in little memory: there are several for each report."""

    def __init__(self) -> None:
        self.first = array("i")
        self.second = array("i")
        self.score = array("d")

    def add(self, pair: tuple[int, int], score: float) -> None:
        self.first.append(pair[0])
        self.second.append(pair[1])
        self.score.append(score)

    def best_first(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs by falling score, of equal ones the earlier reports first."""
        first, second, score = (np.asarray(a) for a in (self.first, self.second, self.score))
        order = np.lexsort((second, first, -score))
        for at in range(0, len(order), _CHUNK):
            piece = order[at : at + _CHUNK]
            yield from zip(first[piece].tolist(), second[piece].tolist(), strict=True)

    def best_of_each(self, home: Sequence[int]) -> dict[int, int]:
        """Return for each report the report of its group to which it is most alike."""
        first, second, score = (np.asarray(a) for a in (self.first, self.second, self.score))
        homes = np.asarray(home)
        kept = homes[first] == homes[second] if len(first) else np.zeros(0, dtype=bool)
        reports = np.concatenate((first[kept], second[kept]))
        others = np.concatenate((second[kept], first[kept]))
        order = np.lexsort((others, -np.concatenate((score[kept], score[kept])), reports))
        found, at = np.unique(reports[order], return_index=True)
        return dict(zip(found.tolist(), others[order][at].tolist(), strict=True))


def _compare_all(
    reports: Sequence[Report], weights: Sequence[float]
) -> tuple[_Pairs, dict[tuple[int, int], Comparison]]:
    pairs = _Pairs()
    conflicts: dict[tuple[int, int], Comparison] = {}
    for pair in blocking.candidates(reports):
        compared = compare(reports[pair[0]], reports[pair[1]], weights)
        if compared is None:
            continue
        if compared.conflict is not None:
            conflicts[pair] = compared
        elif compared.linked:
            pairs.add(pair, compared.score)
    return pairs, conflicts


def _result(
    clusters: _Clusters, pairs: _Pairs, conflicts: dict[tuple[int, int], Comparison], forced: set[int]
) -> Linked:
    home = clusters.home
    result = Linked(groups=[clusters.of(i) for i in range(len(home)) if home[i] == i])
    for report, other in pairs.best_of_each(home).items():
        if report != home[report]:
            low, high = sorted((report, other))
            compared = compare(clusters.reports[low], clusters.reports[high], clusters.weights)
            if compared is not None:
                result.links[report] = Link(other, compared.score, compared.reason)
    for group in result.groups:
        for report in group:
            if report not in result.links:
                result.links[report] = _own_link(report, group, forced)
    result.disputes = list(_disputes(clusters, conflicts))
    return result


def _own_link(report: int, group: list[int], forced: set[int]) -> Link:
    if report == group[0]:
        return Link(None, 1.0, "the first report" if len(group) > 1 else "the only report")
    return Link(
        None, 1.0, "put together by a correction" if report in forced else "linked through other reports"
    )


def _disputes(clusters: _Clusters, conflicts: dict[tuple[int, int], Comparison]) -> Iterator[Dispute]:
    home = clusters.home
    best: dict[tuple[int, int, str], Comparison] = {}
    for (first, second), compared in sorted(conflicts.items()):
        if home[first] == home[second] or compared.conflict is None:
            continue
        low, high = sorted((home[first], home[second]))
        name = (low, high, compared.conflict.field)
        if name not in best or best[name].score < compared.score:
            best[name] = compared
    for (low, high, _), compared in sorted(best.items()):
        if compared.conflict is not None and not _days_exclude(clusters, low, high):
            found = Conflict(compared.conflict.field, f"{compared.conflict.reason} ({compared.reason})")
            yield Dispute(low, high, found)


def _days_exclude(clusters: _Clusters, first: int, second: int) -> bool:
    """Tell whether the days that the reports of two groups state exclude each other."""
    a, b = (
        [w for i in clusters.of(group) if (w := clusters.reports[i].window) and w.stated]
        for group in (first, second)
    )
    return any(not similarity.overlap(one, other) for one in set(a) for other in set(b))
