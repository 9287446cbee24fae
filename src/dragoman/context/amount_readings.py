"""Readings of amounts of time, repetitions and words like "recently".

Like `calendar_readings`: a match and its scene in, what it found out, None when it is no time expression.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.context import values
from dragoman.context.scene import Found, Scene, group, number_of, one, period, step_sign, timex

if TYPE_CHECKING:
    from datetime import date


# ---------------------------------------------------------------- how long
def _bare_article(match: re.Match[str]) -> bool:
    return (group(match, "amount") or "") in ("a", "an")


def duration(match: re.Match[str], scene: Scene) -> Found:
    """Read "five years", "a three-day visit", "the past three months"; ages are none."""
    unit = scene.lexicon.units[match["unit"].lower()]
    words = match["amount"]
    plural = match["unit"].lower().endswith("s") and unit != "CE"
    amount = number_of(words, scene.lexicon)
    if amount is not None and (group(match, "half") or group(match, "half2")):
        amount += 0.5
    before = scene.word_before(match.start())
    hyphen = "-" in match.group()
    if unit == "TS" and (words.lower() in ("a", "an", "some", "many") or (not plural and not hyphen)):
        return None
    if unit == "CE" and amount is None and not plural:
        return None
    singular_words = re.match(r"(?:an?|one|half|[\d,.]+)\b", words.lower())
    if not plural and not hyphen and not singular_words:
        if amount is None:
            return None  # "some day", "many a year"
        if words.lower() not in scene.lexicon.numbers:
            return None
    if unit in ("Q", "WE") and (hyphen or not (plural and amount)):
        return None  # "a quarter of the votes", "one quarter"
    if _is_year_number(words, amount) or before in ("aged", "age", "#", "no", "$"):
        return None
    frames = [f for f in (group(match, "frame"), group(match, "frame2")) if f]
    if _bare_article(match):
        if frames or before in scene.lexicon.lists["rated"] or re.search(r"\d$", before):
            return None
        if unit in ("D", "TM", "Q", "WE") and before not in (
            "for",
            "in",
            "within",
            "after",
            "takes",
            "lasted",
            "about",
            "than",
            "of",
        ):
            return None
    first = group(match, "amount2")
    value = period(amount, unit)
    early, late = _frame_bounds(
        frames, amount if first is None else number_of(first, scene.lexicon), unit, scene
    )
    return [timex(match.start(), match.end(), "DURATION", value, early, late)]


def _is_year_number(words: str, amount: float | None) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", words)) and amount is not None and amount < 2100


def _frame_bounds(
    frames: list[str], amount: float | None, unit: str, scene: Scene
) -> tuple[date | None, date | None]:
    if not frames or scene.day is None:
        return None, None
    sign = step_sign(frames[0], scene)
    if frames[0] in ("latest", "recent"):
        sign = -1
    if frames[0] in ("following", "previous", "preceding", "prior") or sign == 0:
        return None, None
    other = values.move(scene.day, unit, sign * amount) if amount is not None else None
    return (other, scene.day) if sign < 0 else (scene.day, other)


def vague_duration(match: re.Match[str], scene: Scene) -> Found:
    """Read "recent months", "the coming weeks", "the past decades"."""
    unit, frame = scene.lexicon.units[match["unit"].lower()], group(match, "frame") or ""
    if unit in ("TS", "TM") or frame in ("early", "opening", "closing", "first", "these", "this"):
        return None
    sign = -1 if frame in ("recent", "latest") else step_sign(frame, scene)
    early, late = (None, scene.day) if sign < 0 else (scene.day, None) if sign > 0 else (None, None)
    if unit == "Y" and frame in ("recent", "past"):
        return [timex(match.start(), match.end(), "DATE", "PAST_REF", early, late)]
    return [timex(match.start(), match.end(), "DURATION", period(None, unit), early, late)]


def bare_units(match: re.Match[str], scene: Scene) -> Found:
    """Read "for years", "within days", "the years"."""
    unit = scene.lexicon.units[match["unit"].lower()]
    if (
        unit in ("TS", "WE", "Q")
        or scene.word_before(match.start()) not in scene.lexicon.lists["before_units"]
    ):
        return None
    return one(match, "DURATION", period(None, unit))


def half_unit(match: re.Match[str], scene: Scene) -> Found:
    """Read "half an hour", "a half-century"."""
    unit = scene.lexicon.units[match["unit"].lower()]
    return None if unit in ("TS", "Q") else one(match, "DURATION", period(0.5, unit))


_LONG = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "DE", "hour": "TH"}


def long_word(match: re.Match[str], scene: Scene) -> Found:
    """Read "weeklong", "years-long", "a day-long strike"."""
    if group(match, "unit"):
        return one(match, "DURATION", period(1, scene.lexicon.units[match["unit"].lower()]))
    word = match["long"].lower()
    if group(match, "amount") in ("a", "an"):
        return [timex(*match.span("long"), "DURATION", _long_value(word))]
    return one(match, "DURATION", _long_value(word))


def _long_value(word: str) -> str:
    stem = re.sub(r"-?long$", "", word)
    return period(None if word.endswith("-long") else 1, _LONG[stem.rstrip("s")])


# ---------------------------------------------------------------- how often
def every_unit(match: re.Match[str], scene: Scene) -> Found:
    """Read "every two years", "each day", "twice a week", "per year"."""
    unit = scene.lexicon.units[match["unit"].lower()]
    words = group(match, "amount")
    amount = number_of(words, scene.lexicon) if words else (2.0 if group(match, "other") else 1.0)
    if match["unit"].lower().endswith("s") and not words:
        return None
    return one(match, "SET", period(amount, unit))


def rate(match: re.Match[str], scene: Scene) -> Found:
    """Read "a year" after an amount: "5 million euros a year"."""
    unit, before = scene.lexicon.units[match["unit"].lower()], scene.word_before(match.start())
    if before not in scene.lexicon.lists["rated"] and not re.search(r"\d$|\d[a-z]?$", before):
        return None
    return one(match, "SET", period(1, unit)) if unit in ("D", "W", "M", "Y", "TH", "Q") else None


def frequency(match: re.Match[str], scene: Scene) -> Found:
    """Read "weekly", "annually"; names ("the Daily Mail") are none."""
    word = match["frequency"]
    after = scene.word_after(match.end())
    if word[0].isupper() and (after[:1].isupper() or scene.word_before(match.start()) not in ("", '"', "“")):
        return None
    if word.lower() == "quarterly":
        return (
            None
            if after.lower() in ("results", "loss", "profit", "earnings", "dividend")
            else one(match, "SET", "P1Q")
        )
    return one(match, "SET", scene.lexicon.frequencies[word.lower()])


# ---------------------------------------------------------------- fixed words
def fixed(match: re.Match[str], scene: Scene) -> Found:
    """Read "now", "recently", "the near future"."""
    words = re.sub(r"\s+", " ", match["fixed"].lower())
    value = scene.lexicon.fixed[words]
    if words == "the past" and (
        scene.word_after(match.end()).lower()
        not in (
            "",
            ",",
            ".",
            ";",
            "and",
            "he",
            "she",
            "it",
            "they",
            "was",
            "were",
            "is",
            "to",
            "but",
            ":",
            "?",
            "!",
            '"',
            "”",
            "’",
            "'",
            ")",
            "—",
            "-",
            "when",
            "have",
            "has",
            "had",
            "i",
            "we",
            "by",
            "or",
            "as",
            "with",
            "on",
        )
        or scene.word_before(match.start()) not in ("in", "of", "from", "with", "about", "on", "than")
    ):
        return None
    if words in ("the present",) and scene.word_after(match.end()).lower() not in ("", ",", ".", ";"):
        return None
    if words == "shortly" and scene.word_after(match.end()).lower() in (
        "after",
        "before",
        "thereafter",
        "afterwards",
    ):
        return None
    if words == "soon" and (
        scene.word_after(match.end()).lower()
        in ("after", "as", "afterwards", "thereafter", "became", "found", "began")
        or scene.word_before(match.start()) in ("as", "too", "so")
    ):
        return None
    early, late = {
        "PRESENT_REF": (scene.day, scene.day),
        "PAST_REF": (None, scene.day),
        "FUTURE_REF": (scene.day, None),
    }[value]
    return one(match, "DATE", value, early, late)


def recent(match: re.Match[str], scene: Scene) -> Found:
    """Read the adjectives "current" and "recent"."""
    word = match["recent"].lower()
    if match["recent"][0].isupper() and scene.word_before(match.start()) != "":
        return None
    start, end = match.span("recent")
    if word == "current":
        return [timex(start, end, "DATE", "PRESENT_REF", scene.day, scene.day)]
    return [timex(start, end, "DATE", "PAST_REF", None, scene.day)]
