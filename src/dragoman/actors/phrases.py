"""What a noun phrase stands for: "Russian Foreign Minister Sergei Lavrov", "US troops", "Kenyan police".

A phrase is read from the names in it and the words between them, with no need of a parse, so that marked
words without a sentence can be answered too.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.actors.gazetteer import data_rows, members_of, word_set, words
from dragoman.actors.offices import out_of_office, standing
from dragoman.actors.sectors import sector_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.actors.entries import Entry
    from dragoman.actors.gazetteer import Gazetteer
    from dragoman.actors.items import Item

_PARTICLE = r"(?:al|el|bin|bint|ben|ibn|de|del|dela|della|der|den|van|von|da|di|do|dos|du|la|le|y|e)"
_NAME_WORD = r"(?:(?:al-|el-|Al-|El-|[dDO]['’])?[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*\.?)"
NAME_RUN = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_NAME_WORD})*")
_WORDS = re.compile(r"[\w'’-]+")
_FORMER = re.compile(r"(?:^|[\s(])(" + "|".join(words()["former"]) + r")[\s-]+", re.IGNORECASE)
_ELECT = re.compile(r"-(?:elect|designate)\b")


@dataclass(slots=True)
class Reading:
    """What a phrase stands for. `head` is the kind of agent that heads it, `entry` what is known by name."""

    name: str
    kind: model.EntityKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: model.Office | None = None
    ids: dict[str, str] = field(default_factory=dict)
    gender: str = ""
    plural: bool = False
    entry: Entry | None = None
    members: list[str] | None = None
    form: model.MentionForm = "name"
    rule: str = ""
    head: str = ""
    capital: bool = False
    weak: bool = False
    definite: bool = False
    fresh: bool = False


@functools.cache
def organization_heads() -> dict[str, tuple[tuple[str, ...], str]]:
    """Return what the head noun of an unknown organization's name tells: sectors and kind."""
    return {r["head"]: (tuple(r["sectors"].split("|")), r["kind"]) for r in data_rows("heads.csv")}


def read_phrase(
    text: str, start: int, end: int, items: Sequence[Item], gazetteer: Gazetteer, date: str | None
) -> Reading | None:
    """Return what the phrase at [start, end) stands for, or None when it names no actor and no place.

    `items` are the names inside it, in order; the phrase goes up to its head ("police", not "police in
    Kenya"). Offices are those of `date`.
    """
    inside = [i for i in items if start <= i.start and i.end <= end and not _only_linked(text, i)]
    if not inside:
        return _unknown(text, start, end, [])
    last = inside[-1]
    tail = text[last.end : end].strip(" '’.,\"”")
    before = inside[:-1]
    if tail and tail not in ("s", "Jr", "Sr", "II", "III"):
        return _with_tail(text, start, end, inside, tail, gazetteer, date)
    if last.is_person:
        return _person(text, start, last, before, gazetteer, date)
    if last.is_agent:
        return _agent(text, start, end, last, before, date)
    if last.is_body:
        return _body(text, start, end, last, before, date)
    return _state_or_place(last)


def _only_linked(text: str, item: Item) -> bool:
    """Tell whether a name is what the rest is only connected to: "US-backed", "Taliban-linked"."""
    return text[item.end : item.end + 1] in ("-", "–") and text[item.end + 1 :].startswith(
        tuple(words()["linking"])
    )


def _name(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split()).strip("'’ ,.\"“”")


def _is_former(text: str, start: int, end: int) -> bool:
    return bool(_FORMER.search(text, max(0, start - 1), end)) or text[start:end].lower().startswith(
        ("ex-", "former")
    )


def _country(before: Sequence[Item]) -> tuple[str | None, dict[str, str]]:
    """Return country and PLOVER code that the modifiers of a phrase give."""
    for item in reversed(before):
        if item.is_agent:
            continue
        if item.entry.kind == "state" or item.alias.use in ("demonym", "demonyms", "capital"):
            return item.entry.country or None, dict(item.entry.ids)
    for item in reversed(before):
        if not item.is_agent and (item.entry.country or item.entry.ids.get("plover")):
            ids = {"plover": item.entry.ids["plover"]} if "plover" in item.entry.ids else {}
            return item.entry.country or None, ids
    return None, {}


def _person(
    text: str, start: int, item: Item, before: Sequence[Item], gazetteer: Gazetteer, date: str | None
) -> Reading | None:
    country, _ = _country(before)
    choices = [a.entry for a in (item.alias, *item.others) if a.entry.kind == "person"]
    titles = [i for i in before if i.is_agent]
    if _ELECT.search(text, start, item.start):
        titles = []  # The office is not yet held.
    title = text[titles[-1].start : titles[-1].end] if titles else ""
    former = _is_former(text, start, item.start)
    if item.alias.use == "surname" and all(t.rough for c in choices for t in c.terms):
        choices = [c for c in choices if country and c.country == country]
        if not choices:
            return _titled_name(text, start, item.start, item.end, before) if titles else None
    entry = choose_person(choices, country, date, title)
    deputy = "deputy" in text[start : item.start].lower() or "spokes" in title.lower()
    now = standing(entry, date, gazetteer, title=title, former=former)
    office, sectors = now.office, now.sectors
    if office is None and titles and not former and (titles[-1].entry.sectors or deputy):
        # The text gives an office that we do not know of: believe the text.
        sectors = titles[-1].entry.sectors
        office = model.Office(title, None, country or entry.country or None)
    return Reading(
        entry.name,
        "person",
        now.country if office is now.office else (country or entry.country or None),
        sectors,
        office,
        dict(now.ids),
        entry.gender,
        entry=entry,
        rule=now.rule,
        weak=item.alias.use == "surname" and not titles and not _is_honorific(text, start, item.start),
        head=title.lower(),
    )


def _is_honorific(text: str, start: int, end: int) -> bool:
    return any(w.rstrip(".") in word_set("honorifics") for w in text[start:end].split()[-1:])


def choose_person(choices: Sequence[Entry], country: str | None, date: str | None, title: str) -> Entry:
    """Return the likeliest of several persons of one name: by country, then by office on the date."""

    def fits(entry: Entry) -> tuple[int, int, int]:
        on_day = [t for t in entry.terms if date and t.covers(date)]
        titled = any(title and title.lower() in t.title.lower() for t in on_day or entry.terms)
        return (
            int(bool(country) and entry.country == country),
            int(titled) + int(bool(on_day)),
            len(on_day),
        )

    return max(choices, key=fits)


def _agent(text: str, start: int, end: int, last: Item, before: Sequence[Item], date: str | None) -> Reading:
    country, ids = _country([i for i in before if not _is_of_others(text, i, last)])
    roles = sector_roles()
    sectors = list(last.entry.sectors)
    modifiers = [
        s
        for i in reversed(before)
        for s in i.entry.sectors
        if i.is_body or (i.is_agent and s != roles.private)
    ]
    head = text[last.start : last.end]
    if modifiers and head.lower().split()[-1] in word_set("of_their_body"):
        sectors = modifiers
    elif last.entry.kind in ("person", "people") and word_set("sectors_of_skill").intersection(sectors[:1]):
        sectors = [*modifiers, *sectors]  # An army cook is the army's.
    else:
        sectors.extend(modifiers)
    if _is_former(text, start, last.start + 1) and roles.elected.intersection(sectors[:1]):
        sectors = list(out_of_office())
    opposing = word_set("of_opposition") & set(text[start : last.start].lower().split())
    if opposing and sectors[:1] == [roles.governing]:
        sectors = [roles.opposing]
    kind = last.entry.kind
    members = _states_of(text[start : last.start], head, last, before, date)
    if members:
        kind = "state"
    plural = last.alias.use == "agents" or kind == "people"
    if kind == "people" and last.alias.use == "agent":
        plural = last.entry.name.split()[-1] in word_set("collective_nouns")
        kind = "people" if plural else "person"
    bodies = [i for i in before if i.is_body]
    if kind == "organization" and bodies and bodies[-1].entry.kind == "igo":
        kind = "igo"
    if kind == "person" and plural:
        kind = "people"
    return Reading(
        _name(text, start, end),
        kind,
        country,
        tuple(dict.fromkeys(sectors)),
        None,
        {k: v for k, v in ids.items() if k == "plover"},
        gender=gender_of_title(head),
        plural=plural,
        members=members,
        form="nominal",
        rule=f"{'bystander' if last.entry.bystander else 'agent'}:{last.entry.name}",
        head=last.entry.name,
    )


def _is_of_others(text: str, item: Item, last: Item) -> bool:
    """Tell whether a state is what somebody deals with or who leads others: "a Russia expert", "a US-led militia"."""
    if text[item.end :].startswith("-led"):
        return last.entry.name.split()[-1] not in word_set("led_by_a_state")
    if last.entry.name.split()[-1] not in word_set("studying") or not item.is_state:
        return False
    adjective = any(a.use == "adjective" for a in (item.alias, *item.others))
    return item.alias.use == "name" and not adjective and not text[item.start : item.end].isupper()


def _states_of(
    words_before: str, head: str, last: Item, before: Sequence[Item], date: str | None
) -> list[str] | None:
    """Return the states that "ASEAN members", "EU states", "Western powers" stand for, or None for other words."""
    if last.alias.use != "agents" or last.entry.name not in word_set("of_members"):
        return None
    if before:
        body = before[-1]
        return _members(body.entry, date) if body.is_body and body.entry.kind == "igo" else None
    group = " ".join(w for w in words_before.split() if w.lower() not in word_set("before_groups"))
    if group in word_set("powers_only") and head.lower() != "powers":
        return None
    name = words()["state_groups"].get(group)
    return members_of(name, date) if name else None


def gender_of_title(word: str) -> str:
    """Return "male", "female" or "" for a noun or title ("Mrs", "spokesman")."""
    word = word.rstrip(".")
    lowered = word.lower().split()[-1] if word else ""
    if word in word_set("male") or lowered in word_set("male"):
        return "male"
    return "female" if word in word_set("female") or lowered in word_set("female") else ""


def _body(text: str, start: int, end: int, last: Item, before: Sequence[Item], date: str | None) -> Reading:
    entry = last.entry
    country: str | None = entry.country or None
    name = entry.name
    given, _ = _country([i for i in before if i.is_state])
    known: Entry | None = entry
    if given and given != country and entry.kind in ("organization", "people"):
        # "the Kenyan Senate", "Iraqi Kurds": the modifier beats what the bare name would mean.
        country, name, known = given, _name(text, start, end), None
    return Reading(
        name,
        entry.kind,
        country,
        entry.sectors,
        None,
        dict(entry.ids),
        entry=known,
        plural=entry.kind == "people",
        members=_members(entry, date),
        rule="gazetteer",
        head=name.rsplit(" ", 1)[-1].lower(),
    )


def _members(entry: Entry, date: str | None) -> list[str] | None:
    """Return the countries of a collective: those that a user's file gives, else its members on a day."""
    return (list(entry.members) or None) if entry.own else members_of(entry.name, date)


def _state_or_place(last: Item) -> Reading:
    entry = last.entry
    if last.alias.use in ("demonym", "demonyms"):
        return Reading(
            last.alias.text,
            "people" if last.alias.use == "demonyms" else "person",
            entry.country,
            plural=last.alias.use == "demonyms",
            ids={},
            form="nominal",
            rule="demonym",
            head="national",
        )
    if last.alias.use == "place":
        return Reading(last.alias.text, "place", entry.country, entry=entry, rule="place")
    capital = last.alias.use == "capital"
    return Reading(
        entry.name,
        entry.kind,
        entry.country or None,
        entry.sectors,
        ids=dict(entry.ids),
        entry=entry,
        members=_members(entry, None) if entry.own else None,
        form="metonym" if capital else "name",
        rule="capital" if capital else "gazetteer",
        capital=capital,
    )


def _with_tail(
    text: str,
    start: int,
    end: int,
    inside: Sequence[Item],
    tail: str,
    gazetteer: Gazetteer,
    date: str | None,
) -> Reading | None:
    """Read a phrase whose last words are no known name: a person after a title, an organization, a thing."""
    last = inside[-1]
    titled = last.alias.use == "agent" and last.entry.kind in ("person", "people")
    run = NAME_RUN.search(text, last.end, end)
    if titled and run and run.end() >= end - 1 and not organization_head(tail):
        return _titled_name(text, start, run.start(), end, inside)
    return _unknown(text, start, end, inside)


def _titled_name(text: str, start: int, name_start: int, end: int, before: Sequence[Item]) -> Reading:
    """Read an unknown person by the title before the name: "Guyana's deputy minister Ana Reyes"."""
    last = [i for i in before if i.is_agent][-1]
    others = [i for i in before if i is not last]
    country, ids = _country(others)
    sectors = last.entry.sectors
    if _is_former(text, start, last.start + 1) and sector_roles().elected.intersection(sectors[:1]):
        sectors = out_of_office()
    weak = text[last.start : last.end].lower().split()[-1] in word_set("of_their_body")
    of_body = [s for i in reversed(others) for s in i.entry.sectors]
    if weak and of_body:
        sectors = tuple(dict.fromkeys(of_body))
    title = _name(text, last.start, last.end)
    return Reading(
        _name(text, name_start, end),
        "person",
        country,
        sectors,
        None if sectors == out_of_office() else model.Office(title, None, country),
        {k: v for k, v in ids.items() if k == "plover"},
        gender_of_title(title),
        rule="title and name",
        head=last.entry.name,
    )


def organization_head(words_: str) -> str | None:
    """Return the head noun that makes a run of capitalised words an organization's name, or None."""
    parts = words_.split()
    for size in (3, 2, 1):
        head = " ".join(parts[-size:])
        if head in organization_heads():
            return head
    if len(parts) > 2 and parts[1] in ("of", "for") and parts[0] in organization_heads():
        return parts[0]
    return None


def _unknown(text: str, start: int, end: int, inside: Sequence[Item]) -> Reading | None:
    """Read a name that is not in the gazetteer: an organization by its head noun, a person by Mr or Mrs."""
    run = None
    for match in NAME_RUN.finditer(text, start, end):
        run = match
    if run is None or run.end() < end - 1:
        return None
    country, ids = _country(inside)
    name = _name(text, run.start(), end)
    head = organization_head(name)
    if head is not None and (" " in name or inside):
        sectors, kind = organization_heads()[head]
        return Reading(
            _name(text, start, end) if inside else name,
            "ngo" if kind == "ngo" else "armed_group" if kind == "armed_group" else "organization",
            country,
            sectors,
            ids={k: v for k, v in ids.items() if k == "plover"},
            rule=f"organization head:{head}",
            head=head.lower(),
        )
    first = name.split()[0].rstrip(".")
    if first in word_set("honorifics") and " " in name:
        sector = words()["honorific_sectors"].get(first)
        return Reading(
            name.split(" ", 1)[1],
            "person",
            country,
            (sector,) if sector else (),
            gender=gender_of_title(first),
            rule="honorific",
        )
    return None
