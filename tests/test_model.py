from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import model
from dragoman.errors import RecordError
from dragoman.model import (
    Article,
    Attribution,
    CoderInfo,
    Document,
    Entity,
    Event,
    EventTime,
    Mention,
    Party,
    Process,
    Segment,
    Source,
    Span,
    Timex,
    Why,
)

TEXT = "Kenya expelled two diplomats, Uganda said on Monday."


def parts() -> dict[str, Any]:
    """Return the fields of a small valid record."""
    return {
        "id": "k1",
        "date": "2021-03-02",
        "source": None,
        "title": None,
        "url": None,
        "language": "en",
        "text": TEXT,
        "segments": (Segment("body", 0, len(TEXT)),),
        "sentences": (Span(0, len(TEXT)),),
        "entities": (
            Entity("n1", "Kenya", "state", country="KEN", mentions=(Mention(0, 5, "name"),)),
            Entity("n2", "Uganda", "state", country="UGA", mentions=(Mention(30, 36, "name"),)),
        ),
        "times": (Timex(45, 51, "DATE", "2021-03-01", "2021-03-01", "2021-03-01"),),
        "attributions": (
            Attribution("a1", Source(30, 36, "n2"), Span(37, 41), Span(0, 28), "indirect", "asserts"),
        ),
        "events": (event(),),
        "processes": (),
        "coder": CoderInfo("0", "plover", {}),
        "warnings": (),
    }


def event(**changes: Any) -> Event:
    fields: dict[str, Any] = {
        "id": "e1",
        "type": "SANCTION",
        "mode": "expel",
        "contexts": ("diplomatic",),
        "status": "occurred",
        "content_status": None,
        "historical": False,
        "actors": (Party("n1", 0, 5, "Kenya", "KEN"),),
        "recipients": (),
        "reciprocal": False,
        "trigger": Span(6, 14),
        "sentence": 0,
        "time": EventTime(None, None, "2021-03-01", 0),
        "place": None,
        "attribution": "a1",
        "intensity": -5.5,
        "cameo": "166",
        "confidence": 0.9,
        "why": Why("frame", "SANCTION/expel", 0.9),
    }
    return Event(**{**fields, **changes})


def test_a_record_survives_json_both_ways() -> None:
    document = Document(**parts())
    again = Document.from_json(document.to_json())
    assert again == document
    assert again.to_json() == document.to_json()
    assert json.loads(document.to_json()) == document.to_dict()
    assert document.to_dict()["events"][0]["time"]["from"] == 0


def test_the_schema_accepts_what_the_record_writes() -> None:
    schema = model.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(Document(**parts()).to_dict(), schema)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("sentences", (Span(0, len(TEXT) + 1),), "outside"),
        ("sentences", (Span(5, 2),), "outside"),
        ("events", (event(attribution="a9"),), "'a9' does not resolve"),
        ("events", (event(actors=(Party("n9", 0, 5, "X"),)),), "'n9' does not resolve"),
        ("events", (event(), event()), "share an id"),
        ("events", (event(sentence=3),), "sentence index"),
        ("events", (event(confidence=1.5),), "confidence"),
        ("events", (event(duplicates=("e7",)),), "'e7' does not resolve"),
        ("events", (event(time=EventTime(None, None, None, 4)),), "time index"),
        ("events", (event(time=EventTime(None, "2021-05-01", "2021-03-01", 0)),), "not ordered"),
        (
            "processes",
            (Process("p1", "summit", "s", "proposed", (), None, None, None, (), ("e4",), ()),),
            "'e4'",
        ),
        (
            "attributions",
            (Attribution("a1", None, None, Span(0, 2), "indirect", "asserts", parent="a1"),),
            "loop",
        ),
    ],
)
def test_a_broken_invariant_is_refused_with_the_article_named(field: str, value: Any, message: str) -> None:
    with pytest.raises(RecordError, match=message) as caught:
        Document(**{**parts(), field: value})
    assert "k1" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": "perhaps"}, "perhaps"),
        ({"extra": 1}, "extra"),
        ({"trigger": {"start": "x", "end": 1}}, "int"),
    ],
)
def test_json_outside_the_closed_values_is_refused(change: dict[str, Any], message: str) -> None:
    data = Document(**parts()).to_dict()
    data["events"][0].update(change)
    with pytest.raises(RecordError, match=message):
        Document.from_json(json.dumps(data))


def test_records_are_frozen() -> None:
    document = Document(**parts())
    with pytest.raises(AttributeError):
        document.id = "other"  # type: ignore[misc]


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_offsets_count_code_points_whatever_the_text_holds(text: str, start: int, end: int) -> None:
    text = text.encode("utf-8", "ignore").decode()
    fields = {
        **parts(),
        "text": text,
        "segments": (),
        "sentences": (Span(start, end),),
        "entities": (),
        "times": (),
        "attributions": (),
        "events": (),
    }
    if 0 <= start <= end <= len(text):
        document = Document(**fields)
        assert Document.from_json(document.to_json()).words(document.sentences[0]) == text[start:end]
    else:
        with pytest.raises(RecordError):
            Document(**fields)


def test_an_article_needs_an_id_and_a_text_only() -> None:
    assert Article("1", "x").date is None
    assert msgspec.json.decode(msgspec.json.encode(Article("1", "x")), type=Article) == Article("1", "x")
