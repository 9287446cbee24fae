from __future__ import annotations

from support import draft_of


def times(text: str) -> list[tuple[str, str | None, str | None, int]]:
    draft = draft_of(text, date="2021-05-20")
    return [
        (e.type, e.time.value if e.time else None, e.time.latest if e.time else None, len(e.duplicates))
        for e in draft.events
    ]


def test_a_day_that_one_telling_gives_holds_for_the_other() -> None:
    found = times(
        "Kenya's foreign minister Raychelle Omamo met her Ugandan counterpart Jeje Odongo on Monday. "
        "Omamo and Odongo met in Entebbe."
    )
    assert [t for t in found if t[0] == "CONSULT"] == [
        ("CONSULT", "2021-05-17", "2021-05-17", 1),
        ("CONSULT", "2021-05-17", "2021-05-17", 1),
    ]


def test_tellings_of_different_days_are_different_happenings() -> None:
    found = times("Kenya attacked Somalia on Monday. Kenya attacked Somalia on Wednesday.")
    assert [t[1:] for t in found] == [("2021-05-17", "2021-05-17", 0), ("2021-05-19", "2021-05-19", 0)]
