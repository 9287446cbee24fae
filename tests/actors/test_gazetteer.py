from __future__ import annotations

import csv
import datetime
import importlib.resources
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.actors import load_gazetteer
from dragoman.actors.gazetteer import BODIES, Entry, Term, members_of
from dragoman.actors.offices import standing, terms_on
from dragoman.errors import ConfigError

DATA = importlib.resources.files("dragoman") / "data" / "actors"
HOLDERS = [e for e in load_gazetteer().entries if e.kind == "person" and e.terms]
TERMS = [(e, t) for e in HOLDERS for t in e.terms]


def day(date: str, shift: int) -> str:
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=shift)).isoformat()


@given(st.sampled_from(TERMS), st.integers(min_value=0, max_value=20_000))
def test_office_is_found_on_any_day_of_its_term(pair: tuple[Entry, Term], shift: int) -> None:
    entry, term = pair
    last = day(term.end, -1) if term.end else "2026-11-01"
    inside = min(day(term.start, shift), last)
    assert term in terms_on(entry, inside)
    assert standing(entry, inside, load_gazetteer()).rule == "office on the date"


@given(st.sampled_from(TERMS), st.integers(min_value=1, max_value=3_000))
def test_office_is_not_found_on_a_day_outside_its_term(pair: tuple[Entry, Term], shift: int) -> None:
    entry, term = pair
    assert term not in terms_on(entry, day(term.start, -shift))
    if term.end:
        assert term not in terms_on(entry, day(term.end, shift - 1))


@given(st.sampled_from(HOLDERS))
def test_whoever_holds_no_office_on_a_day_has_none(entry: Entry) -> None:
    first = min(t.start for t in entry.terms)
    assert standing(entry, day(first, -1), load_gazetteer()).office is None


def test_every_term_has_ordered_dates() -> None:
    for _, term in TERMS:
        datetime.date.fromisoformat(term.start)
        assert not term.end or term.start < term.end, term


def test_every_row_of_the_data_names_its_source_and_a_known_country() -> None:
    known = set(load_gazetteer().states)
    for name in (*BODIES, "holders.csv", "places.csv", "cities.csv"):
        for row in csv.DictReader(io.StringIO((DATA / name).read_text("utf-8"))):
            assert row["source"], row
            assert not row["country"] or row["country"] in known, row


def test_no_alias_is_an_ordinary_word() -> None:
    ordinary = {
        "the",
        "a",
        "of",
        "and",
        "in",
        "on",
        "it",
        "he",
        "The",
        "A",
        "In",
        "On",
        "It",
        "He",
        "As",
        "At",
    }
    assert not ordinary & set(load_gazetteer().texts)


def test_names_are_whole_words_and_the_longest_one_wins() -> None:
    text = "The US Senate left Nigeria's embassy; Niger and the USA, too. US-led, pro-Russian, Chadian."
    found = [text[h.start : h.end] for h in load_gazetteer().find(text)]
    assert found == ["US Senate", "Nigeria", "embassy", "Niger", "USA", "US", "Chadian"]


@given(st.text(alphabet=st.sampled_from("US Chad’s-é\u0301🙂.Moscow police "), max_size=60))
def test_hits_are_ordered_and_lie_inside_the_text(text: str) -> None:
    end = 0
    for hit in load_gazetteer().find(text):
        assert end <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == load_gazetteer().texts[hit.key]
        end = hit.end


def test_membership_is_as_of_the_day() -> None:
    assert "GBR" in (members_of("European Union", "2019-12-31") or ())
    assert "GBR" not in (members_of("European Union", "2020-02-01") or ())
    assert "RUS" in (members_of("G8", "2013-01-01") or ())
    assert members_of("Nobody", None) is None


def test_the_gazetteer_loads_in_half_a_second() -> None:
    started = time.process_time()
    load_gazetteer.__wrapped__().find("Chad")
    assert time.process_time() - started < 1.0  # twice the aim, for busy machines


def test_own_file_goes_before_the_package(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "own.csv"
    path.write_text("name,aliases,kind,country,sectors\nGondor,Minas Tirith,state,GON,GOV\n", "utf-8")
    gazetteer = load_gazetteer(str(path))
    assert gazetteer.lookup("Minas Tirith")[0].entry.country == "GON"


def test_own_file_with_a_missing_column_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "own.csv"
    path.write_text("name,kind\nGondor,state\n", "utf-8")
    with pytest.raises(ConfigError, match=r"own\.csv:2.*country"):
        load_gazetteer(str(path))
