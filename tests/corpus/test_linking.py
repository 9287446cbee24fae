"""Reports linked to happenings: what is merged, what stays apart, what is disputed."""

from __future__ import annotations

import datetime
import functools
import random
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks import linking as benchmark
from hypothesis import given
from hypothesis import strategies as st

import support
from dragoman.corpus import Corpus, blocking, corrections, happenings, linking
from dragoman.corpus.disputes import tolls_of
from dragoman.corpus.linking_words import linking as settings
from dragoman.corpus.reports import Party, Report, Site, window_of
from dragoman.corpus.similarity import content_stems, likeness, stem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.corpus.linking import Linked
    from dragoman.model import Document

MONDAY = datetime.date(2003, 8, 4).toordinal()
PLACES = {
    "Geneva": Site("Geneva", "CHE", 46.2, 6.15, "2660646"),
    "Zurich": Site("Zurich", "CHE", 47.37, 8.55, "2657896"),
    "Switzerland": Site("Switzerland", "CHE"),
}


def party(name: str) -> Party:
    """`PAK` is a state, `PAK:MIL troops` people of it, `PAK:GOV Ali Khan` a person."""
    country, _, rest = name.partition(":")
    sector, _, words = rest.partition(" ")
    if not rest:
        return Party(f"state:{country}", country, country, "")
    kind = "person" if words[:1].isupper() else "group"
    return Party(f"{kind}:{words}:{country}", words, country or None, sector)


def report(number: int, actors: str, recipients: str, said: str, **changes: Any) -> Report:
    """Return a report; `day` is the stated day, None when only the article's date (`published`) bounds it."""
    given: dict[str, Any] = {
        "type": "ASSAULT", "mode": None, "status": "occurred", "day": MONDAY, "published": MONDAY + 1,
        "place": None, "claimant": None, "claimant_country": None, "article": f"a{number}", "sentence": 0,
        "reciprocal": False, "historical": False, "trigger": "did", "until": None, "stance": None,
    } | changes  # fmt: skip
    day, until = given.pop("day"), given.pop("until")
    place = given.pop("place")
    built = Report(
        event=f"e{number}",
        anchor=f"anchor{number}",
        source=given["article"],
        actors=tuple(party(n) for n in actors.split("+") if n),
        recipients=tuple(party(n) for n in recipients.split("+") if n),
        window=None,
        place=PLACES[place] if place else None,
        start=number,
        words=(),
        tolls=tolls_of(said) if given["type"] in settings().types.with_tolls else (),
        **given,
    )
    built.window = window_of(day, until or day, day is not None, built)
    numbers = vocabulary()
    built.words = tuple(numbers.setdefault(word, len(numbers)) for word in content_stems(said))
    built.weight = float(len(built.words))
    return built


@functools.cache
def vocabulary() -> dict[str, int]:
    return {}


def link(*reports: Report, **constraints: Any) -> Linked:
    return linking.link(reports, [1.0] * 1000, **constraints)


def groups(*reports: Report) -> list[list[int]]:
    return link(*reports).groups


SHELLED = "shelled army posts near Uri"
TALKS = {"type": "CONSULT", "reciprocal": True}


@pytest.mark.parametrize(
    ("case", "first", "second"),
    [
        ("one day, two wordings", ("PAK", "IND", SHELLED), ("PAK:MIL troops", "IND", "shells hit posts of the army")),
        ("a person and his state", ("RUS:GOV Sergei Lavrov", "FRA", "criticised the ban on gas", {"type": "ACCUSE"}),
         ("RUS", "FRA", "criticism of the ban on gas", {"type": "ACCUSE"})),
        ("parties in another order", ("ARM+AZE", "", "met in Geneva", TALKS | {"place": "Geneva"}),
         ("AZE", "ARM", "meeting on the minefields in Geneva", {"type": "CONSULT", "place": "Geneva"})),
        ("planned and held on the stated day", ("ARM+AZE", "", "will meet in Geneva", TALKS | {"status": "planned",
         "published": MONDAY - 9}), ("ARM+AZE", "", "met in Geneva", TALKS)),
        ("a planned meeting coded as agreed", ("ARM+AZE", "", "will meet in Geneva", {"type": "AGREE",
         "status": "planned", "reciprocal": True, "published": MONDAY - 9}), ("ARM+AZE", "", "met in Geneva", TALKS)),
        ("a city and its country", ("ARM+AZE", "", "met in Geneva", TALKS | {"place": "Geneva"}),
         ("ARM+AZE", "", "met for talks", TALKS | {"place": "Switzerland"})),
        ("no day, told on one day in like words", ("PAK", "IND", SHELLED, {"day": None}),
         ("PAK", "IND", "army posts near Uri were shelled", {"day": None})),
        ("tolls that may both be true", ("PAK", "IND", SHELLED + ", killing at least two"),
         ("PAK", "IND", SHELLED + ", killing five")),
    ],
)  # fmt: skip
def test_merges_tellings_of_one_happening(case: str, first: Sequence[Any], second: Sequence[Any]) -> None:
    a, b = (report(i, *r[:3], **(r[3] if len(r) > 3 else {})) for i, r in enumerate((first, second)))
    assert groups(a, b) == [[0, 1]], case


@pytest.mark.parametrize(
    ("case", "first", "second"),
    [
        ("the same on the next day", ("PAK", "IND", SHELLED), ("PAK", "IND", SHELLED, {"day": MONDAY + 1})),
        ("other actor", ("PAK", "IND", SHELLED), ("CHN", "IND", SHELLED)),
        ("other recipient", ("USA", "BLR", "imposed sanctions", {"type": "SANCTION"}),
         ("USA", "CUB", "imposed sanctions", {"type": "SANCTION"})),
        ("the other way round", ("PAK", "IND", SHELLED), ("IND", "PAK", SHELLED)),
        ("talks of another month", ("ARM+AZE", "", "met in Geneva", TALKS),
         ("ARM+AZE", "", "met in Geneva", TALKS | {"day": MONDAY + 90, "published": MONDAY + 91})),
        ("places far apart", ("ARM+AZE", "", "met for talks", TALKS | {"place": "Geneva"}),
         ("ARM+AZE", "", "met for talks", TALKS | {"place": "Zurich"})),
        ("other type", ("PAK", "IND", SHELLED), ("PAK", "IND", SHELLED, {"type": "AID"})),
        ("other mode", ("USA", "BLR", "cut ties", {"type": "SANCTION", "mode": "expel"}),
         ("USA", "BLR", "cut ties", {"type": "SANCTION", "mode": "convict"})),
        ("two demands of one day", ("GRC", "TUR", "demanded the withdrawal of the ship", {"type": "REQUEST"}),
         ("GRC", "TUR", "asked for the release of nine fishermen", {"type": "REQUEST"})),
        ("planned without a day, and held", ("ARM+AZE", "", "will meet in Geneva", TALKS | {"status": "planned",
         "day": None}), ("ARM+AZE", "", "met in Geneva", TALKS | {"day": None})),
        ("planned for a month, and held", ("ARM+AZE", "", "will meet in Geneva", TALKS | {"status": "planned",
         "until": MONDAY + 29}), ("ARM+AZE", "", "met in Geneva", TALKS)),
        ("two ministers of one state", ("RUS:GOV Sergei Lavrov+FRA", "", "met in Geneva", TALKS),
         ("RUS:GOV Sergei Shoigu+FRA", "", "met in Geneva", TALKS)),
        ("a government and the rebels of its country", ("SYR", "TUR", SHELLED), ("SYR:REB rebels", "TUR", SHELLED)),
        ("one party, no day, articles of two days", ("IND", "", "returned fire", {"day": None}),
         ("IND", "", "returned fire", {"day": None, "published": MONDAY + 2})),
        ("background without a day", ("PAK", "IND", SHELLED), ("PAK", "IND", SHELLED, {"day": None,
         "historical": True})),
        ("a year says too little", ("ARM+AZE", "", "met in Geneva", TALKS),
         ("ARM+AZE", "", "met in Geneva", TALKS | {"day": MONDAY - 215, "until": MONDAY + 149})),
        ("two acts in one sentence", ("PAK", "IND", SHELLED, {"article": "a"}),
         ("PAK", "IND", SHELLED, {"article": "a"})),
    ],
)  # fmt: skip
def test_keeps_apart_what_is_not_one_happening(
    case: str, first: Sequence[Any], second: Sequence[Any]
) -> None:
    a, b = (report(i, *r[:3], **(r[3] if len(r) > 3 else {})) for i, r in enumerate((first, second)))
    linked = link(a, b)
    assert linked.groups == [[0], [1]], case
    assert not linked.disputes, case


@pytest.mark.parametrize(
    ("field", "first", "second", "words"),
    [
        ("toll", ("PAK", "IND", SHELLED + ", killing two"), ("PAK", "IND", SHELLED + ", killing five"),
         "killed: two according to the article, five according to the article"),
        ("status", ("SDN", "SSD", "bombed the town of Jau"),
         ("SDN", "SSD", "bombed the town of Jau", {"status": "denied", "claimant": "army", "claimant_country": "SDN"}),
         "denied according to army (SDN)"),
        ("account", ("TUR+DEU", "", "spoke about visas", TALKS | {"claimant": "Ankara", "claimant_country": "TUR"}),
         ("TUR+DEU", "", "discussed jailed reporters", TALKS | {"claimant": "Berlin", "claimant_country": "DEU"}),
         "two readouts"),
        ("actor", ("GRC", "TUR", "rammed a frigate", {"claimant": "navy", "claimant_country": "TUR"}),
         ("TUR", "GRC", "rammed a frigate", {"claimant": "navy", "claimant_country": "GRC"}),
         "GRC according to navy (TUR), TUR according to navy (GRC)"),
    ],
)  # fmt: skip
def test_links_contradictory_tellings_as_disputed(
    field: str, first: Sequence[Any], second: Sequence[Any], words: str
) -> None:
    a, b = (report(i, *r[:3], **(r[3] if len(r) > 3 else {})) for i, r in enumerate((first, second)))
    linked = link(a, b)
    assert linked.groups == [[0], [1]]
    assert [(d.first, d.second, d.conflict.field) for d in linked.disputes] == [(0, 1, field)]
    assert words in linked.disputes[0].conflict.reason


def test_a_denial_of_another_day_is_no_dispute() -> None:
    told = report(0, "PAK", "IND", SHELLED)
    undated = report(1, "PAK", "IND", SHELLED, day=None)
    denied = report(2, "PAK", "IND", SHELLED, status="denied", day=MONDAY + 1, published=MONDAY + 2)
    linked = link(told, undated, denied)
    assert linked.groups == [[0, 1], [2]]
    assert not linked.disputes


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        (("GRC", "TUR", "closed its border", {"type": "COERCE"}), ("GRC", "TUR", "shelled a post")),
        (("GRC+TUR", "", "held talks", TALKS), ("GRC+TUR", "", "agreed on a text", {"type": "AGREE"})),
        (("GRC", "TUR", "shelled the town of Jau"), ("GRC", "TUR", "sank a ferry")),
    ],
)
def test_the_denial_of_another_act_is_no_dispute(told: Sequence[Any], denied: Sequence[Any]) -> None:
    a = report(0, *told[:3], **(told[3] if len(told) > 3 else {}))
    b = report(1, *denied[:3], **((denied[3] if len(denied) > 3 else {}) | {"status": "denied"}))
    linked = link(a, b)
    assert linked.groups == [[0], [1]]
    assert not linked.disputes


def test_readouts_that_agree_are_one_happening() -> None:
    told = TALKS | {"claimant": "x"}
    a = report(0, "TUR+DEU", "", "spoke about visas for students", **told, claimant_country="TUR")
    b = report(1, "TUR+DEU", "", "spoke about visas for students", **told, claimant_country="DEU")
    assert groups(a, b) == [[0, 1]]


def test_harm_told_in_the_sentence_of_an_act_is_that_act() -> None:
    a = report(0, "PAK", "IND", SHELLED, article="a", trigger="shelled")
    b = report(1, "PAK", ":MIL soldiers", SHELLED, article="a", trigger="killing", day=None)
    assert groups(a, b) == [[0, 1]]


def test_nothing_in_a_happening_contradicts_anything_else_in_it() -> None:
    # The second agrees with both others, which exclude each other.
    one = report(0, "PAK", "IND", SHELLED)
    either = report(1, "PAK", "IND", SHELLED, day=None, published=MONDAY + 1)
    other = report(2, "PAK", "IND", SHELLED, day=MONDAY + 1)
    assert sorted(len(g) for g in groups(one, either, other)) == [1, 2]


def test_a_link_gives_its_score_and_reason() -> None:
    a = report(0, "ARM+AZE", "", "met in Geneva", place="Geneva", **TALKS)
    b = report(1, "ARM+AZE", "", "met in Geneva", place="Geneva", **TALKS)
    linked = link(a, b)
    assert linked.links[0].reason == "the first report"
    assert linked.links[1].other == 0
    assert linked.links[1].score == 1.0
    assert linked.links[1].reason == "same type, same parties, same day, place Geneva; wording 1.00"


def test_corrections_come_before_likeness() -> None:
    same = [report(i, "PAK", "IND", SHELLED) for i in range(3)]
    assert link(*same, apart=[([2], [0, 1])]).groups == [[0, 1], [2]]
    other = [report(0, "PAK", "IND", SHELLED), report(1, "USA", "CUB", "cut aid", type="SANCTION")]
    linked = link(*other, together=[[0, 1]])
    assert linked.groups == [[0, 1]]
    assert linked.links[1].reason == "put together by a correction"


@pytest.mark.parametrize(
    ("first", "second", "acting", "alike"),
    [
        ("PAK", "PAK", True, True),
        ("PAK", "PAK:MIL troops", True, True),
        ("PAK:MIL troops", "PAK:GOV ministry", True, True),
        ("PAK", "PAK:CVL villagers", True, False),
        ("PAK", "PAK:CVL villagers", False, True),
        ("PAK:GOV Ali Khan", "PAK:GOV Omar Shah", True, False),
        (":REB rebels", ":REB rebels", True, True),
        (":REB rebels", "IND", True, False),
        ("PAK", "IND", False, False),
    ],
)
def test_tells_parties_apart(first: str, second: str, acting: bool, alike: bool) -> None:
    value = likeness(party(first), party(second), acting)
    least = settings().parties.enough if acting else settings().parties.enough_affected
    assert (value >= least) is alike
    assert value == likeness(party(second), party(first), acting)


@pytest.mark.parametrize(
    ("sentence", "tolls"),
    [
        ("Twelve people were killed.", {"killed": (12, 12)}),
        ("A bomb killed 1,200 people and wounded 3,000.", {"killed": (1200, 1200), "wounded": (3000, 3000)}),
        ("At least 20 were killed and five wounded.", {"killed": (20, float("inf")), "wounded": (5, 5)}),
        ("Police arrested more than 300 protesters.", {"arrested": (300, float("inf"))}),
        ("Dozens died.", {"killed": (24, 1000)}),
        ("Up to ten were hurt.", {"wounded": (0, 10)}),
        ("About 100 were detained.", {"arrested": (80, 120)}),
        ("He was killed in 1994.", {}),
        ("The talks lasted four hours.", {}),
    ],
)
def test_reads_tolls(sentence: str, tolls: dict[str, tuple[float, float]]) -> None:
    assert {t.kind: (t.least, t.most) for t in tolls_of(sentence)} == tolls


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("shelled", "shelling"),
        ("met", "meeting"),
        ("two", "2"),
        ("stopped", "stop"),
        ("pact", "treaties"),
        ("freed", "released"),
        ("Vessels", "ships"),
    ],
)
def test_forms_of_a_word_and_words_like_it_share_a_stem(word: str, same: str) -> None:
    assert stem(word) == stem(same) is not None


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 3)), max_size=14), st.randoms()
)
def test_every_report_is_in_one_happening_and_order_within_a_day_is_no_matter(
    drawn: list[tuple[int, int, int]], draw: random.Random
) -> None:
    states = ("PAK", "IND", "CHN", "NPL")
    words = (SHELLED, "posts near Uri", "rockets on a village", "met in Geneva")
    reports = [
        report(i, states[a], states[(a + 1) % 4], words[w], day=MONDAY + d, published=MONDAY + d)
        for i, (a, d, w) in enumerate(drawn)
    ]
    linked = link(*reports)
    assert sorted(i for group in linked.groups for i in group) == list(range(len(reports)))
    assert linked == link(*reports)
    for group in linked.groups:
        # Every day is stated: no happening spans two.
        assert len({reports[i].window for i in group}) == 1


@pytest.mark.parametrize("count", [500, 2000])
def test_work_grows_with_the_number_of_reports_and_not_its_square(count: int) -> None:
    # The worst case: all of one type, one pair of parties and one week.
    draw = random.Random(1)
    reports = [
        report(i, "USA", "RUS", f"word{draw.randrange(90)} word{draw.randrange(90)}", day=MONDAY + i % 7)
        for i in range(count)
    ]
    pairs = list(blocking.candidates(reports))
    # Three blocks (either party, and both), five orders each.
    assert len(pairs) <= count * 5 * 3 * settings().blocks.neighbours
    assert len(set(pairs)) > count


# ------------------------------------------------------------------ in a corpus


@functools.cache
def documents(half: str = "development") -> tuple[Document, ...]:
    return tuple(support.coder().code(article) for article in benchmark.articles(half))


def tables(corpus: Corpus) -> list[list[tuple[Any, ...]]]:
    return [
        corpus.query(f"SELECT * FROM {table} ORDER BY ALL").rows
        for table in ("happenings", "reports", "disputes")
    ]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path / "news.dragoman", create=True)
    made.add(documents())
    return made


def test_the_order_of_adding_does_not_matter(corpus: Corpus, tmp_path: Path) -> None:
    mixed = list(documents())
    random.Random(3).shuffle(mixed)
    with Corpus(tmp_path / "other.dragoman", create=True) as other:
        for at in range(0, len(mixed), 20):
            other.add(mixed[at : at + 20])
        assert tables(other) == tables(corpus)
    assert all(len(table) > 0 for table in tables(corpus))


def test_every_coding_is_a_report_of_one_happening(corpus: Corpus) -> None:
    without = "FROM events LEFT JOIN reports USING (run, article, event) WHERE (happening IS NULL) <> "
    assert corpus.query(f"SELECT event {without} (duplicate_of IS NOT NULL)").rows == []
    counts = "SELECT happening, reports FROM happenings EXCEPT SELECT happening, count(*) FROM reports GROUP BY ALL"
    assert corpus.query(counts).rows == []


def happening_of(corpus: Corpus, article: str, type_: str) -> str:
    found = corpus.query(
        "SELECT happening FROM reports_now JOIN events_now USING (run, article, event) "
        "WHERE article = ? AND type = ? ORDER BY start",
        [article, type_],
    ).rows
    return str(found[0][0])


def relink(corpus: Corpus) -> None:
    run = corpus.latest_run()
    assert run is not None
    happenings.link(corpus.connection, run)


def test_a_planned_meeting_and_the_meeting_are_stages_of_one_happening(corpus: Corpus) -> None:
    held = happening_of(corpus, "geneva-held", "CONSULT")
    assert happening_of(corpus, "geneva-announced", "AGREE") == held
    stages = corpus.query(
        "SELECT status, first, reports FROM happening_stages WHERE happening = ? ORDER BY first", [held]
    ).rows
    assert stages == [("planned", datetime.date(2011, 3, 2), 1), ("occurred", datetime.date(2011, 3, 10), 2)]
    assert corpus.query("SELECT status, place FROM happenings WHERE happening = ?", [held]).rows == [
        ("occurred", "Geneva")
    ]


def test_wire_copies_count_as_one_source(corpus: Corpus) -> None:
    name = happening_of(corpus, "geneva-held", "CONSULT")
    ask = "SELECT reports, sources FROM happenings WHERE happening = ?"
    assert corpus.query(ask, [name]).rows == [(3, 3)]
    corpus.connection.execute(
        "UPDATE articles SET wire = 'one' WHERE article IN ('geneva-held', 'geneva-second-outlet')"
    )
    relink(corpus)
    assert corpus.query(ask, [name]).rows == [(3, 2)]


def test_merges_and_splits_by_people_are_kept_and_can_be_undone(corpus: Corpus) -> None:
    before = tables(corpus)
    march, june = (happening_of(corpus, a, "CONSULT") for a in ("geneva-held", "geneva-june"))
    merged = corrections.merge_happenings(corpus.connection, june, march)
    relink(corpus)
    assert happening_of(corpus, "geneva-june", "CONSULT") == happening_of(corpus, "geneva-held", "CONSULT")
    corrections.undo(corpus.connection, merged.correction)
    assert tables(corpus) == before
    relink(corpus)
    assert tables(corpus) == before
    (anchor,) = corpus.query(
        "SELECT anchor FROM events JOIN reports USING (run, article, event) WHERE article = ? AND happening = ?",
        ["geneva-second-outlet", march],
    ).rows[0]
    corrections.split_happening(corpus.connection, march, [anchor])
    relink(corpus)
    assert happening_of(corpus, "geneva-second-outlet", "CONSULT") != happening_of(
        corpus, "geneva-held", "CONSULT"
    )


# ------------------------------------------------------------------ quality


@pytest.mark.parametrize("half", benchmark.HALVES)
def test_the_gold_mapping_fits_its_articles(half: str) -> None:
    texts = {article.id: article.text for article in benchmark.articles(half)}
    assert all(60 <= len(text.split()) <= 200 for text in texts.values())
    for line in benchmark.gold(half):
        assert texts[line.article].count(line.words) == 1, line


@pytest.mark.parametrize(
    ("half", "precision", "recall", "pairs"), [("development", 0.98, 0.89, 0.97), ("test", 0.97, 0.85, 0.90)]
)
def test_linking_keeps_its_precision_and_recall(
    half: str, precision: float, recall: float, pairs: float, tmp_path: Path
) -> None:
    result = benchmark.evaluate(half, documents(half), tmp_path)
    assert result.precision >= precision
    assert result.recall >= recall
    assert result.pair_precision >= pairs
