"""Discards of a codebook: phrases that stop the coding of the sentence or the article that they stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.draft import Draft, Sentence
    from dragoman.events.entries import Discards

# How the warnings about what was discarded begin.
DISCARDED = "discarded"


class Discarder:
    """Finds discard phrases, whole words in any case, and tells the draft's warnings what they stopped.

    Args:
        discards: the phrases of a codebook.
    """

    def __init__(self, discards: Discards) -> None:
        self._sentence = _any_of(discards.sentence)
        self._article = _any_of(discards.article)

    def kept(self, draft: Draft, sentences: list[Sentence]) -> list[Sentence]:
        """Return the sentences that may be coded; each discard is said in the draft's warnings."""
        if self._article is not None:
            for sentence in sentences:
                found = self._article.search(sentence.text)
                if found:
                    draft.warnings.append(
                        f"{DISCARDED}: the codebook codes no article with {found.group()!r}"
                    )
                    return []
        if self._sentence is None:
            return sentences
        kept: list[Sentence] = []
        for sentence in sentences:
            found = self._sentence.search(sentence.text)
            if found is None:
                kept.append(sentence)
            else:
                draft.warnings.append(
                    f"{DISCARDED}: sentence {sentence.index} holds {found.group()!r}, with which the codebook "
                    "codes none"
                )
        return kept


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    ways = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    if not ways:
        return None
    written = "|".join(r"\s+".join(map(re.escape, way.split())) for way in ways)
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)
