"""Where a verb of saying keeps its content: clause, infinitive, predication, preposition, object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.spans import (
    bridge_but,
    clause_tokens,
    members,
    phrase_tokens,
    run_with,
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
            return clause_tokens(child, token)
        if (
            child.dep_ == "xcomp"
            and child.tag_ == "VBG"
            and "infinitive" not in entry.places
            and child.i > token.i
        ):
            return clause_tokens(child, token)
        if (
            child.dep_ == "advcl"
            and child.i > token.i
            and any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
        ):
            return clause_tokens(child, token)
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
    return _interrupted(token)


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


def _interrupted(token: Token) -> list[Token]:
    """Content that stands around the cue: "The plan, officials said, is dead"; "..., officials said"."""
    if token.dep_ not in ("parataxis", "ccomp", "advcl", "dep", "conj", "relcl", "acl") or token.tag_ not in (
        "VBD",
        "VBZ",
        "VBP",
        "VBN",
    ):
        return []
    if not grammar.children(token, "nsubj") or any(c.dep_ == "mark" for c in token.children):
        return []
    own = members(token)
    low, high = own[0].i, own[-1].i
    doc = token.doc
    before = low > 0 and doc[low - 1].text in (",", "--", "—", "-", "–", "”", '"', "?", "!")
    first_inside = doc[low].is_punct
    if not (before or first_inside) or high - low > 25:
        return []
    closed = high + 1 >= len(doc) or doc[high + 1].is_punct or doc[high].is_punct
    if not closed or (
        token.dep_ in ("relcl", "acl") and any(t.lower_ in ("who", "which", "that") for t in own[:3])
    ):
        return []
    head = token.head
    if head.dep_ in ("aux", "auxpass"):
        head = head.head
    amid = high + 1 < len(doc) - 1
    while head.dep_ in ("advcl", "dep", "parataxis") and head.i < low and (head.head.i < low or amid):
        head = head.head
    if head.pos_ not in ("VERB", "AUX"):
        return []
    span = [t for t in members(head) if t.i < low or t.i > high]
    return trim(run_with(head, bridge_but(span, low, high)))


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


def _predication(token: Token, entry: CueEntry) -> list[Token]:
    links = entry.prepositions or ("as",)
    objects = [o for o in grammar.children(token, "dobj") if o.i > token.i]
    if entry.small:
        said = [
            c
            for c in token.children
            if c.i > token.i and (c.dep_ == "oprd" or (c.dep_ == "ccomp" and _small_clause(c)))
        ]
        if not said:
            return []
        start = min((*objects[:1], said[0]), key=lambda t: t.i).left_edge
        return _from(start, phrase_tokens(said[-1], token))
    passive = grammar.is_passive(token)
    for holder in [token, *objects]:
        for child in holder.children:
            if child.lower_ in links and child.dep_ in ("prep", "mark", "advmod") and child.i > token.i:
                if not (objects or passive):
                    continue
                phrase = phrase_tokens(child, token)
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
    for child in grammar.children(token, "dobj"):
        if (
            child.i > token.i
            and child.lower_ not in EMPTY_OBJECTS
            and not (entry.level == "claim" and child.pos_ == "PRON")
        ):
            return phrase_tokens(child, token)
    return []
