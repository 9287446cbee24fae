"""Which reports are worth comparing: those that share type, a party, and a week, never all with all.

A block is a type (or two types that coders confuse), one party or a pair of parties, and a week. In a small
block all are compared; a large one is passed through in several orders, each report with its neighbours, so
that the work grows with the number of reports and not with its square.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from dragoman.corpus.linking_words import linking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dragoman.corpus.reports import Party, Report

Key = tuple[str, int]


def candidates(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions that may tell one happening, the smaller first; a pair may come twice."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for position, report in enumerate(reports):
        by_type[report.type].append(position)
    for positions in by_type.values():
        yield from _pairs(reports, positions, across=False)
    for one, other in linking().types.near:
        if one in by_type and other in by_type:
            yield from _pairs(reports, sorted(by_type[one] + by_type[other]), across=True)


def _pairs(reports: Sequence[Report], positions: Sequence[int], across: bool) -> Iterator[tuple[int, int]]:
    """Yield pairs among some reports; `across`: only pairs of two types."""
    blocks: dict[int, list[int]] = defaultdict(list)
    numbers: dict[Key, int] = {}
    shared: dict[int, tuple[int, ...]] = {}
    for position in positions:
        keys = tuple(numbers.setdefault(key, len(numbers)) for key in _keys(reports[position]))
        shared[position] = keys
        for key in keys:
            blocks[key].append(position)
    largest = linking().blocks.largest
    small = {key for key, block in blocks.items() if len(block) <= largest}
    mine = {position: frozenset(k for k in keys if k in small) for position, keys in shared.items()}
    for key, block in blocks.items():
        if len(block) < 2:
            continue
        pairs = itertools.combinations(block, 2) if key in small else _neighbours(block, reports)
        for first, second in pairs:
            if across and reports[first].type == reports[second].type:
                continue
            # A pair that shares several small blocks is compared in one of them.
            if key not in small or min(mine[first] & mine[second]) == key:
                yield first, second


def _keys(report: Report) -> Iterator[Key]:
    for bucket in _buckets(report):
        for atom in _atoms(report):
            yield atom, bucket


def _buckets(report: Report) -> list[int]:
    """Return the weeks of a report; of a plan without a time, the weeks after it was written about."""
    settings = linking().blocks
    width = settings.bucket_days
    window = report.window
    if window is None:
        if report.standing != "ahead" or report.published is None:
            return []
        return [-(report.published // width) - 1, -(report.published // width) - 2]
    if window.days > linking().time.longest_days:
        return []
    return list(range(window.first // width, window.last // width + 1))[: settings.most_buckets]


def _atoms(report: Report) -> list[str]:
    """Return the parties as blocks know them: a country or a key, alone and in pairs."""
    alone = sorted({_atom(p) for p in report.parties})
    pairs = [f"{a}|{b}" for i, a in enumerate(alone) for b in alone[i + 1 :]]
    return alone + pairs


def _atom(party: Party) -> str:
    return party.country or party.key


def _neighbours(block: list[int], reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    reach = linking().blocks.neighbours
    orders: tuple[Callable[[int], tuple[object, ...]], ...] = (
        lambda i: (_atoms(reports[i]), *_day(reports[i]), reports[i].words[:2], i),
        lambda i: (reports[i].words[:1], *_day(reports[i]), i),
        lambda i: (reports[i].words[1:2], *_day(reports[i]), i),
        lambda i: (reports[i].words[2:3], *_day(reports[i]), i),
        lambda i: (*_day(reports[i]), _place(reports[i]), reports[i].words[:1], i),
    )
    seen: set[tuple[int, int]] = set()
    for order in orders:
        ordered = sorted(block, key=order)
        for at, first in enumerate(ordered):
            for second in ordered[at + 1 : at + 1 + reach]:
                pair = (first, second) if first < second else (second, first)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _day(report: Report) -> tuple[int, int]:
    window = report.window
    return (window.last, window.first) if window else (report.published or 0, 0)


def _place(report: Report) -> str:
    return report.place.name if report.place else ""
