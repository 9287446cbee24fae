"""The filters of a page: they live in its address, and become a condition over `events_now`.

Every word that a reader typed goes into the query as a parameter, never as SQL.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.datastructures import QueryParams

    from dragoman.web.ontology import Ontology

# The day by which an event had taken or is to take place; reports without a time are bounded by their own day.
DAY = "coalesce(e.latest, e.earliest, e.date)"
ARTICLE_ITSELF = "article"
LONGEST_WORDS = 200
_COUNTRY = re.compile(r"[A-Z]{3}\Z")
_TEXT = ("actor", "recipient", "claimant", "place", "text")


class Condition(NamedTuple):
    """A condition over `events_now AS e` as SQL, and the values of its parameters in order."""

    sql: str
    values: list[Any]


class Filters(msgspec.Struct, frozen=True):
    """What to show. Empty fields ask for nothing.

    `actor`, `recipient`, `claimant`: a key (`state:RUS`), a country (`RUS`: everybody who acts for it or comes
    from it), or a part of a name. `both`: the two sides may be the other way round; one side alone is then
    sought on either.
    `since`, `until`: the event's own time overlaps. `sure`: confidence at least. `news`: not what is told
    as history; `again`: also what one article tells twice.
    """

    actor: str = ""
    recipient: str = ""
    both: bool = False
    quad: tuple[int, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    claimant: str = ""
    place: str = ""
    source: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    text: str = ""
    sure: float = 0.0
    news: bool = False
    again: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filters as names and values of an address; those that ask for nothing are left out."""
        found: list[tuple[str, str]] = []
        for name, default in zip(self.__struct_fields__, _DEFAULTS, strict=True):
            value = getattr(self, name)
            if value == default:
                continue
            if isinstance(value, tuple):
                found += [(name, str(one)) for one in value]
            elif isinstance(value, bool):
                found.append((name, "1" if value else "0"))
            else:
                found.append((name, str(value)))
        return found

    def href(self, path: str, **changes: Any) -> str:
        """Return the address of a page with these filters, some of them changed; None takes one away.

        Names that are no filters (`page`, `sort`) are put behind them.
        """
        own = {name: value for name, value in changes.items() if name in _NAMES}
        fresh = {
            name: _DEFAULTS[_NAMES.index(name)] if value is None else value for name, value in own.items()
        }
        pairs = msgspec.structs.replace(self, **fresh).pairs() if fresh else self.pairs()
        pairs += [
            (name, str(value)) for name, value in changes.items() if name not in _NAMES and value is not None
        ]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.pairs())

    @property
    def whole(self) -> bool:
        """Whether everything is shown that is no repeated telling."""
        return self == Filters()

    def condition(self, ontology: Ontology) -> Condition:
        """Return the condition over `events_now AS e`."""
        parts: list[str] = []
        values: list[Any] = []

        def add(sql: str, *more: Any) -> None:
            parts.append(sql)
            values.extend(more)

        if not self.again:
            add("e.duplicate_of IS NULL")
        if self.news:
            add("NOT e.historical")
        types = list(self.type)
        if self.quad:
            wanted = ontology.types_of(self.quad)
            types = [name for name in wanted if name in types] if types else wanted
            add("list_contains(?, e.type)", types)
        elif types:
            add("list_contains(?, e.type)", types)
        if self.status:
            add("list_contains(?, e.status)", list(self.status))
        if self.since:
            add(f"{DAY} >= ?", self.since)
        if self.until:
            add("coalesce(e.earliest, e.latest, e.date) <= ?", self.until)
        if self.sure:
            add("e.confidence >= ?", self.sure)
        # Numbers need no lowering; they come first, so that only what is left is lowered.
        for words in sorted(self.text.casefold().split(), key=_has_capitals):
            sentence = "lower(e.sentence)" if _has_capitals(words) else "e.sentence"
            add(f"contains({sentence}, ?)", words)
        if self.source:
            add("e.article IN (SELECT article FROM articles WHERE source = ?)", self.source)
        if self.place:
            add(*_place(self.place))
        if self.claimant:
            add(*_claimant(self.claimant))
        for sql, more in self._parties("e"):
            add(sql, *more)
        return Condition(" AND ".join(parts) or "TRUE", values)

    def of_reports(self) -> Condition | None:
        """Return the condition over `reports_now AS r` when nothing but parties is asked for; else None.

        Reports have neither repeated tellings nor rejected codings, so that the events need not be read.
        """
        if msgspec.structs.replace(self, actor="", recipient="", both=False, again=False) != Filters():
            return None
        found = list(self._parties("r"))
        return Condition(
            " AND ".join(sql for sql, _ in found) or "TRUE", [value for _, more in found for value in more]
        )

    def _parties(self, table: str) -> Iterable[tuple[str, list[Any]]]:
        for side, words in (("actor", self.actor), ("recipient", self.recipient)):
            if words:
                match, value = who(words, "p.key", "p.country", "p.name")
                where = match if self.both else f"p.side = '{side}' AND {match}"
                yield (
                    f"({table}.article, {table}.event) IN "
                    f"(SELECT (p.article, p.event) FROM participants_now AS p WHERE {where})",
                    [value],
                )


def _has_capitals(words: str) -> bool:
    """Return whether any letter of words in lower case may also stand in capitals."""
    return any(letter.upper() != letter or not letter.isascii() for letter in words)


def who(words: str, key: str, country: str, name: str) -> tuple[str, str]:
    """Return the condition, and its value, that columns stand for the actor that somebody typed."""
    if ":" in words:
        return f"{key} = ?", words
    if _COUNTRY.match(words):
        return f"{country} = ?", words
    return f"contains(lower({name}), ?)", words.casefold()


def _place(words: str) -> tuple[str, str]:
    if _COUNTRY.match(words):
        return "e.place_country = ?", words
    return "contains(lower(e.place), ?)", words.casefold()


def _claimant(words: str) -> tuple[str, ...]:
    if words == ARTICLE_ITSELF:
        return ("e.claim IS NULL",)
    return who(words, "e.claimant_key", "e.claimant_country", "e.claimant")


class Read(NamedTuple):
    """Filters as they were read, and what was wrong with the address."""

    filters: Filters
    problems: tuple[str, ...]


def read(params: QueryParams, ontology: Ontology, statuses: Iterable[str]) -> Read:
    """Read filters from an address. What cannot be read is left out and named."""
    problems: list[str] = []
    found: dict[str, Any] = {}
    for name in (*_TEXT, "source"):
        words = " ".join(params.get(name, "").split())
        if len(words) > LONGEST_WORDS:
            problems.append(f"{name}: longer than {LONGEST_WORDS} characters, cut")
        found[name] = words[:LONGEST_WORDS].strip()
    for name in ("since", "until"):
        if written := params.get(name, "").strip():
            try:
                found[name] = datetime.date.fromisoformat(written)
            except ValueError:
                problems.append(f"{name}: {written[:40]!r} is no date; write it as 2020-07-14")
    if found.get("since") and found.get("until") and found["since"] > found["until"]:
        problems.append(f"since {found['since']} is after until {found['until']}: nothing can be found")
    if written := params.get("sure", "").strip():
        try:
            found["sure"] = min(max(float(written), 0.0), 1.0)
            if found["sure"] != found["sure"]:
                raise ValueError
        except ValueError:
            found["sure"] = 0.0
            problems.append(f"sure: {written[:40]!r} is no number from 0 to 1")
    known_statuses = tuple(statuses)
    for name, valid in (("type", None), ("status", known_statuses), ("quad", ())):
        chosen = [value for value in params.getlist(name) if value]
        if name == "quad":
            numbers = {str(quad.number): quad.number for quad in ontology.quads if quad.number}
            problems += [f"quad: there is no {value[:40]!r}" for value in chosen if value not in numbers]
            found[name] = tuple(sorted({numbers[value] for value in chosen if value in numbers}))
        else:
            wrong = [value for value in chosen if valid and value not in valid]
            problems += [f"{name}: there is no {value[:40]!r}" for value in wrong]
            found[name] = tuple(sorted({value[:LONGEST_WORDS] for value in chosen} - set(wrong)))
    found["both"] = params.get("both") == "1"
    found["again"] = params.get("again") == "1"
    found["news"] = params.get("news") == "1"
    return Read(Filters(**found), tuple(problems))


_NAMES = Filters.__struct_fields__
_DEFAULTS = tuple(getattr(Filters(), name) for name in _NAMES)
