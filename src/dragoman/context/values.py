"""TIMEX3 values: what days they cover, and arithmetic with them.

Values are those of ISO-TimeML as TimeBank uses them: `2020-07-13`, `2020-W29`, `2020-07`, `2020-Q3`,
`2020-H1`, `2020-SU`, `2020`, `202` (a decade), `20` (the years 2000 to 2099), `2020-07-13TMO`,
`2020-W28-WE`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

SEASONS = {"SP": (3, 1, 6, 20), "SU": (6, 1, 9, 22), "FA": (9, 1, 12, 20), "WI": (12, 1, 3, 20)}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?$"
)


def parse_day(text: str | None) -> date | None:
    """Return the day of an ISO date (a time after it is cut off), or None when it is not one."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    after = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else date.max
    return date(year, month, 1), after - timedelta(days=1)


def bounds(value: str) -> tuple[date, date] | None:
    """Return the first and the last day that a value covers, or None when it fixes none."""
    if re.fullmatch(r"\d{3}", value) and value != "000":
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    if re.fullmatch(r"\d{2}", value) and value != "00":
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    match = _VALUE.match(value)
    if match is None or match["year"] == "0000":
        return None
    try:
        return _covered(match, int(match["year"]))
    except (ValueError, OverflowError):
        return None


def _covered(match: re.Match[str], year: int) -> tuple[date, date]:
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return month_days(year, int(match["month"]))
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return monday + timedelta(days=5 if match["weekend"] else 0), monday + timedelta(days=6)
    if match["quarter"]:
        last = int(match["quarter"]) * 3
        return date(year, last - 2, 1), month_days(year, last)[1]
    if match["half"]:
        last = int(match["half"]) * 6
        return date(year, last - 5, 1), month_days(year, last)[1]
    if match["season"]:
        month, first_day, to_month, to_day = SEASONS[match["season"]]
        return date(year, month, first_day), date(year + (to_month < month), to_month, to_day)
    return date(year, 1, 1), date(year, 12, 31)


def granularity(value: str) -> str:
    """Return how fine a dated value is: D, W, M, Q, H, S, Y, DE, CE, or an empty string for none."""
    if re.fullmatch(r"\d{3}", value):
        return "DE"
    if re.fullmatch(r"\d{2}", value):
        return "CE"
    match = _VALUE.match(value)
    if match is None:
        return ""
    for name, code in (
        ("day", "D"),
        ("month", "M"),
        ("week", "W"),
        ("quarter", "Q"),
        ("half", "H"),
        ("season", "S"),
    ):
        if match[name]:
            return code
    return "Y"


def week_value(day: date) -> str:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(day: date) -> str:
    """Return the quarter of a day."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def month_value(year: int, month: int) -> str:
    """Return a month's value; months outside 1..12 run over into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"


def shift(day: date, unit: str, count: int) -> str | None:
    """Return the value that lies `count` units from a day, as coarse as the unit; None outside the
    calendar."""
    try:
        return _shifted(day, unit, count)
    except (ValueError, OverflowError):
        return None


def _shifted(day: date, unit: str, count: int) -> str:
    if unit in ("TH", "TM", "TS"):
        return (
            f"{day.isoformat()}TXX"
            if count == 0 or unit != "TH" or abs(count) < 24
            else _shifted(day, "D", int(count / 24))
        )
    if unit == "D":
        return (day + timedelta(days=count)).isoformat()
    if unit in ("W", "2W"):
        return week_value(day + timedelta(weeks=count * (2 if unit == "2W" else 1)))
    if unit == "WE":
        return week_value(day + timedelta(weeks=count)) + "-WE"
    if unit == "M":
        value = month_value(day.year, day.month + count)
    elif unit == "Q":
        moved = month_value(day.year, day.month + 3 * count)
        value = quarter_value(date(int(moved[:4]), int(moved[5:7]), 1))
    elif unit == "Y":
        value = f"{day.year + count:04d}"
    elif unit == "DE":
        value = f"{day.year // 10 + count:03d}"
    else:
        value = f"{day.year // 100 + count:02d}"
    if bounds(value) is None:
        raise ValueError(value)
    return value


def move(day: date, unit: str, count: float) -> date | None:
    """Return the day that lies `count` units away, for bounds; None outside the calendar."""
    days = {"D": 1, "W": 7, "2W": 14, "WE": 7, "TH": 1 / 24, "TM": 0.0, "TS": 0.0}
    try:
        if unit in days:
            return day + timedelta(days=int(days[unit] * count))
        months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit] * count
        total = day.year * 12 + day.month - 1 + int(months)
        year, month = total // 12, total % 12 + 1
        return date(year, month, min(day.day, month_days(year, month)[1].day))
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth given weekday (1 is Monday) of a month, counted from its end when negative."""
    first, last = month_days(year, month)
    if nth > 0:
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-nth - 1))
