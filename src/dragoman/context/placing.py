"""The step that says where each event is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import model
from dragoman.context.places import PlaceHit, find_places, place_hit

if TYPE_CHECKING:
    from dragoman.draft import Draft


class PlaceStep:
    """Gives events their place, from the phrase of place that their own words bear; none where none
    stands."""

    needs = ("events", "mentions", "times")
    gives = ()

    def __call__(self, draft: Draft) -> None:
        """Fill `event.place` and its reason."""
        known: dict[int, list[PlaceHit]] = {}
        for event in draft.events:
            if event.sentence.index not in known:
                known[event.sentence.index] = find_places(event.sentence, draft)
            found = place_hit(event.sentence, event.token, draft, known[event.sentence.index])
            if found is None:
                event.place = None
                event.reasons["place"] = model.Reason("absent", "place: no phrase of place")
                continue
            hit, rule = found
            event.place = hit.place()
            basis: model.Basis = "stated" if rule in ("own", "object", "verb") else "inferred"
            event.reasons["place"] = model.Reason(
                basis, f"place: {rule}, {hit.kind}", (model.Span(hit.start, hit.end),)
            )
