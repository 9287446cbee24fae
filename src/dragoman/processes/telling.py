"""What a process is for, what it is about, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.draft import DraftClaim, DraftTopic
from dragoman.language import arguments, edges, grammar
from dragoman.processes.attributing import said_at

if TYPE_CHECKING:
    from dragoman.draft import Draft, Sentence
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.phrases import ProcessMention
    from dragoman.processes.status import Evidence
    from dragoman.syntax import Token

TOPIC_PREPOSITIONS = ("on", "about", "over", "regarding", "concerning")


def purpose_of(draft: Draft, evidence: list[Evidence], lexicon: Lexicon) -> DraftClaim | None:
    """Return the first stated purpose: "to commemorate ...", "aimed at ending ...".

    The infinitive must follow the mention and hang on it or on a word that speaks of its taking place.
    """
    for item in evidence:
        sentence = item.mention.sentence
        for verb in _purposes(item, lexicon):
            first, last = edges.subtree_edges(verb, _is_clause_after_comma)
            start, end = _trim(sentence, first, last)
            return DraftClaim(start, end, said_at(draft, start, end))
    return None


def _is_clause_after_comma(token: Token) -> bool:
    if token.dep_ not in ("advcl", "conj", "ccomp", "parataxis", "relcl", "prep"):
        return False
    return token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ","


def _trim(sentence: Sentence, first: Token, last: Token) -> tuple[int, int]:
    while last.i > first.i and (last.is_punct and last.text not in ")”"):
        last = last.nbor(-1)
    return sentence.start_of(first), sentence.end_of(last)


def _purposes(item: Evidence, lexicon: Lexicon) -> list[Token]:
    noun = item.mention.token
    named = noun.head if noun.dep_ == "poss" else noun.head.head
    if noun.dep_ in ("poss", "pobj") and named.lemma_.lower() in lexicon.qualifiers.purposes:
        # "Its aim is to conclude ...", "the purpose of the talks was to ..."
        return [
            c for c in grammar.children(named.head, "xcomp", "ccomp", "advcl") if grammar.is_infinitive(c)
        ]
    found = [
        child
        for child in noun.children
        if child.dep_ in ("acl", "relcl", "advcl") and _is_purpose(child, noun) and _is_active(child)
    ]
    for child in grammar.children(noun, "acl"):
        if child.lemma_.lower() in lexicon.aiming:
            found.append(child)
    for link in item.verdict.links:
        status = link.cue.status if link.cue else None
        if status in lexicon.ends or (link.cue is None and link.place != "self"):
            continue
        labels = (
            ("advcl", "xcomp") if status == "tense" and grammar.children(link.token, "dobj") else ("advcl",)
        )
        for child in grammar.children(link.token, *labels):
            if child.i > noun.i and _is_purpose(child, noun) and not _is_link(child, item):
                found.append(child)
    return found


def _is_link(token: Token, item: Evidence) -> bool:
    return any(link.token == token for link in item.verdict.links)


def _is_purpose(verb: Token, noun: Token) -> bool:
    return grammar.is_infinitive(verb) and verb.i > noun.i and verb.lemma_ not in ("be", "take")


def _is_active(verb: Token) -> bool:
    return not grammar.is_passive(verb)


def outcome_of(draft: Draft, evidence: list[Evidence]) -> DraftClaim | None:
    """Return what was done in it: the clause of "a referendum in which voters approved ..."."""
    for item in evidence:
        sentence = item.mention.sentence
        for link in item.verdict.links[:1]:
            if link.place != "within" or item.verdict.status != "held":
                continue
            first, last = edges.subtree_edges(link.token)
            own = [t for t in link.token.subtree if not _is_relative_link(t, link.token)]
            first = min(own, key=lambda t: t.i) if own else first
            start, end = _trim(sentence, first, last)
            return DraftClaim(start, end, said_at(draft, start, end))
    return None


def _is_relative_link(token: Token, verb: Token) -> bool:
    """Tell whether a word is the "in which", "where" or "when" that joins a relative clause to its noun."""
    if token.tag_ in grammar.RELATIVES:
        return True
    return (
        token.head == verb
        and token.dep_ == "prep"
        and any(c.tag_ in grammar.RELATIVES for c in token.children)
    )


def topics_of(draft: Draft, mention: ProcessMention, lexicon: Lexicon) -> list[DraftTopic]:
    """Return what is, or is to be, talked about in the process, as far as the mention's sentence says it."""
    found: list[DraftTopic] = []
    sentence, noun = mention.sentence, mention.token
    for preposition in TOPIC_PREPOSITIONS:
        for obj in grammar.prepositional_objects(noun, preposition):
            if not mention.by_verb and not _is_time(draft, sentence, obj):
                found.append(_topic(draft, sentence, obj))
    for verb in sentence.parse or ():
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.qualifiers.discussing:
            continue
        if not _speaks_of(verb, noun):
            continue
        if mention.elided and verb != noun:
            continue
        for obj in arguments.logical_objects(verb) or grammar.prepositional_objects(verb, "on"):
            if obj != noun and obj.pos_ in ("NOUN", "PROPN"):
                found.append(_topic(draft, sentence, obj))
    if not mention.elided:
        found.extend(_topic(draft, sentence, t) for t in _on_agenda(sentence, lexicon))
    return found


def _on_agenda(sentence: Sentence, lexicon: Lexicon) -> list[Token]:
    """Return what is said to be on the agenda or on the table."""
    return [
        subject
        for token in sentence.parse or ()
        if token.lemma_.lower() in lexicon.qualifiers.agendas
        and token.dep_ == "pobj"
        and token.head.lower_ == "on"
        and token.head.head.pos_ in ("AUX", "VERB")
        for subject in arguments.grammatical_subjects(token.head.head)
        if subject.pos_ in ("NOUN", "PROPN")
    ]


def _is_time(draft: Draft, sentence: Sentence, token: Token) -> bool:
    start, end = sentence.start_of(token), sentence.end_of(token)
    return any(t.start < end and start < t.end for t in draft.times)


def _speaks_of(verb: Token, noun: Token) -> bool:
    """Tell whether a verb of discussing says what the process is about.

    The process is its subject, the verb is an infinitive below it or below the word that governs it, or it
    stands after it in the same sentence and tells what is still to come ("X would be discussed").
    """
    if verb == noun:
        return True
    if noun in arguments.grammatical_subjects(verb) and not grammar.is_passive(verb):
        return True
    if verb.i < noun.i:
        return False
    if grammar.is_infinitive(verb):
        return verb.head == noun or (verb.dep_ in ("advcl", "xcomp") and verb.head in noun.ancestors)
    form = grammar.verb_form(verb)
    if form.modal in ("will", "would") and grammar.is_passive(verb):
        return not grammar.children(verb, "neg")
    return False


def _topic(draft: Draft, sentence: Sentence, token: Token) -> DraftTopic:
    first, last = edges.noun_phrase(token, determiner=True, complements=True)
    start, end = _trim(sentence, first, last)
    return DraftTopic(start, end, [], said_at(draft, start, end))
