"""Roles, reciprocity, topics, media, merging: what the event step makes of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handmade import draft_of
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftEvent


def countries(event: DraftEvent, side: str) -> list[str]:
    return [m.entity.country or m.entity.name for m in getattr(event, side)]


def only(draft: Draft) -> DraftEvent:
    assert len(draft.events) == 1, [(e.entry, e.type) for e in draft.events]
    return draft.events[0]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Chad condemned Niger.", "ACCUSE", ["TCD"], ["NER"]),
        ("Niger was condemned by Chad.", "ACCUSE", ["TCD"], ["NER"]),
        ("Chad, which condemned Niger, is landlocked.", "ACCUSE", ["TCD"], ["NER"]),
        ("Peru and Chile condemned Bolivia.", "ACCUSE", ["PER", "CHL"], ["BOL"]),
        ("Peru condemned Chile and Bolivia.", "ACCUSE", ["PER"], ["CHL", "BOL"]),
        ("Peru condemned Chile's decision.", "ACCUSE", ["PER"], ["CHL"]),
        ("Kenya urged Somalia to release the crew.", "REQUEST", ["KEN"], ["SOM"]),
        ("Kenya threatened to attack Somalia.", "THREATEN", ["KEN"], ["SOM"]),
        ("Kenya and Somalia held talks.", "CONSULT", ["KEN", "SOM"], []),
        ("Kenya met with Somalia.", "CONSULT", ["KEN", "SOM"], []),
    ],
)
def test_roles_are_found_in_every_construction(
    text: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    event = only(draft_of(text))
    assert (event.type, countries(event, "actors"), countries(event, "recipients")) == (
        kind,
        actors,
        recipients,
    )


def test_an_agentless_passive_has_no_invented_actor() -> None:
    event = only(draft_of("Niger was condemned on Sunday."))
    assert event.actors == []
    assert countries(event, "recipients") == ["NER"]
    assert event.reasons["actors"].basis == "absent"


def test_what_is_asked_is_no_event_of_its_own() -> None:
    event = only(draft_of("Kenya urged Somalia to release the crew."))
    assert event.content_token is not None
    assert event.content_token.text == "release"
    assert event.speech_act


def test_the_trigger_is_exactly_the_words() -> None:
    draft = draft_of("Kenya held talks with Somalia.")
    start, end = only(draft).trigger
    assert draft.text[start:end] == "held talks"


def test_what_was_discussed_is_a_topic_and_no_event() -> None:
    draft = draft_of("Kenya and Somalia discussed sanctions against Eritrea.")
    event = only(draft)
    assert [draft.text[t.start : t.end] for t in event.topics] == ["sanctions against Eritrea"]


def test_a_topic_raised_by_one_side_is_theirs() -> None:
    draft = draft_of("Kenya met with Somalia. Kenya raised the border fence.")
    event = only(draft)
    topic = next(t for t in event.topics if "fence" in draft.text[t.start : t.end])
    assert [e.country for e in topic.raised_by] == ["KEN"]


def test_the_medium_is_the_phrase_that_names_it() -> None:
    draft = draft_of("In a letter to the press, Kenya condemned Somalia.")
    medium = only(draft).medium
    assert medium is not None
    assert draft.text[medium[0] : medium[1]].startswith("a letter")


def test_one_happening_told_twice_is_linked_both_ways() -> None:
    draft = draft_of("Kenya spoke with Somalia by telephone. Kenya and Somalia discussed fish.")
    first, second = draft.events
    assert first.duplicates == [second]
    assert second.duplicates == [first]
    assert "compatible parties" in second.reasons["duplicates"].rule


def test_happenings_of_other_parties_stay_apart() -> None:
    draft = draft_of("Kenya met with Somalia. Kenya met with Uganda.")
    assert all(not e.duplicates for e in draft.events)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya beat Somalia 3-0 in the final.",
        "The president of Kenya is fond of tea.",
        "Kenya is a priority for Somalia.",
        "The storm hit Kenya.",
    ],
)
def test_what_is_no_politics_gives_no_event(text: str) -> None:
    assert draft_of(text).events == []


def test_no_party_no_event() -> None:
    assert draft_of("The company held talks with its bank.").events == []


words = st.sampled_from(
    [
        "Kenya",
        "Somalia",
        "Uganda",
        "condemned",
        "met",
        "with",
        "talks",
        "held",
        "urged",
        "to",
        "release",
        "the",
        "crew",
        "and",
        "was",
        "by",
        "on",
        "attack",
        "of",
        "visited",
        "that",
        ",",
        ".",
        "said",
        "not",
        "will",
        "would",
        "sanctions",
        "troops",
        "agreed",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=18))
def test_offsets_are_inside_the_text_whatever_the_words(parts: list[str]) -> None:
    draft = draft_of(" ".join(parts))
    for event in draft.events:
        spans = [event.trigger, *((m.start, m.end) for m in (*event.actors, *event.recipients))]
        spans += [(s.start, s.end) for reason in event.reasons.values() for s in reason.evidence]
        spans += [(t.start, t.end) for t in event.topics]
        assert all(0 <= start < end <= len(draft.text) for start, end in spans)
        assert event.actors or event.recipients
        assert not {id(m.entity) for m in event.actors} & {id(m.entity) for m in event.recipients}
