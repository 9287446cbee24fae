"""Word lists of a codebook: `$name` among words stands for the words of the list of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import CodebookError
from dragoman.events.codebook_files import general_words, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

WordLists = dict[str, tuple[str, ...]]


def is_reference(word: str) -> bool:
    """Tell whether a word is the name of a list ("$talks"); a bare "$" is the currency."""
    return word.startswith("$") and len(word) > 1


def flatten(own: Mapping[str, tuple[str, ...]], file: Traversable) -> WordLists:
    """Return a codebook's lists, and those of every codebook, with no reference left in them.

    A list of the codebook stands instead of the general one of its name; among its own words that name takes in
    the general one.

    Raises:
        CodebookError: with file and line, for a list that contains itself or names none.
    """
    general = general_words()
    known = {**general, **own}
    flat: WordLists = {}

    def flattened(name: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if name in flat:
            return flat[name]
        found: dict[str, None] = {}
        for word in known[name]:
            if not is_reference(word):
                found[word.lower()] = None
                continue
            inner = word[1:]
            if inner == name and name in own and name in general:
                found.update(dict.fromkeys(expand(general[name], general, file)))
            elif inner not in known:
                raise unknown_list(word, known, where_list(name, file))
            elif inner == name or inner in above:
                raise CodebookError(
                    f"word list {inner!r} contains itself",
                    where=where_list(name, file),
                    advice=f"take ${inner} out",
                )
            else:
                found.update(dict.fromkeys(flattened(inner, (*above, name))))
        flat[name] = tuple(found)
        return flat[name]

    for name in known:
        flattened(name, ())
    return flat


def where_list(name: str, file: Traversable) -> str:
    """Return file and line of a word list."""
    return f"{file}:{line_of(file.read_bytes(), f'$.words.{name}')}"


def unknown_list(word: str, words: Iterable[str], where: str) -> CodebookError:
    """Return the error for a list that isn't there."""
    return CodebookError(f"no word list {word!r}", where=where, advice=lists_advice(words))


def lists_advice(words: Iterable[str]) -> str:
    """Say which word lists there are: the codebook's own, then those of every codebook."""
    general = general_words()
    own = sorted(name for name in words if name not in general)
    return f"word lists: {', '.join(own) or 'none'}; of every codebook: {', '.join(sorted(general))}"


def expand(items: Iterable[str], words: Mapping[str, tuple[str, ...]], where: object) -> tuple[str, ...]:
    """Return words with those of the lists that they name, in order, each once. Raises `CodebookError`."""
    found: dict[str, None] = {}
    for item in items:
        if not is_reference(item):
            found[item.lower()] = None
            continue
        if item[1:] not in words:
            raise unknown_list(item, words, str(where))
        for word in words[item[1:]]:
            if is_reference(word):
                found.update(dict.fromkeys(expand((word,), words, where)))
            else:
                found[word.lower()] = None
    return tuple(found)
