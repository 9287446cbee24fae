"""To which time expression what a word names belongs.

An event takes the expression that its own verb, its object or its clause bears, never the day of the
report: in "said Monday that they had met" the day only bounds the meeting. Where no expression stands, the
publication date bounds it.
"""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.context.attachment import after_report, anchoring_words, family, head_in, link_of
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.draft import Draft, Sentence
    from dragoman.syntax import Token

AHEAD = frozenset({"planned", "proposed", "possible", "conditional", "hypothetical"})
# Between the first and the last day of what goes on for several.
_TO = frozenset({"to", "until", "till", "through", "-", "–", "—"})
_NO_DAY = frozenset({"SET"})
_VERBAL = ("VERB", "AUX")


class Anchor:
    """A time expression of a sentence with the word it belongs to.

    `span` are the bounds of "from 28 March to 31 March", for the first and for the second expression.
    """

    __slots__ = ("governor", "index", "preposition", "span", "timex", "token")

    def __init__(
        self, index: int, timex: model.Timex, token: Token, governor: Token, preposition: str
    ) -> None:
        self.index, self.timex, self.token = index, timex, token
        self.governor, self.preposition = governor, preposition
        self.span: tuple[str, str] | None = None


def anchors_of(sentence: Sentence, draft: Draft) -> list[Anchor]:
    """Return the dated expressions of a parsed sentence, each with the word it modifies."""
    if sentence.parse is None:
        return []
    found = []
    first = bisect.bisect_left([t.start for t in draft.times], sentence.start)
    for index in range(first, len(draft.times)):
        timex = draft.times[index]
        if timex.start >= sentence.end:
            break
        if timex.type in _NO_DAY or (timex.type == "DURATION" and not (timex.earliest or timex.latest)):
            continue
        head = head_in(sentence, timex.start, timex.end)
        if head is None:
            continue
        governor, preposition = link_of(head)
        reporter = after_report(sentence, timex.start) if timex.type in ("DATE", "TIME") else None
        if reporter is not None:
            governor, preposition = reporter, ""
        found.append(Anchor(index, timex, head, governor, preposition))
    for first_of, last_of in itertools.pairwise(found):
        if first_of.governor.lemma_.lower() in anchoring_words()["setting"]:
            continue  # "moved the vote from March 28 to March 31"
        span = span_of(first_of.timex, last_of.timex, draft.text)
        if span is not None:
            first_of.span = last_of.span = span
    return found


def span_of(first: model.Timex, last: model.Timex, text: str) -> tuple[str, str] | None:
    """Return the bounds of two expressions that stand as "from ... to ...", "between ... and ..."."""
    between = text[first.end : last.start].strip().lower()
    before = text[max(0, first.start - 12) : first.start].lower().split()
    joined = between in _TO or (between == "and" and before[-1:] == ["between"])
    if not joined or {first.type, last.type} - {"DATE", "TIME"}:
        return None
    ordered = first.earliest and last.latest and first.earliest < last.latest
    return (first.earliest, last.latest) if ordered and first.earliest and last.latest else None


def time_of(
    sentence: Sentence, token: Token, draft: Draft, status: model.Status = "occurred"
) -> model.EventTime | None:
    """Return when what a word of a sentence names takes place, by the expression that belongs to it, or None.

    Works for verbs ("met on Friday") and nouns ("Friday's summit"). `status` tells on which side of the
    publication date open bounds lie.
    """
    found = own_time(sentence, token, draft, status)
    if found:
        return found[0]
    below = _phrases_below(token)
    for anchor in anchors_of(sentence, draft):
        if anchor.governor.i in below and _agrees(anchor, status, draft.article.date):
            return event_time(anchor, status, draft.article.date)
    return None


def own_time(
    sentence: Sentence, token: Token, draft: Draft, status: model.Status = "occurred"
) -> tuple[model.EventTime, Anchor, str] | None:
    """Like `time_of`, with the expression and the rule that found it."""
    anchors = anchors_of(sentence, draft)
    if not anchors:
        return None
    for anchor, rule in _candidates(token, anchors):
        if not _agrees(anchor, status, draft.article.date):
            continue
        made = event_time(anchor, status, draft.article.date)
        if made is not None:
            return made, anchor, rule
    for anchor in anchors:
        if _is_of_proposal(token, anchor, draft.article.date):
            made = event_time(anchor, status, draft.article.date)
            return None if made is None else (made, anchor, "proposal")
    return None


def _is_of_proposal(token: Token, anchor: Anchor, today: str | None) -> bool:
    """Tell whether a day gone by beside what is proposed is the day of the proposal."""
    latest = anchor.timex.latest
    return (
        token.lemma_.lower() in anchoring_words()["proposing"]
        and any(o.i == anchor.governor.i for o in arguments.logical_objects(token))
        and today is not None
        and latest is not None
        and latest < today[:10]
    )


def _agrees(anchor: Anchor, status: model.Status, today: str | None) -> bool:
    """Tell whether what has happened is not put into the future: then the words belong to something else."""
    earliest = anchor.timex.earliest
    past = status in ("occurred", "ongoing", "denied")
    if anchor.preposition in anchoring_words()["before"]:
        return True
    return not (past and anchor.timex.value == "FUTURE_REF") and not (
        past and today is not None and earliest is not None and earliest > today[:10]
    )


def _candidates(token: Token, anchors: list[Anchor]) -> Iterator[tuple[Anchor, str]]:
    for word, rule in family(token):
        # A definite day says more than "recently" beside it.
        for anchor in sorted(
            anchors, key=lambda a: (a.timex.value.endswith("_REF"), a.timex.type == "DURATION", a.index)
        ):
            if anchor.governor.i == word.i and anchor.token.i != token.i:
                yield anchor, rule
    yield from _before_verb(token, anchors)
    yield from _shared(token, anchors)
    yield from _occasion(token, anchors)
    yield from _medium(token, anchors)


def _before_verb(token: Token, anchors: list[Anchor]) -> Iterator[tuple[Anchor, str]]:
    """A day right before a verb, at the end of its subject, is the verb's ("A court on Friday ruled")."""
    if token.pos_ not in _VERBAL:
        return
    subjects = grammar.children(token, "nsubj", "nsubjpass")
    group = [t.i for t in grammar.children(token, "aux", "auxpass", "neg") if t.i < token.i]
    begins = min([token.i, *group])
    for subject in subjects:
        for anchor in anchors:
            within = subject.left_edge.i <= anchor.token.i <= subject.right_edge.i
            if within and subject.right_edge.i == anchor.token.right_edge.i == begins - 1:
                yield anchor, "before the verb"


def _shared(token: Token, anchors: list[Anchor]) -> Iterator[tuple[Anchor, str]]:
    """A day at the head of the sentence serves the coordinated verbs too; that of a noun its relative
    clause."""
    verb = token if token.pos_ in _VERBAL else grammar.clause_of(token)
    first = grammar.first_conjunct(verb)
    if first.i != verb.i and token.pos_ in _VERBAL and first.pos_ in _VERBAL:
        for anchor in anchors:
            if anchor.governor.i == first.i and anchor.token.i < first.i:
                yield anchor, "coordination"
    if verb.dep_ == "relcl" and token.i == verb.i:
        when = [t for t in verb.subtree if t.tag_ in grammar.RELATIVES and t.i <= verb.i]
        if any(
            t.lower_ == "when"
            or (t.lower_ == "which" and t.dep_ == "pobj" and t.head.lower_ in ("in", "at", "during", "on"))
            for t in when
        ):
            for anchor in anchors:
                if anchor.governor.i == verb.head.i:
                    yield anchor, "relative clause"


def _occasion(token: Token, anchors: list[Anchor]) -> Iterator[tuple[Anchor, str]]:
    """What happens "at the May 3 summit" or "in the 2016 elections" happens then."""
    occasions = anchoring_words()["occasions"] - {"before", "after"}
    for preposition in grammar.children(token, "prep"):
        if preposition.lower_ not in occasions or preposition.lower_ == "for":
            continue
        for noun in grammar.children(preposition, "pobj"):
            for anchor in anchors:
                if anchor.governor.i == noun.i:
                    yield anchor, "occasion"


def _medium(token: Token, anchors: list[Anchor]) -> Iterator[tuple[Anchor, str]]:
    """The day of the letter or speech in which something is said is the day of the saying."""
    media, reporting = anchoring_words()["media"], anchoring_words()["reporting"]
    told = token.dep_ == "ccomp" and token.head.lemma_.lower() in reporting
    if token.pos_ not in _VERBAL or told:
        return
    for noun in _nouns_in(token, 0):
        if noun.lemma_.lower() not in media:
            continue
        words = {noun.i, *(c.i for c in noun.children if c.dep_ in ("relcl", "acl"))}
        for anchor in anchors:
            if anchor.governor.i in words:
                yield anchor, "medium"


def _nouns_in(token: Token, depth: int) -> Iterator[Token]:
    """Nouns after "in" under a verb, or under the "saying ..." that goes with it, whatever the parser
    hung them on."""
    reporting = anchoring_words()["reporting"]
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "during", "at"):
            yield from grammar.children(child, "pobj")
        elif depth == 0 and child.dep_ == "dobj":
            for preposition in grammar.children(child, "prep"):
                if preposition.lower_ == "in":
                    yield from grammar.children(preposition, "pobj")
        elif (
            depth < 3
            and child.i > token.i
            and (
                (
                    child.dep_ in ("advcl", "xcomp")
                    and child.tag_ == "VBG"
                    and child.lemma_.lower() in reporting
                )
                or (depth > 0 and child.dep_ in ("ccomp", "dobj", "pobj"))
            )
        ):
            yield from _nouns_in(child, depth + 1)


def _phrases_below(token: Token) -> set[int]:
    """Nouns in the phrases of a word ("ran for office", "a summit at the start"), which may bear
    its date."""
    found: set[int] = set()
    nodes = [token]
    while nodes:
        for preposition in grammar.children(nodes.pop(), "prep"):
            if preposition.lower_ in ("for", "in", "at", "during", "on"):
                nouns = [n for n in grammar.children(preposition, "pobj") if n.i not in found]
                found.update(n.i for n in nouns)
                nodes += nouns
    return found


def event_time(anchor: Anchor, status: model.Status, today: str | None) -> model.EventTime | None:
    """Return the time that an expression gives to what it modifies, with its preposition and status
    minded."""
    if anchor.span is not None:
        return _clipped(None, *anchor.span, anchor.index, status, today)
    timex, words = anchor.timex, anchoring_words()
    earliest, latest, value = timex.earliest, timex.latest, timex.value
    ahead = status in AHEAD
    if timex.type == "DURATION" or value.endswith("_REF"):
        value_or_none: str | None = None if timex.type == "DURATION" else value
        return _clipped(value_or_none, earliest, latest, anchor.index, status, today)
    if anchor.preposition in words["before"]:
        return _ordered(None, today if ahead else None, latest, anchor.index)
    if anchor.preposition in words["after"]:
        return _ordered(None, earliest, None if ahead else today, anchor.index)
    return _clipped(value, earliest, latest, anchor.index, status, today)


def _clipped(
    value: str | None,
    earliest: str | None,
    latest: str | None,
    index: int,
    status: model.Status,
    today: str | None,
) -> model.EventTime:
    """Cut bounds that run over the publication date at it: what has happened did so by then."""
    if today is not None:
        day = today[:10]
        if status == "occurred" and earliest and latest and earliest <= day < latest:
            latest = day
        elif status in ("planned", "proposed") and earliest and latest and earliest < day <= latest:
            earliest = day
    return _ordered(value, earliest, latest, index)


def _ordered(value: str | None, earliest: str | None, latest: str | None, index: int) -> model.EventTime:
    if earliest and latest and earliest > latest:
        earliest = None
    return model.EventTime(value, earliest, latest, index)
