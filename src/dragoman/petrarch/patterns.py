"""Patterns of verb dictionaries, written as patterns of words in order (see `dragoman.events.word_order`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.events.word_order import ACTOR, HEAD, OTHER, PARTIES, RECIPIENT, problem_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from dragoman.petrarch.verbs import Verb

_SLOTS = {"$": ACTOR, "+": RECIPIENT, "%": PARTIES, "^": OTHER}
# Prepositional phrases and noun phrases are marked in newer dictionaries; their words stand in order anyway.
_BRACKETS = str.maketrans("(){}", "    ")
_PIECE = re.compile(r"\s+|_|[$+%^*]|&[A-Z0-9_]+|[^\s_$+%^*&]+")


class UnknownSet(ValueError):
    """A pattern or a set refers to a set of synonyms that the dictionary does not have."""


def list_name(name: str) -> str:
    """Return the name of the word list that a set of synonyms becomes."""
    return "set-" + name.lower().replace("_", "-")


def set_items(items: Collection[str], sets: Collection[str]) -> list[str]:
    """Return the words of a set of synonyms, references to others among them. Raises `UnknownSet`."""
    found: list[str] = []
    for item in items:
        if item.startswith("&"):
            name, rest = _longest(item[1:], sets)
            if rest.strip("_"):
                raise UnknownSet(f"{item} joins a set and a word")
            found.append("$" + list_name(name))
        elif "&" not in item:
            found.append(" ".join(item.lower().replace("_", " ").split()))
        else:
            raise UnknownSet(f"{item} joins a word and a set")
    return list(dict.fromkeys(f for f in found if f))


def word_pattern(text: str, sets: Collection[str]) -> str:
    """Return a pattern of a dictionary in our own writing. Raises `UnknownSet`, `ValueError`."""
    written = ""
    for piece in _PIECE.findall(text.translate(_BRACKETS)):
        if piece.isspace():
            written += " "
        elif piece in _SLOTS:
            written += _SLOTS[piece]
        elif piece.startswith("&"):
            name, rest = _longest(piece[1:], sets)
            written += f"${list_name(name)}{rest.lower()}"
        else:
            written += piece.lower()
    # A mark that joins nothing, at the end of a word, only said that the word is no stem.
    pattern = re.sub(r"\s*_+(?=\s|$)|(?:(?<=\s)|^)_+", " ", written)
    pattern = _both_sides(" ".join(pattern.split()))
    problem = problem_of(pattern)
    if problem:
        raise ValueError(problem)
    return pattern


def _both_sides(pattern: str) -> str:
    """Return a pattern in which parties named after the verb ("agreed with %") are what its subject acts on."""
    before, _, after = pattern.partition(HEAD)
    if PARTIES in after and f"between {PARTIES}" not in after:
        after = after.replace(PARTIES, RECIPIENT)
    return f"{before}{HEAD}{after}"


def _longest(text: str, sets: Collection[str]) -> tuple[str, str]:
    """Split a reference into the name of a set, which may hold `_`, and what is joined to it."""
    parts = text.split("_")
    for size in range(len(parts), 0, -1):
        name = "_".join(parts[:size])
        if name in sets:
            return name, text[len(name) :]
    raise UnknownSet(f"there is no set &{text.strip('_')}")


def around(verb: Verb, pattern: str = HEAD) -> str:
    """Return a pattern with the words of a verb of several words joined to its head."""
    before = "".join(f"{word}_" for word in verb.before)
    after = "".join(f"_{word}" for word in verb.after)
    return pattern.replace(HEAD, f"{before}{HEAD}{after}")
