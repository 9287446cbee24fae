"""What holds of the processes of any article, however its sentences are put together."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Commitment, ParticipantRole
from dragoman.processes.lexicon import lexicon
from support import draft_of, table

SENTENCES = [row["text"] for row in table("processes")]
FIELDS = set(lexicon().unknowing.fields)
articles = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("\n\n".join)


@settings(max_examples=25, deadline=None)
@given(articles)
def test_spans_lie_in_the_text_and_values_are_known(text: str) -> None:
    draft = draft_of(text, "2024-03-04")
    statuses = {*lexicon().ladder, *lexicon().ends}
    for process in draft.processes:
        assert process.status in statuses
        assert process.kind in lexicon().kinds
        assert process.name.strip()
        assert process.evidence == sorted(process.evidence)
        spans = [*process.evidence, *(s for p in process.participants for s in p.evidence)]
        claims = [*process.unknowns, *process.timings, *process.topics, process.purpose, process.outcome]
        spans.extend((c.start, c.end) for c in claims if c is not None)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(text[start:end].strip() == text[start:end] for start, end in spans)
        assert {u.field for u in process.unknowns} <= FIELDS
        entities = [id(p.entity) for p in process.participants]
        assert len(set(entities)) == len(entities), "a party is put down twice"
        for party in process.participants:
            assert party.role in get_args(ParticipantRole)
            assert party.commitment in get_args(Commitment)
            assert party.evidence


@settings(max_examples=10, deadline=None)
@given(articles)
def test_the_same_text_gives_the_same_processes(text: str) -> None:
    def told() -> list[object]:
        return [
            (p.kind, p.name, p.status, p.evidence, p.time, [(q.entity.name, q.role) for q in p.participants])
            for p in draft_of(text, "2024-03-04").processes
        ]

    assert told() == told()


def test_nobody_has_agreed_without_words_that_say_so() -> None:
    for text in (
        "Kenya proposed a summit with Somalia and Ethiopia.",
        "Kenya invited Somalia and Ethiopia to a summit in Nairobi.",
        "A summit would bring together Kenya, Somalia and Ethiopia, Uganda said.",
        "Kenya has not decided whether to attend the summit with Somalia.",
        "Uganda wants Kenya to attend the summit with Somalia.",
    ):
        draft = draft_of(text, "2024-03-04", parse_all=True)
        assert draft.processes
        assert all(p.commitment != "agreed" for q in draft.processes for p in q.participants), text


def test_caption_and_agency_tag_give_no_process() -> None:
    text = "File photo of Chile's and Peru's presidents at a summit in Lima\nChile raised its tariff.\n"
    draft = draft_of(text, "2024-03-04")
    captions = [s for s in draft.segments if s.kind == "caption"]
    assert all(not (c.start <= s < c.end) for c in captions for p in draft.processes for s, _ in p.evidence)
