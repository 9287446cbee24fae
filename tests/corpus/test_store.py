from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import model
from dragoman.corpus import Coded, Corpus, comparing
from dragoman.corpus.keys import key_of, slug
from dragoman.corpus.rows import anchors_of, content_hash, precision_of
from dragoman.errors import CorpusError
from dragoman.running import ErrorDetail, ErrorRecord
from running import fake

TEXTS = (
    "Chad met Niger on Monday. Mali attacked Togo. Mali attacked Togo.",
    "Kenya attacked Ghana. Nothing else happened.",
    "Nobody did anything.",
)


def record(name, text, version="0", **fields):
    """Return a record that a coder of some version made."""
    article = model.Article(id=name, text=text, date=fields.pop("date", "2020-07-14"), **fields)
    return msgspec.structs.replace(fake.code(article), coder=model.CoderInfo(version, "fake", {}))


def records(version="0"):
    return [record(f"a{n}", text, version) for n, text in enumerate(TEXTS)]


@pytest.fixture
def corpus(tmp_path):
    with Corpus(tmp_path / "news.corpus", create=True) as opened:
        yield opened


def dump(corpus):
    """Return all rows of all tables, but for times of day."""
    tables = [name for (name,) in corpus.query("SELECT table_name FROM duckdb_tables() ORDER BY 1").rows]
    found = {t: sorted(map(repr, corpus.query(f'SELECT * FROM "{t}"').rows)) for t in tables}
    found["runs"] = corpus.query("SELECT * EXCLUDE (started) FROM runs ORDER BY run").rows
    return found


def test_records_are_stored_whole_and_in_tables(corpus):
    report = corpus.add(records())
    assert (report.added, report.coded, report.events, report.without_events) == (3, 3, 4, 1)
    assert corpus.latest_run() == 1
    assert [row["article"] for row in corpus.articles()] == ["a0", "a1", "a2"]
    assert corpus.document("a0") == records()[0]
    events = corpus.query("SELECT event, type, words, duplicate_of FROM events_now WHERE article = 'a0'").rows
    assert events == [
        ("e1", "CONSULT", "met", None), ("e2", "ASSAULT", "attacked", None), ("e3", "ASSAULT", "attacked", "e2"),
    ]  # fmt: skip
    parties = corpus.query("SELECT side, key FROM participants_now WHERE article = 'a1' ORDER BY side").rows
    assert parties == [("actor", "state:KEN"), ("recipient", "state:GHA")]


def test_adding_again_changes_nothing(corpus):
    corpus.add(records())
    before = dump(corpus)
    report = corpus.add([r.to_json() for r in records()])
    assert (report.added, report.coded, report.unchanged, report.problems) == (0, 0, 3, [])
    assert dump(corpus) == before


@pytest.mark.parametrize("change", [{"text": "Chad met Niger."}, {"date": "2020-07-15"}, {"title": "Talks"}])
def test_the_same_id_with_other_content_is_a_problem_and_the_stored_article_stays(corpus, change):
    corpus.add(records())
    before = dump(corpus)
    other = record("a0", change.get("text", TEXTS[0]), **{k: v for k, v in change.items() if k != "text"})
    report = corpus.add([Coded(other, "later.jsonl:3"), record("a3", "Peru met Cuba.")])
    assert report.added == 1
    [problem] = report.problems
    assert (problem.id, problem.origin) == ("a0", "later.jsonl:3")
    assert "another article with the id 'a0'" in problem.error.message
    assert problem.error.advice
    assert set(before["articles"]) <= set(dump(corpus)["articles"])


def test_the_same_id_with_other_content_in_one_addition_is_a_problem_too(corpus):
    report = corpus.add([record("a0", TEXTS[0]), record("a0", TEXTS[1]), record("a0", TEXTS[0])])
    assert (report.added, report.unchanged, len(report.problems)) == (1, 1, 1)


def test_articles_that_could_not_be_coded_are_listed(corpus):
    failed = ErrorRecord("a9", "x.jsonl:9", ErrorDetail("ValueError", "cannot"))
    report = corpus.add([failed, *records()])
    assert report.problems == [failed]
    assert report.added == 3


def test_order_and_number_of_additions_make_no_difference(tmp_path):
    with Corpus(tmp_path / "one", create=True) as corpus:
        corpus.add(records())
        at_once = dump(corpus)
    with Corpus(tmp_path / "two", create=True) as corpus:
        for item in reversed(records()):
            corpus.add([item])
        assert dump(corpus) == at_once


def test_another_coder_codes_into_another_run(corpus):
    corpus.add(records())
    report = corpus.add(records("1")[:2])
    assert (report.added, report.coded, report.runs) == (0, 2, {2})
    assert corpus.latest_run() == 1, "the run that holds most articles is shown"
    corpus.add(records("1"))
    assert corpus.latest_run() == 2, "of runs that hold as many the newest is shown"
    assert corpus.query("SELECT run, version FROM runs ORDER BY run").rows == [(1, "0"), (2, "1")]
    assert {run for (run,) in corpus.query("SELECT run FROM events_now").rows} == {2}
    assert corpus.document("a0", run=1).coder.version == "0"


def changed(version="1"):
    """Records of another coder: one coding is lost, one added, one has another status, one another type."""
    first, second, third = records(version)
    e1, _, e3 = first.events
    moved = msgspec.structs.replace(e1, id="e9", trigger=model.Span(5, 6), type="THREATEN")
    first = msgspec.structs.replace(
        first,
        events=(moved, msgspec.structs.replace(e3, status="denied", duplicates=())),
    )
    grown = msgspec.structs.replace(second.events[0], id="e2", trigger=model.Span(22, 29))
    second = msgspec.structs.replace(second, events=(*second.events, grown))
    return [first, second, third]


def test_two_runs_can_be_compared(corpus):
    corpus.add(records())
    corpus.add(changed())
    found = comparing.compare(corpus.connection)
    assert [(c.change, c.article, c.event_old, c.event_new, c.fields) for c in found] == [
        ("changed", "a0", "e1", "e9", ["type"]),
        ("lost", "a0", "e2", None, []),
        ("changed", "a0", "e3", "e3", ["status"]),
        ("added", "a1", None, "e2", []),
    ]
    assert comparing.counts(corpus.connection, 1, 2) == {"added": 1, "lost": 1, "changed": 2}
    assert comparing.counts(corpus.connection, 2, 1) == {"added": 1, "lost": 1, "changed": 2}
    assert comparing.counts(corpus.connection, 1, 1) == {"added": 0, "lost": 0, "changed": 0}


def test_only_articles_that_both_runs_coded_are_compared(corpus):
    corpus.add(records())
    corpus.add(records("1")[1:])
    assert comparing.compare(corpus.connection, 1, 2) == []


@pytest.mark.parametrize(("old", "new"), [(None, None), (1, 7), (7, None)])
def test_a_comparison_needs_two_runs_that_exist(corpus, old, new):
    corpus.add(records())
    if old is not None or new is not None:
        corpus.add(records("1"))
    with pytest.raises(CorpusError, match=r"there are: |there is no run 7"):
        comparing.compare(corpus.connection, old, new)


def test_an_interrupted_addition_keeps_what_was_coded(tmp_path):
    def cut_off():
        yield from records()[:2]
        raise KeyboardInterrupt

    with Corpus(tmp_path / "c", create=True) as corpus:
        with pytest.raises(KeyboardInterrupt):
            corpus.add(cut_off())
        assert [row["article"] for row in corpus.articles()] == ["a0", "a1"]
        corpus.add(records())
        interrupted = dump(corpus)
    with Corpus(tmp_path / "d", create=True) as corpus:
        corpus.add(records())
        assert dump(corpus) == interrupted


def test_a_fault_while_storing_leaves_nothing_half_stored(corpus, monkeypatch):
    corpus.add(records()[:1])
    before = dump(corpus)
    from dragoman.corpus import adding

    def fail(connection, table, rows):
        if table == "participants":
            raise OSError("disk full")

    monkeypatch.setattr(adding, "insert", fail)
    with pytest.raises(OSError, match="disk full"):
        corpus.add(records())
    monkeypatch.undo()
    assert dump(corpus) == before
    assert corpus.add(records()).added == 2


def test_a_missing_corpus_and_files_that_are_none_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="no such corpus"):
        Corpus(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    with pytest.raises(CorpusError, match="no such corpus"):
        Corpus(tmp_path / "none", create=True, read_only=True)
    (tmp_path / "text").write_text("Some words.")
    with pytest.raises(CorpusError, match="cannot be opened"):
        Corpus(tmp_path / "text")
    import duckdb

    duckdb.connect(str(tmp_path / "other.db")).execute("CREATE TABLE meta (x INTEGER)").close()
    with pytest.raises(CorpusError, match="no corpus"):
        Corpus(tmp_path / "other.db")
    with Corpus(tmp_path / "later", create=True) as corpus:
        corpus.connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(CorpusError, match="has layout 99"):
        Corpus(tmp_path / "later")


def test_several_readers_may_share_a_corpus(tmp_path):
    with Corpus(tmp_path / "c", create=True) as corpus:
        corpus.add(records())
    with Corpus(tmp_path / "c", read_only=True) as one, Corpus(tmp_path / "c", read_only=True) as two:
        assert one.query("SELECT count(*) FROM events_now").rows == two.query("FROM (SELECT 4)").rows
        with pytest.raises(CorpusError, match="read-only"):
            one.query("DELETE FROM articles")
        with pytest.raises(CorpusError, match="read-only"):
            one.add([record("b0", "Peru met Cuba.")])


def test_an_unknown_article_is_an_error(corpus):
    corpus.add(records())
    with pytest.raises(CorpusError, match="no article 'a77' in run 1"):
        corpus.document("a77")


ENTITIES = [
    (model.Entity("n1", "France", "state", "FRA", ids={"iso3": "FRA"}), "state:FRA"),
    (model.Entity("n1", "Samoa and Tonga", "state", None, members=("n2", "n3")), "group:samoa-and-tonga"),
    (model.Entity("n1", "United Nations", "igo"), "igo:united-nations"),
    (model.Entity("n1", "Sergei Lavrov", "person", "RUS"), "person:sergei-lavrov"),
    (model.Entity("n1", "Mevlüt Çavuşoğlu", "person", "TUR"), "person:mevlut-cavusoglu"),
    (model.Entity("n1", "Foreign Ministry", "organization", "RUS"), "org:foreign-ministry:RUS"),
    (model.Entity("n1", "unions", "organization"), "org:unions"),
    (model.Entity("n1", "protesters", "people", "KEN"), "group:protesters:KEN"),
    (model.Entity("n1", "Taliban", "armed_group", "AFG"), "armed_group:taliban:AFG"),
    (model.Entity("n1", "Министерство", "organization"), "org:министерство"),
    (model.Entity("n1", "...", "other"), "other:unnamed"),
]


@pytest.mark.parametrize(("entity", "key"), ENTITIES, ids=[key for _, key in ENTITIES])
def test_keys_are_made_from_the_entity_alone(entity, key):
    assert key_of(entity) == key


@given(st.text())
def test_slugs_are_stable_and_hold_no_blanks(name):
    found = slug(name)
    assert found
    assert not any(c.isspace() or c == ":" for c in found)
    assert slug(found) == found


def test_anchors_are_the_same_in_every_run_and_differ_inside_a_record():
    one, other = records()[0], records("1")[0]
    assert anchors_of(one) == anchors_of(other)
    assert len(set(anchors_of(one))) == len(one.events)
    twice = msgspec.structs.replace(
        one, events=(one.events[0], msgspec.structs.replace(one.events[0], id="e2"))
    )
    assert len(set(anchors_of(twice))) == 2
    assert anchors_of(twice)[0] == anchors_of(one)[0]


def test_the_content_of_an_article_is_its_date_source_title_and_text():
    article = model.Article(id="a", text="Words.", date="2020-07-14", title="Title")
    same = model.Article(id="b", text="Words.", date="2020-07-14", title="Title", url="https://x.example")
    others = [
        model.Article(id="a", text="Words.", date="2020-07-14", source="Title"),
        model.Article(id="a", text="Words.", title="Title"),
        model.Article(id="a", text="Words. ", date="2020-07-14", title="Title"),
    ]
    assert content_hash(article) == content_hash(same)
    assert len({content_hash(a) for a in (article, *others)}) == 4


@pytest.mark.parametrize(
    ("name", "country", "lat", "precision"),
    [("Suva", "FJI", -18.1, "city"), ("Mozambique", "MOZ", None, "country"), ("Abkhazia", "GEO", None, "region"),
     ("Paris", "FRA", None, "city")],
)  # fmt: skip
def test_precision_says_how_exact_a_place_is(name, country, lat, precision):
    assert precision_of(name, country, lat) == precision


def test_real_records_fill_every_table(tmp_path):
    from pathlib import Path

    from dragoman.reading import read
    from support import coder

    path = Path(__file__).parents[2] / "examples" / "articles.jsonl"
    articles = [a for a in read(path) if isinstance(a, model.Article)]
    with Corpus(tmp_path / "c", create=True) as corpus:
        report = corpus.add(coder().code(article) for article in articles)
        assert report.added == len(articles)
        for table in (
            "entities",
            "events",
            "participants",
            "claims",
            "processes",
            "process_parties",
            "reports",
        ):
            assert corpus.query(f"SELECT count(*) FROM {table}").rows[0][0] > 0, table
        words = corpus.query(
            'SELECT words, text[e."start" + 1 : e."end"], sentence, text[sentence_start + 1 : sentence_end] '
            "FROM events AS e JOIN articles USING (article)"
        ).rows
        assert all(one == other and three == four for one, other, three, four in words)
        for article in articles:
            assert corpus.document(article.id) == coder().code(article)
