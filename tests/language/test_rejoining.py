"""What the parser joins to the wrong word is joined to the one that it can go with."""

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
        ("Togo's ministry said its ships had waited and urged Benin to act.", "urged", "said"),
        ("The police said the men had thrown stones and set fire to cars.", "set", "thrown"),
        (
            "The army accused the militia of occupying clinics and using patients as shields.",
            "using",
            "occupying",
        ),
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


@pytest.mark.parametrize(
    ("text", "first", "role"),
    [
        ("North and South Korea agreed to hold talks in Panmunjom.", "North", ("nsubj", "agreed")),
        ("They urged North and South Korea to show restraint.", "North", ("dobj", "urged")),
        ("Talks between East and West Germany resumed.", "East", ("pobj", "between")),
    ],
)
def test_two_names_that_share_a_word_are_coordinated(text: str, first: str, role: tuple[str, str]) -> None:
    parse = Parse(load_pipeline()(text), repair=rejoin)
    token = next(t for t in parse if t.text == first)
    second = token.doc[token.i + 3]
    assert (token.dep_, token.head.text) == role
    assert (second.dep_, second.head.text) == ("conj", first)
    assert second in token.children
    assert token in token.head.children
    assert second not in token.head.children


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("A soldier was killed and three were wounded in a raid by rebels.", "killed"),
        ("Two people were killed and a dozen wounded in a raid by rebels.", "killed"),
        ("A soldier was killed by a mine and three were wounded in a raid by rebels.", "wounded"),
        ("A soldier was praised and three were wounded in a raid by rebels.", "wounded"),
    ],
)
def test_what_befell_all_of_a_toll_is_told_of_its_first_verb(text: str, joined: str) -> None:
    parse = Parse(load_pipeline()(text), repair=rejoin)
    raid = next(t for t in parse if t.text == "raid")
    assert raid.head.head.text == joined
    assert raid.head in raid.head.head.children


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mali, Burkina Faso and Niger announced their withdrawal.", "conj"),
        ("Mali, Burkina Faso and Niger, three neighbours, left.", "appos"),
    ],
)
def test_a_list_of_names_is_no_apposition(text: str, role: str) -> None:
    parse = Parse(load_pipeline()(text), repair=rejoin)
    assert next(t for t in parse if t.text == "Faso").dep_ == role
