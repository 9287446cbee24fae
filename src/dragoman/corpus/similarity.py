"""How alike two reports are: wording, parties, time and place, each from 0 to 1."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

from dragoman.corpus.linking_words import linking
from dragoman.language.inflection import irregular_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.corpus.reports import Party, Report, Site, Window

_WORD = re.compile(r"[^\W_]+")
_NUMBER_SIGN = "#"

Certainty = Literal["day", "span", "open"]
Sides = Literal["both", "one", "together"]


# ------------------------------------------------------------------ wording


@functools.cache
def _lemmas() -> dict[str, str]:
    """Return the lemma of each irregular form ("met", "shot")."""
    return {form: lemma for lemma, forms in irregular_forms().items() for form in forms}


@functools.cache
def _alike() -> dict[str, str]:
    """Return for each stem of a word that has others like it the one that stands for all."""
    found: dict[str, str] = {}
    for group in linking().alike:
        stems = [s for word in group if (s := _plain_stem(word.lower())) is not None]
        for one in stems:
            found.setdefault(one, found.get(stems[0], stems[0]))
    return found


@functools.lru_cache(maxsize=262_144)
def stem(word: str) -> str | None:
    """Return what stands for a word, its inflected forms and words like it; None for one that says nothing.

    Numbers in words are digits: "two" and "2" are one word.
    """
    plain = _plain_stem(word.lower())
    return plain if plain is None else _alike().get(plain, plain)


def _plain_stem(word: str) -> str | None:
    settings = linking()
    word = _lemmas().get(word, word)
    if word in settings.numbers:
        return f"{_NUMBER_SIGN}{settings.numbers[word]}"
    if word.isdigit():
        return f"{_NUMBER_SIGN}{int(word)}" if word.isdecimal() and len(word) < 9 else None
    if word in settings.empty_words or len(word) < 2:
        return None
    for ending, instead in settings.endings.items():
        if word.endswith(ending) and len(word) - len(ending) >= settings.shortest_stem:
            short = word[: -len(ending)] + instead
            # "stopped", "stopping" and "stop" are one.
            return short[:-1] if len(short) > settings.shortest_stem and short[-1] == short[-2] else short
    return word


def content_stems(text: str, without: Iterable[tuple[int, int]] = ()) -> list[str]:
    """Return the stems of the words of a text, each once, in text order, but for the words inside some spans."""
    spans = tuple(without)
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        if any(start <= match.start() < end for start, end in spans):
            continue
        if (it := stem(match.group())) is not None:
            found[it] = None
    return list(found)


def wording(first: Report, second: Report, weights: Sequence[float]) -> float:
    """Return how much of what the sentences say is said in both, rare words counting more (0 to 1)."""
    if not first.weight or not second.weight:
        return 0.0
    shorter, longer = sorted((first.words, second.words), key=len)
    other = set(longer)
    common = sum(weights[w] for w in shorter if w in other)
    return common / math.sqrt(first.weight * second.weight) if common else 0.0


# ------------------------------------------------------------------ parties


@functools.lru_cache(maxsize=262_144)
def _name_words(name: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return frozenset(w.lower() for w in _WORD.findall(plain) if stem(w) is not None)


@functools.lru_cache(maxsize=262_144)
def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[:1].isupper())


def _share_name(first: str, second: str) -> bool:
    """Tell whether one name holds all words of the other, or its initials."""
    a, b = _name_words(first), _name_words(second)
    if a and b and (a <= b or b <= a):
        return True
    return any(
        len(initials) > 1 and initials in other.split()
        for initials, other in ((_initials(first), second), (_initials(second), first))
    )


@functools.lru_cache(maxsize=1_048_576)
def likeness(first: Party, second: Party, acting: bool) -> float:
    """Return how surely two parties are one (0 to 1); `acting` ones must be told apart more strictly."""
    settings = linking().parties
    if first.members and second.members:
        common = len(first.members & second.members) / len(first.members | second.members)
        return settings.members if common >= 0.8 else 0.0
    if first.key == second.key:
        named = first.country is not None or first.kind in ("igo", "person") or first.named
        return settings.same if named else settings.same_description
    for whole, part in ((first, second), (second, first)):
        if whole.members and part.country in whole.members:
            return settings.member
    if first.country and second.country:
        return _of_one_country(first, second, acting) if first.country == second.country else 0.0
    if _share_name(first.name, second.name):
        return settings.same_name
    if first.country or second.country:
        return settings.unknown_country if first.sector and first.sector == second.sector else 0.0
    return settings.unnamed_people if not acting and _are_unnamed_people(first, second) else 0.0


def _are_unnamed_people(first: Party, second: Party) -> bool:
    """Tell whether both are people of whom no name, country or different part is known."""
    if first.named or second.named or first.kind != "group" or second.kind != "group":
        return False
    return not first.sector or not second.sector or first.sector == second.sector


def _of_one_country(first: Party, second: Party, acting: bool) -> float:
    settings = linking().parties
    official = [p.kind == "state" or p.sector in settings.official for p in (first, second)]
    states = (first.kind == "state") + (second.kind == "state")
    if all(official):
        if states:
            return settings.state_and_official
        return _officials(first, second)
    if _share_name(first.name, second.name):
        return settings.same_name
    if states and any(p.kind == "person" and not p.sector for p in (first, second)):
        return settings.unknown_sector
    if states and not acting:
        return settings.state_and_people
    if first.sector and first.sector == second.sector and not (first.named and second.named):
        return settings.same_sector
    return 0.0


def _officials(first: Party, second: Party) -> float:
    settings = linking().parties
    if first.named and second.named and first.kind == second.kind == "person":
        return settings.same_name if _share_name(first.name, second.name) else 0.0
    return settings.officials


@functools.lru_cache(maxsize=1_048_576)
def sides_alike(first: tuple[Party, ...], second: tuple[Party, ...], acting: bool) -> float:
    """Return how alike two sides are: each party counts by its best match on the other side."""
    best = [max(likeness(a, b, acting) for b in second) for a in first]
    best += [max(likeness(b, a, acting) for a in first) for b in second]
    return sum(best) / len(best)


class PartyMatch(NamedTuple):
    """How alike the parties of two reports are, and on what sides that could be seen."""

    score: float
    sides: Sides
    enough: bool


def parties(first: Report, second: Report) -> PartyMatch:
    """Compare the parties side by side, or as one set where an act is done by all together."""
    settings = linking().parties
    if first.together or second.together:
        if not first.parties or not second.parties:
            return PartyMatch(0.0, "one", False)
        score = sides_alike(first.parties, second.parties, False)
        several = min(len(first.parties), len(second.parties)) > 1
        return PartyMatch(score, "together" if several else "one", score >= settings.enough_together)
    acting: float | None = None
    affected: float | None = None
    if first.actors and second.actors:
        acting = sides_alike(first.actors, second.actors, True)
    if first.recipients and second.recipients:
        affected = sides_alike(first.recipients, second.recipients, False)
    if acting is None or affected is None:
        known = acting if acting is not None else affected
        return PartyMatch(known or 0.0, "one", known is not None and known >= settings.enough)
    enough = acting >= settings.enough and affected >= settings.enough_affected
    return PartyMatch((acting + affected) / 2, "both", enough)


# ------------------------------------------------------------------ time and place


class TimeMatch(NamedTuple):
    """How well two windows agree, and how sure the day is."""

    score: float
    certainty: Certainty


def times(first: Report, second: Report) -> TimeMatch | None:
    """Compare the days; None when they exclude each other or say too little."""
    settings = linking().time
    a, b = first.window, second.window
    if a is None or b is None:
        return _open_times(first, second)
    if a.first > b.last or b.first > a.last or max(a.days, b.days) > settings.longest_days:
        return None
    if a.stated and b.stated:
        if a.days == b.days == 1:
            return TimeMatch(settings.same_day, "day")
        within_week = max(a.days, b.days) <= 7
        return TimeMatch(settings.within_week if within_week else settings.within_span, "span")
    if a.stated or b.stated:
        return TimeMatch(settings.one_unstated, "open" if max(a.days, b.days) > 7 else "span")
    return _unstated(first, second)


def _open_times(first: Report, second: Report) -> TimeMatch | None:
    """Two plans without a time are compared by when they were written about."""
    if first.window is not second.window:
        return None
    return _unstated(first, second) if first.standing == second.standing == "ahead" else None


def _unstated(first: Report, second: Report) -> TimeMatch | None:
    if first.published is None or second.published is None:
        return None
    apart = abs(first.published - second.published)
    worth = linking().time.unstated
    return TimeMatch(worth[apart], "open") if apart < len(worth) else None


def places(first: Site | None, second: Site | None) -> float | None:
    """Return how well two places agree, 0 when they exclude each other; None when one is not known."""
    settings = linking().place
    if first is None or second is None:
        return None
    if first.name == second.name or (first.geonames and first.geonames == second.geonames):
        return settings.same
    if first.exact and second.exact:
        return settings.same if _kilometres(first, second) <= settings.near_km else 0.0
    if first.country is None or second.country is None:
        return None
    return settings.inside if first.country == second.country else 0.0


def _kilometres(first: Site, second: Site) -> float:
    a, b, c, d = (
        math.radians(x or 0.0) for x in (first.latitude, second.latitude, first.longitude, second.longitude)
    )
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin((d - c) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))


def overlap(first: Window, second: Window) -> bool:
    """Tell whether two windows share a day."""
    return first.first <= second.last and second.first <= first.last
