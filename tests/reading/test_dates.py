from __future__ import annotations

import datetime

import pytest

from dragoman.reading.dates import read_date


@pytest.mark.parametrize(
    "written",
    [
        "2020-07-14",
        "2020-7-14",
        "2020/07/14",
        "2020.07.14",
        "20200714",
        20200714,
        20200714.0,
        "20200714103000",
        "20200714T103000Z",
        "2020-07-14T23:59:59-05:00",
        "2020-07-14 10:00:00 UTC",
        "2020-07-14Z",
        "14 July 2020",
        "14th of July, 2020",
        "14-Jul-2020",
        "July 14, 2020",
        "Jul. 14 2020",
        "Tuesday, July 14, 2020",
        "July 14, 2020 Tuesday",
        "Tue, 14 Jul 2020 10:00:00 +0000",
        "Tue Jul 14 10:00:00 +0000 2020",
        "14/07/2020",
        "07/14/2020",
        "14.07.2020",
        " 2020-07-14 ",
        1594684800,
        "1594684800000",
        datetime.date(2020, 7, 14),
        datetime.datetime(2020, 7, 14, 23, 0, tzinfo=datetime.UTC),
    ],
)
def test_dates_beyond_doubt_are_read(written: object) -> None:
    assert read_date(written) == ("2020-07-14", None)


@pytest.mark.parametrize(
    ("written", "why_not"),
    [
        ("03/04/2020", "two ways"),
        ("3-4-2020", "two ways"),
        ("14/07/20", "no century"),
        ("2020-02-30", "does not exist"),
        ("31/11/2020", "does not exist"),
        ("0020-02-03", "outside"),
        ("July 2020", "not understood"),
        ("2020", "not understood"),
        ("last Tuesday", "not understood"),
        ("14 Juli 2020", "not understood"),
        ("2020-07-14 or so", "not understood"),
        (True, "not understood"),
        (["2020-07-14"], "not understood"),
        ("x" * 1000, "..."),
    ],
)
def test_other_dates_are_refused_with_a_reason(written: object, why_not: str) -> None:
    day, reason = read_date(written)
    assert day is None
    assert reason is not None
    assert why_not in reason


@pytest.mark.parametrize("written", [None, "", "  ", float("nan"), "NaN", "null", "None"])
def test_blank_is_no_date_and_no_fault(written: object) -> None:
    assert read_date(written) == (None, None)
