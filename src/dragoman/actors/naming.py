"""Names in the raw text, before anything is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import Gazetteer, load_gazetteer

if TYPE_CHECKING:
    from dragoman.draft import Draft

# Names in these segments say who wrote or took the picture, not who does something.
ACTING_SEGMENTS = ("headline", "body")


class NameStep:
    """Finds every name of the gazetteer in headline and body, by one automaton pass over the text.

    Args:
        gazetteer: who is known; None takes the gazetteer of the package.
    """

    needs = ("segments", "sentences")
    gives = ("names",)

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = load_gazetteer() if gazetteer is None else gazetteer

    def __call__(self, draft: Draft) -> None:
        """Fill `names`, in text order."""
        spans = [(s.start, s.end) for s in draft.segments if s.kind in ACTING_SEGMENTS]
        spans.sort()
        at = 0
        for hit in self.gazetteer.find(draft.text):
            while at < len(spans) and spans[at][1] < hit.end:
                at += 1
            if at < len(spans) and spans[at][0] <= hit.start:
                draft.names.append(hit)
