"""The ways to write a person's name: without accents, and as other newspapers transliterate it.

The words are those of `data/actors/spellings.yaml`. Variants are names of their own in the automaton, so that
finding them costs a text nothing.
"""

from __future__ import annotations

import functools
import importlib.resources
import unicodedata

import yaml

# Letters that do not fall apart into a plain one and an accent.
_FOREIGN = str.maketrans(
    dict(zip("đĐıøØłŁðÐə’ʻ‘", "dDioOlLdDa'''", strict=True))
    | {"þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss"}
)


def plain(name: str) -> str:
    """Return a name without accents, as newspapers without them write it."""
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name.translate(_FOREIGN))
    return "".join(c for c in parts if not unicodedata.combining(c))


@functools.cache
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, list[tuple[str, tuple[str, ...]]]]]:
    """Return what is written for a word, and by their first letters for beginnings, besides themselves."""
    path = importlib.resources.files("dragoman") / "data" / "actors" / "spellings.yaml"
    raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    words = {word: tuple(w for w in row if w != word) for row in raw["words"] for word in row}
    beginnings: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in raw["beginnings"]:
        for one in row:
            beginnings.setdefault(one[:1], []).append((one, tuple(o for o in row if o != one)))
    return words, beginnings


def spellings_of(name: str) -> tuple[str, ...]:
    """Return the other ways to write a name, each with one word written otherwise; without the name itself."""
    words, beginnings = _tables()
    made: dict[str, None] = {}
    bare = plain(name)
    for one in dict.fromkeys((name, bare)):
        made[one] = None
        parts = one.split(" ")
        for at, part in enumerate(parts):
            others = words.get(part, ())
            for beginning, instead in beginnings.get(part[:1], ()):
                if part.startswith(beginning) and part != beginning:
                    others += tuple(other + part[len(beginning) :] for other in instead)
                    break
            for other in others:
                made[" ".join((*parts[:at], other, *parts[at + 1 :]))] = None
    del made[name]
    return tuple(made)
