"""Which articles tell of one and the same process.

Tellings are taken by date. Each goes to the dossier that it fits best, when that fits well enough, else it
begins one of its own; what comes later never changes what was joined before, so a dossier as of a day is the
dossier of the articles up to that day. Only dossiers that share a name or two parties are looked at.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.corpus.dossier_words import dossier_words
from dragoman.corpus.rungs import move_of
from dragoman.processes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.corpus.telling import Telling

# How many of the last tellings are compared by their words; how many parties make pairs to search by.
RECENT = 6
MOST_PARTIES = 12
UNDATED = "9999"
# Kinds that go on after a round was held.
ROUNDS = frozenset({"negotiation", "mediation"})
# Kinds that one state has by itself.
ALONE = frozenset({"vote"})
LATER = frozenset({"ongoing", "held"})
AHEAD = frozenset({"possible", "proposed", "agreed", "scheduled"})


@dataclass(frozen=True, slots=True)
class Joined:
    """A telling in its dossier: how well it fits (0 to 1) and why, in words."""

    telling: Telling
    score: float
    reason: str


@dataclass(slots=True, eq=False)
class Group:
    """A dossier under construction."""

    number: int
    reports: list[Joined] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    period: tuple[str, str] | None = None
    reached: list[str] = field(default_factory=list)
    last: str = ""
    recent: deque[frozenset[str]] = field(default_factory=lambda: deque(maxlen=RECENT))

    @property
    def status(self) -> str:
        """How far it has come."""
        return self.reached[-1] if self.reached else ""

    def add(self, joined: Joined) -> None:
        """Take a telling in."""
        told = joined.telling
        self.reports.append(joined)
        self.kinds.add(told.kind)
        self.names |= told.names
        self.called |= told.called
        self.parties |= told.parties
        self.traits |= told.traits
        self.recent.append(told.words)
        if told.place:
            self.places.add(told.place)
        if move_of(told, self.reached) is not None:
            self.reached.append(told.status)
        if self.status in lexicon().ends:
            self.period = None  # The date from which it was put off excludes no other.
        elif _is_close(told):
            self.period = (told.earliest or "", told.latest or "")
        self.last = told.date or self.last


def join(tellings: Iterable[Telling]) -> list[list[Joined]]:
    """Return the dossiers as lists of tellings in order of date; the order of the input does not matter."""
    groups: list[Group] = []
    by_feature: dict[object, dict[int, Group]] = defaultdict(dict)
    for told in sorted(tellings, key=lambda t: (t.date or UNDATED, t.article, _number(t.process))):
        features = _features(told)
        nearby = _nearby(told, features, by_feature)
        best: tuple[float, int, str] | None = None
        for number, group in nearby.items():
            weighed = weigh(told, group)
            if weighed is not None and (best is None or (weighed[0], -number) > (best[0], -best[1])):
                best = (weighed[0], number, weighed[1])
        if best is None or best[0] < dossier_words().joining.needed:
            group = Group(len(groups))
            groups.append(group)
            group.add(Joined(told, 1.0, "the first report"))
        else:
            group = groups[best[1]]
            group.add(Joined(told, _score(best[0]), best[2]))
        if told.date is not None:
            for feature in features:
                by_feature[told.kind, feature][group.number] = group
    return [group.reports for group in groups]


def _nearby(
    told: Telling, features: list[object], by_feature: dict[object, dict[int, Group]]
) -> dict[int, Group]:
    """Return the dossiers that share a feature; those silent for too long are dropped for good."""
    if told.date is None:
        return {}
    words = dossier_words()
    longest = timedelta(max(words.days.apart.values()))
    since = (date.fromisoformat(told.date[:10]) - longest).isoformat()
    found: dict[int, Group] = {}
    for kind, feature in itertools.product(words.related(told.kind), features):
        known = by_feature[kind, feature]
        for number in [n for n, g in known.items() if g.last < since]:
            del known[number]
        found.update(known)
    return found


def _number(process: str) -> tuple[int, str]:
    digits = process.lstrip("p")
    return (int(digits) if digits.isdigit() else 0, process)


def _features(told: Telling) -> list[object]:
    parties = sorted(told.parties)[:MOST_PARTIES]
    named: list[object] = [*sorted(told.names), *(("called", place) for place in sorted(told.called))]
    if told.kind in ALONE:
        return [*named, *((told.kind, party) for party in parties)]
    return [*named, *itertools.combinations(parties, 2)]


def weigh(told: Telling, group: Group) -> tuple[float, str] | None:
    """Return the points of a telling in a dossier, and why; None where they exclude each other."""
    words = dossier_words()
    weights = words.joining
    if told.date is None or not group.last:
        return None
    if _days(group.last, told.date) > max(words.days.apart.get(k, 0) for k in group.kinds):
        return None
    related = words.related(told.kind)
    if not group.kinds & related or _is_another(told, group):
        return None
    if _is_barred(told.traits, group.traits):
        return None
    said: list[str] = ["same kind" if told.kind in group.kinds else f"{told.kind}, a related kind"]
    points = weights.kind_same if told.kind in group.kinds else weights.kind_related
    if told.names and group.names:
        shared = told.names & group.names
        points += weights.name_shared if shared else weights.name_conflict
        said.append(f"name {', '.join(sorted(shared))}" if shared else "another name")
    if told.called & group.called:
        points += weights.place_in_name
        said.append(f"called after {', '.join(sorted(told.called & group.called))}")
    points += _party_points(told, group, said)
    points += _time_points(told, group, said)
    if told.place and group.places:
        same = told.place in group.places
        points += weights.place_same if same else weights.place_conflict
        said.append(f"{'place' if same else 'another place,'} {told.place}")
    if points + weights.wording < weights.needed:
        return None
    likeness = max((_likeness(told.words, known) for known in group.recent), default=0.0)
    points += weights.wording * likeness
    said.append(f"wording {likeness:.2f}")
    return points, "; ".join(said)


def _party_points(told: Telling, group: Group, said: list[str]) -> float:
    weights = dossier_words().joining
    if not told.parties or not group.parties:
        return 0.0
    shared = told.parties & group.parties
    least = min(len(told.parties), len(group.parties))
    enough = 1 if told.kind in ALONE else 2
    if len(shared) >= enough and told.parties == group.parties:
        said.append("the same parties")
        return weights.parties_same
    longest = max(len(told.parties), len(group.parties))
    if len(shared) >= 2 and len(shared) >= weights.most * least and len(shared) >= weights.part * longest:
        said.append(f"{len(shared)} parties in common")
        return weights.parties_shared
    if shared:
        said.append(f"{len(shared)} of {least} parties in common")
        return weights.party_shared
    said.append("other parties")
    # One article names one party, the next another; under one name that says nothing.
    return 0.0 if told.names & group.names and least == 1 else weights.parties_conflict


def _time_points(told: Telling, group: Group, said: list[str]) -> float:
    weights = dossier_words().joining
    if group.period is None or not _is_close(told):
        return 0.0
    first, last = group.period
    if (told.earliest or "") <= last and first <= (told.latest or ""):
        said.append("dates agree")
        return weights.time_shared
    if _still_lasts(told, group):
        said.append(f"{_days(last, told.earliest or '')} days on")
        return 0.0
    said.append("another date")
    return weights.time_conflict


def _still_lasts(told: Telling, group: Group) -> bool:
    """Tell whether a telling may be of the course or the end of what began on the date of a dossier."""
    if group.period is None or told.earliest is None or told.status not in LATER or told.kind in ALONE:
        return False
    return 0 < _days(group.period[1], told.earliest) <= dossier_words().days.lasting


def _is_close(told: Telling) -> bool:
    """Tell whether a telling has a date that can exclude another."""
    if told.earliest is None or told.latest is None:
        return False
    return 0 <= _days(told.earliest, told.latest) <= dossier_words().joining.close


def _is_another(told: Telling, group: Group) -> bool:
    """Tell whether the dossier is over and the telling speaks of something still to come, or the reverse."""
    close = _is_close(told)
    if group.period is not None and close and told.status == "held" and (told.latest or "") < group.period[0]:
        return told.date is not None and group.period[0] > told.date  # An earlier one, held long before.
    if _goes_on(group.kinds):
        return False
    after = group.period is not None and close and (told.earliest or "") > group.period[1]
    if after and _still_lasts(told, group):
        after = False
    if group.status == "held":
        return after or told.status in AHEAD
    if group.status in AHEAD and group.period is not None and told.date is not None and not told.put_off:
        passed = _days(group.period[1], told.date) > dossier_words().days.passed
        return passed and (after or told.status in AHEAD)
    return False


def _goes_on(kinds: set[str]) -> bool:
    return bool(kinds & ROUNDS) and not kinds - ROUNDS


def _is_barred(own: frozenset[str], known: set[str]) -> bool:
    """Tell whether two sets of words name things that one process cannot be."""
    for exclusive in lexicon().qualifiers.exclusive:
        mine, theirs = own & set(exclusive), known & set(exclusive)
        if mine and theirs and not mine & theirs:
            return True
    # Nouns of which one process bears those of one set only (referendum, election).
    heads = [set(words) for words in lexicon().qualifiers.distinct_heads]
    first, second = ({n for n, words in enumerate(heads) if s & words} for s in (own, known))
    return bool(first and second and not first & second)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _score(points: float) -> float:
    weights = dossier_words().joining
    return round(1 / (1 + math.exp(-(points - weights.needed) / weights.scale)), 3)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days
