"""Find and normalise the time expressions of a text (TIMEX3 as in TimeBank and TempEval-3).

Words of time in the text name the patterns that are tried around them, so that most of the text is only
looked at once, word by word. Patterns and words are data (`dragoman.context.lexicon`).
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from dragoman.context import amount_readings, calendar_readings, counted_readings, period_readings, values
from dragoman.context.direction import Direction, direction_of
from dragoman.context.lexicon import Lexicon, Pattern, load_lexicon
from dragoman.context.scene import Found, Scene
from dragoman.errors import ArticleError, ConfigError
from dragoman.model import Timex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Reading = "Callable[[re.Match[str], Scene], Found]"
_WORD = re.compile(r"[Qq][1-4]\b|[^\W\d_]+|\d+[A-Za-z]{0,2}")
_BEFORE, _AFTER = 64, 56


def readings() -> dict[str, Callable[[re.Match[str], Scene], Found]]:
    """Return every reading that a pattern may name."""
    found: dict[str, Callable[[re.Match[str], Scene], Found]] = {}
    for module in (calendar_readings, period_readings, counted_readings, amount_readings):
        for name, item in vars(module).items():
            if (
                callable(item)
                and getattr(item, "__module__", "") == module.__name__
                and not name.startswith("_")
            ):
                found[name] = item
    return found


_READINGS = readings()


def find_times(
    text: str,
    date: str | None,
    spans: Iterable[tuple[int, int]] | None = None,
    direction: Callable[[int, int], Direction | None] | None = None,
) -> list[Timex]:
    """Return the time expressions of a text, in text order, none overlapping another.

    Args:
        text: the article; offsets are into it.
        date: publication date (`YYYY-MM-DD`, a time after it is ignored) or None: then relative expressions
            get values with `X` and no bounds.
        spans: stretches to search, such as body and headline segments; the whole text when None.
        direction: says for the expression at (start, end) whether it lies behind or ahead, or None when it
            cannot tell; the default goes by the words around it.

    Raises:
        ArticleError: when `date` is given and is no ISO date.
    """
    lexicon = load_lexicon()
    day = values.parse_day(date)
    if date and day is None:
        raise ArticleError(f"{date!r} is no ISO date", advice="give the publication date as YYYY-MM-DD")
    guess = direction_of

    def way(start: int, end: int) -> Direction | None:
        told = direction(start, end) if direction is not None else None
        return told if told is not None else guess(text, start, end, lexicon)

    found: list[Timex] = []
    for begin, stop in spans if spans is not None else [(0, len(text))]:
        scene = Scene(text, day, lexicon, way)
        found.extend(_read_span(scene, begin, stop))
    return sorted(found, key=lambda t: (t.start, t.end))


def _regions(text: str, begin: int, stop: int, lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """Return, for every anchor class, the stretches of text around its words."""
    regions: dict[str, list[tuple[int, int]]] = {}
    anchors = lexicon.anchors
    for match in _WORD.finditer(text, begin, stop):
        word = match.group().lower()
        names = anchors.get(word)
        if word[0].isdigit() and names is None:
            if len(word) == 4 and word.isdecimal():
                names = ("year", "digits")
            elif word.endswith("s"):
                names = ("decade_digits",)
            elif word.isdecimal() and text[match.end() : match.end() + 1] in ("/", ".", "-", "–", "—"):
                names = ("digits",)
        if names is None:
            continue
        start, end = max(begin, match.start() - _BEFORE), min(stop, match.end() + _AFTER)
        for name in names:
            known = regions.setdefault(name, [])
            if known and known[-1][1] >= start:
                known[-1] = (known[-1][0], end)
            else:
                known.append((start, end))
    return regions


def _candidates(
    text: str, begin: int, stop: int, lexicon: Lexicon
) -> list[tuple[int, int, int, Pattern, re.Match[str]]]:
    regions = _regions(text, begin, stop, lexicon)
    found = {}
    lower = text[begin:stop].lower()
    if len(lower) != stop - begin:
        lower = text[begin:stop]  # some letters grow when lowered, and offsets would slip
    for pattern in lexicon.patterns:
        for anchor in pattern.anchors:
            for start, end in regions.get(anchor, ()):
                if pattern.needs and not any(
                    lower.find(word, start - begin, end - begin) >= 0 for word in pattern.needs
                ):
                    continue
                for match in pattern.regex.finditer(text, start, end):
                    if match.end() > match.start():
                        found[match.start(), match.end(), pattern.order] = (pattern, match)
    return [(*key, *found[key]) for key in sorted(found)]


def _clusters(
    candidates: list[tuple[int, int, int, Pattern, re.Match[str]]],
) -> Iterator[list[tuple[int, int, int, Pattern, re.Match[str]]]]:
    """Yield groups of candidates that overlap one another."""
    group: list[tuple[int, int, int, Pattern, re.Match[str]]] = []
    reach = -1
    for item in candidates:
        if group and item[0] >= reach:
            yield group
            group = []
        group.append(item)
        reach = max(reach, item[1])
    if group:
        yield group


def _read_span(scene: Scene, begin: int, stop: int) -> list[Timex]:
    taken: list[Timex] = []
    for cluster in _clusters(_candidates(scene.text, begin, stop, scene.lexicon)):
        accepted: list[Timex] = []
        starts: list[int] = []
        ends: list[int] = []
        # The longest reading wins; of equal ones the pattern that stands first.
        for start, end, _, pattern, match in sorted(cluster, key=lambda c: (c[0] - c[1], c[2], c[0])):
            at = bisect.bisect_left(ends, start + 1)
            if at < len(starts) and starts[at] < end:
                continue
            reading = _READINGS.get(pattern.reads)
            if reading is None:
                raise ConfigError(f"time pattern {pattern.name!r} names no reading: {pattern.reads!r}")
            for item in reading(match, scene) or []:
                accepted.append(item)
                bisect.insort(starts, item.start)
                bisect.insort(ends, item.end)
        for item in sorted(accepted, key=lambda t: t.start):
            floor = taken[-1].end if taken else begin
            whole = _with_modifier(_without_stop(item, scene.text), scene, floor)
            taken.append(whole)
            _remember(whole, scene)
    return taken


def _remember(item: Timex, scene: Scene) -> None:
    if item.type == "DURATION" or item.type == "SET" or values.bounds(item.value) is None:
        return
    scene.reference, scene.reference_end = item.value, item.end
    stated = not re.search(r"(?i)year|period", scene.text[item.start : item.end])
    if values.granularity(item.value) == "Q" and stated:
        scene.quarter = item.value


_FULL_STOP = re.compile(r"(?:\w{5,}|May|June|July)\.$", re.IGNORECASE)


def _without_stop(item: Timex, text: str) -> Timex:
    """Leave out a full stop that ends the sentence and not an abbreviation ("5 March.")."""
    if not _FULL_STOP.search(text[max(item.start, item.end - 12) : item.end]):
        return item
    return Timex(item.start, item.end - 1, item.type, item.value, item.earliest, item.latest)


def _with_modifier(item: Timex, scene: Scene, floor: int) -> Timex:
    """Take in a modifier that stands before an expression ("earlier this month", "more than two years")."""
    left = scene.text[max(floor, item.start - 30) : item.start]
    words = scene.text[item.start : item.end].lower()
    if item.type == "DURATION" or words.endswith((" ago", " earlier", " later")):
        match = scene.lexicon.amount_modifier.search(left)
        if match is None or words.startswith(("the ", "its ", "their ")):
            return item
        return Timex(
            item.start - len(left) + match.start(),
            item.end,
            item.type,
            item.value,
            item.earliest,
            item.latest,
        )
    if item.type not in ("DATE", "TIME") or item.value.endswith("_REF"):
        return item
    match = scene.lexicon.modifier.search(left)
    if match is None:
        return item
    word = re.sub(r"\s+", " ", match.group().lower()).strip()
    start = item.start - len(left) + match.start()
    earliest, latest = item.earliest, item.latest
    today = scene.day.isoformat() if scene.day else None
    bound = scene.lexicon.modifier_bounds.get(word)
    if today and earliest and latest and earliest <= today <= latest:
        if bound == "before":
            latest = today
        elif bound == "after":
            earliest = today
    return Timex(start, item.end, item.type, item.value, earliest, latest)


def index_of(times: list[Timex], start: int, end: int) -> int | None:
    """Return the index of the expression that overlaps a span, or None. `times` must be in text order."""
    at = bisect.bisect_left([t.end for t in times], start + 1)
    return at if at < len(times) and times[at].start < end else None
