"""Sets of words that a frame asks for: lemmas, phrases, any word, any name."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.syntax import Token

# In word lists: a proper name or personal pronoun.
NAMES = "+name"
# Behind its head a phrase goes on with one of these.
_WITHIN = frozenset({"of", "in", "on", "to", "for"})


class Words:
    """A set of lemmas and phrases that a noun or verb may be.

    Phrases match by their head with the words beside it: the last word ("tear gas", "cease-fire") or, before a
    preposition, the word there ("state of emergency").
    """

    def __init__(self, items: Iterable[str]) -> None:
        self.any = False
        self.names = False
        self.single: set[str] = set()
        # By the head: the words before it, and those after it.
        self.phrases: dict[str, list[tuple[list[str], list[str]]]] = {}
        for item in items:
            words = item.replace("-", " - ").split()
            if item == "*":
                self.any = True
            elif item == NAMES:
                self.names = True
            elif len(words) == 1:
                self.single.add(item)
            else:
                head = head_place(words)
                self.phrases.setdefault(words[head], []).append((words[:head], words[head + 1 :]))
                self.single.add(item)

    def __bool__(self) -> bool:
        return self.any or self.names or bool(self.single)

    def matches(self, token: Token) -> bool:
        """Tell whether a token (with the words beside it) is one of these."""
        if self.any or (self.names and (token.pos_ == "PROPN" or token.tag_ == "PRP")):
            return True
        lemma, lower = token.lemma_.lower(), token.lower_
        if lemma in self.single or lower in self.single:
            return True
        for head in dict.fromkeys((lemma, lower)):
            for before, after in self.phrases.get(head, ()):
                if _stand_at(before, token, token.i - len(before)) and _stand_at(after, token, token.i + 1):
                    return True
        return False


def head_place(phrase: Sequence[str]) -> int:
    """Return which word of a phrase is its head: the last one, or the one before a preposition."""
    return next((i for i, word in enumerate(phrase[1:-1]) if word in _WITHIN), len(phrase) - 1)


def _stand_at(wanted: list[str], token: Token, start: int) -> bool:
    """Tell whether words, or forms of them, stand at a place in the sentence of a token."""
    if not wanted:
        return True
    found = token.doc[start : start + len(wanted)] if start >= 0 else []
    return len(found) == len(wanted) and all(
        w in (t.lower_, t.lemma_.lower()) for w, t in zip(wanted, found, strict=True)
    )


@functools.cache
def words(items: tuple[str, ...]) -> Words:
    """Return the word set of a tuple of lemmas, made once."""
    return Words(items)
