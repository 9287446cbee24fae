"""Time expressions: a table of sentences, the examples beside the patterns, and what always holds."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.context import find_times
from dragoman.context.asking import TimesAnswerer
from dragoman.context.lexicon import load_lexicon, read_yaml
from dragoman.context.times import readings
from dragoman.context.values import bounds, easter, granularity
from dragoman.errors import ArticleError
from support import table

WORDS = [
    "Monday",
    "June",
    "two",
    "weeks",
    "ago",
    "last",
    "next",
    "year",
    "the",
    "1999",
    "3",
    "p.m.",
    ",",
    "of",
    "Sept. ",
    "quarter",
    "first",
    "half",
    "an hour",
    "every",
    "a",
    "9999",
    "0000",
    "31",
    "February",
    "’80s",
    "\n",
    "century",
    "21st",
    "Q3",
    "Easter",
    "9/11",
    "13/13/2013",
    "2020-13-45",
    "İ",
    "from now",
    "decades",
    "to",
    "-",
    "noon",
    "GMT",
    "24:00",
    "earlier",
]
EXAMPLES = [
    pytest.param(row["name"], *example, id=f"{row['name']}: {example[0]}")
    for row in read_yaml("lexicons", "time_patterns.yaml")
    for example in row["examples"]
]


@pytest.mark.parametrize("row", table("times"), ids=lambda row: f"{row['text']} ({row['date']})")
def test_table(row: dict[str, object]) -> None:
    text, date = str(row["text"]), row["date"]
    found = find_times(text, None if date is None else str(date))
    assert [[text[t.start : t.end], t.type, t.value, t.earliest, t.latest] for t in found] == row["times"]


@pytest.mark.parametrize(("name", "text", "date", "words", "value"), EXAMPLES)
def test_example_beside_its_pattern(name: str, text: str, date: str, words: str, value: str) -> None:
    assert (words, value) in {(text[t.start : t.end], t.value) for t in find_times(text, date)}, name


def test_every_pattern_names_a_reading() -> None:
    known = readings()
    assert [p.name for p in load_lexicon().patterns if p.reads not in known] == []


def test_without_a_date_nothing_relative_is_guessed() -> None:
    text = (
        "He left on Monday, yesterday, last week, in June, on May 3, two days ago, now, but was born in 1980."
    )
    for found in find_times(text, None):
        absolute = "X" not in found.value and not found.value.endswith("_REF")
        assert (found.earliest is not None) == absolute, found


def test_earlier_and_later_cut_the_bounds_at_the_publication_date() -> None:
    (earlier,) = find_times("It fell earlier this month.", "2020-07-14")
    (later,) = find_times("It will fall later this month.", "2020-07-14")
    assert (earlier.earliest, earlier.latest) == ("2020-07-01", "2020-07-14")
    assert (later.earliest, later.latest) == ("2020-07-14", "2020-07-31")


def test_only_the_given_spans_are_searched() -> None:
    text = "Photo of Monday.\n\nHe left on Tuesday."
    assert [text[t.start : t.end] for t in find_times(text, "2020-07-14", [(18, len(text))])] == ["Tuesday"]


def test_a_told_direction_outweighs_the_words() -> None:
    (found,) = find_times("He left on Wednesday.", "2020-07-14", direction=lambda start, end: "future")
    assert found.value == "2020-07-15"


def test_expressions_run_over_one_line_break_but_no_paragraph() -> None:
    (found,) = find_times("It was signed on May 8,\n1996 in Bonn.", "2020-07-14")
    assert found.value == "1996-05-08"
    assert [t.value for t in find_times("It was signed in May\n\n1996 was wet.", "2020-07-14")] != ["1996-05"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                WORDS
            ),
        ),
        max_size=14,
    ),
    st.one_of(st.none(), st.dates().map(datetime.date.isoformat)),
    st.sampled_from([" ", ""]),
)  # fmt: skip
def test_any_text_gives_ordered_spans_and_bounds(words: list[str], date: str | None, blank: str) -> None:
    text = blank.join(words)
    found = find_times(text, date)
    assert found == find_times(text, date)
    reach = 0
    for timex in found:
        assert reach <= timex.start < timex.end <= len(text)
        reach = timex.end
        assert timex.value
        for bound in (timex.earliest, timex.latest):
            assert bound is None or datetime.date.fromisoformat(bound)
        assert not (timex.earliest and timex.latest) or timex.earliest <= timex.latest


@given(st.dates(min_value=datetime.date(1, 1, 1)))
def test_a_day_covers_itself(day: datetime.date) -> None:
    assert bounds(day.isoformat()) == (day, day)
    assert granularity(day.isoformat()) == "D"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-W29", "2020-07-13", "2020-07-19"),
        ("2020-W29-WE", "2020-07-18", "2020-07-19"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-Q3", "2020-07-01", "2020-09-30"),
        ("2020-H1", "2020-01-01", "2020-06-30"),
        ("202", "2020-01-01", "2029-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("2020-07-13TMO", "2020-07-13", "2020-07-13"),
    ],
)
def test_bounds_of_values(value: str, first: str, last: str) -> None:
    covered = bounds(value)
    assert covered is not None
    assert tuple(day.isoformat() for day in covered) == (first, last)


@pytest.mark.parametrize(
    "value", ["PAST_REF", "P3D", "XXXX-06", "2020-13", "2019-02-29", "0000", "2020-W60", ""]
)
def test_values_without_bounds(value: str) -> None:
    assert bounds(value) is None


def test_easter() -> None:
    assert [easter(y).isoformat() for y in (1961, 2000, 2020, 2024)] == [
        "1961-04-02", "2000-04-23", "2020-04-12", "2024-03-31",
    ]  # fmt: skip


def test_answer_has_the_names_of_the_contract() -> None:
    row = {"id": "1", "text": "They met on Monday.", "date": "2020-07-14"}
    (found,) = TimesAnswerer().answer(row)["times"]
    bounds_ = {"earliest": "2020-07-13", "latest": "2020-07-13"}
    assert found == {"start": 12, "end": 18, "type": "DATE", "value": "2020-07-13", **bounds_}


@pytest.mark.parametrize(
    "row",
    [
        {"id": "1"},
        {"text": ""},
        {"text": 3},
        {"text": "They met.", "date": "soon"},
        {"text": "They met.", "date": 2020},
    ],
)
def test_a_row_that_cannot_be_answered_says_why(row: dict[str, object]) -> None:
    with pytest.raises(ArticleError, match=r"text|date"):
        TimesAnswerer().answer(row)


def test_a_long_line_of_dates_is_read_in_reasonable_time() -> None:
    assert len(find_times("May 3 " * 4000, "2020-07-14")) == 4000
