"""What always holds of claims and statuses, whatever the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.claims.asking import ALL_LEVELS, ClaimsAnswerer, Parses
from dragoman.claims.attribution import attributions_of
from dragoman.claims.chains import innermost_at
from dragoman.claims.speech import is_speech, quotations, quoted_share
from dragoman.claims.status import status_of
from dragoman.model import Status
from support import table

if TYPE_CHECKING:
    from dragoman.draft import Sentence

PARSES = Parses()
ANSWERER = ClaimsAnswerer()
SAID = [row["text"] for row in table("attribution")]
TOLD = [row["text"].replace("[", "").replace("]", "") for row in table("status")]
GLUE = st.sampled_from([" ", "\n\n", "\n", " — ", ' "', '" ', "''"])
TEXTS = st.builds(
    lambda parts, glue: glue.join(parts), st.lists(st.sampled_from(SAID + TOLD), min_size=1, max_size=4), GLUE
)


def spans(value: Any) -> list[tuple[int, int]]:
    """Return every {start, end} below an answer."""
    found = []
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            found.append((value["start"], value["end"]))
        for item in value.values():
            found += spans(item)
    elif isinstance(value, list):
        for item in value:
            found += spans(item)
    return found


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_offset_of_an_answer_gives_words_of_the_text(text: str) -> None:
    answer = ANSWERER.answer({"id": "1", "text": text, "date": None})
    for start, end in spans(answer):
        assert 0 <= start < end <= len(text)
        words = text[start:end]
        assert words == words.strip()


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_no_content_meets_its_own_cue_source_or_medium(text: str) -> None:
    draft = PARSES.draft(text, None)
    for attribution in attributions_of(draft, ALL_LEVELS):
        start, end = attribution.content
        cue = attribution.cue
        assert cue is None or cue[1] <= start or end <= cue[0]
        sentence = attribution.sentence
        for span in (attribution.source, cue):
            assert span is None or (sentence.start <= span[0] and span[1] <= sentence.end)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_parents_are_known_come_with_a_wider_content_and_never_loop(text: str) -> None:
    found = ANSWERER.answer({"id": "1", "text": text, "date": None})["attributions"]
    by_id = {a["id"]: a for a in found}
    assert len(by_id) == len(found)
    for attribution in found:
        seen = {attribution["id"]}
        above = attribution["parent"]
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = by_id[above]["parent"]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_answers_repeat_exactly(text: str) -> None:
    row = {"id": "1", "text": text, "date": None}
    assert ANSWERER.answer(row) == ClaimsAnswerer(levels=ALL_LEVELS).answer(row)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.integers(0, 400), st.integers(1, 20))
def test_the_innermost_claim_holds_the_words(text: str, start: int, size: int) -> None:
    found = attributions_of(PARSES.draft(text, None), ALL_LEVELS)
    inner = innermost_at(found, start, start + size)
    holders = [a for a in found if a.content[0] <= start and start + size <= a.content[1]]
    assert (inner is None) == (not holders)
    if inner is not None:
        assert all(inner.content[1] - inner.content[0] <= a.content[1] - a.content[0] for a in holders)


WORDS = sorted({word for text in SAID + TOLD for word in text.split()})


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join))
def test_words_in_any_order_are_read_without_a_fault(text: str) -> None:
    draft = PARSES.draft(text, "2019-05-02")
    for attribution in attributions_of(draft, ALL_LEVELS):
        assert attribution.content[0] < attribution.content[1]
    for sentence in draft.sentences:
        for token in sentence.parse or ():
            assert status_of(sentence, token, "2019-05-02").status in get_args(Status)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab cd.,?! '`\"“”„«»\n", max_size=80))
def test_quotations_stand_in_order_and_hold_their_marks(text: str) -> None:
    reach = 0
    found = quotations(text)
    for quote in found:
        assert reach <= quote.start < quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
        reach = quote.end
        is_speech(quote, text)
    assert 0.0 <= quoted_share(0, len(text), found) <= 1.0


@pytest.mark.parametrize("text", TOLD[::3])
def test_every_word_has_a_status(text: str) -> None:
    sentence: Sentence
    for sentence in PARSES.draft(text, "2019-05-02").sentences:
        for token in sentence.parse or ():
            reading = status_of(sentence, token, "2019-05-02")
            assert reading.status in get_args(Status)
            assert 0.0 < reading.confidence <= 1.0
            assert reading.rules
            assert reading == status_of(sentence, token, "2019-05-02")


@pytest.mark.parametrize(
    ("plain", "status"),
    [
        ("rebels fled the town", "occurred"),
        ("rebels will flee the town", "planned"),
        ("rebels have not fled the town", "denied"),
        ("rebels may flee the town", "possible"),
        ("rebels are fleeing the town", "ongoing"),
    ],
)
@pytest.mark.parametrize(
    "frame",
    ["Police said {}.", "Police said that {}.", "According to police, {}.", "{}, police said.", "{}."],
)
def test_who_says_it_does_not_change_whether_it_is_so(plain: str, status: str, frame: str) -> None:
    text = frame.format(plain if not frame.startswith("{") else plain.capitalize())
    (sentence,) = PARSES.draft(text, None).sentences
    verb = next(t for t in sentence.parse or () if t.lower_ in ("fled", "flee", "fleeing"))
    assert status_of(sentence, verb).status == status
