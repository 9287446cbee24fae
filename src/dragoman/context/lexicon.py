"""The words and shapes of time expressions, read from `data/lexicons/time_words.yaml` and
`time_patterns.yaml`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from dragoman.errors import ConfigError

_BLANK = r"(?:[^\S\n]+(?:\n[^\S\n]*)?|\n[^\S\n]*)"
_SLOT = re.compile(r"(?<!\?P)<([a-z]\w*)(?::(\w+))?>|\{([a-z_]\w*)\}")


def read_yaml(folder: str, name: str) -> Any:
    """Return what a YAML data file of the package holds; raises `ConfigError` when it is missing or
    faulty."""
    try:
        text = (resources.files("dragoman") / "data" / folder / name).read_text(encoding="utf-8")
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise ConfigError(
            f"data file {folder}/{name} cannot be read: {error}", advice="reinstall dragoman"
        ) from error


_LISTS = (
    "before_unsure_month", "names_before", "names_after", "ahead", "behind", "number_names", "counted",
    "before_year", "infinitives", "before_units", "rated", "street_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """One shape of a time expression: where to look for it, and which reading makes sense of it."""

    name: str
    order: int
    anchors: tuple[str, ...]
    regex: re.Pattern[str]
    reads: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word meanings, compiled patterns, and the words by which a text is searched for places to try them."""

    months: dict[str, int]
    unsure_months: frozenset[int]
    weekdays: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    dayparts: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    vague: frozenset[str]
    pair: frozenset[str]
    back: frozenset[str]
    onward: frozenset[str]
    holidays: dict[str, dict[str, Any]]
    fixed: dict[str, str]
    frequencies: dict[str, str]
    lists: dict[str, frozenset[str]]
    modifier: re.Pattern[str]
    modifier_bounds: dict[str, str]
    amount_modifier: re.Pattern[str]
    patterns: tuple[Pattern, ...]
    anchors: dict[str, tuple[str, ...]]


def _either(words: Any) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", " ") for w in sorted(map(str, words), key=lambda w: (-len(w), w))
    )


def _classes(data: dict[str, Any]) -> dict[str, str]:
    """Return the regular expression of every word class that patterns may name."""
    single = [n for u in data["units"] for n in u["names"]]
    plural = [n for u in data["units"] for n in u["plural"]]
    weekdays = [n for d in data["weekdays"] for n in d["names"]]
    tens, small = _either(data["tens"]), _either(data["numbers"])
    digits = _either(w for w, n in data["numbers"].items() if 1 <= n <= 9)
    tens_and_ones = rf"(?:{tens})(?:[ -](?:{digits}))?"
    number = (
        rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}})(?:\.\d+)?(?: 1/2)?|{tens_and_ones}|"
        rf"(?:(?:a|{digits}) )(?:hundred|thousand|dozen)(?: and {tens_and_ones})?|{small}|hundred"
    )
    vague, steps = _either(data["vague"]), [*data["back"], *data["onward"], *data["here"]]
    article = r"an?(?: (?:full|whole|good|single|quarter|half))?|half an?"
    coarse = [n for u in data["units"] for n in u["names"] if u["code"] not in ("TS", "TM")]
    return {
        **data["classes"],
        "month": _either(n for m in data["months"] for n in m["names"]),
        "weekday": _either(weekdays),
        "weekdays": "|".join(f"{n}s" for n in weekdays if n.endswith("day")),
        "unit": _either(single),
        "single_unit": _either(single),
        "plural_unit": _either(plural),
        "any_unit": _either(single + plural),
        "step_noun": _either(coarse),
        "season": _either(data["seasons"]),
        "daypart": f"(?:early |late |mid-|mid )?(?:{_either(data['dayparts'])})",
        "number": number,
        "small_number": small,
        "digit_word": digits,
        "tens": tens,
        "amount": f"{number}|{vague}|{_either(data['pair'])}|{article}",
        "vague": vague,
        "ordinal": _either(data["ordinals"]),
        "step": _either(steps),
        "frame": _either(dict.fromkeys([*steps, *data["frames"]])),
        "decade_word": _either(data["decades"]),
        "holiday": _either(n for h in data["holidays"] for n in h["names"]),
        "frequency": _either(data["frequencies"]),
        "fixed": _either(w for f in data["fixed"] for w in f["words"]),
    }


def _anchor_words(data: dict[str, Any], anchor: str) -> list[str]:
    if anchor in data["anchors"]:
        return list(data["anchors"][anchor])
    if anchor == "unit":
        return [n for u in data["units"] for n in (*u["names"], *u["plural"])]
    if anchor == "month":
        return [n.lower() for m in data["months"] for n in m["names"]]
    if anchor in ("weekday", "weekdays"):
        plural = "s" if anchor == "weekdays" else ""
        return [n.lower() + plural for d in data["weekdays"] for n in d["names"]]
    if anchor == "holiday_word":
        return sorted({re.split(r"\W+", n.lower())[0] for h in data["holidays"] for n in h["names"]})
    if anchor == "fixed_word":
        return sorted({re.split(r"\W+", w)[-1] for f in data["fixed"] for w in f["words"]})
    source = {
        "season": "seasons",
        "daypart": "dayparts",
        "frequency": "frequencies",
        "decade_word": "decades",
    }[anchor]
    return sorted({re.split(r"\W+", w)[-1] for w in data[source]})


def _compile(pattern: str, classes: dict[str, str], where: str) -> re.Pattern[str]:
    def slot(match: re.Match[str]) -> str:
        name, source, plain = match.groups()
        if plain is not None:
            return f"(?:{classes[plain]})"
        return f"(?P<{name}>{classes[source or name]})"

    try:
        expanded = _SLOT.sub(slot, pattern).replace("[ -]", f"(?:{_BLANK}|-)").replace(" ", _BLANK)
        return re.compile(rf"(?<!\w)(?:{expanded})(?!\w)", re.IGNORECASE)
    except (KeyError, re.error) as error:
        raise ConfigError(f"time pattern {where!r} is faulty: {error}") from error


@functools.cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of time, compiled once a process. Raises `ConfigError` when the data are faulty."""
    data = read_yaml("lexicons", "time_words.yaml")
    classes = _classes(data)
    patterns: list[Pattern] = []
    anchors: dict[str, list[str]] = {}
    for order, row in enumerate(read_yaml("lexicons", "time_patterns.yaml")):
        regex = _compile(row["pattern"], classes, row["name"])
        names = tuple(row["anchor"].split())
        patterns.append(Pattern(row["name"], order, names, regex, row["reads"], tuple(row.get("needs", ()))))
        for name in names:
            for word in _anchor_words(data, name):
                anchors.setdefault(word, []).append(name)
    blank = _BLANK
    modifiers = {w: m.get("bound", "") for m in data["modifiers"] for w in m["words"]}
    before = "|".join(
        re.escape(w).replace(r"\ ", blank) for w in sorted(modifiers, key=lambda w: (-len(w), w))
    )
    amounts = "|".join(
        re.escape(w).replace(r"\ ", blank) for w in sorted(data["amounts"], key=lambda w: (-len(w), w))
    )
    return Lexicon(
        months={n.lower(): m["number"] for m in data["months"] for n in m["names"]},
        unsure_months=frozenset(m["number"] for m in data["months"] if m.get("unsure")),
        weekdays={n.lower(): d["number"] for d in data["weekdays"] for n in d["names"]},
        units={n: u["code"] for u in data["units"] for n in (*u["names"], *u["plural"])},
        seasons=data["seasons"],
        dayparts=data["dayparts"],
        numbers={**data["numbers"], **data["tens"]},
        ordinals=data["ordinals"],
        decades=data["decades"],
        vague=frozenset(data["vague"]),
        pair=frozenset(data["pair"]),
        back=frozenset(data["back"]),
        onward=frozenset(data["onward"]),
        holidays={n.lower(): h for h in data["holidays"] for n in h["names"]},
        fixed={w: f["value"] for f in data["fixed"] for w in f["words"]},
        frequencies=data["frequencies"],
        lists={name: frozenset(str(w).lower() for w in data[name]) for name in _LISTS},
        modifier=re.compile(rf"(?<!\w)(?:{before})(?:{blank}|(?<=-))$", re.IGNORECASE),
        modifier_bounds=modifiers,
        amount_modifier=re.compile(rf"(?<!\w)(?:{amounts}){blank}$", re.IGNORECASE),
        patterns=tuple(patterns),
        anchors={word: tuple(dict.fromkeys(names)) for word, names in sorted(anchors.items())},
    )
