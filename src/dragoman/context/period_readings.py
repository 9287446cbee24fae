"""Readings of years, decades, centuries, quarters, halves and seasons.

Like `calendar_readings`: a match and its scene in, what it found out, None when it is no time expression.
"""

from __future__ import annotations

import re

from dragoman.context import values
from dragoman.context.scene import Found, Scene, full_year, group, one, step_sign, timex, year_of

_PLURAL = re.compile(r"[a-z]{3,}s$")


# ---------------------------------------------------------------- years
def year(match: re.Match[str], scene: Scene) -> Found:
    """Read "in 1987", "the 2016 elections", "(2014)", where four figures are a year."""
    value = f"{int(match['year']):04d}"
    if match.start() != match.start("year"):
        return one(match, "DATE", value)
    before, after = scene.word_before(match.start()), scene.word_after(match.end())
    lists = scene.lexicon.lists
    if before in lists["number_names"] or after.lower() in lists["counted"]:
        return None
    street = re.match(r"\s+(?:[A-Z][\w.]*\s+){1,3}", scene.text[match.end() : match.end() + 40])
    if (
        street is not None
        and scene.word_after(match.end() + street.end()).lower().rstrip(".") in lists["street_words"]
    ):
        return None
    number = int(value)
    determined = before in (
        "the",
        "its",
        "his",
        "their",
        "her",
        "our",
        "'s",
        "’s",
        "this",
        "a",
        "late",
        "early",
        "mid",
    )
    if number < 1500 and before not in ("in", "since", "of", "from", "until"):
        return None
    if number % 50 == 0 and _PLURAL.match(after) and not determined and after != "was":
        return None
    written = scene.text[max(0, match.start() - 1) : match.start()]
    bracketed = before in ("(", "[", "-", "–") or written in "(-–/"
    named = before in {name.lower() for name in scene.lexicon.months} or before in scene.lexicon.seasons
    if before in (",", ")") and after in (",", ".", ")", ";"):
        return one(match, "DATE", value)
    if before in lists["before_year"] or bracketed or named or determined:
        return one(match, "DATE", value)
    # "Germany 1936", "London 2012": a name and a year, of our own time only.
    return None


def years(match: re.Match[str], scene: Scene) -> Found:
    """Read "1980-1988" as two years, "1980-88" as one expression that covers them."""
    first = int(match["year"])
    if match.groupdict().get("year2"):
        last = int(match["year2"])
        if last <= first:
            return None
        cut = match.end("year")
        return [
            timex(match.start(), cut, "DATE", str(first)),
            timex(match.start("year2"), match.end(), "DATE", str(last)),
        ]
    last = first // 100 * 100 + full_year("20" + match["short"].strip("’'")) % 100
    start, end = values.bounds(f"{first:04d}"), values.bounds(f"{last:04d}")
    if (
        last <= first
        or start is None
        or end is None
        or (int(match["short"][-2:]) <= 12 and first > 1980 and last - first > 20)
    ):
        return None
    return one(match, "DATE", f"{first:04d}", start[0], end[1])


def spoken_year(match: re.Match[str], scene: Scene) -> Found:
    """Read "nineteen ninety-four", "two thousand and three" after "in" and the like."""
    numbers = scene.lexicon.numbers
    if group(match, "thousand"):
        if scene.word_before(match.start()) not in (
            "in",
            "since",
            "by",
            "until",
            "of",
            "before",
            "after",
        ) and not match.group().lower().startswith("the year"):
            return None
        return one(match, "DATE", f"{2000 + numbers.get(group(match, 'few') or '', 0):04d}")
    century_ = numbers.get(group(match, "century") or "", 0)
    ones = numbers.get(group(match, "ones") or group(match, "ones2") or "", 0)
    if not century_ or (
        group(match, "century") == "twenty"
        and not group(match, "ones2")
        and numbers.get(group(match, "tens") or "", 0) > 30
    ):
        return None
    return one(match, "DATE", f"{century_ * 100 + numbers.get(group(match, 'tens') or '', 0) + ones:04d}")


def decade(match: re.Match[str], scene: Scene) -> Found:
    """Read "the 1970s", "the '80s"."""
    digits = re.sub(r"\D", "", match["decade"])
    before = scene.word_before(match.start())
    if before in ("his", "her", "their", "my") and len(digits) == 2:
        return None
    if (
        len(digits) == 2
        and match.start() == match.start("decade")
        and before not in ("the", "mid", "early", "late")
    ):
        return None
    return one(match, "DATE", digits[:3] if len(digits) == 4 else f"19{digits[0]}")


def decade_word(match: re.Match[str], scene: Scene) -> Found:
    """Read "the nineties", but not "in his fifties" or "in the mid thirties" of degrees."""
    text = match.group().lower()
    if not (text.startswith("the") or group(match, "century")):
        return None
    century_ = scene.lexicon.numbers.get(group(match, "century") or "nineteen", 19)
    return one(match, "DATE", f"{century_}{scene.lexicon.decades[match['word'].lower()]}")


def century(match: re.Match[str], scene: Scene) -> Found:
    """Read "the 17th century"."""
    number = _ordinal(match, scene)
    return one(match, "DATE", f"{number - 1:02d}") if number and number < 30 else None


def _ordinal(match: re.Match[str], scene: Scene) -> int | None:
    if group(match, "nth"):
        return int(re.sub(r"\D", "", match["nth"]))
    return scene.lexicon.ordinals.get(group(match, "ordinal") or "")


# ---------------------------------------------------------------- quarters, halves, seasons
def quarter(match: re.Match[str], scene: Scene) -> Found:
    """Read "the third quarter (of 2019)", "Q3"; without a year the last one that has begun."""
    code = group(match, "code")
    number = int(re.sub(r"\D", "", code)) if code else _ordinal(match, scene)
    if number is None or number > 4:
        return None
    named = year_of(match, scene) or year_of(match, scene, "which2")
    after = scene.word_after(match.end()).lower()
    if code is None and after in ("touchdown", "final", "lead", "century", "mile"):
        return None
    if named is None:
        if scene.day is None:
            return one(match, "DATE", f"XXXX-Q{number}")
        current = (scene.day.month + 2) // 3
        named = scene.day.year - (number > current)
        hyphened = "-" in match.group()
        if not hyphened and number != current and scene.direction(*match.span()) == "future":
            named += 1
    return one(match, "DATE", f"{named:04d}-Q{number}")


def _last_quarter(scene: Scene) -> str | None:
    done = values.shift(scene.day, "Q", -1) if scene.day else None
    if scene.quarter is not None and (done is None or scene.quarter <= done):
        return scene.quarter
    return done


def latest_quarter(match: re.Match[str], scene: Scene) -> Found:
    """Read "the quarter", "the latest quarter": the one the text is about, else the last full one."""
    bare = group(match, "which") is None and match.group().lower().endswith("the quarter")
    if bare and scene.word_after(match.end()).lower() in (
        "of",
        "point",
        "percentage",
        "mile",
        "final",
        "finals",
    ):
        return None
    named = match.groupdict().get("of")
    if named:
        if match.group().lower().endswith("period") and scene.quarter is None:
            return None
        last = _last_quarter(scene)
        return one(match, "DATE", f"{named}-{last[5:] if last else 'QX'}")
    return one(match, "DATE", _last_quarter(scene) or "XXXX-QX")


def year_ago_quarter(match: re.Match[str], scene: Scene) -> Found:
    """Read "the year-ago quarter", "the same period last year"."""
    last = _last_quarter(scene)
    number = _ordinal(match, scene) if "ordinal" in match.groupdict() else None
    if scene.quarter is None and "period" in match.group().lower():
        return one(match, "DATE", f"{scene.day.year - 1:04d}" if scene.day else "XXXX")
    if last is None:
        return one(match, "DATE", "XXXX-QX")
    return one(match, "DATE", f"{int(last[:4]) - 1:04d}-Q{number if number and number < 5 else last[-1]}")


def half(match: re.Match[str], scene: Scene) -> Found:
    """Read "the first half of 2019", "the second half of the year"; a half of anything else is none."""
    named = year_of(match, scene) or year_of(match, scene, "which2")
    after = scene.word_after(match.end()).lower()
    words, hyphened = match.group().lower(), "-" in match.group()
    if named is None and (
        after in ("of", "an", "a", "hour", "dozen", "century", "goal", "lead")
        or not (words.startswith("the") or hyphened)
    ):
        return None
    number = 1 if (group(match, "nth_half") or "").startswith(("first", "1")) else 2
    if named is None and not hyphened and not match.groupdict().get("plain") and scene.quarter is None:
        return None
    if named is None and scene.day is not None:
        named = scene.day.year - (
            number == 2 and scene.day.month < 7 and scene.direction(*match.span()) != "future"
        )
    return one(match, "DATE", f"{named:04d}-H{number}" if named else f"XXXX-H{number}")


def season(match: re.Match[str], scene: Scene) -> Found:
    """Read "the fall of 1999", "last summer", "summer last year"."""
    code = scene.lexicon.seasons[match["season"].lower()]
    if match.groupdict().get("year"):
        return one(match, "DATE", f"{full_year(match['year']):04d}-{code}")
    which = group(match, "which")
    if scene.day is None:
        return one(match, "DATE", f"XXXX-{code}")
    sign = step_sign(which, scene)
    if which in ("current", "present", "following", "preceding", "prior"):
        return None
    year_ = scene.day.year
    if match.start("which") > match.start("season"):
        return one(match, "DATE", f"{year_ + sign:04d}-{code}")
    covered = values.bounds(f"{year_:04d}-{code}")
    if covered is not None:
        if sign < 0 and scene.day <= covered[1]:
            year_ -= 1
        elif sign > 0 and scene.day >= covered[0]:
            year_ += 1
    return one(match, "DATE", f"{year_:04d}-{code}")


def every_season(match: re.Match[str], scene: Scene) -> Found:
    """Read "every summer"."""
    return one(match, "SET", f"XXXX-{scene.lexicon.seasons[match['season'].lower()]}")


def bare_season(match: re.Match[str], scene: Scene) -> Found:
    """Read "in the spring", "by summer"; the verb "fall", the "spring" of water and names are none."""
    word = match["season"]
    before, after = scene.word_before(match.start()), scene.word_after(match.end())
    led = match.start("season") > match.start()
    if word[0].isupper() or after.lower() in (
        "of",
        "in",
        "from",
        "to",
        "off",
        "back",
        "into",
        "short",
        "apart",
        "out",
        "over",
        "below",
        "behind",
    ):
        return None
    if before not in (
        "in",
        "during",
        "since",
        "by",
        "until",
        "before",
        "after",
        "through",
        "throughout",
        "over",
        "for",
        "early",
        "late",
    ) and not (led and before == "of"):
        return None
    if (
        not led
        and word.lower() in ("fall", "spring")
        and before not in ("by", "since", "until", "early", "late", "in")
    ):
        return None
    code = scene.lexicon.seasons[word.lower()]
    if scene.day is None:
        return one(match, "DATE", f"XXXX-{code}")
    year_ = scene.day.year
    covered = values.bounds(f"{year_:04d}-{code}")
    way = scene.direction(*match.span())
    if covered is not None:
        if way == "future" and scene.day > covered[1]:
            year_ += 1
        elif way != "future" and scene.day < covered[0]:
            year_ -= 1
    return one(match, "DATE", f"{year_:04d}-{code}")
