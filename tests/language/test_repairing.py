"""What the parser takes for something else is read as what it is."""

from __future__ import annotations

import pytest

from dragoman.language.pipeline import load_pipeline
from dragoman.language.repairing import repair
from dragoman.syntax import Parse


@pytest.mark.parametrize(
    ("text", "whom", "role"),
    [
        ("Poland, a staunch ally of Kyiv, has sent Ukraine more than 300 tanks.", "Ukraine", "dative"),
        ("Poland has sent tanks.", "tanks", "dobj"),
    ],
)
def test_of_two_objects_the_first_is_whom_something_is_given(text: str, whom: str, role: str) -> None:
    parse = Parse(load_pipeline()(text), repair=repair)
    assert next(t for t in parse if t.text == whom).dep_ == role


@pytest.mark.parametrize(
    ("text", "verb", "thing"),
    [
        ("ECOWAS lifted sanctions on Niger.", "lifted", "sanctions"),
        ("UNICEF suspended aid to Yemen.", "suspended", "aid"),
    ],
)
def test_a_short_name_a_past_and_a_bare_noun_are_a_clause(text: str, verb: str, thing: str) -> None:
    parse = Parse(load_pipeline()(text), repair=repair)
    tokens = {t.text: t for t in parse}
    root = tokens[verb]
    assert (root.dep_, root.head) == ("ROOT", root)
    assert [(c.text, c.dep_) for c in root.children if c.dep_ != "punct"] == [
        (text.split()[0], "nsubj"),
        (thing, "dobj"),
    ]
    assert all(t is root or t.head in (root, *root.subtree) for t in parse)


@pytest.mark.parametrize(
    ("text", "participle"),
    [
        ("UNICEF counted suspended projects in Yemen.", "suspended"),
        ("Ghana received visiting envoys from Togo.", "visiting"),
        ("Officials acknowledged growing tensions.", "growing"),
        ("The court considered pending cases.", "pending"),
        ("Officials spoke of advancing rebels.", "advancing"),
    ],
)
def test_a_participle_before_a_noun_stays_one(text: str, participle: str) -> None:
    parse = Parse(load_pipeline()(text), repair=repair)
    assert next(t for t in parse if t.text == participle).dep_ == "amod"


@pytest.mark.parametrize(
    ("text", "act", "role", "governor", "people"),
    [
        ("Iran denied arming rebels.", "arming", "xcomp", "denied", "rebels"),
        ("Sudan accused Chad of helping rebels.", "helping", "pcomp", "of", "rebels"),
        ("Rome considered deporting migrants.", "deporting", "xcomp", "considered", "migrants"),
    ],
)
def test_what_is_denied_or_considered_is_an_act(
    text: str, act: str, role: str, governor: str, people: str
) -> None:
    tokens = {t.text: t for t in Parse(load_pipeline()(text), repair=repair)}
    assert (tokens[act].dep_, tokens[act].head) == (role, tokens[governor])
    assert [(c.text, c.dep_) for c in tokens[act].children] == [(people, "dobj")]
    assert tokens[people] not in list(tokens[governor].children)


def test_whom_somebody_shoots_dead_is_not_dead_before() -> None:
    parse = Parse(load_pipeline()("Soldiers shot dead six migrants near the border."), repair=repair)
    tokens = {t.text: t for t in parse}
    assert (tokens["dead"].dep_, tokens["dead"].head.text) == ("acomp", "shot")
    assert tokens["migrants"].left_edge.text == "six"
