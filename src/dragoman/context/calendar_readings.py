"""Readings of months, days and named days: type, TIMEX3 value and bounds, against the publication date.

Every reading takes a match and the scene it stands in and returns what it found, or None when the words are
no time expression after all. Without a publication date a relative expression keeps `X` for what is not
known and no bounds.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from dragoman.context import values
from dragoman.context.scene import (
    Found,
    Scene,
    day_value,
    full_year,
    group,
    is_capital,
    month_number,
    nearest_year,
    one,
    step_sign,
    timex,
    year_of,
)

if TYPE_CHECKING:
    from datetime import date


def month_day(match: re.Match[str], scene: Scene) -> Found:
    """Read "July 13, 2020", "13 July", "Monday, July 13"."""
    if not is_capital(match["month"]):
        return None
    month, day = month_number(match["month"], scene), int(match["day"])
    year = year_of(match, scene) or nearest_year(month, day, scene, match.span())
    value = day_value(year, month, day)
    return one(match, "DATE", value) if value else None


def month_days(match: re.Match[str], scene: Scene) -> Found:
    """Read "July 13-15" as two days."""
    if not is_capital(match["month"]):
        return None
    month, first, last = month_number(match["month"], scene), int(match["day"]), int(match["day2"])
    year = year_of(match, scene) or nearest_year(month, first, scene, match.span())
    one, two = day_value(year, month, first), day_value(year, month, last)
    if first >= last or one is None or two is None:
        return None
    leading = match.start("month") < match.start("day")
    cut = match.end("day")
    after = match.start("day2")
    end_of_first = cut if leading else match.end("day")
    return [timex(match.start(), end_of_first, "DATE", one), timex(after, match.end(), "DATE", two)]


def month(match: re.Match[str], scene: Scene) -> Found:
    """Read "July 2020", "last July", "July of this year"."""
    if not is_capital(match["month"]):
        return None
    number = month_number(match["month"], scene)
    which = group(match, "which")
    if match.groupdict().get("year"):
        return one(match, "DATE", f"{full_year(match['year']):04d}-{number:02d}")
    if scene.day is None:
        return one(match, "DATE", f"XXXX-{number:02d}")
    today, sign = scene.day, step_sign(which, scene)
    if which is not None and match.start("which") > match.start("month"):
        return one(match, "DATE", f"{today.year + sign:04d}-{number:02d}")
    if sign < 0:
        year = today.year if number < today.month else today.year - 1
    elif sign > 0:
        year = today.year if number > today.month else today.year + 1
    else:
        year = today.year
    return one(match, "DATE", f"{year:04d}-{number:02d}")


def months_year(match: re.Match[str], scene: Scene) -> Found:
    """Read "January and March 2019": a first month after the second is of the year before."""
    if not (is_capital(match["month"]) and is_capital(match["month2"])):
        return None
    first, second = month_number(match["month"], scene), month_number(match["month2"], scene)
    year = full_year(match["year"])
    before = year if first <= second else year - 1
    return [
        timex(*match.span("month"), "DATE", f"{before:04d}-{first:02d}"),
        timex(match.start("month2"), match.end(), "DATE", f"{year:04d}-{second:02d}"),
    ]


def bare_month(match: re.Match[str], scene: Scene) -> Found:
    """Read "in July", where the word is a month and not a name or a verb."""
    word = match["month"]
    if not is_capital(word):
        return None
    number = month_number(word, scene)
    before, after = scene.word_before(match.start()), scene.word_after(match.end())
    if before in scene.lexicon.lists["names_before"] or after.lower() in scene.lexicon.lists["names_after"]:
        return None
    short = len(word) <= 4 and word.lower() not in ("may", "june", "july")
    unsure = number in scene.lexicon.unsure_months or short
    if unsure and before not in scene.lexicon.lists["before_unsure_month"]:
        return None
    if unsure and after[:1].isupper() and before not in ("in", "since", "until", "last", "next", "by"):
        return None
    year = nearest_year(number, None, scene, match.span())
    start, end = (
        match.start(),
        match.start() + len(word) + (1 if short and match.group().endswith(".") else 0),
    )
    return [timex(start, end, "DATE", f"{year:04d}-{number:02d}" if year else f"XXXX-{number:02d}")]


def every_month(match: re.Match[str], scene: Scene) -> Found:
    """Read "every July"."""
    return (
        one(match, "SET", f"XXXX-{month_number(match['month'], scene):02d}")
        if is_capital(match["month"])
        else None
    )


def iso_date(match: re.Match[str], scene: Scene) -> Found:
    """Read "2020-07-13"."""
    value = day_value(int(match["year"]), int(match["mm"]), int(match["dd"]))
    if value is None:
        return None
    rest = match.group()[10:]
    return one(match, "TIME" if rest else "DATE", value + rest)


def slash_date(match: re.Match[str], scene: Scene) -> Found:
    """Read "7/13/2020" and "13/7/2020"; month first where both would do, as in the wires' own date lines."""
    first, second = int(match["a"]), int(match["b"])
    year = full_year(match.groupdict().get("year") or match["short"])
    value = day_value(year, first, second) or day_value(year, second, first)
    return one(match, "DATE", value) if value else None


def nine_eleven(match: re.Match[str], scene: Scene) -> Found:
    """Read "9/11", the day that is called by its date."""
    return one(match, "DATE", "2001-09-11")


def holiday(match: re.Match[str], scene: Scene) -> Found:
    """Read "Christmas", "Easter 2019", "last Thanksgiving"."""
    name = match["holiday"]
    row = scene.lexicon.holidays[re.sub(r"\s+", " ", name.lower())]
    after = scene.word_after(match.end())
    if not is_capital(name) or after[:1].isupper():
        return None

    def in_year(year: int) -> date | None:
        if "day" in row:
            return values.make_day(year, *(int(p) for p in row["day"].split("-")))
        if "nth" in row:
            month_, weekday_, nth = row["nth"]
            return values.nth_weekday(year, month_, weekday_, nth)
        return values.easter(year) + timedelta(days=row["easter"])

    if match.groupdict().get("year"):
        made = in_year(full_year(match["year"]))
        return one(match, "DATE", made.isoformat()) if made else None
    if scene.day is None:
        return one(match, "DATE", f"XXXX-{row['day']}" if "day" in row else "XXXX-XX-XX")
    days = [d for d in (in_year(scene.day.year + k) for k in (-1, 0, 1)) if d]
    way = {-1: "past", 1: "future", 0: scene.direction(*match.span())}[
        step_sign(group(match, "which"), scene)
    ]
    gaps = [
        d for d in days if (d >= scene.day if way == "future" else d <= scene.day if way == "past" else True)
    ]
    made = min(gaps, key=lambda d: (abs((d - scene.day).days), d), default=None)  # type: ignore[operator]
    return one(match, "DATE", made.isoformat()) if made else None


# ---------------------------------------------------------------- days of the week and deictic days
def near_weekday(number: int, sign: int | None, way: str | None, today: date) -> date:
    """Return the day of a weekday: the last one up to today, or the coming one.

    `sign` is -1 for "last" (never today), 1 for "next"; else `way` decides, behind being the default.
    """
    back = (today.isoweekday() - number) % 7
    ahead = (number - today.isoweekday()) % 7
    if sign == -1:
        return today - timedelta(days=back or 7)
    if sign == 1:
        return today + timedelta(days=ahead or 7)
    return today + timedelta(days=ahead) if way == "future" else today - timedelta(days=back)


def daypart_code(words: str | None, scene: Scene) -> str:
    """Return MO, AF, EV or NI for the part of a day that the words name, else an empty string."""
    if not words:
        return ""
    last = words.lower().split()[-1]
    return scene.lexicon.dayparts.get(last) or scene.lexicon.dayparts.get(last.split("-")[-1], "")


def _day_or_part(match: re.Match[str], day: date | None, unknown: str, part: str) -> Found:
    value = day.isoformat() if day else unknown
    return one(match, "TIME" if part else "DATE", f"{value}T{part}" if part else value)


def weekday(match: re.Match[str], scene: Scene) -> Found:
    """Read "Monday", "last Friday", "Sunday night"."""
    name = match["weekday"]
    before, after = scene.word_before(match.start("weekday")), scene.word_after(match.end())
    lists = scene.lexicon.lists
    if not is_capital(name) or (after.lower() in lists["names_after"] and after[:1].isupper()):
        return None
    if before in lists["names_before"] or (len(name) <= 3 and after != "," and before in ("", "the", "a")):
        return None
    number = scene.lexicon.weekdays[name.lower()]
    part = daypart_code(group(match, "daypart"), scene)
    if before in ("a", "any", "one", "some") or scene.day is None:
        return _day_or_part(match, None, f"XXXX-WXX-{number}", part)
    which = group(match, "which")
    lead = match.group().lower()
    sign = step_sign(which, scene) or (
        -1 if lead.startswith("this past") else 1 if lead.startswith("this coming") else 0
    )
    way = scene.direction(*match.span())
    if which == "this" and way is None:
        way = "future"
    return _day_or_part(match, near_weekday(number, sign, way, scene.day), "", part)


def weekday_of_week(match: re.Match[str], scene: Scene) -> Found:
    """Read "Friday last week", "Monday of next week"."""
    if not is_capital(match["weekday"]):
        return None
    number = scene.lexicon.weekdays[match["weekday"].lower()]
    if scene.day is None:
        return one(match, "DATE", f"XXXX-WXX-{number}")
    monday = scene.day - timedelta(days=scene.day.isoweekday() - 1)
    day = monday + timedelta(days=number - 1, weeks=step_sign(group(match, "which"), scene))
    return one(match, "DATE", day.isoformat())


def weekday_week_off(match: re.Match[str], scene: Scene) -> Found:
    """Read "a week from Monday", "a week ago Friday", "Monday week"."""
    words = group(match, "weekday") or group(match, "weekday2")
    name = match.groupdict().get("weekday") or match.groupdict().get("weekday2")
    if words is None or not is_capital(name):
        return None
    number = scene.lexicon.weekdays[words]
    if scene.day is None:
        return one(match, "DATE", f"XXXX-WXX-{number}")
    if re.search(r"\b(?:ago|before)\b", match.group().lower()):
        day = near_weekday(number, 0, "past", scene.day) - timedelta(weeks=1)
    else:
        day = near_weekday(number, 1, None, scene.day) + timedelta(weeks=1)
    return one(match, "DATE", day.isoformat())


def every_weekday(match: re.Match[str], scene: Scene) -> Found:
    """Read "every Friday", "on Sundays"."""
    name = group(match, "weekday") or (group(match, "weekdays") or "")[:-1]
    written = match.groupdict().get("weekday") or match.groupdict().get("weekdays")
    if name not in scene.lexicon.weekdays or not is_capital(written):
        return None
    part = daypart_code(group(match, "daypart"), scene)
    return one(match, "SET", f"XXXX-WXX-{scene.lexicon.weekdays[name]}" + (f"T{part}" if part else ""))


_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def deictic(match: re.Match[str], scene: Scene) -> Found:
    """Read "today", "tomorrow night", "the day before yesterday"."""
    word = group(match, "deictic") or "today"
    off = _DEICTIC[word] + {"before": -1, "after": 1}.get(group(match, "beyond") or "", 0)
    part = "NI" if word == "tonight" else daypart_code(group(match, "daypart"), scene)
    day = scene.day + timedelta(days=off) if scene.day else None
    if (
        word == "today"
        and scene.text[match.end() : match.end() + 2] in ("'s", "’s")
        and scene.word_after(match.end() + 2).lower() in ("world", "youth", "society", "young")
    ):
        return one(match, "DATE", "PRESENT_REF", scene.day, scene.day)
    return _day_or_part(match, day, "XXXX-XX-XX", part)


def daypart(match: re.Match[str], scene: Scene) -> Found:
    """Read "this morning", "last night"."""
    part = daypart_code(group(match, "daypart"), scene)
    sign = step_sign(group(match, "which"), scene)
    if group(match, "which") == "present" or (sign and group(match, "which") == "coming"):
        return None
    day = scene.day + timedelta(days=sign) if scene.day else None
    return _day_or_part(match, day, "XXXX-XX-XX", part)


def the_daypart(match: re.Match[str], scene: Scene) -> Found:
    """Read "in the evening", "that night": of the day that the text last named."""
    if not match.group().lower().startswith("that") and scene.word_before(match.start()) not in _DURING:
        return None
    day = scene.anchor(match.start())
    return _day_or_part(match, day, "XXXX-XX-XX", daypart_code(group(match, "daypart"), scene))


_DURING = frozenset({"in", "during", "by", "through", "throughout", "later", "earlier"})


# ---------------------------------------------------------------- the clock
def clock(match: re.Match[str], scene: Scene) -> Found:
    """Read "6:15 p.m. Monday", "14:30 GMT"."""
    words = group(match, "clock") or group(match, "clock24") or ""
    figures = re.match(r"(\d{1,2})[:.]?(\d\d)?", words)
    if figures is None:
        return None
    hour, minute = int(figures[1]), figures[2]
    if re.search(r"p\.?m|evening|afternoon|at night", words) and hour < 12:
        hour += 12
    elif re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    if hour > 24 or (minute and int(minute) > 59):
        return None
    return one(match, "TIME", f"{_clock_day(match, scene)}T{hour:02d}:{minute or '00'}")


def noon(match: re.Match[str], scene: Scene) -> Found:
    """Read "noon Thursday", "midnight"."""
    hour = "24:00" if match["noon"].lower() == "midnight" else "12:00"
    return one(match, "TIME", f"{_clock_day(match, scene)}T{hour}")


def _clock_day(match: re.Match[str], scene: Scene) -> str:
    name = match.groupdict().get("weekday")
    today = scene.day
    if group(match, "month"):
        found = month_day(match, scene)
        return found[0].value if found else "XXXX-XX-XX"
    if name:
        number = scene.lexicon.weekdays[name.lower()]
        if today is None:
            return f"XXXX-WXX-{number}"
        return near_weekday(number, 0, scene.direction(*match.span()), today).isoformat()
    word = group(match, "deictic")
    if today is not None and word:
        return (today + timedelta(days=_DEICTIC[word])).isoformat()
    if (
        scene.reference
        and match.start() - scene.reference_end < 20
        and values.granularity(scene.reference) == "D"
    ):
        return scene.reference[:10]
    return today.isoformat() if today else "XXXX-XX-XX"
