"""Whether a bare weekday or month lies behind or ahead, from the words around it when there is no parse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman.context.lexicon import Lexicon

Direction = Literal["past", "future"]

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(]*[A-Z])|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:[-][^\W\d_]+)*|[’']ll\b")


def clause_before(text: str, start: int, reach: int = 140) -> str:
    """Return what stands before an offset in its sentence, at most `reach` characters."""
    left = text[max(0, start - reach) : start]
    cut = 0
    for match in _SENTENCE_END.finditer(left):
        # "Jan. 5", "Mr. X": an abbreviation does not end the sentence.
        if match.group().startswith(".") and re.search(r"\b(?:[A-Z]\w{0,4}|[A-Z])$", left[: match.start()]):
            continue
        cut = match.end()
    return left[cut:]


def direction_of(text: str, start: int, end: int, lexicon: Lexicon) -> Direction | None:
    """Return where the nearest verb of the sentence points: to the left first, else to the right, else
    None."""
    ahead, behind, infinitives = lexicon.lists["ahead"], lexicon.lists["behind"], lexicon.lists["infinitives"]
    before = [m.group() for m in _WORD.finditer(clause_before(text, start))][-14:]
    following = ""
    for word in reversed(before):
        lower = word.lower()
        if lower == "to" and following in infinitives:
            return "future"
        if lower in ahead and not word.istitle():
            return "future"
        if lower in behind or (
            word.islower() and len(word) > 4 and lower.endswith("ed") and lower not in ahead
        ):
            return "past"
        following = lower
    right = text[end : end + 90]
    stop = _SENTENCE_END.search(right)
    for match in _WORD.finditer(right[: stop.start()] if stop else right):
        lower = match.group().lower()
        if lower in ("will", "shall", "'ll", "’ll"):
            return "future"
        if lower in behind or (match.group().islower() and len(lower) > 4 and lower.endswith("ed")):
            return None if lower in ahead else "past"
    return None
