"""One coding with its corrections applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.corpus.rows import day, precision_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.corpus.rows import Row

# Fields whose value is that of the column of the same name.
ALIKE = ("type", "mode", "contexts", "status", "content_status", "historical", "reciprocal", "stance", "intensity",
         "cameo")  # fmt: skip
SIDES = {"actors": "actor", "recipients": "recipient"}


class Judgement:
    """What the corrections say about one coding: the last word of each kind holds."""

    def __init__(self) -> None:
        self.verdict: str | None = None
        self.fields: dict[str, Any] = {}

    def take(self, action: str, field: str | None, value: Any) -> None:
        """Take in the next correction."""
        if action == "edit" and field is not None:
            self.fields[field] = value
        else:
            self.verdict = action

    @property
    def name(self) -> str | None:
        """What the views show as `judgement`."""
        if self.verdict == "reject":
            return "rejected"
        if self.fields:
            return "edited"
        return "accepted" if self.verdict == "accept" else None


def edit_event(event: Row, judgement: Judgement) -> None:
    """Set the columns of a coding as the corrections say."""
    event["judgement"] = judgement.name
    fields = judgement.fields
    if fields.get("type", event["type"]) != event["type"]:
        event["mode"] = None  # a mode belongs to its type
    event.update({name: value for name, value in fields.items() if name in ALIKE})
    if "time" in fields:
        event.update(_time(fields["time"]))
    if "place" in fields:
        event.update(_place(fields["place"]))
    if "claimant" in fields:
        claimant = fields["claimant"] or {}
        event.update(
            claimant=claimant.get("name"),
            claimant_key=claimant.get("key"),
            claimant_country=claimant.get("country"),
        )
        if not claimant:  # the article itself says it
            event.update(claim=None, stance=None)


def edited_parties(event: Row, parties: list[Row], judgement: Judgement) -> Iterator[Row]:
    """Yield the actors and recipients of a coding, those of the corrections where they give any."""
    given = {side: judgement.fields[name] for name, side in SIDES.items() if name in judgement.fields}
    yield from (row for row in parties if row["side"] not in given)
    for side, values in given.items():
        for position, value in enumerate(values):
            yield {
                "run": event["run"],
                "article": event["article"],
                "event": event["event"],
                "side": side,
                "position": position,
                "entity": None,
                **value,
            }


def _time(time: dict[str, Any] | None) -> Row:
    given = time or {}
    return {
        "time_value": given.get("value"),
        "earliest": day(given.get("earliest")),
        "latest": day(given.get("latest")),
        "time_stated": True if given else None,
    }


def _place(place: dict[str, Any] | None) -> Row:
    given = place or {}
    return {
        "place": given.get("name"),
        "place_country": given.get("country"),
        "lat": given.get("lat"),
        "lon": given.get("lon"),
        "geonames": given.get("geonames"),
        "precision": precision_of(given["name"], given["country"], given["lat"]) if given else None,
    }
