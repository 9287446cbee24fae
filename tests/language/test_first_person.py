"""Who "I" and "we" are in quoted words."""

from __future__ import annotations

import pytest

from dragoman.language.first_person import speaker
from dragoman.language.pipeline import load_pipeline
from dragoman.syntax import Parse


@pytest.mark.parametrize(
    ("text", "pronoun", "said_by"),
    [
        ('"We support the plan," the minister said.', "We", "minister"),
        ('"I am deeply sorry," said the president.', "I", "president"),
        ('The rebels, the envoy said, "are destroying our country".', "our", "envoy"),
        ('"We will never surrender to them," he said.', "them", None),
        ("We support the plan.", "We", None),
        ("The minister said that we support the plan.", "we", None),
        ('"We support the plan."', "We", None),
    ],
)
def test_first_person_is_the_speaker_of_the_quotation(text: str, pronoun: str, said_by: str | None) -> None:
    token = next(t for t in Parse(load_pipeline()(text)) if t.text == pronoun)
    found = speaker(token)
    assert (found.text if found is not None else None) == said_by
