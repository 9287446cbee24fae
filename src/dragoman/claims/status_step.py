"""The status step: whether each event is so, whether it is background, and who says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dragoman import model
from dragoman.claims.chains import innermost_at
from dragoman.claims.composition import weaker
from dragoman.claims.factuality import factuality, raw_factuality
from dragoman.claims.own_plans import is_own_plan
from dragoman.claims.status import StatusReading, status_of
from dragoman.events.rules import apply_status_rules

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftEvent
    from dragoman.events.codebook import Codebook
    from dragoman.model import Status


class StatusStep:
    """Sets `status`, `content_status`, `historical`, `attribution` and reasons of every event.

    Args:
        codebook: whose rules on statuses are applied after the status is set (a planned meeting is an
            agreement); None applies none.
    """

    needs = ("events", "attributions")
    gives: tuple[str, ...] = ()

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook

    def __call__(self, draft: Draft) -> None:
        """Read the status of each event off its sentence."""
        for event in draft.events:
            read_event(draft, event)
            if self._codebook is not None:
                apply_status_rules(event, self._codebook)


def read_event(draft: Draft, event: DraftEvent) -> None:
    """Set status, content status, `historical`, attribution and reasons of one event."""
    sentence = event.sentence
    reading = status_of(sentence, event.token, draft.article.date)
    event.status = reading.status
    event.historical = reading.historical
    event.attribution = innermost_at(
        draft.attributions, sentence.start_of(event.token), sentence.end_of(event.token)
    )
    here = model.Span(*event.trigger)
    rules = reading.rules
    if is_own_plan(event, rules):
        event.status = factuality().commitment
        rules = (*rules, "own-plan")
    event.reasons["status"] = model.Reason("stated", "+".join(rules) or "plain", (here,))
    if reading.historical:
        event.reasons["historical"] = model.Reason("stated", "old-date", (here,))
    if event.attribution is not None:
        span = event.attribution.cue or event.attribution.content
        event.reasons["attribution"] = model.Reason("stated", event.attribution.rule, (model.Span(*span),))
    if event.speech_act:
        event.content_status = content_status(draft, event, reading)


def content_status(draft: Draft, event: DraftEvent, act: StatusReading) -> Status | None:
    """Return the status of what an act of speech is about.

    By event type and by the words of the act (`acts` in the lexicon of factuality); what the content's own
    condition or denial says goes before, and an act that is itself only possible weakens it.
    """
    table = raw_factuality()["acts"].get(event.type)
    if table is None and event.content_token is None:
        return None
    own = (
        status_of(event.sentence, event.content_token, draft.article.date)
        if event.content_token is not None
        else None
    )
    if table is None or table["content"] is None:
        return own.status if own is not None else None
    if own is not None and own.status in ("conditional", "hypothetical"):
        return own.status
    status = cast("Status", table["content"])
    words = {w.lower() for w in draft.text[slice(*event.trigger)].split()} | {
        event.token.lemma_.lower(),
        event.token.lower_,
    }
    for other, forms in table.get("by_word", {}).items():
        if words.intersection(forms):
            status = other
    if act.status == "denied":
        return "denied" if status == "planned" else "possible"
    if act.status in ("occurred", "ongoing"):
        return status
    return weaker(act.status, status)
