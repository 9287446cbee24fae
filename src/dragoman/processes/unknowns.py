"""What the text itself says is not known of a process, or not settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.draft import DraftClaim
from dragoman.language import edges, grammar
from dragoman.processes.attributing import said_at
from dragoman.processes.governors import elliptical_cue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.draft import Draft, Sentence
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.linking import Thread
    from dragoman.syntax import Token

# How many sentences back a question may look for the process; further where the text tells of only one.
NEAR = 2
FAR = 6


def add_unknowns(draft: Draft, threads: list[Thread], lexicon: Lexicon) -> list[tuple[Thread, DraftClaim]]:
    """Return the open questions of an article, each with the process that it is about, in text order."""
    found: list[tuple[Thread, DraftClaim]] = []
    for sentence in draft.sentences:
        if sentence.parse is None or sentence.segment not in ("body", "headline"):
            continue
        for token, field in _open_fields(sentence, lexicon):
            thread = _about(sentence, token, threads)
            if thread is None:
                continue
            start, end = sentence.start_of(token), sentence.end_of(token)
            if token.pos_ == "NOUN":
                first, _ = edges.noun_phrase(token, determiner=True)
                start = sentence.start_of(first)
            found.append((thread, DraftClaim(start, end, said_at(draft, start, end, silent=True), field)))
    return found


def _open_fields(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """Yield the question words and nouns of a sentence that name what is not known."""
    asked, named = lexicon.asking_words, lexicon.field_nouns
    for token in sentence.parse or ():
        field = asked.get(token.lower_)
        if field is not None and token.tag_ in ("WRB", "WP", "IN", "WDT"):
            verb = _clause_verb(token)
            if verb is not None and _is_unknown_clause(verb, lexicon):
                taking_part = field == "status" and elliptical_cue(verb, lexicon) is not None
                yield token, "participants" if taking_part else field
        elif token.pos_ == "NOUN":
            field = named.get(token.lemma_.lower())
            if field is not None and _is_unsettled(token, lexicon):
                yield token, field


def _clause_verb(token: Token) -> Token | None:
    """Return the verb of the question that a question word begins; the word itself when it stands alone."""
    node = grammar.first_conjunct(token)
    while node.dep_ != "ROOT" and node.dep_ not in ("ccomp", "pcomp", "advcl", "csubj", "csubjpass", "xcomp"):
        if node.pos_ in ("VERB", "AUX") and node.dep_ in ("relcl", "acl"):
            return None
        if node.head.dep_ == "ROOT" and node.dep_ in ("advmod", "mark", "nsubj", "dobj", "attr"):
            # "did not say when": no clause follows; but the subject of the main clause asks nothing.
            return node if node == token and node.i > node.head.i else None
        node = node.head
    return node if node.dep_ != "ROOT" else None


def _is_unknown_clause(clause: Token, lexicon: Lexicon) -> bool:
    head = clause.head
    if clause.dep_ == "pcomp":
        head = head.head
    return is_not_told(head, lexicon)


def is_not_told(head: Token, lexicon: Lexicon) -> bool:
    """Tell whether a predicate says that its content is not told, not known or not decided."""
    words = lexicon.unknowing
    lemma = head.lemma_.lower()
    if lemma in words.uncertain:
        return not _negated(head)
    if lemma in words.settled:
        return _negated(head) or _is_yet_to(head)
    if lemma == "see":
        return any(a.lemma_ == "remain" for a in head.ancestors)
    if lemma == "be" or (lemma == "remain" and head.pos_ in ("VERB", "AUX")):
        return any(is_not_told(c, lexicon) for c in grammar.children(head, "acomp", "attr", "oprd"))
    if lemma in words.telling or lemma in words.settling:
        return _negated(head) or _is_yet_to(head) or _is_declined(head) or _is_without(head)
    return False


def _negated(token: Token) -> bool:
    if grammar.is_negated(token):
        return True
    return token.dep_ in ("acomp", "attr", "oprd", "xcomp") and grammar.is_negated(token.head)


def _is_yet_to(verb: Token) -> bool:
    """ "has yet to announce", "is yet to be decided", "remains to be decided"."""
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "relcl") or verb.dep_ == "ROOT":
        head = verb.head
        if head.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in (*head.children, *verb.children)):
            return grammar.is_infinitive(verb) or grammar.is_passive(verb)
        if head.lemma_ == "remain":
            return True
    return False


def _is_declined(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("decline", "refuse", "fail", "omit")


def _is_without(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "without"


def _is_unsettled(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun like "date" stands for something that is not settled or not told."""
    words = lexicon.unknowing
    denied = any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither") for c in noun.children)
    head, label = grammar.first_conjunct(noun).head, grammar.first_conjunct(noun).dep_
    if label == "pobj" and head.lower_ in ("on", "of", "about"):
        head, label = head.head, "dobj"  # "failed to agree on a date"
    verb = head if label in ("nsubjpass", "dobj", "nsubj") else None
    if verb is None:
        return False
    candidates = [verb, *grammar.children(verb, "xcomp")]
    for item in candidates:
        lemma = item.lemma_.lower()
        if lemma in words.settling or lemma in words.telling:
            if denied or _negated(item) or _is_yet_to(item) or _is_without(item) or _is_declined(item):
                return True
            if item != verb and (_negated(verb) or any(c.lower_ == "yet" for c in verb.children)):
                return True
        if lemma in ("be", "remain", "stay") and label == "nsubj":
            return any(is_not_told(c, lexicon) for c in grammar.children(item, "acomp", "attr", "oprd"))
    return False


def _about(sentence: Sentence, token: Token, threads: list[Thread]) -> Thread | None:
    """Return the process that a question is about: one named in its sentence, or the latest before."""
    here = [
        (abs(m.token.i - token.i), m.token.i < token.i, number, thread)
        for number, thread in enumerate(threads)
        for m in thread.mentions
        if m.sentence is sentence
    ]
    if here:
        return min(here, key=lambda item: item[:3])[3]
    before = [
        (m.start, number, thread)
        for number, thread in enumerate(threads)
        for m in thread.mentions
        if 0 < sentence.index - m.sentence.index <= (NEAR if len(threads) > 1 else FAR)
    ]
    return max(before, key=lambda item: item[:2])[2] if before else None
