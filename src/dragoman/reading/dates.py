"""Publication dates as inputs write them, read only where they are beyond doubt."""

from __future__ import annotations

import datetime
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_EARLIEST_YEAR, _LATEST_YEAR = 1500, 2200
# What may follow a date: a time, a zone, a weekday (as in press databases), nothing else.
_DAY_NAME = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
_REST = r"(?:[T,\s]+(?:at\s+)?\d{1,2}[:.h]\d\d.*|Z|\s*[+-]\d\d:?\d\d|[,\s]+" + _DAY_NAME + ")?"
_WEEKDAY = "(?:" + _DAY_NAME + r"\.?,?\s+)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _REST, re.I)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(?:\d{4}|\d{6})Z?)?")
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4})" + _REST, re.I
)
_MONTH_DAY = re.compile(_WEEKDAY + r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _REST, re.I)
# Tue Jul 14 10:00:00 +0000 2020, as `date` and some feeds write it.
_TIME_BEFORE_YEAR = re.compile(
    _WEEKDAY + r"([a-z]+)\s+(\d{1,2})\s+\d\d:\d\d(?::\d\d)?\s+(?:\S+\s+)?(\d{4})", re.I
)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _REST, re.I)
_UNIX = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{13})")


def read_date(value: object) -> tuple[str | None, str | None]:
    """Read a publication date.

    Returns `(YYYY-MM-DD, None)`, or `(None, why not)` for what is no date or can be read in two ways, or
    `(None, None)` for what is blank. The day is that of the written zone; nothing is converted.
    """
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat(), None
    if value is None or (isinstance(value, float) and value != value):
        return None, None
    written = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    if not written or written.lower() in {"none", "null", "nan", "nat", "n/a", "na", "-"}:
        return None, None
    shown = written if len(written) <= 60 else written[:57] + "..."
    return _read(written, shown)


def _read(written: str, shown: str) -> tuple[str | None, str | None]:
    if match := _YEAR_FIRST.fullmatch(written):
        return _checked(int(match[1]), int(match[3]), int(match[4]), shown)
    if match := _COMPACT.fullmatch(written):
        return _checked(int(match[1]), int(match[2]), int(match[3]), shown)
    if (match := _DAY_MONTH.fullmatch(written)) and match[2].lower() in _MONTHS:
        return _checked(int(match[3]), _MONTHS[match[2].lower()], int(match[1]), shown)
    for pattern in (_MONTH_DAY, _TIME_BEFORE_YEAR):
        if (match := pattern.fullmatch(written)) and match[1].lower() in _MONTHS:
            return _checked(int(match[3]), _MONTHS[match[1].lower()], int(match[2]), shown)
    if match := _NUMBERS.fullmatch(written):
        return _numbers(int(match[1]), int(match[3]), match[4], shown)
    if match := _UNIX.fullmatch(written):
        return _unix(int(match[1]) if match[1] else int(match[2]) // 1000), None
    return None, f"the date {shown!r} is not understood; write it as YYYY-MM-DD"


def _numbers(first: int, second: int, year: str, shown: str) -> tuple[str | None, str | None]:
    """Read 13/04/2020 (day first), 04/13/2020 (month first); refuse 03/04/2020, which may be either."""
    if len(year) == 2:
        return None, f"the date {shown!r} has no century; write it as YYYY-MM-DD"
    if first != second and first <= 12 and second <= 12:
        return None, f"the date {shown!r} can be read in two ways; write it as YYYY-MM-DD"
    month, day = (second, first) if first > 12 else (first, second)
    return _checked(int(year), month, day, shown)


def _unix(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()


def _checked(year: int, month: int, day: int, shown: str) -> tuple[str | None, str | None]:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None, f"the date {shown!r} does not exist"
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None, f"the date {shown!r} lies outside {_EARLIEST_YEAR} to {_LATEST_YEAR}"
    return found.isoformat(), None
