from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ConfigError
from dragoman.events.word_order import problem_of
from dragoman.petrarch.actors import actor_rows, read_actors
from dragoman.petrarch.agents import agent_rows, plural_of
from dragoman.petrarch.codes import Agent, agent_of, meaning_of
from dragoman.petrarch.discards import DiscardLists, read_discards
from dragoman.petrarch.patterns import UnknownSet, set_items, word_pattern
from dragoman.petrarch.report import Report
from dragoman.petrarch.source import lines_of, spellings
from dragoman.petrarch.verbs import Codes, read_verbs
from petrarch.invented import HERE

if TYPE_CHECKING:
    from pathlib import Path


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "dictionary.txt"
    file.write_text(text, "utf-8")
    return file


# -- lines


def test_comments_go_and_line_numbers_stay(tmp_path):
    text = "A # one\n<!-- two\nthree -->\n# four\n\nB\n"
    found = [(n, t) for n, t in lines_of(written(tmp_path, text)) if t]
    assert found == [(1, "A"), (6, "B")]


def test_a_dictionary_in_an_old_encoding_is_read(tmp_path):
    file = tmp_path / "old.txt"
    file.write_bytes("CÔTE [CIV]\n".encode("cp1252"))
    assert next(line.text for line in lines_of(file)) == "CÔTE [CIV]"


def test_a_missing_dictionary_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.txt"):
        list(lines_of(tmp_path / "none.txt"))


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("VALDORIA_", ["Valdoria", "VALDORIA"]),
        ("RIVER_LEAGUE", ["River League"]),
        ("BANK_OF_THE_NORTH", ["Bank of the North"]),
        ("THE_AU", ["The Au", "The AU", "the Au", "the AU"]),
        ("ODILE K. MARLIN", ["Odile K. Marlin"]),
        ("O'DELL", ["O'Dell", "O'DELL"]),
        ("MCINTYRE", ["McIntyre", "MCINTYRE"]),
        ("AL-NAHR", ["Al-Nahr", "AL-NAHR", "al-Nahr"]),
    ],
)
def test_names_get_the_case_of_running_text(phrase, expected):
    assert spellings(phrase) == expected


# -- codes


@pytest.mark.parametrize(
    ("code", "type_name", "mode", "exact"),
    [
        ("042", "CONSULT", "visit", True),
        ("1721", "COERCE", "restrict", True),
        ("1717", "COERCE", "seize", False),
        ("095", "ACCUSE", None, False),
        ("174K", "COERCE", "deport", True),
        ("191", "COERCE", "restrict", True),
    ],
)
def test_event_codes_become_types_and_modes(code, type_name, mode, exact):
    meaning = meaning_of(code)
    assert meaning is not None
    assert (meaning.type, meaning.mode, meaning.exact) == (type_name, mode, exact)


@pytest.mark.parametrize("code", ["---", "", "023", "010", "345", "def", "+++", "5"])
def test_codes_without_a_place_in_the_codebook(code):
    assert meaning_of(code) is None


@pytest.mark.parametrize(
    ("code", "agent"),
    [
        ("VAL", Agent(("VAL",), "", ())),
        ("pse", Agent(("PSE",), "", ())),
        ("VALREBFRE", Agent(("VAL",), "", ("REB", "FRE"))),
        ("VALMED", Agent(("VAL",), "", ("JRN",))),
        ("VAL/OMB", Agent(("VAL", "OMB"), "", ())),
        ("IGOUNOKID", Agent((), "UNO", ("KID",))),
        ("NGMHRI", Agent((), "NGO", ("SOC",))),
        ("GOV", Agent((), "", ("GOV",))),
        ("VALPR", Agent(("VAL",), "", ("PR",))),
        ("VALP", Agent(("VAL",), "", ())),
    ],
)
def test_agent_codes_become_countries_and_sectors(code, agent):
    assert agent_of(code) == agent


def test_what_is_no_agent_code():
    assert agent_of("+++") is None
    assert agent_of("") is None


# -- actors


def rows_of(path: Path, report: Report) -> list[dict[str, str]]:
    return list(actor_rows(path, read_actors(path, report), report))


def test_an_actor_has_its_synonyms_and_its_kind():
    rows = {row["name"]: row for row in rows_of(HERE / "actors.txt", Report())}
    assert rows["Valdoria"]["aliases"].split("|")[:3] == ["VALDORIA", "Valdorian", "VALDORIAN"]
    assert "the Amber Realm" in rows["Valdoria"]["aliases"].split("|")
    kinds = {name: rows[name]["kind"] for name in ("Valdoria", "Kestrian Iron Guard", "Masked Front")}
    assert kinds == {
        "Valdoria": "state",
        "Kestrian Iron Guard": "organization",
        "Masked Front": "armed_group",
    }
    assert rows["River League"]["country"] == "VAL|OMB"
    assert (rows["Harbour Council"]["plover"], rows["Harbour Council"]["kind"]) == ("UNO", "igo")


def test_dated_codes_come_first_and_their_last_day_is_within():
    rows = [row for row in rows_of(HERE / "actors.txt", Report()) if row["name"] == "Odo Marlin"]
    assert [(row["sectors"], row["start"], row["end"]) for row in rows] == [
        ("OPP", "", "2001-03-01"),
        ("GOV", "2001-03-01", "2005-03-01"),
        ("ELI", "2005-03-01", ""),
        ("", "", ""),
    ]
    assert [row["kind"] for row in rows] == ["person", "person", "person", "other"]


def test_what_is_no_actor_is_reported_with_its_line():
    report = Report()
    rows_of(HERE / "actors.txt", report)
    lost = {(note.where.rpartition(":")[2], note.why) for note in report.lost}
    assert lost == {
        ("23", "the entry has no code"),
        ("24", "the code is not one of letters"),
        ("25", "its dates cannot be read"),
        ("25", "the entry has no code"),
    }


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        ("<911226", "", "1991-12-26"),
        ("> 990816", "1999-08-17", ""),
        ("20010230-20010301", "2001-02-28", "2001-03-02"),
        ("010101 - 021231", "2001-01-01", "2003-01-01"),
    ],
)
def test_dates_of_two_and_four_digits(tmp_path, dates, start, end):
    (row,) = rows_of(written(tmp_path, f"ADA\n\t[VALGOV {dates}]\n"), Report())
    assert (row["start"], row["end"]) == (start, end)


# -- agents


def test_agents_have_their_plurals():
    rows = {row["name"]: row for row in agent_rows(HERE / "agents.txt", Report())}
    assert rows["warden of marshes"]["plural"] == "wardens of marshes"
    assert rows["lancer"]["plural"] == "lancers"
    assert rows["troops"]["plural"] == ""
    assert {"ferryman", "ferrymen"} <= set(rows)
    assert rows["ballad press"]["sectors"] == "JRN"
    assert (rows["alms body"]["kind"], rows["alms body"]["plover"]) == ("ngo", "NGO")
    assert {row["use"] for row in rows.values()} == {"agent"}


def test_what_is_no_agent_is_reported_with_its_line():
    report = Report()
    list(agent_rows(HERE / "agents.txt", report))
    assert [(n.where.rpartition(":")[2], n.why) for n in report.lost] == [
        ("9", "no set !CREW! is defined before it"),
        ("10", "not an entry of an agent dictionary"),
    ]


@pytest.mark.parametrize(
    ("noun", "plural"), [("lancer", "lancers"), ("party", "parties"), ("clay", "clays"), ("boss", "bosses")]
)
def test_regular_plurals(noun, plural):
    assert plural_of(noun) == plural


# -- verbs


def test_blocks_hold_their_verbs_and_patterns():
    read = read_verbs(HERE / "verbs.txt", Report())
    assert read.sets == {"PARLEY": ["TALKS", "ROUND_OF_PARLEYS"], "FEAST": ["BANQUET", "&PARLEY"]}
    blocks = {block.name: block for block in read.blocks}
    assert blocks["HOST"].codes == Codes("043", "042")
    assert blocks["OFFEND"].codes == Codes("", "110")
    rebuff = blocks["SCOLD"].verbs[1]
    assert (rebuff.head, rebuff.forms, rebuff.codes) == ("rebuff", ("rebuffed", "rebuffs"), Codes("121"))
    off = blocks["BREAK"].verbs[1]
    assert (off.before, off.head, off.after, off.forms) == ((), "break", ("off",), ("broke",))
    assert [p.text for p in blocks["SCOLD"].patterns] == [
        "NEVER *",
        "* ENVOY_OF +",
        "* &PARLEY",
        "* &MISSING",
    ]


def test_what_is_no_verb_entry_is_reported_with_its_line():
    report = Report()
    read_verbs(HERE / "verbs.txt", report)
    assert [(n.where.rpartition(":")[2], n.why) for n in report.lost] == [
        ("50", "the pattern has no code"),
        ("51", "transformations of one event by another are not carried over"),
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("* FEUD", "* feud"),
        ("HAD_*_OVER &LONG_SET", "had_*_over $set-long-set"),
        ("$ ^ * +", "{actor} {any} * {recipient}"),
        ("* WITH %", "* with {recipient}"),
        ("* BETWEEN %", "* between {parties}"),
        ("% *", "{parties} *"),
        ("* (TO {POOR &PORT}) (OF +)", "* to poor $set-port of {recipient}"),
        ("TO_ * OUT_", "to * out"),
        ("* NEW_&PORT_DUES", "* new_$set-port_dues"),
    ],
)
def test_patterns_are_written_as_words_in_order(pattern, expected):
    assert word_pattern(pattern, {"LONG_SET", "PORT"}) == expected


def test_a_set_that_is_not_there_is_named():
    with pytest.raises(UnknownSet, match="no set &MISSING"):
        word_pattern("* &MISSING", {"PORT"})
    with pytest.raises(UnknownSet):
        set_items(["&PORT_DUES"], {"PORT"})
    assert set_items(["&PORT", "SALT_FISH_"], {"PORT"}) == ["$set-port", "salt fish"]


@given(st.text("AB $+%^*_(){}&-' ", max_size=20))
def test_any_pattern_is_written_validly_or_refused(text):
    try:
        pattern = word_pattern(text, {"AB", "A_B"})
    except ValueError:
        return
    assert problem_of(pattern) is None


# -- discards


def test_discards_of_sentences_and_of_articles():
    lists, report = DiscardLists(), Report()
    read_discards(HERE / "discards.txt", lists, report)
    assert lists.sentence == ["years later", "tournament final"]
    assert lists.article == ["grand regatta"]
    assert [note.why for note in report.lost] == ["the discard has no words"]
