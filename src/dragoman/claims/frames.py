"""Where a verb of saying keeps its content: clause, infinitive, predication, preposition, object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.asides import interrupted
from dragoman.claims.lexicon import lexicon
from dragoman.claims.spans import (
    clause_tokens,
    phrase_tokens,
    to_infinitive,
    trim,
)
from dragoman.language import grammar

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

_ORDER = ("clause", "raising", "predication", "infinitive", "preposition", "object")


def first_content(token: Token, entries: list[CueEntry]) -> tuple[CueEntry, str, list[Token]] | None:
    """Return the first entry that finds its content, with place and content, or None."""
    finders = {
        "clause": _clause,
        "raising": _raising,
        "predication": _predication,
        "infinitive": _infinitive,
        "preposition": _preposition,
        "object": _object,
    }
    for place in _ORDER:
        for entry in entries:
            wanted = place in entry.places
            if place == "preposition":
                wanted = any(p not in (*_ORDER, "quote") for p in entry.places)
            if wanted:
                content = finders[place](token, entry)
                if content:
                    return entry, place, content
    return None


def _clause(token: Token, entry: CueEntry) -> list[Token]:
    """Content in a complement clause, or in the clause that the cue interrupts or follows."""
    for child in token.children:
        if child.dep_ == "ccomp" and not _is_bare_infinitive(child) and not _small_clause(child):
            if child.i < token.i and _is_statement_before(child, token, entry):
                continue
            return clause_tokens(child, token)
        if (
            child.dep_ == "xcomp"
            and child.tag_ == "VBG"
            and "infinitive" not in entry.places
            and child.i > token.i
            and not grammar.is_passive(token)
        ):
            return clause_tokens(child, token)
        if (
            child.dep_ == "advcl"
            and child.i > token.i
            and any(
                c.dep_ == "mark"
                and (c.lower_ == "that" or (c.lower_ == "if" and entry.stance == "questions"))
                for c in child.children
            )
        ):
            return clause_tokens(child, token)
        if child.dep_ == "advcl" and child.i > token.i and _is_bare_statement(child):
            return clause_tokens(child, token)
    for child in grammar.children(token, "advcl"):
        # "said as he left that ...": the parser hangs the that-clause on a verb that takes none.
        if child.i > token.i and child.lemma_.lower() not in lexicon().verbs:
            for clause in grammar.children(child, "ccomp"):
                if clause.i > child.i and has_that(clause):
                    return clause_tokens(clause, token)
    made_clear = _of_complement(token, entry)
    if made_clear:
        return made_clear
    # "said in a statement that ...": the clause hangs on the noun of the medium.
    for preposition, noun in grammar.all_prepositions(token):
        if preposition.i > token.i:
            for child in noun.children:
                if child.dep_ in ("acl", "ccomp", "relcl") and has_that(child):
                    return clause_tokens(child, token)
    for noun in grammar.children(token, "dobj", "dative", "npadvmod"):
        for child in noun.children:
            if (
                child.dep_ in ("acl", "ccomp", "relcl")
                and has_that(child)
                and (entry.addressee or noun.dep_ == "npadvmod")
            ):
                return clause_tokens(child, token)
    return interrupted(token) or _fragment(token)


def _is_bare_statement(clause: Token) -> bool:
    """Tell whether a clause has subject and tense but no conjunction: "said after the congress he would not run"."""
    if clause.tag_ == "VBG" or not grammar.children(clause, "nsubj", "nsubjpass") or to_infinitive(clause):
        return False
    first = clause.left_edge
    opened = any(c.dep_ == "mark" or c.tag_ in ("WRB", "WDT", "WP") for c in clause.children)
    return not opened and first.nbor(-1).text != "," and first.tag_ not in ("WRB", "WDT", "WP")


def _of_complement(token: Token, entry: CueEntry) -> list[Token]:
    """Content under the adjective of "made (it) clear that ..."."""
    for word in token.children:
        if word.lower_ in entry.modifiers and word.i > token.i:
            for clause in grammar.children(word, "ccomp", "advcl", "csubj"):
                if clause.i > word.i and not to_infinitive(clause):
                    return clause_tokens(clause, token)
    return []


def _fragment(token: Token) -> list[Token]:
    """Content in words without a verb before the cue: "Rules unclear, experts say"."""
    subjects = grammar.children(token, "nsubj")
    if not subjects or token.dep_ != "ROOT":
        return []
    doc, first = token.doc, subjects[0].left_edge.i
    for child in grammar.children(token, "ccomp", "dep"):
        if child.left_edge.i == 0 and child.right_edge.i == first - 2 and doc[first - 1].text == ",":
            return trim(doc[0 : first - 1])
    return []


def _is_statement_before(clause: Token, cue: Token, entry: CueEntry) -> bool:
    """Tell whether a clause before a verb is a statement of its own ("The catch is plain: he will assume power")."""
    if any(o.i > cue.i for o in grammar.children(cue, "dobj")) and not entry.addressee:
        return True
    return cue.doc[clause.i + 1 : cue.i] != [] and any(
        t.text in (":", ";") and t.i > clause.right_edge.i - 1 for t in cue.doc[clause.i + 1 : cue.i]
    )


def has_that(clause: Token) -> bool:
    """Tell whether a clause opens with "that", "whether" or "if"."""
    first = clause.left_edge
    return first.lower_ in ("that", "whether", "if") and first.dep_ in ("mark", "nsubj", "det", "advmod")


def _is_bare_infinitive(clause: Token) -> bool:
    return to_infinitive(clause) and not any(
        c.tag_ in grammar.RELATIVES or c.lower_ in ("whether", "how") for c in clause.children
    )


def _small_clause(clause: Token) -> bool:
    """Tell whether a clause has no verb of its own ("deemed the vote unfair")."""
    return clause.pos_ not in ("VERB", "AUX") and not grammar.children(
        clause, "cop", "aux", "auxpass", "mark"
    )


def _infinitive(token: Token, entry: CueEntry) -> list[Token]:
    if entry.prepositions and not any(
        c.dep_ == "prep" and c.lower_ in entry.prepositions for c in token.children
    ):
        return []
    for child in token.children:
        if child.i < token.i or child.dep_ not in ("xcomp", "ccomp", "advcl"):
            continue
        gerund = child.tag_ == "VBG" and child.dep_ == "xcomp" and entry.stance == "denies"
        if not (to_infinitive(child) or gerund):
            continue
        if child.dep_ == "advcl" and not (entry.prepositions or grammar.children(token, "dobj")):
            continue
        content = clause_tokens(child, token)
        objects = [o for o in grammar.children(token, "dobj", "dative") if o.i < child.i and o.pos_ != "ADP"]
        if objects and not entry.prepositions and not entry.addressee:
            return _from(objects[0].left_edge, content)
        return content
    for noun in grammar.children(token, "dobj"):
        for child in grammar.children(noun, "acl", "relcl"):
            if to_infinitive(child) and entry.level == "attitude" and not entry.prepositions:
                return _from(noun.left_edge, clause_tokens(child, token))
    return []


def _from(first: Token, content: list[Token]) -> list[Token]:
    if not content or first.i >= content[0].i:
        return content
    return [*first.doc[first.i : content[0].i], *content]


def _raising(token: Token, entry: CueEntry) -> list[Token]:
    if not grammar.is_passive(token):
        return []
    for child in grammar.children(token, "xcomp"):
        if to_infinitive(child) and child.i > token.i:
            return clause_tokens(child, token)
    return []


def _speaks(verb: Token) -> bool:
    return any(e.id in ("say", "state", "tell") for e in lexicon().verbs.get(verb.lemma_.lower(), ()))


def late_agent(verb: Token) -> Token | None:
    """Return the "by" of "was described as a sham by critics", which parsers hang on the noun; or None."""
    for link in grammar.children(verb, "prep"):
        if link.lower_ == "as":
            for noun in grammar.children(link, "pobj"):
                for by in grammar.children(noun, "prep"):
                    if by.lower_ == "by" and grammar.children(by, "pobj"):
                        return by
    return None


def _predication(token: Token, entry: CueEntry) -> list[Token]:
    links = entry.prepositions or ("as",)
    objects = [o for o in grammar.children(token, "dobj") if o.i > token.i]
    if objects and objects[0].lower_ == "it" and any(to_infinitive(c) for c in token.subtree):
        # "finds it hard to sleep": "it" stands for the infinitive.
        return []
    if entry.small:
        said = [
            c
            for c in token.children
            if c.i > token.i and (c.dep_ == "oprd" or (c.dep_ == "ccomp" and _small_clause(c)))
        ]
        named = [o for o in grammar.children(token, "dative") if o.i > token.i and o.pos_ != "ADP"]
        if not said and named and objects and named[0].i < objects[0].i:
            # "branded Chad a rogue state": the parser takes the object for a recipient.
            return _from(named[0].left_edge, phrase_tokens(objects[0], token))
        added = [c for c in grammar.children(objects[0], "appos") if c.i > objects[0].i] if objects else []
        if not said and added and all(t.text != "," for t in token.doc[objects[0].i : added[0].i]):
            # ... or the second noun for an apposition
            return _from(objects[0].left_edge, phrase_tokens(added[0], token))
        if not said:
            return []
        start = min((*objects[:1], said[0]), key=lambda t: t.i).left_edge
        return _from(start, phrase_tokens(said[-1], token))
    passive = grammar.is_passive(token)
    # "what analysts described as a coup": the object stands before.
    gapped = any(o.tag_ in grammar.RELATIVES and o.i < token.i for o in grammar.children(token, "dobj"))
    for holder in [token, *objects]:
        for child in holder.children:
            if child.lower_ in links and child.dep_ in ("prep", "mark", "advmod") and child.i > token.i:
                if any(_speaks(c) for c in grammar.children(child, "pcomp")):
                    # "cited him as saying": who is cited speaks.
                    continue
                if not (objects or passive or gapped):
                    continue
                phrase = phrase_tokens(child, token)
                late = late_agent(token) if passive and not grammar.agents(token) else None
                if late is not None:
                    phrase = [t for t in phrase if t.i < late.i]
                if len(phrase) < 2:
                    continue
                if objects and objects[0].i < child.i:
                    return _from(objects[0].left_edge, phrase)
                return phrase if entry.prepositions else phrase[1:]
    for child in grammar.children(token, "advcl"):
        # "described the raid as failing": the parser takes "as" for a conjunction.
        if (
            child.i > token.i
            and objects
            and any(c.lower_ in links and c.dep_ == "mark" for c in child.children)
        ):
            return _from(objects[0].left_edge, clause_tokens(child, token))
    return []


def _preposition(token: Token, entry: CueEntry) -> list[Token]:
    wanted = [p for p in entry.places if p not in (*_ORDER, "quote")]
    holders = [token]
    if entry.level == "claim":
        holders.extend(o for o in grammar.children(token, "dobj") if o.i > token.i)
    for holder in holders:
        for child in holder.children:
            if child.lower_ not in wanted or child.dep_ not in ("prep", "prt", "agent") or child.i < token.i:
                continue
            for inner in grammar.children(child, "pcomp", "pobj"):
                if entry.level == "claim" and inner.dep_ == "pobj" and entry.id == "blame":
                    continue
                if inner.dep_ == "pcomp":
                    return clause_tokens(inner, token)
                return phrase_tokens(inner, token)
            if entry.id == "blame":
                continue
    return []


def _object(token: Token, entry: CueEntry) -> list[Token]:
    if grammar.is_passive(token):
        if not grammar.agents(token) or token.dep_ == "acl":
            return []
        subjects = grammar.children(token, "nsubjpass")
        return (
            phrase_tokens(subjects[0], token) if subjects and subjects[0].lower_ not in EMPTY_OBJECTS else []
        )
    if grammar.is_infinitive(token) and token.dep_ in ("advcl", "acl", "relcl"):
        # "met to confirm the judge": a purpose says nothing yet.
        return []
    for child in grammar.children(token, "dobj"):
        if any(c.dep_ == "det" and c.lower_ == "no" for c in child.children) and entry.level == "attitude":
            continue
        if (
            child.i > token.i
            and child.lower_ not in EMPTY_OBJECTS
            and not (entry.level == "claim" and child.pos_ == "PRON")
        ):
            return phrase_tokens(child, token)
    return []
