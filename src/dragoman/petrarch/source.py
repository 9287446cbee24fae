"""The lines of a dictionary file, without comments, and how its phrases are written in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SMALL = frozenset({"a", "and", "at", "by", "de", "for", "from", "in", "of", "on", "the", "to", "with"})
_SHORT = 4
_MARKUP = re.compile(r"<!\s*--.*?-->", re.DOTALL)


class Line(NamedTuple):
    """One line of a dictionary with its number; its comment is cut off, white space at its end too."""

    number: int
    text: str


def lines_of(path: Path) -> Iterator[Line]:
    """Yield the lines of a dictionary, blank ones too (they end a set of synonyms), but not mere comments.

    Raises:
        ConfigError: when the file can't be read.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read the dictionary: {error.strerror}", where=str(path)) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    # Comments in markup may run over several lines; their line ends stay, for the numbers.
    text = _MARKUP.sub(lambda found: "\n" * found.group().count("\n"), text)
    for number, line in enumerate(text.split("\n"), 1):
        kept = line.partition("#")[0].rstrip()
        if kept or not line.strip():
            yield Line(number, kept)


def plain(phrase: str) -> str:
    """Return a phrase with spaces between its words, as the dictionary spells it."""
    return " ".join(phrase.replace("_", " ").split())


def spellings(phrase: str) -> list[str]:
    """Return how running text may write the name of a dictionary, which has capitals only; likeliest first."""
    words = plain(phrase).split()
    if not words:
        return []
    titled = [_titled(word, first=at == 0) for at, word in enumerate(words)]
    found = [" ".join(titled)]
    if any(_may_be_initials(word) for word in words):
        # "THE_AU": "The AU" or "The Au", nothing says which.
        capital = [w if _may_be_initials(w) else t for w, t in zip(words, titled, strict=True)]
        found.append(" ".join(capital))
    if len(words) == 1:
        found.append(words[0])
    if titled[0] in ("The", "Al", "A") or titled[0].startswith("Al-"):
        found.extend([form[0].lower() + form[1:] for form in found if not form.isupper()])
    return list(dict.fromkeys(found))


def _may_be_initials(word: str) -> bool:
    return word.isalpha() and 1 < len(word) < _SHORT and word.lower() not in _SMALL


def _titled(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in _SMALL and not first:
        return lower
    if re.fullmatch(r"(?:[A-Za-z]\.)+", word):
        return word.upper()
    parts = [_capital(part) for part in lower.split("-")]
    return "-".join(parts)


def _capital(word: str) -> str:
    if len(word) > _SHORT and word.startswith("mc"):
        return "Mc" + word[2:].capitalize()
    head, mark, tail = word.partition("'")
    if mark and len(head) == 1:
        return f"{head.upper()}'{tail.capitalize()}"
    return word.capitalize()
