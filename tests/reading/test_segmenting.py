from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.draft import Draft
from dragoman.model import Article
from dragoman.reading.segment_rules import segment_rules
from dragoman.reading.segmenting import SegmentStep, dateline_parts, paragraphs_of, segment

TABLE = Path(__file__).parents[1] / "language_tables" / "segments.yaml"
ROWS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_table(row: dict[str, Any]) -> None:
    text = row["text"]
    expected = (
        [("body", text)] if row.get("body") == "all" else [next(iter(s.items())) for s in row["segments"]]
    )
    assert [(s.kind, text[s.start : s.end]) for s in segment(text)] == expected


def test_the_step_fills_the_draft() -> None:
    draft = Draft(Article(id="a", text="KABUL (AP) — The envoys met.\nAFP"))
    SegmentStep()(draft)
    assert [s.kind for s in draft.segments] == ["dateline", "body", "agency"]
    assert SegmentStep.gives == ("segments",)


def test_the_parts_of_a_dateline_can_be_asked_for() -> None:
    text = "SAN JOSE, Costa Rica, May 2 (EFE) - The envoys met."
    parts = dateline_parts(text, segment(text)[0])
    assert parts.place is not None
    assert parts.date is not None
    assert parts.agency is not None
    assert text[parts.place.start : parts.place.end] == "SAN JOSE"
    assert text[parts.date.start : parts.date.end] == "May 2"
    assert text[parts.agency.start : parts.agency.end] == "EFE"


def test_lines_broken_by_hand_make_one_paragraph() -> None:
    text = "The ministers of Peru and Chile, who had not\nmet for a year, talked in Arica.\n\nThey parted."
    assert [text[s:e] for s, e in paragraphs_of(text)] == [text[:-14], "They parted."]


PIECES = st.sampled_from(
    [text for rule in segment_rules() for text, _ in rule.examples]
    + [row["text"] for row in ROWS]
    + [
        "\n",
        "\r\n",
        "\n\n",
        "\u2028",
        " ",
        "\t",
        "\x00",
        "\x1c",
        "\x85",
        "😀",
        "e\u0301",
        "(",
        "—",
        "By ",
        ". ",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=8).map("".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_segments_are_ordered_never_overlap_and_cover_all_that_is_not_blank(text: str) -> None:
    at = 0
    for part in segment(text):
        assert at <= part.start < part.end <= len(text)
        assert not text[at : part.start].strip()
        assert not text[part.start].isspace()
        assert not text[part.end - 1].isspace()
        at = part.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "A" * 300_000,
        "A " * 150_000,
        "A. " * 100_000,
        "By A and " * 30_000,
        "Reporting by Jane Doe; " * 40 + "~",
        "(" * 200_000,
        "AFP/" * 50_000,
        "\n" * 300_000,
    ],
)
def test_odd_texts_take_no_long_time(text: str) -> None:
    import time

    start = time.perf_counter()
    segment(text)
    assert time.perf_counter() - start < 5
