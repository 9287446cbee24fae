"""Actor dictionaries: names with synonyms, and the codes that they have, some of them between dates only."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.petrarch.codes import Agent, agent_of, is_armed
from dragoman.petrarch.source import lines_of, plain, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.petrarch.report import Report

_CODE = re.compile(r"\[([^\]]*)\]")
_DATED = re.compile(r"(\S+?)\s*(?:(<)\s*(\d+)|(>)\s*(\d+)|(\d+)\s*-\s*(\d+))")
# A year of two digits above this one is of the last century.
_PIVOT = 30
NOBODY = "---"


@dataclass(frozen=True, slots=True)
class Rule:
    """A code and from when (inclusive) until when (exclusive) it holds; "" leaves a side open."""

    code: str
    start: str
    end: str
    line: int


@dataclass(slots=True)
class ActorEntry:
    """Names of one actor, and its codes: the first that holds on a date counts."""

    line: int
    names: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def read_actors(path: Path, report: Report) -> list[ActorEntry]:
    """Read an actor dictionary; what is no entry goes to the report. Raises `ConfigError`."""
    entries: list[ActorEntry] = []
    for number, text in lines_of(path):
        if not text.strip():
            continue
        phrase, codes = text.partition("[")[0].strip(), _CODE.findall(text)
        if phrase.startswith("+") and entries:
            phrase = phrase[1:].strip()
            if phrase:
                entries[-1].names.append(phrase)
        elif phrase:
            entries.append(ActorEntry(number, [phrase]))
        elif not codes or not entries:
            report.lose(path, number, text.strip(), "not an entry of an actor dictionary")
            continue
        for code in codes:
            rule = _rule(code, number)
            if rule is None:
                report.lose(path, number, f"[{code}]", "its dates cannot be read")
            else:
                entries[-1].rules.append(rule)
    return entries


def _rule(text: str, line: int) -> Rule | None:
    text = text.strip()
    match = _DATED.fullmatch(text)
    if match is None:
        return None if re.search(r"[<>]|\d{4}", text) else Rule(text, "", "", line)
    code, before, until, after, since, start, end = match.groups()
    days = [_day(value) if value else None for value in (until, since, start, end)]
    if (
        (before and days[0] is None)
        or (after and days[1] is None)
        or (start and (days[2] is None or days[3] is None))
    ):
        return None
    if before:
        return Rule(code, "", str(days[0]), line)
    if after:
        return Rule(code, _next(days[1]), "", line)
    return Rule(code, str(days[2]), _next(days[3]), line)


def _day(digits: str) -> datetime.date | None:
    """Return the day of YYMMDD or YYYYMMDD; a day that its month does not have is the month's last."""
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) > _PIVOT else "20") + digits
    if len(digits) != 8:
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    for last in range(min(day, 31), max(day - 4, 0), -1):
        try:
            return datetime.date(year, month, last)
        except ValueError:
            continue
    return None


def _next(day: datetime.date | None) -> str:
    return str(day + datetime.timedelta(days=1)) if day is not None else ""


def actor_rows(path: Path, entries: list[ActorEntry], report: Report) -> Iterator[dict[str, str]]:
    """Yield the rows of an actors file for the entries of a dictionary, dated codes before the others."""
    for entry in entries:
        names = list(dict.fromkeys(s for name in entry.names for s in spellings(name)))
        rules = [r for r in entry.rules if r.start or r.end]
        rules += [r for r in entry.rules if not (r.start or r.end)][:1]
        said = plain(entry.names[0])
        if not rules:
            report.lose(path, entry.line, said, "the entry has no code")
        dated = any(r.start or r.end for r in rules)
        written = 0
        for rule in rules:
            if rule.start and rule.end and rule.end <= rule.start:
                report.lose(path, rule.line, f"{said} [{rule.code}]", "its dates end before they start")
                continue
            row = _row(names, rule, dated=dated, source=f"{path.name}:{rule.line}")
            if row is None:
                report.lose(path, rule.line, f"{said} [{rule.code}]", "the code is not one of letters")
                continue
            written += 1
            yield row
        report.carry("codes of actors", written)
        if written:
            report.carry("actors")


def _row(names: list[str], rule: Rule, *, dated: bool, source: str) -> dict[str, str] | None:
    nobody = rule.code == NOBODY
    agent = Agent((), "", ()) if nobody else agent_of(rule.code)
    if agent is None:
        return None
    return {
        "name": names[0],
        "aliases": "|".join(names[1:]),
        "kind": "other" if nobody else _kind(agent, dated=dated),
        "country": "|".join(agent.countries),
        "sectors": "|".join(agent.sectors),
        "start": rule.start,
        "end": rule.end,
        "plover": agent.plover,
        "source": source,
    }


def _kind(agent: Agent, *, dated: bool) -> str:
    """Return what kind of actor a code most likely stands for; dictionaries do not say it.

    A role that is held between dates is a person's.
    """
    if dated and (agent.sectors or agent.plover) and not is_armed(agent.sectors):
        return "person"
    if agent.plover in ("IGO", "UNO", "EUR"):
        return "igo"
    if agent.plover == "NGO":
        return "ngo"
    if is_armed(agent.sectors) or agent.plover == "IMG":
        return "armed_group"
    if not agent.sectors and len(agent.countries) == 1 and not agent.plover:
        return "state"
    return "organization"
