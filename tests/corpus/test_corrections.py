from __future__ import annotations

import contextlib
import json
import random

import msgspec
import pytest

from corpus.test_store import TEXTS, changed, record, records
from dragoman.corpus import Corpus, correction_files, corrections
from dragoman.corpus.gold import gold
from dragoman.errors import CorpusError

OVERLAY = (
    "corrected_events",
    "corrected_participants",
    "corrected_keys",
    "corrected_reports",
    "corrected_happenings",
)


@pytest.fixture
def corpus(tmp_path):
    with Corpus(tmp_path / "c", create=True) as opened:
        opened.add(records())
        yield opened


def anchor(corpus, article, event, run=1):
    return corpus.query(
        "SELECT anchor FROM events WHERE article = ? AND event = ? AND run = ?", [article, event, run]
    ).rows[0][0]


def now(corpus, article, event, columns):
    found = corpus.query(
        f"SELECT {columns} FROM events_now WHERE article = ? AND event = ?", [article, event]
    ).rows
    return found[0] if found else None


def tables(corpus):
    names = ("articles", "records", "entities", "events", "participants", "claims", "happenings", "reports")
    return {name: corpus.query(f"FROM {name} ORDER BY ALL").rows for name in names}


def test_what_was_coded_is_not_changed_by_corrections(corpus):
    before = tables(corpus)
    connection = corpus.connection
    corrections.reject(connection, anchor(corpus, "a1", "e1"))
    corrections.edit(connection, anchor(corpus, "a0", "e1"), "type", "REJECT")
    corrections.merge_entities(connection, "state:MAL", "state:TOG")
    assert tables(corpus) == before


def test_a_rejected_coding_is_not_there_any_more(corpus):
    corrections.reject(corpus.connection, anchor(corpus, "a1", "e1"), author="ada")
    assert now(corpus, "a1", "e1", "event") is None
    for view in ("participants_now", "reports_now"):
        assert corpus.query(f"SELECT * FROM {view} WHERE article = 'a1'").rows == []
    assert "ASSAULT" in {t for (t,) in corpus.query("SELECT type FROM happenings_now").rows}
    [counted] = corpus.query("SELECT sum(reports) FROM happenings_now").rows
    assert corpus.query("SELECT count(*) FROM reports_now").rows == [counted]


def test_an_accepted_coding_is_marked(corpus):
    corrections.accept(corpus.connection, anchor(corpus, "a1", "e1"))
    assert now(corpus, "a1", "e1", "judgement, type") == ("accepted", "ASSAULT")
    assert now(corpus, "a0", "e1", "judgement") == (None,)


EDITS = [
    ("type", "REQUEST", "type, mode", ("REQUEST", None)),
    ("mode", "raid", "type, mode", ("ASSAULT", "raid")),
    ("contexts", ["military", "election"], "contexts", (["military", "election"],)),
    ("status", "denied", "status", ("denied",)),
    ("content_status", "planned", "content_status", ("planned",)),
    ("historical", True, "historical", (True,)),
    ("time", {"earliest": "2020-07-01", "latest": "2020-07-03"},
     "earliest::TEXT, latest::TEXT, time_value, time_stated", ("2020-07-01", "2020-07-03", None, True)),
    ("time", None, "earliest, latest, time_stated", (None, None, None)),
    ("place", {"name": "Nairobi", "country": "KEN", "lat": -1.28, "lon": 36.8}, "place, place_country, precision",
     ("Nairobi", "KEN", "city")),
    ("place", {"name": "Kenya", "country": "KEN"}, "place, lat, precision", ("Kenya", None, "country")),
    ("place", None, "place, precision", (None, None)),
    ("claimant", {"name": "Kenya", "key": "state:KEN", "country": "KEN"}, "claimant, claimant_key",
     ("Kenya", "state:KEN")),
    ("stance", "denies", "stance", ("denies",)),
    ("intensity", -9.5, "intensity", (-9.5,)),
    ("cameo", "190", "cameo", ("190",)),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "columns", "expected"), EDITS)
def test_a_field_can_be_edited(corpus, field, value, columns, expected):
    made = corrections.edit(corpus.connection, anchor(corpus, "a1", "e1"), field, value)
    assert now(corpus, "a1", "e1", columns) == expected
    assert now(corpus, "a1", "e1", "judgement") == ("edited",)
    corrections.undo(corpus.connection, made.correction)
    assert now(corpus, "a1", "e1", "judgement") == (None,)


def test_actors_and_recipients_can_be_edited(corpus):
    name = anchor(corpus, "a1", "e1")
    uganda = {"key": "state:UGA", "name": "Uganda", "country": "UGA", "sectors": ["MIL"]}
    corrections.edit(corpus.connection, name, "actors", [uganda])
    corrections.edit(corpus.connection, name, "recipients", [])
    found = corpus.query(
        "SELECT side, key, name, country, sectors, entity FROM participants_now WHERE article = 'a1'"
    )
    assert found.rows == [("actor", "state:UGA", "Uganda", "UGA", ["MIL"], None)]


def test_the_later_correction_of_a_field_holds(corpus):
    name = anchor(corpus, "a1", "e1")
    for value in ("denied", "planned"):
        last = corrections.edit(corpus.connection, name, "status", value)
    assert now(corpus, "a1", "e1", "status") == ("planned",)
    corrections.undo(corpus.connection, last.correction)
    assert now(corpus, "a1", "e1", "status") == ("denied",)
    corrections.reject(corpus.connection, name)
    corrections.accept(corpus.connection, name)
    assert now(corpus, "a1", "e1", "status, judgement") == ("denied", "edited")


def test_intensity_goes_with_an_edited_type(corpus):
    other = msgspec.structs.replace(
        record("b0", "Peru met Cuba."),
        events=(
            msgspec.structs.replace(record("b0", "Peru met Cuba.").events[0], type="PROTEST", intensity=-6.5),
        ),
    )
    corpus.add([other])
    corrections.edit(corpus.connection, anchor(corpus, "a1", "e1"), "type", "PROTEST")
    assert now(corpus, "a1", "e1", "intensity, cameo") == (-6.5, "040")


WRONG = [
    ("type", "SHOUT", "no event type 'SHOUT'"),
    ("status", "maybe", "'maybe' is no status"),
    ("colour", "red", "no field 'colour' can be edited"),
    ("historical", "yes", "is no historical"),
    ("time", {"earliest": "2020-02-30"}, "is no time"),
    ("time", {"earliest": "2020-02-03", "latest": "2020-02-01"}, "after the latest"),
    ("place", {"name": "X", "lat": 3.0}, "both coordinates or none"),
    ("place", {"name": "X", "lat": 300.0, "lon": 1.0}, "no place on earth"),
    ("actors", [{"key": "", "name": "X"}], "needs a key"),
    ("actors", [{"key": "state:X", "name": "X", "start": 4, "end": 4}], "need a start before an end"),
    ("actors", "France", "is no actors"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "message"), WRONG)
def test_values_that_are_not_valid_are_refused_and_nothing_is_written(corpus, field, value, message):
    with pytest.raises(CorpusError, match=message):
        corrections.edit(corpus.connection, anchor(corpus, "a1", "e1"), field, value)
    assert corrections.listing(corpus.connection, undone=True) == []


def test_unknown_names_are_refused(corpus):
    connection = corpus.connection
    for attempt in (
        lambda: corrections.accept(connection, "nothing"),
        lambda: corrections.merge_entities(connection, "person:nobody", "state:KEN"),
        lambda: corrections.merge_entities(connection, "state:KEN", "state:KEN"),
        lambda: corrections.split_entity(connection, "state:KEN", [], "state:KEN2"),
        lambda: corrections.merge_happenings(connection, "h0", "h1"),
        lambda: corrections.undo(connection, "nothing"),
    ):
        with pytest.raises(CorpusError):
            attempt()
    assert corrections.listing(connection, undone=True) == []


def test_actors_can_be_merged_and_split(corpus):
    connection = corpus.connection
    corpus.add([record("b0", "Mali met Peru.")])
    corrections.merge_entities(connection, "state:MAL", "state:MLI")
    count = "SELECT count(*) FROM {} WHERE key = ?"
    assert corpus.query(count.format("participants_now"), ["state:MAL"]).rows == [(0,)]
    assert corpus.query(count.format("participants_now"), ["state:MLI"]).rows == [(3,)]
    assert corpus.query(count.format("entities_now"), ["state:MLI"]).rows == [(2,)]
    assert corpus.query("SELECT count(*), count(judgement) FROM events_now").rows == [(5, 0)]
    split = corrections.split_entity(connection, "state:MAL", ["b0"], "place:mali")
    assert corpus.query("SELECT key FROM participants_now WHERE article = 'b0' AND name = 'Mali'").rows == [
        ("place:mali",)
    ]
    assert corpus.query(count.format("participants_now"), ["state:MLI"]).rows == [(2,)]
    corrections.undo(connection, split.correction)
    assert corpus.query(count.format("participants_now"), ["state:MLI"]).rows == [(3,)]


def test_merges_go_along_chains_and_never_in_circles(corpus):
    connection = corpus.connection
    corrections.merge_entities(connection, "state:MAL", "state:TOG")
    corrections.merge_entities(connection, "state:TOG", "state:KEN")
    assert {key for (key,) in corpus.query("SELECT key FROM participants_now WHERE article = 'a0'").rows} == {
        "state:CHA", "state:NIG", "state:KEN"
    }  # fmt: skip
    with pytest.raises(CorpusError, match="round in circles"):
        corrections.merge_entities(connection, "state:KEN", "state:MAL")


def happening_of(corpus, article, event):
    return corpus.query(
        "SELECT happening FROM reports_now WHERE article = ? AND event = ?", [article, event]
    ).rows[0][0]


def test_happenings_can_be_merged_split_and_restored(corpus):
    connection = corpus.connection
    before = corpus.query("FROM happenings_now ORDER BY ALL").rows
    one, other = happening_of(corpus, "a0", "e2"), happening_of(corpus, "a1", "e1")
    merge = corrections.merge_happenings(connection, one, other)
    assert happening_of(corpus, "a0", "e2") == happening_of(corpus, "a1", "e1") == other
    assert corpus.query("SELECT reports, sources FROM happenings_now WHERE happening = ?", [other]).rows == [
        (2, 2)
    ]
    assert corpus.query("SELECT 1 FROM happenings_now WHERE happening = ?", [one]).rows == []
    split = corrections.split_happening(connection, other, [anchor(corpus, "a0", "e2")])
    assert happening_of(corpus, "a0", "e2") != other
    found = corpus.query(
        "SELECT type, title, reports FROM happenings_now WHERE happening = ?",
        [happening_of(corpus, "a0", "e2")],
    )
    assert found.rows == [("ASSAULT", "Mali → Togo: attacked", 1)]
    corrections.undo(connection, split.correction)
    assert happening_of(corpus, "a0", "e2") == other
    corrections.undo(connection, merge.correction)
    assert corpus.query("FROM happenings_now ORDER BY ALL").rows == before


def test_what_is_undone_is_undone_in_the_tables_of_runs_that_were_linked_with_it(corpus):
    before = corpus.query("SELECT article, event, happening FROM reports ORDER BY ALL").rows
    merge = corrections.merge_happenings(
        corpus.connection, happening_of(corpus, "a0", "e2"), happening_of(corpus, "a1", "e1")
    )
    corpus.add([record("late", "Peru praised Chile.")])
    corrections.undo(corpus.connection, merge.correction)
    for table in ("reports", "reports_now"):
        found = corpus.query(
            f"SELECT article, event, happening FROM {table} WHERE article <> 'late' ORDER BY ALL"
        )
        assert found.rows == before


def test_another_telling_stands_for_a_rejected_one(corpus):
    # The fake coder marks the second "Mali attacked Togo" as the same as the first.
    assert corpus.query("SELECT duplicate_of FROM events WHERE article = 'a0' AND event = 'e3'").rows == [
        ("e2",)
    ]
    before = corpus.query("FROM happenings_now ORDER BY ALL").rows
    happening = happening_of(corpus, "a0", "e2")
    first = corrections.reject(corpus.connection, anchor(corpus, "a0", "e2"))
    assert happening_of(corpus, "a0", "e3") == happening
    assert now(corpus, "a0", "e3", "duplicate_of") == (None,)
    assert corpus.query("SELECT reports FROM happenings_now WHERE happening = ?", [happening]).rows == [(1,)]
    second = corrections.reject(corpus.connection, anchor(corpus, "a0", "e3"))
    assert corpus.query("SELECT 1 FROM happenings_now WHERE happening = ?", [happening]).rows == []
    corrections.undo(corpus.connection, second.correction)
    assert happening_of(corpus, "a0", "e3") == happening
    corrections.undo(corpus.connection, first.correction)
    assert now(corpus, "a0", "e3", "duplicate_of") == ("e2",)
    assert corpus.query("FROM happenings_now ORDER BY ALL").rows == before


def test_a_split_must_leave_reports_on_both_sides(corpus):
    name = happening_of(corpus, "a1", "e1")
    for anchors in ([], [anchor(corpus, "a1", "e1")], ["nothing"]):
        with pytest.raises(CorpusError):
            corrections.split_happening(corpus.connection, name, anchors)


def test_constraints_for_linking_follow_the_later_correction(corpus):
    connection = corpus.connection
    one, other = anchor(corpus, "a0", "e2"), anchor(corpus, "a1", "e1")
    corrections.merge_happenings(
        connection, happening_of(corpus, "a0", "e2"), happening_of(corpus, "a1", "e1")
    )
    assert corrections.constraints(connection) == ((frozenset({one, other}),), ())
    corrections.split_happening(connection, happening_of(corpus, "a1", "e1"), [one])
    assert corrections.constraints(connection) == ((), ((frozenset({one}), frozenset({other})),))


def test_corrections_survive_coding_anew_and_what_finds_nothing_is_reported(corpus):
    connection = corpus.connection
    corrections.edit(connection, anchor(corpus, "a0", "e3"), "status", "planned")
    corrections.reject(connection, anchor(corpus, "a1", "e1"))
    lost = corrections.reject(connection, anchor(corpus, "a0", "e2"))
    retyped = corrections.accept(connection, anchor(corpus, "a0", "e1"))
    corpus.add(changed())
    assert corpus.latest_run() == 2
    assert now(corpus, "a0", "e3", "status, judgement") == ("planned", "edited")
    assert now(corpus, "a1", "e1", "event") is None
    found = {item.correction.correction: item.reason for item in corrections.unmatched(connection)}
    assert found == {
        lost.correction: "ASSAULT on 'attacked' in 'a0' is a coding of run 1; run 2 codes nothing there",
        retyped.correction: "CONSULT on 'met' in 'a0' is a coding of run 1; run 2 codes THREATEN there",
    }
    corpus.add(records("2"))
    assert corrections.unmatched(connection) == []
    assert now(corpus, "a0", "e2", "event") is None


def test_merged_happenings_stay_together_when_articles_are_coded_anew(corpus):
    corrections.merge_happenings(
        corpus.connection, happening_of(corpus, "a0", "e2"), happening_of(corpus, "a1", "e1")
    )
    corpus.add(records("1"))
    assert corpus.latest_run() == 2
    assert happening_of(corpus, "a0", "e2") == happening_of(corpus, "a1", "e1")


def test_corrections_go_out_and_into_another_corpus(corpus, tmp_path):
    connection = corpus.connection
    corrections.reject(connection, anchor(corpus, "a1", "e1"), author="ada", note="no attack")
    corrections.edit(connection, anchor(corpus, "a0", "e1"), "place", None)
    corrections.merge_entities(connection, "state:MAL", "state:MLI")
    corrections.merge_happenings(
        connection, happening_of(corpus, "a0", "e1"), happening_of(corpus, "a0", "e2")
    )
    undone = corrections.accept(connection, anchor(corpus, "a0", "e2"))
    corrections.undo(connection, undone.correction)
    lines = list(correction_files.exported(connection))
    assert json.loads(lines[0])["about"]["words"] == "attacked"
    with Corpus(tmp_path / "other", create=True) as other:
        number, problems = correction_files.imported(other.connection, lines, "c.jsonl")
        assert (number, problems) == (5, [])
        assert corrections.listing(other.connection, undone=True) == corrections.listing(
            connection, undone=True
        )
        other.add(records())
        for view in ("events_now", "participants_now", "entities_now"):
            rows = f"FROM {view} ORDER BY ALL"
            assert other.query(rows).rows == corpus.query(rows).rows
        # Happenings may be called otherwise where they were merged before linking; their reports are the same.
        groups = "SELECT list_sort(list(article || event)) FROM reports_now GROUP BY happening ORDER BY ALL"
        assert other.query(groups).rows == corpus.query(groups).rows
        assert correction_files.imported(other.connection, lines, "c.jsonl") == (0, [])


def test_a_correction_without_time_and_id_is_taken_in_once(corpus):
    line = json.dumps({"action": "reject", "subject": "event", "target": anchor(corpus, "a1", "e1")}).encode()
    assert correction_files.imported(corpus.connection, [line, b"\n", line], "c.jsonl") == (1, [])
    assert correction_files.imported(corpus.connection, [line], "c.jsonl") == (0, [])


FAULTY = [
    (b"{", "not valid JSON"),
    (b"[1]", "this is no correction"),
    (b'{"action": "reject", "subject": "event"}', "target"),
    (b'{"action": "shout", "subject": "event", "target": "x"}', "shout"),
    (b'{"action": "merge", "subject": "event", "target": "x"}', "no action 'merge' for 'event'"),
    (b'{"action": "reject", "subject": "event", "target": "x", "field": "type"}', "only when, it is an edit"),
    (b'{"action": "edit", "subject": "event", "target": "x", "field": "status", "value": 3}', "is no status"),
    (b'{"action": "merge", "subject": "entity", "target": "x", "value": {}}', "key of another one"),
    (b'{"action": "split", "subject": "happening", "target": "x", "value": {"anchors": ["a"]}}', "'others'"),
    (b'{"action": "reject", "subject": "event", "target": "x", "colour": "red"}', "colour"),
]


@pytest.mark.parametrize(("line", "message"), FAULTY)
def test_faulty_lines_are_named_with_file_and_line_and_the_others_are_taken_in(corpus, line, message):
    good = json.dumps({"action": "reject", "subject": "event", "target": anchor(corpus, "a1", "e1")}).encode()
    number, [problem] = correction_files.imported(corpus.connection, [b"\n", line, good], "c.jsonl")
    assert number == 1
    assert problem.where == "c.jsonl:2"
    assert message in str(problem)


def test_judged_codings_are_gold_data(corpus):
    connection = corpus.connection
    corrections.accept(connection, anchor(corpus, "a0", "e1"))
    corrections.edit(connection, anchor(corpus, "a0", "e2"), "type", "THREATEN")
    corrections.reject(connection, anchor(corpus, "a1", "e1"))
    lines, left_out = gold(connection)
    assert left_out == 0
    seen = [
        (
            line["judgement"],
            line["label"]["type"],
            *(line["text"][line[s]["start"] : line[s]["end"]] for s in ("source", "target")),
        )
        for line in lines
    ]
    assert seen == [
        ("accepted", "CONSULT", "Chad", "Niger"),
        ("edited", "THREATEN", "Mali", "Togo"),
        ("rejected", None, "Kenya", "Ghana"),
    ]
    assert {line["date"] for line in lines} == {"2020-07-14"}
    assert len({line["id"] for line in lines}) == 3


def test_gold_data_names_only_sides_that_stand_in_the_sentence(corpus):
    name = anchor(corpus, "a1", "e1")
    corrections.edit(corpus.connection, name, "actors", [{"key": "state:GHA", "name": "Ghana"}])
    corrections.edit(corpus.connection, name, "recipients", [])
    [line] = gold(corpus.connection).lines
    assert line["target"] is None
    assert line["text"][line["source"]["start"] : line["source"]["end"]] == "Ghana"
    corrections.edit(corpus.connection, name, "actors", [{"key": "state:PER", "name": "Peru"}])
    assert gold(corpus.connection) == ([], 1)


def test_an_empty_corpus_takes_corrections_of_later_articles(tmp_path):
    with Corpus(tmp_path / "c", create=True) as corpus:
        assert corpus.query("FROM events_now").rows == corpus.query("FROM happenings_now").rows == []
        from dragoman.corpus.rows import anchors_of

        [name] = anchors_of(record("a1", TEXTS[1]))
        line = json.dumps({"action": "reject", "subject": "event", "target": name}).encode()
        assert correction_files.imported(corpus.connection, [line], "c") == (1, [])
        [item] = corrections.unmatched(corpus.connection)
        assert item.reason == "no run has this coding"
        corpus.add(records())
        assert now(corpus, "a1", "e1", "event") is None
        assert corrections.unmatched(corpus.connection) == []


def test_sides_of_a_reciprocal_event_are_paired():
    from dragoman.corpus.gold import _pairs

    one, two, three = ({"start": n, "end": n + 1} for n in range(3))
    assert list(_pairs([one, two, three], [], True)) == [(one, two), (one, three), (two, three)]
    assert list(_pairs([one], [], True)) == [(one, None)]
    assert list(_pairs([one, two], [three], False)) == [(one, three), (two, three)]


def test_one_correction_after_the_other_gives_what_all_at_once_give(corpus):
    from dragoman.corpus import overlay

    connection = corpus.connection
    corpus.add([record("b0", "Mali attacked Togo. Kenya met Mali.", date="2020-07-15")])
    anchors = [name for (name,) in corpus.query("SELECT anchor FROM events ORDER BY anchor").rows]
    mixed = random.Random(7)
    made = []
    for _ in range(30):
        name = mixed.choice(anchors)
        match mixed.randrange(8):
            case 0 | 1:
                made.append(corrections.reject(connection, name))
            case 2:
                made.append(corrections.accept(connection, name))
            case 3:
                made.append(corrections.edit(connection, name, "status", mixed.choice(["planned", "denied"])))
            case 4:
                value = [{"key": "state:MAL", "name": "Mali"}]
                made.append(corrections.edit(connection, name, "actors", value))
            case 5:
                with contextlib.suppress(CorpusError):
                    made.append(
                        corrections.merge_entities(connection, "state:MAL", mixed.choice(["state:TOG", "x"]))
                    )
            case 6:
                names = [h for (h,) in corpus.query("SELECT happening FROM happenings_now ORDER BY 1").rows]
                if len(names) > 1:
                    made.append(corrections.merge_happenings(connection, *mixed.sample(names, 2)))
            case 7:
                corrections.undo(connection, mixed.choice(made).correction) if made else None
        step = {table: corpus.query(f"FROM {table} ORDER BY ALL").rows for table in OVERLAY}
        overlay.refresh(connection)
        assert step == {table: corpus.query(f"FROM {table} ORDER BY ALL").rows for table in OVERLAY}
