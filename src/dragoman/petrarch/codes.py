"""Codes of CAMEO: of events, which become types and modes, and of agents, which become countries and sectors."""

from __future__ import annotations

import functools
import importlib.resources
import re
from typing import Any, NamedTuple, cast

import yaml

_EVENT = re.compile(r"(\d{2,4})[A-Za-z?]?")
_AGENT = re.compile(r"[A-Z][A-Z0-9]+")


class Meaning(NamedTuple):
    """What an event code is in the codebook; `exact` is false when only its first digits are known."""

    code: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    exact: bool


class Agent(NamedTuple):
    """What a code of an actor says: countries (several for a collective), PLOVER's code for none, sectors."""

    countries: tuple[str, ...]
    plover: str
    sectors: tuple[str, ...]


@functools.cache
def _data(name: str) -> dict[str, Any]:
    path = importlib.resources.files("dragoman") / "data" / "petrarch" / name
    return cast("dict[str, Any]", yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


@functools.cache
def _event_codes() -> dict[str, tuple[str, str | None, tuple[str, ...]]]:
    data = _data("cameo.yaml")
    found: dict[str, tuple[str, str | None, tuple[str, ...]]] = {
        root: (name, None, ()) for root, name in data["roots"].items()
    }
    for entry in data["codes"]:
        for code in entry["codes"]:
            found[code] = entry["type"], entry.get("mode"), tuple(entry.get("contexts", ()))
    return found


def meaning_of(code: str) -> Meaning | None:
    """Return what an event code is in PLOVER, or None when it has no place there."""
    match = _EVENT.fullmatch(code)
    if match is None:
        return None
    digits = match.group(1)
    known = _event_codes()
    for size in range(len(digits), 1, -1):
        if digits[:size] in known:
            return Meaning(digits, *known[digits[:size]], exact=size == len(digits))
    return None


def agent_of(code: str) -> Agent | None:
    """Return what a code of an actor says, or None when it is none; `A/B` is a collective of two."""
    parts = [part.strip().upper() for part in code.split("/")]
    if not all(_AGENT.fullmatch(part) for part in parts):
        return None
    data = _data("agents.yaml")
    countries: list[str] = []
    sectors: dict[str, None] = {}
    plover = ""
    for part in parts:
        first, *rest = [part[at : at + 3] for at in range(0, len(part), 3)]
        if first in data["international"]:
            plover = data["renamed"].get(first, first)
            if rest and rest[0] in data["bodies"]:
                plover, rest = rest[0], rest[1:]
        elif first in data["roles"] or len(first) < 3:
            rest = [first, *rest]
        else:
            countries.append(first)
        # A country further on says who somebody also is; remains of one letter, and numbers, say nothing.
        sectors.update(dict.fromkeys(data["sectors"].get(s, s) for s in rest if _AGENT.fullmatch(s)))
    return Agent(tuple(dict.fromkeys(countries)), plover, tuple(sectors))


def is_armed(sectors: tuple[str, ...]) -> bool:
    """Tell whether sectors are those of armed people that no state commands."""
    return bool(sectors) and sectors[0] in _data("agents.yaml")["armed"]
