"""Which tellings of a process are steps: possible, proposed, agreed, scheduled, ongoing, held; how it stopped,
and how it was taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.corpus.dossier_words import dossier_words
from dragoman.processes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.corpus.dossier_record import Move
    from dragoman.corpus.telling import Telling


def steps_of(tellings: Iterable[Telling]) -> list[tuple[int, str, Move]]:
    """Return the tellings that are steps: their number, the status reached, and what sort of step it is.

    A rung is a step when it leads further than those before; an article that says less adds nothing. A stop
    (postponed, cancelled, rejected) is a step. After it only words of taking up again, a firm date, or the
    process itself under way lead on: that somebody still wants it does not.
    """
    steps: list[tuple[int, str, Move]] = []
    for number, told in enumerate(tellings):
        move = move_of(told, [status for _, status, _ in steps])
        if move is not None:
            steps.append((number, told.status, move))
    return steps


def move_of(told: Telling, before: list[str]) -> Move | None:
    """Return what sort of step a telling is after the statuses reached before, or None when it is none."""
    words = lexicon()
    if not before:
        return "first"
    last, status = before[-1], told.status
    if status == last or last == "held":
        return None
    if status in words.ends:
        if told.recalled and status in before:
            return None  # "The postponed summit", said after it was taken up again, is no new stop.
        # Once a summit is agreed, a refusal by one party is no step of the whole; a truce needs both sides.
        agreed = words.rank(last) >= words.rank("agreed") and told.kind in dossier_words().many_sided
        stands = last in words.ends or agreed
        return "stopped" if status != "rejected" or not stands else None
    if last in words.ends:
        return "resumed" if status in ("ongoing", "held") or told.taken_up else None
    return "up" if words.rank(status) > words.rank(last) else None
