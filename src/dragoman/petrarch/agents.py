"""Agent dictionaries: nouns such as "minister" whose code goes to the country that they are named with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import load_gazetteer
from dragoman.petrarch.codes import agent_of, is_armed
from dragoman.petrarch.source import lines_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.petrarch.report import Report

_SET = re.compile(r"\s*!(\w+)!\s*=\s*(.*)")
_ENTRY = re.compile(r"([^{}\[\]]+?)\s*(\{[^}]*\})?\s*\[\s*(~?)\s*(\w+)\s*(~?)\s*\]")
_MARK = re.compile(r"!(\w+)!")
_VOWELS = "aeiou"
# Initials, which keep their capitals.
_SHORT = 3


def agent_rows(path: Path, report: Report) -> Iterator[dict[str, str]]:
    """Yield the rows of an actors file for an agent dictionary. Raises `ConfigError`."""
    sets: dict[str, list[str]] = {}
    for number, text in lines_of(path):
        if not text.strip():
            continue
        defined = _SET.fullmatch(text)
        if defined:
            sets[defined[1]] = [item.strip() for item in defined[2].split(",") if item.strip()]
            continue
        entry = _ENTRY.match(text.strip())
        if entry is None:
            report.lose(path, number, text.strip(), "not an entry of an agent dictionary")
            continue
        phrase, plurals, _, code, in_front = entry.groups()
        marks = [m for m in _MARK.findall(phrase) if m not in sets]
        if marks:
            report.lose(path, number, text.strip(), f"no set !{marks[0]}! is defined before it")
            continue
        agent = agent_of(code)
        if agent is None:
            report.lose(path, number, text.strip(), "the code is not one of letters")
            continue
        if in_front and not agent.plover:
            report.change(path, number, text.strip(), "the code is added behind the country, not before it")
        sectors = (*agent.countries, *agent.sectors)
        for singular, plural in _numbers(phrase, plurals, sets):
            yield {
                "name": singular,
                "plural": plural,
                "kind": _kind(singular, sectors, agent.plover, has_plural=bool(plural)),
                "country": "",
                "sectors": "|".join(sectors),
                "use": "agent",
                "plover": agent.plover,
                "source": f"{path.name}:{number}",
            }
        report.carry("agents")


def _numbers(phrase: str, plurals: str | None, sets: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield singular and plural of an agent; a set such as !PERSON! stands for each of its words."""
    mark = _MARK.search(phrase)
    if mark:
        for item in sets[mark[1]]:
            # The words of a set are given in both numbers.
            for singular, _ in _numbers(phrase[: mark.start()] + item + phrase[mark.end() :], "{}", sets):
                yield singular, ""
        return
    singular = _written(phrase)
    if plurals is not None:
        yield singular, "|".join(_written(p) for p in re.split(r"[,\s]+", plurals[1:-1]) if p)
    elif phrase.endswith("_"):
        yield singular, ""
    else:
        yield singular, plural_of(singular)


def _written(phrase: str) -> str:
    words = plain(phrase)
    return words if words.isalpha() and len(words) <= _SHORT else words.lower()


def plural_of(noun: str) -> str:
    """Return the regular plural of a noun."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _kind(term: str, sectors: tuple[str, ...], plover: str, *, has_plural: bool) -> str:
    """Return the kind that the package knows for a term, or guess: what has no plural is a body."""
    if plover == "NGO":
        return "ngo"
    known = [a.entry for a in load_gazetteer().lookup(term) if a.use in ("agent", "agents")]
    if known:
        return known[0].kind
    if is_armed(sectors) and not has_plural:
        return "armed_group"
    return "person" if has_plural else "organization"
