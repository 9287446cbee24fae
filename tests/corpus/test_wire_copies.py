from __future__ import annotations

import random

import msgspec
import pytest

from corpus.test_store import record
from corpus.wire_texts import BOILERPLATE, BRIEF_ONE, BRIEF_TWO, DAILY, DAM, TRIAL, article, sentences
from dragoman import model
from dragoman.corpus import Corpus
from dragoman.corpus.wire_copies import compared, words_of


def words(text):
    return words_of(text, [(0, len(text))])


EDITED_LEAD = "Ardenia stopped building the Kessra dam on Tuesday when cracks were discovered in two pillars."
LOCAL = (
    "In Oldmark, where many of the builders come from, families gathered at the station on Tuesday evening. "
    "The mayor promised that nobody would lose a place in the municipal hostel."
)
FOLLOW_UP = (
    "A commission of Ardenian engineers will need at least eight months to repair the Kessra dam, its chairman Paul "
    "Winter said on Friday, and recommended that the reservoir be emptied first. Winter told reporters that steel of "
    "the wrong grade had been used by a subcontractor. Police searched the offices of the company in Tallow and took "
    "away documents. Belvar's parliament met in special session and voted to ask the International Court of Justice "
    "for an opinion, with only nine members against. Opposition leader Greta Holm called the vote overdue."
)
COPIES = {
    "same words, other headline": DAM,
    "edited lead": " ".join([EDITED_LEAD, *sentences(DAM)[1:]]),
    "cut to half": " ".join(sentences(DAM)[:5]),
    "cut to a third": " ".join(sentences(DAM)[:3]),
    "edited lead and cut": " ".join([EDITED_LEAD, *sentences(DAM)[1:6]]),
    "some sentences left out": " ".join(s for n, s in enumerate(sentences(DAM)) if n not in (2, 6)),
    "with a local end": f"{DAM} {LOCAL}",
    "other quotation marks and spaces": DAM.replace("'", "’").replace(". ", ".\n\n"),
    "a word changed here and there": DAM.replace("halted", "stopped").replace("closely", "carefully"),
}
OTHERS = {
    "another story": TRIAL,
    "follow-up with the old story below": f"{FOLLOW_UP} {' '.join(sentences(DAM)[2:8])}",
    "follow-up with the whole old story below": f"{FOLLOW_UP} {DAM}",
    "follow-up that quotes two sentences": f"{FOLLOW_UP} {' '.join(sentences(DAM)[5:7])}",
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_copies_are_known(text):
    assert compared(words(DAM), words(text)).is_copy
    assert compared(words(text), words(DAM)) == compared(words(DAM), words(text))


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_texts_are_no_copies(text):
    assert not compared(words(DAM), words(text)).is_copy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{BRIEF_ONE} {BOILERPLATE}", f"{BRIEF_TWO} {BOILERPLATE}"),
        (f"{BRIEF_ONE} {BOILERPLATE}", f"{TRIAL} {BOILERPLATE}"),
        (
            DAILY.format(town="Lusk", day="Monday", dead=3, hurt=11, army="Second Brigade", road="Tarn"),
            DAILY.format(town="Omer", day="Tuesday", dead=7, hurt=20, army="Second Brigade", road="Havel"),
        ),
    ],
    ids=[
        "boilerplate below briefs",
        "boilerplate below a brief and a story",
        "two days of shelling off one pattern",
    ],
)
def test_shared_words_do_not_make_copies_of_different_stories(one, other):
    assert not compared(words(one), words(other)).is_copy


STORIES = [
    article("agency", DAM, "2020-05-04"),
    *(article(f"copy-{n}", text, f"2020-05-{5 + n:02}") for n, text in enumerate(COPIES.values())),
    *(article(f"other-{n}", text, "2020-05-06") for n, text in enumerate(OTHERS.values())),
    article("undated", DAM, None),
    article("a-year-later", DAM, "2021-05-04"),
    article("trial-paper", TRIAL, "2020-05-06", title="Nine years for Bruck"),
    article("brief-1", f"{BRIEF_ONE} {BOILERPLATE}"),
    article("brief-2", f"{BRIEF_TWO} {BOILERPLATE}"),
    article("short", "Talks failed."),
    article("short-too", "Talks failed."),
]
GROUPS = "SELECT article, copy_of, similarity, wire FROM articles ORDER BY article"


def grouped(path, *batches):
    with Corpus(path, create=True) as corpus:
        for batch in batches:
            corpus.add(batch)
        return corpus.query(GROUPS).rows


@pytest.fixture(scope="module")
def at_once(tmp_path_factory):
    return grouped(tmp_path_factory.mktemp("wire") / "c", STORIES)


def test_groups_have_the_earliest_article_as_original(at_once):
    rows = {name: rest for name, *rest in at_once}
    assert rows["agency"] == [None, None, "agency"]
    for number in range(len(COPIES)):
        copy_of, similarity, wire = rows[f"copy-{number}"]
        assert (copy_of, wire) == ("agency", "agency")
        assert 0.5 <= similarity <= 1
    assert rows["copy-0"][1] == 1
    # The follow-ups are copies of each other, but not of the story that they follow.
    assert {rows[f"other-{number}"][2] for number in range(1, len(OTHERS))} == {"other-2"}
    assert rows["trial-paper"][2] == rows["other-0"][2] == "other-0"
    for name in ("brief-1", "brief-2", "short", "short-too"):
        assert rows[name] == [None, None, None]


def test_a_text_printed_again_much_later_is_connected_only_by_one_of_no_date(tmp_path):
    old, new = article("old", DAM, "2020-05-04"), article("new", DAM, "2021-05-04")
    rows = grouped(tmp_path / "c", [old, new])
    assert [row[3] for row in rows] == [None, None]
    rows = grouped(tmp_path / "d", [old, new], [article("some-day", DAM, None)])
    assert [row[3] for row in rows] == ["old", "old", "old"]


@pytest.mark.parametrize("seed", range(4))
def test_groups_do_not_depend_on_order_and_number_of_additions(tmp_path, at_once, seed):
    mixed = random.Random(seed)
    stories = list(STORIES)
    mixed.shuffle(stories)
    cut = sorted(mixed.sample(range(1, len(stories)), 3))
    batches = [stories[a:b] for a, b in zip([0, *cut], [*cut, len(stories)], strict=True)]
    assert grouped(tmp_path / "c", *batches) == at_once


def test_sources_are_counted_anew_in_runs_that_an_addition_does_not_touch(tmp_path):
    text = f"Mali attacked Togo. {DAM}"
    with Corpus(tmp_path / "c", create=True) as corpus:
        first, second = (record(name, text, source=name) for name in ("agency", "paper"))
        second = msgspec.structs.replace(second, coder=model.CoderInfo("1", "fake", {}))
        corpus.add([first, record("other", "Chad met Niger.")])
        corpus.connection.execute("UPDATE happenings SET sources = 7 WHERE run = 1")
        corpus.add([second])
        assert corpus.query("SELECT DISTINCT sources FROM happenings WHERE run = 1").rows == [(1,)]


def test_nothing_is_deleted(tmp_path):
    with Corpus(tmp_path / "c", create=True) as corpus:
        corpus.add(STORIES)
        texts = dict(corpus.query("SELECT article, text FROM articles").rows)
    assert texts == {story.id: story.text for story in STORIES}
