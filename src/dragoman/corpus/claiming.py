"""What articles claim about one process: every statement as a claim on a proposition, with its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.corpus.dossier_record import Claim, Quote
from dragoman.corpus.dossier_words import dossier_words
from dragoman.corpus.keys import key_of
from dragoman.corpus.naming import state_name
from dragoman.corpus.telling import FIRM, calendar_day, side_of, sides_of
from dragoman.exporting import wording
from dragoman.exporting.rows import duplicate_heads
from dragoman.processes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.corpus.joining import Joined
    from dragoman.model import (
        Attribution,
        Document,
        Entity,
        Event,
        Participant,
        Process,
        Purpose,
        Span,
        Timing,
        Topic,
    )

COURSE, DATE, PLACE, FORMAT, PURPOSE, TOPIC = "course", "date", "place", "format", "purpose", "topic"
ATTENDS, EVENT = "attends:", "event:"
LABELS = {
    COURSE: "takes place",
    DATE: "date",
    PLACE: "place",
    FORMAT: "format",
    PURPOSE: "purpose",
    TOPIC: "topic",
}
# What is open by its field, and the proposition on which it is silent.
ABOUT = {
    "time": DATE,
    "place": PLACE,
    "participants": "attends",
    "status": COURSE,
    "format": FORMAT,
    "purpose": PURPOSE,
    "topics": TOPIC,
}
NOT_KNOWN, NOT_SETTLED = "not told", "not settled"
_NEW_DATE = ("until ", "till ", "to ", "for ")
_TOLD = frozenset({"agreed", "scheduled", "ongoing", "held", "postponed", "cancelled", "rejected"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """One article's part of a dossier: its record, the process in it, and how it came to be joined.

    `wire` names the group of copies of one text, the article itself where it has no copies.
    """

    document: Document
    process: Process
    joined: Joined
    wire: str
    copy_of: str | None = None

    @property
    def date(self) -> str:
        """The publication date."""
        return self.document.date or ""

    @property
    def entities(self) -> dict[str, Entity]:
        """The entities of the record by id."""
        return {e.id: e for e in self.document.entities}


class Claiming:
    """Reads the claims of one part."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.document = part.document
        self.process = part.process
        self.entities = part.entities
        self.said = {a.id: a for a in part.document.attributions}

    def claims(self) -> list[Claim]:
        """Return the claims of the part, in text order."""
        found = [
            *self._stages(),
            *self._dates(),
            *self._places(),
            *self._formats(),
            *self._attendance(),
            *self._unknowns(),
            *self._abouts(),
            *self._events(),
        ]
        found.sort(key=lambda c: (c.quote.start, c.quote.end, c.proposition, c.value))
        # What several words of a sentence say ("agreed", "agreed to attend") is one claim.
        unique = {
            (c.proposition, c.value, c.role, c.denied, c.quote.sentence_start, c.quote.claimant_key): c
            for c in reversed(found)
        }
        return list(reversed(unique.values()))

    def quote(self, start: int, end: int, attribution: str | None) -> Quote:
        """Return the sentence around some words, with who says it."""
        document = self.document
        home = self._home(start)
        first, last = (home.start, max(home.end, end)) if home else (start, end)
        name, key, country = self._speaker(attribution)
        return Quote(
            article=document.id,
            date=self.part.date,
            source=document.source,
            title=document.title,
            sentence=wording.safe(document.text[first:last]).strip(),
            sentence_start=first,
            start=start,
            end=end,
            speaker=name,
            speaker_key=key,
            speaker_country=country,
        )

    def _home(self, start: int) -> Span | None:
        return next((s for s in self.document.sentences if s.start <= start < s.end), None)

    def _speaker(self, attribution: str | None) -> tuple[str | None, str | None, str | None]:
        said = self.said.get(attribution or "")
        if said is None or said.source is None:
            return None, None, None
        words = wording.words_of(self.document, said.source)  # type: ignore[arg-type]
        entity = self.entities.get(said.source.entity or "")
        if entity is None:
            return words, None, None
        return wording.safe(entity.name), key_of(entity), entity.country

    def _claim(
        self, proposition: str, value: str, span: tuple[int, int], attribution: str | None, **more: object
    ) -> Claim:
        stance = self._stance(attribution)
        fields: dict[str, object] = {
            "label": LABELS.get(proposition, proposition),
            "denied": stance == "denies",
            **more,
        }
        quote = self.quote(*span, attribution)
        return Claim(proposition=proposition, value=value, date=self.part.date, quote=quote, **fields)  # type: ignore[arg-type]

    def _stance(self, attribution: str | None) -> str:
        said: Attribution | None = self.said.get(attribution or "")
        return said.stance if said else "asserts"

    def _stages(self) -> Iterator[Claim]:
        for stage in self.process.stages:
            if stage.weak or self._stance(stage.attribution) in ("silent", "questions"):
                continue
            if stage.status == "rejected" and self._is_of_format(stage.start):
                continue
            span = stage.start, stage.end
            firm = stage.status in _TOLD
            yield self._claim(
                COURSE, stage.status, span, stage.attribution, firm=firm, background=stage.background
            )

    def _dates(self) -> Iterator[Claim]:
        for timing in self.process.timings:
            yield self._claim(
                DATE,
                self._date_words(timing),
                (timing.start, timing.end),
                timing.attribution,
                firm=timing.status in FIRM,
                background=self._is_old_date(timing.start),
                earliest=calendar_day(timing.earliest),
                latest=calendar_day(timing.latest),
            )

    def _date_words(self, timing: Timing) -> str:
        """Return a date as a value ("2020-07"), or with its words where the value alone says little."""
        words = wording.safe(self.document.text[timing.start : timing.end])
        if timing.value is not None and timing.value.endswith("_REF"):
            return f"“{words}”"
        dates = wording.dates(timing.value, timing.earliest, timing.latest)
        if timing.value is not None and dates:
            return dates
        return f"{dates} (“{words}”)" if dates else f"“{words}”"

    def _is_old_date(self, start: int) -> bool:
        """Tell whether a date stands where a process is said to be put off or given up, and is no new one."""
        home = self._home(start)
        ends = lexicon().ends
        stops = [s for s in self.process.stages if s.status in ends and s.status != "rejected"]
        if home is None or not any(home.start <= s.start < home.end for s in stops):
            return False
        return not self.document.text[:start].lower().endswith(_NEW_DATE)

    def _places(self) -> Iterator[Claim]:
        for site in self.process.sites:
            yield self._claim(
                PLACE,
                wording.safe(self.document.text[site.start : site.end]),
                (site.start, site.end),
                site.attribution,
                firm=site.status in FIRM,
                country=site.country,
                geonames=site.geonames,
            )

    def _formats(self) -> Iterator[Claim]:
        """Yield the words of format in the phrases and stages of the process ("by video link")."""
        formats = set(lexicon().qualifiers.formats)
        seen: set[str] = set()
        for stage in self.process.stages:
            home = self._home(stage.start)
            last = max(home.end, stage.end) if home else stage.end
            for match in _WORD.finditer(self.document.text, stage.start, last):
                word = match.group().lower()
                if word in formats and word not in seen:
                    seen.add(word)
                    firm = stage.status in ("agreed", "scheduled", "ongoing", "held")
                    yield self._claim(
                        FORMAT,
                        word,
                        match.span(),
                        stage.attribution,
                        firm=firm,
                        denied=stage.status == "rejected" or self._stance(stage.attribution) == "denies",
                    )

    def _is_of_format(self, start: int) -> bool:
        """Tell whether what is refused in a sentence is only a format ("ruled out a virtual summit")."""
        formats = set(lexicon().qualifiers.formats)
        home = self._home(start)
        phrases = [
            self.document.text[e.start : e.end].lower()
            for e in self.process.evidence
            if home is not None and home.start <= e.start < home.end
        ]
        return bool(phrases) and formats & set(_WORD.findall(phrases[0])) != set()

    def _attendance(self) -> Iterator[Claim]:
        for participant in self.process.participants:
            entity = self.entities[participant.entity]
            sides = sides_of(entity, self.entities) or self._counted(entity)
            for side in sides:
                yield from self._commitments(participant, side)

    def _commitments(self, participant: Participant, side: str) -> Iterator[Claim]:
        label = f"{self.name_of(side)} attends"
        for one in participant.statements:
            if one.commitment == "unknown" and one.role == "participant":
                continue
            if one.commitment == "declined" and self._is_of_format(one.start):
                continue
            yield self._claim(
                f"{ATTENDS}{side}",
                one.commitment,
                (one.start, one.end),
                one.attribution,
                label=label,
                role=one.role,
                firm=one.commitment in ("agreed", "declined"),
                background=one.background,
            )

    def _counted(self, entity: Entity) -> list[str]:
        """Return the states that "the five states" are, where the article names exactly five that take part."""
        numbers = dossier_words().numbers
        counts = [numbers[w] for w in entity.name.lower().split() if w in numbers]
        if not counts or entity.country is not None or entity.kind not in ("state", "people", "other"):
            return []
        states = sorted(
            {s for p in self.process.participants for s in sides_of(self.entities[p.entity], self.entities)}
        )
        states = [s for s in states if s.startswith("state:")]
        return states if len(states) == counts[0] else []

    def _unknowns(self) -> Iterator[Claim]:
        for unknown in self.process.unknowns:
            stance = self._stance(unknown.attribution)
            value = NOT_SETTLED if stance == "asserts" else NOT_KNOWN
            proposition = ABOUT.get(unknown.field, unknown.field)
            span = unknown.start, unknown.end
            party = self._asked_of(unknown.start, unknown.attribution) if proposition == "attends" else None
            label = LABELS.get(proposition, proposition)
            if party:
                proposition, label = f"{ATTENDS}{party}", f"{self.name_of(party)} attends"
            elif proposition == "attends":
                label = "who attends"
            yield self._claim(
                proposition,
                value,
                span,
                unknown.attribution,
                label=label,
                firm=False,
                denied=False,
                unknown=True,
            )

    def _asked_of(self, start: int, attribution: str | None) -> str | None:
        """Return the party of which it is not known whether it takes part: who is silent, or who is named."""
        said = self.said.get(attribution or "")
        if said is not None and said.source is not None and said.source.entity in self.entities:
            side = side_of(self.entities[said.source.entity])
            if side.startswith("state:"):
                return side
        home = self._home(start)
        for participant in self.process.participants:
            entity = self.entities[participant.entity]
            if home and any(home.start <= m.start < home.end for m in entity.mentions):
                sides = sides_of(entity, self.entities)
                if len(sides) == 1:
                    return sides[0]
        return None

    def _abouts(self) -> Iterator[Claim]:
        told: list[tuple[str, Purpose | Topic]] = [(TOPIC, t) for t in self.process.topics]
        if self.process.purpose is not None:
            told.insert(0, (PURPOSE, self.process.purpose))
        for proposition, one in told:
            words = wording.safe(self.document.text[one.start : one.end])
            yield self._claim(proposition, words, (one.start, one.end), one.attribution, firm=False)

    def _events(self) -> Iterator[Claim]:
        heads = duplicate_heads(self.document.events)
        own = set(self.process.events)
        for event in self.document.events:
            if event.id in own and event.id not in heads:
                span = event.trigger.start, event.trigger.end
                name, label = self._event_name(event)
                firm = event.status in ("occurred", "ongoing")
                time = event.time
                yield self._claim(
                    name,
                    event.status,
                    span,
                    event.attribution,
                    label=label,
                    firm=firm,
                    background=event.historical,
                    denied=event.status == "denied",
                    earliest=calendar_day(time.earliest) if time else None,
                    latest=calendar_day(time.latest) if time else None,
                )

    def _event_name(self, event: Event) -> tuple[str, str]:
        sides = [
            ", ".join(dict.fromkeys(self.name_of(side_of(self.entities[p.entity])) for p in side))
            for side in (event.actors, event.recipients)
        ]
        kind = wording.type_of(event)
        label = " ".join(filter(None, (sides[0], kind, sides[1])))
        return f"{EVENT}{label}", label

    def name_of(self, side: str) -> str:
        """Return what a party is called: a state by its own name, others by that of the article."""
        if side.startswith("state:"):
            return state_name(side.removeprefix("state:"))
        named = (e.name for e in self.document.entities if side_of(e) == side)
        return wording.safe(next(named, side.partition(":")[2]))


def claims_of(parts: list[Part]) -> list[Claim]:
    """Return the claims of all parts, by date, then by article, then in text order."""
    return [claim for part in parts for claim in Claiming(part).claims()]
