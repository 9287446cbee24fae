"""What one article tells of one process, reduced to what joining compares."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dragoman.context import gazetteer
from dragoman.corpus.dossier_words import dossier_words
from dragoman.corpus.keys import key_of, slug
from dragoman.corpus.rows import day
from dragoman.processes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.model import Entity, Process, Span

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_ACTS_FOR_STATE = frozenset({"person", "organization"})
_BODIES = frozenset({"igo", "ngo", "organization", "armed_group"})
_SHORTEST = 4
# Statuses of a stated date that say that it is so.
FIRM = frozenset({"planned", "ongoing", "occurred"})


class Record(Protocol):
    """The parts of a document record that joining reads."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def date(self) -> str | None: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def sentences(self) -> Sequence[Span]: ...  # noqa: D102
    @property
    def entities(self) -> Sequence[Entity]: ...  # noqa: D102
    @property
    def processes(self) -> Sequence[Process]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Telling:
    """One process as one article tells it.

    `names` are the proper names by which it goes, `parties` the keys of those who take part (the members of
    a collective in its place), `traits` the words that tell processes apart, `words` what its sentences
    speak of; `called` the places after which it is called ("the Lisbon conference").

    `put_off` when the article says that it was postponed, `taken_up` when it says that it was resumed or sets
    a date for it, `recalled` when it only recalls that it was stopped ("the postponed summit").
    """

    article: str
    process: str
    date: str | None
    kind: str
    name: str
    status: str
    names: frozenset[str]
    parties: frozenset[str]
    traits: frozenset[str]
    place: str | None
    earliest: str | None
    latest: str | None
    put_off: bool
    taken_up: bool
    words: frozenset[str]
    called: frozenset[str] = frozenset()
    recalled: bool = False


def side_of(entity: Entity) -> str:
    """Return the key of the party that an entity acts for: its state where it holds power there, or itself."""
    if entity.country is None or entity.kind not in _ACTS_FOR_STATE:
        return key_of(entity)
    in_office = entity.office is not None and entity.office.country == entity.country
    if in_office or not dossier_words().acts_for_state.isdisjoint(entity.sectors):
        return f"state:{entity.country}"
    return key_of(entity)


def sides_of(entity: Entity, entities: dict[str, Entity]) -> list[str]:
    """Return the parties that an entity stands for: the members of a collective, or the one it acts for.

    A body with organs of its own (the African Union) acts itself; a club (the P5) is its members. A group
    without a name of its own ("leaders", "five states") stands for nobody that is known.
    """
    club = entity.name.casefold() in lexicon().qualifiers.clubs
    if entity.members is not None and (club or entity.kind not in _BODIES):
        return [side_of(entities[m]) if m in entities else f"state:{m}" for m in entity.members]
    key = side_of(entity)
    if not any(c.isupper() or c.isdigit() or not c.isascii() for c in entity.name):
        return []  # "foreign ministry", of which it is not known whose.
    # "Greek Cypriots" are a party like a state; "leaders", "Filipino sailors" are not.
    people = entity.kind == "people" and entity.name.istitle() and entity.members is None
    return [] if key.startswith(("group:", "people:", "other:", "place:")) and not people else [key]


def telling_of(record: Record, process: Process, entities: dict[str, Entity]) -> Telling:
    """Return what an article tells of a process; `entities` are those of the record by id."""
    parties = {
        side
        for participant in process.participants
        for side in sides_of(entities[participant.entity], entities)
    }
    if (
        process.kind in dossier_words().held_in
        and process.place is not None
        and process.place.country is not None
    ):
        parties.add(f"state:{process.place.country}")
    phrases = [record.text[s.start : s.end] for s in process.evidence]
    time = process.time
    qualifiers = lexicon().qualifiers
    traits = set(qualifiers.telling) - set(qualifiers.formats)
    traits.update(head for heads in qualifiers.distinct_heads for head in heads)
    return Telling(
        article=record.id,
        process=process.id,
        date=record.date,
        kind=process.kind,
        name=process.name,
        status=process.status,
        names=_names(record, process, entities),
        parties=frozenset(parties),
        traits=frozenset(w.lower() for p in phrases for w in _WORD.findall(p)) & traits,
        place=slug(process.place.name) if process.place else None,
        earliest=calendar_day(time.earliest) if time else None,
        latest=calendar_day(time.latest) if time else None,
        put_off=any(s.status == "postponed" for s in process.stages),
        taken_up=_is_taken_up(record, process),
        words=_content(record, process),
        called=_called(record, process),
        recalled=_is_recalled(process),
    )


def _called(record: Record, process: Process) -> frozenset[str]:
    """Return the places that stand before the noun ("the Lisbon donor conference")."""
    found = set()
    for site in process.sites:
        for span in process.evidence:
            if span.start <= site.start and site.end < span.end:
                before = record.text[span.start : site.start].lower().split()
                if dossier_words().joining_words.isdisjoint(before):
                    found.add(slug(record.text[site.start : site.end]))
    return frozenset(found)


def _is_recalled(process: Process) -> bool:
    told = [s for s in process.stages if s.status == process.status and not s.weak]
    return process.status in lexicon().ends and bool(told) and all(s.background for s in told)


def calendar_day(value: str | None) -> str | None:
    """Return a date that a calendar has; None for any other ("44 BC")."""
    found = day(value)
    return None if found is None else found.isoformat()


def _names(record: Record, process: Process, entities: dict[str, Entity]) -> frozenset[str]:
    """Return the bodies named in the phrases of a process, and what other proper names stand there."""
    found: set[str] = set()
    covered: list[tuple[int, int]] = [(s.start, s.end) for s in process.sites]
    for entity in entities.values():
        spans = [
            (m.start, m.end)
            for m in entity.mentions
            if any(e.start < m.end and m.start < e.end for e in process.evidence)
        ]
        if not spans or _is_nameless(entity):
            continue
        covered.extend(spans)
        if entity.kind in ("igo", "ngo", "armed_group") or (
            entity.kind in ("organization", "people", "other") and entity.country is None
        ):
            found.add(slug(entity.name))
    # The capital of a word that begins a sentence says nothing where the word is an ordinary one.
    first = {s.start for s in record.sentences}
    small = ordinary_words() | {w for w in _WORD.findall(record.text) if w.islower()}
    for span in process.evidence:
        for match in _WORD.finditer(record.text, span.start, span.end):
            start, end = match.span()
            word = match.group()
            if any(s < end and start < e for s, e in covered) or not _is_name(word):
                continue
            if not (start in first and word.lower() in small):
                found.add(slug(match.group()))
    return frozenset(found)


@functools.cache
def ordinary_words() -> frozenset[str]:
    """Return words that stand before the noun of a process and are no names ("joint", "naval")."""
    words = lexicon()
    listed = {*words.qualifiers.telling, *words.qualifiers.fresh, *words.qualifiers.nameless}
    return frozenset(listed.union(*(n.modifiers for n in words.nouns)))


def _is_nameless(entity: Entity) -> bool:
    """Tell whether an entity is a group called by common words ("five Mekong states"), whose words are open."""
    if entity.kind not in ("people", "state", "other") or entity.members is not None or entity.country:
        return False
    return all(m.form != "name" for m in entity.mentions)


def _is_name(word: str) -> bool:
    if not (word[:1].isupper() or any(c.isupper() or c.isdigit() for c in word)) or word.isdigit():
        return False
    lower = word.lower()
    known = (*lexicon().qualifiers.collectives, *lexicon().qualifiers.nameless)
    if lower in dossier_words().no_names or lower in known or lower.rstrip("s") in known:
        return False
    if lexicon().noun(lower) or lexicon().noun(lower.rstrip("s")) or lexicon().generic_noun(lower):
        return False
    return word not in gazetteer.countries() and word not in gazetteer.adjectives()


def _is_taken_up(record: Record, process: Process) -> bool:
    stages = [s for s in process.stages if s.status == process.status and not s.background]
    sentences = [sentence_of(record, s.start) for s in stages]
    if any(says_resumed(s) for s in sentences):
        return True
    if lexicon().rank(process.status) < lexicon().rank("agreed"):
        return False
    # "Held next month" after a stop sets a new date; a date before the article only recalls the old one.
    day = record.date or ""
    return any(t.status in FIRM and t.earliest is not None and t.earliest >= day for t in process.timings)


def sentence_of(record: Record, start: int) -> str:
    """Return the sentence that holds an offset, empty when none does."""
    home = next((s for s in record.sentences if s.start <= start < s.end), None)
    return record.text[home.start : home.end] if home else ""


def says_resumed(sentence: str) -> bool:
    """Tell whether a sentence says that something is taken up again."""
    lower = sentence.lower()
    spoken = set(_WORD.findall(lower))
    return any(w in spoken if " " not in w else w in lower for w in dossier_words().resuming)


def _content(record: Record, process: Process) -> frozenset[str]:
    sentences = [
        record.text[s.start : s.end]
        for s in record.sentences
        if any(s.start <= e.start < s.end for e in process.evidence)
    ]
    return content_words(sentences)


def content_words(sentences: Iterable[str]) -> frozenset[str]:
    """Return the words of some sentences that say what they are about, without endings of the plural."""
    plain = dossier_words().plain
    found = (w.lower() for s in sentences for w in _WORD.findall(s))
    return frozenset(
        w.removesuffix("s") for w in found if len(w) >= _SHORTEST and w not in plain and not w.isdigit()
    )
