"""The encoder reads the act that is asked about, not those that the sentence joins to it."""

from __future__ import annotations

import pytest

from dragoman.events.excerpts import without_other_acts
from support import draft_of

TEXT = "On Monday the minister visited Kyiv and offered to carry a message to Moscow."


def excerpt(text: str, verb: str, *parties: str) -> tuple[str, list[str]]:
    draft = draft_of(text, parse_all=True)
    sentence = draft.sentences[0]
    assert sentence.parse is not None
    token = next(t for t in sentence.parse if t.text == verb)
    spans = [[(text.index(p), text.index(p) + len(p))] for p in parties]
    left, found = without_other_acts(sentence, token, spans)
    return left, [left[start:end] for side in found for start, end in side]


@pytest.mark.parametrize(
    ("text", "verb", "parties", "left"),
    [
        (TEXT, "visited", ("minister", "Kyiv"), "On Monday the minister visited Kyiv ."),
        (TEXT, "offered", ("minister", "Moscow"), "the minister offered to carry a message to Moscow."),
        ("Chad met Niger and thanked Togo.", "met", ("Chad", "Niger"), "Chad met Niger ."),
        ("Chad left and Niger thanked Togo.", "thanked", ("Niger", "Togo"), "Niger thanked Togo."),
    ],
)
def test_predicates_beside_the_act_are_left_out(
    text: str, verb: str, parties: tuple[str, str], left: str
) -> None:
    assert excerpt(text, verb, *parties) == (left, list(parties))


@pytest.mark.parametrize(
    ("text", "verb", "parties"),
    [
        ("Chad met Niger on Monday.", "met", ("Chad", "Niger")),
        ("Chad urged and begged Niger to act.", "urged", ("Chad", "Niger")),
    ],
)
def test_where_a_party_would_be_lost_all_is_read(text: str, verb: str, parties: tuple[str, str]) -> None:
    assert excerpt(text, verb, *parties) == (text, list(parties))
