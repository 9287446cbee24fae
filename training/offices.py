"""Put the succession lists of `training/offices/` into `src/dragoman/data/actors/holders.csv`.

A list is one line: `@COUNTRY TITLE | ORGANIZATION | SECTORS: PERSON START; PERSON START; ...`. Each holder leaves the
day the next one starts; `- DAY` says that the office is empty from then on, `? DAY` that the list
follows the office no further. Before
a name `f` says that it is a woman's, after it `(CTY)` whose citizen an international official is and `=NAME` the
surname where it is not the last word. In the folders `foreign_ministers` and `defence_ministers` title and organization
go without saying.

A day may be a month (`2003-05`) or a year (`2003`) where no more is known: whoever comes holds the office from its
first day, whoever goes holds it up to its last, so that nobody is taken for out of office who may be in it. `?` in the
middle of a list says that whoever held the office from that day on is not known. A state that has no such ministry
stands in `without_ministry.csv` and has no holder then (`offices_gaps.py`).

Run: `python training/offices.py` (it says what it would change), `python training/offices.py --write`,
`python training/offices.py --gaps 2005` (whose minister is not known on 1 February).
"""

from __future__ import annotations

import argparse
import collections
import csv
import difflib
import functools
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import offices_gaps

ROOT = Path(__file__).resolve().parent
HOLDERS = ROOT.parent / "src" / "dragoman" / "data" / "actors" / "holders.csv"
COLUMNS = ("person", "aliases", "surnames", "gender", "country", "party", "title", "organization", "sectors", "start",
           "end", "source")  # fmt: skip
SOURCE = "succession lists"
# Up to when the lists follow an office whose holder has no end.
FOLLOWED = "2026-05-01"
FOLDERS = {
    "foreign_ministers": ("Foreign Minister", "Foreign Ministry", "GOV"),
    "defence_ministers": ("Defence Minister", "Defence Ministry", "GOV"),
}
HEADS = ("President", "Prime Minister", "King", "Queen", "Monarch", "Chancellor", "Premier", "Emir", "Sultan",
         "Emperor", "Supreme Leader", "Pope", "Prince", "Grand Duke", "Taoiseach", "Head of government")  # fmt: skip
SURNAME_FIRST = ("CHN", "TWN", "KOR", "PRK", "HKG", "MAC")
CALLED_BY_FIRST_NAME = ("ETH", "ERI", "THA")
NO_SURNAMES = ("MMR",)
TITLED = ("King", "Queen", "Pope", "Prince", "Emperor", "Sultan", "Sheikh", "Grand", "Lord", "Baron")
PLAIN = str.maketrans("đĐıøØłŁðþÞæÆə", "dDioOlLdtTaAe")
UNSAID = (
    "al",
    "el",
    "bin",
    "de",
    "jr",
    "ii",
    "iii",
    "sheikh",
    "king",
    "queen",
    "prince",
    "pope",
    "sultan",
    "emperor",
)
_LOWER = re.compile(
    r"deputy|vice|assistant|state for|opposition|acting|shadow|spokes|adviser|counsel|ambassador"
)
_FOREIGN = re.compile(
    r"(?:first )?minister (?:of|for) (?:european and )?(?:foreign|external)|foreign (?:minister|secretary)"
    r"|secretary of state$"
)
_DEFENCE = re.compile(
    r"minister (?:of|for) (?:national )?defence|defence (?:minister|secretary)|secretary of (?:national )?defence"
)
_HEADER = re.compile(r"@(\S+)\s*([^:]*):\s*(.*)")
_HOLDER = re.compile(r"(f )?(.+?)(?: \((\w{3})\))? (\d{4}(?:-\d\d){0,2})(?: =(.+))?")


@dataclass
class Term:
    """One holder of one office."""

    person: str
    surname: str
    gender: str
    country: str
    title: str
    organization: str
    sectors: str
    start: str
    end: str = ""
    followed: str = ""
    known_by: str = ""
    """What the start is known by when it is not a day: `month` or `year`."""
    surname_given: bool = False
    """Whether the list gives the surname."""
    then_unknown: bool = False
    """Whether the list does not say who came next."""


@dataclass
class Person:
    """What holders.csv knows of one person, and the rows that stay."""

    name: str
    country: str
    aliases: str = ""
    surnames: str = ""
    gender: str = ""
    party: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)


def plain(text: str) -> str:
    """Return a name in small letters without accents."""
    text = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def words_of(name: str) -> list[str]:
    """Return the words by which two spellings of a name are compared ("Đorđević", "Djordjevic")."""
    letters = plain(name).replace("'", "").replace("dj", "d")
    return [w for w in re.findall(r"[a-z]+", letters) if len(w) > 1 and w not in UNSAID]


def read_lists(folder: Path) -> list[Term]:
    """Return all terms of the lists. Raises `ValueError` with file and line for a line that cannot be read."""
    terms: list[Term] = []
    for path in sorted(folder.rglob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                terms.extend(_read_line(line, path.parent.name, f"{path}:{number}"))
    return terms


def ministers(office: str) -> list[Term]:
    """Return the terms of the `foreign` or `defence` ministers, without who answered for a missing ministry."""
    folder = f"{office}_ministers"
    organization = FOLDERS[folder][1]
    return [t for t in read_lists(ROOT / "offices" / folder) if t.organization == organization]


def _first_day(when: str) -> str:
    """Return the first day of a day, month or year."""
    return date.fromisoformat((when + "-01-01")[:10]).isoformat()


def _day_after(when: str) -> str:
    """Return the day itself, or the first day after a month or year."""
    first = date.fromisoformat(_first_day(when))
    if len(when) == len("2003"):
        return date(first.year + 1, 1, 1).isoformat()
    if len(when) == len("2003-05"):
        return date(first.year + first.month // 12, first.month % 12 + 1, 1).isoformat()
    return when


def _read_line(line: str, folder: str, where: str) -> list[Term]:
    match = _HEADER.fullmatch(line.strip())
    if match is None:
        raise ValueError(f"{where}: not '@COUNTRY TITLE: holders'")
    country, head, rest = match.groups()
    title, organization, sectors = FOLDERS.get(folder, ("", "", "GOV"))
    given = [part.strip() for part in head.split(" | ")]
    title = given[0] or title
    if len(given) == 3:
        organization, sectors = given[1:]
    elif folder not in FOLDERS:
        organization = ""
    if not title:
        raise ValueError(f"{where}: no title")
    found: list[Term] = []
    last = ""
    open_term: Term | None = None
    parts = rest.split(";")
    for number, part in enumerate(parts, 1):
        holder = _HOLDER.fullmatch(part.strip())
        if holder is None or _day_after(holder.group(4)) < last:
            raise ValueError(f"{where}: {part.strip()!r} is not 'NAME YYYY-MM-DD' after {last or 'nobody'}")
        woman, name, citizen, when, surname = holder.groups()
        last = _first_day(when)
        # Who comes next but one ends the doubt: "A 2013; B 2014; C 2014-07-01".
        then = _HOLDER.fullmatch(parts[number].strip()) if number < len(parts) else None
        following = _day_after(then.group(4)) if then is not None else "9999"
        if open_term is not None and name == "?" and number == len(parts):
            open_term.followed = last
        elif open_term is not None:
            open_term.end = min(_day_after(when), following)
            open_term.then_unknown = name == "?"
        open_term = None
        if name in "-?":
            continue
        nation = citizen or country
        known_by = {len("2003"): "year", len("2003-05"): "month"}.get(len(when), "")
        open_term = Term(name, surname or surname_of(name, nation), "f" if woman else "m", nation, title, organization,
                         sectors, last, known_by=known_by, surname_given=bool(surname))  # fmt: skip
        found.append(open_term)
    return found


def surname_of(name: str, country: str) -> str:
    """Return the part of a name that stands for a person alone; "" where none does."""
    parts = [w for w in name.split() if w.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    if parts[0] in TITLED or len(parts) == 1 or country in NO_SURNAMES:
        return ""
    eastern = country in SURNAME_FIRST and (len(parts) > 2 or "-" in parts[1] or country in ("CHN", "PRK"))
    if eastern or country in CALLED_BY_FIRST_NAME:
        return parts[0]
    # "Montenegro" and "Muscat" are first of all places.
    return "" if parts[-1] in place_names() else parts[-1]


@functools.cache
def place_names() -> frozenset[str]:
    """Return the names of states and capitals, which stand for nobody alone."""
    with (HOLDERS.parent / "states.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return frozenset(n for r in rows for c in ("name", "aliases", "capitals") for n in r[c].split("|") if n)


def office_class(title: str) -> str:
    """Return which office a title stands for, so that two lists of it can be compared."""
    lowered = title.lower().replace("defense", "defence")
    if _LOWER.search(lowered):
        return lowered
    if _FOREIGN.match(lowered):
        return "foreign"
    if _DEFENCE.match(lowered):
        return "defence"
    if lowered == "head of government" or lowered.startswith("taoiseach"):
        return "head of government"
    if re.match(
        r"(?:president|prime minister|chancellor|premier|king|queen|emir|sultan|emperor|monarch)$", lowered
    ):
        return lowered
    return lowered


def same_office(row: dict[str, str], term: Term) -> bool:
    """Tell whether a row and a term are of one office; a list of leaders does not say which office they hold."""
    one, two = office_class(row["title"]), office_class(term.title)
    if one == "head of government":
        return term.title in HEADS or term.title.startswith(
            ("Chairman", "Leader", "General Secretary", "Acting Pres")
        )
    return one == two


def overlap(row: dict[str, str], term: Term) -> bool:
    """Tell whether a row and a term share a day."""
    return (not term.end or row["start"] < term.end) and (not row["end"] or term.start < row["end"])


@functools.cache
def different_people() -> frozenset[frozenset[str]]:
    """Return pairs of names in one country that are like one name in two spellings, and mean two people."""
    with (ROOT / "offices" / "different_people.csv").open(encoding="utf-8") as file:
        return frozenset(frozenset(_bare(r[c]) for c in ("one", "other")) for r in csv.DictReader(file))


def _bare(name: str) -> str:
    return " ".join(words_of(name))


def same_person(person: Person, term: Term) -> bool:
    """Tell whether a person of holders.csv is that of a term, however the name is spelled."""
    if frozenset((_bare(person.name), _bare(term.person))) in different_people():
        return False
    ours = words_of(term.person)
    if any(_same_name(name, term.person) for name in (person.name, *person.aliases.split("|"))):
        return True
    known = set(ours) & set(words_of(person.surnames.replace("|", " ") + " " + person.name.split()[-1]))
    bare = set(ours) & set(words_of(person.name))
    for row in person.rows:
        if not overlap(row, term) or not same_office(row, term):
            continue
        if row["source"].startswith("REIGN"):
            apart = _days(row["start"], term.start)
            if apart <= 3 or ((known or bare) and apart < 200) or (_alike(person.name, term) and apart < 60):
                return True
        if row["source"].startswith("CIA") and (known or _alike(person.name, term)):
            return True
    return False


def _is_ours(person: Person) -> bool:
    """Tell whether the name of a person is that of a row written here, not one taken from another list."""
    return not person.rows or any(r["source"].startswith(("general knowledge", SOURCE)) for r in person.rows)


def _alike(name: str, term: Term) -> bool:
    """Tell whether a name may be that of a term in another spelling: "Shoygu", "Shoigu"."""
    last = [plain(n.split()[-1]).replace("al-", "") for n in (name, term.surname or term.person)]
    whole = [" ".join(words_of(n)) for n in (name, term.person)]
    return any(
        difflib.SequenceMatcher(None, *pair).ratio() > least for pair, least in ((last, 0.7), (whole, 0.75))
    )


def _days(one: str, two: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(two)).days)


def _same_name(one: str, two: str) -> bool:
    first, second = words_of(one), words_of(two)
    if not first or not second or first[0] != second[0]:
        return False
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == 1:
        return len(longer) == 1
    common = set(first) & set(second)
    return shorter[-1] in longer and len(common) > len(set(first) | set(second)) / 2


def merge(rows: list[dict[str, str]], terms: list[Term]) -> tuple[list[dict[str, str]], list[str]]:
    """Return the rows of holders.csv with the lists put in, and what was found different."""
    said: list[str] = []
    by_country = collections.defaultdict(list)
    people: dict[tuple[str, str], Person] = {}
    for row in rows:
        key = row["person"], row["country"]
        person = people.get(key)
        if person is None:
            person = people[key] = Person(*key, *(row[c] for c in ("aliases", "surnames", "gender", "party")))
            by_country[row["country"]].append(person)
        if not row["source"].startswith(SOURCE):
            person.rows.append(row)
    for term in terms:
        named = people.get((term.person, term.country))
        same = [p for p in by_country[term.country] if p is not named and same_person(p, term)]
        same = [named, *same] if named else same
        same.sort(key=lambda p: (not _is_ours(p), p.name != term.person, len(p.name) < 10))
        person = next(iter(same), None)
        trusted = person is not None and (person is named or _is_ours(person))
        if person is None or not trusted:
            person = people.get((term.person, term.country))
            if person is None:
                person = people[term.person, term.country] = Person(term.person, term.country)
                by_country[term.country].append(person)
        for other in same:
            _absorb(person, other, people, by_country)
        person.surnames = term.surname if term.surname_given else person.surnames or term.surname
        person.gender = person.gender or term.gender
        if person.name != term.person and term.person not in person.aliases.split("|"):
            person.aliases = "|".join(filter(None, (person.aliases, term.person)))
        kept = []
        for row in person.rows:
            if row["source"].startswith(SOURCE) or not same_office(row, term) or not overlap(row, term):
                kept.append(row)
            elif row["source"] == "general knowledge" and (row["start"], row["end"]) != (
                term.start,
                term.end,
            ):
                if (
                    row["end"]
                    and term.end
                    and 0 < _days(row["end"], term.end) < 150
                    and row["end"] < term.end
                ):
                    term.end = row["end"]  # The lists run on to the next holder; this one left before.
                elif row["start"] != term.start:
                    said.append(f"{term.country} {term.title} {person.name}: {row['start']}..{row['end']} before, "
                                f"{term.start}..{term.end} in the lists")  # fmt: skip
        person.rows = kept
        notes = "" if term.end else f", followed to {term.followed or FOLLOWED}"
        notes += f", start known by {term.known_by}" * bool(term.known_by)
        notes += ", the next holder is not known" * term.then_unknown
        person.rows.append({"title": term.title, "organization": term.organization, "sectors": term.sectors,
                            "start": term.start, "end": term.end, "source": SOURCE + notes})  # fmt: skip
    return [row for p in people.values() for row in _rows(p)], said


def _absorb(person: Person, other: Person, people: dict[tuple[str, str], Person],
            by_country: dict[str, list[Person]]) -> None:  # fmt: skip
    """Let one person take the rows and names of another spelling."""
    if other is person:
        return
    names = [n for n in (*person.aliases.split("|"), *other.aliases.split("|"), other.name) if " " in n]
    person.aliases = "|".join(n for n in dict.fromkeys(names) if n != person.name)
    person.gender = person.gender or other.gender
    person.rows.extend(other.rows)
    del people[other.name, other.country]
    by_country[other.country].remove(other)


def _rows(person: Person) -> list[dict[str, str]]:
    """Return the rows of a person: of offices held on one day the head of state's last, since the last one counts."""

    def order(row: dict[str, str]) -> tuple[bool, str]:
        return row["title"] in HEADS and row["source"].startswith(SOURCE), row["start"]

    own = {"person": person.name, "gender": person.gender, "country": person.country, "party": person.party}
    blank = dict.fromkeys(COLUMNS, "")
    made = [blank | row | own | {"aliases": "", "surnames": ""} for row in sorted(person.rows, key=order)]
    if made:
        made[0] |= {"aliases": person.aliases, "surnames": person.surnames}
    return made


def _contradictions() -> list[str]:
    without = offices_gaps.read_without()
    return [
        fault
        for office in offices_gaps.OFFICES
        for fault in offices_gaps.contradictions(office, ministers(office), without)
    ]


def _print_gaps(years: list[int]) -> None:
    without = offices_gaps.read_without()
    for office in offices_gaps.OFFICES:
        terms = ministers(office)
        for year in years:
            day = date(year, 2, 1).isoformat()
            print(offices_gaps.report(office, day, offices_gaps.coverage(office, day, terms, without)))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write holders.csv")
    parser.add_argument("--gaps", nargs="+", type=int, metavar="YEAR", help="say whose minister is not known")
    wanted = parser.parse_args()
    if faults := _contradictions():
        raise SystemExit("\n".join(faults))
    if wanted.gaps:
        _print_gaps(wanted.gaps)
        return
    with HOLDERS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    terms = read_lists(ROOT / "offices")
    made, said = merge(rows, terms)
    print("\n".join(said))
    print(f"{len(terms)} terms in the lists; {len(rows)} rows before, {len(made)} after")
    if wanted.write:
        with HOLDERS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(made)


if __name__ == "__main__":
    main()
