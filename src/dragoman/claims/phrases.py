"""Set phrases that name a source: "according to", "in her view", "by one estimate", "as stated in"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.findings import Finding
from dragoman.claims.lexicon import lexicon
from dragoman.claims.sources import may_speak, source_tokens
from dragoman.claims.spans import bridge_but, lemma_of, members, run_with, trim
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.claims.lexicon import Phrase
    from dragoman.syntax import Parse, Token

_SOME = frozenset({"one", "some", "most", "many", "all", "several", "two", "official"})


def phrases_in(doc: Parse) -> Iterator[Finding]:
    """Yield the attributions that set phrases make in a sentence."""
    for phrase in lexicon().phrases:
        if not doc.vocabulary.issuperset(phrase.words):
            continue
        size = len(phrase.words)
        for at in range(len(doc) - size):
            if tuple(t.lower_ for t in doc[at : at + size]) == phrase.words:
                finding = _phrase(list(doc[at : at + size]), phrase)
                if finding is not None:
                    yield finding
    for token in doc:
        if token.tag_ == "VBN" and token.dep_ == "advcl":
            finding = _as_reported(token)
            if finding is not None:
                yield finding
        if token.dep_ != "pobj":
            continue
        lemma, link = token.lemma_.lower(), token.head.lower_
        polled = link == "in" and lemma in lexicon().polls and token.head.i == 0 and _ends_at_comma(token)
        if (
            polled
            or (link == "in" and lemma in lexicon().views)
            or (link == "by" and lemma in lexicon().counts)
        ):
            finding = _in_ones_view(token)
            if finding is not None:
                yield finding


def _ends_at_comma(noun: Token) -> bool:
    last = noun.right_edge
    return last.text == "," or (last.i + 1 < len(last.doc) and last.nbor(1).text == ",")


def _as_reported(verb: Token) -> Finding | None:
    """Read "as stated in the report, the dam is old": the report says what the rest of the clause says."""
    opened = any(c.lower_ == "as" and c.i == verb.i - 1 for c in verb.children)
    entries = [e for e in lexicon().verbs.get(lemma_of(verb, lexicon().verbs), ()) if e.level == "claim"]
    if (
        not opened
        or not any("clause" in e.places for e in entries)
        or grammar.children(verb, "nsubj", "ccomp")
    ):
        return None
    clause = verb.head
    for preposition, noun in grammar.all_prepositions(verb):
        if preposition.lower_ not in ("in", "by") or preposition.i < verb.i:
            continue
        if preposition.lower_ == "in" and noun.lemma_.lower() not in lexicon().media:
            continue
        shown = verb.lemma_.lower() in ("show", "demonstrate", "illustrate") and preposition.lower_ == "by"
        if shown or not may_speak(noun):
            # "as shown by the raid" gives evidence.
            continue
        low, high = verb.left_edge.i, verb.right_edge.i
        content = trim(
            run_with(clause, bridge_but([t for t in members(clause) if not low <= t.i <= high], low, high))
        )
        if content and not low <= clause.i <= high:
            words = source_tokens(noun, verb)
            return Finding(verb, [verb], noun, words, content, "asserts", "as-reported", "claim", "phrase")
    return None


def _in_ones_view(noun: Token) -> Finding | None:
    """Read "in his view", "by the bishop's own account": the owner says what the rest of the clause says.

    "By one estimate" has no owner: the estimate says it.
    """
    owners = grammar.children(noun, "poss")
    counted = [c for c in grammar.children(noun, "nummod", "det", "amod") if c.lower_ in _SOME]
    poll = noun.lemma_.lower() in lexicon().polls and noun.head.lower_ == "in"
    own = poll or (
        noun.head.lower_ == "by"
        and bool(counted)
        and (not grammar.is_passive(noun.head.head) or noun.head.nbor(-1).text == ",")
    )
    if not owners and not own:
        return None
    low, high = noun.head.i, noun.right_edge.i
    clause = grammar.clause_of(noun.head)
    if low <= clause.i <= high:
        return None
    content = trim(
        run_with(clause, bridge_but([t for t in members(clause) if not low <= t.i <= high], low, high))
    )
    if not content:
        return None
    if poll or not owners:
        words = source_tokens(noun, None)
        return Finding(
            noun.head, [noun.head], noun, words, content, "asserts", "in-ones-view", "claim", "phrase"
        )
    words = [t for t in source_tokens(owners[0], noun) if t.i < noun.i]
    return Finding(noun, [noun], owners[0], words, content, "asserts", "in-ones-view", "claim", "phrase")


def _phrase(words: list[Token], phrase: Phrase) -> Finding | None:
    last = words[-1]
    objects = grammar.children(last, "pobj") or grammar.children(words[0], "pobj")
    if not objects:
        return _phrase_at_end(words, phrase)
    source = objects[0]
    if phrase.id == "per" and not (words[0].i > 0 and words[0].nbor(-1).text == "," and may_speak(source)):
        # "per day" is no source.
        return None
    top = words[0]
    while top.head.i in {w.i for w in words} and top.dep_ != "ROOT":
        top = top.head
    whole = members(top)
    low = min(words[0].i, whole[0].i)
    named = source_tokens(source, None)
    high = max(named[-1].i if named else source.i, words[-1].i)
    if whole and whole[-1].i > high and not any(t.pos_ in ("VERB", "AUX") for t in whole if t.i > high):
        high = whole[-1].i
    head = grammar.clause_of(top.head) if top.dep_ != "ROOT" else top
    at_end = all(t.is_punct for t in words[0].doc[high + 1 :])
    if at_end or low == 0:
        while head.dep_ == "conj" and head.head.pos_ in ("VERB", "AUX"):
            head = head.head
    span = [t for t in members(head) if t.i < low or t.i > high]
    if head.i in range(low, high + 1):
        return _phrase_at_start(words, source, phrase)
    content = trim(run_with(head, bridge_but(span, low, high)))
    if not content:
        return None
    return Finding(words[0], words, source, named, content, phrase.stance, phrase.id, "claim", "phrase")


def _phrase_at_start(words: list[Token], source: Token, phrase: Phrase) -> Finding | None:
    """Read "According to retired pilot Nora Finch, the channel needs dredging", where the parser finds no verb."""
    doc = source.doc
    comma = next((t for t in doc if t.i > source.i and t.text == ","), None)
    if words[0].i > 1 or comma is None:
        return None
    named, content = trim(list(doc[words[-1].i + 1 : comma.i])), trim(list(doc[comma.i + 1 : len(doc)]))
    if not named or len(content) < 3:
        return None
    return Finding(words[0], words, source, named, content, phrase.stance, phrase.id, "claim", "phrase")


def _phrase_at_end(words: list[Token], phrase: Phrase) -> Finding | None:
    """Read ", according to set painters", where the parser takes the source for an infinitive."""
    doc, first = words[0].doc, words[0].i
    named = trim(list(doc[words[-1].i + 1 : len(doc)]))
    nouns = [t for t in named if t.pos_ in ("NOUN", "PROPN")]
    if first < 3 or doc[first - 1].text != "," or not nouns or any(t.is_punct for t in named):
        return None
    content = trim(list(doc[0 : first - 1]))
    if not content:
        return None
    return Finding(words[0], words, nouns[-1], named, content, phrase.stance, phrase.id, "claim", "phrase")
