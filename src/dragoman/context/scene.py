"""What the readings of time expressions share: the scene around a match, and how its words become figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.context import values

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dragoman.context.direction import Direction
    from dragoman.context.lexicon import Lexicon

Found = list[model.Timex] | None
_TWO_DIGITS_SPLIT = 50


@dataclass(slots=True)
class Scene:
    """What a reading may look at besides its match.

    `reference` is the last dated value of the text so far, `quarter` the last quarter.
    """

    text: str
    day: date | None
    lexicon: Lexicon
    direction: Callable[[int, int], Direction | None]
    reference: str | None = None
    quarter: str | None = None
    reference_end: int = 0
    extra: dict[str, str] = field(default_factory=dict)

    def word_before(self, start: int) -> str:
        """Return the word (or sign) right before an offset, lower case; empty at the start of a paragraph."""
        match = re.search(
            r"([^\W_]+(?:[’'-][^\W_]+)*|[’']s|[^\w\s])[^\S\n]*\n?[^\S\n]*$",
            self.text[max(0, start - 40) : start],
        )
        return match.group(1).lower() if match else ""

    def word_after(self, end: int) -> str:
        """Return the word (or sign) right after an offset, as written."""
        match = re.match(r"[^\S\n]*\n?[^\S\n]*([^\W_]+|[^\w\s])", self.text[end : end + 40])
        return match.group(1) if match else ""

    def anchor(self, near: int) -> date | None:
        """Return the day that "the next day" counts from: the last date of the text, else the
        publication date."""
        if self.reference is not None and near - self.reference_end < 400:
            covered = values.bounds(self.reference)
            if covered is not None and values.granularity(self.reference) == "D":
                return covered[0]
        return self.day


def timex(
    start: int, end: int, kind: model.TimexType, value: str,
    earliest: date | None = None, latest: date | None = None, *, derive: bool = True,
) -> model.Timex:  # fmt: skip
    """Return a record, with the bounds that its value gives when none are named."""
    if derive and earliest is None and latest is None and kind in ("DATE", "TIME"):
        covered = values.bounds(value)
        if covered is not None:
            earliest, latest = covered
    if earliest and latest and earliest > latest:
        earliest = latest = None
    return model.Timex(
        start,
        end,
        kind,
        value,
        earliest.isoformat() if earliest else None,
        latest.isoformat() if latest else None,
    )


def one(
    match: re.Match[str],
    kind: model.TimexType,
    value: str,
    earliest: date | None = None,
    latest: date | None = None,
) -> Found:
    """Return one record over the whole match."""
    return [timex(match.start(), match.end(), kind, value, earliest, latest)]


def group(match: re.Match[str], name: str) -> str | None:
    """Return a named group in lower case, with single blanks; None where the pattern has none or it is
    empty."""
    got = match.groupdict().get(name)
    return re.sub(r"\s+", " ", got.lower()) if got else None


def step_sign(word: str | None, scene: Scene) -> int:
    """Return -1 for "last", 1 for "next", 0 for "this"."""
    if word in scene.lexicon.back:
        return -1
    return 1 if word in scene.lexicon.onward else 0


def number_of(words: str, lexicon: Lexicon) -> float | None:
    """Return the number that words or digits say, or None when they say none ("several")."""
    words = re.sub(r"\s+", " ", words.lower()).strip()
    if words in lexicon.pair:
        return 2
    if words in lexicon.vague:
        return None
    if re.fullmatch(r"[\d,]*\d(?:\.\d+)?(?: 1/2)?", words):
        return float(words.replace(",", "").replace(" 1/2", "")) + (0.5 if words.endswith("1/2") else 0)
    if words in ("a", "an") or re.fullmatch(r"an? (?:full|whole|good|single)", words):
        return 1
    if re.fullmatch(r"half an?|an? half", words):
        return 0.5
    if words == "a quarter":
        return 0.25
    total = 0.0
    for word in re.split(r"[ -]", words):
        if word in lexicon.numbers:
            total += lexicon.numbers[word]
        elif word in ("hundred", "thousand", "dozen"):
            total = max(total, 1) * {"hundred": 100, "thousand": 1000, "dozen": 12}[word]
        elif word not in ("and", "a"):
            return None
    return total or None


def period(count: float | None, unit: str) -> str:
    """Return the ISO 8601 duration of an amount; an unknown amount is X, a half is brought to the finer
    unit."""
    finer = {
        "Y": ("M", 12),
        "CE": ("Y", 100),
        "TH": ("TM", 60),
        "D": ("TH", 24),
        "DE": ("Y", 10),
        "TM": ("TS", 60),
    }
    if count is not None and count != int(count) and unit in finer and (count * finer[unit][1]) % 1 == 0:
        code, factor = finer[unit]
        return period(count * factor, code)
    if unit == "2W":
        count, unit = (None if count is None else count * 2), "W"
    shown = "X" if count is None else (str(int(count)) if count == int(count) else f"{count:g}")
    return f"PT{shown}{unit[1]}" if unit.startswith("T") else f"P{shown}{unit}"


def month_number(name: str, scene: Scene) -> int:
    """Return a month's number by its name or abbreviation."""
    return scene.lexicon.months[name.lower().rstrip(".")]


def is_capital(word: str | None) -> bool:
    """Tell whether a word begins with a capital."""
    return bool(word) and word[0].isupper()  # type: ignore[index]


def full_year(text: str) -> int:
    """Return the year of two or four digits; two digits are of the hundred years around 2000."""
    digits = text.strip("’'")
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= _TWO_DIGITS_SPLIT else 2000)


def year_of(match: re.Match[str], scene: Scene, step: str = "which") -> int | None:
    """Return the year that the match itself names, in figures or as "last year"."""
    for name in ("year", "year2"):
        if match.groupdict().get(name):
            return full_year(match[name])
    which = group(match, step)
    if which is not None and scene.day is not None:
        return scene.day.year + step_sign(which, scene)
    return None


def nearest_year(month: int, day: int | None, scene: Scene, span: tuple[int, int]) -> int | None:
    """Return the year of a month (and day) without one: behind unless the sentence points ahead.

    Newspapers leave the year away within about the year around publication, so that without a verb that says
    otherwise a date that would lie most of a year back is read as the coming one.
    """
    if scene.day is None:
        return None
    today = scene.day
    key, now = (month, day or 0), (today.month, today.day if day else 0)
    past = today.year if key <= now else today.year - 1
    future = today.year if key >= now else today.year + 1
    back = _months_between((past, month, day), today)
    ahead = -_months_between((future, month, day), today)
    way = scene.direction(*span)
    # The nearer year wins against the verb when the other lies most of a year away: "was told of the plan for
    # 1 August" on 20 July, "ahead of the 1 July vote" on 14 July.
    if way == "future":
        return past if ahead >= 10 and back <= 2 else future
    return future if back >= (9.9 if way == "past" else 7.9) else past


def _months_between(then: tuple[int, int, int | None], today: date) -> float:
    """Return how many months lie between a month or day and today, negative when it lies ahead."""
    year, month, day = then
    return (today.year - year) * 12 + today.month - month + (0.0 if day is None else (today.day - day) / 30)


def day_value(year: int | None, month: int, day: int) -> str | None:
    """Return a day's value, with X for a year not known; None when the calendar has no such day."""
    if year is None:
        return f"XXXX-{month:02d}-{day:02d}" if values.make_day(2020, month, day) else None
    made = values.make_day(year, month, day)
    return made.isoformat() if made else None
