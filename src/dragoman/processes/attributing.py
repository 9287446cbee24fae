"""Who says what stands at a place of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftAttribution


def said_at(draft: Draft, start: int, end: int, *, silent: bool = False) -> DraftAttribution | None:
    """Return the innermost attribution whose content holds [start, end), or None.

    What somebody did not say is nobody's claim: silent attributions are left out unless asked for.
    """
    holding = [
        a
        for a in draft.attributions
        if a.content[0] <= start and end <= a.content[1] and (silent or a.stance != "silent")
    ]
    return min(holding, key=lambda a: (a.content[1] - a.content[0], a.content[0]), default=None)
