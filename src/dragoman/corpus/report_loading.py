"""Reports read from the tables of a corpus."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dragoman.corpus.disputes import tolls_of
from dragoman.corpus.linking_words import linking
from dragoman.corpus.reports import Party, Report, Site, window_of
from dragoman.corpus.similarity import content_stems

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_CHUNK = 20_000

# In an order that depends on the content alone: the first report of a happening is the earliest.
_EVENTS = """
WITH parties AS (
  SELECT article, event, list({'side': side, 'entity': entity, 'key': key, 'name': name, 'country': country,
    'sectors': sectors, 'start': "start", 'end': "end"} ORDER BY side, position) AS parties
  FROM participants WHERE run = $run GROUP BY article, event),
told AS (
  -- What only a repeated telling inside the article says of time and place belongs to the happening too.
  SELECT article, duplicate_of AS event,
    arg_min({'earliest': earliest, 'latest': latest}, "start") FILTER (time_stated) AS time,
    arg_min({'place': place, 'place_country': place_country, 'lat': lat, 'lon': lon, 'geonames': geonames}, "start")
      FILTER (place IS NOT NULL) AS place
  FROM events WHERE run = $run AND duplicate_of IS NOT NULL GROUP BY article, duplicate_of)
SELECT e.article, e.event, e.anchor, coalesce(a.wire, e.article), e.date, e.type, e.mode, e.status, e.historical,
  e.reciprocal, e.earliest, e.latest, e.time_stated, e.place, e.place_country, e.lat, e.lon, e.geonames,
  e.claimant, e.claimant_country, e.stance, e.words, e."start", e.sentence, e.sentence_start, p.parties, t.time, t.place
FROM events AS e JOIN articles AS a USING (article)
LEFT JOIN parties AS p USING (article, event) LEFT JOIN told AS t USING (article, event)
WHERE e.run = $run AND e.duplicate_of IS NULL
ORDER BY e.date NULLS LAST, e.article, e."start", e.type, e.event
"""

_MEMBERS = """
SELECT DISTINCT e.article, e.entity, e.members FROM entities AS e
JOIN participants AS p ON p.run = e.run AND p.article = e.article AND p.entity = e.entity
WHERE e.run = $run AND len(e.members) > 0
"""

_MEMBER_ENTITIES = """
SELECT m.article, m.entity, m.key, m.name, m.country, m.sectors FROM entities AS m
WHERE m.run = $run AND (m.article, m.entity) IN (
  SELECT (article, unnest(members)) FROM entities
  WHERE run = $run AND len(members) BETWEEN 1 AND $most)
"""

Row = tuple[Any, ...]


def reports_of(connection: DuckDBPyConnection, run: int) -> tuple[list[Report], list[float]]:
    """Return the reports of a run, by date and article, and the weight of each stem of their words."""
    return _Loading(connection, run).load()


class _Loading:
    """One pass over the tables; what is the same in many reports is kept once."""

    def __init__(self, connection: DuckDBPyConnection, run: int) -> None:
        self.connection = connection
        self.run = run
        self.parties: dict[Party, Party] = {}
        self.stems: dict[str, int] = {}
        self.counts: list[int] = []
        self.members: dict[tuple[str, str], tuple[str, ...]] = {}
        self.entities: dict[tuple[str, str], Party] = {}

    def load(self) -> tuple[list[Report], list[float]]:
        self._load_members()
        cursor = self.connection.execute(_EVENTS, {"run": self.run})
        reports: list[Report] = []
        while rows := cursor.fetchmany(_CHUNK):
            reports.extend(self._report(row) for row in rows)
        weights = [math.log1p(len(reports) / count) for count in self.counts]
        for report in reports:
            report.words = tuple(sorted(report.words, key=lambda w: (-weights[w], w)))
            report.weight = sum(weights[w] for w in report.words)
        return reports, weights

    def _load_members(self) -> None:
        seen: dict[tuple[str, ...], tuple[str, ...]] = {}
        for article, entity, members in self.connection.execute(_MEMBERS, {"run": self.run}).fetchall():
            named = tuple(members)
            self.members[article, entity] = seen.setdefault(named, named)
        most = linking().parties.expand_up_to
        found = self.connection.execute(_MEMBER_ENTITIES, {"run": self.run, "most": most})
        for article, entity, key, name, country, sectors in found.fetchall():
            self.entities[article, entity] = self._party(key, name, country, sectors)

    def _party(
        self,
        key: str,
        name: str,
        country: str | None,
        sectors: list[str] | None,
        members: frozenset[str] = frozenset(),
    ) -> Party:
        party = Party(key, name, country, sectors[0] if sectors else "", members)
        return self.parties.setdefault(party, party)

    def _side(self, article: str, given: list[dict[str, Any]], side: str) -> tuple[Party, ...]:
        found: list[Party] = []
        for item in given:
            if item["side"] == side:
                found.extend(self._taken_apart(article, item))
        return tuple(dict.fromkeys(found))

    def _taken_apart(self, article: str, item: dict[str, Any]) -> Iterator[Party]:
        """Yield the members of a small collective ("the two countries"), else the party itself."""
        members = self.members.get((article, item["entity"]), ())
        name = item["key"], item["name"], item["country"], item["sectors"]
        if not members:
            yield self._party(*name)
        elif len(members) > linking().parties.expand_up_to:
            yield self._party(*name, frozenset(members))
        else:
            for member in members:
                known = self.entities.get((article, member))
                yield known if known is not None else self._party(f"state:{member}", member, member, None)

    def _words(self, sentence: str, offset: int, given: list[dict[str, Any]]) -> tuple[int, ...]:
        spans = [(p["start"] - offset, p["end"] - offset) for p in given if p["start"] is not None]
        numbers = []
        for stem in content_stems(sentence, spans):
            number = self.stems.setdefault(stem, len(self.stems))
            if number == len(self.counts):
                self.counts.append(0)
            self.counts[number] += 1
            numbers.append(number)
        return tuple(numbers)

    def _report(self, row: Row) -> Report:
        (article, event, anchor, source, date, type_, mode, status, historical, reciprocal, earliest, latest,
         time_stated, place, place_country, lat, lon, geonames, claimant, claimant_country, stance, trigger, start,
         sentence, sentence_start, given, told_time, told_place) = row  # fmt: skip
        given = given or []
        if told_time and not time_stated:
            earliest, latest, time_stated = told_time["earliest"], told_time["latest"], True
        if told_place and place is None:
            place, place_country = told_place["place"], told_place["place_country"]
            lat, lon, geonames = told_place["lat"], told_place["lon"], told_place["geonames"]
        with_tolls = type_ in linking().types.with_tolls
        report = Report(
            article=article,
            event=event,
            anchor=anchor,
            source=source,
            published=_ordinal(date),
            type=type_,
            mode=mode,
            status=status,
            historical=historical,
            actors=self._side(article, given, "actor"),
            recipients=self._side(article, given, "recipient"),
            reciprocal=reciprocal,
            window=None,
            place=Site(place, place_country, lat, lon, geonames) if place else None,
            claimant=claimant,
            claimant_country=claimant_country,
            stance=stance,
            trigger=trigger,
            start=start,
            sentence=sentence_start,
            words=self._words(sentence, sentence_start, given),
            tolls=tolls_of(sentence) if with_tolls else (),
        )
        report.window = window_of(_ordinal(earliest), _ordinal(latest), bool(time_stated), report)
        return report


def _ordinal(day: datetime.date | None) -> int | None:
    return None if day is None else day.toordinal()
