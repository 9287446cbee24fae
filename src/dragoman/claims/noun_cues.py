"""Cues that are nouns, adjectives or adverbs: "the claim that ...", "was sure that ...", "reportedly"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.claims.findings import Finding
from dragoman.claims.frames import fits, has_that
from dragoman.claims.lexicon import lexicon
from dragoman.claims.sources import EXPLETIVES, noun_source, source_tokens, verb_source
from dragoman.claims.spans import (
    OPENERS,
    WEEKDAYS,
    bridge_but,
    clause_tokens,
    members,
    phrase_tokens,
    run_with,
    trim,
)
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.claims.lexicon import CueEntry
    from dragoman.syntax import Token


def adjective(token: Token) -> Finding | None:
    """Return the attribution that an adjective makes ("was sure that ..."), or None."""
    if token.pos_ not in ("ADJ", "VERB") or token.dep_ not in (
        "acomp",
        "amod",
        "ROOT",
        "conj",
        "advcl",
        "oprd",
    ):
        return None
    for entry in lexicon().adjectives.get(token.lemma_.lower(), ()) or lexicon().adjectives.get(
        token.lower_, ()
    ):
        copula = token.head if token.dep_ in ("acomp", "oprd") else token
        source = verb_source(copula) if copula.pos_ in ("VERB", "AUX") else None
        if source is None and copula is token:
            # "were frustrated that ...": taken for a passive
            source = next(iter(grammar.children(token, "nsubjpass")), None)
        if source is None or source.lower_ in EXPLETIVES:
            continue
        for child in token.children:
            content: list[Token] = []
            if (
                child.dep_ in ("ccomp", "advcl")
                and "clause" in entry.places
                and not grammar.is_infinitive(child)
            ):
                if child.dep_ == "ccomp" or has_that(child):
                    content = clause_tokens(child, token)
            elif child.dep_ == "xcomp" and "infinitive" in entry.places:
                content = clause_tokens(child, token)
            elif child.dep_ == "prep" and child.lower_ in entry.places:
                inner = grammar.children(child, "pobj", "pcomp")
                content = phrase_tokens(inner[0], token) if inner else []
            if content:
                negated = grammar.is_negated(copula) or grammar.is_negated(token)
                stance = entry.when_negated if negated else entry.stance
                return Finding(
                    token,
                    [token],
                    source,
                    source_tokens(source, token),
                    content,
                    stance,
                    entry.id,
                    entry.level,
                    "clause",
                )
    return None


def noun_cue(token: Token, taken: set[int]) -> Finding | None:
    """Return the attribution that a noun makes ("the claim that ..."), or None.

    Contents that begin at one of the `taken` indices are a verb's already.
    """
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for entry in lexicon().nouns.get(token.lemma_.lower(), ()):
        content = _noun_content(token, entry)
        if not content or content[0].i in taken:
            continue
        source = noun_source(token, own=entry.own_source)
        if source is None and (entry.needs_owner or entry.level != "claim"):
            continue
        if source is not None and source.lower_ == "it":
            source = None
        words = source_tokens(source, token if source is not token else None) if source is not None else []
        inside = {t.i for t in content}
        words = [t for t in words if t.i not in inside]
        if source is token:
            words = [t for t in words if t.i <= token.i] or [token]
        negated = any(c.dep_ == "det" and c.lower_ == "no" for c in token.children)
        return Finding(
            token,
            [token],
            source,
            words,
            content,
            entry.when_negated if negated else entry.stance,
            entry.id,
            entry.level,
            "noun",
        )
    return None


def announced(noun: Token) -> Finding | None:
    """Read "made the following comment:", "has a new message: ", which lead into words that follow.

    Before a quotation any verb will do.
    """
    verb = noun.head
    if noun.dep_ != "dobj" or verb.pos_ != "VERB" or ":" not in noun.doc.vocabulary:
        return None
    near = [*noun.doc[noun.i + 1 : noun.i + 3], *noun.doc[noun.right_edge.i + 1 :][:2]]
    colon = next((t for t in near if t.text == ":"), None)
    if colon is None:
        return None
    quoted = any(t.text in OPENERS or t.text == "''" for t in noun.doc[colon.i + 1 :][:1])
    lemma = noun.lemma_.lower()
    says = lemma in lexicon().media or any("clause" in e.places for e in lexicon().nouns.get(lemma, ()))
    gives = verb.lemma_.lower() in lexicon().issuers or verb.lemma_.lower() in lexicon().support_verbs
    source = verb_source(verb) if says and (gives or quoted) else None
    spoken = [
        e for e in lexicon().verbs.get(verb.lemma_.lower(), ()) if "quote" in e.places and fits(e, verb)
    ]
    if source is None or spoken:
        return None
    words = source_tokens(source, verb)
    return Finding(verb, [verb], source, words, [], "asserts", "announced", "claim", "quote", True)


def _noun_content(token: Token, entry: CueEntry) -> list[Token]:
    if token.dep_ == "nsubj" and token.head.lemma_.lower() == "be" and grammar.children(token, "poss"):
        # "His message was that the war was lost."
        for clause in grammar.children(token.head, "ccomp"):
            if clause.i > token.head.i and has_that(clause) and "clause" in entry.places:
                return clause_tokens(clause, token)
    for child in token.children:
        if child.i < token.i:
            continue
        if child.left_edge.lower_ == "that" and any(
            t.lower_ in ("so", "such") and t.i < token.i for t in token.subtree
        ):
            # "such tales that nobody listens"
            continue
        if (
            child.dep_ in ("acl", "ccomp", "relcl", "advcl")
            and "clause" in entry.places
            and _is_content_clause(child)
        ):
            return clause_tokens(child, token)
        if (
            (child.dep_ in ("acl", "xcomp", "relcl") or _is_for_infinitive(child))
            and "infinitive" in entry.places
            and grammar.is_infinitive(child)
        ):
            return clause_tokens(child, token)
        if (
            child.dep_ == "prep"
            and child.lower_ in ("in", "on")
            and "of" in entry.places
            and not entry.own_source
        ):
            # "his announcement in 2014 of new rules"
            for dated in grammar.children(child, "pobj"):
                later = grammar.children(dated, "prep")
                if (dated.tag_ == "CD" or dated.lower_ in WEEKDAYS) and later and later[0].lower_ == "of":
                    things = grammar.children(later[0], "pobj", "pcomp")
                    return phrase_tokens(things[0], token) if things else []
        if child.dep_ == "prep" and child.lower_ in entry.places:
            inner = grammar.children(child, "pcomp", "pobj")
            if inner and child.lower_ == "on" and inner[0].lower_ in WEEKDAYS:
                continue
            of_thing = bool(inner) and child.lower_ == "of" and inner[0].dep_ == "pobj"
            if not inner or (of_thing and entry.level != "claim" and entry.id != "supporter"):
                continue
            of_noun = of_thing and entry.own_source and not grammar.children(token, "poss")
            if of_noun and (token.tag_ != "NNS" or inner[0].pos_ not in ("NOUN", "VERB")):
                # "a report of the agency" names its owner, "reports of fighting" a claim.
                continue
            if inner[0].dep_ == "pcomp":
                return clause_tokens(inner[0], token)
            content = phrase_tokens(inner[0], token)
            return [*content, *_wished_of(content, token)] if child.lower_ == "for" else content
    return []


def _wished_of(content: list[Token], noun: Token) -> list[Token]:
    """Return the infinitive right after what a plea is for, hung on the verb: "made a plea for the town to wait"."""
    for verb in grammar.children(noun.head, "advcl", "xcomp"):
        if content and grammar.is_infinitive(verb) and verb.left_edge.i == content[-1].i + 1:
            return clause_tokens(verb, noun)
    return []


def _is_for_infinitive(clause: Token) -> bool:
    """Tell whether a clause is "for Peru to accept more refugees"."""
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children)


def _is_content_clause(clause: Token) -> bool:
    """Tell "the claim that the convoy was empty" from "the claim that he made": "that" is no part of it."""
    first = clause.left_edge
    if first.lower_ not in ("that", "whether", "if"):
        return False
    if clause.tag_ == "VBG" and not grammar.children(clause, "aux"):
        return False
    if first.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    return bool(grammar.children(clause, "nsubj", "nsubjpass", "expl", "csubj"))


def adverb(token: Token) -> Finding | None:
    """Return the attribution that an adverb makes ("reportedly"), or None."""
    for entry in lexicon().adverbs.get(token.lower_, ()):
        head = grammar.clause_of(token) if token.dep_ == "advmod" else token.head
        if head.i == token.i:
            # "Reportedly." alone
            continue
        span = [t for t in members(head) if t.i != token.i]
        content = trim(run_with(head, bridge_but(span, token.i, token.i)))
        if content:
            return Finding(token, [token], None, [], content, entry.stance, entry.id, entry.level, "adverb")
    return None
