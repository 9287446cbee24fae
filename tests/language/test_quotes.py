from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.quotes import quoted_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "go now" and left.', ["go now"]),
        ("“We stay,” she said, “for ever.”", ["We stay,", "for ever."]),
        ("“We stay.\n“We fight.”", ["We stay.", "We fight."]),
        ("No quotation here, it's plain.", []),
        ('A 6" pipe burst.', []),
        ("„Wir bleiben“ and «on reste»", ["Wir bleiben", "on reste"]),
    ],
)
def test_finds_what_stands_in_quotation_marks(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in quoted_spans(text)] == expected


@given(st.text(alphabet='ab "“”\n«»', max_size=60))
def test_spans_are_ordered_and_never_hold_a_line_break(text: str) -> None:
    spans = quoted_spans(text)
    assert all(0 <= a < b <= len(text) and "\n" not in text[a:b] for a, b in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
