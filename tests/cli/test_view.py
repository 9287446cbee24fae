from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from dragoman.cli import explaining
from dragoman.cli.view import View
from dragoman.errors import ConfigError, RecordError
from dragoman.exporting import wording
from dragoman.model import Article, EventTime, Place, Segment, Timing, Unknown
from exporting.records import full
from running.fake import code


def shown(document, width=80, **options):
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, emoji=False, markup=False, **options)
    View(console).document(document)
    return out.getvalue()


def test_view_shows_who_did_what_when_where_and_who_says_so():
    text = shown(full())
    for words in (
        "e1  Chad (TCD:GOV/MIL), Niger → CONSULT-phone ↔ each other",
        "status  occurred",
        "when    by 2020-07-13 (“Monday”)",
        "where   Accra (GHA)",
        "says    Mali",
        "Chad [called] Niger in Accra.",
        "negotiation: talks of Chad and Niger  (proposed)",
        "Chad (proposer, agreed), Niger (invitee, open)",
        "unknown place: “Mali said on Monday that Chad called Niger in Accra.”",
        "note: odd spelling",
    ):
        assert words in text


def test_happening_told_again_has_one_block():
    text = shown(full())
    assert "e2  " not in text
    assert "told again as e2" in text


def test_article_without_event_says_why():
    assert "note: no event: nobody met" in shown(code(Article(id="x", text="Nothing.")))


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width):
    long = "It was said that " + "very " * 200 + "early Chad met Niger " + "again and " * 200 + "again."
    text = shown(code(Article(id="x" * 70, text=long)), width)
    assert max(map(len, text.splitlines())) <= min(width, 100)
    assert "[met]" in text.replace("\n", " ")


def test_article_cannot_command_the_terminal():
    text = "\x1b]0;owned\x07\x1b[31mChad met Niger\x9b5m\u202e\r."
    out = shown(code(Article(id="\x1b[2J", text=text, title="\x1b[1m[bold]T[/bold]")), force_terminal=True)
    assert "owned" in out
    assert "\x1b]" not in out
    assert "\x1b[31m" not in out
    assert "\x1b[2J" not in out
    assert "\u202e" not in out
    assert "[bold]T[/bold]" in out


def test_colours_are_off_without_a_terminal_and_with_no_color(monkeypatch):
    assert "\x1b" not in shown(full())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in shown(full(), force_terminal=True)
    assert ";36m" not in shown(full(), force_terminal=True)


def test_explanation_gives_value_basis_rule_and_words():
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False, emoji=False, markup=False)
    explaining.show(full(), full().events[0], console)
    text = out.getvalue()
    assert "decided by codebook entry CONSULT/call, score 0.9" in text
    assert "type           CONSULT\n               stated in the text: frame CONSULT/call" in text
    assert "words: “called”" in text
    assert "not in the text: no place is named" in text


def test_event_is_found_by_id_or_number():
    assert explaining.chosen_event(full(), "e2").id == "e2"
    assert explaining.chosen_event(full(), "2").id == "e2"
    with pytest.raises(ConfigError, match="one of e1, e2"):
        explaining.chosen_event(full(), "3")
    with pytest.raises(RecordError, match="nobody met"):
        explaining.chosen_event(code(Article(id="x", text="Nothing.")), "1")


def test_article_of_records_must_be_named_when_there_are_several(tmp_path):
    path = tmp_path / "records.jsonl"
    other = msgspec.structs.replace(full(), id="call-2")
    path.write_bytes(full().to_json() + b"\n")
    assert explaining.chosen_document(path, None, None, None, None) == full()
    path.write_bytes(full().to_json() + b"\n" + other.to_json() + b"\n")
    assert explaining.chosen_document(path, "call-2", None, None, None) == other
    for name in (None, "call-3"):
        with pytest.raises(ConfigError, match="call-1, call-2"):
            explaining.chosen_document(path, name, None, None, None)


def test_explaining_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"gone\.txt"):
        explaining.chosen_document(tmp_path / "gone.txt", None, None, None, None)


def test_claims_are_told_from_the_inside_out():
    document = full()
    inner = msgspec.structs.replace(
        document.attributions[0], id="a2", source=None, parent="a1", stance="denies", kind="direct"
    )
    nested = msgspec.structs.replace(document, attributions=(*document.attributions, inner))
    said = wording.claim_of(nested, "a2")
    assert said == "a source not named (denies, direct quote), according to Mali"


def test_place_without_country_is_only_named():
    assert wording.place_of(Place("Accra", None, None, None, None, 0, 1)) == "Accra"


def test_headline_stands_for_a_missing_title():
    headline = msgspec.structs.replace(full(), title=None, segments=(Segment("headline", 0, 4),))
    assert shown(headline).startswith("Mali\n2020-07-14 · Wire · call-1\n")


def test_time_of_a_process_is_said_once_with_who_says_it():
    document = full()
    timex = document.times[0]
    day = timex.value
    timing = Timing(timex.start, timex.end, day, day, day, "planned", "a1")
    process = msgspec.structs.replace(
        document.processes[0], time=EventTime(day, day, day, 0), timings=(timing,)
    )
    assert wording.timings_of(document, process) == ["2020-07-13 (“Monday”), planned, says Mali"]
    process = msgspec.structs.replace(process, timings=())
    assert wording.timings_of(document, process) == ["2020-07-13 (“Monday”)"]


def test_what_is_not_known_is_shown_with_some_of_its_sentence():
    words = "Long before that, " * 9 + "nobody knew WHERE they would meet " + "and so it went on " * 9
    document = code(Article(id="x", text=f"{words}."))
    start = words.index("WHERE")
    said = wording.unknown_of(document, Unknown("place", start, start + 5))
    assert said.startswith("place: “… ")
    assert "nobody knew WHERE they would meet" in said
    assert said.endswith(" …”")
    assert len(said) < 150


def test_folder_can_not_be_explained(tmp_path):
    with pytest.raises(ConfigError, match="name one file in it"):
        explaining.chosen_document(tmp_path, None, None, None, None)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("modal:would+commitment+under:say", "modal “would”, commitment, under “say”"),
        ("frame CONSULT/call", "frame CONSULT/call"),
        ("reciprocal", "reciprocal"),
    ],
)
def test_rules_are_named_in_words(name, words):
    assert wording.rule(name) == words
