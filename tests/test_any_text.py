"""Any text at all can be coded, and its record points only at its own words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.model import Document
from support import coder

if TYPE_CHECKING:
    from collections.abc import Iterator

# Pieces of news between pieces of anything: so that every layer has something to do.
NEWS = st.sampled_from(
    [
        "Kenya expelled two Ugandan diplomats on Monday.",
        "“We may attack,” President Emmanuel Macron told reporters in Paris",
        "He said that Chad's foreign minister had met them last week",
        "PARIS (Reuters) -",
        "The three countries proposed a summit in Geneva next year, but it is not known who will attend",
        "Moscow and Kyiv",
        "denied, threatened and then agreed to withdraw 200 troops from",
    ]
)
JOINTS = st.sampled_from([" ", "\n", "\n\n", "\r\n", ", ", ". ", "\u00a0", "\u2028", "\t", '"', "(", ""])
ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TEXTS = st.lists(st.one_of(NEWS, JOINTS, ANYTHING), min_size=1, max_size=12).map("".join)
DATES = st.none() | st.dates(date(1500, 1, 1), date(2200, 12, 31)).map(str)


def spans(part: object) -> Iterator[tuple[int, int]]:
    """Yield every [start, end) of a record that is given as plain dicts and lists."""
    if isinstance(part, dict):
        if isinstance(part.get("start"), int):
            yield part["start"], part["end"]
        for inner in part.values():
            yield from spans(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from spans(inner)


@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(str.strip), DATES)
@example("\ufeffKenya met\u0301 Uganda\U0001f600 on\x00 Monday\u202e.", "1500-01-01")
@example("(((((", "2200-12-31")
def test_record_of_any_text_is_whole(text, published):
    document = coder().code(text, date=published)
    assert document.text == text
    record = document.to_dict()
    assert all(0 <= start < end <= len(text) for start, end in spans(record))
    assert Document.from_json(document.to_json()) == document
    assert msgspec.json.decode(document.to_json()) == record
    assert coder().code(text, date=published) == document
