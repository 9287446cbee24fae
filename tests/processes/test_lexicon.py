"""Every word that names or governs a process has an example, and the example codes as it says."""

from __future__ import annotations

import pytest

from dragoman.processes.lexicon import Cue, Noun, Verb, lexicon
from support import draft_of

ENTRIES = [*lexicon().nouns, *lexicon().verbs, *lexicon().cues]


def name_of(entry: Noun | Verb | Cue) -> str:
    return f"{entry.words[0]}-{entry.example.status}"


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_example_codes_as_it_says(entry: Noun | Verb | Cue) -> None:
    draft = draft_of(entry.example.text, "2024-03-04", parse_all=True)
    found = [(p.kind, p.status) for p in draft.processes]
    assert len(found) == 1, found
    assert found[0][1] == entry.example.status
    if entry.example.kind is not None:
        assert found[0][0] == entry.example.kind


def test_statuses_of_cues_are_on_the_ladder() -> None:
    known = {*lexicon().ladder, *lexicon().ends, "tense", None}
    assert all(cue.status in known and cue.negated in known and cue.past in known for cue in lexicon().cues)


def test_kinds_of_words_are_defined() -> None:
    kinds = lexicon().kinds
    assert all(entry.kind in kinds for entry in lexicon().nouns)
    assert all(entry.kind in kinds for entry in lexicon().verbs)
    assert all(kind in kinds for entry in lexicon().generic for kind in entry.kinds)
    assert all(other in kinds for kind in kinds.values() for other in kind.also)


def test_trigger_forms_hold_every_form_that_the_filter_must_see() -> None:
    forms = lexicon().trigger_forms()
    assert {"summit", "summits", "talks", "visiting", "referendum", "ceasefire", "convening", "met"} <= forms
    assert {"summit", "venue"} <= lexicon().sufficient_forms()
