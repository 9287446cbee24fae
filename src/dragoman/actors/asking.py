"""Answers for a phrase that somebody else marked: who is it, for which country, in which role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dragoman.actors.gazetteer import Gazetteer, load_gazetteer, proper_sectors, word_set
from dragoman.actors.items import Item, read_items
from dragoman.actors.phrases import NAME_RUN, Reading, read_phrase
from dragoman.actors.sectors import sector_roles
from dragoman.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
# Where the phrase proper ends and what belongs to it begins.
_AFTER_HEAD = re.compile(
    r"\s+(?:(of|for|in|from|at|to|with|on|under|by|against|near)|(who|which|that|whose|where))\s+|\s*[,(;:]\s*"
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|some|several|many|all|both|his|her|their|its|this|these|those)\s+", re.I
)


class ActorAnswerer:
    """Answers rows `{id, phrase, date, context}`; needs no parse and no article.

    Args:
        gazetteer: who is known; None takes the gazetteer of the package.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = load_gazetteer() if gazetteer is None else gazetteer

    def answer(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row with name, kind, country, sectors, office, ids and why added.

        What the phrase does not tell is null or empty. Raises `ArticleError` when the row has no phrase or
        its date is no date.
        """
        phrase, date = row.get("phrase"), row.get("date")
        if not isinstance(phrase, str) or not phrase.strip():
            raise ArticleError("no phrase", advice="rows are {id, phrase, date, context}")
        if date is not None and not (isinstance(date, str) and _DATE.match(date)):
            raise ArticleError(f"{date!r} is no date", advice="write YYYY-MM-DD or null")
        reading = self.read(phrase, date, row.get("context"))
        return {**row, **_fields(phrase, reading)}

    def read(self, phrase: str, date: str | None, context: str | None = None) -> Reading | None:
        """Return what a phrase stands for on a date, or None when it tells nothing."""
        items = read_items(phrase, self.gazetteer.find(phrase), self.gazetteer, date)
        parts = self._parts(phrase, items)
        reading: Reading | None = None
        for start, end, link in parts:
            part = read_phrase(phrase, start, end, items, self.gazetteer, date)
            if reading is None:
                reading = part
                if part is None:
                    reading = self._loose(phrase, start, end, items)
            elif part is not None:
                _complete(reading, part, link)
        if (reading is None or reading.weak or not reading.country) and context:
            reading = self._from_context(phrase, reading, date, context)
        return reading

    def _parts(self, phrase: str, items: list[Item]) -> list[tuple[int, int, str]]:
        """Cut a phrase into its head phrase and what follows, never inside a name."""
        first = _DETERMINER.match(phrase)
        start = first.end() if first else 0
        parts: list[tuple[int, int, str]] = []
        link = ""
        for match in _AFTER_HEAD.finditer(phrase, start):
            if any(i.start < match.end() and match.start() < i.end for i in items):
                continue
            if match.start() > start:
                parts.append((start, match.start(), link))
            link = match.group(1) or match.group(2) or ","
            more = _DETERMINER.match(phrase[match.end() :])
            start = match.end() + (more.end() if more else 0)
        if start < len(phrase.rstrip()):
            parts.append((start, len(phrase.rstrip()), link))
        return parts

    def _loose(self, phrase: str, start: int, end: int, items: list[Item]) -> Reading | None:
        """Read a phrase whose head is no known kind of actor: its modifiers still tell country and role."""
        inside = [i for i in items if start <= i.start and i.end <= end]
        if not inside:
            return None
        country = next((i.entry.country for i in inside if i.entry.country and not i.is_person), None)
        sectors = [s for i in reversed(inside) if not i.is_person for s in i.entry.sectors]
        if country is None and not sectors:
            return None
        ids = next((dict(i.entry.ids) for i in inside if i.entry.ids.get("plover")), {})
        return Reading(
            phrase[start:end], "other", country, tuple(dict.fromkeys(sectors)), ids=ids, rule="modifiers"
        )

    def _from_context(
        self, phrase: str, reading: Reading | None, date: str | None, context: str
    ) -> Reading | None:
        """Look for the fuller form of a name in the text around it: "Lavrov" in "Sergei Lavrov"."""
        bare = _DETERMINER.sub("", phrase.strip())
        if not NAME_RUN.fullmatch(bare):
            return reading
        items = read_items(context, self.gazetteer.find(context), self.gazetteer, date)
        for at, item in enumerate(items):
            if item.is_person and context[item.start : item.end].endswith(bare):
                titles = [b for b in items[max(0, at - 3) : at] if item.start - b.end < 30]
                start = titles[0].start if titles else item.start
                fuller = read_phrase(context, start, item.end, items, self.gazetteer, date)
                if fuller is not None and (item.alias.use == "name" or titles):
                    return fuller
        for match in re.finditer(re.escape(bare), context):
            titles = [i for i in items if i.end <= match.start() and match.start() - i.end < 30]
            titles = [t for t in titles if context[t.end : match.start()].count(",") == 0]
            if titles and not any(i.start <= match.start() < i.end for i in items):
                fuller = read_phrase(context, titles[0].start, match.end(), items, self.gazetteer, date)
                if fuller is not None:
                    return fuller
        return reading


def _complete(reading: Reading, part: Reading, link: str) -> None:
    """Add what a following phrase tells: "of Kenya" the country, "spokesman for the Taliban" the sector."""
    if link in ("who", "which", "that", "whose", "where", "with", "against", "by", "under", "on"):
        return
    known = reading.entry is not None
    if link == "," and known:
        return
    if not reading.country and "plover" not in reading.ids and not (known and reading.kind == "igo"):
        reading.country = part.country
        if "plover" in part.ids:
            reading.ids["plover"] = part.ids["plover"]
    if known:
        return
    words = reading.head.split()
    belongs = words and words[-1] in word_set("of_their_body")
    of_body = (
        link in ("of", "for", "in", "from")
        and belongs
        and sector_roles().out_of_office not in reading.sectors
    )
    if part.sectors and (of_body or (link == "," and not reading.sectors)):
        reading.sectors = part.sectors


def _fields(phrase: str, reading: Reading | None) -> dict[str, Any]:
    if reading is None:
        return {
            "name": phrase,
            "kind": None,
            "country": None,
            "sectors": [],
            "office": None,
            "ids": {},
            "why": "no known name, title or kind of agent in the phrase",
        }
    office = reading.office
    return {
        "name": reading.name,
        "kind": reading.kind,
        "country": reading.country,
        "sectors": list(proper_sectors(reading.sectors)),
        "office": None
        if office is None
        else {"title": office.title, "organization": office.organization, "country": office.country},
        "ids": reading.ids,
        "why": reading.rule,
    }
