"""The status of single predicates: the table of sentences, and the examples of the lexicon."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dragoman.claims.asking import StatusAnswerer
from dragoman.claims.factuality import raw_factuality
from dragoman.errors import ArticleError
from support import table

ANSWERER = StatusAnswerer()
MARKED = re.compile(r"\[(.+?)\]")


def read(text: str, date: str | None = None) -> dict[str, Any]:
    match = MARKED.search(text)
    assert match is not None, text
    plain = text[: match.start()] + match.group(1) + text[match.end() :]
    event = {"start": match.start(), "end": match.start() + len(match.group(1))}
    return ANSWERER.answer({"id": "1", "text": plain, "date": date, "event": event})


@pytest.mark.parametrize("row", table("status"), ids=lambda row: row["does"])
def test_status_of_a_marked_predicate(row: dict[str, Any]) -> None:
    answer = read(row["text"], row.get("date"))
    assert (answer["status"], answer["historical"]) == (row["status"], row.get("historical", False)), answer[
        "why"
    ]


def examples() -> list[Any]:
    data = raw_factuality()
    found = []
    for part in ("verbs", "nouns", "adjectives"):
        for entry in data[part]:
            found += [pytest.param(e, id=f"{entry['id']}-{n}") for n, e in enumerate(entry["examples"])]
    for part in ("modifiers", "adverbs", "conjunctions", "modals"):
        found += [pytest.param(e, id=f"{part}-{n}") for n, e in enumerate(data[part]["examples"])]
    return found


@pytest.mark.parametrize("example", examples())
def test_example_of_the_factuality_lexicon(example: dict[str, Any]) -> None:
    answer = read(example["text"])
    assert answer["status"] == example["status"], answer["why"]


@pytest.mark.parametrize("example", raw_factuality()["historical"]["examples"], ids=lambda e: e["text"])
def test_history_is_told_from_news(example: dict[str, Any]) -> None:
    assert read(example["text"], "2019-05-02")["historical"] is example["historical"]


@pytest.mark.parametrize(
    "row",
    [
        {"id": "1", "event": {"start": 0, "end": 1}},
        {"id": "1", "text": " ", "event": {"start": 0, "end": 1}},
        {"id": "1", "text": "Troops left.", "event": None},
        {"id": "1", "text": "Troops left.", "event": {"start": 7, "end": 99}},
        {"id": "1", "text": "Troops left.", "event": {"start": 7, "end": 7}},
        {"id": "1", "text": "Troops left.", "event": {"start": "7", "end": 9}},
        {"id": "1", "text": "Troops   left.", "event": {"start": 6, "end": 8}},
        {"id": "1", "text": "Troops left.", "date": 7, "event": {"start": 7, "end": 11}},
    ],
)
def test_a_row_that_cannot_be_answered_says_why(row: dict[str, Any]) -> None:
    with pytest.raises(ArticleError) as caught:
        ANSWERER.answer(row)
    assert caught.value.where == "row '1'"
    assert caught.value.advice


def test_a_sentence_too_long_to_parse_says_so() -> None:
    text = "word " * 900 + "fell"
    with pytest.raises(ArticleError, match="too long"):
        ANSWERER.answer({"id": "1", "text": text, "event": {"start": 4500, "end": 4504}})
