"""Each row is one thing that English does with subjects, objects or verb groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.language import arguments, grammar
from dragoman.language.pipeline import load_pipeline
from dragoman.syntax import Parse

if TYPE_CHECKING:
    from dragoman.syntax import Token


def verb_of(text: str, word: str) -> Token:
    return next(t for t in Parse(load_pipeline()(text)) if t.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "subjects", "objects"),
    [
        ("Kenya expelled two diplomats.", "expelled", ["Kenya"], ["diplomats"]),
        ("Two diplomats were expelled by Kenya.", "expelled", ["Kenya"], ["diplomats"]),
        ("Two diplomats were expelled.", "expelled", [], ["diplomats"]),
        ("France and Germany condemned the raid.", "condemned", ["France", "Germany"], ["raid"]),
        ("Ghana agreed to release the prisoners.", "release", ["Ghana"], ["prisoners"]),
        ("Ghana urged Togo to release the prisoners.", "release", ["Togo"], ["prisoners"]),
        ("The army, which attacked the town, withdrew.", "attacked", ["army"], ["town"]),
        ("Rebels attacked the town and burned the market.", "burned", ["Rebels"], ["market"]),
        ("Soldiers accused of killing villagers were tried.", "killing", ["Soldiers"], ["villagers"]),
        ("Iran's decision to suspend the talks angered Iraq.", "suspend", ["Iran"], ["talks"]),
        ("He left the hall, praising the deal.", "praising", ["He"], ["deal"]),
        ("Sudan will start withdrawing troops.", "withdrawing", ["Sudan"], ["troops"]),
        ("Guards, trained and paid for by Italy, patrol the coast.", "trained", ["Italy"], ["Guards"]),
        ("Uruguay was the first country to recognise Palestine.", "recognise", ["Uruguay"], ["Palestine"]),
        ("Chad is the latest state to close its border.", "close", ["Chad"], ["border"]),
        ("It was Iraq that paid Kuwait.", "paid", ["Iraq"], ["Kuwait"]),
        ("They met hours after a bomb killed ten people.", "killed", ["bomb"], ["people"]),
        ("Police jailed two men for throwing stones.", "throwing", ["men"], ["stones"]),
    ],
)
def test_finds_who_does_it_and_to_whom(text: str, verb: str, subjects: list[str], objects: list[str]) -> None:
    token = verb_of(text, verb)
    assert [t.text for t in arguments.logical_subjects(token)] == subjects
    assert [t.text for t in arguments.logical_objects(token)] == objects


@pytest.mark.parametrize(
    ("text", "verb", "form"),
    [
        ("Kenya expelled him.", "expelled", ("past", False, False, None)),
        ("Kenya has expelled him.", "expelled", ("present", True, False, None)),
        ("Kenya had expelled him.", "expelled", ("past", True, False, None)),
        ("Kenya is expelling him.", "expelling", ("present", False, True, None)),
        ("Kenya has been urging restraint.", "urging", ("present", True, True, None)),
        ("Kenya will expel him.", "expel", ("none", False, False, "will")),
        ("Kenya might expel him.", "expel", ("none", False, False, "might")),
        ("Kenya won't expel him.", "expel", ("none", False, False, "will")),
    ],
)
def test_reads_tense_aspect_and_modality(
    text: str, verb: str, form: tuple[str, bool, bool, str | None]
) -> None:
    got = grammar.verb_form(verb_of(text, verb))
    assert (got.tense, got.perfect, got.progressive, got.modal) == form


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("Kenya did not sign.", "sign", True),
        ("Kenya never signed.", "signed", True),
        ("Kenya signed no agreement.", "agreement", True),
        ("Kenya signed.", "signed", False),
    ],
)
def test_sees_negation(text: str, word: str, negated: bool) -> None:
    assert grammar.is_negated(verb_of(text, word)) is negated


def test_a_prepositional_object_is_found_with_its_coordinates() -> None:
    verb = verb_of("Kenya held talks with Uganda and Rwanda.", "talks")
    assert [t.text for t in grammar.prepositional_objects(verb, "with")] == ["Uganda", "Rwanda"]
