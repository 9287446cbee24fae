"""When a process takes place: every statement of it, and the best one."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.context.anchoring import span_of
from dragoman.draft import DraftTiming
from dragoman.language import grammar
from dragoman.processes.attributing import said_at

if TYPE_CHECKING:
    from dragoman.draft import Draft, Sentence
    from dragoman.processes.governing import Link
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.status import Evidence
    from dragoman.syntax import Token

# What a status of the process says of a date that is stated with it.
STATUS_OF_DATE: dict[str, model.Status] = {
    "held": "occurred",
    "ongoing": "ongoing",
    "scheduled": "planned",
    "agreed": "planned",
    "proposed": "proposed",
    "postponed": "planned",
    "cancelled": "planned",
    "rejected": "proposed",
    "possible": "possible",
}
FIRMNESS = ("possible", "proposed", "planned", "ongoing", "occurred")
BEFORE = frozenset({"before", "ahead", "until", "till", "by", "prior"})
AFTER = frozenset({"after", "since", "from", "following"})
# As exact as two days are: "28 March to 31 March".
_EXACT_SPAN = len("2022-03-28")
REFERENCES = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF"})


def timings_of(
    draft: Draft, evidence: list[Evidence], lexicon: Lexicon, status: str | None = None
) -> list[DraftTiming]:
    """Return the statements about when the process takes place, in text order, each once.

    `status` is that of the process, for the statements whose own governing words give none.
    """
    found: dict[tuple[int, int], DraftTiming] = {}
    attached: dict[int, list[tuple[model.Timex, list[Token]]]] = {}
    for item in evidence:
        mention = item.mention
        sentence = mention.sentence
        if sentence.index not in attached:
            attached[sentence.index] = _times_in(draft, sentence)
        for timex, path in attached[sentence.index]:
            if any(e.mention is mention and _is_of_the_act(draft, e, timex, path) for e in evidence):
                continue
            timing = _timing(draft, item, timex, path, lexicon, status)
            if timing is None:
                continue
            known = found.get((timex.start, timex.end))
            if known is None or FIRMNESS.index(timing.status) > FIRMNESS.index(known.status):
                found[timex.start, timex.end] = timing
    _join_spans(draft, found)
    return [found[span] for span in sorted(found)]


def _join_spans(draft: Draft, found: dict[tuple[int, int], DraftTiming]) -> None:
    """Make one statement of "28 March to 31 March": the process lasts from the one day to the other."""
    for first, last in itertools.pairwise(draft.times):
        at = first.start, first.end
        bounds = span_of(first, last, draft.text) if at in found else None
        if bounds is None:
            continue
        other = found.pop((last.start, last.end), None)
        timing = found.pop(at)
        status = timing.status
        if other is not None and FIRMNESS.index(other.status) < FIRMNESS.index(status):
            status = other.status
        found[first.start, last.end] = DraftTiming(
            timing.start, last.end, None, *bounds, status, timing.attribution
        )


def _times_in(draft: Draft, sentence: Sentence) -> list[tuple[model.Timex, list[Token]]]:
    """Return the dates of a sentence, each with its words from the inside outwards to the root."""
    found = []
    for timex in draft.times:
        if sentence.start <= timex.start < sentence.end and timex.type not in ("DURATION", "SET"):
            tokens = sentence.tokens_in(timex.start, timex.end)
            if tokens:
                found.append((timex, _path(_head(tokens))))
    return found


def best_time(draft: Draft, timings: list[DraftTiming]) -> model.EventTime | None:
    """Return the firmest statement; of equally firm ones the one with the closest bounds, then the last."""
    if not timings:
        return None

    best = firmest(timings)
    for index, timex in enumerate(draft.times):
        if best.start <= timex.start and timex.end <= best.end:
            earliest, latest = best.earliest, best.latest
            if earliest and latest and earliest > latest:
                earliest = latest = None
            return model.EventTime(best.value, earliest, latest, index)
    return None


def firmest(timings: list[DraftTiming]) -> DraftTiming:
    """Return the firmest of some statements; among equals the most exact, then the last."""

    def quality(timing: DraftTiming) -> tuple[int, int, int]:
        exact = 0 if timing.value is None or timing.value in REFERENCES else len(timing.value)
        if timing.value is None and timing.earliest and timing.latest:
            exact = _EXACT_SPAN
        return FIRMNESS.index(timing.status), exact, timing.start

    return max(timings, key=quality)


def _timing(
    draft: Draft,
    item: Evidence,
    timex: model.Timex,
    path: list[Token],
    lexicon: Lexicon,
    whole: str | None,
) -> DraftTiming | None:
    sentence = item.mention.sentence
    head = path[0]
    inside = _in_phrase(item.mention.token, path)
    link = None if inside else _governing_link(item, path)
    if not inside and (link is None or not _belongs(draft, link, path, timex)):
        return None
    status = STATUS_OF_DATE[item.verdict.status or whole or "possible"]
    start, end, hedged = _stretch(sentence, head, path, item, timex, lexicon)
    if hedged and FIRMNESS.index(status) > FIRMNESS.index("possible"):
        status = "possible"
    value, earliest, latest = _bounds(head, path, timex, item, link)
    said = said_at(draft, timex.start, timex.end)
    if said is not None and said.kind == "indirect" and inside and head.i < item.mention.token.i:
        said = None  # A date in its name ("the May 3 vote") is taken for granted, not claimed.
    return DraftTiming(start, end, value, earliest, latest, status, said)


def _head(tokens: list[Token]) -> Token:
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.dep_ == "ROOT"), tokens[0])


def _path(token: Token) -> list[Token]:
    """Return the words from a time expression outwards to the verb or noun that it modifies."""
    path = [token]
    while path[-1].dep_ != "ROOT":
        path.append(path[-1].head)
    return path


def _in_phrase(noun: Token, path: list[Token]) -> bool:
    """Tell whether the time stands in the noun phrase itself, in no clause below it."""
    for node in path[1:]:
        if node == noun:
            return True
        if node.pos_ in ("VERB", "AUX"):
            return False
    return False


def _is_of_the_act(draft: Draft, item: Evidence, timex: model.Timex, path: list[Token]) -> bool:
    """Tell whether a time after the noun is that of the governing act ("proposed the summit in January")."""
    link = item.verdict.links[0]
    if link.cue is None or path[0].i < item.mention.token.i or not _in_phrase(item.mention.token, path):
        return False
    if link.cue.weak:
        return link.place == "for"
    if link.cue.status == "tense" or link.token.pos_ not in ("VERB", "AUX"):
        return False
    form = grammar.verb_form(link.token)
    if form.tense != "past" or form.infinitive:
        return False
    # "proposed the summit in February": what is proposed anew is not yet "the" summit.
    known = item.mention.reference == "definite" and link.cue.status == "proposed"
    return known or not _is_future(draft, timex)


def _governing_link(item: Evidence, path: list[Token]) -> Link | None:
    for node in path[1:]:
        for link in item.verdict.links:
            if link.token == node:
                return link
        if node.pos_ in ("VERB", "AUX") and _relation(node) is None:
            return None
    return None


def _relation(node: Token) -> str | None:
    """Return "before" or "after" when a word of the path, or what joins its clause, says so."""
    words = [node.lower_]
    if node.dep_ == "advcl":
        words.extend(c.lower_ for c in node.children if c.dep_ in ("mark", "prep", "advmod"))
    if BEFORE.intersection(words):
        return "before"
    return "after" if AFTER.intersection(words) and "from" not in words else None


def _belongs(draft: Draft, link: Link, path: list[Token], timex: model.Timex) -> bool:
    """Tell whether a time under a governing word is that of the process rather than of the word's own act."""
    token = link.token
    if link.cue is None:
        # "approved it in a referendum on Saturday": when it was done there, it took place.
        return link.place in ("self", "within", "in", "at")
    preposition = next((n.lower_ for n, up in itertools.pairwise(path) if up == token), "")
    if link.cue.status in ("postponed", "cancelled", "rejected") and preposition == "from":
        return False
    if link.cue.status == "tense" or preposition in ("for", "until", "till"):
        return True
    form = grammar.verb_form(token) if token.pos_ in ("VERB", "AUX") else None
    if form is not None and (form.infinitive or form.tense == "none") and form.modal is None:
        return True
    if form is not None and form.tense == "present" and not form.perfect:
        # "are weighing a meeting this month": not of the past, so of what is weighed.
        return not _is_past(draft, timex)
    return _is_future(draft, timex)


def _is_past(draft: Draft, timex: model.Timex) -> bool:
    date = draft.article.date
    return date is None or timex.latest is None or timex.latest <= date


def _is_future(draft: Draft, timex: model.Timex) -> bool:
    if timex.value == "FUTURE_REF":
        return True
    date = draft.article.date
    return bool(date and timex.earliest and timex.earliest > date)


def _stretch(
    sentence: Sentence,
    head: Token,
    path: list[Token],
    item: Evidence,
    timex: model.Timex,
    lexicon: Lexicon,
) -> tuple[int, int, bool]:
    """Return the words of the statement and whether a word makes it only possible."""
    start, end, hedged = timex.start, timex.end, False
    stops = {link.token.i for link in item.verdict.links} | {item.mention.token.i}
    top = head
    for node in path[1:]:
        if node.i in stops or (node.pos_ in ("VERB", "AUX") and _relation(node) is None):
            break
        top = node
    if top != head and _relation(top) is not None:
        edge = top.left_edge
        start = min(start, sentence.start_of(edge))
    neighbours = [c for c in (*top.head.children, *top.children) if c.dep_ == "advmod"]
    for child in sorted(neighbours, key=lambda t: -t.i):
        near = sentence.end_of(child) <= start and start - sentence.end_of(child) <= 2
        if near and child.i < top.i:
            start = sentence.start_of(child)
        if child.lower_ in lexicon.qualifiers.hedges and abs(child.i - top.i) <= 4:
            hedged = True
    return start, end, hedged


def _bounds(
    head: Token, path: list[Token], timex: model.Timex, item: Evidence, link: Link | None
) -> tuple[str | None, str | None, str | None]:
    """Return value, earliest and latest; "before" and "after" leave only a bound."""
    stop = link.token if link else item.mention.token
    for node in path[1:]:
        relation = _relation(node)
        if node.lower_ in ("until", "till") and item.verdict.status == "postponed":
            relation = None  # "postponed until June": June is the new date.
        if node == stop or (node.pos_ in ("VERB", "AUX") and relation is None):
            break
        if relation == "before":
            return None, None, timex.latest
        if relation == "after":
            return None, timex.earliest, None
    return timex.value, timex.earliest, timex.latest
