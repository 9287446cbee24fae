"""The gazetteer: who is known by which name, and one automaton that finds all names in one pass.

The data are the CSV and YAML files below `data/actors/`; each row names its source.
"""

from __future__ import annotations

import csv
import functools
import gc
import importlib.resources
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import ahocorasick_rs
import yaml

from dragoman.actors.entries import Alias, Entry, Term, Use, split_cell, title_case
from dragoman.actors.own_files import add_actors, read_actors
from dragoman.actors.sectors import sector_roles
from dragoman.actors.spellings import spellings_of
from dragoman.draft import NameHit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman import model


def data_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file below `data/actors/`."""
    path = importlib.resources.files("dragoman") / "data" / "actors" / name
    reader = csv.reader(io.StringIO(path.read_text("utf-8")))
    columns = next(reader)
    for row in reader:
        yield dict(zip(columns, row, strict=True))


def proper_sectors(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the sectors among PLOVER codes, without those of the country slot (IGO, UNO, ...)."""
    return tuple(code for code in codes if code not in word_set("international_codes"))


@functools.cache
def words() -> dict[str, Any]:
    """Return `data/actors/words.yaml`: the words that shape how a noun phrase is read."""
    path = importlib.resources.files("dragoman") / "data" / "actors" / "words.yaml"
    return cast("dict[str, Any]", yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """Return one list of `words()` as a set."""
    return frozenset(words()[name])


@functools.cache
def _given_names() -> dict[str, str]:
    path = importlib.resources.files("dragoman") / "data" / "actors" / "given_names.yaml"
    raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {name: gender for gender, names in raw.items() for name in names}


def gender_of(name: str) -> str:
    """Return "male", "female" or "" for a person's name, by its given name."""
    return _given_names().get(name.split()[0], "") if " " in name else ""


@functools.cache
def _members() -> dict[str, list[tuple[str, str, str]]]:
    path = importlib.resources.files("dragoman") / "data" / "actors" / "members.yaml"
    raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name, members in raw.items():
        found[name] = []
        for member in members:
            if isinstance(member, str):
                found[name].append((member, "", ""))
            else:
                (code, span), *_ = member.items()
                start, _, end = str(span).partition("/")
                found[name].append((code, start, end))
    return found


def members_of(name: str, date: str | None) -> list[str] | None:
    """Return the ISO3 codes of a collective's members on a day, or None when it is not known as one.

    Without a date: the members that have not left.
    """
    known = _members().get(name)
    if known is None:
        return None
    return [
        code for code, start, end in known if (start <= date and (not end or date < end) if date else not end)
    ]


# A given name of so many persons is taken for one where it stands before an unknown name.
_BEARERS = 3

BODIES = ("igos.csv", "bodies.csv", "groups.csv", "ngos.csv", "companies.csv", "peoples.csv")


class Gazetteer:
    """All entries with their names.

    `find` gives the names in a text; `aliases[hit.key]` what each may stand for.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.texts: list[str] = []
        self.aliases: list[list[Alias]] = []
        self.states: dict[str, Entry] = {}
        # What one person of a state is called where several are called otherwise: "a Somali", but not "a Chinese".
        self.singular_demonyms: set[str] = set()
        self._keys: dict[str, int] = {}
        self._automaton: Any = None
        self._taken: set[str] = set()
        self._given_names: frozenset[str] | None = None

    def add(self, text: str, entry: Entry, use: Use) -> None:
        """Add one way to name an entry; the same alias twice is kept once, one that is taken not at all."""
        if not self._taken:
            self._put(text, entry, use)
            return
        if text in self._taken:
            return
        known = self._instead_of(entry)
        for one in known or (entry,):
            self._put(text, one, use)

    def _instead_of(self, entry: Entry) -> list[Entry]:
        """Return those whom a user's file names as an entry: all other names of it are theirs as well."""
        if entry.own or entry.name not in self._taken:
            return []
        known = [a.entry for a in self.lookup(entry.name) if a.entry.kind == entry.kind]
        for one in known:
            if one.country == entry.country:
                one.ids = {**entry.ids, **one.ids}
        return known

    def _put(self, text: str, entry: Entry, use: Use) -> None:
        key = self._keys.get(text)
        if key is None:
            self._keys[text] = len(self.texts)
            self.texts.append(text)
            self.aliases.append([Alias(text, entry, use)])
        elif all(known.entry is not entry for known in self.aliases[key]):
            self.aliases[key].append(Alias(text, entry, use))

    def take_names(self) -> None:
        """Let the names known so far mean what they mean now, whatever is added later."""
        self._taken.update(self.texts)

    def lookup(self, text: str) -> list[Alias]:
        """Return what a name may stand for; empty when it is unknown."""
        key = self._keys.get(text)
        return [] if key is None else self.aliases[key]

    def is_given_name(self, word: str) -> bool:
        """Tell whether a capitalised word is the given name of persons who are known, and nothing else."""
        if self._given_names is None:
            first = Counter(
                e.name.partition(" ")[0] for e in self.entries if e.kind == "person" and " " in e.name
            )
            known = {name for name, count in first.items() if count >= _BEARERS and self._only_surname(name)}
            self._given_names = frozenset(known | set(_given_names()))
        return word in self._given_names

    def is_surname(self, word: str) -> bool:
        """Tell whether a capitalised word is the surname of persons who are known, and nothing else."""
        return bool(self.lookup(word)) and self._only_surname(word)

    def _only_surname(self, word: str) -> bool:
        return all(alias.use == "surname" for alias in self.lookup(word))

    def find(self, text: str) -> list[NameHit]:
        """Return the names in a text: whole words, the longest where several overlap, in text order."""
        if self._automaton is None:
            self._automaton = ahocorasick_rs.AhoCorasick(
                self.texts, implementation=ahocorasick_rs.Implementation.ContiguousNFA
            )
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        whole = [(s, -e, k) for k, s, e in found if _is_whole(text, s, e)]
        hits: list[NameHit] = []
        at = 0
        for start, minus_end, key in sorted(whole):
            if start >= at:
                hits.append(NameHit(start, -minus_end, key))
                at = -minus_end
        return hits


def _is_whole(text: str, start: int, end: int) -> bool:
    if start > 0:
        before = text[start - 1]
        if before.isalnum() or before in "_@&":
            return False
        if before == "-":
            prefix = text[max(0, start - 8) : start - 1].rsplit(" ", 1)[-1].lower()
            if prefix in ("pro", "anti", "non", "al", "trans", "post", "pre"):
                return False
    if end < len(text):
        after = text[end]
        if after.isalnum() or after in "_@":
            return False
        if after in "'’" and text[end + 1 : end + 2].isalpha():
            rest = text[end + 1 : end + 3].lower()
            return (rest[:1] in ("s", "d", "l") and not rest[1:2].isalpha()) or rest in ("ll", "re", "ve")
    return True


@functools.cache
def load_gazetteer(*paths: str) -> Gazetteer:
    """Return the gazetteer of the package, with the actors files of the user before it.

    A name that several files have means what the last of them says. See `actors.own_files` for the format.

    Raises:
        ConfigError: when a file cannot be read or has faults, with file and line.
    """
    # Nothing of the many small objects made here is garbage; looking for it takes half of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _load(paths)
    finally:
        if collecting:
            gc.enable()


def _load(paths: tuple[str, ...]) -> Gazetteer:
    gazetteer = Gazetteer()
    for path in reversed(paths):
        add_actors(gazetteer, read_actors(Path(path)))
        gazetteer.take_names()
    _add_states(gazetteer)
    for name in BODIES:
        for row in data_rows(name):
            _add_body(gazetteer, row)
    _add_persons(gazetteer)
    _add_places(gazetteer)
    _add_agents(gazetteer)
    return gazetteer


def _add_states(gazetteer: Gazetteer) -> None:
    for row in data_rows("states.csv"):
        ids = {"iso3": row["iso3"]}
        if row["cow"]:
            ids |= {"cow": row["cow"], "gwcode": row["gwcode"]}
        entry = Entry(row["name"], "state", row["iso3"], ids=ids, start=row["start"], end=row["end"])
        gazetteer.entries.append(entry)
        gazetteer.states[row["iso3"]] = entry
        for name in (row["name"], *split_cell(row["aliases"])):
            gazetteer.add(name, entry, "name")
        for name in split_cell(row["adjectives"]):
            gazetteer.add(name, entry, "adjective")
        for name in split_cell(row["demonyms"]):
            gazetteer.add(name, entry, "demonyms")
        gazetteer.singular_demonyms.update(set(split_cell(row["demonym"])) - set(split_cell(row["demonyms"])))
        for name in split_cell(row["demonym"]):
            gazetteer.add(name, entry, "demonym")
        for name in split_cell(row["capitals"]):
            gazetteer.add(name, entry, "capital")


def _add_body(gazetteer: Gazetteer, row: dict[str, str]) -> Entry:
    kind = cast("model.EntityKind", row["kind"])
    ids = {"plover": row["plover"]} if row.get("plover") else {}
    entry = Entry(row["name"], kind, row["country"], split_cell(row["sectors"]), ids)
    gazetteer.entries.append(entry)
    for name in (row["name"], *split_cell(row["aliases"])):
        for written in _as_written(name):
            gazetteer.add(written, entry, "name")
    if row.get("seat"):
        gazetteer.add(row["seat"], entry, "capital")
    return entry


def _as_written(name: str) -> Iterator[str]:
    """Yield a body's name as newspapers write it: with a curled apostrophe, and "party" without a capital."""
    for one in dict.fromkeys((name, name.replace("'", "’"))):
        yield one
        if one.endswith(" Party"):
            yield one[: -len("Party")] + "party"


def _add_persons(gazetteer: Gazetteer) -> None:
    known: dict[tuple[str, str], Entry] = {}
    variants: list[tuple[str, Entry, Use]] = []
    never = word_set("never_names_alone")
    for row in data_rows("holders.csv"):
        key = row["person"], row["country"]
        entry = known.get(key)
        if entry is None:
            entry = known[key] = Entry(
                row["person"], "person", row["country"], gender=row["gender"], party=row["party"]
            )
            gazetteer.entries.append(entry)
            for name in (row["person"], *split_cell(row["aliases"])):
                use: Use = "name" if " " in name else "surname"
                gazetteer.add(name, entry, use)
                variants.extend((other, entry, use) for other in spellings_of(name))
            for name in split_cell(row["surnames"]):
                if name in never:
                    continue
                gazetteer.add(name, entry, "surname")
                variants.extend((other, entry, "surname") for other in spellings_of(name))
        if row["start"]:
            entry.terms.append(_term(row))
    # Another spelling never takes a name from somebody who is written that way.
    taken = {text for text, _, _ in variants if gazetteer.lookup(text)}
    for text, entry, use in variants:
        if text not in taken:
            gazetteer.add(text, entry, use)


def _term(row: dict[str, str]) -> Term:
    return Term(
        row["title"],
        row["organization"],
        row["country"],
        split_cell(row["sectors"]),
        row["start"],
        row["end"],
        "of the list" in row["source"] or "list ends" in row["source"],
    )


def _add_places(gazetteer: Gazetteer) -> None:
    for name in ("places.csv", "cities.csv"):
        for row in data_rows(name):
            seat = row["kind"] == "seat"
            entry = Entry(row["name"], "place", row["country"], (sector_roles().governing,) if seat else ())
            gazetteer.entries.append(entry)
            known = gazetteer.lookup(row["name"])
            if not known or seat or all(a.entry.kind == "igo" or a.entry.end for a in known):
                gazetteer.add(row["name"], gazetteer.states[row["country"]] if seat else entry,
                              "capital" if seat else "place")  # fmt: skip


def _add_agents(gazetteer: Gazetteer) -> None:
    for row in data_rows("agents.csv"):
        kind = cast("model.EntityKind", row["kind"])
        entry = Entry(
            row["term"],
            kind,
            sectors=split_cell(row["sectors"]),
            title=row["title"] == "yes",
            bystander=row["bystander"] == "yes",
        )
        gazetteer.entries.append(entry)
        for term, use in ((row["term"], "agent"), (row["plural"], "agents")):
            forms = (term, term[:1].upper() + term[1:])
            for form in dict.fromkeys(forms if entry.bystander else (*forms, title_case(term))):
                if form and not gazetteer.lookup(form):
                    gazetteer.add(form, entry, cast("Use", use))
