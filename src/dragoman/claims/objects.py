"""Content in the object of a cue: "announced a truce", "called the vote a sham", "sees the move as ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.lexicon import lexicon
from dragoman.claims.spans import OPENERS, WEEKDAYS, clause_tokens, phrase_tokens, to_infinitive, trim
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from dragoman.claims.lexicon import CueEntry
    from dragoman.syntax import Token

EMPTY_OBJECTS = frozenset(
    [
        "it",
        "himself",
        "herself",
        "themselves",
        "itself",
        "so",
        "nothing",
        "something",
        "that",
        "this",
        "which",
        "what",
        "who",
        "whom",
        "anything",
        "everything",
        "much",
        "more",
        "themself",
        "myself",
    ]
)


def small_clause(clause: Token) -> bool:
    """Tell whether a clause has no verb of its own ("deemed the vote unfair")."""
    return clause.pos_ not in ("VERB", "AUX") and not grammar.children(
        clause, "cop", "aux", "auxpass", "mark"
    )


def from_token(first: Token, content: list[Token]) -> list[Token]:
    """Return a content widened to begin at an earlier token."""
    if not content or first.i >= content[0].i:
        return content
    return [*first.doc[first.i : content[0].i], *content]


def speaks(verb: Token) -> bool:
    """Tell whether a verb is one of plain saying or telling."""
    return any(e.id in ("say", "state", "tell") for e in lexicon().verbs.get(verb.lemma_.lower(), ()))


def late_agent(verb: Token) -> Token | None:
    """Return the "by" of "described as a sham by critics", "accused of lying by rivals", hung too low; or None."""
    for link in grammar.children(verb, "prep"):
        if link.lower_ == "as":
            for noun in grammar.children(link, "pobj"):
                for by in grammar.children(noun, "prep"):
                    if by.lower_ == "by" and grammar.children(by, "pobj"):
                        return by
        elif link.lower_ == "of":
            for act in grammar.children(link, "pcomp"):
                for by in grammar.children(act, "prep", "agent"):
                    if (
                        by.lower_ == "by"
                        and grammar.children(by, "pobj")
                        and by.right_edge.i == act.right_edge.i
                    ):
                        return by
    return None


def _names_then_quotes(noun: Token) -> bool:
    """Tell whether one noun phrase was made of a name and quoted words: "calls Ruiz 'a liar'"."""
    first = noun.left_edge
    if first.pos_ != "PROPN" or first.i == noun.i:
        return False
    return any(
        t.text in OPENERS and t.dep_ == "punct" and t.tag_ != "POS" for t in noun.doc[first.i + 1 : noun.i]
    )


def _late_name(first: Token) -> Token | None:
    """Return the noun with "a" that ends the objects after a verb of naming, with no comma before it; or None."""
    for noun in first.doc[first.i + 1 :]:
        if noun.text in (",", "(", ";", ":", "--", "—", "–"):
            return None
        if noun.dep_ == "appos" and noun.left_edge.lower_ in ("a", "an") and noun.head.i >= first.i:
            return noun
    return None


def predication(token: Token, entry: CueEntry) -> list[Token]:
    """Return an object and what is said of it ("called the vote a sham", "sees the move as a sign"), or nothing."""
    links = entry.prepositions or ("as",)
    objects = [o for o in grammar.children(token, "dobj") if o.i > token.i]
    if objects and objects[0].lower_ == "it" and any(to_infinitive(c) for c in token.subtree):
        # "finds it hard to sleep": "it" stands for the infinitive.
        return []
    if entry.small:
        said = [
            c
            for c in token.children
            if c.i > token.i
            and c.lower_ not in WEEKDAYS
            and (c.dep_ == "oprd" or (c.dep_ == "ccomp" and small_clause(c)))
        ]
        named = [o for o in grammar.children(token, "dative") if o.i > token.i and o.pos_ != "ADP"]
        naming = token.lemma_.lower() not in ("believe", "think", "find", "rule", "judge")
        if naming and not said and named and objects and named[0].i < objects[0].i:
            # "branded Chad a rogue state": the parser takes the object for a recipient.
            return from_token(named[0].left_edge, phrase_tokens(objects[0], token))
        beside = [c for c in grammar.children(token, "conj") if c.pos_ in ("NOUN", "PROPN")]
        joined = [objects[0], *objects[0].conjuncts, *beside] if objects else []
        added = [c for o in joined for c in grammar.children(o, "appos") if c.i > o.i]
        if not said and added and all(t.text not in (",", "(") for t in token.doc[objects[0].i : added[0].i]):
            # ... or the second noun for an apposition
            return from_token(objects[0].left_edge, phrase_tokens(added[0], token))
        late = _late_name(objects[0]) if objects and not said else None
        if late is not None:
            # "called the fee and the wait for a seat a joke": it hangs on the last noun.
            return from_token(objects[0].left_edge, phrase_tokens(late, token))
        if not said and len(objects) == 2 and objects[0].right_edge.i == objects[1].left_edge.i - 1:
            # "dubbed the tower a chimney": two objects
            return from_token(objects[0].left_edge, phrase_tokens(objects[1], token))
        after = [c for c in grammar.children(objects[0], "amod") if c.i > objects[0].i] if objects else []
        if not said and after and after[0].i == objects[0].i + 1:
            # "found the law unlawful"
            return phrase_tokens(objects[0], token)
        if not said and objects and _names_then_quotes(objects[0]):
            return phrase_tokens(objects[0], token)
        if not said:
            return []
        start = min((*objects[:1], said[0]), key=lambda t: t.i).left_edge
        return from_token(start, phrase_tokens(said[-1], token))
    passive = grammar.is_passive(token)
    # "what analysts described as a coup": the object stands before.
    gapped = any(o.tag_ in grammar.RELATIVES and o.i < token.i for o in grammar.children(token, "dobj"))
    for holder in [token, *objects]:
        for child in holder.children:
            if child.lower_ in links and child.dep_ in ("prep", "mark", "advmod") and child.i > token.i:
                if any(speaks(c) for c in grammar.children(child, "pcomp")):
                    # "cited him as saying": who is cited speaks.
                    continue
                if not (objects or passive or gapped):
                    continue
                if entry.figure and not any(t.tag_ == "CD" for t in child.subtree):
                    continue
                phrase = phrase_tokens(child, token)
                late = late_agent(token) if passive and not arguments.agents(token) else None
                if late is not None:
                    phrase = [t for t in phrase if t.i < late.i]
                if len(phrase) < 2:
                    continue
                if objects and objects[0].i < child.i:
                    return from_token(objects[0].left_edge, phrase)
                return phrase if entry.prepositions else phrase[1:]
    for child in grammar.children(token, "advcl"):
        # "described the raid as failing": the parser takes "as" for a conjunction.
        if (
            child.i > token.i
            and objects
            and any(c.lower_ in links and c.dep_ == "mark" for c in child.children)
        ):
            return from_token(objects[0].left_edge, clause_tokens(child, token))
    return []


def _has_own_content(noun: Token) -> bool:
    """Tell whether what is voiced is itself a noun of saying with a content: "voiced the hope that ..."."""
    if noun.lemma_.lower() not in lexicon().nouns:
        return False
    return any(c.i > noun.i and c.dep_ in ("acl", "ccomp", "relcl", "prep", "xcomp") for c in noun.children)


def _with_reason(content: list[Token], token: Token, entry: CueEntry) -> list[Token]:
    """Add what somebody is praised or blamed for: "attacked the bishop for his remarks", "voiced sympathy for him"."""
    voiced = entry.id == "express"
    if not voiced and all(e.id != "blame" for e in lexicon().verbs.get(token.lemma_.lower(), ())):
        return content
    links = ("for", "over", "about", "at", "with", "to", "in") if voiced else ("for", "over")
    for link in grammar.children(token, "prep"):
        if content and link.lower_ in links and link.i == content[-1].i + 1:
            return [*content, *phrase_tokens(link, token)]
    return content


def object_content(token: Token, entry: CueEntry) -> list[Token]:
    """Return the object of a cue as its content ("announced a truce"), or nothing."""
    spoken = any(
        speaks(c) for link in grammar.children(token, "prep") for c in grammar.children(link, "pcomp")
    )
    if spoken and token.lemma_.lower() in ("quote", "cite"):
        # "was quoted by the paper as saying": who is quoted speaks.
        return []
    if entry.level == "attitude":
        for child in grammar.children(token, "xcomp", "ccomp"):
            gerund = child.left_edge.tag_ == "VBG" and not grammar.children(child, "nsubj", "nsubjpass")
            if child.i > token.i and gerund and not grammar.is_passive(token):
                # "resented being told to wait"
                return clause_tokens(child, token)
    if grammar.is_passive(token):
        if token.dep_ == "acl" and arguments.agents(token) and token.head.pos_ == "NOUN":
            # "the laws proposed by the senate"
            return trim([t for t in phrase_tokens(token.head, token) if t.i < token.left_edge.i])
        if not arguments.agents(token) or token.dep_ == "acl":
            return []
        subjects = grammar.children(token, "nsubjpass")
        return (
            phrase_tokens(subjects[0], token) if subjects and subjects[0].lower_ not in EMPTY_OBJECTS else []
        )
    if grammar.is_infinitive(token) and token.dep_ in ("advcl", "acl", "relcl"):
        # "met to confirm the judge": a purpose says nothing yet.
        return []
    for child in grammar.children(token, "ccomp"):
        # "denounced what he called a plot"
        if child.i > token.i and child.left_edge.lower_ == "what" and "clause" not in entry.places:
            return clause_tokens(child, token)
    if token.dep_ == "relcl" and entry.level == "claim" and grammar.children(token, "nsubj"):
        which = [
            o
            for o in grammar.children(token, "dobj")
            if o.lower_ in ("which", "that", "whom") and o.i < token.i
        ]
        if which and not grammar.children(token, "ccomp", "xcomp"):
            # "the raid, which Peru denied"
            return trim([t for t in phrase_tokens(token.head, token) if t.i < token.left_edge.i])
    for child in grammar.children(token, "dobj"):
        if any(c.dep_ == "det" and c.lower_ == "no" for c in child.children) and entry.level == "attitude":
            continue
        if (
            child.i > token.i
            and child.lower_ not in EMPTY_OBJECTS
            and not (entry.level == "claim" and child.pos_ == "PRON")
            and not (entry.id == "express" and _has_own_content(child))
        ):
            return _with_reason(phrase_tokens(child, token), token, entry)
    return []
