"""Who says what: the table of texts, the examples of the lexicon, and what always holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.claims.asking import ALL_LEVELS, ClaimsAnswerer, Parses
from dragoman.claims.attribution import attributions_of
from dragoman.claims.chains import nest
from dragoman.claims.lexicon import raw_lexicon, trigger_forms
from dragoman.draft import DraftAttribution
from dragoman.errors import ArticleError
from support import table

if TYPE_CHECKING:
    from dragoman.draft import Draft

PARSES = Parses()
ROWS = table("attribution")


def claims(text: str, levels: frozenset[str] = frozenset({"claim"})) -> tuple[Draft, list[DraftAttribution]]:
    draft = PARSES.draft(text, None)
    return draft, attributions_of(draft, levels)


def words(draft: Draft, span: tuple[int, int] | None) -> str | None:
    return None if span is None else draft.text[slice(*span)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["does"])
def test_attributions_of_a_text(row: dict[str, Any]) -> None:
    draft, found = claims(row["text"], ALL_LEVELS if row.get("levels") == "all" else frozenset({"claim"}))
    told = [{"source": words(draft, a.source), "content": words(draft, a.content)} for a in found]
    wanted = [{"source": w["source"], "content": w["content"]} for w in row["said"]]
    assert told == wanted
    for want, got in zip(row["said"], found, strict=True):
        assert got.stance == want.get("stance", "asserts")
        if "kind" in want:
            assert got.kind == want["kind"]
        if "medium" in want:
            assert words(draft, got.medium) == want["medium"]
        parent = words(draft, got.parent.source) if got.parent is not None else None
        assert parent == want.get("within")


def examples() -> list[Any]:
    data = raw_lexicon()
    found = []
    for part in ("verbs", "nouns", "adjectives", "adverbs", "phrases"):
        found += [pytest.param(e["example"], e.get("stance"), id=f"{part}-{e['id']}") for e in data[part]]
    return found


@pytest.mark.parametrize(("example", "stance"), examples())
def test_example_of_the_attribution_lexicon(example: dict[str, Any], stance: str) -> None:
    draft, found = claims(example["text"], ALL_LEVELS)
    told = [(words(draft, a.source), words(draft, a.content), a.stance) for a in found]
    assert (example["source"], example["content"], stance) in told


@pytest.mark.parametrize("example", raw_lexicon()["media"]["examples"], ids=lambda e: e["medium"])
def test_medium_of_a_claim(example: dict[str, Any]) -> None:
    draft, found = claims(example["text"])
    assert [words(draft, a.medium) for a in found] == [example["medium"]]


def check(draft: Draft, found: list[DraftAttribution]) -> None:
    size = len(draft.text)
    for attribution in found:
        for span in (attribution.content, attribution.cue, attribution.source, attribution.medium):
            if span is not None:
                assert 0 <= span[0] < span[1] <= size
                assert draft.text[span[0]].strip()
                assert draft.text[span[1] - 1].strip()
        cue, content = attribution.cue, attribution.content
        assert cue is None or cue[1] <= content[0] or content[1] <= cue[0]
        seen, node = [attribution], attribution.parent
        while node is not None:
            assert all(node is not other for other in seen)
            seen.append(node)
            node = node.parent


SENTENCES = [row["text"] for row in ROWS]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.sampled_from([" ", "\n\n", "\n"]))
def test_contents_spare_their_cues_and_chains_have_no_loops(texts: list[str], glue: str) -> None:
    draft, found = claims(glue.join(texts), ALL_LEVELS)
    check(draft, found)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab said that \"“”'.,:;\n🙂é", max_size=120))
def test_any_text_can_be_asked(text: str) -> None:
    if text.strip():
        draft, found = claims(text, ALL_LEVELS)
        check(draft, found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.integers(0, 60)), max_size=8))
def test_nesting_never_loops(rows: list[tuple[int, int, int]]) -> None:
    sentence = PARSES.draft("Officials said it.", None).sentences[0]
    found = [
        DraftAttribution(sentence, (s, s + n), "indirect", "asserts", cue=(c, c + 2)) for s, n, c in rows
    ]
    nest(found)
    for attribution in found:
        seen, node = 0, attribution.parent
        while node is not None:
            seen += 1
            assert seen <= len(found)
            node = node.parent


def test_answers_are_contract_records_and_repeat_exactly() -> None:
    row = {"id": "1", "text": "The judge said that police claimed that the gun was lost.", "date": None}
    first, second = ClaimsAnswerer().answer(row), ClaimsAnswerer().answer(row)
    assert first == second
    outer, inner = first["attributions"]
    assert set(outer) >= {"id", "source", "cue", "content", "kind", "stance", "parent"}
    assert inner["parent"] == outer["id"]
    assert outer["source"] == {"start": 0, "end": 9, "entity": None}


@pytest.mark.parametrize("row", [{"id": "7"}, {"id": "7", "text": ""}, {"id": "7", "text": 3}])
def test_a_row_without_text_is_refused_with_advice(row: dict[str, Any]) -> None:
    with pytest.raises(ArticleError) as caught:
        ClaimsAnswerer().answer(row)
    assert caught.value.where == "row '7'"
    assert caught.value.advice


def test_trigger_forms_are_lower_case_words_of_saying() -> None:
    forms = trigger_forms()
    assert {"said", "says", "announced", "denied", "according"} <= forms
    assert all(form == form.lower() for form in forms)


def test_an_utterance_interrupted_by_its_speaker_is_one_answer() -> None:
    text = '"The bridge is old," the mayor said. "We will rebuild it before winter."'
    (answer,) = ClaimsAnswerer().answer({"id": "1", "text": text, "date": None})["attributions"]
    (further,) = answer["continued"]
    assert text[further["start"] : further["end"]] == '"We will rebuild it before winter."'
