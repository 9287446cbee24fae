"""Readings of what is counted from somewhere: "last week", "the next day", "two years ago".

Like `calendar_readings`: a match and its scene in, what it found out, None when it is no time expression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.context import values
from dragoman.context.scene import (
    Found,
    Scene,
    group,
    number_of,
    one,
    period,
    step_sign,
    timex,
)

if TYPE_CHECKING:
    import re


# ---------------------------------------------------------------- last week, the next day
def _stepped(unit: str, sign: int, scene: Scene) -> str | None:
    day = scene.day
    return values.shift(day, unit, sign) if day else None


_UNKNOWN = {
    "TH": "XXXX-XX-XXTXX",
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "2W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "DE": "XXX",
    "CE": "XX",
}
# How fine the last date must be for "the next <unit>" to count from it.
_COUNTS_FROM = {"D": "D", "W": "DW", "M": "DWM", "Y": "DWMQHSY", "WE": "D", "Q": "DMQ", "DE": "DMY"}


def step_unit(match: re.Match[str], scene: Scene) -> Found:
    """Read "last week", "this year", "next month"; "last"/"past" alone before day or hour are no date."""
    unit, which = scene.lexicon.units[match["unit"].lower()], group(match, "which") or ""
    if unit in ("TH", "2W") or (
        unit == "D" and which in ("last", "past", "this", "present", "coming", "current")
    ):
        return None
    if which in ("following", "previous", "preceding", "prior", "past", "coming", "upcoming", "present"):
        return None
    return one(match, "DATE", _stepped(unit, step_sign(which, scene), scene) or _UNKNOWN[unit])


def the_step_unit(match: re.Match[str], scene: Scene) -> Found:
    """Read "the next day", "the following month", "the past year", "that year", "the week", "the year
    before"."""
    unit, which, off = scene.lexicon.units[match["unit"].lower()], group(match, "which"), group(match, "off")
    lead = match.group().lower()
    same = lead.startswith("that")
    if unit in ("TH", "CE", "2W") or (unit == "DE" and which is None):
        return None
    if unit == "Q" and which is None:
        return None
    if off is not None and which is None:
        sign = -1 if off in ("before", "earlier") else 1
        return _from_reference(match, scene, unit, sign)
    if which is None:
        return _the_unit(match, scene, unit, same or "same" in lead)
    if which in ("past", "last", "coming", "next") and unit in ("W", "M", "Y", "DE", "D", "WE", "Q"):
        return _running(match, scene, unit, which)
    if which in ("current", "present", "this"):
        return one(match, "DATE", _stepped(unit, 0, scene) or _UNKNOWN[unit])
    return _from_reference(match, scene, unit, step_sign(which, scene))


def _running(match: re.Match[str], scene: Scene, unit: str, which: str) -> Found:
    sign = step_sign(which, scene)
    if unit == "D" and which in ("next",):
        return _from_reference(match, scene, unit, 1)
    if unit in ("D", "WE", "Q"):
        if unit == "D":
            return None
        return one(match, "DATE", _stepped(unit, sign, scene) or _UNKNOWN[unit])
    day = scene.day
    other = values.move(day, unit, sign) if day else None
    early, late = (other, day) if sign < 0 else (day, other)
    if unit == "Y":
        return [
            timex(
                match.start(),
                match.end(),
                "DATE",
                _stepped(unit, sign, scene) or "XXXX",
                early,
                late,
                derive=False,
            )
        ]
    return [timex(match.start(), match.end(), "DURATION", period(1, unit), early, late)]


def _from_reference(match: re.Match[str], scene: Scene, unit: str, sign: int) -> Found:
    reference = (
        values.bounds(scene.reference)
        if scene.reference and match.start() - scene.reference_end < 400
        else None
    )
    fine = scene.reference is not None and values.granularity(scene.reference) in _COUNTS_FROM.get(unit, "")
    day = reference[0] if reference and fine else scene.day
    if day is None or (unit == "D" and not (reference and fine)):
        return one(match, "DATE", _UNKNOWN[unit])
    return one(match, "DATE", values.shift(day, unit, sign) or _UNKNOWN[unit])


def _the_unit(match: re.Match[str], scene: Scene, unit: str, same: bool) -> Found:
    before, after = scene.word_before(match.start()), scene.word_after(match.end()).lower()
    if after in ("of", "that", "when", "to", "he", "she", "it", "they", "i", "we", "you"):
        return None
    if same:
        return _from_reference(match, scene, unit, 0)
    if unit == "WE":
        if scene.day is None:
            return one(match, "DATE", _UNKNOWN[unit])
        back = 0 if scene.day.isoweekday() >= 6 or scene.direction(*match.span()) == "future" else -1
        return one(match, "DATE", values.shift(scene.day, "WE", back) or _UNKNOWN[unit])
    if unit == "D" and before == "in":
        day = scene.anchor(match.start())
        return one(match, "DATE", day.isoformat() if day else _UNKNOWN[unit])
    if unit == "Y" and before == "for":
        covered = values.bounds(f"{scene.day.year:04d}") if scene.day else None
        return one(match, "DURATION", "P1Y", *(covered or (None, None)))
    if unit in ("Y", "M", "W") and before in (
        "in",
        "of",
        "during",
        "this",
        "earlier",
        "later",
        "through",
        "on",
        "throughout",
        "over",
        "by",
        "until",
        "within",
    ):
        return one(match, "DATE", _stepped(unit, 0, scene) or _UNKNOWN[unit])
    return None


def year_end(match: re.Match[str], scene: Scene) -> Found:
    """Read "year-end", "the end of the year"."""
    unit = "M" if match.group().lower().startswith("month") else "Y"
    return one(match, "DATE", _stepped(unit, 0, scene) or _UNKNOWN[unit])


# ---------------------------------------------------------------- counted from somewhere
def ago(match: re.Match[str], scene: Scene) -> Found:
    """Read "three days ago", "a year earlier", "two weeks later", as coarse as the unit.

    "a year earlier" in a text that compares quarters means the quarter of that year.
    """
    unit, off = scene.lexicon.units[match["unit"].lower()], group(match, "off") or "ago"
    amount = number_of(match["amount"], scene.lexicon) if match.groupdict().get("amount") else 1.0
    back = off in ("ago", "earlier", "previously")
    if amount is None and off in ("later", "earlier"):
        return one(match, "DURATION", period(None, unit))
    if amount is None:
        return one(
            match,
            "DATE",
            "PAST_REF" if back else "FUTURE_REF",
            None if back else scene.day,
            scene.day if back else None,
        )
    count = -amount if back else amount
    relative = off in ("earlier", "later", "previously")
    if (
        unit == "Y"
        and amount == 1
        and back
        and scene.quarter is not None
        and values.granularity(scene.reference or "") == "Q"
    ):
        return one(match, "DATE", f"{int(scene.quarter[:4]) - 1:04d}{scene.quarter[4:]}")
    day = scene.anchor(match.start()) if relative else scene.day
    if relative and unit in ("Y", "M") and scene.reference and match.start() - scene.reference_end < 200:
        covered = values.bounds(scene.reference)
        if covered is not None and values.granularity(scene.reference) in ("D", "M", "Y"):
            day = covered[0]
    if day is None:
        return one(match, "DATE", _UNKNOWN.get(unit, "XXXX-XX-XX"))
    if group(match, "to") == "today" and unit in ("Y", "M", "W"):
        whole = values.move(day, unit, count)
        return one(match, "DATE", whole.isoformat()) if whole else None
    if amount != int(amount):
        moved = values.move(day, unit, count)
        value = (
            f"{moved.year:04d}-{moved.month:02d}"
            if moved and unit == "Y"
            else moved.isoformat()
            if moved
            else None
        )
    else:
        value = values.shift(day, unit, int(count))
    if value is None:
        return None
    return one(match, "TIME" if "T" in value else "DATE", value)


def before_last(match: re.Match[str], scene: Scene) -> Found:
    """Read "the week before last", "the year after next"."""
    unit, sign = scene.lexicon.units[match["unit"].lower()], -2 if group(match, "off") == "before last" else 2
    if unit in ("TH", "2W", "D"):
        return None
    return one(match, "DATE", _stepped(unit, sign, scene) or _UNKNOWN[unit])


def past_ref(match: re.Match[str], scene: Scene) -> Found:
    """Read "decades ago": behind, and no more is known."""
    return one(match, "DATE", "PAST_REF", None, scene.day)
