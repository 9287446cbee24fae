"""Every example of every codebook entry is coded and compared with the record that the entry gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import support
from dragoman.events import load_codebook
from dragoman.events.examples import mistakes

if TYPE_CHECKING:
    from dragoman.draft import DraftEvent


def coded(text: str) -> list[DraftEvent]:
    return support.draft_of(text, date="2024-05-01", upto="StatusStep", parse_all=True).events


def types() -> list[str]:
    return list(load_codebook().types)


@pytest.mark.parametrize("name", types())
def test_the_examples_of_a_type_are_coded_as_its_file_says(name: str) -> None:
    event_type = load_codebook().types[name]
    examples = [(name, e) for e in event_type.examples]
    examples += [(frame.id, e) for frame in event_type.frames for e in frame.examples]
    failing = [
        f"{frame}: {example.text}\n   {problem}"
        for frame, example in examples
        if (problem := mistakes(example, coded(example.text))) is not None
    ]
    assert not failing, f"{len(failing)} of {len(examples)}:\n" + "\n".join(failing)


@pytest.mark.parametrize("name", types())
def test_a_type_has_positive_examples_and_near_misses(name: str) -> None:
    examples = [e for frame in load_codebook().types[name].frames for e in frame.examples]
    assert sum(bool(e.events) for e in examples) >= 20
    assert any(not e.events for e in examples)
