"""Sets of words that a frame asks for: lemmas, phrases, any word, any name."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.syntax import Token

# In word lists: a proper name or personal pronoun.
NAMES = "+name"


class Words:
    """A set of lemmas and phrases that a noun or verb may be.

    Phrases ("tear gas", "cease-fire") match by their last word with the words before it.
    """

    def __init__(self, items: Iterable[str]) -> None:
        self.any = False
        self.names = False
        self.single: set[str] = set()
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        for item in items:
            words = item.replace("-", " - ").split()
            if item == "*":
                self.any = True
            elif item == NAMES:
                self.names = True
            elif len(words) == 1:
                self.single.add(item)
            else:
                self.phrases.setdefault(words[-1], []).append(tuple(words[:-1]))
                self.single.add(item)

    def __bool__(self) -> bool:
        return self.any or self.names or bool(self.single)

    def matches(self, token: Token) -> bool:
        """Tell whether a token (with the words before it) is one of these."""
        if self.any or (self.names and (token.pos_ == "PROPN" or token.tag_ == "PRP")):
            return True
        lemma, lower = token.lemma_.lower(), token.lower_
        if lemma in self.single or lower in self.single:
            return True
        for last in dict.fromkeys((lemma, lower)):
            for before in self.phrases.get(last, ()):
                start = token.i - len(before)
                if start >= 0 and all(
                    w in (t.lower_, t.lemma_.lower())
                    for w, t in zip(before, token.doc[start : token.i], strict=True)
                ):
                    return True
        return False


@functools.cache
def words(items: tuple[str, ...]) -> Words:
    """Return the word set of a tuple of lemmas, made once."""
    return Words(items)
