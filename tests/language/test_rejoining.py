"""Verbs that the parser joins to the wrong one are joined to the one that they can go with."""

from __future__ import annotations

import pytest

from dragoman.language.pipeline import load_pipeline
from dragoman.language.rejoining import rejoin
from dragoman.syntax import Parse


@pytest.mark.parametrize(
    ("text", "verb", "joined"),
    [
        (
            "Spain and Italy want Brussels to buy gas jointly and are calling for a cap on its price.",
            "calling",
            "want",
        ),
        (
            "Turkey has insisted that the group is no better and has told the Americans to stop.",
            "told",
            "insisted",
        ),
        (
            "The king asked the governor to leave the city and later ordered the army to enter it.",
            "ordered",
            "asked",
        ),
        ("Peru asked Chile to open the border and send a doctor.", "send", "open"),
        ("Ghana said that the army had shelled the town and had killed ten.", "killed", "shelled"),
        ("Chad met Niger and thanked Togo.", "thanked", "met"),
    ],
)
def test_a_verb_is_joined_to_one_of_its_own_form(text: str, verb: str, joined: str) -> None:
    parse = Parse(load_pipeline()(text), repair=rejoin)
    token = next(t for t in parse if t.text == verb)
    assert (token.dep_, token.head.text) == ("conj", joined)
    assert token in token.head.children


def test_the_tree_stays_whole() -> None:
    text = "Spain wants Brussels to buy gas and is calling for a cap, but Poland refuses to pay and has left."
    parse = Parse(load_pipeline()(text), repair=rejoin)
    for token in parse:
        assert sum(token in other.children for other in parse) == (token.head is not token)
    root = next(t for t in parse if t.head is t)
    assert [t.i for t in root.subtree] == list(range(len(parse)))
