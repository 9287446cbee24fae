"""The time layer of an article, and when each event took or takes place."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.context import values
from dragoman.context.anchoring import AHEAD, Anchor, anchors_of, event_time, own_time
from dragoman.context.attachment import after_report, anchoring_words, head_in, link_of
from dragoman.context.retelling import settle
from dragoman.context.times import find_times
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.context.direction import Direction
    from dragoman.draft import Draft, DraftEvent
    from dragoman.syntax import Token

_VERBAL = ("VERB", "AUX")
# Rules by which the expression stands with the words that say what was done.
_STATED = frozenset({"own", "object", "verb", "particle", "before the verb"})


class TimeStep:
    """Fills `times` from body and headline and says of every event when it took or takes place."""

    needs = ("sentences", "events")
    gives = ("times",)

    def __call__(self, draft: Draft) -> None:
        """Find the time expressions, then anchor the events."""
        spans = [(s.start, s.end) for s in draft.segments if s.kind in ("body", "headline")]
        if not draft.segments:
            spans = [(0, len(draft.text))]
        draft.times = find_times(draft.text, draft.article.date, spans, _ParsedDirection(draft))
        for event in draft.events:
            event.time, event.reasons["time"] = self._time(event, draft)
        settle(draft.events)

    def _time(self, event: DraftEvent, draft: Draft) -> tuple[model.EventTime | None, model.Reason]:
        found = own_time(event.sentence, event.token, draft, event.status) or _medium_time(event, draft)
        if found is not None:
            time, anchor, rule = found
            basis: model.Basis = (
                "stated" if rule in ("own", "object", "verb", "particle", "before the verb") else "inferred"
            )
            return time, model.Reason(
                basis, f"time: {rule}", (model.Span(anchor.timex.start, anchor.timex.end),)
            )
        bound = _report_time(event, draft)
        if bound is not None:
            timex = draft.times[bound.from_] if isinstance(bound.from_, int) else None
            evidence = (model.Span(timex.start, timex.end),) if timex else ()
            return bound, model.Reason("inferred", "time: bounded by the report's day", evidence)
        today = draft.article.date[:10] if draft.article.date else None
        if today is None or values.parse_day(today) is None:
            return None, model.Reason("absent", "time: no expression and no publication date")
        ahead = event.status in AHEAD
        time_ = model.EventTime(None, today if ahead else None, None if ahead else today, "publication")
        return time_, model.Reason("metadata", "time: bounded by the publication date")


def _medium_time(event: DraftEvent, draft: Draft) -> tuple[model.EventTime, Anchor, str] | None:
    """The date on the text in which the event was said, where the event layer marked that text."""
    if event.medium is None or event.sentence.parse is None:
        return None
    head = head_in(event.sentence, *event.medium)
    if head is None:
        return None
    words = {head.i, *(c.i for c in head.children if c.dep_ in ("relcl", "acl"))}
    for anchor in anchors_of(event.sentence, draft):
        inside = event.medium[0] <= anchor.timex.start and anchor.timex.end <= event.medium[1]
        if anchor.governor.i in words or inside:
            made = event_time(anchor, event.status, draft.article.date)
            if made is not None:
                return made, anchor, "medium"
    return None


def _report_time(event: DraftEvent, draft: Draft) -> model.EventTime | None:
    """The day on which somebody said so bounds what was said: done by then, or still ahead then."""
    anchors = anchors_of(event.sentence, draft)
    for governor, link in grammar.governors(event.token):
        if link.dep_ not in (
            "ccomp",
            "parataxis",
            "advcl",
            "conj",
            "relcl",
            "xcomp",
            "dobj",
            "pobj",
            "prep",
            "acl",
            "pcomp",
            "dep",
            "nsubj",
            "nsubjpass",
        ):
            break
        if governor.lemma_.lower() in anchoring_words()["reporting"] and governor.pos_ in _VERBAL:
            made = _bounded_by(governor, anchors, event)
            if made is not None:
                return made
    said = event.attribution
    cue = said.cue_token if said is not None else None
    if said is not None and cue is not None and cue.doc is said.sentence.parse:
        return _bounded_by(cue, anchors_of(said.sentence, draft), event)
    return None


def _bounded_by(verb: Token, anchors: list[Anchor], event: DraftEvent) -> model.EventTime | None:
    if event.token.doc is verb.doc and event.token.i == verb.i:
        return None
    for anchor in anchors:
        timex = anchor.timex
        if (
            anchor.governor.i == verb.i
            and timex.type in ("DATE", "TIME")
            and not timex.value.endswith("_REF")
        ):
            if event.status in AHEAD:
                return model.EventTime(None, timex.earliest, None, anchor.index) if timex.earliest else None
            return model.EventTime(None, None, timex.latest, anchor.index) if timex.latest else None
    return None


class _ParsedDirection:
    """Says whether an expression lies behind or ahead by the tense of the verb that governs it in the
    parse."""

    def __init__(self, draft: Draft) -> None:
        self._sentences = sorted(draft.sentences, key=lambda s: s.start)
        self._starts = [s.start for s in self._sentences]

    def __call__(self, start: int, end: int) -> Direction | None:
        at = bisect.bisect_right(self._starts, start) - 1
        if at < 0 or self._sentences[at].parse is None or self._sentences[at].end < end:
            return None
        sentence = self._sentences[at]
        reporter = after_report(sentence, start)
        head = head_in(sentence, start, end)
        if head is None:
            return None
        governor, preposition = (reporter, "") if reporter is not None else link_of(head)
        if governor.pos_ in _VERBAL:
            # "was put off until June", "scheduled the vote for December": however long ago that was done.
            moved = governor.lemma_.lower() in anchoring_words()["setting"]
            if moved and preposition in ("until", "till", "for", "to"):
                return "future"
            return _tense_direction(governor)
        # "will hold a vote in November": the clause tells; "will discuss Friday's attack" it does not.
        if preposition and _tense_direction(grammar.clause_of(governor)) == "future":
            return "future"
        return None


def _tense_direction(verb: Token) -> Direction | None:
    form = grammar.verb_form(verb)
    if (
        form.modal in ("will", "shall", "would", "may", "might", "could", "should", "must", "can")
        and not form.perfect
    ):
        return "future"
    if form.infinitive and not form.perfect:
        return "future"
    if (
        verb.lemma_.lower() in ("schedule", "slate", "due", "expect", "plan", "set")
        and form.modal is None
        and grammar.is_passive(verb)
    ):
        return "future"
    if form.tense == "past" or form.perfect:
        return "past"
    if form.progressive and form.tense == "present":
        return "future"
    if form.tense == "present" and any(
        c.lower_ in ("before", "until", "once") for c in grammar.children(verb, "mark")
    ):
        return "future"
    return None
