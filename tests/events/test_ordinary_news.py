"""Ordinary news beside diplomacy and conflict: what is coded, and above all what is not."""

from __future__ import annotations

from typing import Any

import pytest

import support
from dragoman.events.entries import Example, ExampleEvent
from dragoman.events.examples import mistakes


def rows() -> list[Any]:
    found = []
    for row in support.table("ordinary_news"):
        marks = [pytest.mark.xfail(reason=row["fault"], strict=True)] if "fault" in row else []
        found.append(pytest.param(row["text"], row["events"], id=row["text"][:48], marks=marks))
    return found


@pytest.mark.parametrize(("text", "wanted"), rows())
def test_ordinary_news_is_coded_as_labelled(text: str, wanted: list[dict[str, Any]]) -> None:
    events = tuple(ExampleEvent(**_tupled(event)) for event in wanted)
    draft = support.draft_of(text, date="2024-05-01", upto="StatusStep")
    assert mistakes(Example(text=text, events=events), draft.events) is None


def _tupled(event: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in event.items()}
