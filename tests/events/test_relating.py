"""What a marked source does to a marked target: the table tests/language_tables/relations.yaml."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.asking import answerer
from dragoman.events import load_codebook

TABLE = Path(__file__).parent.parent / "language_tables" / "relations.yaml"
MARK = re.compile(r"\[([ST]) (.*?)\]")


def cases() -> list[Any]:
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    known = pytest.mark.xfail(reason="known fault: the encoder overrules the frame", strict=True)
    faults = table.pop("faults")
    return [
        *((name, sentence) for name, sentences in table.items() for sentence in sentences),
        *(pytest.param(n, s, marks=known) for n, sentences in faults.items() for s in sentences),
    ]


def row_of(marked: str) -> dict[str, Any]:
    """Return the question that a sentence with [S source] and [T target] asks."""
    text, spans, at = "", {}, 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        spans[match.group(1)] = {"start": len(text), "end": len(text) + len(match.group(2))}
        text += match.group(2)
        at = match.end()
    return {"text": text + marked[at:], "source": spans.get("S"), "target": spans.get("T")}


@functools.cache
def relater() -> Any:
    return answerer("relate")


@pytest.mark.parametrize(("name", "marked"), cases())
def test_the_source_does_this_to_the_target(name: str, marked: str) -> None:
    answer = relater().answer(row_of(marked))
    assert answer["type"] == name, answer["ranking"][:3]


@pytest.mark.parametrize(
    "row",
    [
        row_of("[S Chad] attacked rebels."),
        row_of("Rebels attacked [T Chad]."),
        row_of("[S Chad] and the blue [T mountain] of it all."),
        {"text": "No party is marked here.", "source": None, "target": None},
        {"text": "", "source": None, "target": None},
    ],
)
def test_there_is_always_an_answer_and_a_full_ranking(row: dict[str, Any]) -> None:
    answer = relater().answer(row)
    ranking = answer["ranking"]
    assert answer["type"] in (ranking[0]["type"], None)
    assert sorted(item["type"] for item in ranking) == sorted(load_codebook().types)
    # What is missing to 1 is the probability that nothing is done between the two.
    assert 0 <= sum(item["confidence"] for item in ranking) <= 1.001
    assert ranking == sorted(ranking, key=lambda item: (-item["confidence"], item["type"]))
    assert answer["why"]["entry"]


def test_no_type_is_named_where_it_is_all_but_sure_that_nothing_is_done() -> None:
    answer = relater().answer(
        row_of("[S The Brazilian striker] beat [T the Danish goalkeeper] twice before half-time.")
    )
    assert answer["type"] is None
    assert answer["confidence"] > 0.9


def test_rows_are_answered_together_as_each_by_itself() -> None:
    rows = [row_of(case[1]) for case in cases()[:30] if isinstance(case, tuple)]
    assert relater().answer_all(rows) == [relater().answer(row) for row in rows]


def test_related_words_code_no_event_by_themselves() -> None:
    heads = {h for _, frame in load_codebook().frames() for h in frame.trigger.heads}
    related = {w for t in load_codebook().types.values() for w in t.related_words.verb}
    assert related - heads
