"""Word lists of a codebook: `$name` among words stands for the words of the list of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.events.codebook_files import general_words
from dragoman.events.consistency import Problem, listed
from dragoman.events.word_order import list_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.events.consistency import Path

WordLists = dict[str, tuple[str, ...]]
# The keys under which a word may be the name of a list, and those under which none is.
_WITH_WORDS = frozenset({"cues", "trigger", "related_words", "by_word"})
_WITHOUT_WORDS = frozenset({"examples", "definition", "boundaries"})


def is_reference(word: str) -> bool:
    """Tell whether a word is the name of a list ("$talks"); a bare "$" is the currency."""
    return word.startswith("$") and len(word) > 1


def flatten(own: Mapping[str, tuple[str, ...]]) -> WordLists:
    """Return a codebook's lists, and those of every codebook, with no reference left in them.

    A list of the codebook stands instead of the general one of its name; among its own words that name takes in
    the general one. References in which `list_problems` finds a fault count for nothing.
    """
    general = general_words()
    known = {**general, **own}
    flat: WordLists = {}

    def flattened(name: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if name in flat:
            return flat[name]
        found: dict[str, None] = {}
        for word in known[name]:
            inner = word[1:]
            if not is_reference(word):
                found[word.lower()] = None
            elif inner == name and name in own and name in general:
                found.update(dict.fromkeys(expand(general[name], general)))
            elif inner in known and inner != name and inner not in above:
                found.update(dict.fromkeys(flattened(inner, (*above, name))))
        flat[name] = tuple(found)
        return flat[name]

    for name in known:
        flattened(name, ())
    return flat


def list_problems(own: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Yield the references of a codebook's lists that name no list, or lead back to their own list."""
    general = general_words()
    known = {**general, **own}
    for name, items in own.items():
        for number, word in enumerate(items):
            inner = word[1:]
            if not is_reference(word) or (inner == name and name in general):
                continue
            path = ("words", name, number)
            if inner not in known:
                yield Problem(path, f"no word list {word!r}", _advice(known, inner))
            elif name in _reached(inner, known):
                yield Problem(path, f"word list {name!r} contains itself", f"take {word} out")


def _reached(name: str, known: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return a list and all lists that its references lead to."""
    found: set[str] = set()
    todo = [name]
    while todo:
        at = todo.pop()
        if at in known and at not in found:
            found.add(at)
            todo.extend(word[1:] for word in known[at] if is_reference(word) and word[1:] != at)
    return found | {name}


def reference_problems(part: object, words: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Yield the `$name`s of a codebook's type, or of its contexts, that name no word list."""
    for path, text in _words_of(msgspec.to_builtins(part), ()):
        names = list_names(text) if "patterns" in path else [text[1:]] if is_reference(text) else []
        for name in names:
            if name not in words:
                yield Problem(path, f"no word list {'$' + name!r}", _advice(words, name))


def references(part: object) -> Iterator[str]:
    """Yield the names of the lists that a type or the contexts refer to."""
    for path, text in _words_of(msgspec.to_builtins(part), ()):
        yield from list_names(text) if "patterns" in path else [text[1:]] if is_reference(text) else []


def _words_of(data: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every word that may be the name of a list, with the way to it."""
    if isinstance(data, str):
        if any(step in _WITH_WORDS for step in path):
            yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _WITHOUT_WORDS:
                yield from _words_of(value, (*path, key))
    elif isinstance(data, list | tuple):
        for number, value in enumerate(data):
            yield from _words_of(value, (*path, number))


def _advice(words: Iterable[str], wrong: str) -> str:
    """Say which word lists there are: the codebook's own, then those of every codebook."""
    general = general_words()
    own = sorted(name for name in words if name not in general)
    return f"{listed('word lists', own, wrong)}; of every codebook: {', '.join(sorted(general))}"


def expand(items: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return words with those of the lists that they name, in order, each once.

    The name of a list that isn't there stays as it is (`reference_problems` finds it).
    """
    found: dict[str, None] = {}
    for item in items:
        if is_reference(item) and item[1:] in words:
            for word in words[item[1:]]:
                inner = expand((word,), words) if is_reference(word) else (word.lower(),)
                found.update(dict.fromkeys(inner))
        else:
            found[item.lower()] = None
    return tuple(found)
