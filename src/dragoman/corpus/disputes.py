"""Reports of one happening that contradict each other: which field, and how."""

from __future__ import annotations

import functools
import math
import re
from typing import NamedTuple

from dragoman.corpus.linking_words import linking
from dragoman.corpus.reports import Report, Toll, all_countries
from dragoman.corpus.similarity import sides_alike


class Conflict(NamedTuple):
    """The field in which two reports contradict each other, and how, in words."""

    field: str
    reason: str


def conflict(first: Report, second: Report, wording: float) -> Conflict | None:
    """Return how two reports of like parties and time contradict each other, or None.

    `status`: one tells it as done, the other denies it. `toll`: the numbers of killed, wounded or arrested
    exclude each other. `account`: the two sides of one conversation each tell it in their own way.
    """
    denial = {"against": 0, "done": 0, "ahead": 0}
    for report in (first, second):
        denial[report.standing] += 1
    if denial["against"] == 1:
        if not _is_denied(first, second, wording):
            return None
        told, denied = (first, second) if second.standing == "against" else (second, first)
        return Conflict("status", f"{told.status} {_by(told)}, denied {_by(denied)}")
    return _tolls_conflict(first, second) or _accounts_conflict(first, second, wording)


def _is_denied(first: Report, second: Report, wording: float) -> bool:
    """Tell whether what one report denies is what the other tells, and not only an act of like parties and day.

    Another type, another mode, or words that have nothing in common speak of another act: who did not agree may
    well have met, and who shelled nobody may have closed the border.
    """
    if first.type != second.type:
        return False
    return wording >= linking().wording.denial or (first.mode is not None and first.mode == second.mode)


def _by(report: Report) -> str:
    if not report.claimant:
        return "according to the article"
    country = f" ({report.claimant_country})" if report.claimant_country else ""
    return f"according to {report.claimant}{country}"


def _tolls_conflict(first: Report, second: Report) -> Conflict | None:
    for a in first.tolls:
        for b in second.tolls:
            if a.kind == b.kind and (a.least > b.most or b.least > a.most):
                return Conflict("toll", f"{a.kind}: {a.words} {_by(first)}, {b.words} {_by(second)}")
    return None


def _accounts_conflict(first: Report, second: Report, wording: float) -> Conflict | None:
    settings = linking()
    if first.type not in settings.types.talks or second.type not in settings.types.talks:
        return None
    a, b = first.claimant_country, second.claimant_country
    if a is None or b is None or a == b or first.standing != "done" or second.standing != "done":
        return None
    if not {a, b} <= all_countries(first.parties) or wording >= settings.wording.readout:
        return None
    return Conflict("account", f"two readouts: {_by(first)}, and {_by(second)}")


def exchanged(first: Report, second: Report) -> Conflict | None:
    """Return the conflict of two reports in which each side lays the act at the other's door, or None."""
    settings = linking()
    if first.type not in settings.types.blamed or second.type not in settings.types.blamed:
        return None
    if first.article == second.article or first.together or second.together:
        return None
    if not (first.actors and first.recipients and second.actors and second.recipients):
        return None
    if not all(r.claimant_country in all_countries(r.recipients) for r in (first, second)):
        return None
    enough = settings.parties.enough
    crossed = sides_alike(first.actors, second.recipients, False) >= enough
    if not crossed or sides_alike(first.recipients, second.actors, False) < enough:
        return None
    return Conflict("actor", f"{_names(first)} {_by(first)}, {_names(second)} {_by(second)}")


def _names(report: Report) -> str:
    return ", ".join(p.name for p in report.actors)


# ------------------------------------------------------------------ tolls

_TOKEN = re.compile(r"[^\W_]+(?:[,.]\d{3})*")


@functools.cache
def _counting() -> dict[str, str]:
    tolls = linking().tolls
    kinds = (("killed", tolls.killed), ("wounded", tolls.wounded), ("arrested", tolls.arrested))
    return {word: kind for kind, words in kinds for word in words}


def tolls_of(sentence: str) -> tuple[Toll, ...]:
    """Return how many people were killed, wounded or arrested, as far as a sentence says so.

    "At least twelve" has no upper bound, "dozens" and "about forty" are ranges. The number nearest to the
    counting word is taken.
    """
    tokens = _TOKEN.findall(sentence)
    lower = [t.lower() for t in tokens]
    counting = _counting()
    places = [(i, counting[w]) for i, w in enumerate(lower) if w in counting]
    if not places:
        return ()
    numbers = [(i, bounds) for i in range(len(lower)) if (bounds := _number(lower, i)) is not None]
    found: dict[str, Toll] = {}
    taken: set[int] = set()
    for at, kind in places:
        near = [
            (abs(i - at), i, bounds)
            for i, bounds in numbers
            if abs(i - at) <= linking().tolls.reach and i not in taken and _joined(at, i, counting, lower)
        ]
        if not near or kind in found:
            continue
        _, i, (least, most) = min(near)
        taken.add(i)
        found[kind] = Toll(kind, least, most, _words(tokens, lower, i))
    return tuple(found.values())


def _joined(at: int, number: int, counting: dict[str, str], words: list[str]) -> bool:
    """Tell whether no other counting word stands between a number and a counting word."""
    low, high = sorted((at, number))
    return not any(w in counting for w in words[low + 1 : high])


def _number(words: list[str], i: int) -> tuple[float, float] | None:
    settings = linking()
    word = words[i]
    if word in settings.tolls.vague:
        least, most = settings.tolls.vague[word]
        return float(least), float(most)
    plain = word.replace(",", "").replace(".", "")
    if plain.isdecimal() and plain.isascii() and len(plain) < 7:
        value = float(plain)
        # A number of four digits without a comma is a year more often than a toll.
        if len(word) == 4 and 1900 <= value <= 2100:
            return None
    elif word in settings.numbers:
        value = float(settings.numbers[word])
    else:
        return None
    before = " ".join(words[max(0, i - 3) : i])
    tolls = settings.tolls
    if before.endswith(tolls.at_least):
        return value, math.inf
    if before.endswith(tolls.at_most):
        return 0.0, value
    if before.endswith(tolls.about):
        return value * (1 - tolls.about_share), value * (1 + tolls.about_share)
    return value, value


def _words(tokens: list[str], lower: list[str], i: int) -> str:
    tolls = linking().tolls
    for size in (3, 2, 1):
        phrase = " ".join(lower[max(0, i - size) : i])
        if i >= size and phrase in (*tolls.at_least, *tolls.at_most, *tolls.about):
            return " ".join(tokens[i - size : i + 1])
    return tokens[i]
