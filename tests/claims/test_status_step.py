"""What the status step sets on events: status, content status, claimant, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dragoman.claims import AttributionStep, StatusStep
from dragoman.claims.asking import Parses
from dragoman.claims.factuality import raw_factuality
from dragoman.draft import DraftEvent

if TYPE_CHECKING:
    from dragoman.draft import Draft

PARSES = Parses()


def draft_with(
    text: str, trigger: str, kind: str, content: str | None = None, date: str | None = None
) -> Draft:
    draft = PARSES.draft(text, date)
    at = text.index(trigger)
    sentence = draft.sentence_at(at)
    assert sentence is not None
    (token,) = sentence.tokens_in(at, at + len(trigger))
    event = DraftEvent(sentence, token, (at, at + len(trigger)), kind, "by-hand", 1.0)
    if content is not None:
        where = text.index(content)
        (event.content_token,) = sentence.tokens_in(where, where + len(content))
        event.speech_act = True
    draft.events = [event]
    AttributionStep()(draft)
    StatusStep()(draft)
    return draft


@pytest.mark.parametrize("example", raw_factuality()["acts"]["examples"], ids=lambda e: e["text"])
def test_act_of_speech_has_two_statuses(example: dict[str, Any]) -> None:
    draft = draft_with(example["text"], example["trigger"], example["type"], example["content"])
    (event,) = draft.events
    assert (event.status, event.content_status) == (example["status"], example["content_status"])


def test_event_inside_reported_words_carries_the_innermost_claimant() -> None:
    text = "The judge said that police claimed that rebels attacked the port."
    draft = draft_with(text, "attacked", "ASSAULT")
    claimant = draft.events[0].attribution
    assert claimant is not None
    assert claimant.source is not None
    assert text[slice(*claimant.source)] == "police"
    assert claimant.parent is not None
    assert draft.events[0].reasons["attribution"].evidence


def test_cue_of_an_event_is_not_its_own_claim() -> None:
    draft = draft_with("Peru accused Chile of moving the posts.", "accused", "ACCUSE", "moving")
    assert draft.events[0].attribution is None


def test_what_the_article_itself_says_has_no_claimant() -> None:
    draft = draft_with("Rebels attacked the port, which officials said was old.", "attacked", "ASSAULT")
    assert draft.events[0].attribution is None


def test_denied_event_keeps_its_denier() -> None:
    draft = draft_with("The army denied that it attacked the port.", "attacked", "ASSAULT")
    (event,) = draft.events
    assert event.status == "denied"
    assert event.attribution is not None
    assert event.attribution.stance == "denies"


def test_background_is_marked_with_its_reason() -> None:
    draft = draft_with("The two states fought a war in 1962.", "fought", "ASSAULT", date="2019-05-02")
    (event,) = draft.events
    assert event.historical
    assert event.reasons["historical"].rule == "old-date"


def test_status_reason_names_rule_and_words() -> None:
    draft = draft_with("Benin may close the border.", "close", "COERCE")
    reason = draft.events[0].reasons["status"]
    assert reason.rule == "modal:may"
    assert reason.evidence[0].start == draft.text.index("close")


def test_statement_stands_for_who_issued_the_last_one() -> None:
    from dragoman.draft import DraftEntity, DraftMention

    text = "The ministry said the dam was safe. The statement did not say when it was built."
    draft = PARSES.draft(text, "2020-01-01")
    ministry = DraftEntity("ministry", "organization")
    draft.mentions = [DraftMention(0, 12, "nominal", ministry, draft.sentences[0])]
    AttributionStep()(draft)
    first, second = draft.attributions
    assert first.source_entity is ministry
    assert second.source_entity is ministry
    assert second.stance == "silent"
    draft.mentions = []
