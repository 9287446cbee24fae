"""What talks were about: topics of an event, also those told in later sentences, and who raised them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.draft import DraftTopic
from dragoman.events.merging import compatible
from dragoman.language import edges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.draft import DraftEvent, DraftMention, Sentence
    from dragoman.syntax import Token

# Parts of a clause that tell when, where or with whom, not what was talked about.
_NOT_TOPIC = frozenset({"npadvmod", "punct", "cc"})


def topic_span(sentence: Sentence, token: Token) -> tuple[int, int]:
    """Return the span of a topic: the phrase that a token heads, coordinated ones left to themselves."""
    first, last = edges.subtree_edges(
        token, drop=lambda t: t.dep_ in ("conj", "cc", "preconj") and t.head.i == token.i
    )
    while first.i < last.i and (first.is_punct or first.dep_ == "det"):
        first = first.nbor(1)
    while last.i > first.i and last.is_punct:
        last = last.nbor(-1)
    return sentence.start_of(first), sentence.end_of(last)


def topics_of(
    sentence: Sentence, tokens: Sequence[Token], parties: Sequence[DraftMention]
) -> list[DraftTopic]:
    """Return the topics that tokens head, without those that are the parties themselves."""
    found: list[DraftTopic] = []
    for token in tokens:
        start, end = topic_span(sentence, token)
        if any(m.start <= sentence.start_of(token) < m.end for m in parties):
            continue
        if all((t.start, t.end) != (start, end) for t in found):
            found.append(DraftTopic(start, end))
    return found


def attach(
    topics: Sequence[DraftTopic],
    raisers: Sequence[DraftMention],
    sentence: Sentence,
    events: Sequence[DraftEvent],
) -> DraftEvent | None:
    """Attach topics to the talks they belong to, and return these.

    Talks of the same sentence come first, then the latest before it with a party compatible with those
    who raised the topic. Talks of a kind that has topics are those whose type is reciprocal.
    """
    candidates = [
        e
        for e in events
        if e.reciprocal
        and e.sentence.index <= sentence.index
        and (
            not raisers
            or any(compatible(m.entity, p.entity) for m in raisers for p in (*e.actors, *e.recipients))
        )
    ]
    if not candidates:
        return None
    same = [e for e in candidates if e.sentence is sentence]
    home = same[-1] if same else candidates[-1]
    raised_by = [m.entity for m in raisers]
    parties = {id(p.entity) for p in home.actors}
    one_sided = raised_by and not parties.issubset({id(e) for e in raised_by})
    for topic in topics:
        if one_sided:
            topic.raised_by = raised_by
        if all((topic.start, topic.end) != (t.start, t.end) for t in home.topics):
            home.topics.append(topic)
    home.topics.sort(key=lambda t: (t.start, t.end))
    return home
