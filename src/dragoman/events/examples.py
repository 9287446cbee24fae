"""The examples of a codebook: what is wrong with how one was coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import DraftEvent, DraftMention
    from dragoman.events.codebook import Example, ExampleEvent


class Mistake(NamedTuple):
    """What an example asks for that was not coded, and what was coded that it does not ask for."""

    wanted: str
    coded: str

    def __str__(self) -> str:
        return f"wanted {self.wanted}, got {self.coded}"


def mistakes(example: Example, events: Sequence[DraftEvent]) -> Mistake | None:
    """Compare the events coded from an example with those it asks for.

    Returns what was wanted and what was got, or None when they agree. Parties are compared as sets of
    countries (`RUS`, or `RUS:GOV` with the main sector), by name where there is no country; fields that the
    example leaves out are not compared. Further tellings of one happening count once.
    """
    left = [e for e in events if not _is_retelling(e, events)]
    missing: list[ExampleEvent] = []
    for wanted in example.events:
        match = next((e for e in left if _agrees(wanted, e)), None)
        if match is None:
            missing.append(wanted)
        else:
            left.remove(match)
    if not missing and not left:
        return None
    nothing, nothing_else = ("nothing more", "nothing else") if example.events else ("no event", "no event")
    return Mistake(
        "; ".join(_wanted(w) for w in missing) or nothing,
        "; ".join(_got(e, missing) for e in left) or nothing_else,
    )


def _got(event: DraftEvent, missing: Sequence[ExampleEvent]) -> str:
    """Return an event on one line, with the fields that are rarely asked for where they are asked for."""
    more = [f"content {event.content_status}"] if any(w.content_status for w in missing) else []
    if any(w.reciprocal is not None for w in missing):
        more.append("reciprocal" if event.reciprocal else "not reciprocal")
    return ", ".join([shown(event), *more])


def shown(event: DraftEvent) -> str:
    """Return an event on one line: type-mode actors → recipients, status, codebook entry."""
    mode = f"-{event.mode}" if event.mode else ""
    actors, recipients = " ".join(_codes(event.actors)), " ".join(_codes(event.recipients))
    return f"{event.type}{mode} {actors or '—'} → {recipients or '—'} {event.status} [{event.entry}]"


def _is_retelling(event: DraftEvent, events: Sequence[DraftEvent]) -> bool:
    return any(event in earlier.duplicates for earlier in events[: events.index(event)])


def _codes(mentions: Sequence[DraftMention]) -> list[str]:
    return sorted({m.entity.country or m.entity.name for m in mentions})


def _parties_agree(wanted: Sequence[str] | None, mentions: Sequence[DraftMention]) -> bool:
    if wanted is None:
        return True
    plain = {m.entity.country or m.entity.name for m in mentions}
    full = {f"{m.entity.country}:{s}" for m in mentions for s in m.entity.sectors[:1]}
    return {w.split(":")[0] for w in wanted} == plain and all(w in full for w in wanted if ":" in w)


def _agrees(wanted: ExampleEvent, event: DraftEvent) -> bool:
    for name in ("type", "mode", "status", "content_status", "reciprocal"):
        value = getattr(wanted, name)
        if value is not None and value != getattr(event, name):
            return False
    return _parties_agree(wanted.actors, event.actors) and _parties_agree(wanted.recipients, event.recipients)


def _wanted(event: ExampleEvent) -> str:
    mode = f"-{event.mode}" if event.mode else ""
    sides = [
        (" ".join(side) or "—") if side is not None else "*" for side in (event.actors, event.recipients)
    ]
    said = f"{event.type or '*'}{mode} {sides[0]} → {sides[1]} {event.status or ''}".strip()
    more = [f"content {event.content_status}"] if event.content_status else []
    if event.reciprocal is not None:
        more.append("reciprocal" if event.reciprocal else "not reciprocal")
    return ", ".join([said, *more])
